package main

import (
	"cmp"
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
	form := ""
	var ways []string
	names := map[string][]string{}
	for _, a := range secretsOf(s) {
		if form == "" {
			form = a.WriteOnly
		}
		if !slices.Contains(ways, a.Shown) {
			ways = append(ways, a.Shown)
		}
		names[a.Shown] = append(names[a.Shown], a.Name)
	}
	if form == "" {
		return ""
	}
	var notes []string
	for _, shown := range ways {
		notes = append(notes, fmt.Sprintf(returned(shown), few(names[shown])))
	}
	notes = append(notes, "Terraform sends what the configuration says with every write. Data sources and lists of this provider never contain a secret.")
	return fmt.Sprintf("{{ $secrets = %q }}{{ $form = %q }}", strings.Join(notes, "\n"), form)
}

// returned says, of secrets that are yet to be named, where GitLab returns them.
func returned(shown string) string {
	switch shown {
	case "":
		return "GitLab does not return %s."
	case catalog.Always:
		return "GitLab returns %s to everybody who may read the service."
	}
	return "GitLab " + shown + " returns %s to everybody who may read the service; newer versions do not."
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
		case a.Shown == catalog.Always:
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

// secretsTable is which secrets GitLab returns, and how a change of them that was
// made outside Terraform is detected: the one place that says so.
func secretsTable(services []*catalog.Service) string {
	var rows []string
	named, last := map[string][]string{}, map[string]string{}
	for _, s := range services {
		for _, a := range secretsOf(s) {
			if a.Shown == "" && a.Unwatched == "" {
				continue
			}
			row := fmt.Sprintf("%s | %s |", cmp.Or(a.Shown, "never"), detection(a))
			if named[row] == nil {
				rows = append(rows, row)
			}
			name := s.Title
			if a.Name != last[row] {
				name, last[row] = fmt.Sprintf("`%s` of %s", a.Name, name), a.Name
			}
			if life := a.Life.String(); life != "" {
				name += " (" + life + ")"
			}
			named[row] = append(named[row], name)
		}
	}
	slices.Sort(rows)
	var b strings.Builder
	b.WriteString("| secrets | returned by GitLab | a change made outside Terraform |\n|---|---|---|\n")
	for _, row := range rows {
		fmt.Fprintf(&b, "| %s | %s\n", strings.Join(named[row], ", "), row)
	}
	b.WriteString("| all others | never | detected by the time stamp of the service |\n")
	return b.String()
}

// detection is how a change of the secret outside Terraform shows.
func detection(a catalog.Argument) string {
	switch {
	case a.Watched != "":
		return "detected by the time stamp " + a.Watched + ", not in newer versions: raise `" + a.WriteOnly + "_version` to send yours again"
	case a.Unwatched != "":
		return "not detected: raise `" + a.WriteOnly + "_version` to send yours again"
	case a.Shown == catalog.Always:
		return "compared while the state contains `x`; otherwise detected by the time stamp"
	}
	return a.Shown + " compared while the state contains `x`; otherwise detected by the time stamp"
}
