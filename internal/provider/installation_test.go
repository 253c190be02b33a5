package provider_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
)

// TestAServiceThatTheAPIDoesNotSetUpIsTakenOver: where it is not installed, the
// error says how; where it is, it is a resource like any other, until it is
// destroyed.
func TestAServiceThatTheAPIDoesNotSetUpIsTakenOver(t *testing.T) {
	t.Parallel()
	for _, s := range installed() {
		t.Run(s.Slug, func(t *testing.T) {
			t.Parallel()
			server := acctest.Server(t, fakegitlab.V19_1)
			project := server.AddProject("group/project")
			connect := func() *ProtocolResource { return Connect(t, server).Resource(s) }
			config := acctest.Full(s, fakegitlab.V19_1).Values(project.Path)

			created, diags := connect().Set(Object{}, config)
			if len(diags.Errors()) != 1 || !strings.Contains(diags.String(), s.Installation.In) || created.Values != nil {
				t.Errorf("without an installation: %v%s", created.Values, diags)
			}

			failOn(t, server.Edit(project.Path, s.Slug, nil))
			taken, diags := connect().Set(Object{}, config)
			if len(diags.Errors()) > 0 {
				t.Fatal(diags)
			}
			record, _ := server.Record(project.Path, s.Slug)
			for _, a := range acctest.Full(s, fakegitlab.V19_1) {
				if text, isText := a.Value.(string); isText && record.Params[a.Name] != text {
					t.Errorf("GitLab's %s is %v, want %v", a.Name, record.Params[a.Name], text)
				}
			}
			imported, diags := connect().Import(project.Path, nil)
			if len(diags) > 0 || len(imported.Values) == 0 {
				t.Errorf("import: %v%s", imported.Values, diags)
			}

			server.Inject(fakegitlab.Fault{Method: http.MethodDelete, Times: 1, Status: http.StatusForbidden, Body: `{"message":"403 Forbidden"}`})
			_, diags = connect().Delete(taken)
			expectOne(t, diags, false, "403 Forbidden")

			_, diags = connect().Delete(taken)
			record, _ = server.Record(project.Path, s.Slug)
			if ended := s.Installation.Out == ""; ended == record.Active || len(diags.Errors()) > 0 || ended != (len(diags) == 0) {
				t.Errorf("it is on after its end: %t: %s", record.Active, diags)
			}
			if s.Installation.Out != "" {
				if warnings := diags.Warnings(); len(warnings) != 1 || !strings.Contains(warnings.String(), s.Installation.Out) {
					t.Errorf("the warning does not say how it ends: %s", diags)
				}
				return
			}
			again, diags := connect().Set(Object{}, config)
			if len(diags.Errors()) != 1 || !strings.Contains(diags.String(), "not installed any more. "+s.Installation.In) || again.Values != nil {
				t.Errorf("after its end: %v%s", again.Values, diags)
			}
		})
	}
}

// installed are the rows that the API does not set up.
func installed() []*catalog.Service {
	return slices.DeleteFunc(catalog.All(), func(s *catalog.Service) bool { return s.Installation.In == "" })
}
