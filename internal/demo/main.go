// Command demo plays the main job of the provider from end to end: the
// configuration in examples/demo is applied by the real Terraform or OpenTofu,
// somebody changes settings in GitLab's web page, a plan shows exactly that, an
// apply heals it, a service that was there before is imported, and everything
// is destroyed. GitLab is the built-in fake, so it needs no account and no
// network.
//
// Each step is checked, both in what Terraform says and in what GitLab holds.
// The command exits with 1 and names the step that does not do what it says. It
// leaves nothing behind.
//
// It is run by "make demo", in any folder of the repository. The CLI is the one
// that TF_ACC_TERRAFORM_PATH names, else terraform or tofu on PATH.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/cli"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
)

func main() {
	os.Exit(run())
}

func run() int {
	// SIGPIPE is a reader that left, as "head" does: there is something to
	// remove then, too.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGPIPE)
	defer stop()

	err := play(ctx)
	switch {
	case ctx.Err() != nil:
		fmt.Fprintln(os.Stderr, "demo: interrupted; everything it made is removed")
		return 130
	case err != nil:
		fmt.Fprintln(os.Stderr, "demo: "+err.Error())
		return 1
	}
	return 0
}

func play(ctx context.Context) error {
	path, err := cli.Find()
	if err != nil {
		return err
	}
	gitlab := fakegitlab.New("19.1")
	if err := gitlab.Start(); err != nil {
		return err
	}
	defer gitlab.Close()

	return tell(ctx, &stage{
		gitlab: gitlab, program: path, build: goBuild, out: os.Stdout,
		color: isTerminal(os.Stdout) && os.Getenv("NO_COLOR") == "",
	})
}

func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
