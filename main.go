// Command terraform-provider-gitlabservices is a Terraform and OpenTofu
// provider for the services (integrations) of GitLab projects. Terraform starts
// it; started by hand it only explains itself.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/provider"
)

// address is the provider's name in the registry, which Terraform and the
// binary must agree on.
const address = "registry.terraform.io/gitlabservices/gitlabservices"

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

	err := providerserver.Serve(context.Background(), provider.New(version), providerserver.ServeOpts{
		Address:         address,
		Debug:           *debug,
		ProtocolVersion: 6,
	})
	if err != nil {
		log.Fatal(err)
	}
}
