package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/gitlab"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/hcltext"
)

// example is the configuration on a resource's page: what is required, and the
// first few of the optional parameters, with secrets write-only.
func example(s *catalog.Service) string {
	var blocks []string
	attributes := []hcltext.Attribute{{Name: gitlab.Projects.Noun, Value: "group/project"}}
	for _, a := range chosen(s) {
		if a.WriteOnly == "" {
			attributes = append(attributes, hcltext.Attribute{Name: a.Name, Value: a.Value})
			continue
		}
		variable := s.TypeName() + "_" + a.Name
		blocks = append(blocks, hcltext.Block("variable", []string{variable}, []hcltext.Attribute{
			{Name: "type", Value: hcltext.Raw("string")},
			{Name: "sensitive", Value: true},
			{Name: "ephemeral", Value: true},
		}))
		attributes = append(attributes, hcltext.Attribute{Name: a.WriteOnly, Value: hcltext.Raw("var." + variable)})
	}
	blocks = append(blocks, hcltext.Block("resource", []string{s.ResourceType(), "this"}, attributes))
	return strings.Join(blocks, "\n")
}

// dataExample reads a service.
func dataExample(s *catalog.Service) string {
	return hcltext.Block("data", []string{s.ResourceType(), "this"}, []hcltext.Attribute{
		{Name: gitlab.Projects.Noun, Value: "group/project"},
	})
}

// servicesExample is of the one data source that is not of a service.
const servicesExample = `data "gitlabservices_services" "this" {
  project = "group/project"
}

output "active" {
  value = data.gitlabservices_services.this.services[*].slug
}
`

// listExample looks for a service in many projects.
func listExample(s *catalog.Service) string {
	return fmt.Sprintf(`# In all projects of a group and the groups below it.
list %[1]q "group" {
  provider = gitlabservices
  limit    = 1000

  config {
    group             = "group"
    include_subgroups = true
  }
}

# In all projects that the token's owner maintains, with the settings.
list %[1]q "all" {
  provider         = gitlabservices
  limit            = 1000
  include_resource = true
}
`, s.ResourceType())
}

// chosen are the arguments that an example shows: the required ones, three
// optional settings that say something (a switch turned over does not), two
// events, and what must stand beside them.
func chosen(s *catalog.Service) []catalog.Argument {
	arguments := s.Arguments()
	take := map[string]bool{}
	settings, events := 0, 0
	for _, a := range arguments {
		_, isSwitch := a.Value.(bool)
		switch {
		case a.Required:
			take[a.Name] = true
		case a.Legacy, isSwitch && !a.Event:
		case a.Event && events < 2:
			events++
			take[a.Name] = true
		case !a.Event && settings < 3:
			settings++
			take[a.Name] = true
		}
	}
	for _, a := range arguments {
		for _, with := range a.With {
			take[with] = take[with] || take[a.Name]
		}
	}
	return slices.DeleteFunc(arguments, func(a catalog.Argument) bool { return !take[a.Name] })
}
