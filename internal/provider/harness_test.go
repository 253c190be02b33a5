package provider_test

import (
	"context"
	"fmt"
	"maps"
	"math/big"
	"reflect"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/provider"
)

// Unknown stands among values for one that is not known yet.
const Unknown = tftypes.UnknownValue

// Protocol speaks to a provider of its own as Terraform does, in the process of
// the test and without a CLI. It sees what no CLI shows: private state,
// identities, the attribute of a diagnostic. A message that Terraform would call
// a bug of the provider fails the test.
//
// Values are what one writes in a configuration: string, bool, int, int64,
// float64, []string, map[string]string, nil and [Unknown], or lists and maps of
// any of these. Values that come back are string, bool, int64 or float64, []any,
// map[string]any, nil and Unknown.
//
// An attribute of any type takes a [tftypes.Value] too, for what else there is to
// write, and comes back as one: Terraform compares its type as well.
type Protocol struct {
	// Timeout bounds one call; NewProtocol makes it a minute.
	Timeout time.Duration

	// compare is nil where answers are not compared with those of the framework.
	compare    *comparison
	configured *tfprotov6.DynamicValue
	t          tester
	server     tfprotov6.ProviderServer
	schemas    *tfprotov6.GetProviderSchemaResponse
	identities *tfprotov6.GetResourceIdentitySchemasResponse
}

// tester is what the harness needs of a test: one of testing, or one run of a
// property.
type tester interface {
	Helper()
	Context() context.Context
	Errorf(format string, args ...any)
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

// schemas asks for all schemas once: they are the same for every provider, and
// putting them together costs more than most tests do.
var schemas = sync.OnceValues(func() (out Protocol, err error) {
	out.server = provider.NewServer("test")
	if out.schemas, err = out.server.GetProviderSchema(context.Background(), &tfprotov6.GetProviderSchemaRequest{}); err != nil {
		return out, err
	}
	out.identities, err = out.server.GetResourceIdentitySchemas(context.Background(), &tfprotov6.GetResourceIdentitySchemasRequest{})
	return out, err
})

// NewProtocol starts a provider that is not configured yet.
func NewProtocol(t tester) *Protocol {
	t.Helper()
	known, err := schemas()
	p := &Protocol{Timeout: time.Minute, t: t, schemas: known.schemas, identities: known.identities}
	p.must(err)
	p.server = provider.NewServer("test")
	return p
}

// Connect starts a provider that is configured for a fake GitLab. It tries no
// request twice unless more, further arguments of the provider, says so.
func Connect(t tester, server *fakegitlab.Server, more ...map[string]any) *Protocol {
	t.Helper()
	block := map[string]any{"base_url": server.URL(), "token": server.Token(), "retries": 0}
	for _, m := range more {
		for name, value := range m {
			block[name] = value
		}
	}
	p := NewProtocol(t)
	if diags := p.Configure(block); len(diags) > 0 {
		t.Fatalf("configuring the provider: %s", diags)
	}
	return p
}

// Configure validates the provider block and, where it is valid, configures the
// provider with it.
func (p *Protocol) Configure(block map[string]any) Diagnostics {
	p.t.Helper()
	ctx, cancel := p.context()
	defer cancel()
	config := p.dynamic(p.object(p.schemas.Provider.Block, block))
	validated, err := p.server.ValidateProviderConfig(ctx, &tfprotov6.ValidateProviderConfigRequest{Config: config})
	p.must(err)
	diags := diagnostics(validated.Diagnostics)
	if len(diags.Errors()) > 0 {
		return diags
	}
	configured, err := p.server.ConfigureProvider(ctx, &tfprotov6.ConfigureProviderRequest{TerraformVersion: "1.12.0", Config: config})
	p.must(err)
	p.configured = config
	return append(diags, diagnostics(configured.Diagnostics)...)
}

// Resource is the resource of a service of the provider.
func (p *Protocol) Resource(s *catalog.Service) *ProtocolResource {
	p.t.Helper()
	return p.resource(s.ResourceType())
}

// Of is the resource of a subject.
func (p *Protocol) Of(s acctest.Subject) *ProtocolResource {
	p.t.Helper()
	return p.resource(s.Type())
}

func (p *Protocol) resource(name string) *ProtocolResource {
	p.t.Helper()
	if p.schemas.ResourceSchemas[name] == nil {
		p.t.Fatalf("the provider has no resource %s", name)
	}
	return &ProtocolResource{
		Protocol: p, name: name,
		block:    p.schemas.ResourceSchemas[name].Block,
		identity: p.identities.IdentitySchemas[name],
	}
}

// ProtocolResource is a type of resource of a [Protocol].
type ProtocolResource struct {
	*Protocol
	name     string
	block    *tfprotov6.SchemaBlock
	identity *tfprotov6.ResourceIdentitySchema
}

// Object is a resource as Terraform keeps it.
type Object struct {
	// Values are all attributes; nil is a resource that does not exist.
	Values map[string]any
	// Identity is nil while none is known.
	Identity map[string]any
	// Private is the provider's own, opaque to Terraform.
	Private []byte
}

// Planned is what a provider intends.
type Planned struct {
	Object
	// Replaces names the attributes whose change needs another resource.
	Replaces []string
}

// Validate checks a configuration.
func (r *ProtocolResource) Validate(config map[string]any) Diagnostics {
	r.t.Helper()
	ctx, cancel := r.context()
	defer cancel()
	resp, err := r.server.ValidateResourceConfig(ctx, &tfprotov6.ValidateResourceConfigRequest{
		TypeName: r.name, Config: r.dynamic(r.object(r.block, config)),
		ClientCapabilities: &tfprotov6.ValidateResourceConfigClientCapabilities{WriteOnlyAttributesAllowed: true},
	})
	r.must(err)
	return diagnostics(resp.Diagnostics)
}

// Plan validates the configuration and proposes it; nil destroys. The zero prior
// creates.
func (r *ProtocolResource) Plan(prior Object, config map[string]any) (Planned, Diagnostics) {
	r.t.Helper()
	return r.PlanIgnoring(prior, config)
}

// PlanIgnoring is Plan where ignore_changes names attributes: Terraform validates
// the configuration as it is written, and shows the plan the prior values in
// their place, which for write-only ones are none.
func (r *ProtocolResource) PlanIgnoring(prior Object, config map[string]any, ignored ...string) (Planned, Diagnostics) {
	r.t.Helper()
	var diags Diagnostics
	if config != nil {
		diags = r.Validate(config)
	}
	if len(diags.Errors()) > 0 {
		return Planned{}, diags
	}
	if prior.Values != nil {
		config = Ignoring(prior, config, ignored...)
	}
	ctx, cancel := r.context()
	defer cancel()
	req := &tfprotov6.PlanResourceChangeRequest{
		TypeName:         r.name,
		Config:           r.dynamic(r.object(r.block, config)),
		PriorState:       r.dynamic(r.object(r.block, prior.Values)),
		ProposedNewState: r.dynamic(r.object(r.block, r.proposed(prior.Values, config))),
		PriorPrivate:     prior.Private,
		PriorIdentity:    r.identityData(prior.Identity),
	}
	if r.compare != nil {
		r.comparePlan(req)
	}
	resp, err := r.server.PlanResourceChange(ctx, req)
	r.must(err)
	diags = append(diags, diagnostics(resp.Diagnostics)...)
	planned := Planned{Object: r.held(resp.PlannedState, resp.PlannedIdentity, resp.PlannedPrivate)}
	for _, attribute := range resp.RequiresReplace {
		planned.Replaces = append(planned.Replaces, attributeName(attribute))
	}
	if len(diags.Errors()) == 0 {
		r.expectPlan(prior.Values, config, planned.Values)
	}
	return planned, diags
}

// Apply does what was planned. A planned object without values destroys. The
// configuration is the one at apply, which may differ from that of the plan: what
// was unknown is known, and ignore_changes changes the plan's alone, see
// [Ignoring].
func (r *ProtocolResource) Apply(prior Object, planned Planned, config map[string]any) (Object, Diagnostics) {
	r.t.Helper()
	ctx, cancel := r.context()
	defer cancel()
	resp, err := r.server.ApplyResourceChange(ctx, &tfprotov6.ApplyResourceChangeRequest{
		TypeName:        r.name,
		Config:          r.dynamic(r.object(r.block, config)),
		PriorState:      r.dynamic(r.object(r.block, prior.Values)),
		PlannedState:    r.dynamic(r.object(r.block, planned.Values)),
		PlannedPrivate:  planned.Private,
		PlannedIdentity: r.identityData(planned.Identity),
	})
	r.must(err)
	diags := diagnostics(resp.Diagnostics)
	after := r.held(resp.NewState, resp.NewIdentity, resp.Private)
	if len(diags.Errors()) == 0 {
		r.expectResult(planned.Values, after.Values)
	}
	return after, diags
}

// expectResult fails the test for what Terraform calls an inconsistent result of
// an apply.
func (r *ProtocolResource) expectResult(planned, after map[string]any) {
	r.t.Helper()
	if (planned == nil) != (after == nil) {
		r.t.Errorf("Terraform: provider produced inconsistent result: planned %v and is %v", planned, after)
	}
	for name, value := range planned {
		if value != Unknown && !same(value, after[name]) {
			r.t.Errorf("Terraform: provider produced inconsistent result: %s was planned %v and is %v", name, value, after[name])
		}
		if after[name] == Unknown {
			r.t.Errorf("Terraform: provider returned invalid result: %s is unknown after apply", name)
		}
	}
}

// expectFinal fails the test where the plan that Terraform makes once more at the
// apply is not the one that was approved.
func (r *ProtocolResource) expectFinal(approved, final map[string]any) {
	r.t.Helper()
	for name, value := range approved {
		if value != Unknown && !same(value, final[name]) {
			r.t.Errorf("Terraform: provider produced inconsistent final plan: %s was planned %v and then %v", name, value, final[name])
		}
	}
}

// Set is a plan and its apply, with one configuration for both, as far as there
// are no errors. The plan may not need another resource. Where it fails, the
// object is what the provider leaves.
func (r *ProtocolResource) Set(prior Object, config map[string]any) (Object, Diagnostics) {
	r.t.Helper()
	planned, diags := r.Plan(prior, config)
	if len(diags.Errors()) > 0 {
		return prior, diags
	}
	if len(planned.Replaces) > 0 {
		r.t.Fatalf("the plan replaces the resource because of %s", planned.Replaces)
	}
	after, more := r.Apply(prior, planned, config)
	return after, append(diags, more...)
}

// MustSet is Set that fails the test for any error or warning.
func (r *ProtocolResource) MustSet(prior Object, config map[string]any) Object {
	r.t.Helper()
	after, diags := r.Set(prior, config)
	if len(diags) > 0 {
		r.t.Fatalf("setting %s: %s", r.name, diags)
	}
	return after
}

// Stop tells the provider of a Ctrl-C, as Terraform does at the first one: what
// is under way goes on until its answer.
func (p *Protocol) Stop() {
	p.t.Helper()
	resp, err := p.server.StopProvider(p.t.Context(), &tfprotov6.StopProviderRequest{})
	p.must(err)
	if resp == nil || resp.Error != "" {
		p.t.Errorf("stopping the provider: %+v", resp)
	}
}

// Delete destroys the resource, without a plan.
func (r *ProtocolResource) Delete(prior Object) (Object, Diagnostics) {
	r.t.Helper()
	return r.Apply(prior, Planned{Object: Object{Identity: prior.Identity, Private: prior.Private}}, nil)
}

// Read refreshes the resource.
func (r *ProtocolResource) Read(prior Object) (Object, Diagnostics) {
	r.t.Helper()
	ctx, cancel := r.context()
	defer cancel()
	req := &tfprotov6.ReadResourceRequest{
		TypeName:        r.name,
		CurrentState:    r.dynamic(r.object(r.block, prior.Values)),
		Private:         prior.Private,
		CurrentIdentity: r.identityData(prior.Identity),
	}
	if r.compare != nil {
		r.compareRead(req)
	}
	resp, err := r.server.ReadResource(ctx, req)
	r.must(err)
	return r.held(resp.NewState, resp.NewIdentity, resp.Private), diagnostics(resp.Diagnostics)
}

// Import adopts what id names, or where id is "" what identity names, and reads
// it.
func (r *ProtocolResource) Import(id string, identity map[string]any) (Object, Diagnostics) {
	r.t.Helper()
	ctx, cancel := r.context()
	defer cancel()
	resp, err := r.server.ImportResourceState(ctx, &tfprotov6.ImportResourceStateRequest{
		TypeName: r.name, ID: id, Identity: r.identityData(identity),
	})
	r.must(err)
	diags := diagnostics(resp.Diagnostics)
	if len(diags.Errors()) > 0 {
		return Object{}, diags
	}
	if len(resp.ImportedResources) != 1 {
		r.t.Fatalf("one import gave %d resources", len(resp.ImportedResources))
	}
	imported := resp.ImportedResources[0]
	read, more := r.Read(r.held(imported.State, imported.Identity, imported.Private))
	return read, append(diags, more...)
}

// Move takes over the raw state, and the private one, of a resource of another
// type or provider, and reads it.
func (r *ProtocolResource) Move(provider, kind string, state, private []byte) (Object, Diagnostics) {
	r.t.Helper()
	ctx, cancel := r.context()
	defer cancel()
	resp, err := r.server.MoveResourceState(ctx, &tfprotov6.MoveResourceStateRequest{
		SourceProviderAddress: provider, SourceTypeName: kind, TargetTypeName: r.name,
		SourceState: &tfprotov6.RawState{JSON: state}, SourcePrivate: private,
	})
	r.must(err)
	diags := diagnostics(resp.Diagnostics)
	if len(diags.Errors()) > 0 {
		return Object{}, diags
	}
	moved := r.held(resp.TargetState, resp.TargetIdentity, resp.TargetPrivate)
	if len(moved.Identity) == 0 {
		r.t.Errorf("what was moved to %s has no identity until it is read", r.name)
	}
	read, more := r.Read(moved)
	return read, append(diags, more...)
}

// proposed is what Terraform proposes to a provider: the configuration, with
// the prior state where an attribute is computed and not configured.
func (r *ProtocolResource) proposed(prior, config map[string]any) map[string]any {
	if config == nil {
		return nil
	}
	out := map[string]any{}
	for _, a := range r.block.Attributes {
		switch value, set := config[a.Name]; {
		case set && value != nil:
			out[a.Name] = value
		case a.Computed:
			out[a.Name] = prior[a.Name]
		}
	}
	return out
}

// Ignoring is the configuration that Terraform plans with where ignore_changes
// names attributes: it has their prior values. [ProtocolResource.Apply] gets the
// configuration as it is written.
func Ignoring(prior Object, config map[string]any, names ...string) map[string]any {
	if len(names) == 0 {
		return config
	}
	out := maps.Clone(config)
	for _, name := range names {
		out[name] = prior.Values[name]
	}
	return out
}

// expectPlan fails the test for a plan that Terraform calls invalid.
func (r *ProtocolResource) expectPlan(prior, config, planned map[string]any) {
	r.t.Helper()
	if config == nil {
		return
	}
	wanted := r.values(r.object(r.block, config))
	for _, a := range r.block.Attributes {
		want, got := wanted[a.Name], planned[a.Name]
		switch {
		case a.WriteOnly:
			if got != nil {
				r.t.Errorf("Terraform: provider produced invalid plan: write-only %s is planned", a.Name)
			}
		case a.Computed && want == nil, same(want, got), want != nil && prior[a.Name] != nil && same(prior[a.Name], got):
		default:
			r.t.Errorf("Terraform: provider produced invalid plan: %s is configured %v and planned %v", a.Name, want, got)
		}
	}
}

func (p *Protocol) context() (context.Context, context.CancelFunc) {
	return context.WithTimeout(p.t.Context(), p.Timeout)
}

func (p *Protocol) must(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
}

// object makes an object of a schema; attributes without a value are null, and
// no values at all a null object.
func (p *Protocol) object(block *tfprotov6.SchemaBlock, values map[string]any) tftypes.Value {
	p.t.Helper()
	kind := block.ValueType()
	if values == nil {
		return tftypes.NewValue(kind, nil)
	}
	attributes := map[string]tftypes.Value{}
	for _, a := range block.Attributes {
		attributes[a.Name] = p.value(a.ValueType(), values[a.Name])
	}
	for name := range values {
		if _, ok := attributes[name]; !ok {
			p.t.Fatalf("the schema has no attribute %q", name)
		}
	}
	return tftypes.NewValue(kind, attributes)
}

// same reports whether two values are one to Terraform.
func same(a, b any) bool {
	typed, ok := a.(tftypes.Value)
	other, both := b.(tftypes.Value)
	if ok && both {
		return typed.Equal(other)
	}
	return reflect.DeepEqual(a, b)
}

func (p *Protocol) value(kind tftypes.Type, value any) tftypes.Value {
	p.t.Helper()
	if kind.Is(tftypes.DynamicPseudoType) {
		return p.anyValue(value)
	}
	switch v := reflect.ValueOf(value); {
	case value == nil || value == Unknown:
	case v.Kind() == reflect.Slice:
		list, _ := kind.(tftypes.List)
		elements := make([]tftypes.Value, v.Len())
		for i := range elements {
			elements[i] = p.value(list.ElementType, v.Index(i).Interface())
		}
		value = elements
	case v.Kind() == reflect.Map:
		table, _ := kind.(tftypes.Map)
		elements := map[string]tftypes.Value{}
		for _, key := range v.MapKeys() {
			elements[key.String()] = p.value(table.ElementType, v.MapIndex(key).Interface())
		}
		value = elements
	}
	if err := tftypes.ValidateValue(kind, value); err != nil {
		p.t.Fatal(err)
	}
	return tftypes.NewValue(kind, value)
}

// anyValue is a value in the type that an expression of the language has: a list
// is a tuple, and a map an object.
func (p *Protocol) anyValue(value any) tftypes.Value {
	p.t.Helper()
	if value, ok := value.(tftypes.Value); ok {
		return value
	}
	switch v := reflect.ValueOf(value); {
	case value == nil || value == Unknown:
		return tftypes.NewValue(tftypes.DynamicPseudoType, value)
	case v.Kind() == reflect.Slice:
		elements, kinds := make([]tftypes.Value, v.Len()), make([]tftypes.Type, v.Len())
		for i := range elements {
			elements[i] = p.anyValue(v.Index(i).Interface())
			kinds[i] = elements[i].Type()
		}
		return tftypes.NewValue(tftypes.Tuple{ElementTypes: kinds}, elements)
	case v.Kind() == reflect.Map:
		members, kinds := map[string]tftypes.Value{}, map[string]tftypes.Type{}
		for _, key := range v.MapKeys() {
			members[key.String()] = p.anyValue(v.MapIndex(key).Interface())
			kinds[key.String()] = members[key.String()].Type()
		}
		return tftypes.NewValue(tftypes.Object{AttributeTypes: kinds}, members)
	case v.Kind() == reflect.String:
		return tftypes.NewValue(tftypes.String, value)
	case v.Kind() == reflect.Bool:
		return tftypes.NewValue(tftypes.Bool, value)
	}
	return tftypes.NewValue(tftypes.Number, value)
}

func (p *Protocol) dynamic(value tftypes.Value) *tfprotov6.DynamicValue {
	p.t.Helper()
	dynamic, err := tfprotov6.NewDynamicValue(value.Type(), value)
	p.must(err)
	return &dynamic
}

func (r *ProtocolResource) identityData(identity map[string]any) *tfprotov6.ResourceIdentityData {
	r.t.Helper()
	if identity == nil {
		return nil
	}
	attributes := map[string]tftypes.Value{}
	for _, a := range r.identity.IdentityAttributes {
		attributes[a.Name] = r.value(a.Type, identity[a.Name])
	}
	return &tfprotov6.ResourceIdentityData{IdentityData: r.dynamic(tftypes.NewValue(r.identity.ValueType(), attributes))}
}

// held is an object that the provider gave.
func (r *ProtocolResource) held(state *tfprotov6.DynamicValue, identity *tfprotov6.ResourceIdentityData, private []byte) Object {
	r.t.Helper()
	out := Object{Private: private}
	if state != nil {
		value, err := state.Unmarshal(r.block.ValueType())
		r.must(err)
		out.Values = r.values(value)
	}
	if identity != nil && identity.IdentityData != nil {
		value, err := identity.IdentityData.Unmarshal(r.identity.ValueType())
		r.must(err)
		out.Identity = r.values(value)
	}
	return out
}

func (p *Protocol) values(object tftypes.Value) map[string]any {
	p.t.Helper()
	out, _ := p.plain(object).(map[string]any)
	kind, _ := object.Type().(tftypes.Object)
	for name, of := range kind.AttributeTypes {
		if of.Is(tftypes.DynamicPseudoType) && out[name] != nil && out[name] != Unknown {
			var attributes map[string]tftypes.Value
			p.must(object.As(&attributes))
			out[name] = attributes[name]
		}
	}
	return out
}

func (p *Protocol) plain(value tftypes.Value) any {
	p.t.Helper()
	switch kind := value.Type(); {
	case value.IsNull():
		return nil
	case !value.IsKnown():
		return Unknown
	case kind.Is(tftypes.String):
		var text string
		p.must(value.As(&text))
		return text
	case kind.Is(tftypes.Bool):
		var yes bool
		p.must(value.As(&yes))
		return yes
	case kind.Is(tftypes.Number):
		var number big.Float
		p.must(value.As(&number))
		if whole, accuracy := number.Int64(); accuracy == big.Exact {
			return whole
		}
		fraction, _ := number.Float64()
		return fraction
	case kind.Is(tftypes.List{}), kind.Is(tftypes.Set{}), kind.Is(tftypes.Tuple{}):
		var elements []tftypes.Value
		p.must(value.As(&elements))
		out := make([]any, len(elements))
		for i, element := range elements {
			out[i] = p.plain(element)
		}
		return out
	}
	var elements map[string]tftypes.Value
	p.must(value.As(&elements))
	out := map[string]any{}
	for name, element := range elements {
		out[name] = p.plain(element)
	}
	return out
}

// Diagnostic is one thing that the provider says.
type Diagnostic struct {
	// Error tells an error from a warning.
	Error bool
	// Attribute is the one that it is about, "" where it is about none.
	Attribute       string
	Summary, Detail string
}

// Diagnostics are all that the provider says to one call.
type Diagnostics []Diagnostic

func diagnostics(from []*tfprotov6.Diagnostic) Diagnostics {
	var out Diagnostics
	for _, d := range from {
		out = append(out, Diagnostic{
			Error:     d.Severity != tfprotov6.DiagnosticSeverityWarning,
			Attribute: attributeName(d.Attribute), Summary: d.Summary, Detail: d.Detail,
		})
	}
	return out
}

func attributeName(path *tftypes.AttributePath) string {
	var steps []string
	for _, step := range path.Steps() {
		steps = append(steps, strings.Trim(fmt.Sprint(step), `"`))
	}
	return strings.Join(steps, ".")
}

// Errors are those that are errors.
func (d Diagnostics) Errors() Diagnostics {
	return slices.DeleteFunc(slices.Clone(d), func(d Diagnostic) bool { return !d.Error })
}

// Warnings are those that are none.
func (d Diagnostics) Warnings() Diagnostics {
	return slices.DeleteFunc(slices.Clone(d), func(d Diagnostic) bool { return d.Error })
}

// On are those about the attribute.
func (d Diagnostics) On(attribute string) Diagnostics {
	return slices.DeleteFunc(slices.Clone(d), func(d Diagnostic) bool { return d.Attribute != attribute })
}

// String is all of it, for people and for searching.
func (d Diagnostics) String() string {
	var b strings.Builder
	for _, d := range d {
		kind := "warning"
		if d.Error {
			kind = "error"
		}
		fmt.Fprintf(&b, "\n%s [%s] %s: %s", kind, d.Attribute, d.Summary, d.Detail)
	}
	return b.String()
}
