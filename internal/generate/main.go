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
	"os"
	"path/filepath"
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
	for _, dir := range []string{"examples/resources", "templates/resources", "internal/provider/testdata/schemas"} {
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
		name := "gitlabservices_" + s.TypeName()
		files["examples/resources/"+name+"/resource.tf"] = example(s)
		files["examples/resources/"+name+"/import.sh"] = importCommands(name)
		files["templates/resources/"+s.TypeName()+".md.tmpl"] = page(s)
		golden, err := json.MarshalIndent(dump.Resource(name), "", "  ")
		if err != nil {
			return nil, err
		}
		files["internal/provider/testdata/schemas/"+name+".json"] = string(golden) + "\n"
	}
	files["templates/guides/services.md"] = matrix(catalog.All())
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

// page is the template of a resource's documentation.
func page(s catalog.Service) string {
	var b strings.Builder
	fmt.Fprintf(&b, `---
page_title: "{{.Name}} {{.Type}} - {{.ProviderName}}"
subcategory: %q
description: |-
{{ .Description | plainmarkdown | trimspace | prefixlines "  " }}
---

# {{.Name}} ({{.Type}})

{{ .Description | trimspace }}

## Example Usage

{{ tffile .ExampleFile }}
`, string(s.Purpose))
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

func listed(names []string) string {
	quoted := make([]string, len(names))
	for i, n := range names {
		quoted[i] = "`" + n + "`"
	}
	return strings.Join(quoted, " and ")
}
