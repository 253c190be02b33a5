package catalog

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Peer is the resource for the same service in the official GitLab provider,
// gitlabhq/gitlab, whose state a moved block hands over. Its attributes have
// GitLab's names, as ours have; the columns say where they differ. The zero Peer
// is a service that the official provider does not have.
//
// See https://registry.terraform.io/providers/gitlabhq/gitlab/latest/docs.
type Peer struct {
	// Types are the names that the resource has had, the oldest first.
	Types []string
	// GroupTypes are those of the resource for groups.
	GroupTypes []string
	// Renamed tells GitLab's name of an attribute by the peer's.
	Renamed map[string]string
	// Dropped are attributes that stay behind.
	Dropped []string
	// RecordIDs: the id was that of GitLab's record in some versions, so that it
	// never stands in for a missing project.
	RecordIDs bool
}

// Move translates the state of the peer's resource, in JSON as Terraform stores
// it, to values of this one, together with the place where the
// service lives, under noun: "project". Secrets come over as they stand
// there; null, "", false, 0 and empty lists are what the official provider keeps
// for an attribute that nobody set, and count as such. Attributes that are not
// known are left behind. What cannot be read is a problem that says what was
// expected; Values are complete only where there is none.
func (s *Service) Move(state []byte, noun string) Reading {
	var old map[string]any
	decoder := json.NewDecoder(bytes.NewReader(state))
	decoder.UseNumber()
	err := decoder.Decode(&old)
	if _, more := decoder.Token(); !errors.Is(more, io.EOF) {
		err = errors.New("more follows after its end")
	}
	if err != nil || old == nil {
		var out Reading
		// The error of the decoder may quote the state, and with it a secret.
		out.Problems.add("", "Unexpected state", "The state to move is not readable: one JSON object is expected.")
		return out
	}

	set := map[string]any{}
	for name, value := range old {
		if !neverSet(value) && !slices.Contains(s.Peer.Dropped, name) {
			set[name] = value
		}
	}
	for theirs, ours := range s.Peer.Renamed {
		if _, taken := set[ours]; !taken && set[theirs] != nil {
			set[ours] = set[theirs]
		}
	}
	out := s.Decode(Answer{Values: set, As: Move})
	place, ok := parseText(set[noun])
	if !s.Peer.RecordIDs && neverSet(old[noun]) {
		// Imports of old versions left the project empty.
		place, ok = parseText(set["id"])
	}
	if !ok {
		place = types.StringNull()
		out.Problems.add(noun, "Unexpected state", fmt.Sprintf("The state to move has %s for `%s`, where the id or the path of a %s is expected.",
			describe(old[noun]), noun, noun))
	}
	out.Values[noun] = place
	return out
}

// neverSet reports whether a value of the official provider's state means that
// nobody set it.
func neverSet(value any) bool {
	switch v := value.(type) {
	case nil:
		return true
	case bool:
		return !v
	case string:
		return strings.TrimSpace(v) == ""
	case json.Number:
		return v == "0"
	case []any:
		return len(v) == 0
	}
	return false
}
