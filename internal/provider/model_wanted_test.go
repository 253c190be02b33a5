package provider_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/gitlab"
)

// subjectKind is a type of resource, and what is drawn of it.
type subjectKind struct {
	*catalog.Service
	level *gitlab.Level
	kind  string
	// open is the type for services of any slug.
	open                bool
	settings, secretsOf []catalog.Argument
	defaults            map[string]any
}

func newSubjectKind(s *catalog.Service, level *gitlab.Level) *subjectKind {
	k := &subjectKind{Service: s, level: level, kind: acctest.Subject{Service: s, At: gitlab.Place{Level: level}}.Type(), defaults: map[string]any{}}
	for _, a := range s.Arguments() {
		if a.WriteOnly != "" {
			k.secretsOf = append(k.secretsOf, a)
		} else {
			k.settings = append(k.settings, a)
		}
	}
	for name, value := range s.Decode(catalog.Answer{}).Values {
		k.defaults[name] = plainly(value)
	}
	return k
}

// GoString is how a draw of it is told.
func (k *subjectKind) GoString() string { return k.kind + ", " + k.Slug }

// newOpenKind is the type for services of any slug, with one that no table has.
func newOpenKind(level *gitlab.Level) *subjectKind {
	return &subjectKind{
		Service: catalog.Any(desk), level: level, kind: anyService, open: true,
		settings: []catalog.Argument{
			{Name: "board", Value: "roadmap"}, {Name: "limit", Value: int64(3)}, {Name: "strict", Value: true},
			{Name: "labels", Value: []string{"a", "b"}}, {Name: "push_events", Value: true}},
		secretsOf: []catalog.Argument{{Name: "entry", Value: "glsecret", WriteOnly: "secret_settings_wo"}},
	}
}

func plainly(value attr.Value) any {
	switch v := value.(type) {
	case types.String:
		return v.ValueString()
	case types.Bool:
		return v.ValueBool()
	case types.Int64:
		if v.IsNull() {
			return nil
		}
		return v.ValueInt64()
	}
	return nil
}

// versionOf is the argument that sends a secret again.
func (k *subjectKind) versionOf(secret string) string {
	if k.open {
		return "secret_settings_wo_version"
	}
	return secret + "_wo_version"
}

// keeps are the settings that a GitLab stores as they are sent.
func (k *subjectKind) keeps(server *fakegitlab.Server) []string {
	contract, _ := server.Contract(k.Slug)
	out := contract.Events
	for _, p := range contract.Params {
		if !p.Fatal && !p.Dropped {
			out = append(out, p.Name)
		}
	}
	return out
}

// hides are the settings that no answer of a GitLab has.
func (k *subjectKind) hides(server *fakegitlab.Server) []string {
	contract, _ := server.Contract(k.Slug)
	var out []string
	for _, p := range contract.Params {
		if !p.Returned {
			out = append(out, p.Name)
		}
	}
	return out
}

// always reports whether GitLab wants the key of a secret with every PUT.
func (k *subjectKind) always(server *fakegitlab.Server, secret catalog.Argument) bool {
	contract, _ := server.Contract(k.Slug)
	return !secret.Required && slices.ContainsFunc(contract.Params, func(p fakegitlab.ParamContract) bool { return p.Name == secret.Name && p.Required })
}

// kindsOf are all types of resources that a version of GitLab has services for.
// What is rare among them comes up more often.
var kindsOf = sync.OnceValue(func() map[fakegitlab.Profile][]*subjectKind {
	out := map[fakegitlab.Profile][]*subjectKind{}
	for _, profile := range fakegitlab.Profiles() {
		levels := []*gitlab.Level{gitlab.Projects}
		if fakegitlab.New(profile).GroupsHaveServices() {
			levels = append(levels, gitlab.Groups)
		}
		for _, level := range levels {
			out[profile] = append(out[profile], newOpenKind(level))
			for _, s := range acctest.Services(profile, level) {
				k := newSubjectKind(s, level)
				weight := 1 + min(len(k.secretsOf), 2)
				if slices.ContainsFunc(k.secretsOf, func(a catalog.Argument) bool { return len(a.With) > 0 }) {
					weight *= 2
				}
				for range weight {
					out[profile] = append(out[profile], k)
				}
			}
		}
	}
	return out
})

// wanted is what a configuration says of a service, by GitLab's names.
type wanted struct {
	*subjectKind
	name     string // of the place
	inherits bool
	values   map[string]any
	secrets  map[string]secretForm
}

// secretForm is how a secret is configured.
type secretForm struct {
	value     string
	writeOnly bool
	version   int // 0: none is written
}

// block renders what is wanted.
func (w *wanted) block() *block {
	config := map[string]any{w.level.Noun: w.name}
	if w.inherits {
		config[catalog.UseInheritedSettings] = true
	}
	settings, hidden := config, map[string]any{}
	if w.open {
		settings = map[string]any{}
		config["slug"], config["settings"] = w.Slug, settings
	}
	maps.Copy(settings, w.values)
	for name, s := range w.secrets {
		switch {
		case !s.writeOnly:
			settings[name] = s.value
		case w.open:
			hidden[name] = s.value
			config["secret_settings_wo"] = hidden
		default:
			config[name+"_wo"] = s.value
		}
		if s.version > 0 {
			config[w.versionOf(name)] = s.version
		}
	}
	return &block{kind: w.kind, config: config}
}

// shown are the settings that a state has, by GitLab's names.
func (w *wanted) shown(r *Protocol, state Object) map[string]any {
	if !w.open {
		return state.Values
	}
	settings, _ := settingsOf(&ProtocolResource{Protocol: r}, state).(map[string]any)
	return settings
}

// exposes reports whether an operation changes the address to which GitLab would
// send a secret.
func (w *wanted) exposes(p *Protocol, server *fakegitlab.Server, o *operation) bool {
	contract, _ := server.Contract(w.Slug)
	before, after := w.shown(p, o.prior.Object), w.shown(p, o.planned.Object)
	return slices.ContainsFunc(contract.Params, func(param fakegitlab.ParamContract) bool {
		return param.Exposes && !same(before[param.Name], after[param.Name])
	})
}

// takes asks a GitLab of its own.
func takes(profile fakegitlab.Profile, w *wanted, body map[string]any) bool {
	server := fakegitlab.New(profile)
	_ = server.Serve(deskContract)
	server.AddProject("g/p")
	name := "g/p"
	if w.level == gitlab.Groups {
		name = "g"
	}
	code, _ := ask(server, http.MethodPut, w.level, name, w.Slug, mustJSON(body))
	return code == http.StatusOK
}

// ask asks GitLab for a service without a provider.
func ask(server *fakegitlab.Server, method string, level *gitlab.Level, name, slug string, body []byte) (int, string) {
	at := map[*gitlab.Level]string{gitlab.Projects: "/api/v4/projects/%s/services/%s", gitlab.Groups: "/api/v4/groups/%s/integrations/%s"}[level]
	req := httptest.NewRequestWithContext(context.Background(), method, fmt.Sprintf(at, url.PathEscape(name), url.PathEscape(slug)), bytes.NewReader(body))
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("PRIVATE-TOKEN", server.Token())
	answer := httptest.NewRecorder()
	server.ServeHTTP(answer, req)
	return answer.Code, answer.Body.String()
}

func mustJSON(value any) []byte {
	raw, _ := json.Marshal(value) // What is drawn can be written.
	return raw
}
