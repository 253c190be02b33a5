package provider_test

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
)

// mistakesInFiles are those that the CLI finds by the schema, before it asks the
// provider. What it says is its own; what it can say depends on the names of the
// schema.
var mistakesInFiles = []struct{ name, text string }{
	{"a type with a letter too few", `
resource "gitlabservices_slak" "a" {
  project    = "group/website"
  webhook_wo = "https://hooks.slack.com/services/T0/B0/secret"
}`},
	{"an argument with a letter too few", `
resource "gitlabservices_slack" "b" {
  project    = "group/website"
  webhook_wo = "https://hooks.slack.com/services/T0/B0/secret"
  chanel     = "#website"
}`},
	{"the name of an argument in GitLab's pages", `
resource "gitlabservices_jira" "c" {
  project     = "group/website"
  web_url     = "https://jira.example.com"
  password_wo = "secret"
}`},
	{"no project", `
resource "gitlabservices_slack" "d" {
  webhook_wo = "https://hooks.slack.com/services/T0/B0/secret"
}`},
	{"a group in the resource for projects", `
resource "gitlabservices_slack" "e" {
  group      = "group"
  webhook_wo = "https://hooks.slack.com/services/T0/B0/secret"
}`},
	{"a list where a text is wanted", `
resource "gitlabservices_slack" "f" {
  project    = "group/website"
  webhook_wo = "https://hooks.slack.com/services/T0/B0/secret"
  channel    = ["#website", "#builds"]
}`},
	{"yes where true is wanted", `
resource "gitlabservices_slack" "g" {
  project     = "group/website"
  webhook_wo  = "https://hooks.slack.com/services/T0/B0/secret"
  push_events = "yes"
}`},
	{"a block where an argument is wanted", `
resource "gitlabservices_service" "h" {
  project = "group/website"
  slug    = "acme-desk"
  settings {
    url = "https://desk.example.com"
  }
}`},
	{"an argument of the official provider", `
provider "gitlabservices" {
  alias           = "i"
  gitlab_base_url = "https://gitlab.example.com"
}
resource "gitlabservices_external_wiki" "i" {
  provider          = gitlabservices.i
  project           = "group/website"
  external_wiki_url = "https://wiki.example.com"
}`},
	{"an attribute that there is none of", `
resource "gitlabservices_external_wiki" "j" {
  project           = "group/website"
  external_wiki_url = "https://wiki.example.com"
}
output "j" {
  value = gitlabservices_external_wiki.j.id
}`},
	{"a data source of a type that there is none of", `
data "gitlabservices_integrations" "k" {
  project = "group/website"
}`},
}

// TestMistakesThatTheCLIFinds quotes what Terraform says to each. One command
// checks all of them, each in a file of its own.
func TestMistakesThatTheCLIFinds(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.TerraformsWords)
	workspace := acctest.NewTerraform(t, acctest.Server(t, fakegitlab.V19_1))
	workspace.Configure()
	for i, m := range mistakesInFiles {
		workspace.Write(mistakeFile(i), m.text[1:]+"\n")
	}
	var checked struct {
		Diagnostics []struct {
			Severity, Summary, Detail string
			Range                     struct{ Filename string }
		}
	}
	failOn(t, json.Unmarshal([]byte(workspace.Run("validate", "-json").Stdout), &checked))
	var out strings.Builder
	out.WriteString("What Terraform says to those who begin, of what it finds before it asks the provider.\n" +
		"Made by: go test ./internal/provider -run TestMistakesThatTheCLIFinds -update\n")
	quoted := 0
	for i, m := range mistakesInFiles {
		fmt.Fprintf(&out, "\n=== %s%s\n", m.name, m.text)
		for _, d := range checked.Diagnostics {
			if d.Range.Filename == mistakeFile(i) {
				quoted++
				fmt.Fprintf(&out, "> %s: %s: %s\n", d.Severity, d.Summary, strings.ReplaceAll(d.Detail, "\n", "\n> "))
			}
		}
	}
	if quoted != len(checked.Diagnostics) {
		t.Errorf("%d of what is said is about no mistake: %+v", len(checked.Diagnostics)-quoted, checked.Diagnostics)
	}
	expectGolden(t, filepath.Join("testdata", "mistakes_cli.golden"), out.String())
}

func mistakeFile(i int) string { return fmt.Sprintf("mistake%02d.tf", i) }

// TestAMissingTokenIsWarnedOfOnce: the warning is of the provider, not of each
// resource, and nothing is said where the provider is not asked for anything.
func TestAMissingTokenIsWarnedOfOnce(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	workspace := acctest.Starting(t, server)
	workspace.Setenv("GITLAB_TOKEN", "")
	workspace.Configure(addProjects(t, server, 3))
	for command, want := range map[string]int{"validate": 0, "plan": 1} {
		out := workspace.Run(command, "-no-color")
		if got := strings.Count(out.Text(), "No token is configured"); got != want || out.Code != 0 {
			t.Errorf("%s warns %d times, want %d:\n%s", command, got, want, out.Text())
		}
	}
}
