package reference

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
)

// Aspect is in what a row and a declaration differ.
type Aspect string

// The aspects.
const (
	// Missing: GitLab declares it, and there is no row, or nothing in the row.
	Missing Aspect = "missing"
	// Undeclared: the row has it as a setting of today's GitLab, which does not
	// declare it.
	Undeclared Aspect = "undeclared"
	// Type is another type.
	Type Aspect = "type"
	// Required is required on one side only.
	Required Aspect = "required"
)

// Difference is one thing in which the table is not what GitLab declares.
type Difference struct {
	// Slug is the service; Param is "" for the service as a whole.
	Slug, Param string
	Aspect      Aspect
	// ToDo says what is to do about it, in Markdown.
	ToDo string
}

// key is the name under which [Deviations] has a difference.
func (d Difference) key() string {
	return strings.Join(slices.DeleteFunc([]string{d.Slug, d.Param, string(d.Aspect)}, func(s string) bool { return s == "" }), " ")
}

// everywhere is declared for every service, and every PUT has it without the
// help of a row.
const everywhere = "use_inherited_settings"

// Comparison is what came of holding the table to a description.
type Comparison struct {
	// Open are the differences that nobody has given a reason for, in the order of
	// the description.
	Open []Difference
	// Excused is the number of those with a reason.
	Excused int
	// Stale are the deviations that are none (any more).
	Stale []string
	// Unknown are the declared services without a row.
	Unknown []Service
}

// Clean reports whether there is nothing to do.
func (c *Comparison) Clean() bool { return len(c.Open) == 0 && len(c.Stale) == 0 }

// Compare holds rows to what GitLab declares. Deviations says which differences
// are meant: [Deviations], outside of tests.
func Compare(d *Description, rows []*catalog.Service, deviations map[string]string) *Comparison {
	c := &Comparison{}
	used := map[string]bool{}
	found := func(all ...Difference) {
		for _, difference := range all {
			key := difference.key()
			if deviations[key] == "" {
				key = Difference{"*", difference.Param, difference.Aspect, ""}.key()
			}
			if deviations[key] == "" {
				c.Open = append(c.Open, difference)
				continue
			}
			used[key] = true
			c.Excused++
		}
	}
	bySlug := map[string]*catalog.Service{}
	for _, row := range rows {
		bySlug[row.Slug] = row
	}
	for _, s := range d.Services {
		row := bySlug[s.Slug]
		delete(bySlug, s.Slug)
		switch {
		case row == nil:
			open := len(c.Open)
			found(Difference{s.Slug, "", Missing, "is a service that has no row: a draft follows"})
			if len(c.Open) > open {
				c.Unknown = append(c.Unknown, s)
			}
		case row.Gone.In != "":
			found(Difference{s.Slug, "", Undeclared, "has a row that calls it gone since " + row.Gone.In + ", and is declared"})
		default:
			found(compareRow(s, row)...)
		}
	}
	for _, slug := range slices.Sorted(maps.Keys(bySlug)) {
		if bySlug[slug].Gone.In == "" {
			found(Difference{slug, "", Undeclared, "is declared no longer: say in the row's `Gone` in which version it went"})
		}
	}
	for _, key := range slices.Sorted(maps.Keys(deviations)) {
		if !used[key] {
			c.Stale = append(c.Stale, key)
		}
	}
	return c
}

func compareRow(s Service, row *catalog.Service) []Difference {
	var out []Difference
	arguments := map[string]catalog.Argument{}
	for _, a := range row.Arguments() {
		arguments[a.Name] = a
	}
	for _, p := range s.Params {
		a, ok := arguments[p.Name]
		delete(arguments, p.Name)
		if p.Name == everywhere {
			continue
		}
		if !ok {
			out = append(out, Difference{s.Slug, p.Name, Missing, fmt.Sprintf("is a parameter (%s) that the row lacks", p.facts())})
			continue
		}
		if typ := typeName(a.Value); typ != p.Type {
			out = append(out, Difference{s.Slug, p.Name, Type, fmt.Sprintf("is declared as %s, and %s in the row", p.Type, typ)})
		}
		switch {
		case p.Required && !a.Required:
			out = append(out, Difference{s.Slug, p.Name, Required, "is required, and optional in the row"})
		case a.Required && !p.Required:
			out = append(out, Difference{s.Slug, p.Name, Required, "is optional, and required in the row"})
		}
	}
	delete(arguments, everywhere)
	for _, name := range slices.Sorted(maps.Keys(arguments)) {
		if !arguments[name].Legacy {
			out = append(out, Difference{s.Slug, name, Undeclared, "is declared no longer: make it legacy in the row, and say why"})
		}
	}
	return out
}

func (p Param) facts() string {
	if p.Required {
		return p.Type + ", required"
	}
	return p.Type
}

// typeName is the type of an example value in the words of a description.
func typeName(value any) string {
	switch value.(type) {
	case string:
		return "string"
	case int64:
		return "integer"
	case bool:
		return "boolean"
	case []string:
		return "array[string]"
	}
	return fmt.Sprintf("%T", value)
}
