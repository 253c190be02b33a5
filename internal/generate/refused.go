package main

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/gitlab"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/hcltext"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/provider"
)

// refusals are the rows of tables that say, by the type of a resource, what is
// refused.
type refusals struct {
	ofPlaces, ofSettings map[string]string
	ofAny                string
}

// places begins the section of a page, with the names of places.
func (r *refusals) places(t resourceType) string { return refusedSection + r.ofPlaces[t.name] }

// any is the section of [anyService].
func (r *refusals) any() string {
	return fmt.Sprintf("{{ if eq .Name %q }}%s{{ end }}", anyService, refusedSection+r.ofAny)
}

// settings ends it.
func (r *refusals) settings(t resourceType) string { return r.ofSettings[t.name] }

// refusedValues asks the provider about the samples of all services, so that the
// pages have its words. A sample that is not refused, or of which it says two
// things, is an error.
func refusedValues(ctx context.Context) (*refusals, error) {
	server := provider.NewServer("dev")
	schemas, err := server.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		return nil, err
	}
	rows := func(name string, samples []catalog.Refusal, config func(catalog.Refusal) map[string]any) (string, error) {
		var b strings.Builder
		for _, r := range samples {
			said, err := validate(ctx, server, name, schemas.ResourceSchemas[name], config(r))
			if err != nil {
				return "", fmt.Errorf("%s: %s: %w", name, wrongly(r), err)
			}
			fmt.Fprintf(&b, "| %s | %s |\n", inCell(wrongly(r)), inCell(said))
		}
		return b.String(), nil
	}
	out := &refusals{ofPlaces: map[string]string{}, ofSettings: map[string]string{}}
	for _, t := range types() {
		config := func(r catalog.Refusal) map[string]any { return refusedConfig(t, r) }
		if out.ofPlaces[t.name], err = rows(t.name, wrongPlaces(t.level), config); err != nil {
			return nil, err
		}
		if out.ofSettings[t.name], err = rows(t.name, t.Refusals(), config); err != nil {
			return nil, err
		}
	}
	out.ofAny, err = rows(anyService, append(wrongPlaces(gitlab.Projects), refusedOfAny...), func(r catalog.Refusal) map[string]any {
		config := map[string]any{gitlab.Projects.Noun: gitlab.Projects.Example, "slug": "brand-new"}
		maps.Copy(config, r.Set)
		return config
	})
	return out, err
}

// refusedSection begins the section of a page with that table.
const refusedSection = `
## Refused values

The provider refuses these, or warns of them, before it sends anything to GitLab:

| Configuration | Message |
|---|---|
`

// anyService is the type of resource that is not made of a row.
const anyService = "gitlabservices_service"

// refusedOfAny are samples of what it refuses, or warns of, beside the names of
// places.
var refusedOfAny = []catalog.Refusal{{Set: catalog.Set{"slug": "Brand New"}}, {Set: catalog.Set{"slug": "slack"}}}

// wrongPlaces are names that people write for a place of a kind.
func wrongPlaces(level *gitlab.Level) []catalog.Refusal {
	names := []string{"https://gitlab.com/" + level.Example, level.Example + ".git"}
	if level.Nested {
		names = append(names, path.Base(level.Example))
	}
	var out []catalog.Refusal
	for _, name := range names {
		out = append(out, catalog.Refusal{Set: catalog.Set{level.Noun: name}})
	}
	return out
}

// refusedConfig is the shortest configuration with what is refused in it.
func refusedConfig(t resourceType, r catalog.Refusal) map[string]any {
	config := map[string]any{t.level.Noun: t.level.Example}
	examples := map[string]any{}
	for _, a := range t.Arguments() {
		examples[a.Name] = a.Value
		if a.WriteOnly != "" {
			examples[a.WriteOnly] = a.Value
		}
	}
	for _, a := range t.Least() {
		config[cmp.Or(a.WriteOnly, a.Name)] = a.Value
	}
	for name, value := range r.Set {
		config[name] = value
		if value == nil {
			config[name] = examples[name]
		}
	}
	for _, name := range r.Without {
		delete(config, name)
	}
	return config
}

// validate gives the one thing that the provider says of a configuration.
func validate(ctx context.Context, server tfprotov6.ProviderServer, name string, schema *tfprotov6.Schema, config map[string]any) (string, error) {
	kind, ok := schema.ValueType().(tftypes.Object)
	if !ok {
		return "", fmt.Errorf("%s is no object", name)
	}
	values := map[string]tftypes.Value{}
	for attribute, t := range kind.AttributeTypes {
		values[attribute] = tftypes.NewValue(t, nil)
		switch v := config[attribute].(type) {
		case nil:
		case []string:
			var items []tftypes.Value
			for _, item := range v {
				items = append(items, tftypes.NewValue(tftypes.String, item))
			}
			values[attribute] = tftypes.NewValue(t, items)
		default:
			values[attribute] = tftypes.NewValue(t, v)
		}
	}
	raw, err := tfprotov6.NewDynamicValue(kind, tftypes.NewValue(kind, values))
	if err != nil {
		return "", err
	}
	answer, err := server.ValidateResourceConfig(ctx, &tfprotov6.ValidateResourceConfigRequest{
		TypeName: name, Config: &raw, ClientCapabilities: &tfprotov6.ValidateResourceConfigClientCapabilities{WriteOnlyAttributesAllowed: true},
	})
	if err != nil {
		return "", err
	}
	if len(answer.Diagnostics) != 1 {
		return "", fmt.Errorf("the provider says %d things: %v", len(answer.Diagnostics), answer.Diagnostics)
	}
	said := answer.Diagnostics[0]
	if said.Severity == tfprotov6.DiagnosticSeverityWarning {
		return "Warning: " + said.Detail, nil
	}
	return said.Detail, nil
}

// wrongly is what is refused as it is written.
func wrongly(r catalog.Refusal) string {
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(r.Set)) {
		text := "..."
		if value := r.Set[name]; value != nil {
			text = hcltext.Expression(value)
		}
		parts = append(parts, "`"+name+" = "+text+"`")
	}
	out := strings.Join(parts, ", ")
	if len(r.Without) > 0 {
		out += " without `" + strings.Join(r.Without, "`, `") + "`"
	}
	return out
}

// inCell is a text that a table of Markdown, in a template, takes as it is.
func inCell(text string) string {
	return strings.NewReplacer("|", `\|`, "\n", " ", "{{", `{{"{{"}}`).Replace(text)
}
