package main

import (
	"cmp"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/gitlab"
)

// format is that of the file. A key more does not change it; one that goes, or
// means something else, does.
const format = 1

// document is the file; catalog.schema.json says what each key means.
type document struct {
	Schema   string    `json:"$schema"`
	Format   int       `json:"format"`
	Provider string    `json:"provider"`
	Services []service `json:"services"`
}

type service struct {
	Slug         string            `json:"slug"`
	Title        string            `json:"title"`
	AlsoKnownAs  []string          `json:"also_known_as,omitempty"`
	Help         string            `json:"help"`
	Purpose      string            `json:"purpose,omitempty"`
	Docs         string            `json:"docs,omitempty"`
	Since        string            `json:"since,omitempty"`
	RemovedIn    string            `json:"removed_in,omitempty"`
	Builds       string            `json:"builds,omitempty"`
	Installation string            `json:"installation,omitempty"`
	Levels       []string          `json:"levels"`
	Resources    map[string]string `json:"resources"`
	Parameters   []parameter       `json:"parameters"`
	Events       []event           `json:"events,omitempty"`
}

type parameter struct {
	Name     string   `json:"name"`
	Kind     string   `json:"kind"`
	Help     string   `json:"help"`
	Required bool     `json:"required,omitempty"`
	Default  any      `json:"default,omitempty"`
	OneOf    []any    `json:"one_of,omitempty"`
	With     []string `json:"with,omitempty"`
	Legacy   bool     `json:"legacy,omitempty"`
	Since    string   `json:"since,omitempty"`
	Until    string   `json:"until,omitempty"`
	Shown    string   `json:"shown,omitempty"`
}

type event struct {
	What    string `json:"what"`
	Flag    string `json:"flag,omitempty"`
	Channel string `json:"channel,omitempty"`
}

// schemaAddress is where the newest release has the schema.
const schemaAddress = "https://github.com/gitlabservices/terraform-provider-gitlabservices/releases/latest/download/catalog.schema.json"

func describe(version string, services []*catalog.Service) document {
	out := document{Schema: schemaAddress, Format: format, Provider: version}
	for _, s := range services {
		out.Services = append(out.Services, describeService(s))
	}
	return out
}

func describeService(s *catalog.Service) service {
	out := service{
		Slug: s.Slug, Title: s.Title, AlsoKnownAs: s.AlsoKnownAs, Help: s.Help, Purpose: string(s.Purpose), Docs: s.Docs,
		Since: s.Since, RemovedIn: s.Gone.In, Builds: s.Builds, Installation: s.Installation.String(),
		Levels:     []string{gitlab.Projects.Noun},
		Resources:  map[string]string{gitlab.Projects.Noun: s.ResourceType()},
		Parameters: []parameter{},
	}
	if !s.ProjectOnly {
		out.Levels = append(out.Levels, gitlab.Groups.Noun)
		out.Resources[gitlab.Groups.Noun] = s.GroupResourceType()
	}
	for _, a := range s.Arguments() {
		out.Parameters = append(out.Parameters, parameter{
			Name: a.Name, Kind: kind(a), Help: a.Help, Required: a.Required, Default: a.Default, OneOf: a.OneOf, With: a.With,
			Legacy: a.Legacy, Since: a.Life.Since, Until: a.Life.Until, Shown: a.Shown,
		})
	}
	for _, e := range s.Events {
		if s.Channels == catalog.NoChannels {
			e.Channel = ""
		}
		if cmp.Or(e.Flag, e.Channel) != "" {
			out.Events = append(out.Events, event{What: e.What, Flag: e.Flag, Channel: e.Channel})
		}
	}
	return out
}

// kind is what a parameter holds. A secret is text.
func kind(a catalog.Argument) string {
	if a.WriteOnly != "" {
		return "secret"
	}
	switch a.Value.(type) {
	case bool:
		return "boolean"
	case int64:
		return "integer"
	case []string:
		return "strings"
	default:
		return "string"
	}
}
