package catalog

import (
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// UseInheritedSettings is the attribute that every resource has, by which its
// settings are not its own.
const UseInheritedSettings = "use_inherited_settings"

// inheritance is the parameter that ends every row: whether the service follows
// the nearest group above, else the instance, or has settings of its own.
//
// GitLab 17.3 and later ignore every other parameter, with 200, in a PUT that
// says true, and in one that says nothing where the service is inherited. They
// want the required ones all the same, whatever their values. So a plan that
// inherits misses no secret ([Service.Require]), and null stands in for one
// ([Secret]): older versions, which do not know the key and keep what they are
// sent, refuse that rather than overwrite a credential with it. Of a few secrets
// they do not, and whoever writes those has to look first ([Body.Clears]).
//
// While GitLab tells that the settings are inherited, those of the state are not
// compared with them ([Service.Decode]): they are what would be written if the
// service had its own. An import has the defaults.
//
// Before 17.3 GitLab does not tell. The attribute then stays as it is, and the
// settings are compared as if they were the service's own, which they are.
type inheritance struct{}

// flag is what the parameter has in common with every switch.
func (inheritance) flag() Bool {
	return Bool{Name: UseInheritedSettings, Life: since("17.3"),
		Help: "Whether the service inherits the settings of the nearest group above that has it, or else those of the instance."}
}

func (p inheritance) attributes() map[string]schema.Attribute {
	out := p.flag().attributes()
	a, _ := out[UseInheritedSettings].(schema.BoolAttribute)
	a.MarkdownDescription = sentence(a.MarkdownDescription,
		"While it is `true`, GitLab does not use the other settings, and secrets may be left out.")
	out[UseInheritedSettings] = a
	return out
}

// encode always says it: without the key, GitLab leaves it as it is.
func (inheritance) encode(c Change, b *Body) {
	b.Values[UseInheritedSettings] = c.inherits()
}

func (p inheritance) decode(a Answer, out *Reading) {
	out.InheritUnknown = a.Inherits == nil && Inherits(a.Prior)
	if a.Inherits != nil || a.As == Display {
		out.Values[UseInheritedSettings] = types.BoolPointerValue(a.Inherits)
		return
	}
	// That nothing came back of it is told by InheritUnknown, and is right of false.
	a.Config = nil
	p.flag().decode(a, out)
}

// arguments are none: whether there is anything to inherit is not for an example
// to say.
func (inheritance) arguments() []Argument { return nil }

// shown is the parameter in a data source.
func (p inheritance) shown() []Argument {
	return []Argument{{Name: UseInheritedSettings, Help: p.flag().Help, apart: true}}
}

// Inherits reports whether a plan, a configuration or a state says that the
// settings are inherited. One that is not known yet does not say so.
func Inherits(values Values) bool {
	value, _ := values[UseInheritedSettings].(types.Bool)
	return value.ValueBool()
}

// mayInherit has every answer that there can still be to [Inherits].
func (v Values) mayInherit() []bool {
	if v.unknown(UseInheritedSettings) {
		return []bool{true, false}
	}
	return []bool{Inherits(v)}
}

// inherits reports whether the plan says that the settings are inherited.
func (c Change) inherits() bool { return Inherits(c.Plan) }

// takesOver reports whether settings that were inherited become the service's
// own. GitLab then has a copy of those above, their secrets included, unless it
// knows nothing of that.
func (c Change) takesOver() bool { return Inherits(c.Prior) && !c.inherits() && !c.Untold }

// TakenOver reports whether somebody has given the service settings of its own
// that were inherited in the prior state. None of its secrets is what Terraform
// has sent.
func (a Answer) TakenOver() bool {
	return a.As == Refresh && Inherits(a.Prior) && a.Inherits != nil && !*a.Inherits
}

// ofInherited leaves in an answer what is to be read of settings that are
// inherited: those that are required and that nobody has written yet, because a
// configuration must have them.
func (s *Service) ofInherited(a Answer) Answer {
	values := map[string]any{}
	for _, p := range s.params() {
		for _, arg := range p.arguments() {
			if arg.Required && arg.WriteOnly == "" && !a.Prior.known(arg.Name) {
				values[arg.Name] = a.Values[arg.Name]
			}
		}
	}
	// It is no answer to what was written either.
	a.Values, a.Config, a.Foreign = values, nil, false
	return a
}
