package provider_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/gitlab"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/hcltext"
)

// TestAccLifecycle is [TestLifecycle] on a GitLab of your own ("make testacc"),
// by HashiCorp's framework for such tests. It overwrites the services of the
// project that GITLAB_PROJECT names, one after the other, and leaves them
// deleted. What that GitLab does not offer is skipped.
func TestAccLifecycle(t *testing.T) {
	if os.Getenv("TF_ACC") == "" {
		t.Skip("TF_ACC is not set: make testacc runs this on a real GitLab")
	}
	insecure, _ := strconv.ParseBool(os.Getenv("GITLAB_INSECURE"))
	config := gitlab.Config{
		BaseURL:    os.Getenv("GITLAB_BASE_URL"),
		Token:      os.Getenv("GITLAB_TOKEN"),
		CACertFile: os.Getenv("GITLAB_CACERT_FILE"),
		ClientCert: os.Getenv("GITLAB_CLIENT_CERT"),
		ClientKey:  os.Getenv("GITLAB_CLIENT_KEY"),
		Insecure:   insecure,
		Retries:    5,
	}
	there := connect(t, config, os.Getenv("GITLAB_PROJECT"))
	if folder := os.Getenv("RECORD"); folder != "" {
		there = there.recorded(t, folder, config)
	}
	for _, service := range catalog.All() {
		t.Run(service.Slug, func(t *testing.T) {
			there.recorder.Begin(service.Slug + "/acceptance")
			if why := there.lifecycle(t, service); why != "" {
				t.Skip(why)
			}
		})
	}
}

// realGitLab is a GitLab of which only its answers are known.
type realGitLab struct {
	client  *gitlab.Client
	project string
	// profile is the release of the fake that it is most like.
	profile fakegitlab.Profile
	version string
	// recorder stands before it; nil where nothing is written down.
	recorder *acctest.Recorder
	// provider is the provider block with its TLS settings; the environment has
	// the rest.
	provider string
}

func connect(t *testing.T, config gitlab.Config, project string, more ...hcltext.Attribute) realGitLab {
	t.Helper()
	client, err := gitlab.NewClient(config)
	if err != nil {
		t.Fatal(err)
	}
	version, err := client.Version(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	profile, err := fakegitlab.Nearest(version)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range []hcltext.Attribute{
		{Name: "cacert_file", Value: config.CACertFile}, {Name: "client_cert", Value: config.ClientCert},
		{Name: "client_key", Value: config.ClientKey}, {Name: "insecure", Value: config.Insecure},
	} {
		if a.Value != "" && a.Value != false {
			more = append(more, a)
		}
	}
	t.Logf("GitLab %s, taken for %s", version, profile)
	return realGitLab{client: client, project: project, profile: profile, version: version,
		provider: hcltext.Block("provider", []string{"gitlabservices"}, more)}
}

// recorded is the GitLab behind a recorder, which writes into the folder what it
// answers. It has the place of GitLab in the environment.
func (g realGitLab) recorded(t *testing.T, folder string, config gitlab.Config) realGitLab {
	t.Helper()
	tls, err := config.TLS()
	failOn(t, err)
	recorder, err := acctest.NewRecorder(folder, acctest.Target{
		BaseURL: config.BaseURL, Version: g.version, Project: g.project, TLS: tls, Secrets: []string{config.Token},
	})
	failOn(t, err)
	server := httptest.NewServer(recorder)
	t.Cleanup(func() {
		server.Close()
		kept, left, err := recorder.Close()
		failOn(t, err)
		t.Logf("%d exchanges are in %s; %d that are not about the services of the project are not", kept, folder, left)
	})
	t.Setenv("GITLAB_BASE_URL", server.URL)
	behind := connect(t, gitlab.Config{BaseURL: server.URL, Token: config.Token, Retries: config.Retries}, g.project)
	behind.recorder = recorder
	return behind
}

// lifecycle takes a service through its life. The text says why there is none:
// this GitLab does not offer the service.
func (g realGitLab) lifecycle(t *testing.T, service *catalog.Service) (skipped string) {
	t.Helper()
	full, why := g.offer(t, service)
	if why != "" {
		return service.Title + ": " + why
	}
	config := func(settings acctest.Settings) string {
		return g.provider + "\n" + settings.Resource(service, "this", g.project)
	}
	minimal := acctest.Minimal(service)
	// Secrets are not told; what a GitLab does not keep reads as it likes.
	var untold []string
	for _, a := range service.Arguments() {
		if a.WriteOnly != "" {
			untold = append(untold, a.Name, a.WriteOnly+"_version")
		} else if !slices.ContainsFunc(full, func(kept catalog.Argument) bool { return kept.Name == a.Name }) {
			untold = append(untold, a.Name)
		}
	}
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			{Config: config(minimal)},
			{Config: config(full)},
			{Config: config(minimal)},
			{
				ResourceName: acctest.Address(service, "this"), ImportState: true, ImportStateId: g.project,
				ImportStateVerify: true, ImportStateVerifyIdentifierAttribute: gitlab.Projects.Noun, ImportStateVerifyIgnore: untold,
			},
		},
	})
	return ""
}

// offer tries the service without Terraform. It gives the settings of its release
// that this GitLab shows, of which an edition may lack some, or why there is none
// to offer. GitLab says that in three ways: it does not know the slug, it calls
// the service not available, or it takes what it is sent and does not find it
// afterwards.
func (g realGitLab) offer(t *testing.T, service *catalog.Service) (full acctest.Settings, why string) {
	t.Helper()
	if in := service.Installation.In; in != "" {
		return nil, "GitLab's API does not set it up. " + in
	}
	full = acctest.Minimal(service)
	contract, known := fakegitlab.Contract(g.profile, service.Slug)
	if known {
		full = acctest.Full(service, g.profile)
	}
	shown, err := g.try(t.Context(), service.Slug, composeBody(contract, full))
	var refused *gitlab.Error
	switch {
	case err == nil:
	case !errors.As(err, &refused):
		t.Fatal(err)
	case slices.Contains([]gitlab.Reason{gitlab.NoSuchRoute, gitlab.UnknownSlug}, refused.Reason()):
		return nil, "this GitLab does not know it"
	case refused.Reason() == gitlab.NotOffered:
		return nil, "this GitLab says " + refused.Message
	case refused.Reason() == gitlab.ServiceNotFound:
		return nil, "this GitLab does not find it after it was set up"
	case refused.Method == http.MethodPut && refused.StatusCode == http.StatusBadRequest:
		return full, "" // The provider may know better; if not, its error tells more.
	default:
		t.Fatal(err)
	}
	return slices.DeleteFunc(full, func(a catalog.Argument) bool {
		left := !a.Required && a.WriteOnly == "" && shown[a.Name] == nil
		if left {
			t.Logf("%s is left out: this GitLab does not show it", a.Name)
		}
		return left
	}), ""
}

// try sets a service up, looks at it and deletes it.
func (g realGitLab) try(ctx context.Context, slug string, values map[string]any) (shown map[string]any, err error) {
	at := gitlab.Place{Level: gitlab.Projects, Name: g.project}
	values["use_inherited_settings"] = false
	if _, err := g.client.PutService(ctx, at, slug, gitlab.Settings{Values: values}); err != nil {
		return nil, err
	}
	service, err := g.client.GetService(ctx, at, slug)
	if err != nil {
		return nil, err
	}
	return service.Values, g.client.DeleteService(ctx, at, slug)
}

// TestWhatAGitLabDoesNotOfferIsSkippedByName in each way in which GitLab says so.
func TestWhatAGitLabDoesNotOfferIsSkippedByName(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V18_9)
	project := server.AddProject("group/website")
	if err := server.SetFeature("slack_app", true); err != nil {
		t.Fatal(err)
	}
	server.Inject(fakegitlab.Fault{Method: http.MethodGet, PathContains: "services/asana", Status: http.StatusNotFound,
		Body: `{"message":"404 Integration Not Found"}`})
	there := connect(t, gitlab.Config{BaseURL: server.URL(), Token: server.Token()}, project.Path)
	for slug, want := range map[string]string{
		"flowdock":             "Flowdock: this GitLab does not know it",
		"slack-slash-commands": "Slack slash commands: this GitLab says 400 Integration not available",
		"asana":                "Asana: this GitLab does not find it after it was set up",
		"jira-cloud-app":       "GitLab for Jira Cloud app: GitLab's API does not set it up. ",
	} {
		if got := there.lifecycle(t, acctest.Service(t, slug)); !strings.HasPrefix(got, want) {
			t.Errorf("%s: %q, want %q", slug, got, want)
		}
	}
}

// TestTheAcceptanceTestsTakeTheTLSSettings on a GitLab that wants a certificate
// of its clients and has one that nobody else trusts.
func TestTheAcceptanceTestsTakeTheTLSSettings(t *testing.T) {
	t.Parallel()
	fake := fakegitlab.New(fakegitlab.V18_9)
	fake.SetEdition(fakegitlab.Community)
	project := fake.AddProject("group/website")
	server := httptest.NewUnstartedServer(fake)
	server.TLS = &tls.Config{ClientAuth: tls.RequireAnyClientCert, MinVersion: tls.VersionTLS12}
	server.StartTLS()
	t.Cleanup(server.Close)
	certificate, key := pemFiles(t, server.TLS.Certificates[0])
	config := gitlab.Config{BaseURL: server.URL, Token: fake.Token(), ClientCert: certificate, ClientKey: key}
	for _, trust := range []func(*gitlab.Config){
		func(c *gitlab.Config) { c.CACertFile = certificate },
		func(c *gitlab.Config) { c.Insecure = true },
	} {
		trusting := config
		trust(&trusting)
		there := connect(t, trusting, project.Path,
			hcltext.Attribute{Name: "base_url", Value: trusting.BaseURL}, hcltext.Attribute{Name: "token", Value: trusting.Token})
		// It has settings that this edition lacks.
		if why := there.lifecycle(t, acctest.Service(t, "slack")); why != "" {
			t.Error(why)
		}
		if record, ok := fake.Record(project.Path, "slack"); !ok || record.Active {
			t.Errorf("afterwards there is %+v", record)
		}
	}
}

// pemFiles writes a certificate and its key, and gives their paths.
func pemFiles(t *testing.T, pair tls.Certificate) (certificate, key string) {
	t.Helper()
	private, err := x509.MarshalPKCS8PrivateKey(pair.PrivateKey)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	write := func(name, kind string, der []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	return write("cert.pem", "CERTIFICATE", pair.Certificate[0]), write("key.pem", "PRIVATE KEY", private)
}
