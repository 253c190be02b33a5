package reference

import (
	"fmt"
	"go/format"
	"go/token"
	"regexp"
	"slices"
	"strings"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
)

// Draft is a service to begin with, made of what GitLab declares. It compiles;
// what GitLab does not declare is left empty, so that the tests of the catalog
// ask for it.
type Draft struct {
	// File is the name of the row's file, Variable what goes into the table.
	File, Variable string
	// Row is the source of that file.
	Row string
	// Entry is that of the fake's contract, in JSON.
	Entry string
}

// draft makes the draft of a service that a version of GitLab declares. The rows
// tell which events there are.
func draft(s Service, version string, rows []*catalog.Service) (Draft, error) {
	variable := lowerCamel(s.Slug)
	if !token.IsIdentifier(variable) {
		variable = "service" + upper(variable)
	}
	d := Draft{File: "service_" + strings.ReplaceAll(s.Slug, "-", "_") + ".go", Variable: variable}
	parts := sortOut(s, rows)

	var b strings.Builder
	fmt.Fprintf(&b, "package catalog\n\nvar %s = Service{\n", variable)
	fmt.Fprintf(&b, "Slug: %q, Title: %q, Docs: %q, Purpose: \"\", Since: %q,\nHelp: \"\",\n", s.Slug, title(s.Slug), s.Slug, version)
	if len(parts.params) > 0 {
		b.WriteString("Params: []Param{\n")
		for _, p := range parts.params {
			b.WriteString(p.source())
		}
		b.WriteString("},\n")
	}
	if len(parts.events) > 0 {
		b.WriteString("Events: []Event{\n")
		for some := range slices.Chunk(parts.events, 6) {
			b.WriteString(strings.Join(some, ", ") + ",\n")
		}
		b.WriteString("},\n")
	}
	if parts.channels {
		b.WriteString("Channels: ChannelNames,\n")
	}
	b.WriteString("Use: Use{For: \"\", Set: Set{}},\n")
	b.WriteString("}\n")
	row, err := format.Source([]byte(b.String()))
	if err != nil {
		return Draft{}, fmt.Errorf("the draft of %s: %w", s.Slug, err)
	}
	d.Row, d.Entry = string(row), entry(s)
	return d, nil
}

// sorted are the parameters of a service as a row has them.
type sorted struct {
	params   []Param
	events   []string
	channels bool
}

func sortOut(s Service, rows []*catalog.Service) sorted {
	channels := map[string]string{}
	for _, row := range rows {
		for _, e := range row.Events {
			channels[e.Flag] = e.Channel
		}
	}
	var out sorted
	var routed []string
	for _, p := range s.Params {
		if !isEvent(p) || neverSent(p) {
			continue
		}
		channel, known := channels[p.Name]
		if !known {
			out.events = append(out.events, fmt.Sprintf("{Flag: %q, What: \"\"}", p.Name))
			continue
		}
		out.events = append(out.events, lowerCamel(strings.TrimSuffix(p.Name, eventSuffix)))
		routed = append(routed, channel)
	}
	for _, p := range s.Params {
		switch {
		case isEvent(p), p.Name == everywhere, neverSent(p):
		case slices.Contains(routed, p.Name):
			out.channels = true
		default:
			out.params = append(out.params, p)
		}
	}
	return out
}

const eventSuffix = "_events"

func isEvent(p Param) bool { return p.Type == "boolean" && strings.HasSuffix(p.Name, eventSuffix) }

// neverSent reports whether GitLab declares the parameter for many services, and
// takes it in none.
func neverSent(p Param) bool {
	return Deviations[Difference{"*", p.Name, Missing, ""}.key()] != ""
}

var (
	// credential is in the names of most secrets.
	credential = regexp.MustCompile(`token|password|secret|key|webhook`)
	webAddress = regexp.MustCompile(`(^|_)url$`)
)

func (p Param) secret() bool { return p.Type == "string" && credential.MatchString(p.Name) }

// source is the parameter in the row.
func (p Param) source() string {
	kind, more := "", ""
	if p.Required {
		more = "Required: true, "
	}
	switch p.Type {
	case "boolean":
		return fmt.Sprintf("Bool{Name: %q, Default: false, Help: \"\"},\n", p.Name)
	case "integer":
		kind = "Int"
	case "array[string]":
		kind = "Strings"
	case "string":
		kind = "String"
		if p.secret() {
			kind = "Secret"
		}
		if webAddress.MatchString(p.Name) {
			more += "Form: address, "
		}
		more += "Example: \"\", "
	}
	if kind == "" {
		return fmt.Sprintf("// No kind of parameter is for %s (%s).\n", p.Name, p.facts())
	}
	return fmt.Sprintf("%s{Name: %q, %sHelp: \"\"},\n", kind, p.Name, more)
}

// entry is the service in the words of the fake's contract.
func entry(s Service) string {
	var events, broken, params []string
	for _, p := range s.Params {
		switch {
		case p.Name == everywhere:
			continue
		case isEvent(p) && neverSent(p):
			broken = append(broken, p.Name)
			continue
		case isEvent(p):
			events = append(events, p.Name)
			continue
		}
		typ, _, _ := strings.Cut(p.Type, "[")
		line := fmt.Sprintf("{\"name\": %q, \"type\": %q", p.Name, typ)
		if p.Required {
			line += ", \"required\": true, \"present\": true"
		}
		if p.secret() {
			line += ", \"hidden\": true"
		}
		params = append(params, line+"}")
	}
	var b strings.Builder
	fmt.Fprintf(&b, "{\"slug\": %q, \"title\": %q,\n  \"events\": %s,\n", s.Slug, title(s.Slug), list(events))
	if len(broken) > 0 {
		fmt.Fprintf(&b, "  \"broken_events\": %s,\n", list(broken))
	}
	fmt.Fprintf(&b, "  \"params\": [\n    %s\n  ]}\n", strings.Join(params, ",\n    "))
	return b.String()
}

// list is a list of names in JSON.
func list(names []string) string {
	quoted := make([]string, len(names))
	for i, name := range names {
		quoted[i] = fmt.Sprintf("%q", name)
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}

// words are the parts of a name of GitLab.
func words(name string) []string {
	return strings.FieldsFunc(name, func(r rune) bool { return r == '-' || r == '_' })
}

func upper(word string) string { return strings.ToUpper(word[:1]) + word[1:] }

func lowerCamel(name string) string {
	parts := words(name)
	for i := 1; i < len(parts); i++ {
		parts[i] = upper(parts[i])
	}
	return strings.Join(parts, "")
}

func title(slug string) string {
	parts := words(slug)
	for i := range parts {
		parts[i] = upper(parts[i])
	}
	return strings.Join(parts, " ")
}
