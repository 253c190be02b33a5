package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/gitlab"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/hcltext"
)

// leastExample is the shortest configuration on a resource's page.
func leastExample(t resourceType) string {
	what := "The required arguments."
	if len(t.Events) > 0 {
		what = "The required arguments. All events that default to true trigger it."
		if least := t.Least(); !slices.Equal(names(least), names(required(least))) {
			what = "The required arguments and one event, as none is on by default."
		}
	}
	return configured(t, block{what, "this", t.level.Example, nil, t.Least()})
}

func names(arguments []catalog.Argument) []string {
	var out []string
	for _, a := range arguments {
		out = append(out, a.Name)
	}
	return out
}

func required(arguments []catalog.Argument) []catalog.Argument {
	return slices.DeleteFunc(slices.Clone(arguments), func(a catalog.Argument) bool { return !a.Required })
}

// place is where an example sets up a service.
type place struct{ name, path string }

// examplePlaces are those of a kind, of which the first one stands alone where
// the example has no need of several.
func examplePlaces(level *gitlab.Level) []place {
	if level == gitlab.Groups {
		return []place{{"web", "acme/web"}, {"mobile", "acme/mobile"}}
	}
	return []place{{"website", "acme/website"}, {"api", "acme/api"}}
}

// useExample is the [catalog.Use] of the service.
func useExample(t resourceType) string {
	what := strings.ReplaceAll(t.Use.For, "{place}", t.level.Noun)
	places := examplePlaces(t.level)
	if t.Use.Many {
		return configured(t, block{what, "each", "", places, t.Used()})
	}
	return configured(t, block{what, places[0].name, places[0].path, nil, t.Used()})
}

// block is a resource of an example, with a comment before it: in one place, or
// in several.
type block struct {
	comment, name, place string
	places               []place
	arguments            []catalog.Argument
}

// configured is the text of an example, with secrets in variables.
func configured(t resourceType, b block) string {
	var parts []string
	var attributes []hcltext.Attribute
	kind, plural, index, at := "string", "", "", any(b.place)
	if b.places != nil {
		kind, plural, index, at = "map(string)", "s", "[each.key]", hcltext.Raw("each.value")
		var pairs []string
		for _, p := range b.places {
			pairs = append(pairs, fmt.Sprintf("%s = %q\n", p.name, p.path))
		}
		attributes = []hcltext.Attribute{{Name: "for_each", Value: hcltext.Raw("{\n" + strings.Join(pairs, "") + "}")}, {}}
	}
	attributes = append(attributes, hcltext.Attribute{Name: t.level.Noun, Value: at})
	for _, a := range b.arguments {
		if a.WriteOnly == "" {
			attributes = append(attributes, hcltext.Attribute{Name: a.Name, Value: inPlace(a.Value)})
			continue
		}
		variable := t.TypeName() + "_" + a.Name + plural
		parts = append(parts, hcltext.Block("variable", []string{variable}, []hcltext.Attribute{
			{Name: "type", Value: hcltext.Raw(kind)},
			{Name: "sensitive", Value: true},
			{Name: "ephemeral", Value: true},
		}))
		attributes = append(attributes, hcltext.Attribute{Name: a.WriteOnly, Value: hcltext.Raw("var." + variable + index)})
	}
	parts = append(parts, comment(b.comment)+hcltext.Block("resource", []string{t.name, b.name}, attributes))
	return strings.Join(parts, "\n")
}

// inPlace is a value in which the name of the place may stand.
func inPlace(value any) any {
	text, ok := value.(string)
	before, after, found := strings.Cut(text, "{name}")
	switch {
	case !ok || !found:
		return value
	case before == "" && after == "":
		return hcltext.Raw("each.key")
	}
	return hcltext.Raw(hcltext.Quote(before, "${each.key}", after))
}

// comment writes a sentence in lines that can be read.
func comment(text string) string {
	const width = 80
	var b strings.Builder
	line := "#"
	for word := range strings.FieldsSeq(text) {
		if len(line)+1+len(word) > width {
			b.WriteString(line + "\n")
			line = "#"
		}
		line += " " + word
	}
	return b.String() + line + "\n"
}

// importSection is what the page of a resource says of imports.
const importSection = `
## Import

An ` + "`import`" + ` block (Terraform 1.5 or later, OpenTofu) adopts what exists, with the next apply:

{{ tffile .ImportIDConfigFile }}

The command ` + "`terraform import`" + ` adopts at once, with any version of Terraform and OpenTofu:

{{ codefile "shell" .ImportFile }}

In Terraform and OpenTofu 1.12 or later, a block takes the identity in place of the id:

{{ tffile .ImportIdentityConfigFile }}

{{ .IdentitySchemaMarkdown | trimspace }}
`

func importCommands(t resourceType) string {
	return fmt.Sprintf(`# By the numeric id or the full path of the %[2]s.
terraform import %[1]s.this 42
terraform import %[1]s.this %[3]s
`, t.name, t.level.Noun, t.level.Example)
}

func importByID(t resourceType) string { return importBlock(t, "id", t.level.Example) }

func importByIdentity(t resourceType) string {
	return importBlock(t, "identity", hcltext.Raw(fmt.Sprintf("{\n%s = %q\n}", t.level.Noun, t.level.Example)))
}

func importBlock(t resourceType, by string, what any) string {
	return hcltext.Block("import", nil, []hcltext.Attribute{{Name: "to", Value: hcltext.Raw(t.name + ".this")}, {Name: by, Value: what}})
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
	"examples/resources/gitlabservices_service/resource.tf": `# A service that this provider has no resource for, by GitLab's own names.
resource "gitlabservices_service" "this" {
  project = "group/project"
  slug    = "brand-new"

  settings = {
    server_url = "https://brand-new.example.com"
  }
}
`,
	"examples/resources/gitlabservices_service/resource_use.tf": `variable "brand_new_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

# The service of a group, with a secret that stays out of the state, and without
# an event that GitLab has on by itself.
resource "gitlabservices_service" "acme" {
  group = "acme"
  slug  = "brand-new"

  settings = {
    server_url  = "https://brand-new.example.com"
    priority    = 3
    push_events = false
    labels      = ["bug", "security"]
  }

  secret_settings_wo = {
    token = var.brand_new_token
  }
}
`,
	"examples/resources/gitlabservices_service/import-by-string-id.tf": `import {
  to = gitlabservices_service.this
  id = "group/project:brand-new"
}
`,
	"examples/resources/gitlabservices_service/import-by-identity.tf": `import {
  to = gitlabservices_service.this
  identity = {
    project = "group/project"
    slug    = "brand-new"
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
