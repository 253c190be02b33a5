package provider_test

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
)

// TestAConfigurationIsGeneratedForEveryService adopts every service that a
// version of GitLab has at once, with the configuration that Terraform writes,
// as it is: set up with the least, and with everything. Then a setting of each is
// changed: what lacks a secret is refused by the secret's name, and with the
// secrets filled in there is one apply and nothing left to do.
func TestAConfigurationIsGeneratedForEveryService(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.ConfigDriven)
	acctest.Needs(t, acctest.Generation)
	for _, profile := range fakegitlab.Profiles() {
		for name, settings := range map[string]func(*catalog.Service) acctest.Settings{
			"the least":  acctest.Minimal,
			"everything": func(s *catalog.Service) acctest.Settings { return acctest.Full(s, profile) },
		} {
			t.Run(name+" on "+string(profile), func(t *testing.T) {
				t.Parallel()
				lab := acctest.NewLab(t, profile)
				server := lab.Server
				workspace := acctest.NewTerraform(t, server)
				subjects := lab.Subjects()
				// told are the secrets that this version shows, and an import finds.
				told := map[string]bool{}
				for _, s := range subjects {
					contract, _ := fakegitlab.Contract(profile, s.Slug)
					putSubject(t, server, s, composeBody(contract, settings(s.Service)))
					shown := shownOf(t, server, s).Values
					for _, secret := range s.Secrets() {
						told[s.Address()+" "+secret] = shown[secret] != nil
					}
				}
				server.ResetRequests()
				summary := fmt.Sprintf("Plan: %d to import, 0 to add, 0 to change, 0 to destroy.", len(subjects))

				workspace.Configure(each(subjects, importBlock)...)
				if plan := workspace.Must("plan", "-no-color", "-generate-config-out=generated.tf").Stdout; !strings.Contains(plan, summary) {
					t.Errorf("generating the configuration does not plan %q:\n%s", summary, plan)
				}
				if plan := workspace.Must("plan", "-no-color", "-out=adopt.tfplan").Stdout; !strings.Contains(plan, summary) {
					t.Errorf("the generated configuration does not plan %q:\n%s", summary, plan)
				}
				workspace.Apply("adopt.tfplan")
				if changes := workspace.Changes(); len(changes) != 0 {
					t.Errorf("the plan after the import shows %v", changes)
				}
				if puts := server.Counts()["PUT"]; puts != 0 {
					t.Errorf("importing sent %d PUTs", puts)
				}

				generated := string(readFile(t, workspace.Path("generated.tf")))
				changed := generated
				var missing []string
				touched := map[string]bool{}
				for _, s := range subjects {
					for _, a := range acctest.Full(s.Service, profile) {
						if _, isSwitch := a.Value.(bool); isSwitch && !a.Legacy && standsAlone(s.Service, a.Name) {
							changed = toggleGenerated(t, changed, s, a.Name)
							touched[s.Address()] = true
							break
						}
					}
					contract, _ := fakegitlab.Contract(profile, s.Slug)
					for _, a := range settings(s.Service) {
						// Some are not required by themselves, and GitLab wants them with every
						// write while the user name beside them is set.
						inEveryPUT := slices.ContainsFunc(contract.Params, func(p fakegitlab.ParamContract) bool { return p.Name == a.Name && p.Required && p.Secret })
						if a.WriteOnly != "" && !told[s.Address()+" "+a.Name] && touched[s.Address()] && (a.Required || inEveryPUT) {
							missing = append(missing, fmt.Sprintf("Missing %s for %s", a.Name, s.Title))
						}
					}
				}
				filled := changed
				for _, s := range subjects {
					for _, a := range settings(s.Service) {
						if a.WriteOnly != "" {
							filled = setGenerated(t, filled, s, offeredForm(filled, s, a.Name), "null # sensitive", fmt.Sprintf("%q", a.Value))
							if !told[s.Address()+" "+a.Name] { // else the import has found the same
								touched[s.Address()] = true
							}
						}
					}
				}
				workspace.Configure()
				writeFile(t, workspace.Path("generated.tf"), changed)
				// The plan shows the change and what it lacks; an error would keep the others
				// from being adopted.
				warned := strings.Join(strings.Fields(workspace.Must("plan", "-no-color").Text()), " ")
				for _, text := range missing {
					if !strings.Contains(warned, text) {
						t.Errorf("the plan of a change does not say %q", text)
					}
				}
				// Terraform says once what it is told of the service of a project and of a group.
				if got := strings.Count(warned, "Warning: Missing ") + strings.Count(warned, "(and one more similar warning elsewhere)"); got != len(missing) {
					t.Errorf("the plan of a change gives %d warnings, want %d:\n%s", got, len(missing), warned)
				}

				writeFile(t, workspace.Path("generated.tf"), filled)
				workspace.Apply()
				if puts := server.Counts()["PUT"]; puts != len(touched) {
					t.Errorf("the apply sent %d PUTs for %d services", puts, len(touched))
				}
				if changes := workspace.Changes(); len(changes) != 0 {
					t.Errorf("the plan after apply shows %v", changes)
				}
			})
		}
	}
}

// standsAlone reports whether a switch can be turned without another setting.
func standsAlone(s *catalog.Service, name string) bool {
	return !slices.ContainsFunc(s.Arguments(), func(a catalog.Argument) bool {
		return a.Name == name && len(a.With) > 0 || slices.Contains(a.With, name)
	})
}

// setGenerated changes one line of a service's block in a generated
// configuration.
func setGenerated(t *testing.T, text string, s acctest.Subject, name, from, to string) string {
	t.Helper()
	head, block, ok := strings.Cut(text, fmt.Sprintf("resource %q %q {\n", s.Type(), "this"))
	if !ok {
		t.Fatalf("no block of %s was generated:\n%s", s, text)
	}
	body, tail, _ := strings.Cut(block, "\n}\n")
	line := regexp.MustCompile(`(?m)^(  ` + name + ` +=) ` + regexp.QuoteMeta(from) + `$`)
	if !line.MatchString(body) {
		t.Fatalf("the block generated for %s has no %s = %s:\n%s", s, name, from, body)
	}
	return head + fmt.Sprintf("resource %q %q {\n", s.Type(), "this") + line.ReplaceAllString(body, "${1} "+to) + "\n}\n" + tail
}

// offeredForm gives the form of a secret that a generated block has a line for:
// Terraform 1.14 and later leave out an empty one that the provider might fill
// in, and offer the write-only form alone.
func offeredForm(text string, s acctest.Subject, secret string) string {
	_, block, _ := strings.Cut(text, fmt.Sprintf("resource %q ", s.Type()))
	block, _, _ = strings.Cut(block, "\n}\n")
	if regexp.MustCompile(`(?m)^  ` + secret + ` +=`).MatchString(block) {
		return secret
	}
	return secret + "_wo"
}

// toggleGenerated turns a switch over.
func toggleGenerated(t *testing.T, text string, s acctest.Subject, name string) string {
	t.Helper()
	line := regexp.MustCompile(`(?m)^  ` + name + ` += true$`)
	_, block, _ := strings.Cut(text, fmt.Sprintf("resource %q ", s.Type()))
	block, _, _ = strings.Cut(block, "\n}\n")
	if line.MatchString(block) {
		return setGenerated(t, text, s, name, "true", "false")
	}
	return setGenerated(t, text, s, name, "false", "true")
}

// TestAnImportOfNothingSaysWhatIsNotThere: by the import command, which shares
// its words with import blocks.
func TestAnImportOfNothingSaysWhatIsNotThere(t *testing.T) {
	t.Parallel()
	acctest.Each(t, func(t *testing.T, lab *acctest.Lab) {
		workspace := acctest.NewTerraform(t, lab.Server)
		slack := acctest.Service(t, "slack")
		lab.AddProject("group/never")
		off := lab.AddProject("group/off")
		contract, _ := fakegitlab.Contract(lab.Profile(), slack.Slug)
		putService(t, lab.Server, off.ID, slack.Slug, composeBody(contract, acctest.Minimal(slack)))
		if err := lab.Disable(off.Path, slack.Slug); err != nil {
			t.Fatal(err)
		}
		workspace.Configure(acctest.Minimal(slack).Resource(slack, "this", "group/never"))
		for project, want := range map[string]string{
			"group/never":    `Project "group/never": the service was never set up.`,
			"group/off":      `Project "group/off": the service is switched off.`,
			"group/missing":  fmt.Sprintf(`Project "group/missing": GitLab (%s) knows no such project, or the token may not see it`, lab.URL()),
			"999999":         fmt.Sprintf(`Project "999999": GitLab (%s) knows no such project, or the token may not see it`, lab.URL()),
			"https://x/y":    `"https://x/y" is an address`,
			"group%2Fnever":  "neither an id nor a path",
			"not-even-group": "neither an id nor a full path",
		} {
			out := workspace.Run("import", "-no-color", acctest.Address(slack, "this"), project)
			if text := strings.Join(strings.Fields(out.Text()), " "); out.Code == 0 || !strings.Contains(text, want) || !strings.Contains(text, "Unable to import Slack notifications") {
				t.Errorf("importing %s ends with %d and does not say %q:\n%s", project, out.Code, want, out.Text())
			}
		}
		for _, project := range []string{"group/off", strconv.FormatInt(off.ID, 10)} {
			putService(t, lab.Server, off.ID, slack.Slug, composeBody(contract, acctest.Minimal(slack)))
			workspace.Must("import", "-no-color", acctest.Address(slack, "this"), project)
			workspace.Must("state", "rm", acctest.Address(slack, "this"))
		}
	})
}

// TestASecretThatAnImportFoundStaysUntilOneIsConfigured: old versions of GitLab
// show webhooks. The configuration that Terraform generates has none, which must
// neither change anything nor forget it.
func TestASecretThatAnImportFoundStaysUntilOneIsConfigured(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V10_5)
	project := server.AddProject("group/project")
	slack := acctest.Service(t, "slack")
	webhook := acctest.Minimal(slack)[0].Value
	putService(t, server, project.ID, slack.Slug, map[string]any{"webhook": webhook})
	resource := Connect(t, server).Resource(slack)
	none := map[string]any{"project": project.Path}
	given := map[string]any{"project": project.Path, "webhook": webhook}

	imported, diags := resource.Import(project.Path, nil)
	if len(diags) > 0 || imported.Values["webhook"] != webhook {
		t.Fatalf("the import has found webhook %v%s", imported.Values["webhook"], diags)
	}
	for name, config := range map[string]map[string]any{"without the secret": none, "with the secret": given} {
		planned, diags := resource.Plan(imported, config)
		if len(diags) > 0 || !reflect.DeepEqual(planned.Values, imported.Values) {
			t.Errorf("a configuration %s plans %v%s", name, planned.Values, diags)
		}
	}
	changed, diags := resource.Set(imported, map[string]any{"project": project.Path, "push_events": false})
	if len(diags.Errors()) > 0 || changed.Values["webhook"] != webhook {
		t.Errorf("a change without the secret leaves the webhook %v%s", changed.Values["webhook"], diags)
	}
	if again, diags := resource.Plan(changed, map[string]any{"project": project.Path, "push_events": false}); len(diags) > 0 || !reflect.DeepEqual(again.Values, changed.Values) {
		t.Errorf("the plan after it shows %v%s", again.Values, diags)
	}
	writeOnly, diags := resource.Plan(imported, map[string]any{"project": project.Path, "webhook_wo": webhook})
	if len(diags) > 0 || writeOnly.Values["webhook"] != nil || writeOnly.Values["webhook_wo_version"] != int64(1) {
		t.Errorf("a write-only secret plans %v%s", writeOnly.Values, diags)
	}
	// What was configured once and is taken out is missing, as ever.
	written := resource.MustSet(imported, map[string]any{"project": project.Path, "webhook": webhook, "push_events": false})
	if _, diags = resource.Plan(written, none); len(diags.Warnings().On("webhook")) == 0 {
		t.Errorf("taking out the secret is not warned of:%s", diags)
	}
}
