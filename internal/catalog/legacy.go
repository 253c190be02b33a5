package catalog

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Legacy is why a parameter is left alone unless it is configured. The zero
// Legacy is a parameter that is managed.
type Legacy struct {
	// Why is one sentence.
	Why string
	// Successor is the parameter that newer versions have in its place.
	Successor Successor
}

// Successor is a text parameter that says in words what another one said before.
// Newer versions of GitLab ignore that one without a word, so a configuration
// that has it alone must not mean the opposite there: the default of the
// successor follows it.
type Successor struct {
	Name string
	// As has the word of the successor for each value, as it is written in a
	// configuration.
	As map[string]string
}

// replaced kinds may be legacy.
type replaced interface {
	legacy() (name string, legacy Legacy)
}

func (l Legacy) is() bool { return l.Why != "" }

// note marks the parameter in its description.
func (l Legacy) note() string {
	if !l.is() {
		return ""
	}
	follows := ""
	if l.Successor.Name != "" {
		var words []string
		for _, value := range slices.Sorted(maps.Keys(l.Successor.As)) {
			words = append(words, fmt.Sprintf("`%s` where it is `%s`", l.Successor.As[value], value))
		}
		follows = fmt.Sprintf("While it is, `%s` defaults to %s.", l.Successor.Name, strings.Join(words, " and "))
	}
	return sentence("Legacy: "+l.Why+" Not managed unless it is configured.", follows)
}

// plan has the default of the successor follow the parameter of that name.
func (l Legacy) plan(name string, c Change) {
	next := l.Successor.Name
	if next == "" || c.Config.null(name) || !c.Config.null(next) {
		return
	}
	if c.Config.unknown(name) {
		c.Plan[next] = types.StringUnknown()
	} else if word, ok := l.Successor.As[written(c.Config[name])]; ok {
		c.Plan[next] = types.StringValue(word)
	}
}

// validate refuses the parameter and its successor where they contradict each
// other.
func (l Legacy) validate(name string, config Values) Problems {
	next := l.Successor.Name
	if config.null(name) || !config.known(next) {
		return nil
	}
	value, is := written(config[name]), config.text(next).ValueString()
	want, ok := l.Successor.As[value]
	if !ok || want == is {
		return nil
	}
	return problem(name, fmt.Sprintf("%s contradicts %s", name, next),
		fmt.Sprintf("`%s` is `%s`, for which `%s` says `%s` in newer versions of GitLab, and `%s` is `%s`. Keep the one that is meant: `%s`, unless GitLab is older than that.",
			name, value, next, want, next, is, next))
}

// example has a switch say what the example of its successor says.
func (l Legacy) example(name string, arguments []Argument) {
	at := func(name string) int {
		return slices.IndexFunc(arguments, func(a Argument) bool { return a.Name == name })
	}
	next := at(l.Successor.Name)
	for value, word := range l.Successor.As {
		if arguments[next].Value == word {
			arguments[at(name)].Value = value == "true"
		}
	}
}

// written is a value as it is written in a configuration, without quotes.
func written(v attr.Value) string {
	if s, ok := v.(types.String); ok {
		return s.ValueString()
	}
	return v.String()
}
