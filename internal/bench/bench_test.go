package main

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/cli"
)

// The provider as users run it, in a process of its own: what is measured by
// "make bench", with little of everything and limits. There are no times among
// them.
func TestTheProviderStaysWithinItsBudgets(t *testing.T) {
	t.Parallel()
	const projects = 20
	of := ours()
	of.program = filepath.Join(t.TempDir(), "provider")
	// Without the flags of a release, what other tests have compiled is taken.
	if err := cli.Build(t.Context(), of.program, "../..", cli.Linked); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(of.program); err != nil {
		t.Fatal(err)
	} else if limit := int64(21 << 20); runtime.GOARCH == "amd64" && info.Size() > limit {
		t.Errorf("the program has %d bytes, more than %d", info.Size(), limit)
	}
	lab, err := newGitLab(of.GitLab, projects)
	if err != nil {
		t.Fatal(err)
	}
	defer lab.close()
	b := &bench{dir: t.TempDir(), size: sizes{protocol: projects}}
	var r results
	if err := b.protocolOf(t.Context(), of, lab, &r); err != nil {
		t.Fatal(err)
	}
	requests := map[string]int{}
	for _, m := range r.protocol {
		what, _, _ := strings.Cut(m.what, ",")
		requests[what+" at "+m.latency.String()] += m.requests
		if limit := atOnce + 2; m.connections > limit {
			t.Errorf("%s of %d resources took %d connections, more than %d", m.what, m.resources, m.connections, limit)
		}
		if limit := int64(48 << 20); m.Peak > limit {
			t.Errorf("%s of %d resources took %d bytes of memory, more than %d", m.what, m.resources, m.Peak, limit)
		}
	}
	// One a service to set it up, one a project to see that nothing has changed.
	want := map[string]int{"create at 0s": projects * len(of.Services), "refresh at 0s": projects, "refresh at 20ms": projects, "plan at 0s": 0, "plan at 20ms": 0}
	if !maps.Equal(requests, want) {
		t.Errorf("there were %v requests, want %v", requests, want)
	}
	if len(r.protocol) != 7 {
		t.Errorf("there are %d lines of results", len(r.protocol))
	}
	p, err := start(t.Context(), of.program)
	if err != nil {
		t.Fatal(err)
	}
	defer p.stop()
	if limit := 660 << 10; p.schemaBytes > limit {
		t.Errorf("the schemas have %d bytes, more than %d", p.schemaBytes, limit)
	}
}

func TestAStateFileIsThatOfTerraform(t *testing.T) {
	t.Parallel()
	types := map[string]resourceSchema{"x": {version: 2, sensitive: []string{"secret", "none"}}}
	state := object("\x82\xa6secret\xa1s\xa4none\xc0")
	identity := message(nil).value(1, object("\x81\xa7project\xa3a/b"))
	got, err := stateFile("a/b", "1.11.4", types, []*instance{{kind: "x", place: "a/b", state: state, json: []byte(`{"secret":"s","none":null}`), private: []byte("{}"), identity: identity}})
	if err != nil {
		t.Fatal(err)
	}
	want := `{"lineage":"bench","outputs":{},"resources":[{"instances":[{"attributes":{"secret":"s","none":null},"identity":{"project":"a/b"},"identity_schema_version":0,` +
		`"index_key":"a/b","private":"e30=","schema_version":2,"sensitive_attributes":[[{"type":"get_attr","value":"secret"}]]}],` +
		`"mode":"managed","name":"this","provider":"provider[\"registry.terraform.io/a/b\"]","type":"x"}],"serial":1,"terraform_version":"1.11.4","version":4}`
	if string(got) != want {
		t.Errorf("the state is\n%s, want\n%s", got, want)
	}
}

func TestTheProfileOfAPeerIsRead(t *testing.T) {
	t.Parallel()
	of, err := peer("program", "peer.json")
	if err != nil {
		t.Fatal(err)
	}
	if len(of.Services) != len(ours().Services) || of.program != "program" {
		t.Errorf("the profile is %+v", of)
	}
	if got := of.filled("http://x", "t")["base_url"]; got != "http://x/api/v4" {
		t.Errorf("base_url is %v", got)
	}
	file := filepath.Join(t.TempDir(), "profile.json")
	if raw, err := json.Marshal(map[string]any{"Name": "x"}); err != nil || os.WriteFile(file, raw, 0o600) != nil {
		t.Fatal(err)
	}
	if _, err := peer("program", file); err == nil {
		t.Error("a profile without services is taken")
	}
}

func TestResultsNameEveryProviderAndEveryPart(t *testing.T) {
	t.Parallel()
	r := results{
		cli: "Terraform 1.11.4", calls: []string{"| a | 1 | 2 | 3 |"},
		programs: []program{{"ours", 19e6, 30 * time.Millisecond, 24 << 20}},
		commands: []measured{
			{provider: "ours", what: "plan", resources: 1000, requests: 1000, took: time.Second, usage: usage{2 * time.Second, 38 << 20}},
			{provider: "<another>", what: "plan", resources: 1000, requests: 2000, took: time.Second, usage: usage{4 * time.Second, 76 << 20}},
			{provider: "ours", what: "plan", resources: 1},
		},
		protocol: []measured{{provider: "ours", what: "refresh", resources: 5, latency: 20 * time.Millisecond}},
	}
	text := r.markdown()
	for _, want := range []string{"| ours | 19.0 | 30 | 24 |", "| 1000 | 0s | plan | ours | 1000 | 0 | 1.00 | 0.00 | 2.00 | 2.00 | 38 |", "| 5 | 20ms | refresh |", "| a | 1 | 2 | 3 |"} {
		if !strings.Contains(text, want) {
			t.Errorf("the results lack %q:\n%s", want, text)
		}
	}
	chart := r.chart()
	for _, want := range []string{"plan of 1000 resources", "&lt;another&gt;", `width="150"`, `width="300"`, "76 MiB"} {
		if !strings.Contains(chart, want) {
			t.Errorf("the chart lacks %q:\n%s", want, chart)
		}
	}
	if slices.Contains(strings.Fields(chart), "<another>") {
		t.Error("the chart is no XML")
	}
}
