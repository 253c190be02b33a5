package provider_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
)

// TestEveryConfigurationInTheDocumentationIsValidAndFormatted takes each block
// of README.md and docs/ that is fenced as Terraform's language through
// "terraform fmt" and "terraform validate".
//
// A block that leans on another one of its page (a variable, most often) is
// checked together with it. Blocks share a folder wherever their names do not
// clash, since a command costs more than a block does.
func TestEveryConfigurationInTheDocumentationIsValidAndFormatted(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.WriteOnly)
	byIdentity := acctest.Has(t, acctest.Identities)
	var all []snippet
	for _, page := range listPages(t) {
		found, err := snippets(page)
		if err != nil {
			t.Error(err)
		}
		for i := range found {
			found[i].pieces = slices.DeleteFunc(found[i].pieces, func(p piece) bool { return p.byIdentity && !byIdentity })
		}
		if strings.HasPrefix(page, "docs/resources/") && len(found) == 0 {
			t.Errorf("%s shows no configuration", page)
		}
		all = append(all, found...)
	}

	workspace := acctest.Starting(t, acctest.Server(t, fakegitlab.V19_1))
	for _, s := range all {
		writeFile(t, workspace.Path(s.file(configurationFile)), s.text)
	}
	if out := workspace.Run("fmt", "-check", "-diff", "-no-color"); out.Code != 0 {
		t.Errorf("terraform fmt -check:\n%s", out.Text())
	}

	shelves := shelve(all)
	for i, shelf := range shelves {
		t.Run(fmt.Sprintf("%d of %d", i+1, len(shelves)), func(t *testing.T) {
			t.Parallel()
			args := []string{"validate", "-no-color"}
			if shelf.ending == queryFile {
				acctest.Needs(t, acctest.ListResources)
				args = append(args, "-query")
			}
			workspace := acctest.Starting(t, acctest.Server(t, fakegitlab.V19_1))
			workspace.Configure()
			modules := false
			for _, p := range shelf.pieces {
				modules = modules || p.kind == "module"
				writeFile(t, workspace.Path(p.file), p.text)
				for _, beside := range fileBeside.FindAllStringSubmatch(p.text, -1) {
					writeFile(t, workspace.Path(beside[1]), "{}")
				}
			}
			if modules {
				workspace.Must("get")
			}
			if out := workspace.Run(args...); out.Code != 0 || strings.Contains(out.Text(), "Deprecated") {
				t.Errorf("terraform %s:\n%s", strings.Join(args, " "), out.Text())
			}
		})
	}
}

const repository = "../.."

// fileBeside is a file of JSON that a configuration reads.
var fileBeside = regexp.MustCompile(`jsondecode\(file\("([\w.]+)"\)\)`)

// listPages gives README.md and the pages under docs/, as paths in the
// repository.
func listPages(t *testing.T) []string {
	t.Helper()
	out := []string{"README.md"}
	err := fs.WalkDir(os.DirFS(repository), "docs", func(path string, _ fs.DirEntry, err error) error {
		if filepath.Ext(path) == ".md" {
			out = append(out, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// The endings of the files that Terraform reads: configurations, those of
// "terraform test", those of "terraform query".
const (
	configurationFile = ".tf"
	testFile          = ".tftest.hcl"
	queryFile         = ".tfquery.hcl"
)

// snippet is one fenced block of a page.
type snippet struct {
	page   string
	line   int
	text   string
	ending string
	pieces []piece
}

// file is where the snippet is written, so that what Terraform says of it leads
// back to its page.
func (s snippet) file(ending string) string {
	return fmt.Sprintf("%s.line-%d%s", strings.NewReplacer("/", "-", ".md", "").Replace(s.page), s.line, ending)
}

// piece is one block at the top level of a snippet.
type piece struct {
	kind string // resource, variable, ...
	name string // what it declares, as references name it; two of one name clash
	file string
	text string
	uses []string // names of what it refers to
	// byIdentity is an import that names what is imported by its identity.
	byIdentity bool
}

// otherLanguages are what else a fence may say. A fence that says nothing, or
// something new, is refused, so that no configuration is left out by accident.
var otherLanguages = []string{"console", "diff", "go", "json", "sh", "shell", "text", "yaml"}

// snippets finds the configurations in a page.
func snippets(page string) ([]snippet, error) {
	raw, err := os.ReadFile(filepath.Join(repository, page))
	if err != nil {
		return nil, err
	}
	var (
		out    []snippet
		errs   []error
		within bool
		word   string
		indent string
		first  int
		lines  []string
	)
	for i, line := range strings.Split(string(raw), "\n") {
		inner, fence := strings.CutPrefix(strings.TrimSpace(line), "```")
		switch {
		case fence && !within:
			within, word, first, lines = true, inner, i+2, nil
			indent, _, _ = strings.Cut(line, "`")
		case fence && within:
			within = false
			if word == "terraform" || word == "hcl" {
				s := snippet{page: page, line: first, text: strings.Join(lines, "\n") + "\n"}
				errs = append(errs, s.parse())
				out = append(out, s)
			} else if !slices.Contains(otherLanguages, word) {
				errs = append(errs, fmt.Errorf("%s:%d: a fence says %q: say terraform, or one of %v", page, first-1, word, otherLanguages))
			}
		case within:
			lines = append(lines, strings.TrimPrefix(line, indent))
		}
	}
	if within {
		errs = append(errs, fmt.Errorf("%s:%d: a fence is never closed", page, first-1))
	}
	return out, errors.Join(errs...)
}

// foreignProviders are other providers that a page may use. They are not to be
// had without a network: their blocks are formatted and parsed but not
// validated, and a reference to one of them becomes a variable.
var foreignProviders = []string{"gitlab", "vault"}

const foreignVariable = "value_of_another_provider"

// parse cuts the snippet into its pieces.
func (s *snippet) parse() error {
	file, diags := hclsyntax.ParseConfig([]byte(s.text), fmt.Sprintf("%s (from line %d)", s.page, s.line), hcl.InitialPos)
	if diags.HasErrors() {
		return diags
	}
	body := file.Body.(*hclsyntax.Body)
	if len(body.Attributes) > 0 {
		return fmt.Errorf("%s:%d: values stand outside of any block", s.page, s.line)
	}
	s.ending = configurationFile
	for _, block := range body.Blocks {
		switch block.Type {
		case "list":
			s.ending = queryFile
		case "run", "mock_provider", "mock_resource", "mock_data", "override_resource", "override_data":
			s.ending = testFile
		}
	}
	var errs []error
	for i, block := range body.Blocks {
		p, keep, err := s.piece(block)
		errs = append(errs, err)
		if keep {
			p.file = s.file(fmt.Sprintf(".%d%s", i+1, s.ending))
			if s.ending == testFile {
				p.file = "tests/" + p.file
			}
			s.pieces = append(s.pieces, p)
		}
	}
	return errors.Join(errs...)
}

// piece makes one block ready to be validated. It is not kept where it belongs
// to another provider.
func (s *snippet) piece(block *hclsyntax.Block) (piece, bool, error) {
	text := newCuts(s.text, block.Range().Start.Byte, block.CloseBraceRange.End.Byte)
	p := piece{kind: block.Type, name: strings.Join(append([]string{block.Type}, block.Labels...), " ")}
	where := func(r hcl.Range) string { return fmt.Sprintf("%s:%d", s.page, s.line+r.Start.Line-1) }
	attribute := func(name string) string {
		if a := block.Body.Attributes[name]; a != nil {
			return string(a.Expr.Range().SliceBytes([]byte(s.text)))
		}
		return ""
	}
	switch block.Type {
	case "resource", "data", "ephemeral", "provider", "list":
		owner, _, _ := strings.Cut(block.Labels[0], "_")
		if slices.Contains(foreignProviders, owner) {
			return p, false, nil
		}
		if owner != "gitlabservices" && owner != "terraform" {
			return p, false, fmt.Errorf("%s: provider %q: name it among those that this test knows", where(block.Range()), owner)
		}
		if block.Type == "provider" {
			p.name += " " + attribute("alias")
		}
	case "import":
		p.name += " " + attribute("to")
		p.byIdentity = attribute("identity") != ""
	case "moved", "removed":
		p.name += " " + attribute("from")
	case "locals":
		for name := range block.Body.Attributes {
			p.name += " " + name
		}
	case "run":
		// Its module is another block of the page, which a test of the guide runs.
		for _, nested := range block.Body.Blocks {
			if nested.Type == "module" {
				text.replace(hcl.RangeBetween(nested.Range(), nested.CloseBraceRange), "")
			}
		}
	case "module":
		if a := block.Body.Attributes["source"]; a != nil {
			if m := preset.FindStringSubmatch(attribute("source")); m != nil {
				folder, err := filepath.Abs(filepath.Join(repository, "examples/modules", m[1]))
				if err != nil {
					return p, false, err
				}
				text.replace(a.Expr.Range(), fmt.Sprintf("%q", folder))
			}
		}
	case "terraform":
		// The folder says itself which providers there are.
		for _, nested := range block.Body.Blocks {
			if nested.Type != "required_providers" {
				continue
			}
			if a := nested.Body.Attributes["gitlabservices"]; a != nil {
				if said := string(a.Expr.Range().SliceBytes([]byte(s.text))); !source.MatchString(said) {
					return p, false, fmt.Errorf("%s: this is not where the provider is: %s", where(a.Range()), said)
				}
			}
			text.replace(hcl.RangeBetween(nested.Range(), nested.CloseBraceRange), "")
		}
	}

	_ = hclsyntax.VisitAll(block.Body, func(node hclsyntax.Node) hcl.Diagnostics {
		reference, is := node.(*hclsyntax.ScopeTraversalExpr)
		if !is || p.kind == "moved" || p.kind == "removed" {
			return nil
		}
		name, owner := declared(reference.Traversal)
		if slices.Contains(foreignProviders, owner) {
			text.replace(reference.Range(), "var."+foreignVariable)
			name = "variable " + foreignVariable
		}
		p.uses = append(p.uses, name)
		return nil
	})
	p.text = text.String() + "\n"
	return p, true, nil
}

var (
	// preset is the source of a module of this repository, or of a copy of it.
	preset = regexp.MustCompile(`(?:terraform-provider-gitlabservices(?:\.git)?//examples|\./)/?modules/([a-z-]+)`)
	// source is where the provider is; OpenTofu wants the host.
	source = regexp.MustCompile(`source\s*=\s*"(registry\.terraform\.io/)?gitlabservices/gitlabservices"`)
)

// declared names what a reference leads to, as [piece.name] does, and whose it
// is; both are empty for each.key and the like.
func declared(t hcl.Traversal) (name, owner string) {
	var words []string
	for _, step := range t {
		switch step := step.(type) {
		case hcl.TraverseRoot:
			words = append(words, step.Name)
		case hcl.TraverseAttr:
			words = append(words, step.Name)
		}
	}
	take := 2
	switch words[0] {
	case "var":
		words[0] = "variable"
	case "local":
		words[0] = "locals"
	case "module":
	case "gitlabservices": // A provider with an alias.
		if len(words) < take {
			return "", ""
		}
		return fmt.Sprintf("provider gitlabservices %q", words[1]), ""
	case "data", "ephemeral":
		take = 3
	default:
		if !strings.Contains(words[0], "_") {
			return "", ""
		}
		words = append([]string{"resource"}, words...)
		take = 3
	}
	if len(words) < take {
		return "", ""
	}
	if take == 3 {
		owner, _, _ = strings.Cut(words[1], "_")
	}
	return strings.Join(words[:take], " "), owner
}

// cuts is a part of a text in which ranges are replaced.
type cuts struct {
	text       string
	start, end int
	at         map[int]cut
}

type cut struct {
	end  int
	text string
}

func newCuts(text string, start, end int) *cuts {
	return &cuts{text, start, end, map[int]cut{}}
}

func (c *cuts) replace(r hcl.Range, text string) { c.at[r.Start.Byte] = cut{r.End.Byte, text} }

func (c *cuts) String() string {
	var b strings.Builder
	for i := c.start; i < c.end; i++ {
		if cut, is := c.at[i]; is {
			b.WriteString(cut.text)
			i = cut.end - 1
			continue
		}
		b.WriteByte(c.text[i])
	}
	return b.String()
}

// shelf is a folder: pieces whose names do not clash.
type shelf struct {
	ending string
	pieces map[string]piece
}

// takes tells whether the pieces may stand beside what is there.
func (s shelf) takes(ending string, pieces []piece) bool {
	return s.ending == ending && ending != testFile && !slices.ContainsFunc(pieces, func(p piece) bool {
		there, is := s.pieces[p.name]
		return is && there.text != p.text
	})
}

// shelve puts each snippet, with what it refers to, on the first shelf with room.
func shelve(all []snippet) []shelf {
	var out []shelf
	for i, s := range all {
		if len(s.pieces) == 0 {
			continue
		}
		pieces := withReferences(all, i)
		at := slices.IndexFunc(out, func(there shelf) bool { return there.takes(s.ending, pieces) })
		if at < 0 {
			at = len(out)
			out = append(out, shelf{s.ending, map[string]piece{}})
		}
		for _, p := range pieces {
			out[at].pieces[p.name] = p
		}
	}
	return out
}

// withReferences are the pieces of a snippet and what they refer to on the same
// page: in the nearest snippet before, else in the first one after. What nobody
// declares is for Terraform to find.
func withReferences(all []snippet, at int) []piece {
	out := slices.Clone(all[at].pieces)
	has := func(name string) bool {
		return slices.ContainsFunc(out, func(p piece) bool { return p.declares(name) })
	}
	for i := 0; i < len(out); i++ {
		for _, name := range out[i].uses {
			if name == "" || has(name) {
				continue
			}
			if name == "variable "+foreignVariable {
				out = append(out, piece{kind: "variable", name: name, file: foreignVariable + configurationFile, text: "variable \"" + foreignVariable + "\" {}\n"})
				continue
			}
			if p, is := declaration(all, at, name); is {
				out = append(out, p)
			}
		}
	}
	return out
}

func (p piece) declares(name string) bool {
	if local, is := strings.CutPrefix(name, "locals "); is {
		return p.kind == "locals" && slices.Contains(strings.Fields(p.name), local)
	}
	return p.name == name
}

func declaration(all []snippet, at int, name string) (piece, bool) {
	search := func(s snippet) (piece, bool) {
		i := slices.IndexFunc(s.pieces, func(p piece) bool { return p.declares(name) })
		if i < 0 || s.page != all[at].page || s.ending != configurationFile {
			return piece{}, false
		}
		return s.pieces[i], true
	}
	for _, s := range slices.Backward(all[:at]) {
		if p, is := search(s); is {
			return p, true
		}
	}
	for _, s := range all[at+1:] {
		if p, is := search(s); is {
			return p, true
		}
	}
	return piece{}, false
}

func TestAFaultInADocumentedConfigurationIsFound(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"resource \"x\" {":                  "Unclosed configuration block",
		"a = 1":                             "values stand outside",
		"data \"aws_instance\" \"this\" {}": `provider "aws"`,
		"terraform {\n  required_providers {\n    gitlabservices = { source = \"other/gitlabservices\" }\n  }\n}": "this is not where the provider is",
	} {
		s := snippet{page: "page.md", line: 1, text: text + "\n"}
		if err := s.parse(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s\nerror %v, want %q", text, err, want)
		}
	}
}

func TestDocumentedConfigurationsAreCheckedWithWhatTheyReferTo(t *testing.T) {
	t.Parallel()
	page := func(line int, text string) snippet {
		s := snippet{page: "page.md", line: line, text: text}
		if err := s.parse(); err != nil {
			t.Fatal(err)
		}
		return s
	}
	shelves := shelve([]snippet{
		page(1, "variable \"webhook\" {}\n\nresource \"gitlabservices_slack\" \"this\" {\n  webhook = var.webhook\n}\n"),
		page(10, "resource \"gitlabservices_slack\" \"this\" {\n  webhook  = var.webhook\n  username = data.vault_x.y.z\n}\n"),
		page(20, "list \"gitlabservices_slack\" \"this\" {}\n"),
	})
	var got []string
	for _, s := range shelves {
		names := []string{s.ending}
		for _, p := range s.pieces {
			names = append(names, p.name)
		}
		slices.Sort(names)
		got = append(got, strings.Join(names, ", "))
	}
	want := []string{
		".tf, resource gitlabservices_slack this, variable webhook",
		".tf, resource gitlabservices_slack this, variable value_of_another_provider, variable webhook",
		".tfquery.hcl, list gitlabservices_slack this",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if text := shelves[1].pieces["resource gitlabservices_slack this"].text; !strings.Contains(text, "username = var.value_of_another_provider\n") {
		t.Errorf("the reference to another provider reads\n%s", text)
	}
}
