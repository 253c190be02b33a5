package main

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
)

// matrix is the guide that shows all services at a glance, and how many there
// are.
func matrix(services []*catalog.Service, coverage string) string {
	var b strings.Builder
	b.WriteString(`---
page_title: "All services"
subcategory: ""
description: |-
  Every service: its resource, its secrets, the versions of GitLab that have it, and what drift can be seen.
---

# All services

A plan shows every setting and event that differs from the configuration or, where the configuration does not mention
it, from GitLab's default. Two things limit what it can see:

* GitLab seldom tells secrets. A write by somebody else is noticed by its time stamp, and the plan then sends the secret
  again: "by time stamp" below. "Compared up to 15.x" means that older versions do tell it, so that it is compared while
  the state holds it.
* Legacy parameters are left alone unless they are configured.

| service | resource | secrets | in GitLab | drift of secrets |
|---|---|---|---|---|
`)
	for _, s := range services {
		name := s.ResourceType()
		fmt.Fprintf(&b, "| %s | [`%s`](../resources/%s.md) | %s | %s | %s |\n",
			titles(s), name, s.TypeName(), cmp.Or(few(s.Secrets()), "–"), cmp.Or(s.Availability(), "all"), cmp.Or(secretDrift(s), "–"))
	}
	b.WriteString(`
A service that GitLab removed still works against a GitLab that has it. A GitLab without it answers with an error that
names the version.

## How many there are

` + coverage + `
The numbers are counted: from this provider's schemas, from what GitLab itself declares, and from the documentation of the
[official provider](https://registry.terraform.io/providers/gitlabhq/gitlab/latest/docs), which manages nearly all of GitLab besides.
Both work side by side; see [migrating from it](migrating-from-gitlabhq-gitlab.md).
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
