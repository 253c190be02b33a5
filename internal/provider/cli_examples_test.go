package provider_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/gitlab"
)

// That examples are valid is held on the pages, which have all of them.
func TestExamplesAreFormatted(t *testing.T) {
	t.Parallel()
	workspace := acctest.Starting(t, acctest.Server(t, fakegitlab.V19_1))
	examples, err := filepath.Abs(exampleFolder)
	failOn(t, err)
	if out := workspace.Run("fmt", "-check", "-recursive", "-diff", examples); out.Code != 0 {
		t.Errorf("terraform fmt -check:\n%s", out.Text())
	}
}

const exampleFolder = "../../examples"

// TestExamplesDoSomething applies what a resource's page shows as it stands
// there, on the newest GitLab that has the service: GitLab keeps all of it, and
// the service acts. Then the import blocks find what the first one has set up.
func TestExamplesDoSomething(t *testing.T) {
	t.Parallel()
	for _, s := range catalog.All() {
		for _, level := range []*gitlab.Level{gitlab.Projects, gitlab.Groups} {
			profile, has := newestWith(s, level)
			if !has {
				continue
			}
			subject := acctest.Subject{Service: s, At: gitlab.Place{Level: level}}
			t.Run(subject.String(), func(t *testing.T) {
				t.Parallel()
				server := acctest.Server(t, profile)
				contract, _ := server.Contract(s.Slug)
				r := Connect(t, server).Of(subject)
				values := map[string]string{}
				for _, a := range s.Arguments() {
					if text, ok := a.Value.(string); ok && a.WriteOnly != "" {
						values[s.TypeName()+"_"+a.Name], values[s.TypeName()+"_"+a.Name+"s"] = text, text
					}
				}
				var least Object
				files, err := filepath.Glob(filepath.Join(exampleFolder, "resources", subject.Type(), "resource*.tf"))
				failOn(t, err)
				if wanted := s.Use.For != ""; wanted != (len(files) == 2) {
					t.Errorf("there are %d examples", len(files))
				}
				for _, file := range files {
					for _, config := range evaluate(t, file, values) {
						at, _ := config[level.Noun].(string)
						acctest.AddPlace(server, gitlab.Place{Level: level, Name: at})
						if contract.CreatedElsewhere {
							failOn(t, server.Edit(at, s.Slug, nil))
						}
						set := r.MustSet(Object{}, config)
						if least.Values == nil {
							least = set
						}
						checkActs(t, server, contract, at)
					}
				}
				checkImports(t, Connect(t, server).Of(subject), subject.Type(), least)
			})
		}
	}
}

// newestWith is the newest release in which places of the level have the
// service.
func newestWith(s *catalog.Service, level *gitlab.Level) (fakegitlab.Profile, bool) {
	for _, profile := range slices.Backward(fakegitlab.Profiles()) {
		contract, has := fakegitlab.Contract(profile, s.Slug)
		there := contract.Level == "" || contract.Level == level.Noun
		if has && there && (level == gitlab.Projects || fakegitlab.New(profile).GroupsHaveServices()) {
			return profile, true
		}
	}
	return "", false
}

// checkActs holds that a service is on, and one that events trigger is triggered
// by some of them.
func checkActs(t *testing.T, server *fakegitlab.Server, contract fakegitlab.ServiceContract, at string) {
	t.Helper()
	record, ok := server.Record(at, contract.Slug)
	if !ok || !record.Active {
		t.Errorf("the service of %s is not on", at)
	}
	on := func(flag string) bool { return record.Flags[flag] == true }
	if len(contract.Events) > 0 && !slices.ContainsFunc(contract.Events, on) {
		t.Errorf("no event triggers the service of %s: %v", at, record.Flags)
	}
}

// checkImports follows the import blocks of a type.
func checkImports(t *testing.T, r *ProtocolResource, name string, want Object) {
	t.Helper()
	folder := filepath.Join(exampleFolder, "resources", name)
	id, _ := evaluate(t, filepath.Join(folder, "import-by-string-id.tf"), nil)[0]["id"].(string)
	identity, _ := evaluate(t, filepath.Join(folder, "import-by-identity.tf"), nil)[0]["identity"].(map[string]any)
	command := string(readFile(t, filepath.Join(folder, "import.sh")))
	if !strings.Contains(command, "terraform import "+name+".this "+id+"\n") {
		t.Errorf("the command does not import %s:\n%s", id, command)
	}
	for how, object := range map[string]Object{"id": importing(t, r, id, nil), "identity": importing(t, r, "", identity)} {
		if !same(object.Identity, want.Identity) || len(object.Values) == 0 {
			t.Errorf("the import by %s finds %v, not %v", how, object.Identity, want.Identity)
		}
	}
}

func importing(t *testing.T, r *ProtocolResource, id string, identity map[string]any) Object {
	t.Helper()
	object, diags := r.Import(id, identity)
	if len(diags.Errors()) > 0 {
		t.Errorf("importing %q %v: %s", id, identity, diags)
	}
	return object
}

// evaluate gives the arguments of the one resource, or import, of a file, for
// each key of its for_each, where variables have the values.
func evaluate(t *testing.T, file string, variables map[string]string) []map[string]any {
	t.Helper()
	parsed, diags := hclsyntax.ParseConfig(readFile(t, file), file, hcl.InitialPos)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	var out []map[string]any
	kinds := map[string]string{}
	for _, block := range parsed.Body.(*hclsyntax.Body).Blocks {
		if block.Type == "variable" {
			kinds[block.Labels[0]] = string(block.Body.Attributes["type"].Expr.Range().SliceBytes(parsed.Bytes))
			continue
		}
		keys := map[string]any{"": nil}
		if each := block.Body.Attributes["for_each"]; each != nil {
			keys, _ = valueOf(t, each.Expr, "{}").(map[string]any)
		}
		for key, value := range keys {
			var vars []string
			for name, kind := range kinds {
				text := fmt.Sprintf("%q", variables[name])
				if kind == "map(string)" {
					text = fmt.Sprintf("{%s = %s}", key, text)
				}
				vars = append(vars, fmt.Sprintf("%s = %s", name, text))
			}
			scope := fmt.Sprintf("{var = {%s}, each = {key = %q, value = %q}}", strings.Join(vars, ", "), key, fmt.Sprint(value))
			arguments := map[string]any{}
			for name, a := range block.Body.Attributes {
				if name != "for_each" && name != "to" {
					arguments[name] = valueOf(t, a.Expr, scope)
				}
			}
			out = append(out, arguments)
		}
	}
	return out
}

// valueOf evaluates an expression in a scope, which is written as an object.
func valueOf(t *testing.T, expr hclsyntax.Expression, scope string) any {
	t.Helper()
	switch e := expr.(type) {
	case *hclsyntax.ObjectConsExpr:
		out := map[string]any{}
		for _, item := range e.Items {
			out[hcl.ExprAsKeyword(item.KeyExpr)] = valueOf(t, item.ValueExpr, scope)
		}
		return out
	case *hclsyntax.TupleConsExpr:
		var out []any
		for _, element := range e.Exprs {
			out = append(out, valueOf(t, element, scope))
		}
		return out
	}
	variables, diags := hclsyntax.ParseExpression([]byte(scope), "scope", hcl.InitialPos)
	if diags.HasErrors() {
		t.Fatalf("%s: %s", scope, diags)
	}
	known, diags := variables.Value(nil)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	value, diags := expr.Value(&hcl.EvalContext{Variables: known.AsValueMap()})
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	switch kind := value.Type().FriendlyName(); kind {
	case "string":
		return value.AsString()
	case "bool":
		return value.True()
	case "number":
		n, _ := value.AsBigFloat().Int64()
		return n
	default:
		t.Fatalf("%s: a value of type %s", expr.Range(), kind)
		return nil
	}
}

// TestExamplesOfAnyServiceDoSomething is [TestExamplesDoSomething] for a service
// that no table knows.
func TestExamplesOfAnyServiceDoSomething(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	failOn(t, server.Serve(`{"slug": "brand-new", "title": "Brand new", "events": ["push_events", "tag_push_events"], "params": [
		{"name": "server_url", "type": "string"}, {"name": "priority", "type": "integer"},
		{"name": "labels", "type": "array"}, {"name": "token", "type": "string", "hidden": true}]}`))
	contract, _ := server.Contract("brand-new")
	var least Object
	for _, example := range []string{"resource.tf", "resource_use.tf"} {
		r := Connect(t, server).resource(anyService)
		config := evaluate(t, filepath.Join(exampleFolder, "resources", anyService, example), map[string]string{"brand_new_token": "secret"})[0]
		at := gitlab.Place{Level: gitlab.Projects}
		for _, level := range []*gitlab.Level{gitlab.Projects, gitlab.Groups} {
			if name, ok := config[level.Noun].(string); ok {
				at = gitlab.Place{Level: level, Name: name}
			}
		}
		acctest.AddPlace(server, at)
		if set := r.MustSet(Object{}, config); least.Values == nil {
			least = set
		}
		checkActs(t, server, contract, at.Name)
	}
	checkImports(t, Connect(t, server).resource(anyService), anyService, least)
}
