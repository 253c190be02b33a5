package reference

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pb33f/libopenapi"
	"github.com/pb33f/libopenapi/datamodel"
	"github.com/pb33f/libopenapi/datamodel/high/base"
	v3 "github.com/pb33f/libopenapi/datamodel/high/v3"
)

// below is where GitLab describes the services of projects. The same ones stand
// below /services/ too, and in groups.
const below = "/api/v4/projects/{id}/integrations/"

// Read reads an OpenAPI 3 description of GitLab, YAML or JSON, or an extract that
// [Description.Extract] wrote. Of a folder it reads all descriptions in it, and
// passes over what is none, such as the Swagger 2 that GitLab keeps beside.
func Read(path string) (*Description, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		d, err := readFile(path)
		if err == nil {
			err = d.check()
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		return d, nil
	}
	return readFolder(path)
}

func readFolder(path string) (*Description, error) {
	entries, err := os.ReadDir(path)
	if err != nil {
		return nil, err
	}
	var all Description
	var passed []error
	for _, entry := range entries {
		if !slices.Contains([]string{".yaml", ".yml", ".json"}, filepath.Ext(entry.Name())) {
			continue
		}
		d, err := readFile(filepath.Join(path, entry.Name()))
		if err != nil {
			err = fmt.Errorf("%s: %w", filepath.Join(path, entry.Name()), err)
		}
		if errors.Is(err, errOther) {
			passed = append(passed, err)
			continue
		}
		if err != nil {
			return nil, err
		}
		if len(d.Services) > 0 {
			all.Version = d.Version
			all.Services = append(all.Services, d.Services...)
		}
	}
	if err := all.check(); err != nil {
		return nil, errors.Join(append(passed, fmt.Errorf("%s: %w", path, err))...)
	}
	return &all, nil
}

// errOther is that a file is not an OpenAPI 3 description.
var errOther = errors.New("not an OpenAPI 3 description")

func readFile(path string) (*Description, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if bytes.HasPrefix(text, []byte(`{"version": `)) {
		return parseExtract(text)
	}
	return parseOpenAPI(text)
}

func parseOpenAPI(text []byte) (*Description, error) {
	document, err := libopenapi.NewDocumentWithConfiguration(text, &datamodel.DocumentConfiguration{
		SkipCircularReferenceCheck: true, // entities may refer to themselves
		Logger:                     slog.New(slog.DiscardHandler),
	})
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errOther, err)
	}
	if info := document.GetSpecInfo(); info == nil || !strings.HasPrefix(info.Version, "3.") {
		return nil, errOther
	}
	// A model comes with the errors, without the parts that they are about: those
	// elsewhere in the four megabytes are not ours to judge.
	model, err := document.BuildV3Model()
	if model == nil {
		return nil, err
	}
	var d Description
	if model.Model.Info != nil {
		d.Version = model.Model.Info.Version
	}
	if model.Model.Paths == nil {
		return &d, nil
	}
	for path, item := range model.Model.Paths.PathItems.FromOldest() {
		slug, ours := strings.CutPrefix(path, below)
		if !ours || strings.Contains(slug, "/") || item.Put == nil {
			continue
		}
		if item.Put.RequestBody == nil && err != nil {
			return nil, fmt.Errorf("PUT %s: %w", path, err)
		}
		params, err := body(item.Put)
		if err != nil {
			return nil, fmt.Errorf("PUT %s: %w", path, err)
		}
		d.Services = append(d.Services, Service{Slug: slug, Params: params})
	}
	return &d, nil
}

// body is what the operation takes as JSON.
func body(put *v3.Operation) ([]Param, error) {
	if put.RequestBody == nil || put.RequestBody.Content == nil {
		return nil, nil
	}
	media, ok := put.RequestBody.Content.Get("application/json")
	if !ok || media.Schema == nil {
		return nil, errors.New("the body is not described as JSON")
	}
	schema, err := built(media.Schema)
	if err != nil {
		return nil, err
	}
	var params []Param
	for name, proxy := range schema.Properties.FromOldest() {
		property, err := built(proxy)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		typ, err := typeOf(property)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		params = append(params, Param{Name: name, Type: typ, Required: slices.Contains(schema.Required, name)})
	}
	return params, nil
}

// built follows the reference to a schema.
func built(proxy *base.SchemaProxy) (*base.Schema, error) {
	schema, err := proxy.BuildSchema()
	if err == nil && schema == nil {
		err = errors.New("no schema")
	}
	return schema, err
}

// typeOf is the type in one word, with that of the elements of a list, or all
// types that will do.
func typeOf(schema *base.Schema) (string, error) {
	types := slices.DeleteFunc(slices.Clone(schema.Type), func(t string) bool { return t == "null" })
	if slices.Equal(types, []string{"array"}) && schema.Items != nil && schema.Items.IsA() {
		items, err := built(schema.Items.A)
		if err != nil {
			return "", err
		}
		of, err := typeOf(items)
		return "array[" + of + "]", err
	}
	for _, proxy := range slices.Concat(schema.OneOf, schema.AnyOf) {
		choice, err := built(proxy)
		if err != nil {
			return "", err
		}
		typ, err := typeOf(choice)
		if err != nil {
			return "", err
		}
		types = append(types, typ)
	}
	return strings.Join(types, " or "), nil
}
