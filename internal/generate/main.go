// Command generate makes all files that are derived from the catalog: examples,
// golden schemas, the schemas as the provider sends them, templates of guides, the
// coverage in the README, and the dump of the provider's schema from which
// tfplugindocs makes the documentation. With the argument "pages" it
// finishes what tfplugindocs has made. It runs from the root of the repository, as
// "make generate" does.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/gitlab"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/provider"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/schemajson"
)

func main() {
	run := func() error { return generate(context.Background()) }
	if len(os.Args) == 2 && os.Args[1] == "pages" {
		run = groupPages
	}
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

// dumped is where tfplugindocs finds the schema. It is not kept.
const dumped = "bin/schema.json"

func generate(ctx context.Context) error {
	files, err := derived(ctx, os.DirFS("."))
	if err != nil {
		return err
	}
	for _, dir := range []string{
		"examples/resources", "examples/data-sources", "examples/list-resources", "internal/provider/testdata/schemas",
	} {
		if err := removeStale(dir, files); err != nil {
			return err
		}
	}
	for name, text := range files {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// derived makes all files in memory, by their path in the repository.
func derived(ctx context.Context, repository fs.FS) (map[string]string, error) {
	dump, err := schemajson.Dump(ctx)
	if err != nil {
		return nil, err
	}
	// tfplugindocs looks for the provider by its bare name.
	all := map[string]any{"format_version": "1.0", "provider_schemas": map[string]any{"gitlabservices": dump}}
	raw, err := json.Marshal(all)
	if err != nil {
		return nil, err
	}
	files := map[string]string{dumped: string(raw)}
	for _, t := range types() {
		resource := "examples/resources/" + t.name + "/"
		files[resource+"resource.tf"] = leastExample(t)
		if t.Use.For != "" {
			files[resource+"resource_use.tf"] = useExample(t)
		}
		files[resource+"import.sh"] = importCommands(t)
		files[resource+"import-by-string-id.tf"] = importByID(t)
		files[resource+"import-by-identity.tf"] = importByIdentity(t)
		files["examples/data-sources/"+t.name+"/data-source.tf"] = dataExample(t)
		files["examples/list-resources/"+t.name+"/list-resource.tfquery.hcl"] = listExample(t)
	}
	maps.Copy(files, examplesOfAny)
	refused, err := refusedValues(ctx)
	if err != nil {
		return nil, err
	}
	maps.Copy(files, templates(refused))
	message, err := provider.SchemaMessage(ctx)
	if err != nil {
		return nil, err
	}
	files["internal/provider/schemas.binpb"] = string(message)
	for name := range dump.Names() {
		golden, err := json.MarshalIndent(dump.Type(name), "", "  ")
		if err != nil {
			return nil, err
		}
		files["internal/provider/testdata/schemas/"+name+".json"] = string(golden) + "\n"
	}
	counted, err := coverage(dump, catalog.All())
	if err != nil {
		return nil, err
	}
	files["templates/guides/services.md"] = matrix(catalog.All(), counted)
	for _, t := range []struct{ file, mark, table string }{
		{"README.md", "coverage", counted},
		{"README.md", "services", servicesByPurpose(catalog.All())},
		{"templates/guides/secrets.md", "secrets", secretsTable(catalog.All())},
		{"templates/guides/gitlab-com.md", "gitlab-com", gitlabComTable(catalog.All())},
	} {
		if files[t.file] == "" {
			text, err := fs.ReadFile(repository, t.file)
			if err != nil {
				return nil, err
			}
			files[t.file] = string(text)
		}
		if files[t.file], err = withTable(files[t.file], t.mark, t.table); err != nil {
			return nil, fmt.Errorf("%s: %w", t.file, err)
		}
	}
	return files, nil
}

// removeStale removes what an earlier catalog had and this one has not.
func removeStale(dir string, files map[string]string) error {
	return filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if os.IsNotExist(err) {
			return nil
		}
		if err != nil || entry.IsDir() {
			return err
		}
		if _, wanted := files[filepath.ToSlash(path)]; wanted {
			return nil
		}
		return os.Remove(path)
	})
}

// resourceType is the type of a row's resource, list and data source at one kind
// of place.
type resourceType struct {
	*catalog.Service
	level *gitlab.Level
	name  string
}

// types are all that are made of rows.
func types() []resourceType {
	var out []resourceType
	for _, s := range catalog.All() {
		out = append(out, resourceType{s, gitlab.Projects, s.ResourceType()})
		if !s.ProjectOnly {
			out = append(out, resourceType{s, gitlab.Groups, s.GroupResourceType()})
		}
	}
	return out
}

// pageTitle begins the title of a page with what people search for.
func pageTitle(s *catalog.Service) string { return s.Integration() + ": " }

// menuEntry is where the registry's menu has the pages of a service.
func menuEntry(s *catalog.Service) string {
	if s.Gone.In != "" {
		return "Removed from GitLab"
	}
	return string(s.Purpose)
}

// templates are those of all pages, one for each kind of page. The subcategory
// is an entry of the registry's menu.
func templates(refused *refusals) map[string]string {
	head := `---
page_title: "` + perType(func(t resourceType) string { return pageTitle(t.Service) }) + `{{.Name}} {{.Type}} - {{.ProviderName}}"
subcategory: "` + perType(func(t resourceType) string { return menuEntry(t.Service) }) + `"
description: |-
{{ .Description | plainmarkdown | trimspace | prefixlines "  " }}
---

# {{.Name}} ({{.Type}})

{{ .Description | trimspace }}
`
	const example = `
## Example Usage

{{ tffile .ExampleFile }}
`
	const examples = `
## Example Usage
{{ range .ExampleFiles }}
{{ tffile . }}
{{ end }}`
	const schema = `
{{ .SchemaMarkdown | trimspace }}
`
	return map[string]string{
		"templates/data-sources.md.tmpl": head + example + schema,
		"templates/resources.md.tmpl": head + examples + `{{ $secrets := "" }}{{ $form := "" }}` + perType(func(t resourceType) string { return secretsNote(t.Service) }) + `{{ if $secrets }}
## Secrets

{{ $secrets }}
Prefer the write-only form (` + "`{{ $form }}`" + `, Terraform 1.11 or later), which is stored neither in the state nor in a plan.
To rotate such a secret, change its version. The other form is stored in the state. [More on secrets](../guides/secrets.md).
{{ end }}` + schema + perType(refused.places) + perType(refused.settings) + refused.any() + importSection,
		"templates/list-resources.md.tmpl": head + `
Needs Terraform 1.14 or later, and ` + "`list`" + ` blocks in a file of their own whose name ends in ` + "`.tfquery.hcl`" + `, beside the
configuration that names the provider. After ` + "`terraform init`, `terraform query`" + ` prints the results;
` + "`terraform query -generate-config-out=found.tf`" + ` also writes an ` + "`import`" + ` block and a resource for each of them, for review and
apply, also of what the state has already: remove those. Secrets are not among the settings: add them before the first change of a service.

The requests are one for each hundred projects or groups, one for each of these, and one more for each result if its settings are
needed, for ` + "`include_resource`" + ` or for generated configuration. GitLab before 12.7 gets a request for the service itself in each place.
` + strings.Replace(example, "tffile", `codefile "terraform"`, 1) + schema,
	}
}

// perType is what a template says of the type whose page it renders: each text
// once, for all types that have it.
func perType(text func(resourceType) string) string {
	named := map[string][]string{}
	for _, t := range types() {
		named[text(t)] = append(named[text(t)], strconv.Quote(t.name))
	}
	delete(named, "")
	var b strings.Builder
	for _, text := range slices.Sorted(maps.Keys(named)) {
		fmt.Fprintf(&b, "{{ if eq .Name %s }}%s{{ end }}", strings.Join(named[text], " "), text)
	}
	return b.String()
}
