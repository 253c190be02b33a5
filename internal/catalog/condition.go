package catalog

import (
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Condition holds while another parameter has a value, its default counting
// where it is not configured. The zero Condition never holds.
type Condition struct {
	Param string
	Is    attr.Value
}

// beside names the parameter of the condition, if there is one.
func (c Condition) beside() []string {
	if c.Param == "" {
		return nil
	}
	return []string{c.Param}
}

// met evaluates a condition on a configuration. An unknown value meets none.
func (s *Service) met(c Condition, config Values) bool {
	value := config[c.Param]
	if config.null(c.Param) {
		value = s.Decode(Answer{}).Values[c.Param]
	}
	return value != nil && value.Equal(c.Is)
}

// wanted finds that a text is blank which GitLab wants under a condition, or in
// place of another one. It wants none where the settings are inherited.
func (p String) wanted(s *Service, config Values) Problems {
	inherited := slices.Contains(config.mayInherit(), true)
	if p.While.Param != "" && config.blank(p.Name) && s.met(p.While, config) && !inherited {
		return problem(p.Name, fmt.Sprintf("Missing %s for %s", p.Name, s.Title),
			fmt.Sprintf("GitLab wants `%s` while `%s` is `%s`. Set it.", p.Name, p.While.Param, p.While.Is))
	}
	if p.Unless != "" && !config.null(p.Name) && config.blank(p.Name) && config.blank(p.Unless) {
		return problem(p.Name, fmt.Sprintf("Missing %s for %s", p.Name, s.Title),
			fmt.Sprintf("GitLab wants `%s` or `%s`. Set one of them, or leave out `%s`, which then has its default.", p.Name, p.Unless, p.Name))
	}
	return nil
}

// validate finds that a switch is on which GitLab takes under a condition only.
func (p Bool) validate(s *Service, config Values) Problems {
	value, _ := config[p.Name].(types.Bool)
	if p.Only.Param == "" || !value.ValueBool() || config.unknown(p.Only.Param) || s.met(p.Only, config) {
		return nil
	}
	return problem(p.Name, fmt.Sprintf("%s without %s", p.Name, p.Only.Param),
		fmt.Sprintf("%s takes `%s` only while `%s` is `%s`. Set that too: a GitLab that does not have it ignores it.", s.Title, p.Name, p.Only.Param, p.Only.Is))
}
