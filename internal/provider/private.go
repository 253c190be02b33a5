package provider

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/gitlab"
)

// memory is what the provider keeps of a resource in Terraform's private state,
// beside the state that users see. It never holds a secret.
type memory struct {
	// ID is GitLab's id of the record, 0 where it is not known.
	ID int64 `json:"id,omitempty"`
	// Stamp is the updated_at of GitLab's answer to our own last write. GitLab
	// moves it with every write of others, to the millisecond.
	Stamp time.Time `json:"stamp,omitzero"`
	// ReadAt is the updated_at of the last answer that became the state as it was
	// given, and Print how that was read: zero where there is none.
	ReadAt time.Time `json:"read_at,omitzero"`
	Print  string    `json:"print,omitempty"`
	// Contradictions are GitLab's answers that differ from what we sent for
	// parameters that nobody configured: while GitLab keeps answering just that,
	// it is no drift.
	Contradictions map[string]json.RawMessage `json:"contradictions,omitempty"`
	// Mark tells the resource from every other one: nothing else that a plan of
	// it is given does.
	Mark string `json:"mark,omitempty"`
	// Unsettled says that a plan could not tell whether a new name of the place is
	// that of the same place: the write asks again.
	Unsettled bool `json:"unsettled,omitempty"`
	// Shared says that the plan which destroys the resource has seen another one
	// that has the same record and stays.
	Shared bool `json:"shared,omitempty"`
	// Importing says that the resource has been imported and not been read yet.
	Importing bool `json:"importing,omitempty"`
	// Adopted names the secrets in the state that GitLab showed to an import and
	// that no configuration has had since.
	Adopted []string `json:"adopted,omitempty"`
	// Untold says that the service is to inherit its settings, and that GitLab does
	// not tell whether it does.
	Untold bool `json:"untold,omitempty"`
}

const memoryKey = "service"

// privateState is the part of the framework's private state that is used here;
// its own type cannot be named.
type privateState interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

// marked gives the memory with a mark, its own or a new one.
func (m memory) marked() memory {
	if m.Mark == "" {
		m.Mark = rand.Text()
	}
	return m
}

// load reads the memory. What cannot be read counts as nothing known: it costs
// a warning that is not given, never a plan.
func load(ctx context.Context, private privateState) memory {
	raw, _ := private.GetKey(ctx, memoryKey)
	m, _ := remembered(raw)
	return m
}

// remembered reads the memory; false where it cannot be read.
func remembered(raw []byte) (memory, bool) {
	var m memory
	if json.Unmarshal(raw, &m) != nil {
		return memory{}, false
	}
	return m, true
}

func (m memory) save(ctx context.Context, private privateState) diag.Diagnostics {
	raw, err := json.Marshal(m)
	if err != nil {
		var diags diag.Diagnostics
		diags.AddError("Unable to keep private state", err.Error())
		return diags
	}
	return private.SetKey(ctx, memoryKey, raw)
}

// replicaLag is how much older than our own last write an answer may be because
// a replica of GitLab's database has not caught up.
const replicaLag = time.Minute

// foreign reports whether somebody else has written the record since our own
// last write. Both times are GitLab's, whose answers to a PUT and to the GET
// after it agree to the millisecond in 10.5, 12.3 and 18.9: one that is later by
// any amount is somebody else's. One that is much earlier is that of a GitLab
// restored from a backup, which has another secret too.
func (m memory) foreign(updatedAt time.Time) bool {
	if m.Stamp.IsZero() || updatedAt.IsZero() {
		return false
	}
	return updatedAt.After(m.Stamp) || m.Stamp.Sub(updatedAt) >= replicaLag
}

// asRead gives the memory of a state that is what an answer told, read in a
// way that [instance.print] stands for. An answer of which there was something to
// say does not count, because it is to be said again; nor does one that differs
// from what was sent, or is not known to be of which service.
func (m memory) asRead(answer *gitlab.Service, way string, said diag.Diagnostics) memory {
	m.ReadAt, m.Print = time.Time{}, ""
	if len(said) == 0 && len(m.Contradictions) == 0 && answer.Slug != "" {
		m.ReadAt, m.Print = answer.UpdatedAt, way
	}
	return m
}

// unchanged reports whether what a list tells of the record proves that the
// state is what a GET would make of it: settings are in the row of the stamp, so
// that an equal stamp is equal settings (see [catalog.Service.Stamped]).
func (m memory) unchanged(l gitlab.Listed, inherits bool, way string) bool {
	told := l.Inherited != nil && *l.Inherited
	return m.Print == way && !m.ReadAt.IsZero() && m.ReadAt.Equal(l.UpdatedAt) && m.ID == l.ID && l.Active &&
		!m.Importing && !m.foreign(l.UpdatedAt) && told == inherits
}

// anothers reports whether the record that GitLab shows is not the one that we
// wrote: another project has taken the path, or GitLab has made it anew.
func (m memory) anothers(id int64) bool { return m.ID != 0 && id != 0 && m.ID != id }

// stillContradicts reports whether GitLab answers for a parameter just what it
// answered, against what was sent, when it was written.
func (m memory) stillContradicts(name string, wire map[string]any) bool {
	noted, ok := m.Contradictions[name]
	return ok && string(noted) == string(rawJSON(wire[name]))
}

// rawJSON is the value in its one JSON form: object keys sorted, no blanks.
func rawJSON(value any) json.RawMessage {
	raw, err := json.Marshal(value)
	if err != nil {
		return nil
	}
	return raw
}
