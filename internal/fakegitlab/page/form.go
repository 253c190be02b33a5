package page

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
)

// Kinds of fields.
const (
	text   = "text"
	number = "number"
	list   = "list" // of strings, one a line
	choice = "choice"
	toggle = "toggle"
	secret = "secret"
)

// field is a setting or an event of a service, as its form shows it.
type field struct {
	ID, Name string
	Kind     string
	Event    bool
	Required bool
	Set      bool     // has a value
	Was      string   // what GitLab had when the form was shown; "" for a secret, always
	Value    string   // what the control shows; likewise
	Choices  []string // of a choice
	Wrong    string   // what GitLab says of the value
}

// On reports whether a toggle is on.
func (f field) On() bool { return f.Value == "true" }

// Lines reports whether the value needs a control of more than one line. A text
// that has lines would lose them in a control of one.
func (f field) Lines() bool { return f.Kind == list || strings.Contains(f.Value, "\n") }

// Rows is the height of that control.
func (f field) Rows() int { return 2 + strings.Count(f.Value, "\n") }

// fields are the settings of a service, then its events, in the order of the
// contract. A setting that GitLab takes and does not keep is none.
func (t target) fields() []field {
	var fields []field
	for _, p := range t.service.Params {
		if p.Fatal || p.Dropped {
			continue
		}
		v := t.record.Params[p.Name]
		f := field{Name: p.Name, Kind: kindOf(t.slug, p), Required: p.Required && p.Present, Set: v != nil && v != ""}
		switch f.Kind {
		case secret:
		case toggle:
			f.Was = strconv.FormatBool(isOn(v))
		default:
			f.Was = textOf(v)
		}
		if f.Kind == choice {
			f.Choices = choices(p, f.Was)
		}
		fields = append(fields, t.filled(f))
	}
	for _, name := range t.service.Events {
		on := t.record.Flags[name] == true // null is off
		fields = append(fields, t.filled(field{Name: name, Kind: toggle, Event: true, Set: true, Was: strconv.FormatBool(on)}))
	}
	return fields
}

// filled is a field with what the person typed, where GitLab has refused that, and
// with what it said.
func (t target) filled(f field) field {
	f.ID = t.idOf(t.slug) + "-" + f.Name
	f.Wrong = strings.Join(t.wrong[f.Name], ", ")
	f.Value = f.Was
	if t.typed.Has(was+f.Name) && f.Kind != secret {
		f.Was = unixLines(t.typed.Get(was + f.Name))
		f.Value = unixLines(t.typed.Get(f.Name))
	}
	return f
}

// choices are the values that a control offers: those of the contract, the one
// that is stored, and none where that is possible.
func choices(p fakegitlab.ParamContract, stored string) []string {
	var texts []string
	for _, c := range p.Choices {
		texts = append(texts, textOf(c))
	}
	if !slices.Contains(texts, stored) {
		texts = slices.Insert(texts, 0, stored)
	}
	if !p.Present && !slices.Contains(texts, "") {
		texts = append(texts, "")
	}
	return texts
}

// kindOf takes for a secret whatever any release hides: that an old one answers
// it does not make it fit for a screen.
func kindOf(slug string, p fakegitlab.ParamContract) string {
	if p.Secret || hiddenSomewhere()[setting{slug, p.Name}] {
		return secret
	}
	switch {
	case p.Type == "boolean":
		return toggle
	case p.Type == "array":
		return list
	case len(p.Choices) > 0:
		return choice
	case p.Type == "integer":
		return number
	}
	return text
}

// setting is a parameter of a service, in whatever release.
type setting struct{ slug, name string }

var hiddenSomewhere = sync.OnceValue(func() map[setting]bool {
	hidden := make(map[setting]bool)
	for _, profile := range fakegitlab.Profiles() {
		for _, slug := range fakegitlab.Slugs(profile) {
			contract, _ := fakegitlab.Contract(profile, slug)
			for _, p := range contract.Params {
				if p.Secret {
					hidden[setting{slug, p.Name}] = true
				}
			}
		}
	}
	return hidden
})

// was is what the names of the hidden controls start with that repeat the value
// a form was shown with.
const was = "was."

// submitted returns the value that a form gives the field, and whether the
// person changed it.
func (f field) submitted(form url.Values) (v any, changed bool) {
	now, before := unixLines(form.Get(f.Name)), unixLines(form.Get(was+f.Name))
	switch {
	case f.Kind == secret:
		return now, now != ""
	case !form.Has(was + f.Name):
		return nil, false
	case f.Kind == toggle:
		on := now == "true" // a checkbox that is off is not sent
		return on, strconv.FormatBool(on) != before
	case f.Kind == list:
		return strings.FieldsFunc(now, func(r rune) bool { return r == '\n' }), now != before
	}
	return now, now != before
}

// unixLines undoes what browsers do to line ends in a form.
func unixLines(s string) string { return strings.ReplaceAll(s, "\r\n", "\n") }

// textOf is a stored value as a control shows it.
func textOf(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case bool:
		return strconv.FormatBool(v)
	case []any:
		lines := make([]string, len(v))
		for i, item := range v {
			lines[i] = textOf(item)
		}
		return strings.Join(lines, "\n")
	}
	return ""
}

// isOn reads a stored boolean, which may be text: old releases store what the
// request said.
func isOn(v any) bool {
	return slices.Contains([]string{"true", "t", "yes", "y", "1", "on"}, strings.ToLower(textOf(v)))
}
