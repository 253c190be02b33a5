package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/vmihailenco/msgpack/v5"
	"google.golang.org/protobuf/encoding/protowire"
)

// message is one of Terraform's protocol, in protobuf's encoding.
//
// https://github.com/hashicorp/terraform/tree/main/docs/plugin-protocol
type message []byte

func (m message) bytes(field protowire.Number, value []byte) message {
	return protowire.AppendBytes(protowire.AppendTag(m, field, protowire.BytesType), value)
}

// about begins a message about a type of resource, whose name is always the
// first field.
func about(kind string) message { return message(nil).bytes(1, []byte(kind)) }

func (m message) number(field protowire.Number, value uint64) message {
	return protowire.AppendVarint(protowire.AppendTag(m, field, protowire.VarintType), value)
}

// value is a DynamicValue.
func (m message) value(field protowire.Number, value object) message {
	return m.bytes(field, message(nil).bytes(1, value))
}

// field is a value of a message.
type field struct {
	bytes  []byte
	number uint64
}

// fields are the values of a message by their numbers.
type fields map[protowire.Number][]field

func parse(m message) (fields, error) {
	out := fields{}
	for len(m) > 0 {
		number, kind, n := protowire.ConsumeTag(m)
		if n < 0 {
			return nil, protowire.ParseError(n)
		}
		m = m[n:]
		var f field
		switch kind {
		case protowire.BytesType:
			f.bytes, n = protowire.ConsumeBytes(m)
		case protowire.VarintType:
			f.number, n = protowire.ConsumeVarint(m)
		default:
			n = protowire.ConsumeFieldValue(number, kind, m)
		}
		if n < 0 {
			return nil, protowire.ParseError(n)
		}
		m = m[n:]
		out[number] = append(out[number], f)
	}
	return out, nil
}

// first is the only value of a field, of which there may be none.
func (f fields) first(number protowire.Number) field {
	if len(f[number]) == 0 {
		return field{}
	}
	return f[number][0]
}

// inner are the messages that a field has.
func (f fields) inner(number protowire.Number) ([]fields, error) {
	var out []fields
	for _, value := range f[number] {
		m, err := parse(value.bytes)
		if err != nil {
			return nil, err
		}
		out = append(out, m)
	}
	return out, nil
}

// refused is the first error among the diagnostics in a field.
func (f fields) refused(number protowire.Number) error {
	diags, err := f.inner(number)
	for _, d := range diags {
		if d.first(1).number == 1 {
			err = errors.Join(err, fmt.Errorf("%s: %s", d.first(2).bytes, d.first(3).bytes))
		}
	}
	return err
}

// object is a value of a resource on the wire, in MessagePack.
type object []byte

// object is the DynamicValue in the first field, where all answers have it.
func (f fields) object() (object, error) {
	value, err := parse(f.first(1).bytes)
	return value.first(1).bytes, err
}

func (o object) members() (map[string]any, error) {
	var out map[string]any
	err := msgpack.Unmarshal(o, &out)
	return out, err
}

// null is an object that does not exist.
var null = object{0xc0}

// resourceSchema is what of a schema is asked for here.
type resourceSchema struct {
	version             uint64
	attributes          []string
	computed, sensitive []string
}

func (p *running) askSchemas(ctx context.Context) error {
	answer, err := p.call(ctx, "GetProviderSchema", nil)
	if err != nil {
		return err
	}
	for _, field := range answer {
		for _, value := range field {
			p.schemaBytes += len(value.bytes)
		}
	}
	block, err := schemaOf(answer.first(1).bytes)
	if err != nil {
		return err
	}
	p.block, p.types = block.attributes, map[string]resourceSchema{}
	resources, err := answer.inner(2)
	for _, r := range resources {
		schema, wrong := schemaOf(r.first(2).bytes)
		p.types[string(r.first(1).bytes)], err = schema, errors.Join(err, wrong)
	}
	return err
}

func schemaOf(m message) (resourceSchema, error) {
	schema, err := parse(m)
	if err != nil {
		return resourceSchema{}, err
	}
	out := resourceSchema{version: schema.first(1).number}
	block, err := parse(schema.first(2).bytes)
	if err != nil {
		return out, err
	}
	attributes, err := block.inner(2)
	for _, a := range attributes {
		name := string(a.first(1).bytes)
		out.attributes = append(out.attributes, name)
		if a.first(6).number == 1 {
			out.computed = append(out.computed, name)
		}
		if a.first(7).number == 1 {
			out.sensitive = append(out.sensitive, name)
		}
	}
	return out, err
}

// configure configures the provider: arguments that are not given are null.
func (p *running) configure(ctx context.Context, arguments map[string]any) error {
	block := map[string]any{}
	for _, name := range p.block {
		block[name] = arguments[name]
	}
	config, err := msgpack.Marshal(block)
	if err != nil {
		return err
	}
	answer, err := p.call(ctx, "ConfigureProvider", message(nil).bytes(1, []byte("1.12.0")).value(2, config))
	if err != nil {
		return err
	}
	return answer.refused(1)
}

// wire turns a configuration or a state from JSON into what is on the wire. The
// provider does it, as it does with every state that Terraform has read.
func (p *running) wire(ctx context.Context, kind string, state []byte) (object, error) {
	request := about(kind).number(2, p.types[kind].version).bytes(3, message(nil).bytes(1, state))
	answer, err := p.call(ctx, "UpgradeResourceState", request)
	if err != nil {
		return nil, err
	}
	if err := answer.refused(2); err != nil {
		return nil, err
	}
	return answer.object()
}

// instance is a resource as Terraform keeps it.
type instance struct {
	kind, place string
	arguments   map[string]any
	config      object
	state       object
	json        []byte // the state as it stands in a state file
	private     []byte
	identity    []byte
}

// holds reports whether an attribute has a value.
func (i *instance) holds(name string) bool {
	members, err := i.state.members()
	return err == nil && members[name] != nil
}

// create plans and applies a resource that is not there yet.
func (p *running) create(ctx context.Context, of *instance) error {
	raw, err := json.Marshal(of.arguments)
	if err != nil {
		return err
	}
	if of.config, err = p.wire(ctx, of.kind, raw); err != nil {
		return err
	}
	planned, err := p.call(ctx, "PlanResourceChange", about(of.kind).value(2, null).value(3, of.config).value(4, of.config))
	if err != nil {
		return err
	}
	if err := planned.refused(4); err != nil {
		return err
	}
	applied, err := p.call(ctx, "ApplyResourceChange", about(of.kind).value(2, null).
		bytes(3, planned.first(1).bytes).value(4, of.config).bytes(5, planned.first(3).bytes).bytes(7, planned.first(7).bytes))
	if err != nil {
		return err
	}
	if err := applied.refused(3); err != nil {
		return err
	}
	of.private, of.identity = applied.first(2).bytes, applied.first(5).bytes
	if of.state, err = applied.object(); err != nil {
		return err
	}
	members, err := of.state.members()
	if err != nil {
		return err
	}
	of.json, err = json.Marshal(members)
	return err
}

// refresh is what Terraform does with a resource of the state before it plans.
func (p *running) refresh(ctx context.Context, of *instance) error {
	state, err := p.wire(ctx, of.kind, of.json)
	if err != nil {
		return err
	}
	request := about(of.kind).value(2, state).bytes(3, of.private)
	if len(of.identity) > 0 {
		request = request.bytes(6, of.identity)
	}
	answer, err := p.call(ctx, "ReadResource", request)
	if err != nil {
		return err
	}
	if err := answer.refused(2); err != nil {
		return err
	}
	of.private = answer.first(3).bytes
	if of.state, err = answer.object(); err == nil && slices.Equal(of.state, null) {
		err = errors.New("the resource is gone")
	}
	return err
}

// plan is a plan of the configuration as it was applied.
func (p *running) plan(ctx context.Context, of *instance) error {
	validate := about(of.kind).value(2, of.config).bytes(3, message(nil).number(2, 1))
	answer, err := p.call(ctx, "ValidateResourceConfig", validate)
	if err != nil {
		return err
	}
	if err := answer.refused(1); err != nil {
		return err
	}
	proposed, err := p.proposed(of)
	if err != nil {
		return err
	}
	request := about(of.kind).value(2, of.state).value(3, proposed).value(4, of.config).bytes(5, of.private)
	if len(of.identity) > 0 {
		request = request.bytes(8, of.identity)
	}
	if answer, err = p.call(ctx, "PlanResourceChange", request); err != nil {
		return err
	}
	if err := answer.refused(4); err != nil {
		return err
	}
	planned, err := answer.object()
	if err != nil {
		return err
	}
	return unequal(of.state, planned)
}

// proposed is the configuration, with the state where an attribute is computed
// and not configured.
func (p *running) proposed(of *instance) (object, error) {
	config, err := of.config.members()
	if err != nil {
		return nil, err
	}
	state, err := of.state.members()
	if err != nil {
		return nil, err
	}
	for _, name := range p.types[of.kind].computed {
		if config[name] == nil {
			config[name] = state[name]
		}
	}
	return msgpack.Marshal(config)
}

// unequal names what a plan changes.
func unequal(state, planned object) error {
	before, err := state.members()
	if err != nil {
		return err
	}
	after, err := planned.members()
	if err != nil {
		return err
	}
	for name := range after {
		if fmt.Sprint(before[name]) != fmt.Sprint(after[name]) {
			return fmt.Errorf("%s is %v and planned %v", name, before[name], after[name])
		}
	}
	return nil
}
