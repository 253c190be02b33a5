package cli

import (
	"context"
	"encoding/json"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"
)

// Serve serves a provider in this process until ctx ends. It gives how a CLI
// finds it, for [Folder.Reattach], and what is closed once it has ended.
func Serve(ctx context.Context, provider tfprotov6.ProviderServer, options ...tf6server.ServeOpt) (running string, ended <-chan struct{}, err error) {
	configs, closed, failed := make(chan *plugin.ReattachConfig, 1), make(chan struct{}), make(chan error, 1)
	options = append(options, tf6server.WithDebug(ctx, configs, closed),
		tf6server.WithGoPluginLogger(hclog.NewNullLogger()), tf6server.WithoutLogStderrOverride())
	go func() {
		failed <- tf6server.Serve(registries[0]+"/"+Source, func() tfprotov6.ProviderServer { return provider }, options...)
	}()
	select {
	case err := <-failed:
		return "", nil, err
	case config := <-configs:
		byAddress := map[string]any{}
		for _, registry := range registries {
			byAddress[registry+"/"+Source] = map[string]any{
				"Protocol": "grpc", "ProtocolVersion": 6, "Pid": config.Pid, "Test": true,
				"Addr": map[string]any{"Network": config.Addr.Network(), "String": config.Addr.String()},
			}
		}
		text, err := json.Marshal(byAddress)
		return string(text), closed, err
	}
}
