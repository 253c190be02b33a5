package provider

import (
	"fmt"
	"os"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// variables are the environment variables that stand in for arguments of the
// provider block which it does not have; the first that is set counts.
var variables = map[string][]string{
	"base_url":         {"GITLAB_BASE_URL", "CI_API_V4_URL"},
	"token":            {"GITLAB_TOKEN"},
	"early_auth_check": {"GITLAB_EARLY_AUTH_CHECK"},
}

// source is where an argument of the provider block has its value from.
type source struct {
	argument string
	// variable is "" where no variable has been asked, or none is set.
	variable string
	// absent says that neither the block nor a variable has it.
	absent bool
	// empty says that the block has it, as empty text, which counts for nothing.
	empty bool
}

// lookUp gives an argument the value of the block or, where that has none, of
// the environment.
func lookUp(argument string, block types.String) (string, source) {
	if block.ValueString() != "" {
		return block.ValueString(), source{argument: argument}
	}
	for _, name := range variables[argument] {
		if value := os.Getenv(name); value != "" {
			return value, source{argument: argument, variable: name}
		}
	}
	return "", source{argument: argument, absent: true, empty: !block.IsNull()}
}

// String names the place of the value, in a sentence.
func (s source) String() string {
	if s.variable != "" {
		return "the environment variable " + s.variable
	}
	return "the provider block"
}

// within is the place as an attribute of the value; "" where there is none.
func (s source) within() string {
	if s.absent {
		return ""
	}
	return " in " + s.String()
}

// wrong reports what is wrong with the value: it continues the sentence that
// begins with the name.
func (s source) wrong(what string) diag.Diagnostic {
	if s.variable == "" {
		return diag.NewAttributeErrorDiagnostic(path.Root(s.argument), "Invalid "+s.argument, fmt.Sprintf("The provider's argument %s %s.", s.argument, what))
	}
	return diag.NewErrorDiagnostic("Invalid "+s.variable, fmt.Sprintf("The environment variable %[1]s %[2]s. Correct %[1]s, or set the provider's argument %[3]s, which comes before it.",
		s.variable, what, s.argument))
}

// places are all that could have the value, joined by a word.
func (s source) places(word string) string {
	return strings.Join(append([]string{s.argument}, variables[s.argument]...), " "+word+" ")
}

// neither says that none of them has it.
func (s source) neither() string {
	if s.empty {
		return fmt.Sprintf("%s is empty, and %s is not set", s.argument, strings.Join(variables[s.argument], " or "))
	}
	return "neither " + s.places("nor") + " is set"
}
