package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/hcltext"
)

// example is the configuration on a resource's page: what is required, and the
// first few of the optional parameters, with secrets write-only.
func example(t resourceType) string {
	var blocks []string
	attributes := []hcltext.Attribute{{Name: t.level.Noun, Value: t.level.Example}}
	for _, a := range chosen(t.Service) {
		if a.WriteOnly == "" {
			attributes = append(attributes, hcltext.Attribute{Name: a.Name, Value: a.Value})
			continue
		}
		variable := t.TypeName() + "_" + a.Name
		blocks = append(blocks, hcltext.Block("variable", []string{variable}, []hcltext.Attribute{
			{Name: "type", Value: hcltext.Raw("string")},
			{Name: "sensitive", Value: true},
			{Name: "ephemeral", Value: true},
		}))
		attributes = append(attributes, hcltext.Attribute{Name: a.WriteOnly, Value: hcltext.Raw("var." + variable)})
	}
	blocks = append(blocks, hcltext.Block("resource", []string{t.name, "this"}, attributes))
	return strings.Join(blocks, "\n")
}

// dataExample reads a service.
func dataExample(t resourceType) string {
	return hcltext.Block("data", []string{t.name, "this"}, []hcltext.Attribute{
		{Name: t.level.Noun, Value: t.level.Example},
	})
}

// examplesOfAny are those of what is not made of a row.
var examplesOfAny = map[string]string{
	"examples/data-sources/gitlabservices_services/data-source.tf": `data "gitlabservices_services" "this" {
  project = "group/project"
}

output "active" {
  value = data.gitlabservices_services.this.services[*].slug
}

# A rule over all projects of a group and the groups below it.
check "nobody_mails_on_push" {
  data "gitlabservices_services" "group" {
    group             = "group"
    include_subgroups = true
  }

  assert {
    condition     = !contains(data.gitlabservices_services.group.services[*].slug, "emails-on-push")
    error_message = "E-mail on push is for no project of the group."
  }
}
`,
	"examples/resources/gitlabservices_service/resource.tf": `variable "token" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "gitlabservices_service" "this" {
  project = "group/project"
  slug    = "brand-new"

  settings = {
    server_url  = "https://brand-new.example.com"
    priority    = 3
    push_events = true
    labels      = ["bug", "security"]
  }

  secret_settings_wo = {
    token = var.token
  }
}
`,
	"examples/resources/gitlabservices_service/import.sh": `# By the numeric id or the full path of the project, and the slug.
terraform import gitlabservices_service.this 42:brand-new
terraform import gitlabservices_service.this group/project:brand-new

# Of a group.
terraform import gitlabservices_service.this group=group/subgroup:brand-new
`,
	"examples/data-sources/gitlabservices_service/data-source.tf": `data "gitlabservices_service" "this" {
  project = "group/project"
  slug    = "brand-new"
}
`,
	"examples/list-resources/gitlabservices_service/list-resource.tfquery.hcl": `# All services of a group and of the projects in it.
list "gitlabservices_service" "group" {
  provider = gitlabservices
  limit    = 1000

  config {
    group            = "group"
    include_projects = true
  }
}

# One service, with its settings, in all projects that the token's owner maintains.
list "gitlabservices_service" "one" {
  provider         = gitlabservices
  limit            = 1000
  include_resource = true

  config {
    slug = "brand-new"
  }
}
`,
}

// listExample looks for a service in many places.
func listExample(t resourceType) string {
	return fmt.Sprintf(`# In a group and the groups below it.
list %[1]q "group" {
  provider = gitlabservices
  limit    = 1000

  config {
    group             = "group"
    include_subgroups = true
  }
}

# In all %[2]ss that the token's owner maintains, with the settings.
list %[1]q "all" {
  provider         = gitlabservices
  limit            = 1000
  include_resource = true
}
`, t.name, t.level.Noun)
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
