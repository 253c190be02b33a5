package catalog

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

func TestDataSourcesHaveAllAttributesButSecrets(t *testing.T) {
	t.Parallel()
	for _, s := range All() {
		file := "service_" + s.TypeName() + ".go"
		resource := s.Attributes()
		data, err := s.DataAttributes()
		if err != nil {
			t.Errorf("%s: %v: add it in data.go", file, err)
		}
		if got, want := len(data), len(resource)-3*len(s.Secrets()); got != want {
			t.Errorf("%s: %d attributes of the data source, want %d", file, got, want)
		}
		for name, a := range data {
			of, ok := resource[name]
			if !ok || !a.GetType().Equal(of.GetType()) {
				t.Errorf("%s: %s is not the resource's", file, name)
				continue
			}
			if !a.IsComputed() || a.IsOptional() || a.IsRequired() {
				t.Errorf("%s: %s of the data source is not computed only", file, name)
			}
			if help := a.GetMarkdownDescription(); !strings.HasPrefix(of.GetMarkdownDescription(), help) || !strings.HasSuffix(help, ".") || strings.Contains(help, "Defaults to") {
				t.Errorf("%s: %s of the data source is described as %q", file, name, help)
			}
		}
		for _, name := range []string{"project", "allow_missing", "exists"} {
			if _, taken := data[name]; taken {
				t.Errorf("%s: %q is an attribute of every data source", file, name)
			}
		}
	}
}

func TestADataSourceOfAnyServiceShowsItsSettings(t *testing.T) {
	t.Parallel()
	data, err := Any("linear-next").DataAttributes()
	if err != nil || len(data) != 2 {
		t.Fatalf("attributes %v, error %v", data, err)
	}
	if a := data[settings]; !a.IsComputed() || a.GetMarkdownDescription() != (Settings{}).help() || a.GetMarkdownDescription() == "" {
		t.Errorf("the settings are %+v", a)
	}
}

// oddParam is of a kind that data.go does not know.
type oddParam struct{ String }

func (p oddParam) attributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{p.Name: schema.Float64Attribute{Optional: true}}
}

func TestAnAttributeOfANewTypeIsNotLeftOut(t *testing.T) {
	t.Parallel()
	s := Service{Slug: "odd", Params: []Param{oddParam{String{Name: "x"}}}}
	if data, err := s.DataAttributes(); err == nil || !strings.Contains(err.Error(), "x of odd is a schema.Float64Attribute") {
		t.Errorf("attributes %v, error %v", data, err)
	}
}

func TestShowReadsWhatGitLabAnswersAndNothingElse(t *testing.T) {
	t.Parallel()
	s := Service{
		Slug: "x", Title: "X",
		Params: []Param{
			Secret{Name: "token", Required: true},
			String{Name: "text"},
			String{Name: "word", OneOf: []string{"a", "b"}, Default: "a"},
			String{Name: "old", Legacy: Legacy{Why: "It was replaced."}},
			Int{Name: "port"},
			Strings{Name: "keys"},
			Login{Username: String{Name: "username"}, Password: Secret{Name: "password"}},
		},
		Events: []Event{push, vulnerability},
	}
	list := types.ListValueMust(types.StringType, []attr.Value{types.StringValue("A")})
	for body, want := range map[string]Values{
		`{}`:                                   {UseInheritedSettings: noBool},
		`{"token":"s","password":"s","new":1}`: {UseInheritedSettings: noBool},
		`{"text":"","word":null,"old":null,"port":null,"keys":[],"username":null,"push_events":null}`: {
			"text": types.StringNull(), "word": types.StringNull(), "old": types.StringNull(), "port": types.Int64Null(),
			"keys": types.ListNull(types.StringType), "username": types.StringNull(), "push_events": types.BoolValue(false), UseInheritedSettings: noBool,
		},
		`{"text":"t","word":"b","old":"o","port":"6659","keys":["A"],"username":"u","push_events":"1"}`: {
			"text": types.StringValue("t"), "word": types.StringValue("b"), "old": types.StringValue("o"), "port": types.Int64Value(6659),
			"keys": list, "username": types.StringValue("u"), "push_events": types.BoolValue(true), UseInheritedSettings: noBool,
		},
	} {
		var wire map[string]any
		decoder := json.NewDecoder(strings.NewReader(body))
		decoder.UseNumber()
		if err := decoder.Decode(&wire); err != nil {
			t.Fatal(err)
		}
		got := s.Show(Answer{Values: wire})
		if len(got.Problems) > 0 || len(got.Values) != len(want) {
			t.Errorf("%s: %v, %v, want %v", body, got.Values, got.Problems, want)
		}
		for name, value := range want {
			if shown := got.Values[name]; shown == nil || !shown.Equal(value) {
				t.Errorf("%s: %s is %v, want %v", body, name, shown, value)
			}
		}
	}
	if got := s.Show(Answer{Values: map[string]any{"push_events": []any{}}}); len(got.Problems) != 1 || got.Problems[0].Attribute != "push_events" {
		t.Errorf("an answer of an impossible type: %v", got.Problems)
	}
}
