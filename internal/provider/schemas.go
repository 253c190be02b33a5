package provider

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// schemas puts all schemas together, once a process: Terraform waits for them at
// the start of each of its commands, and a test process asks hundreds of times.
// They do not depend on the version. Who gets them must not change them.
//
// The framework makes what is there once. Those of the types, of which there are
// some hundred, are made here, half of them beside the other half: the framework
// (1.19) takes most of its time for a path to each attribute and for a look at
// its name, which is a matter of tests.
var schemas = sync.OnceValues(func() (*tfprotov6.GetProviderSchemaResponse, error) {
	half := len(shapes()) / 2
	var others typeSchemas
	var beside sync.WaitGroup
	beside.Go(func() { others = schemasOf(shapes()[half:]) })
	some := schemasOf(shapes()[:half])
	all, err := providerserver.NewProtocol6(&gitlabServices{})().GetProviderSchema(context.Background(), &tfprotov6.GetProviderSchemaRequest{})
	beside.Wait()
	if err = errors.Join(err, some.failed, others.failed); err != nil {
		return nil, err
	}
	for _, made := range []typeSchemas{some, others} {
		maps.Copy(all.ResourceSchemas, made.resources)
		maps.Copy(all.DataSourceSchemas, made.dataSources)
		maps.Copy(all.ListResourceSchemas, made.lists)
	}
	return all, nil
})

// typeSchemas are the schemas of types, by their names.
type typeSchemas struct {
	resources, dataSources, lists map[string]*tfprotov6.Schema
	failed                        error
}

func schemasOf(some []*shape) typeSchemas {
	out := typeSchemas{map[string]*tfprotov6.Schema{}, map[string]*tfprotov6.Schema{}, map[string]*tfprotov6.Schema{}, nil}
	ctx := context.Background()
	for _, s := range some {
		var managed resource.SchemaResponse
		var listed list.ListResourceSchemaResponse
		var data datasource.SchemaResponse
		r := &serviceResource{shape: s}
		r.Schema(ctx, resource.SchemaRequest{}, &managed)
		r.ListResourceConfigSchema(ctx, list.ListResourceSchemaRequest{}, &listed)
		(&serviceDataSource{shape: s}).Schema(ctx, datasource.SchemaRequest{}, &data)
		for _, diags := range []diag.Diagnostics{managed.Diagnostics, listed.Diagnostics, data.Diagnostics} {
			for _, d := range diags {
				out.failed = errors.Join(out.failed, fmt.Errorf("%s: %s: %s", s.typeName, d.Summary(), d.Detail()))
			}
		}
		out.resources[s.typeName] = onTheWire(managed.Schema.MarkdownDescription, managed.Schema.Attributes)
		out.lists[s.typeName] = onTheWire(listed.Schema.MarkdownDescription, listed.Schema.Attributes)
		out.dataSources[s.typeName] = onTheWire(data.Schema.MarkdownDescription, data.Schema.Attributes)
	}
	return out
}

// described is an attribute of a resource, of a data source or of a list.
type described interface {
	GetType() attr.Type
	GetMarkdownDescription() string
	GetDeprecationMessage() string
	IsRequired() bool
	IsOptional() bool
	IsComputed() bool
	IsSensitive() bool
	IsWriteOnly() bool
}

// onTheWire is a schema without blocks, as the framework makes it; descriptions
// are in Markdown.
func onTheWire[A described](description string, attributes map[string]A) *tfprotov6.Schema {
	block := &tfprotov6.SchemaBlock{Description: description, DescriptionKind: tfprotov6.StringKindMarkdown}
	all := make([]tfprotov6.SchemaAttribute, 0, len(attributes))
	for _, name := range slices.Sorted(maps.Keys(attributes)) {
		a := attributes[name]
		all = append(all, tfprotov6.SchemaAttribute{
			Name:               name,
			Type:               a.GetType().TerraformType(context.Background()),
			Description:        a.GetMarkdownDescription(),
			DescriptionKind:    tfprotov6.StringKindMarkdown,
			Required:           a.IsRequired(),
			Optional:           a.IsOptional(),
			Computed:           a.IsComputed(),
			Sensitive:          a.IsSensitive(),
			WriteOnly:          a.IsWriteOnly(),
			Deprecated:         a.GetDeprecationMessage() != "",
			DeprecationMessage: a.GetDeprecationMessage(),
		})
		block.Attributes = append(block.Attributes, &all[len(all)-1])
	}
	return &tfprotov6.Schema{Block: block}
}
