// Command generate makes all files that are derived from the catalog: examples,
// golden schemas, templates of guides, and the dump of the provider's schema
// from which tfplugindocs makes the documentation; and, from the code of the
// modules under examples, the tables in their READMEs. It runs from the root of
// the repository, as "make generate" does.
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
	"strings"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/schemajson"
)

func main() {
	if err := generate(context.Background()); err != nil {
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
		"examples/resources", "examples/data-sources", "examples/list-resources", "templates/resources", "internal/provider/testdata/schemas",
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
	files, err := moduleReadmes(repository)
	if err != nil {
		return nil, err
	}
	// tfplugindocs looks for the provider by its bare name.
	all := map[string]any{"format_version": "1.0", "provider_schemas": map[string]any{"gitlabservices": dump}}
	raw, err := json.Marshal(all)
	if err != nil {
		return nil, err
	}
	files[dumped] = string(raw)
	for _, s := range catalog.All() {
		name := s.ResourceType()
		files["examples/resources/"+name+"/resource.tf"] = example(s)
		files["examples/resources/"+name+"/import.sh"] = importCommands(name)
		files["examples/data-sources/"+name+"/data-source.tf"] = dataExample(s)
		files["examples/list-resources/"+name+"/list-resource.tfquery.hcl"] = listExample(s)
		files["templates/resources/"+s.TypeName()+".md.tmpl"] = page(s)
	}
	files["examples/data-sources/gitlabservices_services/data-source.tf"] = servicesExample
	files["templates/data-sources.md.tmpl"] = dataPage()
	files["templates/list-resources.md.tmpl"] = listPage()
	for name := range dump.Names() {
		golden, err := json.MarshalIndent(dump.Type(name), "", "  ")
		if err != nil {
			return nil, err
		}
		files["internal/provider/testdata/schemas/"+name+".json"] = string(golden) + "\n"
	}
	files["templates/guides/services.md"] = matrix(catalog.All())
	if files["internal/architecture.svg"], err = picture(architecture); err != nil {
		return nil, fmt.Errorf("architecture.txt, %w", err)
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

func importCommands(name string) string {
	return fmt.Sprintf(`# By the numeric id or the full path of the project.
terraform import %[1]s.this 42
terraform import %[1]s.this group/project
`, name)
}

// pageHead begins the template of every page. The subcategory is an entry of the
// registry's menu.
func pageHead(subcategory string) string {
	return `---
page_title: "{{.Name}} {{.Type}} - {{.ProviderName}}"
subcategory: "` + subcategory + `"
description: |-
{{ .Description | plainmarkdown | trimspace | prefixlines "  " }}
---

# {{.Name}} ({{.Type}})

{{ .Description | trimspace }}
`
}

// page is the template of a resource's documentation.
func page(s *catalog.Service) string {
	var b strings.Builder
	b.WriteString(pageHead(menuEntry(s)) + `
## Example Usage

{{ tffile .ExampleFile }}
`)
	if len(s.Secrets()) > 0 {
		fmt.Fprintf(&b, `
## Secrets

GitLab never tells %s, so Terraform sends what it was given with every write. Prefer the write-only form
(`+"`%s_wo`"+`, Terraform 1.11 or later): it stands neither in the state nor in a plan. To rotate a secret that is
given that way, change its version. The other form keeps the secret in the state.
`, listed(s.Secrets()), s.Secrets()[0])
	}
	b.WriteString(`
{{ .SchemaMarkdown | trimspace }}

## Import

{{ codefile "shell" .ImportFile }}
`)
	return b.String()
}

// menuEntry is where the registry's menu has the pages of a service.
func menuEntry(s *catalog.Service) string {
	if s.Gone.In != "" {
		return "Removed from GitLab"
	}
	return string(s.Purpose)
}

// subcategory is the menu entry of a page whose template serves all services:
// that of the one that it is rendered for.
func subcategory() string {
	types := map[string][]string{}
	for _, s := range catalog.All() {
		types[menuEntry(s)] = append(types[menuEntry(s)], fmt.Sprintf("%q", s.ResourceType()))
	}
	var b strings.Builder
	for _, entry := range slices.Sorted(maps.Keys(types)) {
		fmt.Fprintf(&b, "{{ if eq .Name %s }}%s{{ end }}", strings.Join(types[entry], " "), entry)
	}
	return b.String()
}

// dataPage is the template of all data sources' documentation.
func dataPage() string {
	return pageHead(subcategory()) + `
## Example Usage

{{ tffile .ExampleFile }}

{{ .SchemaMarkdown | trimspace }}
`
}

// listPage is the template of all list resources' documentation.
func listPage() string {
	return pageHead(subcategory()) + `
Needs Terraform 1.14 or later. ` + "`terraform query`" + ` shows what is found;
` + "`terraform query -generate-config-out=found.tf`" + ` also writes an ` + "`import`" + ` block and a resource for each result, to be reviewed and
applied. GitLab does not tell secrets: fill them in before the first change of a service.

GitLab is asked for the projects, a hundred at once, then once for each project. Another request for each result is
sent only where its settings are wanted: for ` + "`include_resource`" + ` and for generated configuration. GitLab before 12.7 is
asked for the service in each project.

## Example Usage

{{ codefile "terraform" .ExampleFile }}

{{ .SchemaMarkdown | trimspace }}
`
}

func listed(names []string) string {
	quoted := make([]string, len(names))
	for i, n := range names {
		quoted[i] = "`" + n + "`"
	}
	return strings.Join(quoted, " and ")
}
