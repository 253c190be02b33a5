package reference

import (
	"fmt"
	"strings"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
)

// ToDo says what is to do after a comparison, in Markdown: a list, and a draft
// for each service that the table does not have.
func (c *Comparison) ToDo(d *Description, rows []*catalog.Service) (string, error) {
	var b strings.Builder
	if c.Clean() {
		fmt.Fprintf(&b, "GitLab %s declares %d services; the table says of them what GitLab says, but for %d differences with a reason.\n",
			d.Version, len(d.Services), c.Excused)
		return b.String(), nil
	}
	fmt.Fprintf(&b, "GitLab %s declares what the table does not say. To do:\n\n", d.Version)
	for _, difference := range c.Open {
		name := "`" + difference.Slug + "`"
		if difference.Param != "" {
			name += ": `" + difference.Param + "`"
		}
		fmt.Fprintf(&b, "- [ ] %s %s\n", name, difference.ToDo)
	}
	for _, key := range c.Stale {
		fmt.Fprintf(&b, "- [ ] the deviation \"%s\" is none any more: take it out\n", key)
	}
	b.WriteString("\nWhat is meant to differ goes into `internal/reference/deviations.go`, with the reason. In the end,\n" +
		"`go run ./internal/reference/cmd/reference -extract <description> >internal/reference/declared.json`\n" +
		"keeps what the rows are held to.\n")
	for _, s := range c.Unknown {
		draft, err := draft(s, d.Version, rows)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&b, "\n## Draft of %s\n\n", s.Slug)
		fmt.Fprintf(&b, "`internal/catalog/%s`, and `%s` into the list `table` of `internal/catalog/catalog.go`:\n\n```go\n%s```\n\n",
			draft.File, draft.Variable, draft.Row)
		fmt.Fprintf(&b, "An entry in the newest file of `internal/fakegitlab/contract`:\n\n```json\n%s```\n\n", draft.Entry)
		b.WriteString("Then CONTRIBUTING.md, \"How to add a service\": the tests say what the drafts lack.\n")
	}
	return b.String(), nil
}
