// Package provider is the Terraform provider: its configuration, and one
// generic resource, list and data source that serve every row of the catalog.
//
// The verbs of the resource have a file each: service_plan.go decides what a
// plan shows, service_write.go does that, service_read.go compares GitLab with
// the state, service_delete.go ends a service. What one apply must not undo is
// kept apart by the gate and the claims, what has to outlive it is the memory in
// private state, and diagnostics.go has the words of all errors and warnings.
package provider

import (
	"context"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/terraform-plugin-framework-validators/float64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/gitlab"
)

func newProvider(version string) *gitlabServices {
	return &gitlabServices{version: version, shapes: shapes()}
}

type gitlabServices struct {
	version string
	shapes  []*shape
	// configured is the instance that Configure has made; nil before.
	configured atomic.Pointer[instance]
}

var _ provider.ProviderWithListResources = (*gitlabServices)(nil)

// configuration is the provider block.
type configuration struct {
	BaseURL           types.String  `tfsdk:"base_url"`
	Token             types.String  `tfsdk:"token"`
	AuthScheme        types.String  `tfsdk:"auth_scheme"`
	CACertFile        types.String  `tfsdk:"cacert_file"`
	ClientCert        types.String  `tfsdk:"client_cert"`
	ClientKey         types.String  `tfsdk:"client_key"`
	Insecure          types.Bool    `tfsdk:"insecure"`
	Headers           types.Map     `tfsdk:"headers"`
	Retries           types.Int64   `tfsdk:"retries"`
	RequestsPerSecond types.Float64 `tfsdk:"requests_per_second"`
	RequestTimeout    types.String  `tfsdk:"request_timeout"`
	EarlyAuthCheck    types.Bool    `tfsdk:"early_auth_check"`
	DetectSecretDrift types.Bool    `tfsdk:"detect_secret_drift"`
	BatchRefresh      types.Bool    `tfsdk:"batch_refresh"`
}

const (
	defaultRetries        = 5
	defaultRequestTimeout = 60 * time.Second
)

func (p *gitlabServices) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "gitlabservices"
	resp.Version = p.version
}

func (p *gitlabServices) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Manages the integrations (services) of GitLab projects and groups: chat, issue trackers, CI, e-mail and all others. Every argument is optional.",
		Attributes: map[string]schema.Attribute{
			"base_url": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Address of GitLab's API, with or without `/api/v4`. Defaults to the environment variables `GITLAB_BASE_URL`, then `CI_API_V4_URL`, then `https://gitlab.com/api/v4`.",
				Validators:          []validator.String{webAddress},
			},
			"token": schema.StringAttribute{
				Optional: true, Sensitive: true,
				MarkdownDescription: "Personal, project or group access token with the scope `api`, or an OAuth token. Defaults to the environment variable `GITLAB_TOKEN`.",
			},
			"auth_scheme": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "How the token is sent: `private_token` (the default; the header `PRIVATE-TOKEN`) or `bearer` (for OAuth tokens).",
				Validators:          []validator.String{stringvalidator.OneOf("private_token", "bearer")},
			},
			"cacert_file": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Path of a file with certificates, in PEM, that are trusted in addition to those of the system.",
			},
			"client_cert": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Path of a file with a client certificate in PEM. Needs `client_key`.",
				Validators:          []validator.String{stringvalidator.AlsoRequires(path.MatchRoot("client_key"))},
			},
			"client_key": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Path of a file with the key of `client_cert` in PEM.",
				Validators:          []validator.String{stringvalidator.AlsoRequires(path.MatchRoot("client_cert"))},
			},
			"insecure": schema.BoolAttribute{
				Optional:            true,
				MarkdownDescription: "Whether to accept any TLS certificate. Defaults to `false`; prefer `cacert_file`.",
			},
			"headers": schema.MapAttribute{
				Optional: true, Sensitive: true, ElementType: types.StringType,
				MarkdownDescription: "Headers that are sent with every request, for proxies that want them.",
			},
			"retries": schema.Int64Attribute{
				Optional: true,
				MarkdownDescription: "How often to repeat a request after a rate limit, a server error or a lost connection. Defaults to `5`; `0` switches it off. " +
					"The waits in between grow from 1 to 30 seconds, about half a minute for five of them. Where GitLab asks for a longer wait, each may take up to two minutes; where it asks for more than that, the request fails at once.",
				Validators: []validator.Int64{int64validator.Between(0, 100)},
			},
			"requests_per_second": schema.Float64Attribute{
				Optional:            true,
				MarkdownDescription: "Limit of requests a second, for all operations together. No limit by default; a rate limit that GitLab announces is respected in any case.",
				Validators:          []validator.Float64{float64validator.AtLeast(0.01)},
			},
			"request_timeout": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Timeout of one request, such as `90s` or `2m`. Defaults to `60s`: GitLab may ask the service's own server before it answers.",
				Validators:          []validator.String{positiveDuration},
			},
			"early_auth_check": schema.BoolAttribute{
				Optional:            true,
				MarkdownDescription: "Whether to check the token with a request of its own before anything else. Defaults to the environment variable `GITLAB_EARLY_AUTH_CHECK`, then `false`.",
			},
			"detect_secret_drift": schema.BoolAttribute{
				Optional:            true,
				MarkdownDescription: "Whether a plan sends secrets again after a service was written outside Terraform. Defaults to `true`.",
			},
			"batch_refresh": schema.BoolAttribute{
				Optional: true,
				MarkdownDescription: "Whether a refresh lists the services of a project or group with one request, and reads a single one only where the list does not prove it unchanged. Defaults to `true`. " +
					"`false` reads every service, which also finds what an upgrade of GitLab itself has changed.",
			},
		},
	}
}

// Configure makes the client that all resources of one run share. It sends no
// request, unless early_auth_check asks for one.
func (p *gitlabServices) Configure(ctx context.Context, req provider.ConfigureRequest, resp *provider.ConfigureResponse) {
	var config configuration
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	inst := newInstance(unknownArguments(req.Config.Raw))
	inst.version = p.version
	p.configured.Store(inst)
	resp.ResourceData = inst
	resp.DataSourceData = inst
	resp.ListResourceData = inst
	if len(inst.unknown) > 0 {
		return
	}
	if !config.DetectSecretDrift.IsNull() {
		inst.detectSecretDrift = config.DetectSecretDrift.ValueBool()
	}
	if !config.BatchRefresh.IsNull() {
		inst.batchRefresh = config.BatchRefresh.ValueBool()
	}
	settings, diags := inst.settings(ctx, config)
	resp.Diagnostics.Append(diags...)
	check, from, ok := earlyCheck(config.EarlyAuthCheck)
	if !ok {
		resp.Diagnostics.Append(from.wrong("must be true or false"))
	}
	if resp.Diagnostics.HasError() {
		return
	}
	settings.UserAgent = p.userAgent(req.TerraformVersion)
	client, err := gitlab.NewClient(settings)
	if err != nil {
		resp.Diagnostics.Append(badArgument(err, inst))
		return
	}
	inst.client = client
	switch {
	case check:
		if err := client.CheckToken(ctx); err != nil {
			resp.Diagnostics.Append(tokenRefused(err, inst))
		}
	case client.Anonymous():
		resp.Diagnostics.Append(noToken(inst))
	}
}

// userAgent names the provider and what runs it. OpenTofu tells its own version
// where Terraform does, and not that it is another.
func (p *gitlabServices) userAgent(terraform string) string {
	agent := "terraform-provider-gitlabservices/" + p.version
	if terraform == "" {
		return agent
	}
	return agent + " Terraform/" + terraform
}

// earlyCheck tells whether the token is to be checked first. It is not ok where
// a variable says neither.
func earlyCheck(block types.Bool) (check bool, from source, ok bool) {
	if !block.IsNull() {
		return block.ValueBool(), from, true
	}
	value, from := lookUp("early_auth_check", types.StringNull())
	switch strings.ToLower(value) {
	case "true", "1":
		return true, from, true
	case "", "false", "0":
		return false, from, true
	}
	return false, from, false
}

// settings unites the block with the environment and the defaults.
func (i *instance) settings(ctx context.Context, config configuration) (gitlab.Config, diag.Diagnostics) {
	var diags diag.Diagnostics
	out := gitlab.Config{
		AuthScheme:     config.AuthScheme.ValueString(),
		CACertFile:     config.CACertFile.ValueString(),
		ClientCert:     config.ClientCert.ValueString(),
		ClientKey:      config.ClientKey.ValueString(),
		Insecure:       config.Insecure.ValueBool(),
		Retries:        defaultRetries,
		RequestTimeout: defaultRequestTimeout,
	}
	out.BaseURL, i.address = lookUp("base_url", config.BaseURL)
	out.Token, i.token = lookUp("token", config.Token)
	if hclog.LevelFromString(os.Getenv(providerLog)) != hclog.Off {
		out.Log = func(ctx context.Context, msg string, fields map[string]any) { tflog.Debug(ctx, msg, fields) }
	}
	if !config.Headers.IsNull() {
		diags.Append(config.Headers.ElementsAs(ctx, &out.Headers, false)...)
	}
	if !config.Retries.IsNull() {
		out.Retries = int(config.Retries.ValueInt64())
	}
	out.RequestsPerSecond = config.RequestsPerSecond.ValueFloat64()
	if !config.RequestTimeout.IsNull() {
		timeout, err := time.ParseDuration(config.RequestTimeout.ValueString())
		if err != nil {
			diags.AddAttributeError(path.Root("request_timeout"), "Invalid request_timeout", err.Error())
		}
		out.RequestTimeout = timeout
	}
	return out, diags
}

func (p *gitlabServices) Resources(context.Context) []func() resource.Resource {
	var out []func() resource.Resource
	for _, s := range p.shapes {
		out = append(out, func() resource.Resource { return newServiceResource(s) })
	}
	return out
}

func (p *gitlabServices) ListResources(context.Context) []func() list.ListResource {
	var out []func() list.ListResource
	for _, s := range p.shapes {
		out = append(out, func() list.ListResource { return newServiceResource(s) })
	}
	return out
}

func (p *gitlabServices) DataSources(context.Context) []func() datasource.DataSource {
	out := []func() datasource.DataSource{func() datasource.DataSource { return &inventoryDataSource{} }}
	for _, s := range p.shapes {
		out = append(out, func() datasource.DataSource { return &serviceDataSource{shape: s} })
	}
	return out
}

// unknownArguments names the arguments of the provider block whose values are
// not known yet, in part or as a whole.
func unknownArguments(block tftypes.Value) []string {
	var arguments map[string]tftypes.Value
	if block.As(&arguments) != nil {
		return nil
	}
	var names []string
	for name, value := range arguments {
		if !value.IsFullyKnown() {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
