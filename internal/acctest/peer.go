package acctest

import (
	_ "embed"
	"encoding/json"
	"maps"
	"slices"
	"testing"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/gitlab"
)

//go:embed stubprovider/states.json
var peerStates []byte

// PeerState is what the official GitLab provider keeps of a service: written by
// hand from the attributes that it documents, not derived from the catalog.
type PeerState struct {
	// Slug is GitLab's name of the service.
	Slug string `json:"-"`
	// Types are the names that the resource has had, GroupTypes those of the one
	// for groups.
	Types, GroupTypes []string
	// State are the attributes besides id and the place, as its versions that rest
	// on the old SDK write them: false and "" for what nobody set.
	State map[string]any
	// GitLab and Config are what GitLab holds, and what a configuration of ours
	// says, where State does not say it under the same name in the same form;
	// null is nothing.
	GitLab, Config map[string]any
}

// PeerStates are the recorded states, sorted by slug.
func PeerStates(t testing.TB) []PeerState {
	t.Helper()
	var recorded map[string]PeerState
	if err := json.Unmarshal(peerStates, &recorded); err != nil {
		t.Fatal(err)
	}
	var out []PeerState
	for _, slug := range slices.Sorted(maps.Keys(recorded)) {
		one := recorded[slug]
		one.Slug = slug
		out = append(out, one)
	}
	return out
}

// SDK are the attributes as versions that rest on the old SDK write them.
func (s PeerState) SDK(at gitlab.Place) map[string]any {
	out := maps.Clone(s.State)
	out["id"], out[at.Level.Noun] = at.Name, at.Name
	return out
}

// Framework are the attributes as newer versions write them: null for what
// nobody set, flags that this GitLab does not have included.
func (s PeerState) Framework(profile fakegitlab.Profile, at gitlab.Place) map[string]any {
	out := s.SDK(at)
	for name, value := range out {
		list, isList := value.([]any)
		if value == "" || isList && len(list) == 0 || value == false && !known(profile, s.Slug, name) {
			out[name] = nil
		}
	}
	return out
}

// Body is the PUT that makes GitLab hold what the state says.
func (s PeerState) Body(profile fakegitlab.Profile) map[string]any {
	out := map[string]any{}
	for _, from := range []map[string]any{s.State, s.GitLab} {
		for name, value := range from {
			if known(profile, s.Slug, name) {
				out[name] = value
			}
		}
	}
	return out
}

// Settings are those of a configuration of ours that says what the state says.
func (s PeerState) Settings(t testing.TB, profile fakegitlab.Profile) Settings {
	t.Helper()
	var out Settings
	for _, a := range Service(t, s.Slug).Arguments() {
		value, ok := s.Config[a.Name]
		if !ok {
			value = s.State[a.Name]
		}
		switch v := value.(type) {
		case bool:
			ok = known(profile, s.Slug, a.Name)
			a.Value = v
		case string:
			ok = v != ""
			a.Value = v
		case float64:
			ok = true
			a.Value = int64(v)
		case []any:
			texts := make([]string, len(v))
			for i := range v {
				texts[i], _ = v[i].(string)
			}
			ok = len(v) > 0
			a.Value = texts
		default:
			ok = false
		}
		if ok {
			out = append(out, a)
		}
	}
	return out
}

// known reports whether a version of GitLab has the parameter or the flag.
func known(profile fakegitlab.Profile, slug, name string) bool {
	contract, _ := fakegitlab.Contract(profile, slug)
	return slices.Contains(contract.Events, name) ||
		slices.ContainsFunc(contract.Params, func(p fakegitlab.ParamContract) bool { return p.Name == name })
}
