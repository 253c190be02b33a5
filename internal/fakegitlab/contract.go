package fakegitlab

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// Profile names the GitLab release that a Server behaves like.
type Profile string

// The releases there is a contract for: the oldest whose API the provider
// promises to serve, two on the way, the one before inheritance entered the API
// (17.3), the last with all of today's and the old switches, and 19.x.
const (
	V10_5 Profile = "10.5"
	V12_3 Profile = "12.3"
	V13_0 Profile = "13.0"
	V16_0 Profile = "16.0"
	V18_9 Profile = "18.9"
	V19_1 Profile = "19.1"
)

// Profiles returns every profile, oldest first.
func Profiles() []Profile { return []Profile{V10_5, V12_3, V13_0, V16_0, V18_9, V19_1} }

// ServiceContract is what one release accepts and answers for one service. It
// is a copy: changing it changes no server.
type ServiceContract struct {
	Slug  string // hyphenated, as in the path
	Title string // display name on a record that has no title of its own

	// Params are the parameters that PUT declares, in the order in which the
	// server checks them and lists the offenders.
	Params []ParamContract

	// Events are the event flags that PUT accepts. GET shows a fixed list of
	// flags for every service, whatever this list says.
	Events []string

	// BrokenEvents are flags that PUT declares and that answer 500 for any
	// value. 10.5 has them: it declares singular names that are no columns.
	BrokenEvents []string

	// Level is "project" or "group" where only those can have the service; "" for
	// both. Groups have services from 17.9 on.
	Level string

	// CreatedElsewhere says that PUT does not create the service: somebody
	// installs an app. Edit does what that does.
	CreatedElsewhere bool

	// DataFields says that settings live in a second table, so that changing
	// them does not move updated_at.
	DataFields bool
}

// ParamContract is one parameter of a ServiceContract.
type ParamContract struct {
	Name     string
	Type     string // of what is stored: string, integer, boolean or array (of strings)
	Choices  []any  // what GitLab's web page offers, where the API may take more; nil: anything
	Required bool   // the key must be in every PUT; its value is another matter
	Secret   bool   // stored, never in an answer
	Present  bool   // what an active record has must not be blank
	Returned bool   // shown in the properties of an answer once it is stored, by a server as New makes it
	Fatal    bool   // declared, and 500 for any value
	Dropped  bool   // declared, and never stored
	Exposes  bool   // a change of it drops the secrets that the request does not repeat
	Default  any    // value on a new record when PUT does not send it; nil = none
}

// Slugs returns the slugs that the profile serves, in the order of its
// contract, or nil for a profile that does not exist.
func Slugs(p Profile) []string {
	r, ok := releases()[build{p, Development}]
	if !ok {
		return nil
	}
	return r.slugs()
}

// Slugs returns the slugs that this server knows, those of [Server.Serve] among
// them, in the order of its contract.
func (s *Server) Slugs() []string { return s.current().slugs() }

func (r *release) slugs() []string {
	slugs := make([]string, len(r.Services))
	for i, svc := range r.Services {
		slugs[i] = svc.Slug
	}
	return slugs
}

// Contract returns what the profile accepts and answers for slug. It reports
// false when the profile does not exist or does not serve the slug.
func Contract(p Profile, slug string) (ServiceContract, bool) {
	r, ok := releases()[build{p, Development}]
	if !ok {
		return ServiceContract{}, false
	}
	return r.contract(slug)
}

// Contract returns what this server accepts and answers for slug, in its edition
// and whether a release has it or a test has added it. It reports false when the
// server does not know the slug.
func (s *Server) Contract(slug string) (ServiceContract, bool) { return s.current().contract(slug) }

func (r *release) contract(slug string) (ServiceContract, bool) {
	svc := r.service(slug)
	if svc == nil {
		return ServiceContract{}, false
	}
	c := ServiceContract{
		Slug: svc.Slug, Title: svc.Title, DataFields: svc.DataFields,
		Level: svc.Level, CreatedElsewhere: svc.CreateRefused != "",
		Events:       slices.Clone(svc.Events),
		BrokenEvents: slices.Clone(svc.BrokenEvents),
	}
	for _, p := range svc.Params {
		if p.Undeclared {
			continue
		}
		c.Params = append(c.Params, ParamContract{
			Name: p.Name, Type: p.kind(), Choices: r.choices(p), Required: p.Required, Present: p.Present, Secret: p.Hidden, Fatal: p.Fatal, Dropped: p.Discarded, Exposes: p.ExposesSecrets,
			Returned: p.answered() && !p.Fatal && (p.Needs == "" || r.Features[p.Needs]), Default: cloneValue(p.Default),
		})
	}
	return c, true
}

// choices are the values that a setting is chosen from.
func (r *release) choices(p *param) []any {
	if p.OneOf != nil {
		return slices.Clone(p.OneOf)
	}
	return anyList(r.Choices[p.Name])
}

// release is a contract file: what holds for all services of one release, and
// the services.
type release struct {
	Profile  Profile  `json:"profile"`
	Like     Profile  `json:"like"`    // another contract, that holds where this one says nothing
	Without  []string `json:"without"` // services of that one that this one does not have
	Version  string   `json:"version"`
	Revision string   `json:"revision"`
	Notes    []string `json:"notes"` // where the facts are from; for readers

	// SlugKey is how the error for an unknown slug calls the path segment.
	SlugKey string `json:"slug_key"`
	// NotFound is the message for a service that was never configured, where
	// that is a 404.
	NotFound string `json:"not_found"`
	// NeverConfigured is what GET answers for such a service: "placeholder",
	// 200 with a null id (to 13.11), or "missing", 404.
	NeverConfigured string `json:"never_configured"`
	// UnconfiguredDataFields is "crash" where GET is a 500 for such a service
	// that has its settings in a second table.
	UnconfiguredDataFields string `json:"unconfigured_data_fields"`
	// DeleteCreates: DELETE of such a service is 204 and leaves an inactive
	// row (to 17.1).
	DeleteCreates bool `json:"delete_creates"`
	// UnsupportedType is the answer to a body in a format that the API does not
	// read: 406 in 10.5.
	UnsupportedType struct {
		Status int    `json:"status"`
		Error  string `json:"error"` // %s is the type
	} `json:"unsupported_type"`
	// Properties is what an answer lists: "stored" keys (to 17.8) or all
	// "fields", null when unset.
	Properties string `json:"properties"`
	// EventType is the declared type of event flags: "string" to 16.x.
	EventType string `json:"event_type"`
	// Stamps is when updated_at moves: on "changes", or, since properties are
	// one encrypted blob (about 15.0), on "writes".
	Stamps string `json:"stamps"`
	// InstanceDefaults is how a default of the instance reaches a project:
	// "template" (to 13.x), "copied" (PUT may change the copy), or "inherited"
	// (17.3 on: PUT keeps inheriting unless told otherwise).
	InstanceDefaults string `json:"instance_defaults"`

	BearerPersonalTokens bool `json:"bearer_personal_tokens"` // Authorization: Bearer takes personal tokens too
	ReadAPIScope         bool `json:"read_api_scope"`         // tokens may have the scope read_api (13.x on)
	List                 bool `json:"list"`                   // GET .../services lists the active ones (12.7 on)
	Keyset               bool `json:"keyset"`                 // the list of all projects has keyset pages (12.7 on)
	GroupSubgroups       bool `json:"group_subgroups"`        // the list of a group's projects takes include_subgroups (about 11.6 on)
	DescendantGroups     bool `json:"descendant_groups"`      // the groups below a group are listed (13.5 on)
	MinAccessLevel       bool `json:"min_access_level"`       // lists of projects and groups take min_access_level (about 11.2 on)
	IntegrationsPath     bool `json:"integrations_path"`      // .../integrations is an alias (14.4 on)
	Groups               bool `json:"groups"`                 // groups have integrations (17.9 on)
	Metadata             bool `json:"metadata"`               // GET /metadata is served (15.2 on)
	Redirects            bool `json:"redirects"`              // the old path of a project leads to the new one
	BooleanReads         bool `json:"boolean_reads"`          // stored "1", "yes"... are answered as booleans
	JunkIsFalse          bool `json:"junk_is_false"`          // a flag of a word that is no boolean is off, not on (Rails 4)
	StrictIntegers       bool `json:"strict_integers"`        // blanks around a number make it none (Virtus)
	SlugShown            bool `json:"slug_shown"`             // answers carry the slug (12.7 on)
	DetailedErrors       bool `json:"detailed_errors"`        // a refused record says why (17.2 on)
	OneTracker           bool `json:"one_tracker"`            // a second active issue tracker is refused

	Features map[string]bool `json:"features"` // what services need, and whether a new server has it

	// Choices is what GitLab's web page offers for settings of which the API takes
	// anything.
	Choices map[string][]string `json:"choices"`

	Flags    []flag     `json:"flags"`
	Services []*service `json:"services"`
}

// flag is a column of the record: an event switch.
type flag struct {
	Name     string `json:"name"`
	Default  bool   `json:"default"`
	NotNull  bool   `json:"not_null"` // null is a 500 instead of "off"
	Unlisted bool   `json:"unlisted"` // no answer shows it
	EE       bool   `json:"ee"`       // Enterprise Edition only
}

// service is the contract of one service. Everything in it is a datum; the code
// that reads it does not know which service it serves.
type service struct {
	Slug   string   `json:"slug"`
	Title  string   `json:"title"`
	Note   string   `json:"note"`
	Params []*param `json:"params"`
	Events []string `json:"events"`

	EE          bool   `json:"ee"`          // Enterprise Edition only
	Development bool   `json:"development"` // development builds only
	Level       string `json:"level"`       // "project" or "group" where the other cannot have it
	Needs       string `json:"needs"`       // a feature; without it the service is not available
	Licensed    string `json:"licensed"`    // likewise, asked at a level that can have it only
	NeedsOff    string `json:"needs_off"`   // likewise, with it

	TypedEvents  []string        `json:"typed_events"` // flags declared boolean where the release declares strings
	BrokenEvents []string        `json:"broken_events"`
	FlagDefaults map[string]bool `json:"flag_defaults"` // where a new record differs from the column's default; "*" is all of them

	DataFields     bool   `json:"data_fields"`
	Tracker        bool   `json:"tracker"`         // an issue tracker, where release.OneTracker counts them
	ActiveWhen     string `json:"active_when"`     // the boolean that decides over active, whatever PUT merges
	DefaultChannel string `json:"default_channel"` // the channel that events without their own use
	Hook           string `json:"hook"`            // the setting that GitLab makes the address of a web hook from, which may not be local
	Login          *login `json:"login"`
	Wipes          *wipes `json:"wipes"`

	Rewrites  bool       `json:"rewrites"`   // each save of an active record assigns a setting
	DataTable *dataTable `json:"data_table"` // what the second table says of its own

	CreateRefused     string `json:"create_refused"`      // 422: only another flow makes the record
	DeleteRefused     string `json:"delete_refused"`      // 422
	KeepsActive       bool   `json:"keeps_active"`        // PUT does not switch it on
	FieldsWhileActive bool   `json:"fields_while_active"` // a record that is off shows no setting

	RefusesDeleteWhenInactive bool `json:"refuses_delete_when_inactive"`

	added bool // by Serve: no release has it
}

// dataTable is a limit of the table that settings of several services are in.
type dataTable struct {
	Name      string `json:"name"`
	MaxLength int    `json:"max_length"`
}

// login says how a user name and a password depend on each other.
type login struct {
	User        string `json:"user"`
	Password    string `json:"password"`
	Rule        string `json:"rule"`         // one of the rule constants
	HalfCleared string `json:"half_cleared"` // "crash": a blank user without the key of a stored password is a 500
}

// The rules of a login.
const (
	bothOrNull       = "both or null"             // "" counts as given, so "no login" is null and null
	bothOrBlank      = "both or blank"            // "" counts as not given
	userWithPassword = "user with password"       // a request with the key of the password, whatever its value, needs a user
	userWithGiven    = "user with given password" // a request with a password that is not blank needs a user (Jenkins from 11.8 on)
)

// wipes says which changes silently drop a stored password that the request
// does not repeat (10.x; since about 15.1 see param.ExposesSecrets).
type wipes struct {
	PasswordOn      []string `json:"password_on"`      // parameters whose change does
	PasswordWithout string   `json:"password_without"` // the parameter whose blankness does
}

// param is one setting of a service.
type param struct {
	Name     string `json:"name"`
	Type     string `json:"type"`
	Required bool   `json:"required"` // PUT needs the key

	// How far it exists.
	Hidden     bool   `json:"hidden"`     // a secret: no answer shows it
	EE         bool   `json:"ee"`         // Enterprise Edition only
	Undeclared bool   `json:"undeclared"` // a setting of the model that PUT does not take
	Unanswered bool   `json:"unanswered"` // a field that no answer shows, and no secret
	Unlisted   bool   `json:"unlisted"`   // stored, but no field: no answer shows it and DELETE leaves it
	Needs      string `json:"needs"`      // a feature without which no answer shows it and DELETE leaves it
	Level      string `json:"level"`      // "group" where projects do not show it
	Discarded  bool   `json:"discarded"`  // taken and thrown away
	Fatal      bool   `json:"fatal"`      // taken by the API, unknown to the model: 500

	// What it is when nobody says.
	Default   any        `json:"default"`    // on a new record
	Cleared   any        `json:"cleared"`    // after DELETE; columns fall back to their own default
	Heals     any        `json:"heals"`      // whenever a record that holds null is loaded
	HealsFrom *healsFrom `json:"heals_from"` // likewise, from the older setting it replaced

	// How it is rewritten.
	Blanks            string         `json:"blanks"` // around a URL: "trim" or "crash"
	List              bool           `json:"list"`   // between commas: without blanks and repetitions
	BlankIsNull       bool           `json:"blank_is_null"`
	BooleanColumn     bool           `json:"boolean_column"` // declared as text, and stored as what the column makes of it
	LowerCase         bool           `json:"lower_case"`
	DropsSlash        bool           `json:"drops_slash"` // answers lack one trailing slash
	Echoes            string         `json:"echoes"`      // answers show this other setting while it is blank
	Reads             any            `json:"reads"`       // answers always show this
	NullReads         *nullReads     `json:"null_reads"`
	Titles            string         `json:"titles"` // becomes the title of the record while it is "not blank" or "not null"
	NotNull           bool           `json:"not_null"`
	MovesFlags        []string       `json:"moves_flags"`         // flags that follow it at each save
	PutAnswersTrimmed bool           `json:"put_answers_trimmed"` // stored as sent, and without the blanks around it in the answer to PUT
	Column            bool           `json:"column"`              // of the row, where the other settings are in a second table
	CrashesOn         *regexp.Regexp `json:"crashes_on"`          // a text that breaks an address made from it: 500
	ExposesSecrets    bool           `json:"exposes_secrets"`     // a change nulls every secret the request does not repeat

	// What is refused (400) while the record is active.
	Present       bool           `json:"present"`
	PresentWhen   *condition     `json:"present_when"`
	OneOf         []any          `json:"one_of"`
	URL           string         `json:"url"`            // "format", "public" (no local hosts) or "any host"
	Schemes       []string       `json:"schemes"`        // of the URL; http and https where it says nothing
	URLWhenGiven  bool           `json:"url_when_given"` // a blank one is only missing
	URLWhen       string         `json:"url_when"`       // only while this boolean is on
	MaxLength     int            `json:"max_length"`
	Regexp        bool           `json:"regexp"` // RE2
	MaxChannels   int            `json:"max_channels"`
	MaxRecipients *maxRecipients `json:"max_recipients"`
	IRC           string         `json:"irc"` // recipients of which one must be an irc(s) URI, alone or with this setting before it
	Pattern       *pattern       `json:"pattern"`
	Number        *number        `json:"number"`
	PEM           bool           `json:"pem"` // a private key
	JSON          *jsonShape     `json:"json"`
	Words         *words         `json:"words"`          // of which a list between commas must be
	PresentUnless string         `json:"present_unless"` // another setting is there
	Requires      *requirement   `json:"requires"`
	ReportedAs    string         `json:"reported_as"` // the name in errors, where GitLab checks something made of it
	RefusedHost   *refusedHost   `json:"refused_host"`
}

// answered reports whether an answer lists the setting once it is stored.
func (p *param) answered() bool {
	return !p.Hidden && !p.Unanswered && !p.Unlisted && (!p.Discarded || p.Reads != nil)
}

// kind is the type of what is stored.
func (p *param) kind() string {
	if p.BooleanColumn {
		return "boolean"
	}
	return p.Type
}

// condition holds while Param has one of the values Is.
type condition struct {
	Param   string `json:"param"`
	Is      []any  `json:"is"`
	Message string `json:"message"` // of a setting that must be there then, where it is not the usual one
}

// pattern is what a text must match, and what GitLab says when it does not.
type pattern struct {
	Is      *regexp.Regexp `json:"is"`
	Message string         `json:"message"`
	Blank   bool           `json:"blank"` // a blank text is held to it too
}

// number is what a text must be: a whole number.
type number struct {
	Positive bool `json:"positive"`
	Blank    bool `json:"blank"` // a blank text is held to it too
}

// jsonShape is what a text must hold: a JSON object with these keys and that
// type. A text that is no JSON crashes GitLab.
type jsonShape struct {
	Keys    []string `json:"keys"`
	Type    string   `json:"type"`
	Message string   `json:"message"`
}

// words are what a list between commas may hold.
type words struct {
	Of      []string `json:"of"`
	Message string   `json:"message"`
}

// requirement is another boolean that must be on while this one is.
type requirement struct {
	Param   string `json:"param"`
	Message string `json:"message"`
}

// healsFrom derives branches_to_be_notified from the boolean it replaced in
// 12.3: "default" when that is true, "all" when it is false.
type healsFrom struct {
	Param  string `json:"param"`
	TrueIs string `json:"true_is"` // "any" true-like value, or only the "text" "true"
}

// nullReads is what a null reads as.
type nullReads struct {
	Value            any    `json:"value"`
	TrueForHTTPSHost string `json:"true_for_https_host"` // but true when the service is hosted there; "*." matches one label
}

type maxRecipients struct {
	Limit      int    `json:"limit"`
	Separators string `json:"separators"` // "blanks" or "commas and blanks"
}

// refusedHost refuses some values while another setting names a host.
type refusedHost struct {
	Values  []any  `json:"values"`
	Param   string `json:"param"`
	Suffix  string `json:"suffix"`
	Message string `json:"message"`
}

//go:embed contract/*.json
var contracts embed.FS

// build is a release in one of its editions.
type build struct {
	profile Profile
	edition Edition
}

// releases reads the contract files once. They are part of the binary, so one
// that does not parse leaves its profile out; the tests hold that none does.
var releases = sync.OnceValue(func() map[build]*release {
	m := make(map[build]*release)
	for _, p := range Profiles() {
		r, err := readRelease(p)
		if err != nil {
			continue
		}
		for _, e := range []Edition{Development, Enterprise, Community} {
			m[build{p, e}] = r.in(e)
		}
	}
	return m
})

// readRelease reads a contract file. One that is like another has its services
// beside those of the other, and in their place.
func readRelease(p Profile) (*release, error) {
	text, err := contracts.ReadFile("contract/" + string(p) + ".json")
	if err != nil {
		return nil, fmt.Errorf("profile %q: %w", p, err)
	}
	var like struct{ Like Profile }
	if err := json.Unmarshal(text, &like); err != nil {
		return nil, fmt.Errorf("contract of profile %q: %w", p, err)
	}
	base := &release{}
	if like.Like != "" {
		if base, err = readRelease(like.Like); err != nil {
			return nil, err
		}
	}
	r := *base
	r.Flags, r.Services, r.Notes = nil, nil, nil // not to be written into
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&r); err != nil {
		return nil, fmt.Errorf("contract of profile %q: %w", p, err)
	}
	if r.Flags == nil {
		r.Flags = base.Flags
	}
	for _, svc := range base.Services {
		if r.service(svc.Slug) == nil && !slices.Contains(r.Without, svc.Slug) {
			r.Services = append(r.Services, svc)
		}
	}
	slices.SortStableFunc(r.Services, func(a, b *service) int { return strings.Compare(a.Slug, b.Slug) })
	return &r, nil
}

// in is the release without what an edition does not have.
func (r *release) in(e Edition) *release {
	ce := e == Community
	build := *r
	build.Flags = filter(r.Flags, func(f flag) bool { return !ce || !f.EE })
	build.Services = nil
	for _, svc := range r.Services {
		if ce && svc.EE || e != Development && svc.Development {
			continue
		}
		s := *svc
		s.Params = filter(svc.Params, func(p *param) bool { return !ce || !p.EE })
		s.Events = filter(svc.Events, build.hasFlag)
		build.Services = append(build.Services, &s)
	}
	return &build
}

func filter[T any](list []T, keep func(T) bool) []T {
	return slices.DeleteFunc(slices.Clone(list), func(x T) bool { return !keep(x) })
}

func (r *release) service(slug string) *service {
	for _, svc := range r.Services {
		if svc.Slug == slug {
			return svc
		}
	}
	return nil
}

func (r *release) hasFlag(name string) bool {
	return slices.ContainsFunc(r.Flags, func(f flag) bool { return f.Name == name })
}

func (svc *service) param(name string) *param {
	for _, p := range svc.Params {
		if p.Name == name {
			return p
		}
	}
	return nil
}
