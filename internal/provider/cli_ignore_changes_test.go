package provider_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/hcltext"
)

// TestIgnoredChangesArePlannedAndAppliedAlike: Terraform gives a plan the prior
// value of an ignored attribute in place of the configured one, and shows the
// apply the configuration as it is written. What was planned is what is applied
// all the same: an apply succeeds or is refused with a reason before it sends
// anything, and GitLab holds the secret that was last sent.
func TestIgnoredChangesArePlannedAndAppliedAlike(t *testing.T) {
	t.Parallel()
	type form struct {
		slug    string
		written [][2]string // the lines in question
		ignored []string
		secret  string // GitLab's name of the secret in question
		needs   bool   // without the lines GitLab cannot be written
	}
	const hook = `"https://hooks.slack.com/services/T0000/B0000/ignored"`
	for name, f := range map[string]form{
		"a setting":                     {slug: "slack", written: [][2]string{{"channel", `"#kept"`}}, ignored: []string{"channel"}},
		"a flag":                        {slug: "slack", written: [][2]string{{"push_events", "false"}}, ignored: []string{"push_events"}},
		"a required secret":             {slug: "slack", written: [][2]string{{"webhook", hook}}, ignored: []string{"webhook"}, secret: "webhook"},
		"a required write-only secret":  {slug: "slack", written: [][2]string{{"webhook_wo", hook}}, ignored: []string{"webhook_wo"}, secret: "webhook", needs: true},
		"its version":                   {slug: "slack", written: [][2]string{{"webhook_wo_version", "5"}}, ignored: []string{"webhook_wo_version"}, secret: "webhook"},
		"it and its version":            {slug: "slack", written: [][2]string{{"webhook_wo", hook}, {"webhook_wo_version", "5"}}, ignored: []string{"webhook_wo", "webhook_wo_version"}, secret: "webhook", needs: true},
		"the password of a login":       {slug: "jenkins", written: [][2]string{{"password", `"pw"`}}, ignored: []string{"password"}, secret: "password"},
		"its write-only password":       {slug: "jenkins", written: [][2]string{{"password_wo", `"pw"`}}, ignored: []string{"password_wo"}, secret: "password", needs: true},
		"the version of the password":   {slug: "jenkins", written: [][2]string{{"password_wo_version", "5"}}, ignored: []string{"password_wo_version"}, secret: "password"},
		"a login":                       {slug: "jenkins", written: [][2]string{{"username", `"user"`}, {"password", `"pw"`}}, ignored: []string{"username", "password"}, secret: "password"},
		"a login with a write-only one": {slug: "jenkins", written: [][2]string{{"username", `"user"`}, {"password_wo", `"pw"`}}, ignored: []string{"username", "password_wo"}, secret: "password", needs: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if slices.ContainsFunc(f.written, func(l [2]string) bool { return strings.Contains(l[0], "_wo") }) {
				acctest.Needs(t, acctest.WriteOnly)
			}
			// What stands beside the lines in question, and another setting that changes.
			beside := map[string][][2]string{
				"slack":   {{"webhook", hook}},
				"jenkins": {{"jenkins_url", `"https://jenkins.example.com"`}, {"project_name", `"folder/job"`}, {"username", `"user"`}, {"password", `"pw"`}},
			}[f.slug]
			other := map[string]string{"slack": "username", "jenkins": "tag_push_events"}[f.slug]
			otherValues := map[string][]string{"slack": {`"a"`, `"b"`, `"c"`, `"d"`}, "jenkins": {"true", "false", "true", "false"}}[f.slug]
			configuration := func(written bool, step int) string {
				lines := map[string]string{"project": `"group/project"`, other: otherValues[step]}
				for _, l := range beside {
					lines[l[0]] = l[1]
				}
				for _, l := range f.written {
					base, writeOnly := strings.CutSuffix(strings.TrimSuffix(l[0], "_version"), "_wo")
					if writeOnly && lines[base] != "" {
						lines[base+"_wo"] = lines[base]
					}
					if writeOnly {
						delete(lines, base)
					}
					if written {
						lines[l[0]] = l[1]
					} else {
						delete(lines, l[0])
					}
				}
				var attributes []hcltext.Attribute
				for _, name := range slices.Sorted(maps.Keys(lines)) {
					attributes = append(attributes, hcltext.Attribute{Name: name, Value: hcltext.Raw(lines[name])})
				}
				block := hcltext.Block("resource", []string{"gitlabservices_" + f.slug, "this"}, attributes)
				return strings.TrimSuffix(block, "}\n") + "  lifecycle {\n    ignore_changes = [" + strings.Join(f.ignored, ", ") + "]\n  }\n}\n"
			}
			server := acctest.Server(t, fakegitlab.V19_1)
			server.AddProject("group/project")
			workspace := acctest.NewTerraform(t, server)
			secret := func() any {
				record, _ := server.Record("group/project", f.slug)
				if !record.Active {
					t.Error("the service is off")
				}
				return record.Params[f.secret]
			}
			apply := func(step string, refusal bool) {
				t.Helper()
				out := workspace.Run("apply", "-auto-approve", "-no-color")
				said := out.Text()
				switch {
				case strings.Contains(said, "inconsistent"), strings.Contains(said, "bug in the provider"):
					t.Errorf("%s: Terraform blames the provider:\n%s", step, said)
				case refusal && out.Code == 0:
					t.Errorf("%s: is not refused:\n%s", step, said)
				case refusal && !strings.Contains(said, "Missing "):
					t.Errorf("%s: is refused without the reason:\n%s", step, said)
				case !refusal && out.Code != 0:
					t.Errorf("%s: fails:\n%s", step, said)
				case !refusal:
					if changes := workspace.Changes(); len(changes) != 0 {
						t.Errorf("%s: the plan after apply: %v", step, changes)
					}
				}
			}

			workspace.Configure(configuration(true, 0))
			apply("first apply", false)
			sent := secret()
			if f.secret != "" && (sent == nil || sent == "") {
				t.Fatalf("GitLab holds %v", sent)
			}
			workspace.Configure(configuration(true, 1))
			apply("another setting", false)
			workspace.Configure(configuration(false, 2))
			apply("the line removed, and another setting", f.needs)
			if got := secret(); got != sent {
				t.Errorf("GitLab holds another secret: %v", got)
			}
			workspace.Configure(configuration(true, 2))
			apply("the line back", false)
			if err := server.Edit("group/project", f.slug, map[string]any{other: map[string]any{"slack": "z", "jenkins": true}[f.slug]}); err != nil {
				t.Fatal(err)
			}
			workspace.Configure(configuration(true, 3))
			apply("after a foreign write", false)
			if got := secret(); got != sent {
				t.Errorf("GitLab holds another secret after a foreign write: %v", got)
			}
		})
	}
}
