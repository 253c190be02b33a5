package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"
)

// running is a provider in a process of its own, spoken to as Terraform does:
// over its protocol 5 or 6. The messages are put together by hand (message.go),
// because the library keeps their types to itself.
type running struct {
	process *plugin.Client
	conn    *grpc.ClientConn
	version int
	pid     int
	types   map[string]resourceSchema
	// schemaBytes is how long the answer with all schemas is.
	schemaBytes int
	block       []string // the arguments of the provider
	used        usage    // when it was last looked at
}

// start starts the program and asks for its schemas, which is the first thing
// that Terraform does.
func start(ctx context.Context, program string) (*running, error) {
	cmd := exec.CommandContext(ctx, program)
	cmd.Env = environment()
	p := &running{process: plugin.NewClient(&plugin.ClientConfig{
		HandshakeConfig: plugin.HandshakeConfig{
			MagicCookieKey:   "TF_PLUGIN_MAGIC_COOKIE",
			MagicCookieValue: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
		},
		VersionedPlugins: map[int]plugin.PluginSet{5: {"provider": connection{}}, 6: {"provider": connection{}}},
		Cmd:              cmd,
		SkipHostEnv:      true,
		AllowedProtocols: []plugin.Protocol{plugin.ProtocolGRPC},
		AutoMTLS:         true,
		Logger:           hclog.NewNullLogger(),
		SyncStdout:       io.Discard,
		SyncStderr:       io.Discard,
	})}
	client, err := p.process.Client()
	if err != nil {
		return nil, err
	}
	dispensed, err := client.Dispense("provider")
	if err != nil {
		p.stop()
		return nil, err
	}
	conn, ok := dispensed.(*grpc.ClientConn)
	if !ok {
		p.stop()
		return nil, errors.New("the provider speaks no gRPC")
	}
	p.conn, p.version, p.pid = conn, p.process.NegotiatedVersion(), cmd.Process.Pid
	if err := p.askSchemas(ctx); err != nil {
		p.stop()
		return nil, err
	}
	return p, nil
}

func (p *running) stop() { p.process.Kill() }

// call sends a message. The name is that of protocol 6.
func (p *running) call(ctx context.Context, name string, request message) (fields, error) {
	if older, ok := inVersion5[name]; ok && p.version == 5 {
		name = older
	}
	var answer message
	method := fmt.Sprintf("/tfplugin%d.Provider/%s", p.version, name)
	if err := p.conn.Invoke(ctx, method, &request, &answer, grpc.ForceCodec(opaque{}), grpc.MaxCallRecvMsgSize(64<<20)); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return parse(answer)
}

// inVersion5 are the calls that protocol 5 has under another name.
var inVersion5 = map[string]string{
	"GetProviderSchema": "GetSchema", "ConfigureProvider": "Configure", "ValidateResourceConfig": "ValidateResourceTypeConfig",
}

// connection is the whole plugin.
type connection struct{ plugin.NetRPCUnsupportedPlugin }

func (connection) GRPCServer(*plugin.GRPCBroker, *grpc.Server) error {
	return errors.New("only a client")
}

func (connection) GRPCClient(_ context.Context, _ *plugin.GRPCBroker, conn *grpc.ClientConn) (any, error) {
	return conn, nil
}

// opaque is the codec of messages that are bytes already.
type opaque struct{}

func (opaque) Name() string { return "proto" }

func (opaque) Marshal(v any) ([]byte, error) {
	if m, ok := v.(*message); ok {
		return *m, nil
	}
	return nil, fmt.Errorf("%T is no message", v)
}

func (opaque) Unmarshal(data []byte, v any) error {
	m, ok := v.(*message)
	if !ok {
		return fmt.Errorf("%T is no message", v)
	}
	*m = bytes.Clone(data)
	return nil
}

// environment is that of the process without its settings of the collector: the
// programs choose their own.
func environment() []string {
	return slices.DeleteFunc(os.Environ(), func(variable string) bool {
		return strings.HasPrefix(variable, "GOGC=") || strings.HasPrefix(variable, "GOMEMLIMIT=")
	})
}
