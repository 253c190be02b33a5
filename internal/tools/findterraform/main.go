// Command findterraform prints the path of the Terraform or OpenTofu program
// that this project's tests and demo drive, and installs one where there is
// none:
//
//  1. TF_ACC_TERRAFORM_PATH, the variable that terraform-plugin-testing reads.
//  2. terraform on PATH.
//  3. tofu on PATH.
//  4. One pinned Terraform release, downloaded once into the user's cache
//     folder. Its checksum and HashiCorp's signature are verified.
//
// It prints nothing but the path on standard output. Where there is neither a
// program nor a network, it says so in one line on standard error and exits
// with 1.
package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
)

func main() {
	os.Exit(run())
}

func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()

	path, err := finder{
		getenv:   os.Getenv,
		lookPath: exec.LookPath,
		cacheDir: os.UserCacheDir,
		download: release{}.download,
		notice:   os.Stderr,
	}.find(ctx)
	if err != nil {
		fmt.Fprintln(os.Stderr, "findterraform: "+oneLine(err))
		return 1
	}
	fmt.Println(path)
	return 0
}
