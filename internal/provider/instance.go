package provider

import (
	"context"
	"fmt"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/gitlab"
)

// instance is what one Configure makes and all its resources share.
type instance struct {
	// client is nil while the instance is not ready.
	client *gitlab.Client
	// unknown names the arguments that keep the instance from working.
	unknown []string
	// address and token tell where base_url and token come from.
	address, token    source
	detectSecretDrift bool
	// batchRefresh says that a refresh may ask for all services of a place at once.
	batchRefresh bool
	// version is the provider's own.
	version string
	gate    gate
	claims  claims
	// listSlots is a semaphore over all lists of a run, with room for the projects
	// that are looked at: Terraform runs several lists side by side.
	listSlots chan struct{}
	warned    sync.Once
}

// instanceOf is the instance that Configure made; where there was no Configure,
// as for a validation, one that is not ready.
func instanceOf(configured any) *instance {
	if i, ok := configured.(*instance); ok {
		return i
	}
	return newInstance([]string{"configuration"})
}

// newInstance is one that is not ready until it gets a client.
func newInstance(unknown []string) *instance {
	i := &instance{unknown: unknown, detectSecretDrift: true, batchRefresh: true, listSlots: make(chan struct{}, placesAtOnce)}
	i.gate.differ, i.claims.differ = i.differ, i.differ
	return i
}

// differ reports whether two places are known to be two.
func (i *instance) differ(a, b gitlab.Place) bool { return i.client != nil && i.client.Differ(a, b) }

// who names the GitLab, at the beginning of a sentence about what it says.
func (i *instance) who() string {
	if i.address.absent {
		return "GitLab.com (because " + i.address.neither() + ")"
	}
	return "GitLab (" + i.client.Address() + ")"
}

// print stands for how the instance reads an answer of a service: a new release,
// or another argument that changes it, reads everything once.
func (i *instance) print(row *catalog.Service) string {
	return fmt.Sprintf("%s %s %t", i.version, row.Print(), i.detectSecretDrift)
}

// ready is an error while an argument of the provider is unknown.
func (i *instance) ready() diag.Diagnostics {
	if i.client != nil {
		return nil
	}
	return diag.Diagnostics{notConfigured(i.unknown)}
}

// warnOnce gives the warning for the first of all resources.
func (i *instance) warnOnce(warning diag.Diagnostic) diag.Diagnostics {
	var diags diag.Diagnostics
	i.warned.Do(func() { diags.Append(warning) })
	return diags
}

// patient gives a context that counts how long the requests of an operation are
// held back, and what says so in the end where a user would wonder.
func patient(ctx context.Context) (context.Context, func(*diag.Diagnostics)) {
	ctx, waits := gitlab.WithWaits(ctx)
	return ctx, func(diags *diag.Diagnostics) {
		if held := waits.Total(); held >= gitlab.NotableWait {
			diags.Append(heldBack(held))
		}
	}
}
