package provider_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/gitlab"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/hcltext"
)

// connectionsAtMost is how many connections a provider process may open: one
// for each of Terraform's ten parallel operations, and two to spare.
const connectionsAtMost = 12

// twoResources is how errors about twins begin.
const twoResources = "Two resources for one service"

// failOn ends the test at an error that it does not expect.
func failOn(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func readFile(t *testing.T, path string) []byte {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func writeFile(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// unwrap takes the line breaks and frames out of what the CLI says.
func unwrap(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" \n│╷╵", r) }), " ")
}

// containsWords reports whether the CLI has said the words, wherever it broke
// its lines.
func containsWords(text, words string) bool { return strings.Contains(unwrap(text), words) }

// merge gives a configuration with further arguments; nil takes one out.
func merge(config map[string]any, more map[string]any) map[string]any {
	out := maps.Clone(config)
	maps.Copy(out, more)
	return out
}

// identityOf is the identity of a resource in the project.
func identityOf(project string) map[string]any { return map[string]any{"project": project} }

// configureAndRead configures a provider with the block and has it read the
// Slack service of a project that does not exist: whatever the provider block
// says shows in that one request, or in the diagnostics.
func configureAndRead(t *testing.T, block map[string]any) Diagnostics {
	t.Helper()
	if _, ok := block["retries"]; !ok {
		block["retries"] = 0
	}
	p := NewProtocol(t)
	diags := p.Configure(block)
	if len(diags.Errors()) > 0 {
		return diags
	}
	_, more := p.Resource(acctest.Service(t, "slack")).Read(Object{Values: map[string]any{"project": "g/p"}})
	return append(diags, more...)
}

// clearEnvironment takes away what the machine itself configures.
func clearEnvironment(t *testing.T) {
	t.Helper()
	for _, name := range []string{"GITLAB_BASE_URL", "CI_API_V4_URL", "GITLAB_TOKEN", "GITLAB_EARLY_AUTH_CHECK"} {
		t.Setenv(name, "")
	}
}

// setUpServices sets services up as a person in the web page does.
func setUpServices(t *testing.T, server *fakegitlab.Server, project string, slugs ...string) {
	t.Helper()
	for _, slug := range slugs {
		if err := server.Edit(project, slug, nil); err != nil {
			t.Fatal(err)
		}
	}
}

// putService sets a service up as a program other than Terraform does.
func putService(t *testing.T, server *fakegitlab.Server, project int64, slug string, body map[string]any) {
	t.Helper()
	put(t, server, fmt.Sprintf("projects/%d/services/%s", project, slug), body)
}

// putSubject is putService for a subject. Old versions do not know the name that
// services of groups have.
func putSubject(t *testing.T, server *fakegitlab.Server, s acctest.Subject, body map[string]any) {
	t.Helper()
	services := map[*gitlab.Level]string{gitlab.Projects: "projects/%s/services/%s", gitlab.Groups: "groups/%s/integrations/%s"}[s.At.Level]
	put(t, server, fmt.Sprintf(services, url.PathEscape(s.At.Name), s.Slug), body)
}

func put(t *testing.T, server *fakegitlab.Server, path string, body map[string]any) {
	t.Helper()
	raw, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPut, server.URL()+"/api/v4/"+path, bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("PRIVATE-TOKEN", server.Token())
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode != http.StatusOK {
		var answer bytes.Buffer
		_, _ = answer.ReadFrom(resp.Body)
		t.Fatalf("PUT %s: %s: %s", path, resp.Status, answer.String())
	}
}

// shownOf is what GitLab shows of a subject.
func shownOf(t *testing.T, server *fakegitlab.Server, s acctest.Subject) *gitlab.Service {
	t.Helper()
	service, err := askService(t, server, s)
	failOn(t, err)
	return service
}

// askService asks GitLab once for a subject.
func askService(t *testing.T, server *fakegitlab.Server, s acctest.Subject) (*gitlab.Service, error) {
	t.Helper()
	client, err := gitlab.NewClient(gitlab.Config{BaseURL: server.URL(), Token: server.Token()})
	failOn(t, err)
	return client.GetService(t.Context(), s.At, s.Slug)
}

// composeBody gives what somebody sends who sets up a service without
// Terraform.
func composeBody(contract fakegitlab.ServiceContract, settings acctest.Settings) map[string]any {
	out := map[string]any{}
	for _, p := range contract.Params {
		if p.Required {
			out[p.Name] = nil
		}
	}
	for _, a := range settings {
		out[a.Name] = a.Value
	}
	return out
}

// addProjects adds projects and gives the block of a small service in each.
func addProjects(t *testing.T, server *fakegitlab.Server, projects int) string {
	t.Helper()
	for i := range projects {
		server.AddProject(fmt.Sprintf("group/p%d", i))
	}
	return configureProjects(t, projects)
}

// configureProjects gives the block of a small service in each of the projects.
func configureProjects(t *testing.T, projects int) string {
	t.Helper()
	wiki := acctest.Service(t, "external-wiki")
	return acctest.Minimal(wiki).Resource(wiki, "this", hcltext.Raw(`"group/p${count.index}"`),
		hcltext.Attribute{Name: "count", Value: int64(projects)})
}

// countActive counts the projects that have the service of configureProjects.
func countActive(server *fakegitlab.Server, projects int) int {
	n := 0
	for i := range projects {
		if record, ok := server.Record(fmt.Sprintf("group/p%d", i), "external-wiki"); ok && record.Active {
			n++
		}
	}
	return n
}

// expectTraffic compares what GitLab was asked since the last reset, and by how
// many connections of how many provider processes that talk.
func expectTraffic(t *testing.T, server *fakegitlab.Server, command string, processes int, want map[string]int) {
	t.Helper()
	if got := server.Counts(); !maps.Equal(got, want) {
		t.Errorf("%s sent %v, want %v", command, got, want)
	}
	connections := server.Connections()
	if limit := connectionsAtMost * processes; connections > limit {
		t.Errorf("%s opened %d connections, want at most %d", command, connections, limit)
	}
	t.Logf("%s: %v over %d connections", command, server.Counts(), connections)
	server.ResetRequests()
}

// readInstances gives the attributes of all resources in the state, by their
// keys of for_each. It reads the file, which takes no process.
func readInstances(t *testing.T, workspace *acctest.Terraform) map[string]map[string]any {
	t.Helper()
	var state struct {
		Resources []struct {
			Instances []struct {
				Key        string `json:"index_key"`
				Attributes map[string]any
			}
		}
	}
	text, err := os.ReadFile(workspace.Path("terraform.tfstate"))
	if err == nil {
		err = json.Unmarshal(text, &state)
	}
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]map[string]any{}
	for _, r := range state.Resources {
		for _, i := range r.Instances {
			out[i.Key] = i.Attributes
		}
	}
	return out
}

// expectation is what GitLab itself makes of a new record of a service, and so
// what a setting is that nobody configured.
type expectation struct {
	subject  acctest.Subject
	contract fakegitlab.ServiceContract
	record   fakegitlab.Record
	// crashes says that GitLab answers 500 where there is no record, as 12.x does
	// for trackers: nobody can tell that it is gone.
	crashes bool
}

// recordFresh asks GitLab, without Terraform, what a new record looks like.
func recordFresh(t *testing.T, server *fakegitlab.Server, subject acctest.Subject) expectation {
	t.Helper()
	contract, ok := fakegitlab.Contract(server.Profile(), subject.Slug)
	if !ok {
		t.Fatalf("no contract for %s", subject)
	}
	reference := subject
	reference.At.Name = "reference/" + subject.At.Name
	acctest.AddPlace(server, reference.At)
	_, err := askService(t, server, reference)
	var refused *gitlab.Error
	crashes := errors.As(err, &refused) && refused.StatusCode == http.StatusInternalServerError
	putSubject(t, server, reference, composeBody(contract, acctest.Minimal(subject.Service)))
	record, ok := server.Record(reference.At.Name, subject.Slug)
	if !ok {
		t.Fatalf("no record of %s after a PUT", subject)
	}
	server.ResetRequests()
	return expectation{subject, contract, record, crashes}
}

// check compares the record of a subject with the settings that were asked for:
// what is not among them is as in a new record.
func (e expectation) check(server *fakegitlab.Server, settings acctest.Settings) error {
	record, ok := server.Record(e.subject.At.Name, e.subject.Slug)
	if !ok || !e.subject.Exists(record.Active, nil, record.Params) {
		return fmt.Errorf("GitLab has no %s", e.subject)
	}
	stricter, wanted := stricterOf(e.subject), map[string]any{}
	for _, a := range settings {
		wanted[strings.TrimSuffix(a.Name, "_wo")] = a.Value
	}
	compare := func(name string, got, fresh any) error {
		want, set := wanted[name]
		if !set {
			want = fresh
			if ours, ok := stricter[name]; ok && !e.drops(name) {
				want = ours
			}
		}
		if normalize(got) != normalize(want) {
			return fmt.Errorf("GitLab's %s of %s is %s, want %s", name, e.subject, normalize(got), normalize(want))
		}
		return nil
	}
	for _, p := range e.contract.Params {
		if err := compare(p.Name, record.Params[p.Name], e.record.Params[p.Name]); err != nil {
			return err
		}
	}
	for _, flag := range e.contract.Events {
		if _, ours := e.subject.Attributes()[flag]; !ours {
			continue // The row leaves it to GitLab, which sets it by other settings.
		}
		if err := compare(flag, record.Flags[flag], e.record.Flags[flag]); err != nil {
			return err
		}
	}
	return nil
}

// stricterOf are the settings that the provider sends although a new record of
// GitLab has something else.
func stricterOf(subject acctest.Subject) map[string]any {
	out := map[string]any{}
	for _, a := range subject.Arguments() {
		if a.Stricter != "" {
			out[a.Name] = a.Default
		}
	}
	return out
}

// drops reports whether this version of GitLab accepts the parameter and never
// stores it.
func (e expectation) drops(name string) bool {
	return slices.ContainsFunc(e.contract.Params, func(p fakegitlab.ParamContract) bool { return p.Name == name && p.Dropped })
}

// normalize writes a stored value such that what means the same to GitLab reads
// the same: nothing, empty text, an empty list and false.
func normalize(value any) string {
	raw, err := json.Marshal(value)
	if err != nil {
		return err.Error()
	}
	switch text := strings.Trim(string(raw), `"`); text {
	case "null", "[]", "false", "":
		return "nothing"
	default:
		return text
	}
}
