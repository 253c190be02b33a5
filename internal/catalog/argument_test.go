package catalog

import (
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/defaults"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// TestArgumentsTellTheDefaultsOfTheSchema: what other tools are told of a
// parameter is what a plan does.
func TestArgumentsTellTheDefaultsOfTheSchema(t *testing.T) {
	t.Parallel()
	told := 0
	for _, s := range All() {
		attributes := s.Attributes()
		for _, a := range s.Arguments() {
			var want attr.Value
			switch attribute := attributes[a.Name].(type) {
			case schema.StringAttribute:
				if attribute.Default != nil {
					var resp defaults.StringResponse
					attribute.Default.DefaultString(t.Context(), defaults.StringRequest{}, &resp)
					want = resp.PlanValue
				}
			case schema.BoolAttribute:
				if attribute.Default != nil {
					var resp defaults.BoolResponse
					attribute.Default.DefaultBool(t.Context(), defaults.BoolRequest{}, &resp)
					want = resp.PlanValue
				}
			case schema.Int64Attribute:
				if attribute.Default != nil {
					var resp defaults.Int64Response
					attribute.Default.DefaultInt64(t.Context(), defaults.Int64Request{}, &resp)
					want = resp.PlanValue
				}
			}
			var got attr.Value
			switch value := a.Default.(type) {
			case string:
				got = types.StringValue(value)
			case bool:
				got = types.BoolValue(value)
			case int64:
				got = types.Int64Value(value)
			}
			if got == nil != (want == nil) || got != nil && !got.Equal(want) {
				t.Errorf("%s: the default of %s is told as %v, want %v", s.Slug, a.Name, got, want)
			}
			if got != nil {
				told++
			}
			if len(a.OneOf) > 0 && (!slices.Contains(a.OneOf, a.Value) || a.Default != nil && !slices.Contains(a.OneOf, a.Default)) {
				t.Errorf("%s: %s is one of %v, and not %v or %v", s.Slug, a.Name, a.OneOf, a.Value, a.Default)
			}
		}
	}
	if told < 100 {
		t.Errorf("only %d defaults are told", told)
	}
}
