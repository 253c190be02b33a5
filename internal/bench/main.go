// Command bench measures what the provider costs: requests, connections, time,
// CPU and memory, side by side with a client that does nothing but send the same
// requests, with an empty framework provider, and with any other provider.
//
// It is run by "make bench", in the root of the repository, with the real
// Terraform on the fake GitLab of this process. It takes about ten minutes and
// writes internal/bench/results.md and internal/bench/results.svg; -quick takes
// one and writes nothing unless -out names a folder.
//
// Another provider takes part where BENCH_PEER names its program and
// BENCH_PROFILE a file that says what it calls things: see peer.json.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/cli"
)

func main() {
	if program := os.Getenv(wrappedProgram); program != "" && os.Getenv("TF_PLUGIN_MAGIC_COOKIE") != "" {
		os.Exit(wrap(program))
	}
	quick := flag.Bool("quick", false, "measure less: to see that it works")
	out := flag.String("out", "", "write the results to this `folder`; internal/bench by default, nowhere with -quick")
	flag.Parse()
	if *out == "" && !*quick {
		*out = filepath.Join("internal", "bench")
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, *quick, *out)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench: "+err.Error())
		os.Exit(1)
	}
}

// sizes says how much is measured: numbers of projects, each with all services.
type sizes struct {
	// applied by Terraform from nothing, and written as a state first, as Terraform
	// takes long to create so many.
	applied, written []int
	// protocol is for the calls of a refresh and a plan without Terraform.
	protocol int
	starts   int
	calls    string
}

func run(ctx context.Context, quick bool, out string) error {
	size := sizes{applied: []int{0, 20}, written: []int{200}, protocol: 1000, starts: 15, calls: "300x"}
	if quick {
		size = sizes{applied: []int{0, 2}, written: []int{4}, protocol: 20, starts: 3, calls: "5x"}
	}
	terraform, err := cli.Find()
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "bench-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	profiles, err := build(ctx, dir)
	if err != nil {
		return err
	}
	b := &bench{dir: dir, terraform: terraform, size: size}
	r := results{}
	for _, step := range []func(context.Context, []profile, *results) error{b.programs, b.calls, b.protocol, b.commands} {
		if err := step(ctx, profiles, &r); err != nil {
			return err
		}
	}
	if err := r.finish(ctx, terraform); err != nil {
		return err
	}
	fmt.Print(r.markdown())
	if out == "" {
		return nil
	}
	return errors.Join(
		os.WriteFile(filepath.Join(out, "results.md"), []byte(r.markdown()), 0o600),
		os.WriteFile(filepath.Join(out, "results.svg"), []byte(r.chart()), 0o600))
}

// bench is where it is measured.
type bench struct {
	dir, terraform string
	size           sizes
}

// build builds the providers as a release is built.
func build(ctx context.Context, dir string) ([]profile, error) {
	profiles := []profile{ours(), empty()}
	for i, pkg := range []string{".", "./internal/bench/emptyprovider"} {
		profiles[i].program = filepath.Join(dir, fmt.Sprintf("provider%d", i))
		if err := cli.Build(ctx, profiles[i].program, pkg, append(cli.Flags, cli.Linked)...); err != nil {
			return nil, err
		}
	}
	if program := os.Getenv("BENCH_PEER"); program != "" {
		other, err := peer(program, os.Getenv("BENCH_PROFILE"))
		if err != nil {
			return nil, err
		}
		profiles = append(profiles, other)
	}
	return profiles, nil
}

// say tells what is going on.
func say(format string, args ...any) { fmt.Fprintf(os.Stderr, "bench: "+format+"\n", args...) }
