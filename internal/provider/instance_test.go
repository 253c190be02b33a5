package provider

import (
	"context"
	"errors"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

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

// TestWhatIsToBeDoneDependsOnTheReasonAndTheRow and not on the row alone.
func TestWhatIsToBeDoneDependsOnTheReasonAndTheRow(t *testing.T) {
	t.Parallel()
	at := func(r *catalog.Service) target {
		return target{r, gitlab.Place{Level: gitlab.Projects, Name: "g/p"}}
	}
	slack, app, enterprise := rowOf(t, "slack"), rowOf(t, "gitlab-slack-application"), rowOf(t, "git-guardian")
	refused := gitlab.Error{StatusCode: http.StatusForbidden, Key: "message", Message: "403 Forbidden"}
	lost := refused
	lost.MayBeDone = true
	unknown := gitlab.Error{StatusCode: http.StatusUnauthorized, Key: "message", Message: "401 Unauthorized"}
	notOffered := gitlab.Error{StatusCode: http.StatusBadRequest, Key: "message", Message: "400 Integration not available"}
	notByAPI := gitlab.Error{StatusCode: http.StatusUnprocessableEntity, Key: "message", Message: "You cannot create this integration from the API"}
	for name, test := range map[string]struct {
		of           target
		err          gitlab.Error
		noToken      bool
		says, silent string
	}{
		"a role, without a token":           {at(slack), refused, true, "may not do this", "No token"},
		"a token that is none":              {at(slack), unknown, true, "No token is configured", "expired"},
		"a token that is refused":           {at(slack), unknown, false, "expired", "No token"},
		"not offered, to an edition":        {at(enterprise), notOffered, false, enterprise.Builds, ""},
		"not offered, to all":               {at(slack), notOffered, false, "does not offer the service", "(;"},
		"not offered, of no service":        {target{at: at(nil).at}, notOffered, false, "does not offer the service", ""},
		"not by the API, of an app":         {at(app), notByAPI, false, app.Installation.In, "Terraform"},
		"not by the API, of a usual one":    {at(slack), notByAPI, false, "does not let its API", "Then apply again"},
		"not by the API, of no service":     {target{at: at(nil).at}, notByAPI, false, "does not let its API", ""},
		"a role, after a lost answer":       {at(slack), lost, false, "may not do this", "did it"},
		"a role, of an app":                 {at(app), refused, false, "may not do this", app.Installation.In},
		"a role, of no service of no place": {target{}, refused, false, "in the project is needed", "in the group"},
	} {
		inst := newInstance(nil)
		inst.token = source{argument: "token", absent: test.noToken}
		got := next(&test.err, test.of, inst)
		if !strings.Contains(got, test.says) || test.silent != "" && strings.Contains(got, test.silent) {
			t.Errorf("%s: %s", name, got)
		}
	}
	for _, absent := range []bool{true, false} {
		if got := (source{argument: "token", absent: absent}).within(); (got == "") != absent {
			t.Errorf("absent: %t: %q", absent, got)
		}
	}
}

// TestAnInterruptedWriteMayBeDone, and a read is only to be run again.
func TestAnInterruptedWriteMayBeDone(t *testing.T) {
	t.Parallel()
	inst := newInstance(nil)
	of := target{catalog.Any("slack"), gitlab.Place{Level: gitlab.Projects, Name: "g/p"}}
	for _, write := range []bool{true, false} {
		ctx, cancel := context.WithCancel(t.Context())
		silent := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body)
			cancel()
			if !write {
				<-r.Context().Done()
				return
			}
			// The client would wait for the answer to a write that has left.
			if conn, _, err := http.NewResponseController(w).Hijack(); err == nil {
				_ = conn.Close()
			}
		}))
		client, err := gitlab.NewClient(gitlab.Config{BaseURL: silent.URL, Token: "t", RequestTimeout: time.Minute})
		if err != nil {
			t.Fatal(err)
		}
		if write {
			_, err = client.PutService(ctx, of.at, "slack", gitlab.Settings{})
		} else {
			_, err = client.GetService(ctx, of.at, "slack")
		}
		silent.Close()
		var e *gitlab.Error
		if !errors.As(err, &e) || e.Reason() != gitlab.Interrupted {
			t.Fatal(err)
		}
		if got := next(e, of, inst); strings.Contains(got, "GitLab did it") != write || (got == runAgain) == write {
			t.Errorf("a write: %t: %s", write, got)
		}
	}
}

func TestAParameterIsSaidToBelongToVersionsWhereNotAllHaveIt(t *testing.T) {
	t.Parallel()
	of, told := target{row: rowOf(t, "slack")}, 0
	for _, a := range of.row.Arguments() {
		want := ""
		if known := a.Life.String(); known != "" {
			want = " (" + known + " have it)"
			told++
		}
		if got := life(of, a.Name); got != want {
			t.Errorf("%s%s, want%s", a.Name, got, want)
		}
	}
	if told == 0 || told == len(of.row.Arguments()) {
		t.Errorf("%d parameters of Slack are not in all versions", told)
	}
}

func TestSwitchesOfAListAreThoseThatAreOnOrOff(t *testing.T) {
	t.Parallel()
	got := flags(&gitlab.Service{Values: map[string]any{"push_events": true, "note_events": nil, "title": "x"}})
	if want := map[string]bool{"push_events": true, "note_events": false}; !maps.Equal(got, want) {
		t.Errorf("they are %v", got)
	}
}

// TestAnotherReleaseReadsAnew what the one before has read.
func TestAnotherReleaseReadsAnew(t *testing.T) {
	t.Parallel()
	prints := map[string]bool{}
	for _, version := range []string{"1.0.0", "1.0.1"} {
		p := newProvider(version)
		configured(t, p, nil)
		prints[p.configured.Load().print(catalog.Any("slack"))] = true
	}
	if len(prints) != 2 {
		t.Errorf("two releases read alike: %v", prints)
	}
}

// TestWhatCannotBeReadOfTheBlockIsAnError: a header without a value is none.
func TestWhatCannotBeReadOfTheBlockIsAnError(t *testing.T) {
	t.Parallel()
	headers := tftypes.Map{ElementType: tftypes.String}
	for name, value := range map[string]tftypes.Value{
		"headers":         tftypes.NewValue(headers, map[string]tftypes.Value{"X-Team": tftypes.NewValue(tftypes.String, nil)}),
		"request_timeout": tftypes.NewValue(tftypes.String, "60"),
	} {
		if diags := configured(t, newProvider("test"), map[string]tftypes.Value{name: value}); !diags.HasError() {
			t.Errorf("%s: %v", name, diags)
		}
	}
}

// configured configures a provider with some arguments, as Terraform does once it
// has validated them.
func configured(t *testing.T, p *gitlabServices, arguments map[string]tftypes.Value) diag.Diagnostics {
	t.Helper()
	var schema provider.SchemaResponse
	p.Schema(t.Context(), provider.SchemaRequest{}, &schema)
	object, _ := schema.Schema.Type().TerraformType(t.Context()).(tftypes.Object)
	block := map[string]tftypes.Value{}
	for name, of := range object.AttributeTypes {
		block[name] = tftypes.NewValue(of, nil)
	}
	block["base_url"], block["token"] = tftypes.NewValue(tftypes.String, "https://gitlab.example.com"), tftypes.NewValue(tftypes.String, "t")
	maps.Copy(block, arguments)
	var resp provider.ConfigureResponse
	p.Configure(t.Context(), provider.ConfigureRequest{Config: tfsdk.Config{Raw: tftypes.NewValue(object, block), Schema: schema.Schema}}, &resp)
	return resp.Diagnostics
}

// TestTwoNumbersAreTwoPlaces, which a client knows without asking.
func TestTwoNumbersAreTwoPlaces(t *testing.T) {
	t.Parallel()
	p := newProvider("test")
	configured(t, p, nil)
	at := func(name string) gitlab.Place { return gitlab.Place{Level: gitlab.Projects, Name: name} }
	if inst := p.configured.Load(); !inst.differ(at("1"), at("2")) || inst.differ(at("1"), at("1")) {
		t.Error("1 and 2 are not known to be two")
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

// rowOf is the row of a service.
func rowOf(t *testing.T, slug string) *catalog.Service {
	t.Helper()
	rows := catalog.All()
	i := slices.IndexFunc(rows, func(s *catalog.Service) bool { return s.Slug == slug })
	if i < 0 {
		t.Fatalf("no row of %s", slug)
	}
	return rows[i]
}

func TestUnknownArgumentsAreNamedInOrder(t *testing.T) {
	t.Parallel()
	values, types := map[string]tftypes.Value{}, map[string]tftypes.Type{}
	names := []string{"a", "b", "c", "d", "e", "f", "g", "h"}
	for _, name := range names {
		types[name] = tftypes.String
		values[name] = tftypes.NewValue(tftypes.String, tftypes.UnknownValue)
	}
	if got := unknownArguments(tftypes.NewValue(tftypes.Object{AttributeTypes: types}, values)); !slices.Equal(got, names) {
		t.Errorf("they are %q", got)
	}
}

// TestAPlaceThatMayNotBeLookedAtIsAWarningAmongOthers, and an error where the user
// has named it, as anything else is.
func TestAPlaceThatMayNotBeLookedAtIsAWarningAmongOthers(t *testing.T) {
	t.Parallel()
	of := func(status int, key, message string) error {
		return &gitlab.Error{StatusCode: status, Key: key, Message: message}
	}
	for name, test := range map[string]struct {
		err     error
		warning bool
	}{
		"the role":         {of(http.StatusForbidden, "message", "403 Forbidden"), true},
		"the scope":        {of(http.StatusForbidden, "error", "insufficient_scope"), true},
		"a page":           {of(http.StatusForbidden, "", "Please log in"), true},
		"it is not there":  {of(http.StatusNotFound, "message", "404 Project Not Found"), true},
		"the token":        {of(http.StatusUnauthorized, "message", "401 Unauthorized"), false},
		"GitLab's trouble": {of(http.StatusBadGateway, "", ""), false},
	} {
		for _, named := range []bool{true, false} {
			c := candidate{at: gitlab.Place{Level: gitlab.Projects, Name: "g/p"}, named: named}
			got := c.unseen("services", test.err, newInstance(nil)).Severity() == diag.SeverityWarning
			if want := test.warning && !named; got != want {
				t.Errorf("%s, named: %t: a warning: %t", name, named, got)
			}
		}
	}
}
