package catalog

import (
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
)

// Param is one parameter of a service, or a few that belong together. It is
// sealed: the kinds are [String], [Int], [Bool], [Strings], [Secret], [Login],
// [Settings] and the inheritance that ends every row, and each kind is one file
// that says how such a parameter looks in a schema, how it is sent and how
// GitLab's answer is read.
//
// A parameter that is not required is managed in one of three ways:
//
//   - default: the row names GitLab's default for a new record. It is always
//     sent, and anything else is drift.
//   - clearable: no default and no Legacy note. Left out of the configuration
//     it is empty: sent as "", null or [], and a value set in GitLab is drift.
//   - legacy: the row's Legacy says why. Left out of the configuration it is
//     left alone; it is sent only while configured, or once to clear it.
//
// A column Default has the type of the parameter, so that a row reads as GitLab's
// documentation does, and each kind says what its zero value is. A [String] or
// an [Int] without one is clearable: "" is no default of any parameter, while 0
// is one, so that Int has a pointer. A [Bool] always has one, false where the
// row says nothing.
type Param interface {
	attributes() map[string]schema.Attribute
	encode(c Change, b *Body)
	decode(a Answer, out *Reading)
	arguments() []Argument
}

// validating kinds check a configuration by itself, where more than one
// attribute has a say.
type validating interface {
	validate(s *Service, config Values) Problems
}

// requiring kinds check a change that is about to be planned or written.
// Unknown values count as given: they are checked again once they are known.
type requiring interface {
	require(s *Service, c Change) Problems
}

// planning kinds settle what a plan shows for attributes that nobody wrote.
type planning interface {
	plan(c Change)
}

// showing kinds stand in a data source in another way than as their arguments.
type showing interface {
	shown() []Argument
}

// Argument is a parameter with an example value that satisfies the row, for
// documentation and tests.
type Argument struct {
	// Name is the attribute.
	Name string
	// Value is a string, an int64, a bool or a []string.
	Value any
	// Default is what is sent where nothing is configured, of the type of Value;
	// nil: there is none, or the argument is left alone.
	Default any
	// Stricter says why Default is another value than a new record has; empty: it is
	// the same.
	Stricter string
	// OneOf are all values that GitLab takes, of the type of Value; empty: any.
	OneOf []any
	// Required arguments stand in every configuration.
	Required bool
	// Help is what the row says of the parameter, in one sentence.
	Help string
	// WriteOnly is the other name of an argument that is a secret, under which it
	// stays out of the state; empty: it is none.
	WriteOnly string
	// Unwatched, Watched and Shown are those of the [Secret].
	Unwatched, Watched, Shown string
	// Legacy arguments are for old versions of GitLab, or do nothing.
	Legacy bool
	// Life is when GitLab has the parameter.
	Life Life
	// Event says that the argument switches a kind of event on or off.
	Event bool
	// With names arguments that must stand beside this one.
	With []string

	// apart says that GitLab tells it by no key of its name.
	apart bool
	// while makes the argument required under a condition.
	while Condition
}

// sentence joins the parts of a description that are not empty.
func sentence(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), " ")
}
