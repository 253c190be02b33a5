// Command terraform-provider-gitlabservices is a Terraform and OpenTofu
// provider for the services (integrations) of GitLab projects. Terraform starts
// it; started by hand it only explains itself.
package main

import (
	"flag"
	"fmt"
	"log"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/provider"
)

// The linker sets these for a release; see .goreleaser.yml and GNUmakefile.
var (
	version = "dev"
	commit  = "none"
)

func main() {
	debug := flag.Bool("debug", false, "wait for a debugger: print TF_REATTACH_PROVIDERS and serve until interrupted")
	showVersion := flag.Bool("version", false, "print the version and exit")
	flag.Parse()

	if *showVersion {
		fmt.Printf("terraform-provider-gitlabservices %s (commit %s)\n", version, commit)
		return
	}

	if err := provider.Serve(version, *debug); err != nil {
		log.Fatal(err)
	}
}
