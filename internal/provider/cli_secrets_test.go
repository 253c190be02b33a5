package provider_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
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
			for form, hidden := range spellings() {
				if at := bytes.Index(text, hidden); at >= 0 {
					t.Errorf("%s holds a secret, %s: %q", place, form, text[max(0, at-80):min(len(text), at+80)])
				}
			}
		}
		if !bytes.Contains(places["trace.log"], []byte("PUT")) {
			t.Error("the log does not show the provider's requests, so that searching it proves nothing")
		}
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

// The marks of a secret: words that stand nowhere else, one for its beginning
// and one for its end, and no encoding but base64 changes a letter of them.
const headMark, tailMark = "s3cr3t", "t4ilmark"

// marked is a secret that can be searched for, and is the only one with that
// name: of the ways to mark one, the first that the row takes. Characters that
// every encoding writes in a way of its own are best.
func marked(t *testing.T, s *catalog.Service, name, secret, unique string) string {
	t.Helper()
	attribute, _ := s.Attributes()[name].(schema.StringAttribute)
	mark := unique + tailMark
	ending := "/" + headMark + `-"<&>+ä%`
	if strings.HasPrefix(secret, "https://") {
		ending = "/" + headMark + "?a=b&c=%2B"
	}
	for _, way := range []string{
		secret + ending + mark,
		secret + "_" + headMark + "_" + mark + "_",
		strings.Replace(secret, "example", headMark+"-<&>+ä%"+mark, 1), // in JSON
		headMark + "-<&>+ä%" + mark + "\n" + secret,                    // before PEM
	} {
		refused := slices.ContainsFunc(attribute.Validators, func(v validator.String) bool {
			var resp validator.StringResponse
			v.ValidateString(t.Context(), validator.StringRequest{ConfigValue: types.StringValue(way)}, &resp)
			return resp.Diagnostics.HasError()
		})
		if strings.Contains(way, headMark) && !refused {
			return way
		}
	}
	t.Fatalf("%s of %s takes no secret that could be searched for", name, s.Slug)
	return ""
}

// spellings gives the ways in which the marks of a secret may be written
// somewhere: what escapes or quotes a secret leaves them, and base64 writes each
// in three ways, by how many bytes are before it.
func spellings() map[string][]byte {
	out := map[string][]byte{}
	for _, mark := range []string{headMark, tailMark} {
		out[mark+" as it is"] = []byte(mark)
		for before := range 3 {
			encoded := base64.StdEncoding.EncodeToString(slices.Concat(make([]byte, before), []byte(mark)))
			// The first letters also tell what is before, the last ones what is after.
			first, end := (before*8+5)/6, (before+len(mark))*8/6
			out[fmt.Sprintf("%s in base64 after %d bytes", mark, before)] = []byte(encoded[first:end])
		}
	}
	return out
}

func TestMarksAreFoundInWhateverASecretIsWritten(t *testing.T) {
	t.Parallel()
	secret := `key/` + headMark + `-"<&>+ä%x` + tailMark
	inJSON, err := json.Marshal(secret)
	failOn(t, err)
	for i := range 3 {
		moved := strings.Repeat("x", i) + secret
		for _, text := range []string{
			moved, string(inJSON), strings.ReplaceAll(moved, `"`, `\"`), url.QueryEscape(moved), url.PathEscape(moved),
			base64.StdEncoding.EncodeToString([]byte(moved + "...")), base64.RawURLEncoding.EncodeToString([]byte(moved)),
		} {
			found := map[string]bool{}
			for form, hidden := range spellings() {
				mark, _, _ := strings.Cut(form, " ")
				found[mark] = found[mark] || strings.Contains(text, string(hidden))
			}
			if !found[headMark] || !found[tailMark] {
				t.Errorf("in %s there is found %v", text, found)
			}
		}
	}
}
