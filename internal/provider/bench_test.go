package provider_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/provider"
)

// BenchmarkGetProviderSchema is the work between the start of the provider and
// its first answer; Terraform starts it three times for a plan.
func BenchmarkGetProviderSchema(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		server := provider.NewServer("bench")
		if _, err := server.GetProviderSchema(b.Context(), &tfprotov6.GetProviderSchemaRequest{}); err != nil {
			b.Fatal(err)
		}
	}
}
