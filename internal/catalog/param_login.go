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
	// Null: GitLab requires both keys, whatever their values, and "no login" is
	// null for both: it answers 400 to two empty texts and 200 to two nulls. Else
	// see encode.
	Null bool
	// Each: GitLab wants the password with every PUT, so that it cannot be left
	// alone while the user name is set.
	Each bool
	// Resets is the parameter with whose change a password has to be sent: else
	// 10.5 drops the one that it has, in silence, and 18.9 answers 400.
	Resets string
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
		if config.text(name).ValueString() != "" && !p.named(config) {
			problems.add(name, fmt.Sprintf("%s without %s", name, user),
				fmt.Sprintf("%s takes `%s` and `%s` only together. Set `%s`, or remove `%s`.", s.Title, user, password, user, name))
		}
	}
	return problems
}

func (p Login) require(s *Service, c Change) Problems {
	user, password := p.Username.Name, p.Password.Name
	if problems := p.Password.require(s, c); len(problems) > 0 {
		return problems
	}
	if !p.named(c.Plan) {
		return p.nameless(s, c)
	}
	// GitLab may keep a password that it has and that nobody here knows of. One
	// that was taken out, or that was a group's, would be cleared, and the user name
	// alone is refused.
	reset := p.resets(c)
	kept := !p.Each && p.named(c.Prior) && !p.Password.held(c.Prior) && !c.takesOver() && !reset
	given := !c.Plan.blank(password) || !c.Config.blank(password) || !c.Config.blank(password+suffixWriteOnly)
	if given || kept {
		return nil
	}
	why := ""
	if reset {
		why = fmt.Sprintf("GitLab does not keep the one that it has where `%s` changes.", p.Resets)
	}
	return problem(password, fmt.Sprintf("Missing %s for %s", password, s.Title),
		sentence(fmt.Sprintf("%s takes `%s` and `%s` only together, and GitLab never shows the latter. Set `%s` (write-only: kept out of the state; needs Terraform 1.11 or later) or `%s` (kept in the state), or remove `%s`.",
			s.Title, user, password, password+suffixWriteOnly, password, user), why, p.Password.ignored(c)))
}

// resets reports whether a change is one with which a password has to be sent.
func (p Login) resets(c Change) bool {
	return p.Resets != "" && c.Prior != nil && !c.Plan.unknown(p.Resets) && !c.Plan.text(p.Resets).Equal(c.Prior.text(p.Resets))
}

// nameless refuses a planned password without a user name, which would be
// cleared while the state keeps it. validate has seen both where ignore_changes
// leaves the user name out of the plan.
func (p Login) nameless(s *Service, c Change) Problems {
	user, password, writeOnly := p.Username.Name, p.Password.Name, p.Password.Name+suffixWriteOnly
	hidden := c.Plan.known(password+suffixVersion) && (c.Config.null(writeOnly) || c.Config.text(writeOnly).ValueString() != "")
	if !hidden && c.Plan.text(password).ValueString() == "" {
		return nil
	}
	return problem(user, fmt.Sprintf("Missing %s for %s", user, s.Title),
		fmt.Sprintf("%s takes `%s` and `%s` only together, and the plan has no `%s`. Set it, and leave it out of ignore_changes, which hides it from a plan, or remove `%s` and `%s`.",
			s.Title, user, password, user, password, writeOnly))
}

// plan plans a password that GitLab wants while there is a user name.
func (p Login) plan(c Change) {
	wanted := []bool{p.named(c.Plan)}
	if c.Plan.unknown(p.Username.Name) {
		wanted = []bool{true, false}
	}
	p.Password.settle(c, wanted...)
}

// encode sends the two together. What "no login" is differs; of Jenkins, GitLab
// takes (10.5 EE and 18.9 were run, 16 is their model with its API):
//
//	                            EE to 11.7          11.8 to 14  15.1 and later
//	nothing is stored
//	  neither key               200                 200         200
//	  user "", password ""      400                 200         200
//	a login is stored
//	  neither key               200, the login stays, in all of them
//	  user "", password ""      400                 200, gone   200, gone
//	  user "" alone             200, both are gone  -           500
//
// To EE up to 11.7 the mere key of a password means that a user name is wanted.
// So neither key is sent where nothing is known of a login, and where one is
// known, both are cleared, in a second try without that key. One that nobody knows
// of, because a create finds a service that somebody else has set up, shows in the
// answer and is cleared then.
func (p Login) encode(c Change, b *Body) {
	user, password := p.Username.Name, p.Password.Name
	switch {
	case p.named(c.Plan):
		if p.Null {
			b.Values[password] = nil // Stays only where the settings are inherited: else one is missed.
		}
		p.Username.encode(c, b)
		p.Password.encode(c, b)
		if _, sent := b.Values[password]; !sent && c.inherits() && (c.Prior == nil && p.Resets != "" || p.resets(c)) {
			b.clearings = append(b.clearings, clearing{password, func(answer map[string]any) bool {
				return !unset(answer[user]) && answer[p.Resets] != b.Values[p.Resets]
			}})
		}
	case p.Null:
		b.Values[user], b.Values[password] = nil, nil
	case p.named(c.Prior), p.Password.held(c.Prior), c.takesOver():
		b.Values[user], b.Values[password] = "", ""
		b.unless = append(b.unless, password)
	default:
		b.rest = &Body{Values: map[string]any{user: "", password: ""}, unless: []string{password}}
	}
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
