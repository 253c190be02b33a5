package main

import (
	"strings"
	"testing"
	"testing/fstest"
)

// repositoryWith is a repository with one module.
func repositoryWith(readme, code string) fstest.MapFS {
	return fstest.MapFS{
		"examples/modules/m/README.md": {Data: []byte(readme)},
		"examples/modules/m/main.tf":   {Data: []byte(code)},
	}
}

func TestAReadmeHasTheTablesOfItsModule(t *testing.T) {
	t.Parallel()
	files, err := moduleReadmes(repositoryWith("# M\n\n<!-- BEGIN_TF_DOCS -->\nold\n<!-- END_TF_DOCS -->\nThe end.\n", `
terraform {
  required_version = ">= 1.11"
  required_providers {
    gitlabservices = { source = "gitlabservices/gitlabservices", version = ">= 1" }
  }
}
resource "gitlabservices_slack" "this" {}
variable "b" {
  description = "Bs."
  type = object({
    c = string
  })
}
variable "a" {
  description = "As."
  default     = ["x"]
}
output "o" {
  description = "Os."
  value       = var.a
}
`))
	if err != nil {
		t.Fatal(err)
	}
	want := `# M

<!-- BEGIN_TF_DOCS -->
## Requirements

| Name | Version |
|------|---------|
| terraform | >= 1.11 |
| gitlabservices | >= 1 |

## Resources

| Name | Type |
|------|------|
| [gitlabservices_slack.this](https://registry.terraform.io/providers/gitlabservices/gitlabservices/latest/docs/resources/slack) | resource |

## Inputs

| Name | Description | Type | Default | Required |
|------|-------------|------|---------|:--------:|
| a | As. | ` + "`any` | `[\"x\"]`" + ` | no |
| b | Bs. | <pre>object({<br/>    c = string<br/>  })</pre> | n/a | yes |

## Outputs

| Name | Description |
|------|-------------|
| o | Os. |
<!-- END_TF_DOCS -->
The end.
`
	if got := files["examples/modules/m/README.md"]; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestAModuleThatCannotBeToldOfIsRefused(t *testing.T) {
	t.Parallel()
	const marks = docsBegin + docsEnd
	for _, test := range []struct{ readme, code, want string }{
		{"# No marks\n", "", "no place for the tables"},
		{docsBegin, "", "no place for the tables"},
		{marks, `variable "v" {}`, "no description"},
		{marks, `output "o" { description = 1 + }`, "main.tf"},
		{marks, `output "o" { description = var.v }`, "main.tf"},
		{marks, `output "o" { description = [] }`, "main.tf"},
		{marks, `terraform {}`, "no required_version"},
		{marks, "terraform {\nrequired_version = \"1\"\nrequired_providers {\np = {}\n}\n}", "p has no version"},
	} {
		if _, err := moduleReadmes(repositoryWith(test.readme, test.code)); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%q with %q: error %v, want one about %q", test.readme, test.code, err, test.want)
		}
	}
}
