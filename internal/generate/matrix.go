package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
)

// matrix is the guide that shows all services at a glance, and how many there
// are.
func matrix(services []*catalog.Service, coverage string) string {
	var b strings.Builder
	b.WriteString(`---
page_title: "All integrations (services)"
subcategory: ""
description: |-
  Every integration (service): its resource, its secrets, the versions of GitLab that have it, and how drift of its secrets is detected.
---

# All integrations (services)

A plan shows every setting and event that differs from the configuration or, if it is not configured, from GitLab's default. Legacy
arguments are an exception: they are not managed unless they are configured. Secrets are another one, because GitLab returns few of them:

* "by time stamp": GitLab returns when a service was last written. If that was somebody else, the plan sends the secret again.
* "compared": GitLab returns the secret, so that it is compared while the state contains it.

| integration (service) | resource | secrets | in GitLab | drift of secrets |
|---|---|---|---|---|
`)
	for _, s := range services {
		name := s.ResourceType()
		fmt.Fprintf(&b, "| %s | [`%s`](../resources/%s.md) | %s | %s | %s |\n",
			titles(s), name, s.TypeName(), cmp.Or(few(s.Secrets()), "–"), cmp.Or(s.Availability(), "all"), cmp.Or(secretDrift(s), "–"))
	}
	b.WriteString(`
A service that GitLab removed works with the versions that have it. With others, the error names the version that removed it.

## Coverage

` + coverage + `
The numbers are counted from this provider's schemas, from GitLab's own description of its API, and from the documentation of the
[official provider](https://registry.terraform.io/providers/gitlabhq/gitlab/latest/docs), which manages nearly all of GitLab besides.
Both can be used together: see [migrating from it](migrating-from-gitlabhq-gitlab.md).
`)
	return b.String()
}

// titles are the names of a service for people.
func titles(s *catalog.Service) string {
	if len(s.AlsoKnownAs) == 0 {
		return s.Title
	}
	return s.Title + " (" + strings.Join(s.AlsoKnownAs, ", ") + ")"
}

// gitlabComTable is which services GitLab.com does not have, or has under a
// condition. It runs the newest version.
func gitlabComTable(services []*catalog.Service) string {
	rows := []struct {
		says string
		is   func(*catalog.Service) bool
	}{
		{"no: GitLab removed them", func(s *catalog.Service) bool { return s.Gone.In != "" }},
		{"no: only in development builds of GitLab", func(s *catalog.Service) bool { return strings.HasPrefix(s.Builds, "development") }},
		{"yes, and nowhere else", func(s *catalog.Service) bool { return s.Builds == "GitLab.com only" }},
		{"yes, with Premium or Ultimate", func(s *catalog.Service) bool { return strings.HasSuffix(s.Builds, "with Premium or Ultimate") }},
		{"yes, once the app is installed", func(s *catalog.Service) bool { return s.Installation.In != "" }},
	}
	var b strings.Builder
	b.WriteString("| services | on GitLab.com |\n|---|---|\n")
	for _, row := range rows {
		var names []string
		for _, s := range services {
			if row.is(s) {
				names = append(names, fmt.Sprintf("[%s](../resources/%s.md)", s.Title, s.TypeName()))
			}
		}
		fmt.Fprintf(&b, "| %s | %s |\n", strings.Join(names, ", "), row.says)
	}
	return b.String()
}

// servicesByPurpose names all services in a few lines, by the entries of the
// registry's menu.
func servicesByPurpose(services []*catalog.Service) string {
	named := map[string][]string{}
	for _, s := range services {
		entry := menuEntry(s)
		named[entry] = append(named[entry], fmt.Sprintf("[%s](docs/resources/%s.md)", titles(s), s.TypeName()))
	}
	var b strings.Builder
	b.WriteString("| | |\n|---|---|\n")
	for _, entry := range slices.Sorted(maps.Keys(named)) {
		fmt.Fprintf(&b, "| %s | %s |\n", entry, strings.Join(named[entry], ", "))
	}
	return b.String()
}
