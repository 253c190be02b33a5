// Package reference holds the table of services to what GitLab itself declares:
// the parameters of the PUT of each service, in its own OpenAPI description. An
// extract of that description is kept here, so that a test notices a row that
// says something else; the command beside it compares a newer description, and
// writes what is to do, with drafts for services that the table does not have.
//
// What GitLab declares is no proof of what it takes: [Deviations] has the places
// where its own code says otherwise, each with the reason.
package reference

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
)

// Description is what a version of GitLab declares for the services of a
// project. It has facts only: names, types, and what is required.
type Description struct {
	// Version is that of the GitLab, such as 19.5.
	Version string `json:"version"`
	// Services are in the order in which GitLab declares them.
	Services []Service `json:"services"`
}

// Service is what GitLab declares for one service.
type Service struct {
	Slug string `json:"slug"`
	// Params are in the order in which GitLab declares them, which is the one in
	// which it checks them.
	Params []Param `json:"params"`
}

// Param is one declared parameter.
type Param struct {
	Name string `json:"name"`
	// Type is string, integer, boolean, array[string], or another type in the
	// words of OpenAPI.
	Type     string `json:"type"`
	Required bool   `json:"required,omitempty"`
}

//go:embed declared.json
var declared []byte

// Kept is the extract that the project keeps.
func Kept() (*Description, error) { return parseExtract(declared) }

// parseExtract reads what [Description.Extract] wrote.
func parseExtract(text []byte) (*Description, error) {
	var d Description
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&d); err != nil {
		return nil, fmt.Errorf("not an extract as this command writes it: %w", err)
	}
	return &d, d.check()
}

// Extract writes the description as the project keeps it: JSON, a line a
// service.
func (d *Description) Extract() ([]byte, error) {
	var out bytes.Buffer
	version, err := json.Marshal(d.Version)
	if err != nil {
		return nil, err
	}
	fmt.Fprintf(&out, "{\"version\": %s, \"services\": [\n", version)
	for i, s := range d.Services {
		if i > 0 {
			out.WriteString(",\n")
		}
		line, err := json.Marshal(s)
		if err != nil {
			return nil, err
		}
		out.Write(line)
	}
	out.WriteString("\n]}\n")
	return out.Bytes(), nil
}

// Names go into source code, into paths and onto a terminal, so they must be
// what names of GitLab are.
var (
	isSlug = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	isName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)
)

func (d *Description) check() error {
	if len(d.Services) == 0 {
		return errors.New("declares no service of a project, a PUT below " + below + "<slug>: GitLab's own description is doc/api/openapi/openapi_v3.yaml")
	}
	var slugs []string
	for _, s := range d.Services {
		if !isSlug.MatchString(s.Slug) {
			return fmt.Errorf("%q is no slug of a service", s.Slug)
		}
		if slices.Contains(slugs, s.Slug) {
			return fmt.Errorf("declares %s twice", s.Slug)
		}
		slugs = append(slugs, s.Slug)
		for _, p := range s.Params {
			if !isName.MatchString(p.Name) {
				return fmt.Errorf("%s: %q is no name of a parameter", s.Slug, p.Name)
			}
		}
	}
	return nil
}
