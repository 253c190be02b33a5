package provider_test

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/cli"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
)

// block is a resource for the service of any slug.
func (d *desks) block(name, lines string) string {
	return fmt.Sprintf("resource %q %q {\n  %s = %q\n  slug = %q\n%s\n}\n", anyService, name, d.noun, d.place, desk, lines)
}

// expectChanges fails the test unless a plan has just these changes.
func expectChanges(t *testing.T, workspace *acctest.Terraform, want map[string][]string) {
	t.Helper()
	if got := workspace.Changes(); !maps.EqualFunc(got, want, slices.Equal) {
		t.Errorf("the plan has %v, want %v", got, want)
	}
}

func TestAServiceOfAnySlugLivesInTerraform(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.WriteOnly)
	eachDesk(t, func(t *testing.T, d *desks) {
		const address = anyService + ".this"
		workspace := acctest.NewTerraform(t, d.Server)
		secret := `variable "entry" {
  type      = string
  ephemeral = true
}
`
		workspace.Setenv("TF_VAR_entry", "glsecret-1")
		write := func(lines string) {
			workspace.Configure(secret, d.block("this", lines+"\n  secret_settings_wo = { entry = var.entry }"))
		}
		const full = `  settings = { board = "x", code = "1", limit = 3, strict = true, labels = ["a", "b"], push_events = true }`
		write(full)
		workspace.Apply()
		want := obj{"board": "x", "code": 1, "limit": 3, "strict": true, "labels": []any{"a", "b"}, "entry": "glsecret-1"}
		d.expect(t, want)
		expectChanges(t, workspace, nil)

		write(strings.NewReplacer(`"x"`, `"y"`, "= 3", "= 4").Replace(full))
		expectChanges(t, workspace, map[string][]string{address: {"settings"}})
		workspace.Apply()
		want["board"], want["limit"] = "y", 4
		d.expect(t, want)

		// Rotation, by the version.
		workspace.Setenv("TF_VAR_entry", "glsecret-2")
		expectChanges(t, workspace, nil)
		write(full + "\n  secret_settings_wo_version = 2")
		expectChanges(t, workspace, map[string][]string{address: {"secret_settings_wo_version", "settings"}})
		workspace.Apply()
		want["board"], want["limit"], want["entry"] = "x", 3, "glsecret-2"
		d.expect(t, want)
		expectChanges(t, workspace, nil)

		// Somebody else writes.
		failOn(t, d.Edit(d.place, desk, obj{"column": "theirs", "entry": "theirs"}))
		if out := workspace.Must("plan", "-no-color").Text(); !containsWords(out, "Secret may have changed") {
			t.Errorf("a foreign write is not told:\n%s", out)
		}
		expectChanges(t, workspace, map[string][]string{address: {"secret_settings_wo_version"}})
		failOn(t, d.Edit(d.place, desk, obj{"board": "theirs"}))
		expectChanges(t, workspace, map[string][]string{address: {"secret_settings_wo_version", "settings"}})
		workspace.Apply()
		want["column"] = "theirs"
		d.expect(t, want)

		// What is taken out is cleared.
		write("  settings = { limit = 3 }\n  secret_settings_wo_version = 2")
		workspace.Apply()
		got := d.stored(t)
		for _, name := range []string{"board", "code", "strict", "labels"} {
			if normalize(got[name]) != "nothing" {
				t.Errorf("%s is still %v", name, got[name])
			}
		}
		expectChanges(t, workspace, nil)

		failOn(t, d.Disable(d.place, desk))
		expectChanges(t, workspace, map[string][]string{address: {"create"}})
		workspace.Apply()
		expectChanges(t, workspace, nil)
		workspace.Must("destroy", "-auto-approve")
		if record, _ := d.Record(d.place, desk); record.Active {
			t.Error("destroyed, it is still on")
		}
	})
}

// TestSettingsComeFromAllThatTerraformHas: variables of every type, functions,
// what is only known in the apply, and arguments about the lifecycle.
func TestSettingsComeFromAllThatTerraformHas(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.WriteOnly)
	for _, noun := range []string{"project", "group"} {
		t.Run(noun, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, noun, fakegitlab.V19_1)
			wanted := map[string]obj{} // by slug
			var blocks []string
			add := func(name, lines string, want obj) {
				slug := "desk-" + strings.ReplaceAll(name, "_", "-")
				failOn(t, d.Serve(strings.Replace(deskContract, desk, slug, 1)))
				wanted[slug] = want
				blocks = append(blocks, strings.Replace(d.block(name, lines), desk, slug, 1))
			}
			x := obj{"board": "x"}
			add("nothing", "", obj{})
			add("null", "settings = null\n secret_settings_wo = null", obj{})
			add("empty", "settings = {}\n secret_settings_wo = {}", obj{})
			add("null_of_a_map", "settings = var.none", obj{})
			add("map", "settings = var.texts", obj{"board": "x", "limit": 3})
			add("tomap", `settings = tomap({ strict = true })`, obj{"strict": true})
			add("object", "settings = var.object", obj{"board": "x", "labels": []any{"a"}})
			add("any", "settings = var.any", obj{"board": "x", "limit": 1.0})
			add("json", `settings = { board = jsonencode({ a = [1, "ä"] }) }`, obj{"board": `{"a":[1,"ä"]}`})
			add("yaml", `settings = yamldecode("board: x\nlabels: [a, b]\nstrict: true\nlimit: 2")`, obj{"board": "x", "labels": []any{"a", "b"}, "strict": true, "limit": 2.0})
			add("file", `settings = jsondecode("{\"board\": \"x\", \"mail\": null}")`, x)
			add("set", `settings = { labels = toset(["b", "a", "b"]) }`, obj{"labels": []any{"a", "b"}})
			add("list_of_nothing", `settings = { board = "x", labels = tolist([]) }`, x)
			add("set_of_nothing", `settings = { board = "x", labels = toset([for l in [] : l]) }`, x)
			add("list", `settings = { labels = tolist(["b", "a"]) }`, obj{"labels": []any{"b", "a"}})
			add("merged", `settings = merge({ board = "z" }, { board = "x" }, var.none == null ? {} : var.none)`, x)
			add("either", `settings = var.none == null ? { board = "x" } : null`, x)
			add("sensitive", "settings = { board = var.hidden }", x)
			add("all_sensitive", `settings = sensitive({ board = "x" })`, x)
			add("member", "settings = { board = terraform_data.later.output, limit = 3 }", obj{"board": "x", "limit": 3.0})
			add("whole", "settings = terraform_data.whole.output", x)
			add("slug", "settings = { board = \"x\" }", x)
			add("ephemeral", "secret_settings_wo = { entry = var.entry, keys = [var.entry] }", obj{"entry": "glsecret-1", "keys": []any{"glsecret-1"}})
			add("ephemeral_map", "secret_settings_wo = var.entries", obj{"entry": "glsecret-2"})
			add("ignored", "settings = { board = var.board }\n lifecycle {\n ignore_changes = [settings]\n }", x)
			add("all_ignored", "settings = { board = var.board }\n secret_settings_wo = { entry = var.entry }\n lifecycle {\n ignore_changes = all\n }", obj{"board": "x", "entry": "glsecret-1"})
			add("key_ignored", "settings = { board = var.board, limit = 3 }\n lifecycle {\n ignore_changes = [settings.board]\n }", obj{"board": "x", "limit": 3.0})
			add("triggered", "settings = { board = \"x\" }\n lifecycle {\n replace_triggered_by = [terraform_data.later]\n }", x)
			add("triggered_before", "settings = { board = \"x\" }\n lifecycle {\n replace_triggered_by = [terraform_data.later]\n create_before_destroy = true\n }", x)
			for i, block := range blocks {
				if strings.Contains(block, `"slug" {`) {
					blocks[i] = strings.Replace(block, `"desk-slug"`, `"desk-${terraform_data.slug.output}"`, 1)
				}
			}
			for _, slug := range []string{"each-a", "each-b"} {
				failOn(t, d.Serve(strings.Replace(deskContract, desk, slug, 1)))
				wanted[slug] = x
			}
			blocks = append(blocks, fmt.Sprintf(`resource %q "each" {
  for_each = { each-a = { board = "x" }, each-b = { board = "x", mail = "" } }
  %s       = %q
  slug     = each.key
  settings = each.value
}
`, anyService, noun, d.place), `
resource "terraform_data" "later" { input = var.board }
resource "terraform_data" "whole" { input = { board = var.board } }
resource "terraform_data" "slug" { input = "slug" }
variable "board" { default = "x" }
variable "none" {
  type    = map(string)
  default = null
}
variable "texts" {
  type    = map(string)
  default = { board = "x", limit = 3 }
}
variable "object" {
  type    = object({ board = string, labels = list(string), mail = optional(string) })
  default = { board = "x", labels = ["a"] }
}
variable "any" {
  type    = any
  default = { board = "x", limit = 1 }
}
variable "hidden" {
  default   = "x"
  sensitive = true
}
variable "entry" {
  default   = "glsecret-1"
  ephemeral = true
}
variable "entries" {
  type      = map(string)
  default   = { entry = "glsecret-2" }
  ephemeral = true
}
`)
			workspace := acctest.NewTerraform(t, d.Server)
			workspace.Configure(blocks...)
			expect := func() {
				t.Helper()
				for slug, want := range wanted {
					record, _ := d.Record(d.place, slug)
					maps.DeleteFunc(record.Params, func(_ string, v any) bool { return normalize(v) == "nothing" })
					if !record.Active || fmt.Sprint(record.Params) != fmt.Sprint(want) {
						t.Errorf("GitLab's %s is on: %t, with %v, want %v", slug, record.Active, record.Params, want)
					}
				}
			}
			workspace.Apply()
			expect()
			expectChanges(t, workspace, nil)

			// Everything changes, or is replaced.
			for _, slug := range []string{"desk-member", "desk-whole"} {
				wanted[slug]["board"] = "y"
			}
			wanted["desk-whole"] = obj{"board": "y"}
			wanted["desk-member"] = obj{"board": "y", "limit": 3.0}
			x["board"] = "x"
			workspace.Apply("-var=board=y")
			expect()
			workspace.Setenv("TF_VAR_board", "y")
			expectChanges(t, workspace, nil)
			workspace.Must("destroy", "-auto-approve", "-no-color")
			for slug := range wanted {
				if record, _ := d.Record(d.place, slug); record.Active {
					t.Errorf("destroyed, %s is still on", slug)
				}
			}
		})
	}
}

// TestSecretsOfAnyServiceAreWrittenNowhere, whatever GitLab answers.
func TestSecretsOfAnyServiceAreWrittenNowhere(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.WriteOnly)
	for _, noun := range []string{"project", "group"} {
		t.Run(noun, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, noun, fakegitlab.V19_1)
			workspace := acctest.NewTerraform(t, d.Server)
			workspace.Setenv("TF_LOG", "TRACE")
			workspace.Setenv("TF_LOG_PATH", workspace.Path("trace.log"))
			workspace.Setenv("TF_VAR_entry", `glsecret/s3cr3t-"<&>+ä%one`)
			workspace.Setenv("TF_VAR_key", `glsecret/s3cr3t-"<&>+ä%two`)
			workspace.Setenv("TF_VAR_odd", `glsecret/s3cr3t-"<&>+ä%three`)
			const variables = "variable \"entry\" {\n  ephemeral = true\n}\nvariable \"key\" {\n  ephemeral = true\n}\nvariable \"odd\" {\n  ephemeral = true\n}\n"
			var printed bytes.Buffer
			run := func(args ...string) { printed.WriteString(workspace.Run(args...).Text()) }
			write := func(lines string) { workspace.Configure(variables, d.block("this", lines)) }
			const secrets = "  secret_settings_wo = { entry = var.entry, keys = [var.key, \"s3cr3t-literal\"] }\n"
			write("  settings = { board = \"x\" }\n" + secrets)
			run("plan", "-out=first.tfplan")
			run("show", "-json", "first.tfplan")
			run("apply", "first.tfplan")
			run("show", "-json")
			if got := d.stored(t); got["entry"] != `glsecret/s3cr3t-"<&>+ä%one` {
				t.Fatalf("GitLab holds %v, so that there was nothing to leak", got)
			}
			// Refused, before GitLab and by GitLab, which repeats what it was sent.
			write("  settings = { board = \"x\" }\n  secret_settings_wo = { entry = { a = var.odd }, keys = [[var.odd]] }\n")
			run("plan")
			write("  settings = { board = \"y\", limit = \"many\" }\n" + secrets)
			run("apply", "-auto-approve")
			d.Inject(fakegitlab.Fault{Method: "PUT", Times: 1, Status: 400, Body: `{"message":"Failed to update integration. {:entry=>[\"glsecret/s3cr3t-\\\"<&>+ä%one is odd\"]}"}`})
			write("  settings = { board = \"y\" }\n" + secrets)
			run("apply", "-auto-approve")
			if !strings.Contains(printed.String(), "limit is invalid") || !strings.Contains(printed.String(), "***") {
				t.Errorf("nothing was refused:\n%s", &printed)
			}
			run("apply", "-auto-approve")
			workspace.Must("destroy", "-auto-approve")
			places := map[string][]byte{"output": printed.Bytes()}
			for _, name := range []string{"terraform.tfstate", "terraform.tfstate.backup", "trace.log"} {
				places[name] = readFile(t, workspace.Path(name))
			}
			plan, err := cli.Unzipped(workspace.Path("first.tfplan"))
			failOn(t, err)
			// The configuration is part of a plan, and what stands in it with it.
			places["first.tfplan"] = bytes.ReplaceAll(plan, []byte("s3cr3t-literal"), nil)
			for place, text := range places {
				for _, hidden := range []string{"s3cr3t", "czNjcjN0"} {
					if at := bytes.Index(text, []byte(hidden)); at >= 0 {
						t.Errorf("%s holds a secret: %q", place, text[max(0, at-200):min(len(text), at+60)])
					}
				}
			}
		})
	}
}

func TestAnyServiceIsImportedIntoTerraform(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.ConfigDriven)
	acctest.Needs(t, acctest.Generation)
	eachDesk(t, func(t *testing.T, d *desks) {
		failOn(t, d.Edit(d.place, desk, obj{"board": "x \"${y}\"\n", "limit": 3, "strict": false, "labels": []any{"a", "b"}, "entry": "glsecret", "push_events": false}))
		workspace := acctest.NewTerraform(t, d.Server)
		prefix := map[string]string{"group": "group="}[d.noun]
		for _, name := range []string{d.place, strconv.FormatInt(d.id, 10)} {
			workspace.Configure(strings.Replace(d.block("this", ""), fmt.Sprintf("%q", d.place), fmt.Sprintf("%q", name), 1))
			workspace.Must("import", anyService+".this", prefix+name+":"+desk)
			expectChanges(t, workspace, map[string][]string{anyService + ".this": {"settings"}})
			workspace.Must("state", "rm", anyService+".this")
		}
		out := workspace.Run("import", "-no-color", anyService+".this", prefix+d.place)
		if out.Code == 0 || !containsWords(out.Text(), "does not say which service") || strings.Contains(out.Text(), "panic") {
			t.Errorf("without a slug:\n%s", out.Text())
		}
		workspace.Configure(fmt.Sprintf("import {\n  to = %s.this\n  id = %q\n}\n", anyService, prefix+d.place+":"+desk))
		for _, args := range [][]string{{"-generate-config-out=generated.tf"}, nil} {
			plan := workspace.Must(append([]string{"plan", "-no-color"}, args...)...).Text()
			if !strings.Contains(plan, "Plan: 1 to import, 0 to add, 0 to change, 0 to destroy.") {
				t.Errorf("%v:\n%s\n%s", args, plan, readFile(t, workspace.Path("generated.tf")))
			}
		}
		workspace.Apply()
		expectChanges(t, workspace, nil)
		if got := d.stored(t); got["entry"] != "glsecret" || got["board"] != "x \"${y}\"\n" {
			t.Errorf("GitLab holds %v", got)
		}
	})
}

// TestTwoResourcesForOneServiceOfTwoTypes are noticed as two of one type are, and
// one takes the place of the other and leaves the service on.
func TestTwoResourcesForOneServiceOfTwoTypes(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.ConfigDriven)
	slack := acctest.Service(t, "slack")
	for noun, own := range map[string]string{"project": slack.ResourceType(), "group": slack.GroupResourceType()} {
		t.Run(noun, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, noun, fakegitlab.V19_1)
			workspace := acctest.NewTerraform(t, d.Server)
			const webhook = "https://hooks.slack.com/services/T0/B0/x"
			theirs := fmt.Sprintf("resource %q \"this\" {\n  %s = %q\n  webhook = %q\n}\n", own, noun, d.place, webhook)
			generic := strings.Replace(d.block("this", fmt.Sprintf("  settings = { webhook = %q }", webhook)), desk, "slack", 1)

			workspace.Configure(generic, theirs)
			if out := workspace.Run("plan", "-no-color"); out.Code == 0 || !containsWords(out.Text(), twoResources) || !containsWords(out.Text(), "Service has a resource of its own") || !strings.Contains(out.Text(), "`"+own+"`") {
				t.Errorf("two new ones:\n%s", out.Text())
			}
			workspace.Configure(generic)
			workspace.Apply()
			expectChanges(t, workspace, nil)

			workspace.Configure(theirs, fmt.Sprintf("moved {\n  from = %s.this\n  to   = %s.this\n}\n", anyService, own))
			if out := workspace.Run("plan", "-no-color"); out.Code == 0 || !containsWords(out.Text(), "cannot become "+own) {
				t.Errorf("a moved block:\n%s", out.Text())
			}
			workspace.Configure(theirs)
			workspace.Apply() // The two in any order.
			expectChanges(t, workspace, nil)
			// Under another address of the same type it is moved.
			workspace.Configure(generic)
			workspace.Apply()
			workspace.Configure(strings.Replace(generic, `"this"`, `"that"`, 1), fmt.Sprintf("moved {\n  from = %s.this\n  to   = %[1]s.that\n}\n", anyService))
			d.ResetRequests()
			workspace.Apply()
			if d.Counts()["PUT"]+d.Counts()["DELETE"] != 0 {
				t.Errorf("moved: %v", d.Counts())
			}
			// Another service, and another place, are another resource.
			workspace.Configure(strings.NewReplacer(`"this"`, `"that"`, `"slack"`, `"acme-desk"`, "webhook", "board").Replace(generic))
			expectChanges(t, workspace, map[string][]string{anyService + ".that": {"delete create"}})
			workspace.Must("destroy", "-auto-approve")
		})
	}
}
