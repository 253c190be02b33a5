package provider_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/hcltext"
)

var (
	soakProjects = flag.Int("soak-projects", 60, "how many projects the soak test has, 10 or more")
	soakSeed     = flag.Uint64("soak-seed", 0, "seed of the soak test, to repeat one that failed; 0 draws one")
)

// TestSoak applies, changes, and destroys services of many projects while one
// request in five goes wrong, GitLab is restarted and somebody else is at work: in
// GitLab's web page, and with another state. In the end GitLab and the state agree,
// and who has lost says so.
func TestSoak(t *testing.T) {
	t.Parallel()
	// A request that fails six times in a row, or a PUT on which GitLab crashes three
	// times, is rare and not impossible: the user runs the command again.
	const runs = 6
	projects, later := *soakProjects, *soakProjects/5
	seed := *soakSeed
	if seed == 0 {
		seed = rand.Uint64()
	}
	t.Logf("again with -soak-seed=%d", seed)
	random := rand.New(rand.NewPCG(seed, 0))

	server := acctest.Server(t, fakegitlab.V19_1)
	for i := range projects {
		server.AddProject(fmt.Sprintf("group/p%d", i))
	}
	// All that have an answer ask to come again at once, or the test would wait
	// for most of its time.
	faulty := func(status int, body string) fakegitlab.Fault {
		return fakegitlab.Fault{Status: status, Body: body, Header: map[string]string{"Retry-After": "0"}}
	}
	limited := faulty(429, "Retry later\n")
	limited.Header["RateLimit-Limit"], limited.Header["RateLimit-Remaining"] = "60000", "0"
	afterWork := faulty(502, "<html><body>GitLab is not responding</body></html>")
	afterWork.AfterApply = true
	server.InjectRandom(seed, 0.2, limited, afterWork,
		faulty(409, `{"message":"409 Conflict: Resource lock"}`),
		faulty(500, `{"message":"500 Internal Server Error"}`),
		faulty(503, "<html><body>Deploy in progress</body></html>"),
		faulty(504, "<html><body>504 Gateway Time-out</body></html>"),
		fakegitlab.Fault{Drop: true},
		fakegitlab.Fault{Drop: true, AfterApply: true},
		fakegitlab.Fault{Truncate: true},
	)
	slack := acctest.Service(t, "slack")
	webhook := acctest.Minimal(slack)[0].Value
	workspace, rival := acctest.NewTerraform(t, server), acctest.NewTerraform(t, server)
	// Terraform copies its whole state with every resource: thousands take it minutes.
	workspace.Patience = max(workspace.Patience, time.Duration(projects)*time.Second)
	rival.Patience = workspace.Patience
	wanted := map[string]string{} // the user name by project
	configure := func(workspace *acctest.Terraform, wanted map[string]string) {
		keys, err := json.Marshal(wanted)
		if err != nil {
			t.Fatal(err)
		}
		workspace.Configure(acctest.Minimal(slack).With("username", hcltext.Raw("each.value")).
			Resource(slack, "this", hcltext.Raw(`"group/${each.key}"`), hcltext.Attribute{Name: "for_each", Value: hcltext.Raw(string(keys))}))
	}
	// Whatever is not an error of a request that failed too often is one of the
	// provider.
	finally := func(workspace *acctest.Terraform, code int, args ...string) {
		t.Helper()
		var out acctest.Output
		for range runs {
			if out = workspace.Run(append(args, "-no-color", "-parallelism=50")...); out.Code == code {
				return
			}
			if errors := strings.Count("\n"+out.Stderr, "\nError: "); errors == 0 || errors != strings.Count(unwrap(out.Stderr), "(gave up after ") {
				break
			}
		}
		t.Fatalf("seed %d: %s: exit %d, want %d\n%s", seed, args[0], out.Code, code, out.Stderr)
	}
	agree := func(when string) {
		t.Helper()
		held := readInstances(t, workspace)
		for i := range projects {
			name := fmt.Sprintf("p%d", i)
			username, want := wanted[name]
			record, ok := server.Record("group/"+name, slack.Slug)
			if exists := ok && record.Active; exists != want {
				t.Errorf("seed %d, %s: %s has the service: %t, want %t", seed, when, name, exists, want)
			} else if want && (record.Params["username"] != username || record.Params["webhook"] != webhook) {
				t.Errorf("seed %d, %s: %s has %v", seed, when, name, record.Params)
			}
			if attributes, ok := held[name]; ok != want || ok && attributes["username"] != username {
				t.Errorf("seed %d, %s: the state has %v of %s", seed, when, attributes["username"], name)
			}
		}
	}

	for i := range projects - later {
		wanted[fmt.Sprintf("p%d", i)] = "bot"
	}
	configure(workspace, wanted)
	during(t, server, len(wanted)/2, func() { finally(workspace, 0, "apply", "-auto-approve") })
	agree("after the first apply")

	for _, name := range slices.Sorted(maps.Keys(wanted)) {
		var err error
		switch random.IntN(8) {
		case 0:
			wanted[name] = "another bot"
		case 1:
			delete(wanted, name)
		case 2:
			err = server.Edit("group/"+name, slack.Slug, map[string]any{"username": "somebody"})
		case 3:
			err = server.Disable("group/"+name, slack.Slug)
		case 4:
			err = server.Erase("group/"+name, slack.Slug)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for i := range later {
		wanted[fmt.Sprintf("p%d", projects-1-i)] = "bot"
	}
	configure(workspace, wanted)
	finally(workspace, 0, "apply", "-auto-approve")
	agree("after the changes")

	theirs := map[string]string{}
	for i := range later {
		name := fmt.Sprintf("p%d", projects-1-i)
		wanted[name], theirs[name] = "ours", "theirs"
	}
	configure(workspace, wanted)
	configure(rival, theirs)
	var both sync.WaitGroup
	for _, workspace := range []*acctest.Terraform{workspace, rival} {
		// Either may fail: what the other has written is found then.
		both.Go(func() { workspace.Run("apply", "-auto-approve", "-no-color") })
	}
	both.Wait()
	finally(rival, 0, "apply", "-auto-approve")
	finally(workspace, 0, "apply", "-auto-approve")
	agree("after two states at once")
	finally(rival, 2, "plan", "-detailed-exitcode")
	finally(workspace, 0, "plan", "-detailed-exitcode")
	clear(wanted)
	finally(workspace, 0, "destroy", "-auto-approve")
	agree("after destroy")
}
