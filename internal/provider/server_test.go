package provider

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-log/tflogtest"
)

// The library finds out by the methods of a server what it can do.
func TestEveryMethodOfTheFrameworksServerIsThere(t *testing.T) {
	framework := reflect.TypeOf(providerserver.NewProtocol6(newProvider("test"))())
	ours := reflect.TypeOf(NewServer("test"))
	if ours == framework {
		t.Fatal("NewServer gives the framework's server: that does not have all methods of frameworkServer")
	}
	for want := range framework.Methods() {
		got, ok := ours.MethodByName(want.Name)
		if !ok {
			t.Errorf("the framework's server has %s, and ours has not", want.Name)
			continue
		}
		for i := 1; i < want.Type.NumIn(); i++ {
			if got.Type.In(i) != want.Type.In(i) {
				t.Errorf("%s takes %s, and the framework's %s", want.Name, got.Type, want.Type)
			}
		}
	}
}

// weight is what a context carries in the test below, as loggers do in real
// ones.
type weight struct{}

// The framework remembers a context of every call: a thousand of them with all
// that hangs on them are 20 to 40 MB.
func TestNoCallIsRememberedWhenItIsOver(t *testing.T) {
	const calls, carried, limit = 1000, 20 << 10, 1 << 20
	server := NewServer("test")
	for _, kind := range []reflect.Type{
		reflect.TypeFor[tfprotov6.ResourceServer](),
		reflect.TypeFor[tfprotov6.DataSourceServer](),
		reflect.TypeFor[tfprotov6.ListResourceServer](),
	} {
		for method := range kind.Methods() {
			call := reflect.ValueOf(server).MethodByName(method.Name)
			request := reflect.New(call.Type().In(1).Elem())
			request.Elem().FieldByName(typeNameOf(request.Elem().Type())).SetString("gitlabservices_external_wiki")
			round := func() {
				for range calls {
					ctx := context.WithValue(t.Context(), weight{}, make([]byte, carried))
					answers := call.Call([]reflect.Value{reflect.ValueOf(ctx), request})
					if stream, ok := answers[0].Interface().(*tfprotov6.ListResourceServerStream); ok {
						for range stream.Results {
							continue
						}
					}
				}
			}
			round()
			before := allocated()
			round()
			if grown := allocated() - before; grown > limit {
				t.Errorf("after %d more calls of %s the heap is larger by %d bytes, want at most %d", calls, method.Name, grown, limit)
			}
		}
	}
	runtime.KeepAlive(server)
}

func typeNameOf(request reflect.Type) string {
	if _, ok := request.FieldByName("TypeName"); ok {
		return "TypeName"
	}
	return "TargetTypeName"
}

func allocated() int64 {
	runtime.GC()
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return int64(stats.HeapAlloc)
}

// waiting is a framework's server whose reads take until they are cancelled, and
// whose lists have a result in which they look at their context.
type waiting struct {
	frameworkServer
	started chan struct{}
}

var errWaited = errors.New("cancelled")

func (w waiting) ReadResource(ctx context.Context, _ *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	close(w.started)
	<-ctx.Done()
	return nil, errors.Join(errWaited, ctx.Err())
}

func (w waiting) ListResource(ctx context.Context, _ *tfprotov6.ListResourceRequest) (*tfprotov6.ListResourceServerStream, error) {
	return &tfprotov6.ListResourceServerStream{Results: func(push func(tfprotov6.ListResourceResult) bool) {
		for ctx.Err() == nil && ctx.Value(weight{}) != nil && push(tfprotov6.ListResourceResult{}) {
			continue
		}
	}}, nil
}

func (w waiting) StopProvider(context.Context, *tfprotov6.StopProviderRequest) (*tfprotov6.StopProviderResponse, error) {
	return &tfprotov6.StopProviderResponse{}, nil
}

func TestARunningCallIsCancelled(t *testing.T) {
	for by, cancel := range map[string]func(*server, context.CancelFunc){
		"its parent": func(_ *server, cancel context.CancelFunc) { cancel() },
		"a stop": func(s *server, _ context.CancelFunc) {
			_, _ = s.StopProvider(t.Context(), &tfprotov6.StopProviderRequest{})
		},
	} {
		t.Run(by, func(t *testing.T) {
			ctx, end := context.WithCancel(t.Context())
			defer end()
			framework := waiting{started: make(chan struct{})}
			s := &server{frameworkServer: framework, provider: newProvider("test")}
			go func() {
				<-framework.started
				cancel(s, end)
			}()
			if _, err := s.ReadResource(ctx, &tfprotov6.ReadResourceRequest{}); !errors.Is(err, errWaited) || !errors.Is(err, context.Canceled) {
				t.Errorf("the call ended with %v", err)
			}
			if n := len(s.calls.running); n != 0 {
				t.Errorf("%d calls are taken for running", n)
			}
		})
	}
}

// TestAStopCancelsAllCallsThatRun, not the last alone.
func TestAStopCancelsAllCallsThatRun(t *testing.T) {
	t.Parallel()
	var c calls
	var running []context.Context
	for range 3 {
		ctx, end := c.begin(t.Context())
		defer end()
		running = append(running, ctx)
	}
	c.cancel()
	for i, ctx := range running {
		if ctx.Err() == nil {
			t.Errorf("call %d goes on", i)
		}
	}
	ctx, end := c.begin(t.Context())
	end()
	select {
	case <-ctx.Done():
	default:
		t.Error("a call that is over is not done")
	}
	if !errors.Is(ctx.Err(), context.Canceled) {
		t.Errorf("a call that is over ended with %v", ctx.Err())
	}
}

// TestCallsThatGoOnToTheFrameworkHaveItsAnswer where nothing else asks for them.
func TestCallsThatGoOnToTheFrameworkHaveItsAnswer(t *testing.T) {
	t.Parallel()
	s := NewServer("test")
	identity, err := s.UpgradeResourceIdentity(t.Context(), &tfprotov6.UpgradeResourceIdentityRequest{
		TypeName: "gitlabservices_slack", RawIdentity: &tfprotov6.RawState{JSON: []byte(`{"project":"g/p"}`)},
	})
	if err != nil || identity == nil {
		t.Errorf("the identity is %v: %v", identity, err)
	}
	of, _ := typeNamed("gitlabservices_external_wiki")
	values := map[string]tftypes.Value{}
	kinds := map[string]tftypes.Type{}
	for _, a := range of.attributes {
		kinds[a.name], values[a.name] = a.wire, tftypes.NewValue(a.wire, nil)
	}
	values["project"] = tftypes.NewValue(tftypes.String, "g/p")
	object := tftypes.Object{AttributeTypes: kinds}
	state, err := tfprotov6.NewDynamicValue(object, tftypes.NewValue(object, values))
	if err != nil {
		t.Fatal(err)
	}
	generated, err := s.GenerateResourceConfig(t.Context(), &tfprotov6.GenerateResourceConfigRequest{TypeName: "gitlabservices_external_wiki", State: &state})
	if err != nil || generated == nil || generated.Config == nil {
		t.Errorf("the configuration is %v: %v", generated, err)
	}
}

func TestAListIsOverWhenItsStreamIs(t *testing.T) {
	s := &server{frameworkServer: waiting{}, provider: newProvider("test")}
	stream, err := s.ListResource(context.WithValue(t.Context(), weight{}, true), nil)
	if err != nil {
		t.Fatal(err)
	}
	results := 0
	for range stream.Results {
		if results++; results == 3 {
			break
		}
	}
	if results != 3 {
		t.Errorf("the list ended after %d results", results)
	}
	for range stream.Results {
		t.Fatal("a list that is over goes on")
	}
	if n := len(s.calls.running); n != 0 {
		t.Errorf("%d calls are taken for running", n)
	}
}

// silent is a framework's server that gives no list, with an error or without.
type silent struct {
	frameworkServer
	err error
}

func (s silent) ListResource(context.Context, *tfprotov6.ListResourceRequest) (*tfprotov6.ListResourceServerStream, error) {
	return nil, s.err
}

func TestACallThatGivesNoListIsOver(t *testing.T) {
	for _, want := range []error{nil, errWaited} {
		s := &server{frameworkServer: silent{err: want}, provider: newProvider("test")}
		if stream, err := s.ListResource(t.Context(), nil); stream != nil || !errors.Is(err, want) {
			t.Errorf("gives %v, %v", stream, err)
		}
		if n := len(s.calls.running); n != 0 {
			t.Errorf("%d calls are taken for running", n)
		}
	}
}

// A line of the client's goes to the log that Terraform has given the call.
func TestTheClientsLinesAreInTheLog(t *testing.T) {
	t.Setenv(providerLog, "DEBUG")
	settings, _ := new(instance).settings(t.Context(), configuration{})
	var log bytes.Buffer
	settings.Log(tflogtest.RootLogger(t.Context(), &log), "a request", map[string]any{"method": "GET"})
	if !strings.Contains(log.String(), `"a request"`) || !strings.Contains(log.String(), `"method":"GET"`) {
		t.Errorf("the log is %q", log.String())
	}
	t.Setenv(providerLog, "off")
	if settings, _ := new(instance).settings(t.Context(), configuration{}); settings.Log != nil {
		t.Error("lines are made that nobody reads")
	}
}

// Terraform starts the provider with a cookie in its environment, and reads from
// its output where it listens.
func TestTheProviderIsServed(t *testing.T) {
	if os.Getenv("TF_PLUGIN_MAGIC_COOKIE") != "" {
		if err := Serve("test", false); err != nil {
			t.Fatal(err)
		}
		return
	}
	served := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestTheProviderIsServed$")
	served.Env = append(os.Environ(), "TF_PLUGIN_MAGIC_COOKIE=d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2")
	out, err := served.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := served.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || !strings.HasPrefix(line, "1|6|unix|") && !strings.HasPrefix(line, "1|6|tcp|") {
		t.Errorf("it says %q: %v", line, err)
	}
	_ = served.Process.Kill()
	_ = served.Wait()
}

// Terraform reads the log of a provider while TF_LOG or TF_LOG_PROVIDER has a
// level, of which the latter wins.
func TestTheLogIsOffWhileNobodyReadsIt(t *testing.T) {
	const provider, sdk = "TF_LOG_PROVIDER_GITLABSERVICES", "TF_LOG_SDK"
	for _, c := range []struct {
		set  map[string]string
		want map[string]string
	}{
		{nil, map[string]string{provider: "off", sdk: "off", "TF_LOG_SDK_PROTO": "off", "TF_LOG_SDK_FRAMEWORK": "off"}},
		{map[string]string{"TF_LOG": "OFF"}, map[string]string{provider: "off", sdk: "off"}},
		{map[string]string{"TF_LOG": "trace", "TF_LOG_PROVIDER": "off"}, map[string]string{provider: "off", sdk: "off"}},
		{map[string]string{"TF_LOG_CORE": "trace"}, map[string]string{provider: "off", sdk: "off"}},
		{map[string]string{"TF_LOG": "debug"}, map[string]string{provider: "", sdk: ""}},
		{map[string]string{"TF_LOG": "off", "TF_LOG_PROVIDER": "error"}, map[string]string{provider: "", sdk: ""}},
		{map[string]string{sdk: "trace"}, map[string]string{provider: "off", sdk: "trace"}},
	} {
		t.Run(fmt.Sprint(c.set), func(t *testing.T) {
			for _, name := range []string{"TF_LOG", "TF_LOG_CORE", "TF_LOG_PROVIDER", provider, sdk, "TF_LOG_SDK_PROTO", "TF_LOG_SDK_FRAMEWORK"} {
				t.Setenv(name, c.set[name])
			}
			if err := hush(); err != nil {
				t.Fatal(err)
			}
			for name, want := range c.want {
				if got := os.Getenv(name); got != want {
					t.Errorf("%s is %q, want %q", name, got, want)
				}
			}
		})
	}
}
