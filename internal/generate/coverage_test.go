package main

import (
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/reference"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/schemajson"
)

// TestWhatTheOfficialProviderHasIsWhatRowsTakeOver compares the facts about it
// with the rows, whose states it is that moved blocks bring.
func TestWhatTheOfficialProviderHasIsWhatRowsTakeOver(t *testing.T) {
	t.Parallel()
	theirs, err := readOfficial()
	if err != nil {
		t.Fatal(err)
	}
	if !regexp.MustCompile(`^\d+\.\d+\.\d+$`).MatchString(theirs.Version) || !regexp.MustCompile(`^\d{4}-\d\d-\d\d$`).MatchString(theirs.Date) {
		t.Errorf("version %q of %q", theirs.Version, theirs.Date)
	}
	var peers, declared []string
	for _, s := range catalog.All() {
		if len(s.Peer.Types) > 0 {
			peers = append(peers, s.Slug)
		}
	}
	if !slices.Equal(peers, theirs.Projects) {
		t.Errorf("rows have a Peer for %v; official.json has, by slug, %v", peers, theirs.Projects)
	}
	today, err := reference.Kept()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range today.Services {
		declared = append(declared, s.Slug)
	}
	for _, list := range [][]string{theirs.Groups, theirs.DataSources, theirs.Lists, theirs.WriteOnly, theirs.Identities} {
		if !slices.IsSorted(list) || len(common(list, declared)) != len(list) {
			t.Errorf("official.json: not sorted, or not slugs of GitLab: %v", list)
		}
	}
}

// TestTheCoverageIsThatOfTheSchemas takes features away from them.
func TestTheCoverageIsThatOfTheSchemas(t *testing.T) {
	t.Parallel()
	dump, err := schemajson.Dump(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	services := catalog.All()
	all := ours(dump, services)
	var slugs, withSecrets []string
	for _, s := range services {
		slugs = append(slugs, s.Slug)
		if len(s.Secrets()) > 0 {
			withSecrets = append(withSecrets, s.Slug)
		}
	}
	for what, lists := range map[string][2][]string{
		"resources": {all.Projects, slugs}, "data sources": {all.DataSources, slugs}, "lists": {all.Lists, slugs},
		"identities": {all.Identities, slugs}, "write-only secrets": {all.WriteOnly, withSecrets},
	} {
		if !slices.Equal(lists[0], lists[1]) {
			t.Errorf("%s: %v, want those of %v", what, lists[0], lists[1])
		}
	}
	with := func(attributes schemajson.Object) schemajson.Object {
		return schemajson.Object{"schema": schemajson.Object{"block": schemajson.Object{"attributes": attributes}}}
	}
	slack := catalog.Service{Slug: "slack", Params: []catalog.Param{catalog.Secret{Name: "webhook"}, catalog.Secret{Name: "token"}}}
	resource := func(tokens any) schemajson.Object {
		return schemajson.Object{"resource_schemas": schemajson.Object{
			"gitlabservices_slack": with(schemajson.Object{
				"webhook_wo": schemajson.Object{"write_only": true}, "token_wo": tokens,
			})["schema"],
			"gitlabservices_group_slack": schemajson.Object{},
		}}
	}
	for _, test := range []struct {
		tokens any
		want   features
	}{
		{schemajson.Object{"write_only": true}, features{Projects: []string{"slack"}, Groups: []string{"slack"}, WriteOnly: []string{"slack"}}},
		{schemajson.Object{}, features{Projects: []string{"slack"}, Groups: []string{"slack"}}},
	} {
		if got := ours(resource(test.tokens), []*catalog.Service{&slack}); !reflect.DeepEqual(got, test.want) {
			t.Errorf("got %+v, want %+v", got, test.want)
		}
	}
	table, err := coverage(schemajson.Object{}, nil)
	if err != nil || !strings.Contains(table, "| a data source | none | none |") || !strings.Contains(table, "of GitLab 19.5 | none | 17 |") {
		t.Errorf("without a service: %v\n%s", err, table)
	}
}

func TestAFileWithoutAPlaceForATableIsRefused(t *testing.T) {
	t.Parallel()
	const begin, end = "<!-- BEGIN x: make generate writes it -->\n\n", "\n<!-- END x -->"
	for text, want := range map[string]string{
		"a\n" + begin + "old\n" + end + "\nb\n": "a\n" + begin + "new\n" + end + "\nb\n",
		"a\n" + begin:                           "", end: "", "": "",
	} {
		got, err := withTable(text, "x", "new\n")
		if got != want || (want == "") != (err != nil) {
			t.Errorf("%q becomes %q, error %v; want %q", text, got, err, want)
		}
	}
}
