package provider_test

import (
	"maps"
	"net/http"
	"strings"
	"testing"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
)

// planWhole is a plan with what Terraform asks besides, where a resource of the
// state is replaced: what a new one would be, with the private state of the plan.
func (r *ProtocolResource) planWhole(prior Object, config map[string]any) (Planned, Diagnostics) {
	r.t.Helper()
	planned, diags := r.Plan(prior, config)
	if len(planned.Replaces) == 0 || len(diags.Errors()) > 0 {
		return planned, diags
	}
	again, more := r.Plan(Object{Private: planned.Private}, config)
	again.Replaces = planned.Replaces
	return again, append(diags, more...)
}

// planMinimally is what Terraform 1.17 does with -minimal-refresh: a plan from
// the state as it is; where that changes anything, nobody sees it, but the
// resource is read and planned once more. It gives the state that the plan is
// from.
func (r *ProtocolResource) planMinimally(prior Object, config map[string]any) (Object, Planned, Diagnostics) {
	r.t.Helper()
	planned, diags := r.planWhole(prior, config)
	if len(diags.Errors()) > 0 || len(planned.Replaces) == 0 && differing(prior.Values, planned.Values) == nil {
		return prior, planned, diags
	}
	read, diags := r.Read(prior)
	if len(diags.Errors()) > 0 {
		return prior, Planned{}, diags
	}
	if read.Values == nil {
		read = Object{}
	}
	planned, more := r.planWhole(read, config)
	return read, planned, append(diags, more...)
}

// applyMinimally plans with -minimal-refresh and applies, with a process for
// each, as Terraform does. Nothing but the warnings may be said.
func applyMinimally(t *testing.T, lab *acctest.Lab, slug string, prior Object, config map[string]any, warnings ...string) Object {
	t.Helper()
	from, planned, diags := Connect(t, lab.Server).Resource(acctest.Service(t, slug)).planMinimally(prior, config)
	expectWarnings(t, diags, warnings...)
	r := Connect(t, lab.Server).Resource(acctest.Service(t, slug))
	if len(planned.Replaces) > 0 {
		if _, diags := r.Delete(from); len(diags) > 0 {
			t.Fatal(diags)
		}
		from = Object{}
	}
	after, diags := r.Apply(from, planned, config)
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	return after
}

// expectWarnings holds that nothing but these was said, by their first words.
func expectWarnings(t *testing.T, said Diagnostics, want ...string) {
	t.Helper()
	if len(said) != len(want) {
		t.Fatalf("said %s\nwant %q", said, want)
	}
	for i, d := range said {
		if d.Error || !strings.HasPrefix(d.Summary, want[i]) {
			t.Fatalf("said %s\nwant %q", said, want)
		}
	}
}

// TestAMinimalRefreshReadsWhatChanges and asks GitLab nothing else: what somebody
// did to a service whose resource does not change is not seen, and stays.
func TestAMinimalRefreshReadsWhatChanges(t *testing.T) {
	t.Parallel()
	acctest.Each(t, func(t *testing.T, lab *acctest.Lab) {
		slack := acctest.Service(t, "slack")
		config := merge(acctest.Minimal(slack).Values(lab.Place), map[string]any{"username": "bot"})
		state := Connect(t, lab.Server).Resource(slack).MustSet(Object{}, config)
		failOn(t, lab.Edit(lab.Place, slack.Slug, map[string]any{"username": "somebody", "push_events": false}))
		lab.ResetRequests()

		_, planned, diags := Connect(t, lab.Server).Resource(slack).planMinimally(state, config)
		if got := differing(state.Values, planned.Values); len(diags) > 0 || got != nil || len(lab.Requests()) > 0 {
			t.Errorf("where nothing changes, the plan changes %s after %v and says %s", got, lab.Counts(), diags)
		}

		config["channel"] = "#a"
		applyMinimally(t, lab, slack.Slug, state, config, "Secret may have changed")
		if got := lab.Counts(); got[http.MethodPut] != 1 || got[http.MethodGet] == 0 {
			t.Errorf("a change sends %v", got)
		}
		record, _ := lab.Record(lab.Place, slack.Slug)
		if record.Params["channel"] != "#a" || record.Params["username"] != "bot" || record.Flags["push_events"] != true {
			t.Errorf("after the change GitLab has %+v", record)
		}
	}, fakegitlab.V18_9, fakegitlab.V19_1)
}

// TestAMinimalRefreshOfWhatIsGone plans to set it up again, wherever it was.
func TestAMinimalRefreshOfWhatIsGone(t *testing.T) {
	t.Parallel()
	const elsewhere = "group/elsewhere"
	for name, to := range map[string]string{"in its project": "group/project", "in another project": elsewhere} {
		for how, end := range map[string]func(*acctest.Lab) error{
			"switched off": func(lab *acctest.Lab) error { return lab.Disable(lab.Place, "slack") },
			"without row":  func(lab *acctest.Lab) error { return lab.Erase(lab.Place, "slack") },
			"still there":  func(*acctest.Lab) error { return nil },
		} {
			t.Run(how+" "+name, func(t *testing.T) {
				t.Parallel()
				lab := acctest.NewLab(t, fakegitlab.V19_1)
				lab.AddProject(elsewhere)
				slack := acctest.Service(t, "slack")
				state := Connect(t, lab.Server).Resource(slack).MustSet(Object{}, acctest.Minimal(slack).Values(lab.Place))
				failOn(t, end(lab))

				after := applyMinimally(t, lab, slack.Slug, state, merge(acctest.Minimal(slack).Values(to), map[string]any{"channel": "#a"}))

				if record, _ := lab.Record(to, slack.Slug); !record.Active || record.Params["channel"] != "#a" || after.Values["project"] != to {
					t.Errorf("GitLab has %+v, the state %v", record, after.Values)
				}
				if record, _ := lab.Record(lab.Place, slack.Slug); to != lab.Place && record.Active {
					t.Error("the old service is left on")
				}
			})
		}
	}
}

// TestAMinimalRefreshStillFindsTwoResources for one service: two new ones, and
// one that is replaced beside a new one, in either order.
func TestAMinimalRefreshStillFindsTwoResources(t *testing.T) {
	t.Parallel()
	lab := acctest.NewLab(t, fakegitlab.V19_1)
	lab.AddProject("group/elsewhere")
	slack := acctest.Service(t, "slack")
	config, wanted := acctest.Minimal(slack).Values(lab.Place), acctest.Minimal(slack).Values("group/elsewhere")
	state := Connect(t, lab.Server).Resource(slack).MustSet(Object{}, config)
	for name, priors := range map[string][]Object{
		"two new": {{}, {}}, "replaced and new": {state, {}}, "new and replaced": {{}, state},
	} {
		r := Connect(t, lab.Server).Resource(slack)
		var said Diagnostics
		for _, prior := range priors {
			if prior.Values == nil {
				_, diags := r.Plan(prior, wanted)
				said = append(said, diags...)
				continue
			}
			_, _, diags := r.planMinimally(prior, wanted)
			said = append(said, diags...)
		}
		if found := said.Errors(); len(found) != 1 || found[0].Summary != twoResources {
			t.Errorf("%s: said %s", name, said)
		}
	}
}

// TestAMinimalRefreshOfATaintedResource plans it without state, and without
// private state, both times.
func TestAMinimalRefreshOfATaintedResource(t *testing.T) {
	t.Parallel()
	lab := acctest.NewLab(t, fakegitlab.V19_1)
	slack := acctest.Service(t, "slack")
	config := acctest.Minimal(slack).Values(lab.Place)
	state := Connect(t, lab.Server).Resource(slack).MustSet(Object{}, config)
	unknown := map[string]any{"base_url": lab.URL(), "token": Unknown}
	for name, configure := range map[string]map[string]any{"configured": nil, "not known yet": unknown} {
		r := Connect(t, lab.Server, configure).Resource(slack)
		for _, step := range []string{"first", "second"} {
			if _, diags := r.Plan(Object{}, config); len(diags.Errors()) > 0 {
				t.Errorf("%s: the %s plan: %s", name, step, diags)
			}
			if _, diags := r.Read(state); len(diags.Errors()) > 0 {
				t.Errorf("%s: %s", name, diags)
			}
		}
	}
}

// TestAnAddressChangesUnderAMinimalRefresh without a moved block: what leaves the
// configuration is never read, and a service that has another address is on in
// the end, whatever comes first.
func TestAnAddressChangesUnderAMinimalRefresh(t *testing.T) {
	t.Parallel()
	for _, first := range []string{"the old one goes", "the new one comes"} {
		t.Run(first+" first", func(t *testing.T) {
			t.Parallel()
			acctest.Each(t, func(t *testing.T, lab *acctest.Lab) {
				slack := acctest.Service(t, "slack")
				config := acctest.Minimal(slack).Values(lab.Place)
				state := Connect(t, lab.Server).Resource(slack).MustSet(Object{}, config)
				config["channel"] = "#a"
				planning := Connect(t, lab.Server).Resource(slack)
				leaving, diags := planning.Plan(state, nil)
				expectWarnings(t, diags)
				coming, diags := planning.Plan(Object{}, config)
				expectWarnings(t, diags)

				r := Connect(t, lab.Server).Resource(slack)
				destroy := func() Diagnostics { _, diags := r.Apply(state, leaving, nil); return diags }
				var after Object
				create := func() (diags Diagnostics) { after, diags = r.Apply(Object{}, coming, config); return diags }
				if first == "the old one goes" {
					expectWarnings(t, append(destroy(), create()...))
				} else {
					expectWarnings(t, append(create(), destroy()...), "Service kept")
				}
				if record, _ := lab.Record(lab.Place, slack.Slug); !record.Active || record.Params["channel"] != "#a" {
					t.Errorf("GitLab has %+v", record)
				}
				if _, planned, diags := Connect(t, lab.Server).Resource(slack).planMinimally(after, config); len(diags) > 0 || !maps.EqualFunc(planned.Values, after.Values, same) {
					t.Errorf("the next plan changes %s and says %s", differing(after.Values, planned.Values), diags)
				}
			}, fakegitlab.V18_9, fakegitlab.V19_1)
		})
	}
}
