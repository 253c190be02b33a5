package provider

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/gitlab"
)

// address is the provider's name in the registry, which Terraform and the
// binary must agree on.
const address = "registry.terraform.io/gitlabservices/gitlabservices"

// NewServer makes the provider as Terraform speaks to it, not configured yet.
// version is its own release, such as "1.2.3", which it tells GitLab in the
// User-Agent header; "dev" for builds that are none.
func NewServer(version string) tfprotov6.ProviderServer {
	p := newProvider(version)
	inner := providerserver.NewProtocol6(p)()
	framework, ok := inner.(frameworkServer)
	if !ok {
		return inner
	}
	return &server{frameworkServer: framework, provider: p}
}

// frameworkServer is all that the framework's server answers. The library asks
// whether a server has what is beside [tfprotov6.ProviderServer]: one around the
// framework's that lacks it has no lists.
type frameworkServer interface {
	tfprotov6.ProviderServer
	tfprotov6.ListResourceServer
	tfprotov6.ActionServer
	tfprotov6.StateStoreServer
}

// server stands around the framework's, which answers whatever is not answered
// here: nothing but how much a call costs is another.
type server struct {
	frameworkServer
	provider *gitlabServices
	calls    calls
}

// schemas are all schemas, as the framework makes them, once a process: one of
// tests asks hundreds of times. They do not depend on the version. Who gets them
// must not change them.
var schemas = sync.OnceValues(func() (*tfprotov6.GetProviderSchemaResponse, error) {
	return providerserver.NewProtocol6(newProvider("dev"))().GetProviderSchema(context.Background(), &tfprotov6.GetProviderSchemaRequest{})
})

// GetProviderSchema gives the one answer that there is.
func (s *server) GetProviderSchema(context.Context, *tfprotov6.GetProviderSchemaRequest) (*tfprotov6.GetProviderSchemaResponse, error) {
	return schemas()
}

// StopProvider cancels all calls that run.
func (s *server) StopProvider(ctx context.Context, req *tfprotov6.StopProviderRequest) (*tfprotov6.StopProviderResponse, error) {
	s.calls.cancel()
	return s.frameworkServer.StopProvider(ctx, req)
}

// The calls that come once a resource, data source or list. What comes once a
// process goes to the framework's server as it is.

func (s *server) ValidateResourceConfig(ctx context.Context, req *tfprotov6.ValidateResourceConfigRequest) (*tfprotov6.ValidateResourceConfigResponse, error) {
	if resp := valid(ctx, req); resp != nil {
		return resp, nil
	}
	return during(ctx, &s.calls, req, s.frameworkServer.ValidateResourceConfig)
}

func (s *server) UpgradeResourceState(ctx context.Context, req *tfprotov6.UpgradeResourceStateRequest) (*tfprotov6.UpgradeResourceStateResponse, error) {
	if resp := upgraded(req); resp != nil {
		return resp, nil
	}
	return during(ctx, &s.calls, req, s.frameworkServer.UpgradeResourceState)
}

func (s *server) UpgradeResourceIdentity(ctx context.Context, req *tfprotov6.UpgradeResourceIdentityRequest) (*tfprotov6.UpgradeResourceIdentityResponse, error) {
	return during(ctx, &s.calls, req, s.frameworkServer.UpgradeResourceIdentity)
}

func (s *server) ReadResource(ctx context.Context, req *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	return during(ctx, &s.calls, req, func(ctx context.Context, req *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
		ctx, _ = gitlab.WithWaits(ctx) // Both ways are one operation.
		if resp := s.provider.configured.Load().unchangedRead(ctx, req); resp != nil {
			return resp, nil
		}
		return s.frameworkServer.ReadResource(ctx, req)
	})
}

func (s *server) PlanResourceChange(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	return during(ctx, &s.calls, req, func(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
		if resp := s.provider.configured.Load().unchangedPlan(ctx, req); resp != nil {
			return resp, nil
		}
		return s.frameworkServer.PlanResourceChange(ctx, req)
	})
}

func (s *server) ApplyResourceChange(ctx context.Context, req *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	return during(ctx, &s.calls, req, s.frameworkServer.ApplyResourceChange)
}

func (s *server) ImportResourceState(ctx context.Context, req *tfprotov6.ImportResourceStateRequest) (*tfprotov6.ImportResourceStateResponse, error) {
	return during(ctx, &s.calls, req, s.frameworkServer.ImportResourceState)
}

func (s *server) MoveResourceState(ctx context.Context, req *tfprotov6.MoveResourceStateRequest) (*tfprotov6.MoveResourceStateResponse, error) {
	return during(ctx, &s.calls, req, s.frameworkServer.MoveResourceState)
}

func (s *server) GenerateResourceConfig(ctx context.Context, req *tfprotov6.GenerateResourceConfigRequest) (*tfprotov6.GenerateResourceConfigResponse, error) {
	return during(ctx, &s.calls, req, s.frameworkServer.GenerateResourceConfig)
}

func (s *server) ValidateDataResourceConfig(ctx context.Context, req *tfprotov6.ValidateDataResourceConfigRequest) (*tfprotov6.ValidateDataResourceConfigResponse, error) {
	return during(ctx, &s.calls, req, s.frameworkServer.ValidateDataResourceConfig)
}

func (s *server) ReadDataSource(ctx context.Context, req *tfprotov6.ReadDataSourceRequest) (*tfprotov6.ReadDataSourceResponse, error) {
	return during(ctx, &s.calls, req, s.frameworkServer.ReadDataSource)
}

func (s *server) ValidateListResourceConfig(ctx context.Context, req *tfprotov6.ValidateListResourceConfigRequest) (*tfprotov6.ValidateListResourceConfigResponse, error) {
	return during(ctx, &s.calls, req, s.frameworkServer.ValidateListResourceConfig)
}

// ListResource is over when its stream is: the framework returns before the
// first result is looked for.
func (s *server) ListResource(ctx context.Context, req *tfprotov6.ListResourceRequest) (*tfprotov6.ListResourceServerStream, error) {
	ctx, end := s.calls.begin(ctx)
	stream, err := s.frameworkServer.ListResource(ctx, req)
	if stream == nil {
		end()
		return stream, err
	}
	results := stream.Results
	stream.Results = func(push func(tfprotov6.ListResourceResult) bool) {
		defer end()
		results(push)
	}
	return stream, err
}

// calls are those that run.
type calls struct {
	mu      sync.Mutex
	running map[*callContext]context.CancelFunc
}

// during answers a call with a context that ends with it.
func during[Req, Resp any](ctx context.Context, c *calls, req Req, answer func(context.Context, Req) (Resp, error)) (Resp, error) {
	ctx, end := c.begin(ctx)
	defer end()
	return answer(ctx, req)
}

// begin gives the context of a call, and what ends it.
func (c *calls) begin(parent context.Context) (context.Context, func()) {
	ctx, cancel := context.WithCancel(parent)
	call := &callContext{}
	call.parent.Store(&ctx)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.running == nil {
		c.running = map[*callContext]context.CancelFunc{}
	}
	c.running[call] = cancel
	return call, func() {
		cancel()
		call.parent.Store(nil)
		c.mu.Lock()
		defer c.mu.Unlock()
		delete(c.running, call)
	}
}

// cancel cancels all of them; each ends in its own time.
func (c *calls) cancel() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, cancel := range c.running {
		cancel()
	}
}

// callContext is the context of one call. It forgets its parent when the call is
// over: the framework (1.19) keeps a context of every call until its process
// ends, and what hangs on one, loggers above all, is 20 to 40 KB.
type callContext struct {
	parent atomic.Pointer[context.Context]
}

// over is what a callContext is afterwards.
var over = func() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}()

func (c *callContext) context() context.Context {
	if parent := c.parent.Load(); parent != nil {
		return *parent
	}
	return over
}

// Deadline is that of the parent.
func (c *callContext) Deadline() (time.Time, bool) { return c.context().Deadline() }

// Done is closed when the parent is cancelled, and when the call is over.
func (c *callContext) Done() <-chan struct{} { return c.context().Done() }

// Err is that of the parent; the end of a call cancels.
func (c *callContext) Err() error { return c.context().Err() }

// Value is that of the parent, until the call is over.
func (c *callContext) Value(key any) any { return c.context().Value(key) }
