package provider_test

import (
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
)

var (
	modelSeed = flag.Uint64("model.seed", 0, "run the model test with this seed only")
	modelRuns = flag.Int("model.runs", 4, "how many random runs the model test makes of each service")
)

// TestRandomStepsKeepTheirPromises plays what users, GitLab and Terraform do, in
// any order, against one service of one project, and checks after every apply
// that the service is on where the configuration wants it, that GitLab holds the
// secret that was last sent, and that Terraform finds nothing to blame the
// provider for. A failure prints the seed and the steps:
//
//	go test ./internal/provider -run RandomSteps -model.seed=N
func TestRandomStepsKeepTheirPromises(t *testing.T) {
	t.Parallel()
	for _, slug := range []string{"slack", "jenkins", "jira"} {
		for i := range *modelRuns {
			seed := *modelSeed
			if seed == 0 {
				seed = rand.Uint64()
			} else if i > 0 {
				break
			}
			t.Run(fmt.Sprintf("%s %d", slug, seed), func(t *testing.T) {
				t.Parallel()
				m := newModel(t, acctest.Service(t, slug), seed)
				defer func() {
					if t.Failed() {
						t.Logf("seed %d, steps:\n%s", seed, strings.Join(m.story, "\n"))
					}
				}()
				for range 25 {
					m.step()
					if t.Failed() {
						return
					}
				}
				m.settle()
			})
		}
	}
}

// model is a workspace with one resource that may be renamed, and the GitLab
// that it is about.
type model struct {
	*rand.Rand
	t       *testing.T
	server  *fakegitlab.Server
	service *catalog.Service
	project int64
	names   []string // that GitLab knows the project by, the newest path last
	secret  string   // GitLab's name of the secret

	address string
	config  map[string]any
	ignored []string
	state   map[string]Object // by address
	sent    int
	toldOff bool // the plan has said that the apply switches the service off
	story   []string
}

func newModel(t *testing.T, service *catalog.Service, seed uint64) *model {
	m := &model{
		Rand: rand.New(rand.NewPCG(seed, 0)), t: t, server: acctest.Server(t, fakegitlab.V19_1), service: service,
		address: "this", state: map[string]Object{}, config: acctest.Minimal(service).Values("g/p0"),
	}
	m.project = m.server.AddProject("g/p0").ID
	m.names = []string{strconv.FormatInt(m.project, 10), "g/p0"}
	for _, a := range service.Arguments() {
		if a.WriteOnly != "" {
			m.secret = a.Name
		}
		if len(a.With) > 0 || a.WriteOnly != "" || a.Required {
			m.config[a.Name] = a.Value
		}
	}
	m.rotate()
	return m
}

// rotate configures another secret in one of its forms, or in the form that it
// has.
func (m *model) rotate() {
	m.sent++
	value := fmt.Sprintf("https://hooks.slack.com/services/T0/B0/s%d", m.sent)
	delete(m.config, m.secret)
	delete(m.config, m.secret+"_wo")
	delete(m.config, m.secret+"_wo_version")
	switch m.IntN(3) {
	case 0:
		m.config[m.secret] = value
	case 1:
		m.config[m.secret+"_wo"] = value
		m.config[m.secret+"_wo_version"] = m.sent
	default:
		// Another value alone is no change that a plan can see.
		m.config[m.secret+"_wo"] = value
	}
}

func (m *model) step() {
	steps := []struct {
		weight int
		name   string
		do     func()
	}{
		{6, "apply", func() { m.apply(false) }},
		{2, "apply, interrupted", func() { m.apply(true) }},
		{3, "another setting", m.change},
		{2, "another secret", m.rotate},
		{2, "ignore_changes", m.ignore},
		{1, "the project is renamed", m.rename},
		{2, "another name for the project", func() { m.config["project"] = m.names[m.IntN(len(m.names))] }},
		{1, "another address", func() { m.address = fmt.Sprintf("this%d", m.IntN(3)) }},
		{2, "somebody changes a setting", func() { m.foreign(false) }},
		{1, "somebody switches the service off", func() { m.foreign(true) }},
		{1, "the secret leaves the configuration", m.drop},
	}
	total := 0
	for _, s := range steps {
		total += s.weight
	}
	at := m.IntN(total)
	for _, s := range steps {
		if at -= s.weight; at < 0 {
			m.story = append(m.story, s.name)
			s.do()
			m.story[len(m.story)-1] += ": " + fmt.Sprint(m.config, m.ignored, m.address)
			return
		}
	}
}

// flags are those of the row that can be switched.
func (m *model) flag() string {
	var flags []string
	for _, a := range m.service.Arguments() {
		if a.Event && !a.Legacy {
			flags = append(flags, a.Name)
		}
	}
	return flags[m.IntN(len(flags))]
}

func (m *model) change() { m.config[m.flag()] = m.IntN(2) == 0 }

func (m *model) ignore() {
	m.ignored = nil
	for _, name := range []string{m.secret, m.secret + "_wo", m.secret + "_wo_version", m.flag()} {
		if m.IntN(3) == 0 {
			m.ignored = append(m.ignored, name)
		}
	}
}

func (m *model) rename() {
	to := fmt.Sprintf("g/p%d", len(m.names))
	if err := m.server.RenameProject(m.project, to); err != nil {
		m.t.Fatal(err)
	}
	m.names = append(m.names, to)
}

func (m *model) foreign(off bool) {
	newest := m.names[len(m.names)-1]
	if record, _ := m.server.Record(newest, m.service.Slug); !record.Active {
		return
	}
	err := m.server.Edit(newest, m.service.Slug, map[string]any{m.flag(): m.IntN(2) == 0})
	if off {
		err = m.server.Disable(newest, m.service.Slug)
	}
	if err != nil {
		m.t.Fatal(err)
	}
}

// drop takes the secret out, and what cannot be without it.
func (m *model) drop() {
	for _, suffix := range []string{"", "_wo", "_wo_version"} {
		delete(m.config, m.secret+suffix)
	}
}

// operation is what an apply does to one address.
type operation struct {
	address string
	prior   Object
	planned Planned
	deletes bool
}

// plan refreshes and plans as one process, and gives the operations; false where
// the plan has an error.
func (m *model) plan() ([]operation, bool) {
	r := Connect(m.t, m.server).Resource(m.service)
	r.compare = new(comparison)
	var out []operation
	for _, address := range slices.Sorted(maps.Keys(m.state)) {
		read, diags := r.Read(m.state[address])
		if len(diags.Errors()) > 0 {
			m.t.Errorf("refresh: %s", diags)
			return nil, false
		}
		m.state[address] = read
		if read.Values == nil {
			delete(m.state, address)
		}
	}
	leaving := func() {
		for _, address := range slices.Sorted(maps.Keys(m.state)) {
			if prior := m.state[address]; address != m.address {
				planned, diags := r.Plan(prior, nil)
				if len(diags) > 0 {
					m.t.Errorf("planning to destroy: %s", diags)
				}
				out = append(out, operation{address: address, prior: prior, planned: planned, deletes: true})
			}
		}
	}
	// Terraform plans in any order.
	leavesFirst := m.IntN(2) == 0
	if leavesFirst {
		leaving()
	}
	prior := m.state[m.address]
	if diags := r.Validate(m.config); len(diags.Errors()) > 0 {
		return nil, false
	}
	planned, diags := r.PlanIgnoring(prior, m.config, m.ignored...)
	m.blame(diags)
	if len(diags.Errors()) > 0 {
		if prior.Values != nil {
			m.t.Errorf("an error in the plan of what is in the state: %s", diags)
		}
		return nil, false
	}
	m.toldOff = strings.Contains(diags.String(), "and the service with it")
	if !leavesFirst {
		leaving()
	}
	if len(planned.Replaces) > 0 {
		m.t.Errorf("replaced because of %s: %v", planned.Replaces, m.config["project"])
	}
	if !maps.EqualFunc(prior.Values, planned.Values, func(a, b any) bool { return fmt.Sprint(a) == fmt.Sprint(b) }) {
		out = append(out, operation{address: m.address, prior: prior, planned: planned})
	}
	return out, true
}

func (m *model) blame(diags Diagnostics) {
	for _, d := range diags {
		if text := strings.ToLower(d.Summary + d.Detail); strings.Contains(text, "inconsistent") || strings.Contains(text, "please report") {
			m.t.Errorf("the provider is to blame: %s", diags)
		}
	}
}

// apply plans, and runs the operations side by side in another process.
func (m *model) apply(interrupted bool) {
	operations, ok := m.plan()
	if !ok || len(operations) == 0 {
		return
	}
	p := Connect(m.t, m.server, map[string]any{"retries": 1})
	slow := []string{http.MethodPut, http.MethodDelete}[m.IntN(2)]
	m.server.SetLatency(slow, 30*time.Millisecond)
	results, failed := make([]Object, len(operations)), make([]bool, len(operations))
	var all sync.WaitGroup
	for i, o := range operations {
		all.Go(func() {
			r := p.Resource(m.service)
			var diags Diagnostics
			if o.deletes {
				results[i], diags = r.Apply(o.prior, o.planned, nil)
			} else {
				results[i], diags = r.Apply(o.prior, o.planned, m.config)
			}
			m.blame(diags)
			failed[i] = len(diags.Errors()) > 0
		})
	}
	if interrupted {
		time.Sleep(time.Duration(m.IntN(20)) * time.Millisecond)
		p.Stop()
	}
	all.Wait()
	m.server.SetLatency(slow, 0)
	clean := true
	for i, o := range operations {
		clean = clean && !failed[i]
		if results[i].Values == nil {
			delete(m.state, o.address)
		} else {
			m.state[o.address] = results[i]
		}
	}
	if clean {
		m.check()
	}
}

// check holds GitLab to a configuration that was applied without an error.
func (m *model) check() {
	record, _ := m.server.Record(m.names[len(m.names)-1], m.service.Slug)
	if m.toldOff {
		return
	}
	if !record.Active {
		m.t.Error("a green apply leaves the service off")
	}
	var last any
	for _, r := range m.server.Requests() {
		if sent, ok := r.Body[m.secret]; r.Method == http.MethodPut && r.Status == http.StatusOK && ok {
			last = sent
		}
	}
	if fmt.Sprint(record.Params[m.secret]) != fmt.Sprint(last) {
		m.t.Errorf("GitLab holds %v, and the last one sent is %v", record.Params[m.secret], last)
	}
	if configured := m.config[m.secret] != nil || m.config[m.secret+"_wo"] != nil; configured && (last == nil || last == "") {
		m.t.Error("the secret is wiped")
	}
}

// settle applies what is wanted, without anything ignored, until a plan is empty.
func (m *model) settle() {
	m.ignored = nil
	m.rotate()
	m.story = append(m.story, "settle: "+fmt.Sprint(m.config, m.address))
	for range 2 {
		m.apply(false)
	}
	if operations, ok := m.plan(); !ok || len(operations) > 0 {
		m.t.Errorf("no end of changes: %d operations, planned without errors: %t", len(operations), ok)
	}
	m.check()
}
