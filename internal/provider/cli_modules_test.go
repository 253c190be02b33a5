package provider_test

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
)

const modulesFolder = "../../examples/modules"

// writtenValues is what a parameter of a service was set to, write after write:
// a value too many is a request that nobody asked for.
type writtenValues struct {
	project, slug, parameter string
	values                   []any
}

// presets are the modules under examples, and what their own tests leave behind
// in the log of GitLab. The tests themselves see only what Terraform sees.
var presets = map[string][]writtenValues{
	"chat-notifications": {
		{"demo/website", "slack", "webhook", []any{
			"https://hooks.slack.com/services/T0/B0/first", "https://hooks.slack.com/services/T0/B0/second", "https://hooks.slack.com/services/T0/B0/second",
		}},
		{"demo/api", "slack", "push_channel", []any{"#commits", "#commits", ""}},
		{"demo/api", "slack", "pipeline_events", []any{true, true, false}},
		{"demo/api", "slack", "issues_events", []any{false, false, false}},
		{"demo/website", "mattermost", "webhook", []any{"https://mattermost.example.com/hooks/first"}},
		{"demo/api", "mattermost", "webhook", nil},
		{"demo/api", "microsoft-teams", "webhook", []any{"https://example.webhook.office.com/webhookb2/first"}},
		{"demo/api", "microsoft-teams", "merge_requests_events", []any{true}},
		{"demo/api", "microsoft-teams", "push_events", []any{false}},
	},
	"issue-tracker": {
		{"demo/website", "jira", "password", []any{"first-password", "personal-access-token"}},
		{"demo/website", "jira", "username", []any{"gitlab@example.com", ""}},
		{"demo/api", "jira", "jira_issue_transition_id", []any{"31,41", ""}},
		{"demo/website", "redmine", "new_issue_url", []any{"https://redmine.example.com/projects/web%20site/issues/new"}},
		{"demo/api", "redmine", "new_issue_url", nil},
		{"demo/website", "bugzilla", "issues_url", []any{"https://bugzilla.example.com/show_bug.cgi?id=:id"}},
		{"demo/api", "custom-issue-tracker", "issues_url", []any{"https://issues.example.com/API/:id"}},
	},
	"ci-trigger": {
		{"demo/website", "jenkins", "password", []any{"first-password", "second-password", ""}},
		{"demo/website", "jenkins", "merge_requests_events", []any{true, false, false}},
		{"demo/api", "teamcity", "password", []any{"teamcity-password"}},
		{"demo/website", "bamboo", "build_key", []any{"WEB-MAIN"}},
		{"demo/website", "buildkite", "token", []any{"website-token"}},
		{"demo/api", "buildkite", "token", []any{"api-token"}},
		{"demo/api", "drone-ci", "token", []any{"api-token"}},
		{"demo/api", "drone-ci", "enable_ssl_verification", []any{false}},
	},
}

// copyModule puts a module into the folder, ready for "terraform test".
func copyModule(t *testing.T, workspace *acctest.Terraform, name string) {
	t.Helper()
	if err := os.CopyFS(workspace.Path("."), os.DirFS(filepath.Join(modulesFolder, name))); err != nil {
		t.Fatal(err)
	}
	workspace.Must("get")
}

// testModule runs one file of a module's tests in a copy of the module and
// expects all of its runs to pass.
func testModule(t *testing.T, workspace *acctest.Terraform, name, file string) acctest.Output {
	t.Helper()
	copyModule(t, workspace, name)
	out := workspace.Must("test", "-no-color", "-verbose", "-filter="+file)
	runs := bytes.Count(readFile(t, workspace.Path(file)), []byte("\nrun \""))
	if want := fmt.Sprintf("Success! %d passed, 0 failed.", runs); runs == 0 || !strings.Contains(out.Stdout, want) {
		t.Errorf("terraform test does not say %q:\n%s", want, out.Text())
	}
	return out
}

func TestPresetsPassTheirTestsOnAGitLab(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.WriteOnly)
	for _, profile := range []fakegitlab.Profile{fakegitlab.V16_0, fakegitlab.V19_1} {
		for name, want := range presets {
			t.Run(fmt.Sprintf("%s on %s", name, profile), func(t *testing.T) {
				t.Parallel()
				server := acctest.Server(t, profile)
				projects := []string{"demo/website", "demo/api"}
				for _, path := range projects {
					server.AddProject(path)
				}

				workspace := acctest.Starting(t, server)
				workspace.Setenv("TF_VAR_fakegitlab_url", server.URL())
				out := testModule(t, workspace, name, "tests/gitlab.tftest.hcl")

				for _, w := range want {
					if got := valuesWritten(server, w); !reflect.DeepEqual(got, w.values) {
						t.Errorf("%s of %s on %s was set to %q, want %q", w.parameter, w.slug, w.project, got, w.values)
					}
				}
				secrets := secretsSent(server, profile)
				if len(secrets) == 0 {
					t.Error("no secret was sent, so that there was nothing to show")
				}
				for _, secret := range secrets {
					if strings.Contains(out.Text(), secret) {
						t.Errorf("terraform test shows the secret %q", secret)
					}
				}
				for _, path := range projects {
					for _, slug := range fakegitlab.Slugs(profile) {
						if record, _ := server.Record(path, slug); record.Active {
							t.Errorf("%s is left on %s", slug, path)
						}
					}
				}
			})
		}
	}
}

// valuesWritten gives the values of a parameter in the requests that GitLab
// accepted.
func valuesWritten(server *fakegitlab.Server, w writtenValues) []any {
	var values []any
	path := "/api/v4/projects/" + url.PathEscape(w.project) + "/services/" + w.slug
	for _, r := range server.Requests() {
		if r.Method == http.MethodPut && r.Path == path && r.Status == http.StatusOK {
			values = append(values, r.Body[w.parameter])
		}
	}
	return values
}

// secretsSent are all secrets that GitLab was told.
func secretsSent(server *fakegitlab.Server, profile fakegitlab.Profile) []string {
	var secrets []string
	for _, r := range server.Requests() {
		contract, _ := fakegitlab.Contract(profile, r.Path[strings.LastIndex(r.Path, "/")+1:])
		for _, p := range contract.Params {
			if text, _ := r.Body[p.Name].(string); p.Secret && text != "" {
				secrets = append(secrets, text)
			}
		}
	}
	return secrets
}

func TestPresetsPassTheirMockTestsWithoutAGitLab(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.WriteOnly)
	for name := range presets {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			workspace := acctest.Starting(t, acctest.Server(t, fakegitlab.V19_1))
			workspace.Setenv("GITLAB_BASE_URL", "http://127.0.0.1:1") // where nobody answers
			workspace.Setenv("GITLAB_TOKEN", "")
			testModule(t, workspace, name, "tests/mock.tftest.hcl")
		})
	}
}

func TestTestsOfPresetsWriteToNoGitLabThatNobodyHasNamed(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.WriteOnly)
	const guard, runs = "tests/gitlab/main.tf", "tests/gitlab.tftest.hcl"
	folder := func(name string) string { return filepath.Join(modulesFolder, name) }
	one := "ci-trigger"
	for name := range presets {
		if !bytes.Equal(readFile(t, filepath.Join(folder(name), guard)), readFile(t, filepath.Join(folder(one), guard))) {
			t.Errorf("%s of %s is not that of %s", guard, name, one)
		}
	}
	server := acctest.Server(t, fakegitlab.V19_1)
	server.AddProject("demo/website")
	server.AddProject("demo/api")
	workspace := acctest.NewTerraform(t, server)
	copyModule(t, workspace, one)
	for address, says := range map[string]string{
		"":                               "These tests write to a GitLab.",
		"https://gitlab.example.com":     "is not an address of this machine",
		"http://127.0.0.1.example.com":   "is not an address of this machine",
		"http://localhost@example.com/x": "is not an address of this machine",
	} {
		workspace.Setenv("TF_VAR_fakegitlab_url", address)
		out := workspace.Run("test", "-no-color", "-filter="+runs)
		if out.Code == 0 || !containsWords(out.Text(), says) || !strings.Contains(out.Text(), " 0 passed, 1 failed, ") {
			t.Errorf("with %q, terraform test does not refuse:\n%s", address, out.Text())
		}
	}
	if sent := server.Requests(); len(sent) > 0 {
		t.Errorf("%d requests were sent", len(sent))
	}
}

func TestEveryPresetIsTested(t *testing.T) {
	t.Parallel()
	entries, err := os.ReadDir(modulesFolder)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if presets[entry.Name()] == nil {
			t.Errorf("no test knows the module %s", entry.Name())
		}
	}
}

var terraformBlock = regexp.MustCompile("(?ms)^```terraform\n(.*?)^```$")

// adoptedServices are set up in group/website before the presets come.
var adoptedServices = map[string]map[string]any{
	"slack":   {"active": true, "webhook": "https://hooks.slack.com/services/T0/B0/old"},
	"jira":    {"active": true, "url": "https://jira.example.com", "username": "gitlab@example.com", "password": "old"},
	"jenkins": {"active": true, "jenkins_url": "https://jenkins.example.com", "project_name": "website"},
}

func TestWhatTheReadmesOfPresetsShowIsApplied(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.WriteOnly)
	server := acctest.Server(t, fakegitlab.V19_1)
	for _, name := range []string{"website", "api", "shop", "tools"} {
		server.AddProject("group/" + name)
	}
	workspace := acctest.NewTerraform(t, server)
	if err := os.CopyFS(workspace.Path("modules"), os.DirFS(modulesFolder)); err != nil {
		t.Fatal(err)
	}
	var blocks []string
	for name := range presets {
		text := readFile(t, workspace.Path("modules/"+name+"/README.md"))
		for _, block := range terraformBlock.FindAllSubmatch(text, -1) {
			blocks = append(blocks, string(block[1]))
		}
	}
	workspace.Configure(blocks...)
	workspace.Setenv("TF_VAR_slack_webhook", "https://hooks.slack.com/services/T0/B0/x")
	workspace.Setenv("TF_VAR_jira_password", "password")
	workspace.Setenv("TF_VAR_jenkins_password", "password")
	workspace.Setenv("TF_VAR_drone_tokens", `{"group/tools" = "token"}`)
	workspace.Must("get")
	for slug, settings := range adoptedServices {
		failOn(t, server.Edit("group/website", slug, settings))
	}
	if out := workspace.Apply().Stdout; !strings.Contains(out, "3 imported, 6 added, 3 changed, 0 destroyed.") {
		t.Errorf("three services are to be imported, and all nine to be written:\n%s", out)
	}
	if puts, want := server.Counts()[http.MethodPut], 9; puts != want {
		t.Errorf("%d services were written, want %d", puts, want)
	}
}

// TestPresetsAdoptByThemselves puts the file for newer versions of Terraform into
// the modules.
func TestPresetsAdoptByThemselves(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.ModuleImports)
	server := acctest.Server(t, fakegitlab.V19_1)
	for _, name := range []string{"website", "api"} {
		server.AddProject("group/" + name)
	}
	for slug, settings := range adoptedServices {
		failOn(t, server.Edit("group/website", slug, settings))
	}
	workspace := acctest.NewTerraform(t, server)
	if err := os.CopyFS(workspace.Path("modules"), os.DirFS(modulesFolder)); err != nil {
		t.Fatal(err)
	}
	var blocks []string
	for name := range presets {
		folder := "modules/" + name
		writeFile(t, workspace.Path(folder+"/adopt.tf"), string(readFile(t, workspace.Path(folder+"/terraform-1.16/adopt.tf"))))
		first := terraformBlock.FindSubmatch(readFile(t, workspace.Path(folder+"/README.md")))[1]
		blocks = append(blocks, strings.Replace(string(first), "\n  source = ", "\n  adopt  = [\"group/website\"]\n  source = ", 1))
	}
	workspace.Configure(blocks...)
	workspace.Setenv("TF_VAR_slack_webhook", "https://hooks.slack.com/services/T0/B0/x")
	workspace.Setenv("TF_VAR_jira_password", "password")
	workspace.Setenv("TF_VAR_jenkins_password", "password")
	workspace.Must("get")
	if out := workspace.Apply().Stdout; !strings.Contains(out, "3 imported, 3 added, 3 changed, 0 destroyed.") {
		t.Errorf("three services are to be imported, and three to be created:\n%s", out)
	}
}

var guideFile = regexp.MustCompile("(?ms)^```(?:terraform|hcl)\n# (\\S+)\n(.*?)^```$")

func TestTheGuideOfPresetsIsTrue(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.WriteOnly)
	server := acctest.Server(t, fakegitlab.V19_1)
	server.AddProject("group/website")
	server.AddProject("group/api")
	workspace := acctest.Starting(t, server)
	workspace.Setenv("TF_VAR_fakegitlab_url", server.URL())
	if err := os.MkdirAll(workspace.Path("tests/gitlab"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, file := range guideFile.FindAllSubmatch(readFile(t, "../../templates/guides/presets.md"), -1) {
		if err := os.WriteFile(workspace.Path(string(file[1])), file[2], 0o600); err != nil {
			t.Fatal(err)
		}
	}
	workspace.Must("get")
	if out := workspace.Must("test", "-no-color").Stdout; !strings.Contains(out, "Success! 5 passed, 0 failed.") {
		t.Errorf("the guide's five runs did not pass:\n%s", out)
	}
	workspace.Must("fmt", "-check", "-recursive", "-diff")
	want := []any{"https://hooks.slack.com/services/T0/B0/first", "https://hooks.slack.com/services/T0/B0/second"}
	if got := valuesWritten(server, writtenValues{"group/api", "slack", "webhook", want}); !reflect.DeepEqual(got, want) {
		t.Errorf("the webhook was set to %q, want %q", got, want)
	}
}

// presetSwitches are the services of the presets that listen to events: the
// module, what it is given beside the projects, and the events that it knows.
// Each.key stands for the event.
var presetSwitches = map[string]struct{ module, arguments, events string }{
	"slack": {"chat-notifications", `
		projects = ["slack/${each.key}"]
		service  = "slack"
		webhook  = "https://hooks.slack.com/services/T0/B0/x"
		channels = { (each.key) = "#only" }
	`, "push tag_push issue confidential_issue merge_request note confidential_note pipeline wiki_page deployment incident vulnerability alert"},
	"mattermost": {"chat-notifications", `
		projects = ["mattermost/${each.key}"]
		service  = "mattermost"
		webhook  = "https://mattermost.example.com/hooks/x"
		channels = { (each.key) = "#only" }
	`, "push tag_push issue confidential_issue merge_request note confidential_note pipeline wiki_page deployment incident vulnerability"},
	"microsoft-teams": {"chat-notifications", `
		projects = ["microsoft-teams/${each.key}"]
		service  = "microsoft-teams"
		webhook  = "https://example.webhook.office.com/webhookb2/x"
		channels = { (each.key) = "" }
	`, "push tag_push issue confidential_issue merge_request note confidential_note pipeline wiki_page"},
	"jenkins": {"ci-trigger", `
		projects = { "jenkins/${each.key}" = { build = "website" } }
		server   = { jenkins = { url = "https://jenkins.example.com" } }
		events   = [each.key]
	`, "push tag_push merge_request"},
	"teamcity": {"ci-trigger", `
		projects = { "teamcity/${each.key}" = { build = "website" } }
		server   = { teamcity = { url = "https://teamcity.example.com" } }
		events   = [each.key]
	`, "push merge_request"},
	"bamboo": {"ci-trigger", `
		projects = { "bamboo/${each.key}" = {} }
		server   = { bamboo = { url = "https://bamboo.example.com" } }
		tokens   = { "bamboo/${each.key}" = "WEB-MAIN" }
		events   = [each.key]
	`, "push"},
	"buildkite": {"ci-trigger", `
		projects = { "buildkite/${each.key}" = { build = "website" } }
		server   = { buildkite = { organization = "example" } }
		tokens   = { "buildkite/${each.key}" = "token" }
		events   = [each.key]
	`, "push tag_push merge_request"},
	"drone-ci": {"ci-trigger", `
		projects = { "drone-ci/${each.key}" = {} }
		server   = { drone = { url = "https://drone.example.com" } }
		tokens   = { "drone-ci/${each.key}" = "token" }
		events   = [each.key]
	`, "push tag_push merge_request"},
}

func TestEveryEventOfAPresetHasASwitchAndAChannelOfItsOwn(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.WriteOnly)
	server := acctest.Server(t, fakegitlab.V19_1)
	workspace := acctest.NewTerraform(t, server)
	if err := os.CopyFS(workspace.Path("modules"), os.DirFS(modulesFolder)); err != nil {
		t.Fatal(err)
	}
	var blocks []string
	for slug, s := range presetSwitches {
		blocks = append(blocks, fmt.Sprintf("module %q {\n  for_each = toset(split(\" \", %q))\n  source = \"./modules/%s\"\n%s}\n",
			slug, s.events, s.module, s.arguments))
		for event := range strings.FieldsSeq(s.events) {
			server.AddProject(slug + "/" + event)
		}
	}
	workspace.Configure(blocks...)
	workspace.Must("get")
	workspace.Apply()

	for slug, s := range presetSwitches {
		contract, _ := fakegitlab.Contract(fakegitlab.V19_1, slug)
		for event := range strings.FieldsSeq(s.events) {
			record, _ := server.Record(slug+"/"+event, slug)
			var on, channels []string
			for _, flag := range contract.Events {
				if record.Flags[flag] == true {
					on = append(on, flag)
				}
			}
			for name, value := range record.Params {
				if value == "#only" {
					channels = append(channels, name)
				}
			}
			// GitLab has some of them in the plural.
			plural := strings.NewReplacer("issue", "issues", "merge_request", "merge_requests").Replace(event)
			if want := []string{plural + "_events"}; !slices.Equal(on, want) {
				t.Errorf("%s of %s switches on %q, want %q", event, slug, on, want)
			}
			if want := []string{event + "_channel"}; strings.Contains(s.arguments, "#only") && !slices.Equal(channels, want) {
				t.Errorf("%s of %s goes by %q, want %q", event, slug, channels, want)
			}
		}
	}
}
