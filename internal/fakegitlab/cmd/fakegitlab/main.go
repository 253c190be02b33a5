// Command fakegitlab serves an in-memory GitLab on the loopback interface, to try
// the provider, or anything else that uses the project services API, without a
// GitLab:
//
//	go run ./internal/fakegitlab/cmd/fakegitlab -profile 19.1
//
// It prints where it is, a token, its groups and projects, and how to point the
// provider at it, then one line a request until it is interrupted. A web page on a
// port of its own shows the services and the requests, and sets up and changes
// services by hand, as far as the API would take them. Nothing is kept.
//
// Groups have services from 17.9 on, and hand them down to what is in them a
// moment after a save, as the defaults of the instance do:
//
//	fakegitlab -group acme -project acme/shop/web -propagation 2s -default 'slack={"webhook":"https://hooks.example.com/x"}'
//
// With a command it serves until that ends, and ends as that did. The command
// finds it by its environment, GITLAB_BASE_URL and GITLAB_TOKEN; to Terraform,
// whose language reads no environment, TF_VAR_fakegitlab_url says that it is this
// GitLab and no other:
//
//	fakegitlab -project group/name -log requests.log -- terraform test
//
// In a container it serves other machines as well, with a token that they know
// beforehand:
//
//	fakegitlab -anywhere -addr :8080 -token glpat-of-the-tests
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab/page"
)

// The linker sets these for a release; see .goreleaser.yml.
var (
	version = "dev"
	commit  = "none"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	var ended *exec.ExitError
	switch {
	case errors.Is(err, flag.ErrHelp):
	case errors.As(err, &ended):
		os.Exit(max(ended.ExitCode(), 1)) // -1 is a signal
	case err != nil:
		fmt.Fprintln(os.Stderr, "fakegitlab:", err)
		os.Exit(1)
	}
}

// paths is a flag that can be given more than once.
type paths []string

func (p *paths) String() string { return strings.Join(*p, ",") }

func (p *paths) Set(path string) error {
	if path = strings.Trim(path, "/"); !strings.Contains(path, "/") {
		return errors.New("want a full path, group/name")
	}
	*p = append(*p, path)
	return nil
}

// options are what the arguments say.
type options struct {
	profile, addr, page, root, log, token string
	edition                               fakegitlab.Edition
	anywhere, version                     bool
	projects                              paths
	groups                                []string
	defaults                              []instanceDefault
	propagation                           time.Duration
	command                               []string
}

// instanceDefault is what the instance has for a service.
type instanceDefault struct {
	slug     string
	settings map[string]any
}

func parseDefault(text string) (d instanceDefault, err error) {
	slug, settings, _ := strings.Cut(text, "=")
	if err := json.Unmarshal([]byte(settings), &d.settings); err != nil {
		return d, errors.New(`want a slug and a JSON object, slack={"channel":"#all"}`)
	}
	d.slug = slug
	return d, nil
}

func edition(name string) (fakegitlab.Edition, error) {
	switch name {
	case "ce":
		return fakegitlab.Community, nil
	case "ee":
		return fakegitlab.Enterprise, nil
	}
	return 0, errors.New("want ce or ee")
}

func parse(args []string, usage io.Writer) (options, error) {
	var o options
	flags := flag.NewFlagSet("fakegitlab", flag.ContinueOnError)
	flags.SetOutput(usage)
	flags.StringVar(&o.profile, "profile", string(fakegitlab.V19_1), "GitLab release to behave like: "+profileNames())
	flags.Func("edition", "`ce` or ee; without it Enterprise Edition with what only development builds have", func(name string) (err error) {
		o.edition, err = edition(name)
		return err
	})
	flags.StringVar(&o.addr, "addr", "127.0.0.1:0", "loopback `address` to listen on; port 0 takes a free one")
	flags.StringVar(&o.page, "page", "127.0.0.1:0", "loopback `address` of the web page")
	flags.BoolVar(&o.anywhere, "anywhere", false, "let -addr and -page be of any interface, as in a container: whoever reaches the fake can change everything in it")
	flags.StringVar(&o.token, "token", "", "token that may do everything (default a new one)")
	flags.BoolVar(&o.version, "version", false, "print the version and exit")
	flags.StringVar(&o.root, "root", "", "relative URL root, as in /gitlab")
	flags.Var(&o.projects, "project", "full `path` of a project; may be repeated (default demo/website and demo/api)")
	flags.Func("group", "full `path` of a group, which has services from 17.9 on; may be repeated (those of the projects are there anyway)", func(path string) error {
		if path = strings.Trim(path, "/"); path == "" {
			return errors.New("want a full path")
		}
		o.groups = append(o.groups, path)
		return nil
	})
	flags.Func("default", "default of the instance, a slug and its `settings` as in slack={\"channel\":\"#all\"}; may be repeated", func(text string) error {
		d, err := parseDefault(text)
		o.defaults = append(o.defaults, d)
		return err
	})
	flags.DurationVar(&o.propagation, "propagation", 5*time.Second, "how long after a save in a group, or for the instance, what is below follows; negative: when the page says so")
	flags.StringVar(&o.log, "log", "", "`file` for what is printed (default standard output, and with a command nowhere)")
	flags.Usage = func() {
		fmt.Fprintln(usage, "Usage: fakegitlab [flags] [--] [command [arguments]]")
		flags.PrintDefaults()
	}
	err := flags.Parse(args)
	o.command = flags.Args()
	if len(o.projects) == 0 {
		o.projects = paths{"demo/website", "demo/api"}
	}
	return o, err
}

// run serves until ctx is done, or until the command among the arguments ends.
// What it prints goes to out, except the usage.
func run(ctx context.Context, args []string, out, usage io.Writer) error {
	o, err := parse(args, usage)
	if err != nil {
		return err
	}
	if o.version {
		_, err := fmt.Fprintf(out, "fakegitlab %s (commit %s)\n", version, commit)
		return err
	}
	log, closeLog, err := o.openLog(out)
	if err != nil {
		return err
	}
	defer closeLog()

	gitlab := fakegitlab.New(fakegitlab.Profile(o.profile))
	gitlab.SetEdition(o.edition)
	gitlab.SetRelativeRoot(o.root)
	gitlab.SetPropagation(o.propagation)
	gitlab.Observe(log.line)
	if o.token != "" {
		gitlab.SetToken(o.token)
	}
	start, listen := gitlab.StartAddr, fakegitlab.Listen
	if o.anywhere {
		start, listen = gitlab.StartAnywhere, fakegitlab.ListenAnywhere
	}
	if err := start(o.addr); err != nil {
		return err
	}
	defer gitlab.Close()

	listener, err := listen(o.page)
	if err != nil {
		return fmt.Errorf("the page: %w", err)
	}
	pageURL, closePage, err := servePage(gitlab, listener)
	if err != nil {
		return err
	}
	defer closePage()

	places, err := o.add(gitlab)
	if err != nil {
		return err
	}
	log.print(fmt.Sprintf("GitLab %s at %s, token %s\n%s", o.profile, gitlab.URL(), gitlab.Token(), places))
	log.print(fmt.Sprintf(introduction, gitlab.URL(), gitlab.Token(), pageURL))

	if len(o.command) > 0 {
		return command(ctx, gitlab, o.command, out, usage)
	}
	<-ctx.Done()
	return nil
}

// add makes the defaults, which what is added later gets at once, then the groups
// and projects, and returns a line for each of these.
func (o options) add(gitlab *fakegitlab.Server) (string, error) {
	var lines strings.Builder
	for _, d := range o.defaults {
		if err := gitlab.Edit(fakegitlab.Instance, d.slug, d.settings); err != nil {
			return "", fmt.Errorf("-default: %w", err)
		}
	}
	for _, path := range o.groups {
		group := gitlab.AddGroup(path)
		fmt.Fprintf(&lines, "group %d: %s\n", group.ID, group.Path)
	}
	for _, path := range o.projects {
		project := gitlab.AddProject(path)
		fmt.Fprintf(&lines, "project %d: %s\n", project.ID, project.Path)
	}
	return lines.String(), nil
}

// introduction says how to use a fake at an address, with a token and a page.
const introduction = `
Look at it, and change things by hand, at

  %[3]s

Point the provider at it, by the environment

  export GITLAB_BASE_URL=%[1]s
  export GITLAB_TOKEN=%[2]s

or in the configuration:

  provider "gitlabservices" {
    base_url = "%[1]s"
    token    = "%[2]s"
  }

Requests follow; Ctrl-C ends it.
`

// openLog returns where the fake prints to: a file, or the console, unless that
// belongs to a command.
func (o options) openLog(console io.Writer) (log *requestLog, closeLog func(), err error) {
	switch {
	case o.log != "":
		file, err := os.Create(o.log)
		if err != nil {
			return nil, nil, err
		}
		return &requestLog{out: file}, func() { _ = file.Close() }, nil // every line is written as it comes
	case len(o.command) > 0:
		console = io.Discard
	}
	return &requestLog{out: console}, func() {}, nil
}

// command runs a command that finds the fake by its environment. A Ctrl-C
// reaches the command from the terminal: a second one from here would be taken
// for impatience, and Terraform then leaves its state as it is.
func command(ctx context.Context, gitlab *fakegitlab.Server, args []string, out, errs io.Writer) error {
	cmd := exec.CommandContext(context.WithoutCancel(ctx), args[0], args[1:]...)
	cmd.Env = append(os.Environ(), "GITLAB_BASE_URL="+gitlab.URL(), "GITLAB_TOKEN="+gitlab.Token(), "TF_VAR_fakegitlab_url="+gitlab.URL())
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, out, errs
	return cmd.Run()
}

// servePage serves the web page of a fake until the function it returns is
// called.
func servePage(gitlab *fakegitlab.Server, listener net.Listener) (url string, end func(), err error) {
	handler, err := page.New(gitlab)
	if err != nil {
		return "", nil, err
	}
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	go func() {
		_ = server.Serve(listener) // until it is closed; any other end shows in the browser
	}()
	return "http://" + listener.Addr().String(), func() { _ = server.Close() }, nil
}

func profileNames() string {
	var names []string
	for _, p := range fakegitlab.Profiles() {
		names = append(names, string(p))
	}
	return strings.Join(names, ", ")
}

// requestLog writes one line a request. It names parameters and never shows
// their values: some are secrets.
type requestLog struct {
	mu  sync.Mutex
	out io.Writer
}

func (l *requestLog) line(r fakegitlab.Request, took time.Duration) {
	status := strconv.Itoa(r.Status)
	if r.Status == 0 {
		status = "dropped"
	}
	names := slices.Sorted(maps.Keys(r.Body))
	l.print(fmt.Sprintf("%s %-6s %s %s [%s] %s\n",
		r.At.Format("15:04:05.000"), r.Method, r.Path, status, strings.Join(names, " "), took.Round(10*time.Microsecond)))
}

func (l *requestLog) print(text string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	_, _ = io.WriteString(l.out, text) // nowhere left to complain
}
