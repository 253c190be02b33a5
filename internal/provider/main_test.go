package provider_test

import (
	"os"
	"testing"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/provider"
)

func TestMain(m *testing.M) {
	if provider.ServeInstead() {
		return
	}
	os.Exit(acctest.Main(m))
}
