package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
)

// secretsOf are the arguments of a service that are secrets.
func secretsOf(s *catalog.Service) []catalog.Argument {
	return slices.DeleteFunc(s.Arguments(), func(a catalog.Argument) bool { return a.WriteOnly == "" })
}

// secretsNote is what the page of a resource says of its secrets, in a template
// that goes on with how to give them; empty: there are none.
func secretsNote(s *catalog.Service) string {
	var hidden, shown []string
	form := ""
	for _, a := range secretsOf(s) {
		if form == "" {
			form = a.WriteOnly
		}
		if a.AlwaysShown() {
			shown = append(shown, a.Name)
		} else {
			hidden = append(hidden, a.Name)
		}
	}
	if form == "" {
		return ""
	}
	var notes []string
	if len(hidden) > 0 {
		notes = append(notes, fmt.Sprintf("GitLab never tells %s, so Terraform sends what it was given with every write.", few(hidden)))
	}
	if len(shown) > 0 {
		notes = append(notes, fmt.Sprintf("GitLab tells %s to everybody who may read the service; lists and data sources of this provider do not.", few(shown)))
	}
	return fmt.Sprintf("{{ $secrets = %q }}{{ $form = %q }}", strings.Join(notes, "\n"), form)
}

// secretDrift says how a changed secret shows: of each, where they differ.
func secretDrift(s *catalog.Service) string {
	var ways []string
	names := map[string][]string{}
	for _, a := range secretsOf(s) {
		way := "by time stamp"
		switch {
		case a.Unwatched != "":
			way = "none: raise `" + a.WriteOnly + "_version`"
			if a.Watched != "" {
				way = "by time stamp " + a.Watched + ", then " + way
			}
		case a.AlwaysShown():
			way = "compared"
		case a.Shown != "":
			way = "compared " + a.Shown + ", by time stamp since"
		}
		if !slices.Contains(ways, way) {
			ways = append(ways, way)
		}
		names[way] = append(names[way], a.Name)
	}
	if len(ways) > 1 {
		for i, way := range ways {
			ways[i] = few(names[way]) + ": " + way
		}
	}
	return strings.Join(ways, "; ")
}

// few names some, and says how many more there are.
func few(names []string) string {
	const most = 3
	quoted := make([]string, len(names))
	for i, n := range names {
		quoted[i] = "`" + n + "`"
	}
	switch n := len(quoted); {
	case n == 0:
		return ""
	case n == 1:
		return quoted[0]
	case n > most:
		return fmt.Sprintf("%s and %d more", quoted[0], n-1)
	default:
		return strings.Join(quoted[:n-1], ", ") + " and " + quoted[n-1]
	}
}
