package provider_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/cli"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/hcltext"
)

// TestWriteOnlySecretsAreWrittenNowhere gives every secret of every service in
// its write-only form, by ephemeral variables as a user would, and searches
// everything that Terraform and the provider write: state and its backup, saved
// plans, all output, and the log at its loudest.
func TestWriteOnlySecretsAreWrittenNowhere(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.WriteOnly)
	acctest.Each(t, func(t *testing.T, lab *acctest.Lab) {
		workspace := acctest.Starting(t, lab.Server)
		workspace.Setenv("TF_LOG", "TRACE")
		workspace.Setenv("TF_LOG_PATH", workspace.Path("trace.log"))
		subjects := lab.Subjects()
		secrets := map[string]string{}
		configure := func(settings func(*catalog.Service) acctest.Settings) {
			var blocks []string
			for _, s := range subjects {
				wanted := slices.Clone(settings(s.Service))
				for i := range wanted {
					if wanted[i].WriteOnly == "" {
						continue
					}
					text, _ := wanted[i].Value.(string)
					variable := s.Type() + "_" + wanted[i].Name
					secrets[variable] = marked(t, s.Service, wanted[i].Name, text, variable)
					workspace.Setenv("TF_VAR_"+variable, secrets[variable])
					blocks = append(blocks, hcltext.Block("variable", []string{variable}, []hcltext.Attribute{
						{Name: "type", Value: hcltext.Raw("string")}, {Name: "ephemeral", Value: true}, {Name: "sensitive", Value: true},
					}))
					wanted[i].Value = hcltext.Raw("var." + variable)
				}
				blocks = append(blocks, s.Resource(wanted.WriteOnly()))
			}
			workspace.Configure(blocks...)
		}

		var printed bytes.Buffer
		run := func(args ...string) { printed.WriteString(workspace.Must(args...).Text()) }
		configure(acctest.Minimal)
		run("plan", "-out=first.tfplan")
		run("show", "-json", "first.tfplan")
		run("apply", "first.tfplan")
		configure(func(s *catalog.Service) acctest.Settings { return acctest.Full(s, lab.Profile()) })
		run("plan", "-out=second.tfplan")
		run("apply", "second.tfplan")
		run("show", "-json")

		for _, s := range subjects {
			for _, name := range s.Secrets() {
				record, _ := lab.Record(s.At.Name, s.Slug)
				if want, got := secrets[s.Type()+"_"+name], record.Params[name]; want != "" && got != want {
					t.Errorf("GitLab's %s of %s is %v, so that there was nothing to leak", name, s, got)
				}
			}
		}
		places := map[string][]byte{"output": printed.Bytes()}
		for _, name := range []string{"terraform.tfstate", "terraform.tfstate.backup", "trace.log"} {
			places[name] = readFile(t, workspace.Path(name))
		}
		for _, name := range []string{"first.tfplan", "second.tfplan"} {
			plan, err := cli.Unzipped(workspace.Path(name))
			if err != nil {
				t.Fatal(err)
			}
			places[name] = plan
		}
		for place, text := range places {
			for variable, secret := range secrets {
				for form, hidden := range spellings(secret) {
					if bytes.Contains(text, []byte(hidden)) {
						t.Errorf("%s holds %s, %s", place, variable, form)
					}
				}
			}
		}
		if !bytes.Contains(places["trace.log"], []byte("PUT")) {
			t.Error("the log does not show the provider's requests, so that searching it proves nothing")
		}
		workspace.Must("destroy", "-auto-approve")
	})
}

// TestAPlanWithoutChangesNeedsNoTrueWriteOnlySecret is what a job that looks for
// drift counts on: it knows no secrets.
func TestAPlanWithoutChangesNeedsNoTrueWriteOnlySecret(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.WriteOnly)
	server := acctest.Server(t, fakegitlab.V19_1)
	project := server.AddProject("group/project")
	slack := acctest.Service(t, "slack")
	workspace := acctest.NewTerraform(t, server)
	settings := acctest.Minimal(slack).WriteOnly()
	workspace.Configure(settings.Resource(slack, "this", project.Path))
	workspace.Apply()
	workspace.Configure(settings.With("webhook_wo", "https://unused.invalid").Resource(slack, "this", project.Path))
	if out := workspace.Run("plan", "-detailed-exitcode", "-lock=false", "-no-color"); out.Code != 0 {
		t.Errorf("exit %d, want 0:\n%s", out.Code, out.Text())
	}
	if err := server.Edit(project.Path, slack.Slug, map[string]any{"username": "somebody"}); err != nil {
		t.Fatal(err)
	}
	if out := workspace.Run("plan", "-detailed-exitcode", "-lock=false", "-no-color"); out.Code != 2 {
		t.Errorf("exit %d after somebody changed the service, want 2:\n%s", out.Code, out.Text())
	}
}

// marked is a secret that can be searched for: of the ways to mark one, the first
// that the row takes. Characters that every encoding writes in a way of its own
// are best.
func marked(t *testing.T, s *catalog.Service, name, secret, mark string) string {
	t.Helper()
	attribute, _ := s.Attributes()[name].(schema.StringAttribute)
	ending := `/s3cr3t-"<&>+ä%`
	if strings.HasPrefix(secret, "https://") {
		ending = "/s3cr3t?a=b&c=%2B"
	}
	for _, way := range []string{
		secret + ending + mark,
		secret + "_s3cr3t_" + mark + "_",
		strings.Replace(secret, "example", "s3cr3t-<&>+ä%"+mark, 1), // in JSON
		"s3cr3t-<&>+ä%" + mark + "\n" + secret,                      // before PEM
	} {
		refused := slices.ContainsFunc(attribute.Validators, func(v validator.String) bool {
			var resp validator.StringResponse
			v.ValidateString(t.Context(), validator.StringRequest{ConfigValue: types.StringValue(way)}, &resp)
			return resp.Diagnostics.HasError()
		})
		if strings.Contains(way, "s3cr3t") && !refused {
			return way
		}
	}
	t.Fatalf("%s of %s takes no secret that could be searched for", name, s.Slug)
	return ""
}

// spellings gives the ways in which a text may be written somewhere.
func spellings(secret string) map[string]string {
	inJSON, _ := json.Marshal(secret)
	_, end, _ := strings.Cut(secret, "s3cr3t")
	return map[string]string{
		"as it is":    secret,
		"JSON":        strings.Trim(string(inJSON), `"`),
		"quoted":      strings.ReplaceAll(secret, `"`, `\"`),
		"query":       url.QueryEscape(secret),
		"path":        url.PathEscape(secret),
		"base64":      base64.StdEncoding.EncodeToString([]byte(secret)),
		"base64 URL":  base64.RawURLEncoding.EncodeToString([]byte(secret)),
		"its own end": end,
	}
}
