package page

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
)

// maxRequests is how many of the last requests the page shows.
const maxRequests = 100

type view struct {
	Profile  fakegitlab.Profile
	URL      string // of the API, without /api/v4
	Title    string // of the service that the address names; "" for none
	Places   []placeView
	Jobs     bool          // something may be handed down by background jobs
	Waiting  int           // of those
	Delay    int           // of those, in seconds; negative: until somebody runs them
	Requests []requestView // newest first
	Total    int           // of requests
}

type placeView struct {
	Noun     string
	ID       int64
	Path     string
	Services []serviceView
	Places   []placeView // in the group
}

type serviceView struct {
	ID, Address     string // in the page, and of the form
	Slug, Title     string
	Active          bool
	Inherited       string // the place whose settings it has; "" for its own
	Source          string // the place whose settings it could have; "" for none
	Updated         time.Time
	Params, Events  []field
	Open            bool
	Notice, Problem string
}

func newService(t target) serviceView {
	s := serviceView{
		ID: t.idOf(t.slug), Address: t.addressOf(t.slug), Slug: t.slug, Title: t.record.Title,
		Active: t.record.Active, Updated: t.record.UpdatedAt.Local(),
	}
	if t.record.Inherited {
		s.Inherited = called(t.record.InheritsFrom)
	}
	for _, f := range t.fields() {
		if f.Event {
			s.Events = append(s.Events, f)
		} else {
			s.Params = append(s.Params, f)
		}
	}
	return s
}

// SetParams are the settings that have a value, for a glance at a service.
func (s serviceView) SetParams() []field {
	return slices.DeleteFunc(slices.Clone(s.Params), func(f field) bool { return !f.Set })
}

// EventsOn are the names of the events that are on, without what all end in.
func (s serviceView) EventsOn() string {
	var names []string
	for _, f := range s.Events {
		if f.On() {
			names = append(names, strings.TrimSuffix(f.Name, "_events"))
		}
	}
	return strings.Join(names, ", ")
}

// Kinds of fields.
const (
	text   = "text"
	number = "number"
	list   = "list" // of strings, one a line
	toggle = "toggle"
	secret = "secret"
)

// field is a setting or an event of a service, as its form shows it.
type field struct {
	ID, Name string
	Kind     string
	Event    bool
	Set      bool   // has a value
	Value    string // what the control shows; "" for a secret, always
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
	prefix := t.idOf(t.slug) + "-"
	var fields []field
	for _, p := range t.contract.Params {
		if p.Fatal || p.Dropped {
			continue
		}
		v := t.record.Params[p.Name]
		f := field{ID: prefix + p.Name, Name: p.Name, Kind: kindOf(t.slug, p), Set: v != nil && v != ""}
		switch f.Kind {
		case secret:
		case toggle:
			f.Value = strconv.FormatBool(isOn(v))
		default:
			f.Value = textOf(v)
		}
		fields = append(fields, f)
	}
	for _, name := range t.contract.Events {
		on := t.record.Flags[name] == true // null is off
		fields = append(fields, field{ID: prefix + name, Name: name, Kind: toggle, Event: true, Set: true, Value: strconv.FormatBool(on)})
	}
	return fields
}

// kindOf takes for a secret whatever any release hides: that an old one answers
// it does not make it fit for a screen.
func kindOf(slug string, p fakegitlab.ParamContract) string {
	for _, profile := range fakegitlab.Profiles() {
		contract, _ := fakegitlab.Contract(profile, slug)
		if slices.ContainsFunc(contract.Params, func(q fakegitlab.ParamContract) bool { return q.Name == p.Name && q.Secret }) {
			return secret
		}
	}
	if p.Secret { // of a service that no release has
		return secret
	}
	switch p.Type {
	case "boolean":
		return toggle
	case "integer":
		return number
	case "array":
		return list
	}
	return text
}

// was is what the names of the hidden controls start with that repeat the value
// a form was shown with.
const was = "was."

// submitted returns the value that a form gives the field, and whether the
// person changed it. It fails for a number that is none.
func (f field) submitted(form url.Values) (any, bool, error) {
	now, before := unixLines(form.Get(f.Name)), unixLines(form.Get(was+f.Name))
	switch {
	case f.Kind == secret:
		return now, now != "", nil
	case !form.Has(was + f.Name):
		return nil, false, nil
	case f.Kind == toggle:
		on := now == "true" // a checkbox that is off is not sent
		return on, strconv.FormatBool(on) != before, nil
	case now == before:
		return nil, false, nil
	}
	switch f.Kind {
	case number:
		if now == "" {
			return nil, true, nil
		}
		n, err := strconv.ParseInt(now, 10, 64)
		if err != nil {
			return nil, false, fmt.Errorf("%s must be a whole number", f.Name)
		}
		return n, true, nil
	case list:
		return strings.FieldsFunc(now, func(r rune) bool { return r == '\n' }), true, nil
	}
	return now, true, nil
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

// requestView is a request without anything that may be secret: names of
// parameters, no values, no headers, no query.
type requestView struct {
	ID     string
	At     time.Time
	Method string
	Path   []string // in pieces, after which a line may break
	Status int      // 0 while there is no answer
	Names  []string
}

func newRequest(number int, r fakegitlab.Request) requestView {
	return requestView{
		ID: "r" + strconv.Itoa(number), At: r.At.Local(), Method: r.Method, Path: strings.SplitAfter(r.Path, "/"), Status: r.Status,
		Names: slices.Sorted(maps.Keys(r.Body)),
	}
}

// Failed reports whether GitLab refused the request, or failed at it.
func (r requestView) Failed() bool { return r.Status >= 400 }

// First are the names that are shown at once, and Rest counts the others.
func (r requestView) First() string {
	return strings.Join(r.Names[:min(firstNames, len(r.Names))], ", ")
}

// Rest is the number of names that First leaves out.
func (r requestView) Rest() int { return max(0, len(r.Names)-firstNames) }

const firstNames = 4
