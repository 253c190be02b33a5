package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/cli"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
)

const (
	website = "demo/website"
	api     = "demo/api"
)

// secrets are the values of the ephemeral variables of examples/demo.
var secrets = map[string]string{
	"slack_webhook":    "https://hooks.slack.com/services/T0DEMO/B0DEMO/wd8kq2",
	"jira_password":    "jira-api-token-7c1f",
	"jenkins_password": "jenkins-api-token-93ab",
}

// service is a project's service.
type service struct{ project, slug string }

// managed are the services of examples/demo; adopted joins them later.
var (
	managed = []service{
		{website, "slack"}, {website, "jira"}, {website, "pipelines-email"}, {website, "jenkins"},
		{api, "slack"}, {api, "jira"}, {api, "pipelines-email"}, {api, "jenkins"},
	}
	adopted = service{website, "irker"}
)

// stage is what the story plays on.
type stage struct {
	gitlab  *fakegitlab.Server
	program string
	build   builder
	out     io.Writer
	color   bool
	// plain gives secrets as ordinary arguments. It is set for a CLI that is too
	// old for write-only ones.
	plain bool
	// disturb, where it is set, is called before each step; a test makes steps
	// go wrong with it.
	disturb func(step string) error
	// temp is where the temporary folder is made; "" is the system's place.
	temp string

	*terminal
	before map[service]fakegitlab.Record
	sent   map[string]int // requests by method, of all steps
}

// step is one part of the story.
type step struct {
	name string
	text string
	play func(*stage, context.Context) error
}

// steps are the story. Every play checks that what happened is what text says.
var steps = []step{
	{"init", "Terraform finds the provider that was just built.", (*stage).initialise},
	{"plan", "Two projects, four services each: eight to create. Planning them asks GitLab nothing.", (*stage).plan},
	{"apply", "One PUT a service, and its answer is the state: nothing is read back.", (*stage).apply},
	{"no change", "What was just applied is what GitLab has: the plan is empty.", (*stage).empty},
	{"somebody else", "An hour later somebody opens GitLab's web page and helps.", (*stage).meddle},
	{"drift", "The plan shows exactly that, the replaced secret too, although GitLab never tells secrets.", (*stage).drift},
	{"heal", "Applying that plan writes the four services that differ, and those alone.", (*stage).heal},
	{"adopt", "irker was set up by hand before there was any Terraform. It is described and imported.", (*stage).adopt},
	{"destroy", "All nine services are switched off in GitLab.", (*stage).destroy},
}

// tell plays all steps and returns the error of the first that does not do what it says.
// What it made is gone when it returns, whatever it returns.
func tell(ctx context.Context, s *stage) (err error) {
	root, err := os.MkdirTemp(s.temp, "gitlabservices-demo-")
	if err != nil {
		return err
	}
	defer func() {
		if failed := os.RemoveAll(root); err == nil {
			err = failed
		}
	}()
	began := time.Now()
	if err := s.set(ctx, root); err != nil {
		return fmt.Errorf("before the first step: %w", err)
	}
	for i, step := range steps {
		fmt.Fprintf(s.out, "\n%s\n%s\n", s.bold(fmt.Sprintf("%d/%d  %s", i+1, len(steps), step.name)), step.text)
		if s.disturb != nil {
			if err := s.disturb(step.name); err != nil {
				return err
			}
		}
		s.gitlab.ResetRequests()
		if err := step.play(s, ctx); err != nil {
			return fmt.Errorf("step %d, %q, did something else: %w", i+1, step.name, err)
		}
		counts := s.gitlab.Counts()
		for method, n := range counts {
			s.sent[method] += n
		}
		fmt.Fprintf(s.out, "\n  Checked. GitLab received %s.\n", requests(counts))
	}
	fmt.Fprintf(s.out, "\n%s\nAll %d steps did what they say, in %s. GitLab received %s in all.\n",
		s.bold("Summary"), len(steps), time.Since(began).Round(time.Second), requests(s.sent))
	return nil
}

// set builds the provider, lays out the configuration and furnishes GitLab.
func (s *stage) set(ctx context.Context, root string) error {
	s.sent = map[string]int{}
	fmt.Fprintln(s.out, "Building the provider, and starting a fake GitLab ...")

	for _, path := range []string{website, api} {
		s.gitlab.AddProject(path)
	}
	err := s.gitlab.Edit(adopted.project, adopted.slug, map[string]any{
		"active": true, "recipients": "irc://irc.example.net/website", "server_host": "irker.example.com",
	})
	if err != nil {
		return err
	}

	env := append(cleanEnv(), "GITLAB_BASE_URL="+s.gitlab.URL(), "GITLAB_TOKEN="+s.gitlab.Token())
	for name, value := range secrets {
		env = append(env, "TF_VAR_"+name+"="+value)
	}
	if !s.color {
		for _, command := range []string{"init", "plan", "apply", "import", "destroy"} {
			env = append(env, "TF_CLI_ARGS_"+command+"=-no-color")
		}
	}
	if s.terminal, err = newTerminal(ctx, root, s.program, s.build, env, s.out); err != nil {
		return err
	}

	version, err := s.Version(ctx)
	if err != nil {
		return err
	}
	s.plain = s.plain || !version.AtLeast("1.11")
	module, err := moduleRoot(ctx)
	if err != nil {
		return err
	}
	if err := copyConfiguration(filepath.Join(module, "examples", "demo"), s.Dir, s.plain); err != nil {
		return err
	}

	s.typed("make install   # the demo uses a folder of its own instead, which goes when it goes",
		"cp -r examples/demo . && cd demo",
		"export GITLAB_BASE_URL="+s.gitlab.URL()+" GITLAB_TOKEN=...",
		"export TF_VAR_slack_webhook=... TF_VAR_jira_password=... TF_VAR_jenkins_password=...")
	if s.plain {
		fmt.Fprintf(s.out, "\nWrite-only attributes came with version 1.11 of Terraform and OpenTofu. Here the secrets are\n"+
			"ordinary arguments (webhook in place of webhook_wo), so the state holds them.\n")
	}
	return nil
}

func (s *stage) initialise(ctx context.Context) error { return s.succeeds(ctx, "init") }

func (s *stage) plan(ctx context.Context) error {
	want := map[string][]string{}
	for _, m := range managed {
		want[address(m)] = []string{"create"}
	}
	if err := s.planned(ctx, "demo.tfplan", want); err != nil {
		return err
	}
	return s.received(map[string]int{})
}

func (s *stage) apply(ctx context.Context) error {
	if err := s.succeeds(ctx, "apply", "demo.tfplan"); err != nil {
		return err
	}
	if err := s.received(map[string]int{http.MethodPut: len(managed)}); err != nil {
		return err
	}
	s.before = map[service]fakegitlab.Record{}
	for _, m := range managed {
		record, ok := s.gitlab.Record(m.project, m.slug)
		if !ok || !record.Active {
			return fmt.Errorf("%s of %s is not active in GitLab", m.slug, m.project)
		}
		s.before[m] = record
	}
	for _, project := range []string{website, api} {
		for _, check := range []struct {
			slug, param string
			want        any
		}{
			{"slack", "webhook", secrets["slack_webhook"]},
			{"slack", "channel", "#" + strings.TrimPrefix(project, "demo/")},
			{"jira", "password", secrets["jira_password"]},
			{"jira", "url", "https://jira.example.com"},
			{"jenkins", "password", secrets["jenkins_password"]},
			{"pipelines-email", "notify_only_broken_pipelines", true}, // GitLab's default, sent although nobody wrote it
		} {
			record := s.before[service{project, check.slug}]
			if record.Params[check.param] != check.want {
				return fmt.Errorf("GitLab holds another %s of %s in %s than the configuration", check.param, check.slug, project)
			}
		}
		if s.before[service{project, "slack"}].Flags["wiki_page_events"] != false {
			return fmt.Errorf("wiki_page_events of slack in %s is not off", project)
		}
	}
	return s.hidden()
}

// hidden checks that no secret is in the state or in the plan that was applied.
func (s *stage) hidden() error {
	if s.plain {
		return nil
	}
	state, err := os.ReadFile(s.Path("terraform.tfstate"))
	if err != nil {
		return err
	}
	plan, err := cli.Unzipped(s.Path("demo.tfplan"))
	if err != nil {
		return err
	}
	for name, value := range secrets {
		if bytes.Contains(state, []byte(value)) || bytes.Contains(plan, []byte(value)) {
			return fmt.Errorf("the value of %s is in the state or in the plan", name)
		}
	}
	fmt.Fprintln(s.out, "\n  The secrets arrived in GitLab; terraform.tfstate and demo.tfplan hold none of them.")
	return nil
}

func (s *stage) empty(ctx context.Context) error { return s.planned(ctx, "again.tfplan", nil) }

func (s *stage) meddle(context.Context) error {
	fmt.Fprintln(s.out)
	s.gitlab.SetClock(func() time.Time { return time.Now().Add(time.Hour) })
	for _, act := range []struct {
		text string
		do   func() error
	}{
		{"demo/website: Slack gets another webhook and channel, and is told nothing of pushes", func() error {
			return s.gitlab.Edit(website, "slack", map[string]any{
				"webhook": "https://hooks.slack.com/services/T0DEMO/B0OTHER/x", "channel": "#random", "push_events": false,
			})
		}},
		{"demo/website: pipeline e-mails go to one more person, about every pipeline", func() error {
			return s.gitlab.Edit(website, "pipelines-email", map[string]any{
				"recipients": "web@example.com,oncall@example.com,boss@example.com", "notify_only_broken_pipelines": false,
			})
		}},
		{"demo/api: Jira gets a project key too many", func() error {
			return s.gitlab.Edit(api, "jira", map[string]any{"project_keys": []any{"API", "OPS", "OLD"}})
		}},
		{"demo/api: Jenkins is disabled", func() error { return s.gitlab.Disable(api, "jenkins") }},
	} {
		if err := act.do(); err != nil {
			return fmt.Errorf("%s: %w", act.text, err)
		}
		fmt.Fprintf(s.out, "  ~ %s\n", act.text)
	}
	return nil
}

func (s *stage) drift(ctx context.Context) error {
	// That the webhook is another shows in the time stamp alone, so what is
	// planned is to send it again.
	webhook := "webhook_wo_version"
	if s.plain {
		webhook = "webhook"
	}
	return s.planned(ctx, "heal.tfplan", map[string][]string{
		address(service{website, "slack"}):           {"channel", "push_events", webhook},
		address(service{website, "pipelines-email"}): {"notify_only_broken_pipelines", "recipients"},
		address(service{api, "jira"}):                {"project_keys"},
		address(service{api, "jenkins"}):             {"create"},
	})
}

func (s *stage) heal(ctx context.Context) error {
	if err := s.succeeds(ctx, "apply", "heal.tfplan"); err != nil {
		return err
	}
	if err := s.received(map[string]int{http.MethodPut: 4}); err != nil {
		return err
	}
	for _, m := range managed {
		record, _ := s.gitlab.Record(m.project, m.slug)
		was := s.before[m]
		if record.Active != was.Active || !reflect.DeepEqual(record.Params, was.Params) || !reflect.DeepEqual(record.Flags, was.Flags) {
			return fmt.Errorf("%s of %s is not what it was before somebody else wrote it", m.slug, m.project)
		}
	}
	fmt.Fprintln(s.out, "\n  GitLab holds what it held before, the webhook included, and the plan is empty again:")
	return s.planned(ctx, "healed.tfplan", nil)
}

func (s *stage) adopt(ctx context.Context) error {
	before, ok := s.gitlab.Record(adopted.project, adopted.slug)
	if !ok || !before.Active {
		return errors.New("irker was not there before")
	}
	s.typed("cp adopt/irker.tf .")
	if err := os.Rename(s.Path("adopt/irker.tf"), s.Path("irker.tf")); err != nil {
		return err
	}
	if err := s.succeeds(ctx, "import", "gitlabservices_irker.website", adopted.project); err != nil {
		return err
	}
	if err := s.planned(ctx, "adopted.tfplan", nil); err != nil {
		return err
	}
	if err := s.received(map[string]int{}); err != nil {
		return err
	}
	after, _ := s.gitlab.Record(adopted.project, adopted.slug)
	if !reflect.DeepEqual(before, after) {
		return errors.New("the import changed irker in GitLab")
	}
	return nil
}

func (s *stage) destroy(ctx context.Context) error {
	if err := s.succeeds(ctx, "destroy", "-auto-approve"); err != nil {
		return err
	}
	all := append(slices.Clone(managed), adopted)
	if err := s.received(map[string]int{http.MethodDelete: len(all)}); err != nil {
		return err
	}
	for _, m := range all {
		if record, ok := s.gitlab.Record(m.project, m.slug); ok && record.Active {
			return fmt.Errorf("%s of %s is still active in GitLab", m.slug, m.project)
		}
	}
	left, err := s.Must(ctx, "state", "list")
	if err != nil {
		return err
	}
	if left.Stdout != "" {
		return fmt.Errorf("the state still holds %s", strings.Fields(left.Stdout))
	}
	return nil
}

// planned runs a plan, saves it, and checks that it would do just what is
// wanted: by its exit code, and by each address with its attributes.
func (s *stage) planned(ctx context.Context, file string, want map[string][]string) error {
	code := 0
	if len(want) > 0 {
		code = 2
	}
	if err := s.exits(ctx, code, "plan", "-detailed-exitcode", "-out="+file); err != nil {
		return err
	}
	got, err := s.Changes(ctx, file)
	if err != nil {
		return err
	}
	if !maps.EqualFunc(got, want, slices.Equal) {
		return fmt.Errorf("the plan changes %q, not %q", got, want)
	}
	return nil
}

// received checks what was sent to GitLab besides reading: only what is wanted.
func (s *stage) received(want map[string]int) error {
	got := s.gitlab.Counts()
	delete(got, http.MethodGet)
	if !maps.Equal(got, want) {
		return fmt.Errorf("GitLab received %s, not %s", requests(got), requests(want))
	}
	return nil
}

// requests puts counts into words: "8 GET, 2 PUT".
func requests(counts map[string]int) string {
	var parts []string
	for _, method := range slices.Sorted(maps.Keys(counts)) {
		if counts[method] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", counts[method], method))
		}
	}
	if len(parts) == 0 {
		return "no request"
	}
	return strings.Join(parts, ", ")
}

// address is where examples/demo has the service.
func address(m service) string {
	return fmt.Sprintf("gitlabservices_%s.this[%q]", strings.ReplaceAll(m.slug, "-", "_"), m.project)
}

func (s *stage) bold(text string) string {
	if s.color {
		return "\033[1m" + text + "\033[0m"
	}
	return "== " + text
}
