package provider

import (
	"cmp"
	"context"
	_ "embed"
	"errors"
	"os"
	"strings"

	"github.com/hashicorp/go-plugin"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/emptypb"
)

// Serve lets Terraform, which has started this process, speak to the provider
// until it has enough. With debug it waits for a Terraform that is told of it by
// TF_REATTACH_PROVIDERS, which it prints. The error is that of a process that was
// not started by Terraform, or that cannot listen.
func Serve(version string, debug bool) error {
	made := func() tfprotov6.ProviderServer { return NewServer(version) }
	if debug {
		tuneCollector()
		return tf6server.Serve(address, made, tf6server.WithManagedDebug())
	}
	if err := hush(); err != nil {
		return err
	}
	tuneCollector()
	if local(version) {
		return tf6server.Serve(address, made)
	}
	plugin.Serve(released(made))
	return nil
}

// local reports whether a build is that of a working copy, whose table may be
// another than the one that the schemas were kept of.
func local(version string) bool { return version == "dev" || strings.HasSuffix(version, "-dev") }

// keptSchemas is the answer with all schemas as it goes over the wire, which
// "make generate" keeps. Terraform waits for it at the start of each of its
// commands, and to make it takes longer than all the rest until it is there: a
// process that has only just started needs 4.4 ms of CPU without the framework and
// 9 ms with it, and 2 ms more to encode it.
//
//go:embed schemas.binpb
var keptSchemas []byte

// SchemaMessage makes the answer with all schemas, in protobuf's encoding. The
// error tells what of the table cannot be a schema. It switches off what the
// libraries log in this process, as [Serve] does.
//
// https://github.com/hashicorp/terraform/tree/main/docs/plugin-protocol
func SchemaMessage(ctx context.Context) ([]byte, error) {
	if err := hush(); err != nil {
		return nil, err
	}
	answer, err := tf6server.New(address, NewServer("dev")).GetProviderSchema(ctx, nil)
	if err != nil {
		return nil, err
	}
	return proto.MarshalOptions{Deterministic: true}.Marshal(answer)
}

// released serves as [tf6server.Serve] does (terraform-plugin-go 0.31), and
// answers with the kept schemas.
func released(made func() tfprotov6.ProviderServer) *plugin.ServeConfig {
	const (
		protocol   = 6
		maxMessage = 256 << 20 // bytes
		call       = "/tfplugin6.Provider/GetProviderSchema"
	)
	kept := &emptypb.Empty{}
	kept.ProtoReflect().SetUnknown(keptSchemas) // Encoded, it is what it does not know.
	answer := func(ctx context.Context, req any, info *grpc.UnaryServerInfo, handle grpc.UnaryHandler) (any, error) {
		if info.FullMethod == call {
			return kept, nil
		}
		return handle(ctx, req)
	}
	return &plugin.ServeConfig{
		HandshakeConfig: plugin.HandshakeConfig{
			ProtocolVersion:  protocol,
			MagicCookieKey:   "TF_PLUGIN_MAGIC_COOKIE",
			MagicCookieValue: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
		},
		Plugins: plugin.PluginSet{"provider": &tf6server.GRPCProviderPlugin{GRPCProvider: made, Name: address}},
		GRPCServer: func(options []grpc.ServerOption) *grpc.Server {
			return grpc.NewServer(append(options, grpc.MaxRecvMsgSize(maxMessage), grpc.MaxSendMsgSize(maxMessage), grpc.UnaryInterceptor(answer))...)
		},
	}
}

// providerLog is the level of the provider's own lines in the log.
const providerLog = "TF_LOG_PROVIDER_GITLABSERVICES"

// hush switches off a log that nobody reads. Terraform drops what a provider
// writes unless TF_LOG or TF_LOG_PROVIDER has a level, and does not tell it: the
// libraries (1.19 of the framework) write down to TRACE where theirs have none,
// dozens of lines a call, which take a third of the CPU.
func hush() error {
	if level := cmp.Or(os.Getenv("TF_LOG_PROVIDER"), os.Getenv("TF_LOG")); level != "" && !strings.EqualFold(level, "off") {
		return nil
	}
	var err error
	for _, name := range []string{providerLog, "TF_LOG_SDK", "TF_LOG_SDK_FRAMEWORK", "TF_LOG_SDK_PROTO"} {
		if os.Getenv(name) == "" {
			err = errors.Join(err, os.Setenv(name, "off"))
		}
	}
	return err
}
