package provider

import (
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"
)

// address is the provider's name in the registry, which Terraform and the
// binary must agree on.
const address = "registry.terraform.io/gitlabservices/gitlabservices"

// NewServer makes the provider as Terraform speaks to it, not configured yet.
// version is its own release, such as "1.2.3", which it tells GitLab in the
// User-Agent header; "dev" for builds that are none.
func NewServer(version string) tfprotov6.ProviderServer {
	return providerserver.NewProtocol6(newProvider(version))()
}

// Serve lets Terraform, which has started this process, speak to the provider
// until it has enough. With debug it waits for a Terraform that is told of it by
// TF_REATTACH_PROVIDERS, which it prints. The error is that of a process that was
// not started by Terraform, or that cannot listen.
func Serve(version string, debug bool) error {
	var options []tf6server.ServeOpt
	if debug {
		options = append(options, tf6server.WithManagedDebug())
	}
	return tf6server.Serve(address, func() tfprotov6.ProviderServer { return NewServer(version) }, options...)
}
