package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/gohcl"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// Between these lines a README holds what its module's code says. They are the
// ones of terraform-docs, and so is what stands between them (its format
// "markdown table" without anchors and escapes): who copies a module can go on
// with that.
const (
	docsBegin = "<!-- BEGIN_TF_DOCS -->\n"
	docsEnd   = "<!-- END_TF_DOCS -->"
)

// moduleReadmes makes the READMEs of all modules, by their path in the
// repository: what people wrote stays, and the tables are those of the code.
func moduleReadmes(repository fs.FS) (map[string]string, error) {
	files := map[string]string{}
	readmes, err := fs.Glob(repository, "examples/modules/*/README.md")
	if err != nil {
		return nil, err
	}
	for _, name := range readmes {
		text, err := fs.ReadFile(repository, name)
		if err != nil {
			return nil, err
		}
		before, rest, found := strings.Cut(string(text), docsBegin)
		_, after, ended := strings.Cut(rest, docsEnd)
		if !found || !ended {
			return nil, fmt.Errorf("%s: no place for the tables, %q to %q", name, docsBegin, docsEnd)
		}
		m, err := readModule(repository, path.Dir(name))
		if err != nil {
			return nil, err
		}
		files[name] = before + docsBegin + m.tables() + docsEnd + after
	}
	return files, nil
}

// module is what its users have to know of a module, in rows of tables.
type module struct {
	requirements, resources, inputs, outputs [][]string
}

func readModule(repository fs.FS, dir string) (*module, error) {
	sources, err := fs.Glob(repository, dir+"/*.tf")
	if err != nil {
		return nil, err
	}
	m := &module{}
	for _, name := range sources {
		text, err := fs.ReadFile(repository, name)
		if err != nil {
			return nil, err
		}
		file, diags := hclsyntax.ParseConfig(text, name, hcl.InitialPos)
		if diags.HasErrors() {
			return nil, diags
		}
		body, ok := file.Body.(*hclsyntax.Body)
		if !ok {
			return nil, errors.New(name + ": not in the native syntax")
		}
		for _, block := range body.Blocks {
			if err := m.add(block, text); err != nil {
				return nil, fmt.Errorf("%s: %w", block.DefRange(), err)
			}
		}
	}
	for _, rows := range [][][]string{m.resources, m.inputs, m.outputs} {
		slices.SortFunc(rows, func(a, b []string) int { return cmp.Compare(a[0], b[0]) })
	}
	return m, nil
}

// add adds the rows of a block of the source.
func (m *module) add(block *hclsyntax.Block, source []byte) error {
	attributes := block.Body.Attributes
	switch block.Type {
	case "terraform":
		version, err := literal(attributes, "required_version")
		if err != nil {
			return err
		}
		m.requirements = append(m.requirements, []string{"terraform", version})
		for _, inner := range block.Body.Blocks {
			for _, name := range slices.Sorted(maps.Keys(inner.Body.Attributes)) {
				var provider map[string]string
				if diags := gohcl.DecodeExpression(inner.Body.Attributes[name].Expr, nil, &provider); diags.HasErrors() {
					return diags
				}
				if provider["version"] == "" {
					return errors.New(name + " has no version")
				}
				m.requirements = append(m.requirements, []string{name, provider["version"]})
			}
		}
	case "resource":
		page := "https://registry.terraform.io/providers/gitlabservices/gitlabservices/latest/docs/resources/" +
			strings.TrimPrefix(block.Labels[0], "gitlabservices_")
		m.resources = append(m.resources, []string{fmt.Sprintf("[%s](%s)", strings.Join(block.Labels, "."), page), "resource"})
	case "variable":
		description, err := literal(attributes, "description")
		if err != nil {
			return err
		}
		row := []string{block.Labels[0], description, code(attributes["type"], source), "n/a", "yes"}
		if attributes["default"] != nil {
			row[3], row[4] = code(attributes["default"], source), "no"
		}
		m.inputs = append(m.inputs, row)
	case "output":
		description, err := literal(attributes, "description")
		if err != nil {
			return err
		}
		m.outputs = append(m.outputs, []string{block.Labels[0], description})
	}
	return nil
}

// literal is the text of an attribute that has to be there.
func literal(attributes hclsyntax.Attributes, name string) (string, error) {
	attribute := attributes[name]
	if attribute == nil {
		return "", errors.New("no " + name)
	}
	var text string
	if diags := gohcl.DecodeExpression(attribute.Expr, nil, &text); diags.HasErrors() {
		return "", diags
	}
	return text, nil
}

// code is the source of an attribute's expression for a cell of a table.
func code(attribute *hclsyntax.Attribute, source []byte) string {
	if attribute == nil {
		return "`any`"
	}
	text := string(attribute.Expr.Range().SliceBytes(source))
	if strings.Contains(text, "\n") {
		return "<pre>" + strings.ReplaceAll(text, "\n", "<br/>") + "</pre>"
	}
	return "`" + text + "`"
}

func (m *module) tables() string {
	var b strings.Builder
	for _, table := range []struct {
		title string
		head  []string
		rows  [][]string
	}{
		{"Requirements", []string{"Name", "Version"}, m.requirements},
		{"Resources", []string{"Name", "Type"}, m.resources},
		{"Inputs", []string{"Name", "Description", "Type", "Default", "Required"}, m.inputs},
		{"Outputs", []string{"Name", "Description"}, m.outputs},
	} {
		fmt.Fprintf(&b, "## %s\n\n", table.title)
		line(&b, table.head)
		for _, name := range table.head {
			rule := strings.Repeat("-", len(name)+2)
			if name == "Required" {
				rule = ":" + rule[2:] + ":"
			}
			b.WriteString("|" + rule)
		}
		b.WriteString("|\n")
		for _, row := range table.rows {
			line(&b, row)
		}
		b.WriteString("\n")
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func line(b *strings.Builder, cells []string) {
	b.WriteString("| " + strings.Join(cells, " | ") + " |\n")
}
