package catalog

import (
	"fmt"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
)

// Login is a user name and a password that GitLab takes only together: both set
// or both blank. Its attributes are those of an optional String and an optional
// Secret.
type Login struct {
	Username String
	Password Secret
	// Null: "no login" is null for both on the wire, where GitLab requires the
	// keys: it answers 400 to two empty texts and 200 to two nulls. Else it is ""
	// for both.
	Null bool
	// Each: GitLab wants the password with every PUT, so that it cannot be left
	// alone while the user name is set.
	Each bool
}

func (p Login) attributes() map[string]schema.Attribute {
	out := p.Username.attributes()
	maps.Copy(out, p.Password.attributes())
	return out
}

// named reports whether there is a user name: null and "" are none.
func (p Login) named(v Values) bool {
	return v.unknown(p.Username.Name) || v.text(p.Username.Name).ValueString() != ""
}

func (p Login) validate(s *Service, config Values) Problems {
	problems := p.Password.validate(s, config)
	user, password := p.Username.Name, p.Password.Name
	for _, name := range []string{password, password + suffixWriteOnly} {
		if !config.null(name) && !config.unknown(name) && config.text(name).ValueString() != "" && !p.named(config) {
			problems.add(name, fmt.Sprintf("%s without %s", name, user),
				fmt.Sprintf("%s takes `%s` and `%s` only together. Set `%s`, or remove `%s`.", s.Title, user, password, user, name))
		}
	}
	return problems
}

func (p Login) require(s *Service, c Change) Problems {
	// GitLab may keep a password that it has and that nobody here knows of. One
	// that was taken out would be cleared, and the user name alone is refused.
	kept := !p.Each && p.named(c.Prior) && !p.Password.held(c.Prior)
	given := !c.Config.blank(p.Password.Name) || !c.Config.blank(p.Password.Name+suffixWriteOnly)
	if !p.named(c.Plan) || given || kept {
		return nil
	}
	user, password := p.Username.Name, p.Password.Name
	return Problems{{password, fmt.Sprintf("Missing %s for %s", password, s.Title),
		fmt.Sprintf("%s takes `%s` and `%s` only together, and GitLab never tells the latter. Set `%s` (write-only: it stays out of the state, needs Terraform 1.11 or later) or `%s` (it stands in the state), or remove `%s`.",
			s.Title, user, password, password+suffixWriteOnly, password, user)}}
}

func (p Login) plan(c Change) { p.Password.plan(c) }

// encode clears the two together, whatever is known of the password: GitLab 17
// and later answer 500 to an empty user name while a password is stored.
func (p Login) encode(c Change, b *Body) {
	if !p.named(c.Plan) {
		var none any
		if !p.Null {
			none = ""
		}
		b.Values[p.Username.Name], b.Values[p.Password.Name] = none, none
		return
	}
	p.Username.encode(c, b)
	p.Password.encode(c, b)
}

func (p Login) decode(a Answer, out *Reading) {
	p.Username.decode(a, out)
	p.Password.decode(a, out)
}

func (p Login) arguments() []Argument {
	user, password := p.Username.arguments(), p.Password.arguments()
	for i := range user {
		user[i].With = []string{p.Password.Name}
	}
	for i := range password {
		password[i].With = []string{p.Username.Name}
	}
	return slices.Concat(user, password)
}
