package provider

import (
	"context"
	"iter"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework-validators/boolvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/gitlab"
)

// placesAtOnce is how many places all lists of a run look at side by side: as
// many as Terraform has operations by default.
const placesAtOnce = 10

// The arguments that say where lists, and the data source of all services, look.
const (
	inProject        = "project"
	inGroup          = "group"
	includeSubgroups = "include_subgroups"
	includeArchived  = "include_archived"
	includeProjects  = "include_projects"
	includeGroup     = "include_group"
	membership       = "membership"
)

// argument is one of them: a text where there is a check of it, else true or
// false.
type argument struct {
	name, help string
	check      validator.String
	// needs is what it means nothing without, and excludes what it contradicts.
	needs    string
	excludes []string
}

// scopeArguments are those of the names.
func scopeArguments(names ...string) []argument {
	all := []argument{
		{name: slug, check: slugName, help: "Slug of the one service to look for. Defaults to all services."},
		{name: includeSubgroups, needs: inGroup, help: "Whether to include all groups below `group`. Defaults to `false`. Needs GitLab 11.6 or later."},
		{name: includeArchived, excludes: []string{inProject}, help: "Whether to include archived projects. Defaults to `false`."},
		{name: includeProjects, needs: inGroup, help: "Whether to include the projects of `group`, and not the group alone. Defaults to `false`."},
		{name: includeGroup, needs: inGroup, help: "Whether to include `group` itself, and not its projects alone. Defaults to `false`. Needs GitLab 17.9 or later."},
		{name: membership, excludes: []string{inProject, inGroup}, help: "Whether to list only where the token's owner is a Maintainer or Owner. Defaults to `true`. " +
			"`false` lists the whole instance for the token of an administrator; for other tokens it adds public projects, whose services they may not read."},
	}
	for _, level := range levels {
		others := slices.DeleteFunc(nouns(levels), func(noun string) bool { return noun == level.Noun })
		all = append(all, argument{name: level.Noun, check: placeName(level), excludes: others, help: placeHelp(level)})
	}
	all = slices.DeleteFunc(all, func(a argument) bool { return !slices.Contains(names, a.name) })
	for i := range all {
		all[i].excludes = slices.DeleteFunc(all[i].excludes, func(name string) bool { return !slices.Contains(names, name) })
	}
	return all
}

func (a argument) texts() []validator.String {
	return []validator.String{a.check, stringvalidator.ConflictsWith(roots(a.excludes)...)}
}

func (a argument) bools() []validator.Bool {
	out := []validator.Bool{boolvalidator.ConflictsWith(roots(a.excludes)...)}
	if a.needs != "" {
		out = append(out, boolvalidator.AlsoRequires(roots([]string{a.needs})...))
	}
	return out
}

// roots are the attributes of the names.
func roots(names []string) []path.Expression {
	var out []path.Expression
	for _, name := range names {
		out = append(out, path.MatchRoot(name))
	}
	return out
}

// candidate is a place to look at. With an error, which tells why no more are
// known, it is the group whose places those are, if there is one.
type candidate struct {
	at gitlab.Place
	// named says that the user named the place, who then wants to know why it
	// cannot be looked at.
	named bool
	err   error
}

// candidates are the places of the kinds that the arguments ask for: the one
// that is named, and those below it or, where none is, all.
func candidates(ctx context.Context, client *gitlab.Client, at []*gitlab.Level, arguments catalog.Values) iter.Seq[candidate] {
	set := func(name string) bool { b, _ := arguments[name].(types.Bool); return b.ValueBool() }
	group := textOf(arguments[inGroup])
	everywhere, _ := arguments[membership].(types.Bool)
	return func(yield func(candidate) bool) {
		for _, level := range at {
			name := textOf(arguments[level.Noun])
			if name != "" && !yield(candidate{at: gitlab.Place{Level: level, Name: name}, named: true}) {
				return
			}
			if name != "" && !set(includeSubgroups) {
				continue
			}
			for place, err := range client.Places(ctx, gitlab.Filter{
				Level:      level,
				Group:      group,
				Subgroups:  set(includeSubgroups),
				Archived:   set(includeArchived),
				Maintained: group == "" && (everywhere.IsNull() || everywhere.ValueBool()),
			}) {
				if err != nil {
					place = gitlab.Place{Level: container, Name: group} // Whose places they are.
				}
				if !yield(candidate{at: place, err: err}) {
					return
				}
			}
		}
	}
}

// unseen says why a place could not be looked at. That the token may not is a
// warning where many places are looked at, and anything else an error: the list
// would lack what nobody knows of.
func (c candidate) unseen(what string, err error, inst *instance) diag.Diagnostic {
	switch reason(err) {
	case gitlab.Forbidden, gitlab.ScopeTooSmall, gitlab.Intercepted, gitlab.PlaceNotFound:
		if !c.named {
			return placeLeftOut(c.at, what, err)
		}
	default:
	}
	return listFailed(what, c.at, err, inst)
}
