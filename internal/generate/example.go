package main

import (
	"slices"
	"strings"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/hcltext"
)

// example is the configuration on a resource's page: what is required, and the
// first few of the optional parameters, with secrets write-only.
func example(s catalog.Service) string {
	var blocks []string
	attributes := []hcltext.Attribute{{Name: catalog.Project, Value: "group/project"}}
	for _, a := range chosen(s) {
		if !a.Secret {
			attributes = append(attributes, hcltext.Attribute{Name: a.Name, Value: a.Value})
			continue
		}
		variable := s.TypeName() + "_" + a.Name
		blocks = append(blocks, hcltext.Block("variable", []string{variable}, []hcltext.Attribute{
			{Name: "type", Value: hcltext.Raw("string")},
			{Name: "sensitive", Value: true},
			{Name: "ephemeral", Value: true},
		}))
		attributes = append(attributes, hcltext.Attribute{Name: a.Name + "_wo", Value: hcltext.Raw("var." + variable)})
	}
	blocks = append(blocks, hcltext.Block("resource", []string{"gitlabservices_" + s.TypeName(), "this"}, attributes))
	return strings.Join(blocks, "\n")
}

// chosen are the arguments that an example shows: the required ones, three
// optional settings that say something (a switch turned over does not), two
// events, and what must stand beside them.
func chosen(s catalog.Service) []catalog.Argument {
	arguments := s.Arguments()
	take := map[string]bool{}
	settings, events := 0, 0
	for _, a := range arguments {
		_, isSwitch := a.Value.(bool)
		switch {
		case a.Required:
			take[a.Name] = true
		case a.Legacy, isSwitch && !a.Event:
		case a.Event && events < 2:
			events++
			take[a.Name] = true
		case !a.Event && settings < 3:
			settings++
			take[a.Name] = true
		}
	}
	for _, a := range arguments {
		for _, with := range a.With {
			take[with] = take[with] || take[a.Name]
		}
	}
	return slices.DeleteFunc(arguments, func(a catalog.Argument) bool { return !take[a.Name] })
}
