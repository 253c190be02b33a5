package provider_test

import (
	"os"
	"testing"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"
)

func TestMain(m *testing.M) { os.Exit(acctest.Main(m)) }
