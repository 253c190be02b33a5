package provider

import (
	"context"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/gitlab"
)

func TestABlockThatSaysNothingHasTheDefaults(t *testing.T) {
	for _, names := range variables {
		for _, name := range names {
			t.Setenv(name, "")
		}
	}
	t.Setenv(providerLog, "off")
	got, diags := newInstance(nil).settings(t.Context(), configuration{})
	if want := (gitlab.Config{Retries: 5, RequestTimeout: time.Minute}); !reflect.DeepEqual(got, want) || len(diags) > 0 {
		t.Errorf("they are %+v%v", got, diags)
	}
}

// TestATimeoutThatIsNoneIsRefusedWithoutTheSchemaToo: only Terraform's validation
// comes before Configure, which may be left out.
func TestATimeoutThatIsNoneIsRefusedWithoutTheSchemaToo(t *testing.T) {
	t.Parallel()
	_, diags := newInstance(nil).settings(t.Context(), configuration{RequestTimeout: types.StringValue("60")})
	if len(diags) != 1 || diags[0].Summary() != "Invalid request_timeout" {
		t.Errorf("it says %v", diags)
	}
}

func TestWithoutAClientNothingIsKnownToDiffer(t *testing.T) {
	t.Parallel()
	a, b := gitlab.Place{Level: gitlab.Projects, Name: "g/a"}, gitlab.Place{Level: gitlab.Projects, Name: "g/b"}
	if newInstance(nil).differ(a, b) {
		t.Error("two places are known to be two, and nobody has asked")
	}
}

// TestWhereTheAddressComesFromIsToldOnlyWhereItMatters: an error of a role has
// nothing to do with base_url.
func TestWhereTheAddressComesFromIsToldOnlyWhereItMatters(t *testing.T) {
	t.Parallel()
	inst := newInstance(nil)
	inst.address = source{argument: "base_url", variable: "CI_API_V4_URL"}
	of := target{catalog.Any("slack"), gitlab.Place{Level: gitlab.Projects, Name: "g/p"}}
	for _, test := range []struct {
		err   gitlab.Error
		tells bool
	}{
		{gitlab.Error{StatusCode: http.StatusForbidden, Key: "message", Message: "403 Forbidden"}, false},
		{gitlab.Error{StatusCode: http.StatusNotFound, Key: "error", Message: "404 Not Found"}, true},
		{gitlab.Error{StatusCode: http.StatusTeapot, Message: "wrong base_url"}, true},
	} {
		if got := next(&test.err, of, inst); strings.Contains(got, "Here base_url comes from the environment variable CI_API_V4_URL.") != test.tells {
			t.Errorf("%s: %s", test.err.Message, got)
		}
	}
}

// TestAListThatIsCancelledWhileItWaitsSaysSo: the places that are looked at already
// take all the room.
func TestAListThatIsCancelledWhileItWaitsSaysSo(t *testing.T) {
	t.Parallel()
	r := newServiceResource(shapes()[0])
	for range cap(r.instance.listSlots) {
		r.instance.listSlots <- struct{}{}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	found := r.look(ctx, candidate{at: gitlab.Place{Level: gitlab.Projects, Name: "g/p"}}, search{row: r.service})
	if len(found) != 1 || found[0].trouble == nil || !strings.Contains(found[0].trouble.Detail(), "context canceled") {
		t.Errorf("it found %v", found)
	}
}
