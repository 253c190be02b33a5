package provider_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
)

const guidesFolder = "../../templates/guides"

// guideSecret is the end of the secrets in the guides.
const guideSecret = "B0000/example"

// TestTheGuideToAdoptingWorksAsItIsWritten on a project that the guide gives the
// id 42.
func TestTheGuideToAdoptingWorksAsItIsWritten(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.WriteOnly)
	acctest.Needs(t, acctest.Generation)
	server := acctest.Server(t, fakegitlab.V19_1)
	workspace := acctest.Starting(t, server)
	workspace.Install()
	for id := 1; id < 42; id++ {
		server.AddProject(fmt.Sprintf("group/p%d", id))
	}
	website := server.AddProject("group/website")
	putService(t, server, website.ID, "slack", map[string]any{"webhook": "https://hooks.slack.com/services/T0000/" + guideSecret, "username": "gitlab"})
	putService(t, server, website.ID, "jira", map[string]any{"url": "https://jira.example.com", "username": "gitlab@example.com", "password": guideSecret})
	putService(t, server, website.ID, "external-wiki", map[string]any{"external_wiki_url": "https://wiki.example.com/website"})
	for _, path := range []string{"group/shop", "group/blog"} {
		putService(t, server, server.AddProject(path).ID, "external-wiki", map[string]any{"external_wiki_url": "https://wiki.example.com/" + path})
	}
	for _, path := range []string{"team/a", "team/sub/b"} {
		putService(t, server, server.AddProject(path).ID, "external-wiki", map[string]any{"external_wiki_url": "https://wiki.example.com/" + path})
	}
	server.AddProject("team/without")
	failOn(t, server.Edit("team/sub", "external-wiki", map[string]any{"external_wiki_url": "https://wiki.example.com/sub"}))
	failOn(t, server.Inherit(server.AddProject("team/sub/follows").Path, "external-wiki"))
	server.ResetRequests()
	followGuide(t, filepath.Join(guidesFolder, "adopting-existing-services.md"), workspace, server)
	if puts := server.Counts()["PUT"]; puts != 2 {
		t.Errorf("following the guide sends %d PUTs", puts)
	}
	if bytes.Contains(readFile(t, workspace.Path("terraform.tfstate")), []byte("example-jira")) {
		t.Error("the state holds a secret")
	}
}

// TestTheGuideToAdoptingKnowsAWayWithEveryTerraform: 1.16.0 to 1.16.2 look for the
// provider of an import elsewhere, unless the block names it; and all refuse a
// block that names it once there is a configuration.
func TestTheGuideToAdoptingKnowsAWayWithEveryTerraform(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.ConfigDriven)
	server := acctest.Server(t, fakegitlab.V19_1)
	putService(t, server, server.AddProject("group/website").ID, "external-wiki", map[string]any{"external_wiki_url": "https://wiki.example.com"})
	workspace := acctest.NewTerraform(t, server)
	const block = "import {\n  to = gitlabservices_external_wiki.website\n  id = \"group/website\"\n%s}\n"
	workspace.Configure(fmt.Sprintf(block, "  provider = gitlabservices\n"))
	workspace.Must("plan", "-no-color", "-generate-config-out=services.tf")
	workspace.Configure(fmt.Sprintf(block, ""))
	if out := workspace.Apply().Text(); !strings.Contains(out, "1 imported, 0 added, 0 changed, 0 destroyed") {
		t.Errorf("it says:\n%s", out)
	}
}

// TestTheGuideToGroupsWorksAsItIsWritten while the jobs of GitLab wait, and says
// the same once they have run.
func TestTheGuideToGroupsWorksAsItIsWritten(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.WriteOnly)
	server := acctest.Server(t, fakegitlab.V18_9)
	workspace := acctest.Starting(t, server)
	workspace.Install()
	for _, name := range []string{"website", "api", "shop", "blog", "others/docs"} {
		server.AddProject("acme/" + name)
	}
	followGuide(t, filepath.Join(guidesFolder, "groups.md"), workspace, server)
	server.Propagate()
	if out := workspace.Shell("terraform plan"); !containsWords(out.Text(), "No changes.") || !containsWords(out.Text(), "acme/api has Slack settings of its own.") {
		t.Errorf("once the jobs have run, the plan says\n%s", out.Text())
	}
	server.AddProject("acme/web")
	failOn(t, server.Edit("acme/web", "slack", map[string]any{"channel": "#web"}))
	failOn(t, server.Inherit("acme/api", "slack"))
	if out := workspace.Shell("terraform plan"); containsWords(out.Text(), "Check block assertion failed") {
		t.Errorf("where the rule holds, the plan says\n%s", out.Text())
	}
	for name, channel := range map[string]string{"website": "#acme", "api": "#acme", "shop": "#acme", "blog": "#acme", "others/docs": "#acme", "web": "#web"} {
		if record, _ := server.Record("acme/"+name, "slack"); record.Params["channel"] != channel {
			t.Errorf("%s has %v", name, record.Params["channel"])
		}
	}
}

// TestTheGuideToMigratingWorksAsItIsWritten from what the official provider has
// left: nothing that Terraform wrote holds the secret in the end.
func TestTheGuideToMigratingWorksAsItIsWritten(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.WriteOnly)
	server := acctest.Server(t, fakegitlab.V19_1)
	workspace := acctest.Starting(t, server)
	website := server.AddProject("group/website")
	webhook := "https://hooks.slack.com/services/T0000/" + guideSecret
	putService(t, server, website.ID, "slack", map[string]any{"webhook": webhook, "branches_to_be_notified": "all", "push_events": false})
	putService(t, server, website.ID, "pipelines-email", map[string]any{
		"recipients": "dev@example.com,ops@example.com", "notify_only_broken_pipelines": true, "branches_to_be_notified": "default"})
	server.ResetRequests()
	workspace.Peer("registry.terraform.io", map[string]map[string]any{
		"gitlab_integration_slack.website": {"id": "group/website", "project": "group/website", "webhook": webhook,
			"branches_to_be_notified": "all", "push_events": false, "issues_events": true, "username": "", "job_events": true},
		"gitlab_service_pipelines_email.website": {"id": "group/website", "project": "group/website",
			"recipients": []string{"dev@example.com", "ops@example.com"}, "notify_only_broken_pipelines": true, "branches_to_be_notified": "default"},
	})
	workspace.Install()
	followGuide(t, filepath.Join(guidesFolder, "migrating-from-gitlabhq-gitlab.md"), workspace, server)
	if puts := server.Counts()["PUT"]; puts != 1 {
		t.Errorf("following the guide sends %d PUTs", puts)
	}
	entries, err := os.ReadDir(workspace.Path("."))
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if !entry.IsDir() && bytes.Contains(readFile(t, workspace.Path(entry.Name())), []byte(guideSecret)) {
			t.Errorf("%s holds the secret", entry.Name())
		}
	}
}

func TestTheGuideToMigratingNamesEveryType(t *testing.T) {
	t.Parallel()
	guide := string(readFile(t, filepath.Join(guidesFolder, "migrating-from-gitlabhq-gitlab.md")))
	for _, s := range catalog.All() {
		if len(s.Peer.Types) == 0 {
			continue
		}
		for ours, theirs := range map[string][]string{s.ResourceType(): s.Peer.Types, s.GroupResourceType(): s.Peer.GroupTypes} {
			row := "| `" + ours + "` | `" + strings.Join(theirs, "`, `") + "` |"
			if len(theirs) > 0 && !strings.Contains(guide, row) {
				t.Errorf("the guide lacks the row\n%s", row)
			}
		}
		for name := range s.Peer.Renamed {
			if !strings.Contains(guide, "`"+name+"`") {
				t.Errorf("the guide does not say what becomes of %s of %s", name, s.Slug)
			}
		}
	}
}

var (
	fencedBlock = regexp.MustCompile("(?ms)^```(\\w+)\n(.*?)^```$")
	blockName   = regexp.MustCompile(`^# (\w+\.tf)\n`)
)

// followGuide does what a guide says, from top to bottom: a block of Terraform
// is a file whose name is its first line; a block of shell is run line by line;
// text after it is what it prints. Commands succeed, unless that text is an
// error.
func followGuide(t *testing.T, guide string, workspace *acctest.Terraform, server *fakegitlab.Server) {
	t.Helper()
	ours := strings.NewReplacer("https://gitlab.example.com", server.URL(), "glpat-example", server.Token())
	blocks := fencedBlock.FindAllStringSubmatch(string(readFile(t, guide)), -1)
	commands := 0
	for i, block := range blocks {
		switch kind, text := block[1], block[2]; kind {
		case "terraform":
			name := blockName.FindStringSubmatch(text)
			if name == nil {
				t.Fatalf("a block of the guide does not begin with the name of its file:\n%s", text)
			}
			writeFile(t, workspace.Path(name[1]), text)
		case "shell":
			want := ""
			if i+1 < len(blocks) && blocks[i+1][1] == "text" {
				want = blocks[i+1][2]
			}
			var out acctest.Output
			lines := strings.Split(strings.TrimSpace(text), "\n")
			for n, line := range lines {
				out = workspace.Shell(ours.Replace(line))
				commands++
				fails := n == len(lines)-1 && strings.HasPrefix(want, "Error")
				if (out.Code != 0) != fails {
					t.Fatalf("%s ends with %d\n%s", line, out.Code, out.Text())
				}
			}
			printed := strings.Join(strings.Fields(out.Text()), " ")
			for line := range strings.Lines(want) {
				if !strings.Contains(printed, strings.TrimSpace(line)) {
					t.Fatalf("%s does not print %q but\n%s", lines[len(lines)-1], line, out.Text())
				}
			}
		case "text", "hcl": // The latter is for what the guide does not go through; it is validated with all other pages.
		default:
			t.Errorf("the guide has a block of %s, which nothing tests", kind)
		}
	}
	if commands == 0 {
		t.Error("the guide has no commands")
	}
}

// TestGuidesAreGenerated: what is published is what is tested.
func TestGuidesAreGenerated(t *testing.T) {
	t.Parallel()
	entries, err := os.ReadDir(guidesFolder)
	if err != nil || len(entries) == 0 {
		t.Fatalf("no guides: %v", err)
	}
	for _, entry := range entries {
		if !bytes.Equal(readFile(t, filepath.Join(guidesFolder, entry.Name())), readFile(t, filepath.Join("../../docs/guides", entry.Name()))) {
			t.Errorf("docs/guides/%s is not what templates/guides has: run make generate", entry.Name())
		}
	}
}

// TestTheReadmeShowsARealPlan does what the first lines of README.md tell, and
// compares what it prints, but for the time of the write.
func TestTheReadmeShowsARealPlan(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.WriteOnly)
	blocks := fencedBlock.FindAllStringSubmatch(string(readFile(t, "../../README.md")), 2)
	server := acctest.Server(t, fakegitlab.V19_1)
	server.AddProject("group/website")
	workspace := acctest.Starting(t, server)
	workspace.Write("main.tf", blocks[0][2])
	workspace.Setenv("TF_VAR_slack_webhook", "https://hooks.slack.com/services/T0000/B0000/ours")
	workspace.Apply()
	failOn(t, server.Edit("group/website", "slack", map[string]any{
		"webhook": "https://hooks.slack.com/services/T0000/B0000/theirs", "pipeline_events": false,
	}))
	anyTime := regexp.MustCompile(`\d{4}-\d\d-\d\dT[\d:.]+Z`)
	words := func(text string) string {
		return strings.ReplaceAll(anyTime.ReplaceAllString(unwrap(text), "then"), "OpenTofu will", "Terraform will")
	}
	if plan := workspace.Must("plan", "-no-color").Text(); !strings.Contains(words(plan), words(blocks[1][2])) {
		t.Errorf("README.md shows\n%s\nwhere the plan is\n%s", blocks[1][2], plan)
	}
}
