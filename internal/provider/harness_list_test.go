package provider_test

import (
	"context"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// Query is what Terraform asks of a list resource.
type Query struct {
	// Config is the config block.
	Config map[string]any
	// Settings asks for the attributes too, as generated configuration needs them.
	Settings bool
	// Limit is the most results to give; 0 is any number.
	Limit int64
	// Enough ends the stream from Terraform's side after a result; nil never does.
	Enough func(Listed) bool
}

// Listed is one result of a list.
type Listed struct {
	Object
	// Name is the one shown to people.
	Name string
}

// ValidateQuery checks the config block of a list.
func (r *ProtocolResource) ValidateQuery(config map[string]any) Diagnostics {
	r.t.Helper()
	ctx, cancel := r.context()
	defer cancel()
	resp, err := r.lists().ValidateListResourceConfig(ctx, &tfprotov6.ValidateListResourceConfigRequest{
		TypeName: r.name, Config: r.dynamic(r.object(r.listBlock(), config)),
	})
	r.must(err)
	return diagnostics(resp.Diagnostics)
}

// Query runs a list to its end. As in Terraform, an error ends it, and a result
// without an identity must be an error or a warning.
func (r *ProtocolResource) Query(query Query) ([]Listed, Diagnostics) {
	r.t.Helper()
	ctx, cancel := r.context()
	defer cancel()
	// Terraform cancels a list that it has enough of.
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	config := query.Config
	if config == nil {
		config = map[string]any{}
	}
	stream, err := r.lists().ListResource(ctx, &tfprotov6.ListResourceRequest{
		TypeName: r.name, Config: r.dynamic(r.object(r.listBlock(), config)),
		IncludeResource: query.Settings, Limit: query.Limit,
	})
	r.must(err)
	var out []Listed
	var diags Diagnostics
	for result := range stream.Results {
		more := diagnostics(result.Diagnostics)
		diags = append(diags, more...)
		switch {
		case len(more.Errors()) > 0:
			return out, diags
		case result.Identity == nil && len(more) > 0:
			continue
		case result.Identity == nil:
			r.t.Fatalf("Terraform: missing identity data in a result of %s", r.name)
		}
		if !query.Settings && result.Resource != nil {
			r.t.Errorf("nobody asked for the settings that a result of %s has", r.name)
		}
		listed := Listed{Object: r.held(result.Resource, result.Identity, nil), Name: result.DisplayName}
		out = append(out, listed)
		if query.Enough != nil && query.Enough(listed) {
			break
		}
	}
	return out, diags
}

func (r *ProtocolResource) lists() tfprotov6.ListResourceServer {
	r.t.Helper()
	server, ok := r.server.(tfprotov6.ListResourceServer)
	if !ok {
		r.t.Fatal("the provider has no list resources")
	}
	return server
}

func (r *ProtocolResource) listBlock() *tfprotov6.SchemaBlock {
	r.t.Helper()
	schema := r.schemas.ListResourceSchemas[r.name]
	if schema == nil {
		r.t.Fatalf("the provider has no list resource %s", r.name)
	}
	return schema.Block
}

// ReadData validates and reads a data source by the name that follows the
// provider's: the type name of a service, or "services".
func (p *Protocol) ReadData(name string, config map[string]any) (map[string]any, Diagnostics) {
	p.t.Helper()
	name = "gitlabservices_" + name
	schema := p.schemas.DataSourceSchemas[name]
	if schema == nil {
		p.t.Fatalf("the provider has no data source %s", name)
	}
	ctx, cancel := p.context()
	defer cancel()
	block := p.dynamic(p.object(schema.Block, config))
	validated, err := p.server.ValidateDataResourceConfig(ctx, &tfprotov6.ValidateDataResourceConfigRequest{TypeName: name, Config: block})
	p.must(err)
	diags := diagnostics(validated.Diagnostics)
	if len(diags.Errors()) > 0 {
		return nil, diags
	}
	read, err := p.server.ReadDataSource(ctx, &tfprotov6.ReadDataSourceRequest{TypeName: name, Config: block})
	p.must(err)
	diags = append(diags, diagnostics(read.Diagnostics)...)
	if read.State == nil || len(diags.Errors()) > 0 {
		return nil, diags
	}
	state, err := read.State.Unmarshal(schema.Block.ValueType())
	p.must(err)
	return p.values(state), diags
}
