package main

import (
	"cmp"
	"fmt"
	"math"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
)

// groupPages puts the attributes on the pages that tfplugindocs has made in an
// order that can be read: what is required in effect first, then by what they
// are about. Its own order is the alphabet's, in which the thirty switches of a
// chat surround its webhook.
func groupPages() error {
	for _, t := range types() {
		for _, kind := range []string{"resources", "data-sources"} {
			name := "docs/" + kind + "/" + strings.TrimPrefix(t.name, "gitlabservices_") + ".md"
			text, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			if err := os.WriteFile(name, []byte(grouped(string(text), t.Service, kind == "data-sources")), 0o644); err != nil {
				return err
			}
		}
	}
	return nil
}

// The groups of attributes, in the order of a page.
const (
	groupRequired = iota
	groupSettings
	groupSecrets
	groupChannels
	groupEvents
	groupLegacy
)

var groupTitles = []string{groupSettings: "Settings", groupSecrets: "Secrets", groupChannels: "Channels", groupEvents: "Events", groupLegacy: "Legacy"}

// attributeLine is an attribute on a page.
var attributeLine = regexp.MustCompile("(?m)^- `(\\w+)` \\(.*\n")

// grouped is a page with the attributes of its schema in groups.
func grouped(page string, s *catalog.Service, reads bool) string {
	before, schema, found := strings.Cut(page, "## Schema\n")
	if !found {
		return page
	}
	after := ""
	if end := strings.Index(schema, "\n## "); end >= 0 {
		schema, after = schema[:end], schema[end:]
	}
	required, optional, _ := strings.Cut(schema, "\n### Optional\n")
	optional, readOnly, _ := strings.Cut(optional, "\n### Read-Only\n")
	place := placesOf(s, reads)
	// The note about write-only arguments holds for those that move up, too.
	heading, required := headed(required)
	note, optional := headed(optional)
	_, readOnly = headed(readOnly)
	required = inOrder(required+attributesOf(optional, place, groupRequired), place)
	var b strings.Builder
	b.WriteString(before + "## Schema\n")
	if note = strings.TrimSpace(note); note != "" {
		b.WriteString("\n" + note + "\n")
	}
	b.WriteString(heading + required)
	if secrets := requiredSecrets(s); !reads && len(secrets) > 0 {
		fmt.Fprintf(&b, "\nUnless the settings are inherited, %s must be set.\n", strings.Join(secrets, ", and "))
	}
	for _, section := range []struct{ title, text string }{{"Optional", optional}, {"Read-Only", readOnly}} {
		if section.text != "" {
			fmt.Fprintf(&b, "\n### %s\n\n%s", section.title, inGroups(section.text, place))
		}
	}
	return strings.TrimRight(b.String(), "\n") + "\n" + after
}

// headed cuts a section before its first attribute.
func headed(section string) (heading, attributes string) {
	first := attributeLine.FindStringIndex(section)
	if first == nil {
		return section, ""
	}
	return section[:first[0]], section[first[0]:]
}

// requiredSecrets are the two forms of each secret that is required.
func requiredSecrets(s *catalog.Service) []string {
	var out []string
	for _, a := range secretsOf(s) {
		if a.Required {
			out = append(out, fmt.Sprintf("either `%s` or `%s`", a.WriteOnly, a.Name))
		}
	}
	return out
}

// where is the place of an attribute on a page: its group, and where in it.
type where struct{ group, order int }

// placesOf are those of the attributes of a service. Who only reads is required
// to give nothing of it.
func placesOf(s *catalog.Service, reads bool) map[string]where {
	channels := map[string]bool{"channel": true}
	if s.Channels != catalog.NoChannels {
		for _, e := range s.Events {
			channels[e.Channel] = true
		}
	}
	out := map[string]where{catalog.UseInheritedSettings: {groupSettings, math.MaxInt}}
	for i, a := range s.Arguments() {
		group := groupSettings
		switch {
		case a.Required && !reads:
			group = groupRequired
		case a.Legacy:
			group = groupLegacy
		case channels[a.Name]:
			group = groupChannels
		case a.Event:
			group = groupEvents
		case a.WriteOnly != "":
			group = groupSecrets
		}
		names := []string{a.Name}
		if a.WriteOnly != "" {
			names = []string{a.WriteOnly, a.Name, a.WriteOnly + "_version"} // The form to prefer comes first.
		}
		for n, name := range names {
			out[name] = where{group, 1 + 4*i + n}
		}
	}
	return out
}

// attributesOf are the lines of a group of attributes, in order. What no row has
// is a setting.
func attributesOf(lines string, place map[string]where, group int) string {
	var b strings.Builder
	for _, line := range attributeLine.FindAllStringSubmatch(lines, -1) {
		p, ok := place[line[1]]
		if ok && p.group == group || !ok && group == groupSettings {
			b.WriteString(line[0])
		}
	}
	return inOrder(b.String(), place)
}

// inOrder sorts attributes as the row has them, behind what the row does not have.
func inOrder(lines string, place map[string]where) string {
	found := attributeLine.FindAllStringSubmatch(lines, -1)
	slices.SortStableFunc(found, func(a, b []string) int { return cmp.Compare(place[a[1]].order, place[b[1]].order) })
	var b strings.Builder
	for _, line := range found {
		b.WriteString(line[0])
	}
	return b.String()
}

// inGroups are attributes in groups, each with a heading where there are several.
func inGroups(lines string, place map[string]where) string {
	var titles, parts []string
	for group := groupSettings; group <= groupLegacy; group++ {
		if found := attributesOf(lines, place, group); found != "" {
			titles, parts = append(titles, groupTitles[group]), append(parts, found)
		}
	}
	var b strings.Builder
	for i, part := range parts {
		if len(parts) > 1 {
			fmt.Fprintf(&b, "#### %s\n\n", titles[i])
		}
		b.WriteString(part)
		if i < len(parts)-1 {
			b.WriteString("\n")
		}
	}
	return b.String()
}
