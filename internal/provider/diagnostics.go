package provider

import (
	"errors"
	"fmt"
	"maps"
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
func failed(verb string, t target, err error, inst *instance) diag.Diagnostics {
	var diags diag.Diagnostics
	summary := "Unable to " + verb + " " + t.row.Title
	lead := capital(t.at.String()) + ": "
	var e *gitlab.Error
	if !errors.As(err, &e) {
		diags.AddError(summary, lead+err.Error()+".\n\n"+runAgain)
		return diags
	}
	detail := lead + e.Error() + "\n\n" + next(e, t, inst)
	fields := e.Fields()
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		if attribute := t.row.AttributeOf(name); attribute != "" {
			diags.AddAttributeError(path.Root(attribute), summary, fmt.Sprintf("GitLab says: %s %s.\n\n%s", name, fields[name], detail))
		}
	}
	if len(diags) == 0 {
		diags.AddError(summary, detail)
	}
	return diags
}

const (
	unchanged = "Nothing is lost: the state is as it was. "
	runAgain  = "Nothing is lost: run the command again, and it goes on where this one stopped."
	checkPath = "check that the provider's base_url is the address of your GitLab, such as https://gitlab.example.com"
	correct   = "Correct the values that GitLab refuses."
	mayBeDone = "If GitLab did it, the state does not say so yet. Run terraform plan: it shows what GitLab has of a service that is in the state. " +
		"One that was to be added may be there although the plan adds it, and terraform destroy would leave it on: apply again, or take it over with terraform import."
	otherAnswer = unchanged + "This is not an answer of GitLab's API: " + checkPath + ", and look for a proxy or a page to log in at before it."
	setToken    = "Set one of them to a token with the scope api."
	retries     = " The provider's retries argument sets how often a request is tried again."
)

// advice is what to do about an error, where GitLab's reason alone decides it.
var advice = map[gitlab.Reason]string{
	gitlab.Unauthorized:    "GitLab does not accept the token{token}. Check that it has neither expired nor been revoked, and that base_url is the GitLab that issued it.",
	gitlab.Intercepted:     "This is not an answer of GitLab's API. Check whether something between here and GitLab, such as a proxy or a firewall, wants a login, and " + checkPath + ".",
	gitlab.ScopeTooSmall:   "The token{token} lacks the scope api. The scopes of a token cannot be changed: make another one.",
	gitlab.Forbidden:       "The token{token} may not do this. The role Maintainer or Owner in the {place} is needed: of the token's owner, or of the token itself if it is that of a project or a group.",
	gitlab.PlaceNotFound:   "The {place} does not exist, or the token{token} may not see it: GitLab answers the same to both. Check the attribute {place}: it must be the numeric id or the full path, as in the address of its page.{other}",
	gitlab.ServiceNotFound: "The service is not set up in this {place}. Plan again: the plan will create it.",
	gitlab.NoList:          "GitLab lists the services of a project since version 12.7. An older one can be asked for one service alone: name its slug, or use the type of its own. If it is newer, " + checkPath + ".",
	gitlab.NotOffered:      "This GitLab does not offer the service: an administrator has switched it off, it belongs to another edition, or GitLab does not have it for a {place}. Ask the administrator, or take the resource out of the configuration.",
	gitlab.NothingAbove:    "There is nothing to inherit: neither a group above the {place} nor the instance has settings of the service, or has them no more. Set up the service there first, or set use_inherited_settings to false.",
	gitlab.NotByAPI:        "GitLab does not let its API set up or end the service: do that in GitLab's pages.",
	gitlab.LocalAddress: correct + " It does not call addresses in its own network, such as localhost or 192.168.0.1, " +
		"unless an administrator allows requests to the local network from webhooks and integrations (Admin area, Settings, Network, Outbound requests).",
	gitlab.NoDetail:     correct + " It does not say which, as no version before 17.2 does: compare with the documentation of the resource. A name that GitLab cannot look up, or an address in its own network, may be refused too.",
	gitlab.NoAnswer:     "Nothing is lost: run the command again once GitLab can be reached. If that does not help, " + checkPath + ", and whether the proxy in HTTPS_PROXY or HTTP_PROXY is the right one." + retries,
	gitlab.Crashed:      "GitLab crashed, as it does on a value that it does not expect, and does not say which: look for one out of the ordinary, or ask an administrator for GitLab's log. If all values are right, it may have been in trouble for a moment: run the command again.",
	gitlab.Interrupted:  runAgain,
	gitlab.ProxyAuth:    unchanged + "The proxy wants a user name and a password: give them in the environment variable HTTPS_PROXY or HTTP_PROXY, as in http://user:password@proxy.example.com:3128.",
	gitlab.RateLimited:  "Nothing is lost: run the command again later. The provider's requests_per_second argument keeps below a limit." + retries,
	gitlab.Unavailable:  "Nothing is lost: run the command again once GitLab is up and less busy." + retries,
	gitlab.NotConnected: unchanged + "Correct the provider's base_url, or its arguments for certificates (cacert_file, client_cert).",
	gitlab.Redirected:   unchanged + "Let base_url be an address of GitLab that does not lead elsewhere.",
}

// next tells what to do about an error of a request for a service; row is nil
// where it was for all of a place, and the place is none where it was for no
// place.
func next(e *gitlab.Error, t target, inst *instance) string {
	if t.at.Level == nil {
		t.at.Level = levels[0]
	}
	text := strings.NewReplacer("{place}", t.at.Level.Noun, "{token}", inst.token.within(), "{other}", otherType(t)).Replace(whatNext(e, t.row, t.at.Level, inst))
	switch from := inst.address; {
	case from.absent:
		return "This is GitLab.com, because " + from.neither() + ": if yours is another, set one of them. " + text
	case from.variable != "" && strings.Contains(e.Message+text, from.argument):
		return text + " Here base_url comes from " + from.String() + "."
	}
	return text
}

func whatNext(e *gitlab.Error, row *catalog.Service, level *gitlab.Level, inst *instance) string {
	switch why := e.Reason(); {
	case why == gitlab.Unauthorized && inst.token.absent:
		return "No token is configured: " + inst.token.neither() + ". " + setToken
	case (why == gitlab.NoSuchRoute || why == gitlab.NoDetail) && e.Key == "":
		return otherAnswer
	case why == gitlab.UnknownSlug, why == gitlab.NoSuchRoute:
		return wrongRoute(row, level)
	case why == gitlab.OtherTracker && row != nil:
		return fmt.Sprintf("GitLab lets a project have one active issue tracker. If this apply removes the other one, apply again: it is gone then. "+
			"If not, switch the other one off before %s is set. A group's tracker comes to a project beside its own, and then GitLab refuses to set either until one of them is deleted.", row.Title)
	case why == gitlab.NotOffered && row != nil && row.Builds != "":
		return offered(row) + ". " + advice[why]
	case why == gitlab.NotByAPI && row != nil && row.Installation.In != "":
		return row.Installation.In + " Then apply again."
	case why == gitlab.Invalid:
		return refusedValues(e, row)
	case why == gitlab.Interrupted && e.MayBeDone:
		return mayBeDone
	case why == gitlab.NoAnswer && e.MayBeDone:
		return "GitLab may have done it although no answer came: run the command again once GitLab can be reached. " + mayBeDone + " If GitLab cannot be reached at all, " + checkPath + ", and whether the proxy in HTTPS_PROXY or HTTP_PROXY is the right one." + retries
	case advice[why] != "":
		return advice[why]
	}
	return otherAnswer
}

// otherType names the type for the service in places of the other kind: to
// GitLab, a group in the place of a project is one that does not exist.
func otherType(t target) string {
	for _, s := range shapes() {
		if t.row != nil && s.service != nil && s.service.Slug == t.row.Slug && s.levels[0] != t.at.Level {
			return fmt.Sprintf(" If it is a %s, use %s.", s.levels[0].Noun, s.typeName)
		}
	}
	return ""
}

// wrongRoute tells what to do where GitLab does not know what was asked for.
func wrongRoute(row *catalog.Service, level *gitlab.Level) string {
	title := "services"
	if row != nil {
		if row.Gone.In != "" {
			return row.Gone.String() + " Take the resource out of the configuration. If this GitLab is older, " + checkPath + "."
		}
		title = offered(row)
	}
	if level.Since != "" {
		title += fmt.Sprintf(" for %ss (they have services since GitLab %s)", level.Noun, level.Since)
	}
	return fmt.Sprintf("Either this GitLab does not have %s, or the request went elsewhere: %s.", title, checkPath)
}

// offered names a service with the versions and builds of GitLab that have it.
func offered(row *catalog.Service) string {
	if !row.Known() {
		return fmt.Sprintf("a service with the slug %q (slugs are GitLab's names in addresses, as in /services/name)", row.Slug)
	}
	if in := row.Availability(); in != "" {
		return row.Title + " (" + in + ")"
	}
	return row.Title
}

// refusedValues tells what to do about settings that GitLab refuses by name.
func refusedValues(e *gitlab.Error, row *catalog.Service) string {
	for name := range e.Fields() {
		if row == nil || row.AttributeOf(name) == "" {
			return correct + " For a parameter that the resource does not have, look for a newer version of the provider, or report the error with the version of your GitLab."
		}
	}
	return correct
}

// problemsOf reports what was found without GitLab, or in its answer.
func problemsOf(problems catalog.Problems) diag.Diagnostics {
	var diags diag.Diagnostics
	for _, p := range problems {
		if p.Warning {
			diags.AddAttributeWarning(path.Root(p.Attribute), p.Summary, p.Detail)
		} else {
			diags.AddAttributeError(path.Root(p.Attribute), p.Summary, p.Detail)
		}
	}
	return diags
}

// warningsOf reports the same where an error would lock users out.
func warningsOf(problems catalog.Problems) diag.Diagnostics {
	var diags diag.Diagnostics
	for _, p := range problems {
		diags.AddAttributeWarning(path.Root(p.Attribute), p.Summary, p.Detail)
	}
	return diags
}

// createErrors reports what a resource lacks that is to be created.
func createErrors(problems catalog.Problems) diag.Diagnostics {
	var diags diag.Diagnostics
	for _, p := range problems {
		diags.AddAttributeError(path.Root(p.Attribute), p.Summary, p.Detail+
			" To destroy what is in the state without it, run terraform destroy -refresh=false.")
	}
	return diags
}

func placeGone(t target, inst *instance) diag.Diagnostic {
	return diag.NewWarningDiagnostic(capital(t.at.Level.Noun)+" not found",
		fmt.Sprintf("%s says that %s does not exist, so its service %s counts as gone. GitLab says the same to a token that may not see the %s: if it should exist, check the token before you apply.",
			inst.who(), t.at, t.row.Title, t.at.Level.Noun))
}

func serviceUnknown(t target, inst *instance) diag.Diagnostic {
	return diag.NewWarningDiagnostic(unknownService,
		strings.TrimSpace(fmt.Sprintf("%s does not have %s, so the service of %s counts as gone. Take the resource out of the configuration. %s", inst.who(), t.row.Title, t.at, t.row.Gone)))
}

func writtenOutside(t target, at time.Time, secrets []string) diag.Diagnostic {
	return diag.NewWarningDiagnostic("Secret may have changed",
		fmt.Sprintf("%s was written outside Terraform at %s. GitLab does not tell whether %s changed, so the plan sends it again where the configuration has it. "+
			"To leave secrets alone when others write services, set detect_secret_drift = false in the provider.",
			t, at.UTC().Format(time.RFC3339), joined(secrets)))
}

func notKept(t target, name string, planned, answered attr.Value, secret bool) diag.Diagnostic {
	values := ""
	if !secret {
		values = fmt.Sprintf(" It was sent %s and answers %s.", inWords(planned), inWords(answered))
	}
	return diag.NewAttributeWarningDiagnostic(path.Root(name), "GitLab did not keep a value",
		fmt.Sprintf("GitLab accepted %s but did not keep %s.%s This version of GitLab may not know the parameter%s, or may derive it from others. "+
			"If the next plan shows a difference, take %s out of the configuration.", t, name, values, life(t, name), name))
}

// notedAndConfigured is for a default that GitLab did not keep when it was sent, and
// that somebody has written into the configuration since.
func notedAndConfigured(t target, name string, value attr.Value, answered []byte) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root(name), "GitLab did not keep a value",
		fmt.Sprintf("GitLab accepted %s and answered %s for %s, which it has had since. The state has %s, as it was sent, so that no plan shows a change. "+
			"A change of another argument sends it again, and so does an apply with -replace, which sets up the service anew.%s", t, answered, name, inWords(value), life(t, name)))
}

// life says which versions of GitLab know a parameter, where not all do.
func life(t target, name string) string {
	known := t.row.Life(name).String()
	if known == "" {
		return ""
	}
	return " (" + known + " have it)"
}

func notAnswered(t target, name string) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root(t.row.AttributeOf(name)), "GitLab did not keep a value",
		fmt.Sprintf("GitLab accepted %s and shows nothing for %s. This version of GitLab may not know the parameter%s, and then it has no effect: take %s out of the configuration. "+
			"Or it keeps the value without showing it, so that no plan finds a change of it.", t, name, life(t, name), name))
}

func leftInactive(t target) diag.Diagnostic {
	return diag.NewWarningDiagnostic("Service left inactive",
		fmt.Sprintf("GitLab accepted %s but left it switched off. The next plan will set it again.", t))
}

func inheritsNothing(t target, from string) diag.Diagnostic {
	return diag.NewWarningDiagnostic("Inherited service is off",
		fmt.Sprintf("%s follows the settings of %s, where the service is switched off, so that it is off here too. "+
			"Switch it on there, or set use_inherited_settings to false. Until then every plan will set it again.", t, from))
}

func followsLater(t target) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root(catalog.UseInheritedSettings), "Inherited settings come later",
		fmt.Sprintf("GitLab notes that %[1]s follows the settings above it, and copies them when those are saved the next time. "+
			"Until then the %[2]s has the settings that it had, and hands them down; one that had none is off. To have them copied, save them once more where they are, such as by a raised version of a secret.", t, t.at.Level.Noun))
}

func outcomeUnseen(t target, err error) diag.Diagnostic {
	return diag.NewWarningDiagnostic("Outcome of inheritance not seen",
		fmt.Sprintf("%s was set to follow the settings above it. Whether it is on with them is not known: %s. The next plan will tell.", t, err))
}

func inheritanceUntold(t target) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root(catalog.UseInheritedSettings), "Inheritance is not told",
		fmt.Sprintf("GitLab before 17.3 does not tell whether %s follows the settings above it, and may not know the parameter: the settings of the configuration are compared as if it had its own.", t))
}

func wouldBeCleared(t target, secrets []string) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(path.Root(secrets[0]), fmt.Sprintf("Missing %s for %s", joined(secrets), t.row.Title),
		fmt.Sprintf("%s was not set: this GitLab does not tell whether it follows the settings above it, as GitLab before 17.3 does not, and would clear %s, for which there is no value. Set `%s_wo` or `%s`, or remove `%s`.",
			t, joined(secrets), secrets[0], secrets[0], catalog.UseInheritedSettings))
}

func leavesOff(t target, prior catalog.Values) (diags diag.Diagnostics) {
	if catalog.Inherits(prior) {
		diags.AddWarning("Inherited service is switched off",
			fmt.Sprintf("%s follows the settings above it, which stay. To destroy the resource switches the service off for this %s alone, until somebody saves those settings again. "+
				"To leave it as it is, take the resource out of the state with \"terraform state rm\" instead.", t, t.at.Level.Noun))
	}
	return diags
}

func notInstalled(t target) diag.Diagnostic {
	return diag.NewErrorDiagnostic("Unable to set "+t.row.Title,
		fmt.Sprintf("%s: GitLab accepted the settings and left the service switched off, because it is not installed any more. %s Then apply again.",
			capital(t.at.String()), t.row.Installation.In))
}

func leftInstalled(t target, refusal error) diag.Diagnostic {
	return diag.NewWarningDiagnostic("Service left on",
		fmt.Sprintf("%s has left the state and goes on as it was, because GitLab's API does not end it: %s. %s", t, refusal, t.row.Installation.Out))
}

// Summaries that several diagnostics share, because Terraform folds equal ones.
const (
	twoResources   = "Two resources for one service"
	unknownService = "Service unknown to this GitLab"
)

func twiceNew(t target) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(path.Root(t.at.Level.Noun), twoResources,
		fmt.Sprintf("The configuration has another new resource for %s. GitLab keeps one for each %[2]s, so that the two would overwrite each other. "+
			"Take one of them out, or let it name another %[2]s.", t, t.at.Level.Noun))
}

func twiceInState(t target) diag.Diagnostic {
	return diag.NewWarningDiagnostic(twoResources,
		fmt.Sprintf("The state has another resource for %s. GitLab keeps one for each %s, so that the two overwrite each other, and to destroy one ends both. "+
			"Take one of them out of the state with \"terraform state rm\", and out of the configuration.", t, t.at.Level.Noun))
}

func twiceCreated(t target, other gitlab.Place) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(path.Root(t.at.Level.Noun), twoResources,
		fmt.Sprintf("This apply has set %s twice: the %[3]s of another new resource, %[2]q, is the same one. GitLab keeps one for each %[3]s, and now has the settings of this resource, "+
			"while the state has those of the other. Take one of the two out of the configuration and apply again.", t, other.Name, t.at.Level.Noun))
}

func notDeleted(t target) diag.Diagnostic {
	return diag.NewWarningDiagnostic("Service kept",
		fmt.Sprintf("%s was not deleted, because this apply has just set it under another address. "+
			"Only the old address leaves the state. A moved block tells Terraform about a renamed resource.", t))
}

func heldBack(wait time.Duration) diag.Diagnostic {
	return diag.NewWarningDiagnostic("Requests were held back",
		fmt.Sprintf("GitLab limits how many requests it takes, or was too busy for them, so that they were held back for %s in all. "+
			"The provider's requests_per_second argument, or fewer operations side by side (-parallelism), keeps below a limit.", wait.Round(time.Second)))
}

func sharedNotDeleted(t target) diag.Diagnostic {
	return diag.NewWarningDiagnostic("Service kept",
		fmt.Sprintf("%s was not deleted, because the state has it under another address too, which stays. Only this address leaves the state.", t))
}

func endsWithAnother(t target) diag.Diagnostic {
	return diag.NewWarningDiagnostic(twoResources,
		fmt.Sprintf("The state has %s under another address too, which is to be destroyed, and the service with it: plan again after the apply, and the plan will set it up again. "+
			"To keep it on meanwhile, take the other address out of the state with \"terraform state rm\" first.", t))
}

func notLookedFor(unknown []string) diag.Diagnostic {
	return diag.NewWarningDiagnostic("Drift was not looked for",
		fmt.Sprintf("The provider's %s is not known yet, so GitLab was not asked and the state is shown as it was. Plan again once it is known.", joined(unknown)))
}

func importRefused(title, why string) diag.Diagnostic {
	return diag.NewErrorDiagnostic("Unable to import "+title, why)
}

func moveRefused(s *shape, from string) diag.Diagnostic {
	only := ""
	if len(s.peers) > 0 {
		only = fmt.Sprintf("Only %s of %s can. ", strings.Join(s.peers, " or "), strings.Join(peerAddresses, " or "))
	}
	return diag.NewErrorDiagnostic("Unable to move to "+s.typeName, fmt.Sprintf("%s cannot become %s. %sTake the moved block out, "+
		"take the old resource out of the state with \"terraform state rm\", and import the service if it is set up.", from, s.typeName, only))
}

// moveFlat refuses a state as Terraform 0.11 and older wrote it, without types.
func moveFlat(s *shape, from string) diag.Diagnostic {
	return diag.NewErrorDiagnostic("Unable to move to "+s.typeName, fmt.Sprintf("From %s: the state is in the form of Terraform 0.11 and older. "+
		"Take the moved block out, run terraform apply -refresh-only, with which the official provider writes it anew, and put the block back.", from))
}

// moveErrors reports what is wrong with the state of another provider.
func moveErrors(s *shape, from string, problems catalog.Problems) diag.Diagnostics {
	var diags diag.Diagnostics
	for _, p := range problems {
		diags.AddError("Unable to move to "+s.typeName, fmt.Sprintf("From %s: %s", from, p.Detail))
	}
	return diags
}

// listFailed reports that services were not listed, or not all of them: a place
// could not be looked at, or, where it is none, it is not known which there are.
func listFailed(what string, at gitlab.Place, err error, inst *instance) diag.Diagnostic {
	where := "The places to look at are not known"
	if at.Name != "" {
		where = capital(at.String())
	}
	var e *gitlab.Error
	if !errors.As(err, &e) {
		return diag.NewErrorDiagnostic("Unable to list "+what, where+": "+err.Error()+".")
	}
	return diag.NewErrorDiagnostic("Unable to list "+what, where+": "+e.Error()+"\n\n"+next(e, target{at: at}, inst))
}

func placeLeftOut(at gitlab.Place, what string, err error) diag.Diagnostic {
	return diag.NewWarningDiagnostic(capital(at.Level.Noun)+" left out",
		fmt.Sprintf("Whether %s has %s is not known: %s. Services need the role Maintainer or Owner in the %s.", at, what, err, at.Level.Noun))
}

func listUnknown(row *catalog.Service) diag.Diagnostic {
	return diag.NewWarningDiagnostic(unknownService,
		strings.TrimSpace(fmt.Sprintf("This GitLab does not have %s, so there is none to list. %s", row.Title, row.Gone)))
}

func notSetUp(t target) diag.Diagnostic {
	return diag.NewErrorDiagnostic("Unable to read "+t.row.Title,
		capital(t.at.String())+": the service is not set up, or it is switched off. If that may be, set allow_missing = true, and look at the attribute exists.")
}

func notConfigured(unknown []string) diag.Diagnostic {
	return diag.NewErrorDiagnostic("Provider not configured",
		fmt.Sprintf("The provider's %s is not known, so GitLab cannot be asked.", joined(unknown)))
}

// uncompared says why two names could not be told to be of one project.
func uncompared(from, to target, err error) string {
	return fmt.Sprintf("Whether %q and %q are the same %s decides between a change and a replacement, and GitLab could not be asked: %s.", from.at.Name, to.at.Name, to.at.Level.Noun, err)
}

func renameUnsettled(from, to target, err error) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root(to.at.Level.Noun), "Unable to compare "+to.at.Level.Noun+"s",
		uncompared(from, to, err)+" The plan shows a change; the apply asks again, and writes nothing unless both are the same. "+
			"If they are two, it ends with an error, which may be Terraform's own of an inconsistent final plan: plan again, and the plan will replace the resource.")
}

func placesNotCompared(from, to target, err error) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(path.Root(to.at.Level.Noun), "Unable to compare "+to.at.Level.Noun+"s",
		uncompared(from, to, err)+" Nothing was written. Plan and apply again once GitLab answers.")
}

func placesDiffer(from, to target) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(path.Root(to.at.Level.Noun), "Two "+to.at.Level.Noun+"s",
		fmt.Sprintf("%q and %q are two %ss, which the plan could not tell. Nothing was written. Plan again: the plan will replace the resource.", from.at.Name, to.at.Name, to.at.Level.Noun))
}

func anotherRecord(t target, ours, theirs int64) diag.Diagnostic {
	return diag.NewWarningDiagnostic("Service of another record",
		fmt.Sprintf("%s is not the one that Terraform has set: GitLab's record has the id %d, where it was %d. Another %[4]s may have taken the path since, or GitLab has made the record anew. "+
			"Ours counts as gone, and a destroy leaves the other alone. An apply that goes on to name the place writes there: check that it is the %[4]s you mean.", t, theirs, ours, t.at.Level.Noun))
}

func anotherRecordWritten(t target, ours, theirs int64) diag.Diagnostic {
	return diag.NewWarningDiagnostic("Service of another record",
		fmt.Sprintf("%s was written, and is not the one that Terraform had set: GitLab's record has the id %d, where it was %d. Another %[4]s may have taken the path since the last refresh, or GitLab has made the record anew. "+
			"Check that it is the %[4]s you mean: the settings that it had are replaced.", t, theirs, ours, t.at.Level.Noun))
}

// badArgument reports an argument that the client cannot work with.
func badArgument(err error, inst *instance) diag.Diagnostic {
	var e *gitlab.ConfigError
	if !errors.As(err, &e) {
		return diag.NewErrorDiagnostic("Invalid provider configuration", err.Error())
	}
	for _, from := range []source{inst.address, inst.token} {
		if from.argument == e.Field {
			return from.wrong(e.Err.Error())
		}
	}
	return source{argument: e.Field}.wrong(e.Err.Error())
}

// noToken warns once a run that everything will be refused. It is none where a
// header or a user name may stand for a token.
func noToken(inst *instance) diag.Diagnostic {
	return diag.NewWarningDiagnostic("No token is configured",
		fmt.Sprintf("%s. GitLab (%s) refuses every request about services without one. %s", capital(inst.token.neither()), inst.client.Address(), setToken))
}

func tokenRefused(err error, inst *instance) diag.Diagnostic {
	var e *gitlab.Error
	if !errors.As(err, &e) {
		return diag.NewErrorDiagnostic("Unable to check the token", err.Error())
	}
	return diag.NewErrorDiagnostic("Unable to check the token", e.Error()+"\n\n"+next(e, target{}, inst))
}

// inWords is a value in a sentence.
func inWords(v attr.Value) string {
	if v == nil || v.IsNull() {
		return "nothing"
	}
	if l, ok := v.(types.List); ok && len(l.Elements()) == 0 {
		return "an empty list"
	}
	return v.String()
}

// joined is a list of names in a sentence.
func joined(names []string) string { return strings.Join(names, ", ") }

// capital is a text at the beginning of a sentence.
func capital(text string) string { return strings.ToUpper(text[:1]) + text[1:] }
