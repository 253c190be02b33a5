package main

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/reference"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/schemajson"
)

// features are what a provider has for services, by slug.
type features struct {
	Projects    []string `json:"projects"`
	Groups      []string `json:"groups"`
	DataSources []string `json:"data_sources"`
	Lists       []string `json:"lists"`
	WriteOnly   []string `json:"write_only_secrets"`
	Identities  []string `json:"identities"`
}

// official is what the official provider has.
type official struct {
	About   string `json:"about"`
	Version string `json:"version"`
	Date    string `json:"date"`
	features
}

//go:embed official.json
var officialFacts []byte

func readOfficial() (official, error) {
	var facts official
	err := json.Unmarshal(officialFacts, &facts)
	return facts, err
}

// ours are the features of this provider, as its schemas tell.
func ours(dump schemajson.Object, services []*catalog.Service) features {
	var out features
	for _, s := range services {
		note := func(list *[]string, has bool) {
			if has {
				*list = append(*list, s.Slug)
			}
		}
		project := dump.Type(s.ResourceType())
		note(&out.Projects, project["schema"] != nil)
		note(&out.Groups, dump.Type("gitlabservices_group_" + s.TypeName())["schema"] != nil)
		note(&out.DataSources, project["data_source"] != nil)
		note(&out.Lists, project["list"] != nil)
		note(&out.Identities, project["identity"] != nil)
		note(&out.WriteOnly, len(s.Secrets()) > 0 && !slices.ContainsFunc(s.Arguments(), func(a catalog.Argument) bool {
			return a.WriteOnly != "" && !writeOnly(project, a.WriteOnly)
		}))
	}
	return out
}

// writeOnly reports whether the resource has a write-only argument of the name.
func writeOnly(resource schemajson.Object, name string) bool {
	var of any = resource
	for _, key := range []string{"schema", "block", "attributes", name, "write_only"} {
		object, _ := of.(schemajson.Object)
		of = object[key]
	}
	return of == true
}

// coverage is the table that says which services this provider and the official
// one have, and what for.
func coverage(dump schemajson.Object, services []*catalog.Service) (string, error) {
	theirs, err := readOfficial()
	if err != nil {
		return "", err
	}
	today, err := reference.Kept()
	if err != nil {
		return "", err
	}
	var now []string
	for _, s := range today.Services {
		now = append(now, s.Slug)
	}
	mine, first := ours(dump, services), fakegitlab.V10_5
	var b strings.Builder
	fmt.Fprintf(&b, "| services with | this provider | the official provider %s |\n|---|---|---|\n", theirs.Version)
	line := func(what string, mine, theirs []string) {
		fmt.Fprintf(&b, "| %s | %s | %s |\n", what, count(mine), count(theirs))
	}
	projects := func(version string, of []string) {
		line(fmt.Sprintf("a resource for projects, of the %d of GitLab %s", len(of), version), common(of, mine.Projects), common(of, theirs.Projects))
	}
	projects(string(first)+", with which it began", fakegitlab.Slugs(first))
	projects(today.Version, now)
	line("a resource for projects, in all", mine.Projects, theirs.Projects)
	line("a resource for groups", mine.Groups, theirs.Groups)
	line("a data source", mine.DataSources, theirs.DataSources)
	line("a list for `terraform query`", mine.Lists, theirs.Lists)
	line("all their secrets in a write-only form", mine.WriteOnly, theirs.WriteOnly)
	line("an identity to import by", mine.Identities, theirs.Identities)
	for _, slug := range now {
		if !slices.Contains(mine.Projects, slug) {
			fmt.Fprintf(&b, "\nWithout a resource: `%s` (%s).\n", slug, reference.Deviations[slug+" missing"])
		}
	}
	return b.String(), nil
}

// common are those of the services that are on the list.
func common(of, list []string) []string {
	return slices.DeleteFunc(slices.Clone(of), func(slug string) bool { return !slices.Contains(list, slug) })
}

func count(list []string) string {
	if len(list) == 0 {
		return "none"
	}
	return strconv.Itoa(len(list))
}

// withTable is the text with a table in the place that is marked for it.
func withTable(text, mark, table string) (string, error) {
	begin, end := "<!-- BEGIN "+mark+": make generate writes it -->\n\n", "\n<!-- END "+mark+" -->"
	before, rest, found := strings.Cut(text, begin)
	_, after, ended := strings.Cut(rest, end)
	if !found || !ended {
		return "", fmt.Errorf("no place for the table, %q to %q", begin, end)
	}
	return before + begin + table + end + after, nil
}
