package provider

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/metrics"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/types/known/emptypb"
)

// What has a process of the tests be the provider: its version, and where it
// notes how often it collects garbage.
const (
	serveAs    = "TEST_SERVE_AS"
	notesGOGC  = "TEST_NOTES_GOGC"
	inDebug    = "TEST_SERVE_IN_DEBUG"
	tunedTo    = 400
	afterwards = 10 * time.Second
)

// ServeInstead is the provider in place of the tests, where one of them has
// started this process; else it is false.
func ServeInstead() bool {
	version, is := os.LookupEnv(serveAs)
	if !is {
		return false
	}
	go noteGOGC(os.Getenv(notesGOGC))
	if err := Serve(version, os.Getenv(inDebug) != ""); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	return true
}

func noteGOGC(file string) {
	sample := []metrics.Sample{{Name: "/gc/gogc:percent"}, {Name: "/gc/gomemlimit:bytes"}}
	for ; ; time.Sleep(5 * time.Millisecond) {
		if metrics.Read(sample); sample[0].Value.Uint64() == tunedTo && sample[1].Value.Uint64() < 1<<40 {
			_ = os.WriteFile(file, nil, 0o600)
			return
		}
	}
}

// TestServe starts the provider as Terraform does. A release answers with the kept
// schemas, and to all else as any build: that the kept ones are those of the table
// is checked where they are made.
func TestServe(t *testing.T) {
	t.Parallel()
	for _, version := range []string{"1.0.0", "dev"} {
		t.Run(version, func(t *testing.T) {
			t.Parallel()
			tuned := filepath.Join(t.TempDir(), "tuned")
			conn := started(t, serveAs+"="+version, notesGOGC+"="+tuned)
			schemas := asked(t, conn, "GetProviderSchema")
			if kept := bytes.Equal(schemas, keptSchemas); len(schemas) != len(keptSchemas) || kept == (version == "dev") {
				t.Errorf("%d bytes of schemas, and %d are kept; they are those: %t", len(schemas), len(keptSchemas), kept)
			}
			if identities := asked(t, conn, "GetResourceIdentitySchemas"); !bytes.Contains(identities, []byte("gitlabservices_slack")) || len(identities) == len(schemas) {
				t.Errorf("%d bytes of identities", len(identities))
			}
			expectTuned(t, tuned)
		})
	}
}

// expectTuned waits until a process has noted that its collector is set.
func expectTuned(t *testing.T, file string) {
	t.Helper()
	for begin := time.Now(); ; time.Sleep(5 * time.Millisecond) {
		if _, err := os.Stat(file); err == nil {
			return
		}
		if time.Since(begin) > afterwards {
			t.Fatal("the collector is as Go has it")
		}
	}
}

// TestTheKeptSchemasAreThoseOfTheTable, as make generate makes them.
func TestTheKeptSchemasAreThoseOfTheTable(t *testing.T) {
	for _, name := range []string{providerLog, "TF_LOG_SDK", "TF_LOG_SDK_FRAMEWORK", "TF_LOG_SDK_PROTO"} {
		t.Setenv(name, os.Getenv(name)) // So that it is as it was, afterwards.
	}
	made, err := SchemaMessage(t.Context())
	if err != nil || !bytes.Equal(made, keptSchemas) {
		t.Errorf("%d bytes are made, and %d are kept: %v", len(made), len(keptSchemas), err)
	}
}

// TestAReleaseIsAPluginAsTerraformKnowsThem: its version of the protocol, and what
// tells a plugin from any other program.
func TestAReleaseIsAPluginAsTerraformKnowsThem(t *testing.T) {
	t.Parallel()
	want := plugin.HandshakeConfig{ProtocolVersion: 6, MagicCookieKey: "TF_PLUGIN_MAGIC_COOKIE", MagicCookieValue: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2"}
	if got := released(nil).HandshakeConfig; got != want {
		t.Errorf("it is %+v", got)
	}
}

// TestServeLeavesTheCollectorToWhoeverHasSetIt.
func TestServeLeavesTheCollectorToWhoeverHasSetIt(t *testing.T) {
	t.Parallel()
	tuned := filepath.Join(t.TempDir(), "tuned")
	conn := started(t, serveAs+"=1.0.0", notesGOGC+"="+tuned, "GOGC=50")
	asked(t, conn, "GetProviderSchema")
	time.Sleep(50 * time.Millisecond) // Ten times as long as it takes to be noted.
	if _, err := os.Stat(tuned); err == nil {
		t.Error("the collector is as the provider wants it")
	}
}

// TestServeForADebugger tells the Terraform that is to come where it is, and works
// as it does without one.
func TestServeForADebugger(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	cmd := exec.CommandContext(ctx, os.Args[0])
	tuned := filepath.Join(t.TempDir(), "tuned")
	cmd.Env = append(unsetCollector(), serveAs+"=1.0.0", inDebug+"=1", notesGOGC+"="+tuned)
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	said := ""
	for lines := bufio.NewScanner(out); lines.Scan() && !strings.Contains(said, address); {
		said += lines.Text() + "\n"
	}
	expectTuned(t, tuned)
	cancel()
	_ = cmd.Wait() // It was killed.
	if !strings.Contains(said, "TF_REATTACH_PROVIDERS=") || !strings.Contains(said, `{"`+address+`":`) {
		t.Errorf("it says %s", said)
	}
}

func TestServeFailsWithoutTerraform(t *testing.T) {
	t.Parallel()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), serveAs+"=1.0.0")
	out, err := cmd.CombinedOutput()
	if err == nil || !strings.Contains(string(out), "plugin") {
		t.Errorf("%v: %s", err, out)
	}
}

// asked is the answer to a call without arguments.
func asked(t *testing.T, conn *grpc.ClientConn, call string) []byte {
	t.Helper()
	var answer emptypb.Empty
	if err := conn.Invoke(t.Context(), "/tfplugin6.Provider/"+call, &emptypb.Empty{}, &answer, grpc.MaxCallRecvMsgSize(64<<20)); err != nil {
		t.Fatalf("%s: %v", call, err)
	}
	return answer.ProtoReflect().GetUnknown()
}

// started is a connection to a provider in a process of its own.
func started(t *testing.T, env ...string) *grpc.ClientConn {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(unsetCollector(), env...)
	client := plugin.NewClient(&plugin.ClientConfig{
		HandshakeConfig: released(nil).HandshakeConfig, Cmd: cmd, SkipHostEnv: true, Logger: hclog.NewNullLogger(),
		AllowedProtocols: []plugin.Protocol{plugin.ProtocolGRPC}, AutoMTLS: true, Plugins: plugin.PluginSet{"provider": connection{}},
	})
	t.Cleanup(client.Kill)
	protocol, err := client.Client()
	if err != nil {
		t.Fatal(err)
	}
	dispensed, err := protocol.Dispense("provider")
	if err != nil {
		t.Fatal(err)
	}
	conn, _ := dispensed.(*grpc.ClientConn)
	return conn
}

// unsetCollector is the environment of the tests without what they set of the
// collector.
func unsetCollector() []string {
	return slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, "GOGC=") || strings.HasPrefix(v, "GOMEMLIMIT=") })
}

// connection is the whole plugin, as a client sees it.
type connection struct{ plugin.NetRPCUnsupportedPlugin }

func (connection) GRPCServer(*plugin.GRPCBroker, *grpc.Server) error {
	return errors.New("only a client")
}

func (connection) GRPCClient(_ context.Context, _ *plugin.GRPCBroker, conn *grpc.ClientConn) (any, error) {
	return conn, nil
}

func TestABuildOfAWorkingCopyMakesItsSchemas(t *testing.T) {
	t.Parallel()
	var locals []string
	for _, version := range []string{"dev", "1.0.0-dev", "1.0.0", "1.0.0-rc.1", "1.0.0-snapshot", "0.0.1"} {
		if local(version) {
			locals = append(locals, version)
		}
	}
	if !slices.Equal(locals, []string{"dev", "1.0.0-dev"}) {
		t.Errorf("%q make them", locals)
	}
}
