package provider

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/gitlab"
)

// This file decides the wording of everything that users are told. An error
// says what could not be done, which request it was, GitLab's own words, and
// what to do next. The summary of a warning is constant for its kind, because
// Terraform folds equal ones; names stand in the detail.

// failed reports that a request for a service came to nothing. GitLab's words
// about single parameters land on their attributes, where the resource has
// them.
func failed(verb string, s catalog.Service, project string, err error, inst *instance) diag.Diagnostics {
	var diags diag.Diagnostics
	summary := "Unable to " + verb + " " + s.Title
	lead := fmt.Sprintf("Project %q: ", project)
	var e *gitlab.Error
	if !errors.As(err, &e) {
		diags.AddError(summary, lead+err.Error()+".")
		return diags
	}
	detail := lead + e.Error() + "\n\n" + next(e, s, inst)
	fields := e.Fields()
	attributes := s.AttributeTypes()
	var names []string
	for name := range fields {
		if _, ok := attributes[name]; ok {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		diags.AddAttributeError(path.Root(name), summary, fmt.Sprintf("GitLab says: %s %s.\n\n%s", name, fields[name], detail))
	}
	if len(names) == 0 {
		diags.AddError(summary, detail)
	}
	return diags
}

// next tells what to do about an error.
func next(e *gitlab.Error, s catalog.Service, inst *instance) string {
	switch e.Reason() {
	case gitlab.Unauthorized:
		if !inst.hasToken {
			return "No token is configured. Set the provider's token argument or the environment variable GITLAB_TOKEN to a token with the scope api."
		}
		return "GitLab does not accept the token. Check that the provider's token argument or GITLAB_TOKEN holds one that has neither expired nor been revoked, and that base_url is the GitLab that issued it."
	case gitlab.Forbidden:
		return "The token may not do this. Services need the role Maintainer or Owner in the project, and a token with the scope api."
	case gitlab.ProjectNotFound:
		return "The project does not exist, or the token may not see it: GitLab answers the same to both. Check the attribute project and the token's access."
	case gitlab.ServiceNotFound:
		return "The service is not set up in this project."
	case gitlab.UnknownSlug, gitlab.NoSuchRoute:
		if s.Gone.In != "" {
			return s.Gone.String()
		}
		return fmt.Sprintf("Either this GitLab does not have %s, or the provider's base_url is not the address of GitLab's API: it usually ends in /api/v4.", s.Title)
	case gitlab.NoList:
		return "GitLab lists the services of a project since version 12.7. If it is newer, the provider's base_url is not the address of GitLab's API: it usually ends in /api/v4."
	case gitlab.Invalid:
		return "Correct the values that GitLab refuses. Versions before 17.2 do not say which: compare with the documentation of the resource."
	case gitlab.Unavailable:
		return "Nothing is lost: run the command again once GitLab can be reached and is less busy. The provider's retries argument sets how often a request is tried again."
	case gitlab.Other:
	}
	return "Nothing is lost: the state is as it was. Check that the provider's base_url is the address of GitLab's API."
}

// attributeErrors reports problems that were found without GitLab.
func attributeErrors(problems catalog.Problems) diag.Diagnostics {
	var diags diag.Diagnostics
	for _, p := range problems {
		diags.AddAttributeError(path.Root(p.Attribute), p.Summary, p.Detail)
	}
	return diags
}

// attributeWarnings reports the same where the write has happened already: an
// error would taint what GitLab has accepted.
func attributeWarnings(problems catalog.Problems) diag.Diagnostics {
	var diags diag.Diagnostics
	for _, p := range problems {
		diags.AddAttributeWarning(path.Root(p.Attribute), p.Summary, p.Detail)
	}
	return diags
}

func projectGone(s catalog.Service, project string) diag.Diagnostic {
	return diag.NewWarningDiagnostic("Project not found",
		fmt.Sprintf("GitLab says that project %q does not exist, so its service %s counts as gone. GitLab says the same to a token that may not see the project: if it should exist, check the token before you apply.", project, s.Title))
}

func serviceUnknown(s catalog.Service, project string) diag.Diagnostic {
	return diag.NewWarningDiagnostic("Service unknown to this GitLab",
		strings.TrimSpace(fmt.Sprintf("This GitLab does not have %s, so the service of project %q counts as gone. Take the resource out of the configuration. %s", s.Title, project, s.Gone)))
}

func writtenOutside(s catalog.Service, project string, at time.Time, secrets []string) diag.Diagnostic {
	return diag.NewWarningDiagnostic("Secret may have changed",
		fmt.Sprintf("%s of project %q was written outside Terraform at %s. GitLab does not tell whether %s changed, so the plan sends it again. "+
			"To leave secrets alone when others write services, set detect_secret_drift = false in the provider.",
			s.Title, project, at.UTC().Format(time.RFC3339), quoted(secrets)))
}

func notKept(s catalog.Service, project, name string, planned, answered attr.Value, secret bool) diag.Diagnostic {
	values := ""
	if !secret {
		values = fmt.Sprintf(" It was sent %s and answers %s.", shown(planned), shown(answered))
	}
	return diag.NewAttributeWarningDiagnostic(path.Root(name), "GitLab did not keep a value",
		fmt.Sprintf("GitLab accepted %s of project %q but did not keep %s.%s This version of GitLab may not know the parameter, or may derive it from others. "+
			"If the next plan shows a difference, take %s out of the configuration.", s.Title, project, name, values, name))
}

func leftInactive(s catalog.Service, project string) diag.Diagnostic {
	return diag.NewWarningDiagnostic("Service left inactive",
		fmt.Sprintf("GitLab accepted %s of project %q but left it switched off. The next plan will set it again.", s.Title, project))
}

func keptAlive(s catalog.Service, project string) diag.Diagnostic {
	return diag.NewWarningDiagnostic("Service kept",
		fmt.Sprintf("%s of project %q was not deleted, because this apply has just set it under another address. "+
			"Only the old address leaves the state. A moved block tells Terraform about a renamed resource.", s.Title, project))
}

func notLookedFor(unknown []string) diag.Diagnostic {
	return diag.NewWarningDiagnostic("Drift was not looked for",
		fmt.Sprintf("The provider's %s is not known yet, so GitLab was not asked and the state is shown as it was. Plan again once it is known.", quoted(unknown)))
}

func importRefused(s catalog.Service, project, why string) diag.Diagnostic {
	return diag.NewErrorDiagnostic("Unable to import "+s.Title,
		fmt.Sprintf("Project %q: %s", project, why))
}

// listFailed reports that services were not listed, or not all of them: which
// projects there are is not known, or one could not be looked at.
func listFailed(s catalog.Service, where string, err error, inst *instance) diag.Diagnostic {
	summary := "Unable to list " + s.Title
	var e *gitlab.Error
	if !errors.As(err, &e) {
		return diag.NewErrorDiagnostic(summary, where+": "+err.Error()+".")
	}
	return diag.NewErrorDiagnostic(summary, where+": "+e.Error()+"\n\n"+next(e, s, inst))
}

func groupNotFound(s catalog.Service, group string, err error) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(path.Root("group"), "Unable to list "+s.Title,
		fmt.Sprintf("Group %q: %s\n\nThe group does not exist, or the token may not see it: GitLab answers the same to both. Give its numeric id or full path.", group, err))
}

func projectLeftOut(s catalog.Service, project string, err error) diag.Diagnostic {
	return diag.NewWarningDiagnostic("Project left out",
		fmt.Sprintf("Whether project %q has %s is not known: %s. Services need the role Maintainer or Owner in the project.", project, s.Title, err))
}

func listUnknown(s catalog.Service) diag.Diagnostic {
	return diag.NewWarningDiagnostic("Service unknown to this GitLab",
		strings.TrimSpace(fmt.Sprintf("This GitLab does not have %s, so there is none to list. %s", s.Title, s.Gone)))
}

func notSetUp(s catalog.Service, project string) diag.Diagnostic {
	return diag.NewErrorDiagnostic("Unable to read "+s.Title,
		fmt.Sprintf("Project %q: the service is not set up, or it is switched off. If that may be, set allow_missing = true, and look at the attribute exists.", project))
}

func notConfigured(unknown []string) diag.Diagnostic {
	return diag.NewErrorDiagnostic("Provider not configured",
		fmt.Sprintf("The provider's %s is not known, so GitLab cannot be asked.", quoted(unknown)))
}

func renameUnsettled(from, to string, err error) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(path.Root(catalog.Project), "Unable to compare projects",
		fmt.Sprintf("Whether %q and %q are the same project decides between a change and a replacement, and GitLab could not be asked: %s.", from, to, err))
}

// badArgument reports an argument that the client cannot work with.
func badArgument(err error, config configuration) diag.Diagnostic {
	var e *gitlab.ConfigError
	if !errors.As(err, &e) {
		return diag.NewErrorDiagnostic("Invalid provider configuration", err.Error())
	}
	if e.Field == "base_url" && config.BaseURL.IsNull() {
		return diag.NewErrorDiagnostic("Invalid base_url", "It comes from the environment variable GITLAB_BASE_URL or CI_API_V4_URL: "+e.Err.Error())
	}
	if e.Field == "token" && config.Token.IsNull() {
		return diag.NewErrorDiagnostic("Invalid token", "It comes from the environment variable GITLAB_TOKEN: "+e.Err.Error())
	}
	return diag.NewAttributeErrorDiagnostic(path.Root(e.Field), "Invalid "+e.Field, e.Err.Error())
}

func tokenRefused(err error, inst *instance) diag.Diagnostic {
	var e *gitlab.Error
	if !errors.As(err, &e) {
		return diag.NewErrorDiagnostic("Unable to check the token", err.Error())
	}
	return diag.NewErrorDiagnostic("Unable to check the token", e.Error()+"\n\n"+next(e, catalog.Service{}, inst))
}

// shown is a value in a sentence.
func shown(v attr.Value) string {
	if v == nil || v.IsNull() {
		return "nothing"
	}
	if l, ok := v.(types.List); ok && len(l.Elements()) == 0 {
		return "an empty list"
	}
	return v.String()
}

func quoted(names []string) string {
	return strings.Join(names, ", ")
}
