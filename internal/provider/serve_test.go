package provider

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/types/known/emptypb"
)

// TestAReleaseAnswersWithTheKeptSchemas, and all else as the server does that it
// has. That the kept ones are those of the table is checked where they are made.
func TestAReleaseAnswersWithTheKeptSchemas(t *testing.T) {
	conn := served(t, released(func() tfprotov6.ProviderServer { return NewServer("test") }))
	for call, want := range map[string]func(answer []byte) bool{
		"GetProviderSchema":          func(answer []byte) bool { return bytes.Equal(answer, keptSchemas) },
		"GetResourceIdentitySchemas": func(answer []byte) bool { return bytes.Contains(answer, []byte("gitlabservices_slack")) },
		"StopProvider":               func(answer []byte) bool { return len(answer) == 0 },
	} {
		var answer emptypb.Empty
		if err := conn.Invoke(t.Context(), "/tfplugin6.Provider/"+call, &emptypb.Empty{}, &answer, grpc.MaxCallRecvMsgSize(64<<20)); err != nil {
			t.Errorf("%s: %v", call, err)
		} else if raw := answer.ProtoReflect().GetUnknown(); !want(raw) {
			t.Errorf("%s answers %d bytes", call, len(raw))
		}
	}
}

// served starts a plugin in this process, and connects to it.
func served(t *testing.T, config *plugin.ServeConfig) *grpc.ClientConn {
	t.Helper()
	for _, name := range []string{"TF_LOG_SDK", "TF_LOG_SDK_FRAMEWORK", "TF_LOG_SDK_PROTO"} {
		t.Setenv(name, "off")
	}
	ctx, cancel := context.WithCancel(context.Background())
	running, ended := make(chan *plugin.ReattachConfig), make(chan struct{})
	config.Logger = hclog.NewNullLogger()
	config.Test = &plugin.ServeTestConfig{Context: ctx, ReattachConfigCh: running, CloseCh: ended}
	go plugin.Serve(config)
	t.Cleanup(func() { cancel(); <-ended })
	select {
	case at := <-running:
		client := plugin.NewClient(&plugin.ClientConfig{
			HandshakeConfig: config.HandshakeConfig, Reattach: at, Logger: hclog.NewNullLogger(), AllowedProtocols: []plugin.Protocol{plugin.ProtocolGRPC},
			Plugins: plugin.PluginSet{"provider": connection{}},
		})
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
	case <-time.After(time.Minute):
		t.Fatal("the provider does not start")
		return nil
	}
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
