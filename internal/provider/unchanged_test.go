package provider

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/vmihailenco/msgpack/v5"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
)

var (
	unchangedSeed  = flag.Uint64("unchanged.seed", 0, "draw the calls that are compared with the framework's answers from this seed")
	unchangedCases = flag.Int("unchanged.cases", 1200, "how many calls are compared with the framework's answers")
)

// TestAnswersAreThoseOfTheFramework sends random calls to the provider and to
// the framework's server in it. A failure prints the seed:
//
//	go test ./internal/provider -run AnswersAreThose -unchanged.seed=N
func TestAnswersAreThoseOfTheFramework(t *testing.T) {
	t.Parallel()
	seed := *unchangedSeed
	if seed == 0 {
		seed = rand.Uint64()
	}
	d := draw{rand.New(rand.NewPCG(seed, 0))}
	ours, framework := NewServer("test"), providerserver.NewProtocol6(newProvider("test"))()
	kinds := slices.DeleteFunc(slices.Clone(shapes()), func(s *shape) bool { return s.service == nil }) // Those that are plain.
	short, left := map[string]int{}, map[string]int{}
	for i := range *unchangedCases {
		kind := kinds[i/2%len(kinds)]
		of, ok := typeNamed(kind.typeName)
		if !ok {
			t.Fatalf("%s is not plain", kind.typeName)
		}
		var call, got, want string
		var known, isShort bool
		if i%2 == 0 {
			req := d.upgrade(of, kind)
			known, isShort, call = true, upgraded(req) != nil, fmt.Sprintf("%+v %s", req, req.RawState.JSON)
			got, want = answers(t, req, ours.UpgradeResourceState), answers(t, req, framework.UpgradeResourceState)
		} else {
			var req *tfprotov6.ValidateResourceConfigRequest
			req, known = d.validate(of, kind)
			isShort, call = valid(t.Context(), req) != nil, fmt.Sprintf("%+v %q", req, req.Config.MsgPack)
			got, want = answers(t, req, ours.ValidateResourceConfig), answers(t, req, framework.ValidateResourceConfig)
		}
		if got != want {
			t.Fatalf("seed %d, call %d: %s\nour answer:\n%s\nthe framework's:\n%s", seed, i, call, got, want)
		}
		if what := []string{"upgrades", "validations"}[i%2]; isShort {
			short[what]++
		} else if known && !strings.Contains(want, "diagnostic") {
			left[what]++
		}
	}
	t.Logf("answered without the framework: %v; left to it without need: %v", short, left)
	// A state may hold what has to be converted.
	if left["validations"] > 0 || left["upgrades"] > short["upgrades"] {
		t.Errorf("seed %d: only %v were answered without the framework, and not %v", seed, short, left)
	}
}

// TestNumbersAndListsAreCheckedWithoutTheFramework, of which there are too few for
// random calls to meet each.
func TestNumbersAndListsAreCheckedWithoutTheFramework(t *testing.T) {
	t.Parallel()
	ours, framework := NewServer("test"), providerserver.NewProtocol6(newProvider("test"))()
	refused := map[string]int{}
	for _, kind := range shapes() {
		if kind.service == nil {
			continue
		}
		of, _ := typeNamed(kind.typeName)
		for _, a := range of.attributes {
			var values []any
			switch {
			case a.IsComputed() && a.IsOptional() && strings.HasSuffix(a.name, "_wo_version"), a.wire.Is(tftypes.String), a.wire.Is(tftypes.Bool):
				continue
			case a.wire.Is(tftypes.Number):
				values = []any{int64(-1 << 40), int64(1), int64(200)} // 200 is the first of another form on the wire.
			default:
				many := []any{} // So many that the wire says their number in another form.
				for i := range 20 {
					many = append(many, strconv.Itoa(i))
				}
				values = []any{[]any{}, []any{" ", "x", "x"}, []any{"x"}, many}
			}
			for _, value := range values {
				on, kinds := map[string]tftypes.Value{}, map[string]tftypes.Type{}
				for _, other := range of.attributes {
					kinds[other.name], on[other.name] = other.wire, tftypes.NewValue(other.wire, nil)
				}
				for _, other := range kind.service.Arguments() {
					if other.Required {
						on[other.Name] = wired(kinds[other.Name], other.Value)
					}
				}
				on[kind.levels[0].Noun], on[a.name] = tftypes.NewValue(tftypes.String, "group/project"), wired(a.wire, value)
				object := tftypes.Object{AttributeTypes: kinds}
				config, err := tfprotov6.NewDynamicValue(object, tftypes.NewValue(object, on))
				if err != nil {
					t.Fatal(err)
				}
				req := &tfprotov6.ValidateResourceConfigRequest{TypeName: kind.typeName, Config: &config}
				got, want := answers(t, req, ours.ValidateResourceConfig), answers(t, req, framework.ValidateResourceConfig)
				if got != want {
					t.Errorf("%s.%s = %v: %s\nthe framework's answer:\n%s", kind.typeName, a.name, value, got, want)
				}
				if want != "" {
					refused[a.wire.String()]++
				} else if valid(t.Context(), req) == nil {
					t.Errorf("%s.%s = %v is left to the framework", kind.typeName, a.name, value)
				}
			}
		}
	}
	if len(refused) != 2 {
		t.Errorf("of these kinds so many are refused: %v", refused)
	}
}

// TestAValueOfAnotherTypeIsLeftToTheFramework, which converts it or refuses it.
func TestAValueOfAnotherTypeIsLeftToTheFramework(t *testing.T) {
	t.Parallel()
	var of *resourceType
	for _, s := range shapes() { // One with attributes of every type.
		if t, ok := typeNamed(s.typeName); ok && len(kindsIn(t)) == 4 {
			of = t
		}
	}
	texts := tftypes.List{ElementType: tftypes.String}
	kinds := map[string]tftypes.Value{
		"text": tftypes.NewValue(tftypes.String, "text"), "bool": tftypes.NewValue(tftypes.Bool, true), "number": tftypes.NewValue(tftypes.Number, 2),
		"large number": tftypes.NewValue(tftypes.Number, -1<<40), "larger number": tftypes.NewValue(tftypes.Number, 1<<40), "fraction": tftypes.NewValue(tftypes.Number, 1.5),
		"list": wired(texts, []any{"one"}), "list with nothing": tftypes.NewValue(texts, []tftypes.Value{tftypes.NewValue(tftypes.String, nil)}), "numbers": tftypes.NewValue(tftypes.List{ElementType: tftypes.Number}, []tftypes.Value{tftypes.NewValue(tftypes.Number, 2)}),
	}
	for _, a := range of.attributes {
		for kind, value := range kinds {
			on, all := map[string]tftypes.Value{}, map[string]tftypes.Type{}
			for _, other := range of.attributes {
				all[other.name], on[other.name] = other.wire, tftypes.NewValue(other.wire, nil)
			}
			all[a.name], on[a.name] = value.Type(), value
			object := tftypes.Object{AttributeTypes: all}
			message, err := tfprotov6.NewDynamicValue(object, tftypes.NewValue(object, on))
			if err != nil {
				t.Fatal(err)
			}
			odd := kind == "larger number" || kind == "fraction" || kind == "list with nothing"
			if _, read := of.read(&message); read != (a.wire.Equal(value.Type()) && !odd) {
				t.Errorf("a %s as %s is read: %t", kind, a.name, read)
			}
		}
	}
}

func TestAnAttributeThatNobodyKnowsIsLeftToTheFramework(t *testing.T) {
	t.Parallel()
	of, _ := typeNamed(shapes()[0].typeName)
	for _, name := range []string{"unheard_of", of.attributes[0].name} {
		on, all := map[string]tftypes.Value{}, map[string]tftypes.Type{}
		for i, a := range of.attributes {
			if i != 1 {
				all[a.name], on[a.name] = a.wire, tftypes.NewValue(a.wire, nil)
			}
		}
		all[name], on[name] = tftypes.String, tftypes.NewValue(tftypes.String, nil) // in the place of the second
		object := tftypes.Object{AttributeTypes: all}
		message, err := tfprotov6.NewDynamicValue(object, tftypes.NewValue(object, on))
		if err != nil {
			t.Fatal(err)
		}
		if values, read := of.read(&message); read {
			t.Errorf("with %s it is read as %v", name, values)
		}
	}
}

// TestANumberThatJSONMakesAnotherIsLeftToTheFramework: a float has no more digits.
func TestANumberThatJSONMakesAnotherIsLeftToTheFramework(t *testing.T) {
	t.Parallel()
	of, _ := typeNamed("gitlabservices_slack")
	for number, want := range map[string]bool{"9007199254740991": true, "9007199254740993": false, "-9007199254740993": false, "1.5": false} {
		if _, written := of.rewrite([]byte(`{"webhook_wo_version":` + number + `}`)); written != want {
			t.Errorf("%s is written: %t", number, written)
		}
	}
}

// kindsIn are the types of attributes that a type of resource has.
func kindsIn(of *resourceType) map[string]bool {
	out := map[string]bool{}
	for _, a := range of.attributes {
		out[a.wire.String()] = true
	}
	return out
}

func TestAListOfTextsIsWrittenWithoutTheFramework(t *testing.T) {
	t.Parallel()
	for _, s := range shapes() {
		of, _ := typeNamed(s.typeName)
		for _, a := range of.attributes {
			if !a.wire.Is(tftypes.List{}) {
				continue
			}
			for list, want := range map[string]bool{`["a","b"]`: true, `[]`: true, `["a",1]`: false, `"a"`: false} {
				if _, written := of.rewrite([]byte(`{"` + a.name + `":` + list + `}`)); written != want {
					t.Errorf("%s.%s of %s is written: %t", s.typeName, a.name, list, written)
				}
			}
			return
		}
	}
	t.Error("no attribute is a list")
}

// messageOf is a message with the attributes of those names, all null but the last,
// and how much of it stands before that one.
func messageOf(t *testing.T, names []string, last any) (message []byte, before int) {
	t.Helper()
	var out bytes.Buffer
	to := msgpack.NewEncoder(&out)
	to.UseCompactInts(true)
	err := to.EncodeMapLen(len(names))
	for i, name := range names {
		if i < len(names)-1 {
			err = errors.Join(err, to.EncodeString(name), to.EncodeNil())
			continue
		}
		before = out.Len()
		err = errors.Join(err, to.EncodeString(name), to.Encode(last))
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes(), before
}

// TestAnAttributeThatStandsTwiceIsLeftToTheFramework, and another one is missing.
func TestAnAttributeThatStandsTwiceIsLeftToTheFramework(t *testing.T) {
	t.Parallel()
	of, _ := typeNamed("gitlabservices_slack")
	message, _ := messageOf(t, slices.Repeat([]string{of.attributes[0].name}, len(of.attributes)), nil)
	if values, read := of.read(&tfprotov6.DynamicValue{MsgPack: message}); read {
		t.Errorf("it is read as %v", values)
	}
}

// TestAValueThatEndsTheMessageIsReadWhole, whatever its kind: the wire may have the
// attributes in any order.
func TestAValueThatEndsTheMessageIsReadWhole(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 40)
	for kind, values := range map[string][]any{
		tftypes.String.String():                              {long, "x"},
		tftypes.Number.String():                              {int64(70_000), int64(200), int64(-70_000)},
		(tftypes.List{ElementType: tftypes.String}).String(): {[]any{long, long}, slices.Repeat([]any{"x"}, 20)},
	} {
		of, last := withKind(t, kind)
		var names []string
		for _, a := range of.attributes {
			if a.name != last {
				names = append(names, a.name)
			}
		}
		names = append(names, last)
		for _, value := range values {
			message, before := messageOf(t, names, value)
			if values, ok := of.read(&tfprotov6.DynamicValue{MsgPack: message}); !ok || values[last].IsNull() {
				t.Errorf("%v: the whole message is read: %t", value, ok)
			}
			for i := before; i < len(message); i++ {
				if values, ok := of.read(&tfprotov6.DynamicValue{MsgPack: message[:i]}); ok {
					t.Errorf("%v: the first %d bytes of %d read as %v", value, i, len(message), values[last])
				}
			}
		}
		// What is of another form is left to the framework.
		for _, value := range []any{1.5, []any{nil}, []any{1}, []byte("x"), map[string]any{}} {
			message, _ := messageOf(t, names, value)
			if values, ok := of.read(&tfprotov6.DynamicValue{MsgPack: message}); ok {
				t.Errorf("%v in place of %s is read as %v", value, kind, values[last])
			}
		}
	}
}

// withKind is a type that has an attribute of a kind, and the name of that.
func withKind(t *testing.T, kind string) (*resourceType, string) {
	t.Helper()
	for _, s := range shapes() {
		of, _ := typeNamed(s.typeName)
		for _, a := range of.attributes {
			if a.wire.String() == kind {
				return of, a.name
			}
		}
	}
	t.Fatalf("no attribute is a %s", kind)
	return nil, ""
}

func TestDefaultsAreThoseOfTheRow(t *testing.T) {
	t.Parallel()
	kinds := map[string]bool{}
	for _, s := range shapes() {
		if s.service == nil {
			continue
		}
		of, _ := typeNamed(s.typeName)
		for name, want := range s.service.Decode(catalog.Answer{}).Values {
			got := of.attributes[of.at[name]].initial
			if want.IsNull() && got != nil || !want.IsNull() && !want.Equal(got) {
				t.Errorf("%s.%s is %v at first, want %v", s.typeName, name, got, want)
			}
			if got != nil {
				kinds[fmt.Sprintf("%T", got)] = true
			}
		}
	}
	if len(kinds) != 3 {
		t.Errorf("only these have defaults: %v", kinds)
	}
}

func TestATypeThatNobodyKnowsIsLeftToTheFramework(t *testing.T) {
	t.Parallel()
	resp, err := NewServer("test").UpgradeResourceState(t.Context(), &tfprotov6.UpgradeResourceStateRequest{TypeName: "gitlabservices_unheard_of", RawState: &tfprotov6.RawState{JSON: []byte("{}")}})
	if err != nil || len(resp.Diagnostics) != 1 {
		t.Errorf("%+v: %v", resp, err)
	}
}

// TestAMessageThatEndsTooEarlyIsLeftToTheFramework, wherever it does.
func TestAMessageThatEndsTooEarlyIsLeftToTheFramework(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"gitlabservices_irker", "gitlabservices_jira"} {
		of, ok := typeNamed(name)
		if !ok {
			t.Fatalf("%s is not plain", name)
		}
		on, kinds := map[string]tftypes.Value{}, map[string]tftypes.Type{}
		for _, a := range of.attributes {
			kinds[a.name], on[a.name] = a.wire, tftypes.NewValue(a.wire, nil)
			switch {
			case a.wire.Is(tftypes.String):
				on[a.name] = tftypes.NewValue(a.wire, "text")
			case a.wire.Is(tftypes.Bool):
				on[a.name] = tftypes.NewValue(a.wire, true)
			case a.wire.Is(tftypes.Number):
				on[a.name] = tftypes.NewValue(a.wire, int64(70_000))
			default:
				on[a.name] = wired(a.wire, []any{"one", "two"})
			}
		}
		object := tftypes.Object{AttributeTypes: kinds}
		whole, err := tfprotov6.NewDynamicValue(object, tftypes.NewValue(object, on))
		if err != nil {
			t.Fatal(err)
		}
		if values, ok := of.read(&whole); !ok || len(values) != len(of.attributes) {
			t.Errorf("%s: the whole message reads as %v, %t", name, values, ok)
		}
		for i := range whole.MsgPack {
			if values, ok := of.read(&tfprotov6.DynamicValue{MsgPack: whole.MsgPack[:i]}); ok {
				t.Errorf("%s: the first %d bytes read as %v", name, i, values)
			}
		}
	}
}

// answers is the answer to a call as text, with diagnostics in one order: the
// framework has them in any.
func answers[Req, Resp any](t *testing.T, req Req, ask func(context.Context, Req) (Resp, error)) string {
	t.Helper()
	resp, err := ask(t.Context(), req)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	said := func(all []*tfprotov6.Diagnostic) {
		for _, d := range all {
			lines = append(lines, fmt.Sprintf("diagnostic %s %s %q %q", d.Severity, d.Attribute, d.Summary, d.Detail))
		}
		slices.Sort(lines)
	}
	switch resp := any(resp).(type) {
	case *tfprotov6.UpgradeResourceStateResponse:
		said(resp.Diagnostics)
		if resp.UpgradedState != nil {
			lines = append(lines, fmt.Sprintf("state %q %q", resp.UpgradedState.MsgPack, resp.UpgradedState.JSON))
		}
	case *tfprotov6.ValidateResourceConfigResponse:
		said(resp.Diagnostics)
	}
	return strings.Join(lines, "\n")
}

// draw draws calls.
type draw struct{ *rand.Rand }

func (d draw) in(n int) bool { return d.IntN(n) == 0 }

// texts are what people write, and what nobody should.
var texts = []string{
	"", " ", "x", "42", "true", "group/project", "/group/project/", "https://example.com/hook", "https://example.com/ ", "http://",
	"ftp://example.com", "#builds", "#a,#b,#c,#d,#e,#f,#g,#h,#i,#j,#k", "a b", "a%2Fb", "a\nb", "secret\n", "ä\u2028\x00", "(", "key:value",
	strings.Repeat("x", 300), "-----BEGIN PRIVATE KEY-----", `{"type":"service_account"}`, "all", "default", "protected", "match_any", "-2",
}

// value is one of the type, as it stands in JSON.
func (d draw) value(of tftypes.Type) any {
	switch {
	case d.in(3):
		return nil
	case of.Is(tftypes.String):
		return texts[d.IntN(len(texts))]
	case of.Is(tftypes.Bool):
		return d.in(2)
	case of.Is(tftypes.Number):
		return int64(d.IntN(5) - 2)
	}
	out := []any{}
	for range d.IntN(3) {
		out = append(out, d.value(tftypes.String))
	}
	return out
}

// members are those of a configuration or a state: of a valid one, with a few of
// them drawn.
func (d draw) members(of *resourceType, kind *shape) map[string]any {
	out := map[string]any{}
	if d.in(4) {
		for name, value := range kind.service.Decode(catalog.Answer{}).Values {
			if value.IsNull() {
				continue
			}
			switch text := value.String(); text {
			case "true", "false":
				out[name] = text == "true"
			default:
				out[name] = value
			}
		}
	}
	all := d.in(4)
	for _, a := range kind.service.Arguments() {
		if all || a.Required {
			out[a.Name] = a.Value
		}
	}
	out[kind.levels[0].Noun] = "group/project"
	for range d.IntN(4) {
		a := of.attributes[d.IntN(len(of.attributes))]
		out[a.name] = d.value(a.wire)
	}
	for name, value := range out {
		switch v := value.(type) {
		case []string:
			list := []any{}
			for _, text := range v {
				list = append(list, text)
			}
			out[name] = list
		case bool, string, int64, nil, []any:
		default:
			delete(out, name)
		}
	}
	return out
}

// upgrade is a call with a state, now and then one that is not plain.
func (d draw) upgrade(of *resourceType, kind *shape) *tfprotov6.UpgradeResourceStateRequest {
	members := d.members(of, kind)
	for _, a := range of.attributes {
		if _, ok := members[a.name]; !ok && d.in(2) {
			members[a.name] = nil
		}
	}
	odd := []any{"1", "true", "TRUE", 1, 0, 2, 1.5, 0.1, json.Number("-0"), json.Number("1e400"), json.Number("12345678901234567890.5"), json.Number("9007199254740993"), 1 << 60, "", []any{}, []any{1, true}, map[string]any{}, true}
	for d.in(4) {
		members[of.attributes[d.IntN(len(of.attributes))].name] = odd[d.IntN(len(odd))]
	}
	for d.in(4) {
		members["gone"] = odd[d.IntN(len(odd))]
	}
	raw, _ := json.Marshal(members)
	req := &tfprotov6.UpgradeResourceStateRequest{TypeName: kind.typeName, RawState: &tfprotov6.RawState{JSON: raw}}
	switch d.IntN(30) {
	case 0:
		req.Version = 1
	case 1:
		req.RawState = &tfprotov6.RawState{Flatmap: map[string]string{"project": "42"}}
	case 2:
		req.RawState.JSON = raw[:d.IntN(len(raw))]
	case 3:
		req.RawState.JSON = slices.Concat(raw, []byte(" {"))
	case 4:
		req.RawState.JSON = []byte(`null`)
	case 5:
		req.RawState.JSON = []byte("{\"project\":\"1\",\"project\":\"\\ud800\xff\"}")
	}
	return req
}

// validate is a call with a configuration, and whether it has the types of the
// schema and all of it is known.
func (d draw) validate(of *resourceType, kind *shape) (*tfprotov6.ValidateResourceConfigRequest, bool) {
	members := d.members(of, kind)
	if d.in(3) {
		for _, a := range kind.service.Arguments() {
			if secret, ok := members[a.Name]; ok && a.WriteOnly != "" {
				members[a.WriteOnly], members[a.Name] = secret, nil
			}
		}
	}
	kinds, values, plainly := map[string]tftypes.Type{}, map[string]tftypes.Value{}, true
	for _, a := range of.attributes {
		kinds[a.name], values[a.name] = a.wire, wired(a.wire, members[a.name])
	}
	for d.in(5) {
		a := of.attributes[d.IntN(len(of.attributes))]
		values[a.name], plainly = tftypes.NewValue(kinds[a.name], tftypes.UnknownValue), false
	}
	if d.in(15) {
		a := of.attributes[d.IntN(len(of.attributes))]
		other := []tftypes.Type{tftypes.String, tftypes.Bool, tftypes.Number, tftypes.List{ElementType: tftypes.Bool}}[d.IntN(4)]
		kinds[a.name], values[a.name], plainly = other, wired(other, d.value(other)), false
	}
	object := tftypes.Object{AttributeTypes: kinds}
	config, err := tfprotov6.NewDynamicValue(object, tftypes.NewValue(object, values))
	if err != nil {
		return &tfprotov6.ValidateResourceConfigRequest{TypeName: kind.typeName, Config: &tfprotov6.DynamicValue{}}, false
	}
	if d.in(40) {
		config, plainly = tfprotov6.DynamicValue{MsgPack: []byte{0xc0}}, false
	}
	req := &tfprotov6.ValidateResourceConfigRequest{TypeName: kind.typeName, Config: &config}
	switch d.IntN(3) {
	case 0:
		req.ClientCapabilities = &tfprotov6.ValidateResourceConfigClientCapabilities{}
	case 1:
		req.ClientCapabilities = &tfprotov6.ValidateResourceConfigClientCapabilities{WriteOnlyAttributesAllowed: true}
	}
	return req, plainly
}

// wired is a value as the wire has it; null where it is not of the type.
func wired(of tftypes.Type, value any) tftypes.Value {
	list, isList := of.(tftypes.List)
	elements, isElements := value.([]any)
	if isList && isElements {
		out := []tftypes.Value{}
		for _, e := range elements {
			out = append(out, wired(list.ElementType, e))
		}
		return tftypes.NewValue(of, out)
	}
	if isList || isElements || tftypes.ValidateValue(of, value) != nil {
		return tftypes.NewValue(of, nil)
	}
	return tftypes.NewValue(of, value)
}
