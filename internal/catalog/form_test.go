package catalog

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// forms are all there are, with texts of which each line means one thing to
// GitLab and no two lines mean the same.
var forms = []struct {
	name     string
	form     Form
	meanings [][]string
}{
	{"free text", Form{}, [][]string{{"a"}, {"a "}, {" a"}, {"A"}, {""}, {" "}}},
	{"address", address, [][]string{
		{"https://x/y", " https://x/y", "https://x/y\n", "\thttps://x/y "},
		{"https://x/y/"}, {"https://x/Y"}, {"http://x/y"}, {"https://x/y y"}, {"", " "},
	}},
	{"trimmedAddress", trimmedAddress, [][]string{
		{"https://x/y", "https://x/y/", " https://x/y/ ", "https://x/y\n"},
		{"https://x/y//", "https://x/y// "}, {"https://x"}, {"https://x/y/z"}, {"https://x/y?"}, {"http://x/y"}, {""},
	}},
	{"commaSeparated", commaSeparated, [][]string{{"a,b"}, {"a, b"}, {"a,b,"}, {"b,a"}, {"a"}}},
	{"channelNames", channelNames, [][]string{{"#a,#b"}, {"#a, #b"}, {"#a"}, {"#b,#a"}}},
	{"namespaceName", namespaceName, [][]string{{"a"}, {"b"}}},
	{"addressPart", addressPart, [][]string{{"a"}, {"a%20b"}, {"a%2520b"}, {"A"}}},
	{"oneLine", oneLine, [][]string{{"a"}, {"a "}, {"A"}}},
	{"expression", expression, [][]string{{"a"}, {"a "}, {"A"}}},
	{"transitions", transitions, [][]string{{"1,2"}, {"1;2"}, {"2,1"}}},
	{"a list of blanks", list(blanks, "", 0), [][]string{
		{"a@x b@x", "a@x\nb@x", " a@x   b@x\t", "a@x \r\n b@x"},
		{"a@x"}, {"b@x"}, {"b@x a@x"}, {"a@xb@x"}, {"a@x,b@x"}, {"a@x b@x c@x"}, {"a@x a@x b@x"}, {"A@x b@x"}, {"", " ", "\n"},
	}},
	{"a list of commas and blanks", list(","+blanks, "", 30), [][]string{
		{"a@x b@x", "a@x,b@x", "a@x, b@x", ",a@x ,\n,b@x,"},
		{"a@x"}, {"b@x"}, {"b@x,a@x"}, {"a@xb@x"}, {"a@x;b@x"}, {"a@x,b@x,c@x"}, {"a@x,a@x,b@x"}, {"A@x,b@x"}, {"", ",", " , "},
	}},
	{"a list in any order", anyOrder(","+blanks, "", 30), [][]string{
		{"a@x b@x", "b@x,a@x", ",b@x\na@x"}, {"a@x"}, {"a@xb@x"}, {"a@x,b@x,c@x"}, {"a@x,a@x,b@x"}, {"A@x,b@x"}, {"", ","},
	}},
	{"patterned", patterned(`\w+`, ""), [][]string{{"a"}, {"b"}, {"A"}, {""}}},
	{"addressAt", addressAt(`https://x/.*`, ""), [][]string{{"https://x/y", " https://x/y\n"}, {"https://x/y/"}, {""}}},
	{"trimmed", trimmed, [][]string{{"a b", " a b", "a b\n"}, {"ab"}, {"a  b"}, {"", " "}}},
	{"keyAndValue", keyAndValue, [][]string{{"a:b\nc:d", " a:b\nc:d\n"}, {"c:d\na:b"}, {"a:b\n\nc:d"}, {"a:b"}, {"", "\n"}}},
	{"wordsOf", wordsOf("a", "b"), [][]string{{"a,b", "a, b", "a,b,a", "a b,"}, {"b,a"}, {"a", "a,a"}, {"", " ", ","}}},
	{"privateKey", privateKey, [][]string{{"a"}, {"b"}}},
	{"serviceAccountKey", serviceAccountKey, [][]string{{"{}"}, {"{ }"}}},
}

func TestTextsAreTheSameWhereGitLabSeesNoDifferenceAndNowhereElse(t *testing.T) {
	t.Parallel()
	for _, test := range forms {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			for i, one := range test.meanings {
				for j, other := range test.meanings {
					for _, a := range one {
						for _, b := range other {
							if got := test.form.same(a, b); got != (i == j) {
								t.Errorf("%q and %q are the same: %t, want %t", a, b, got, i == j)
							}
							if got := test.form.sameText(text(a), text(b)); got != (i == j) {
								t.Errorf("as attributes, %q and %q are the same: %t, want %t", a, b, got, i == j)
							}
						}
					}
				}
			}
		})
	}
}

// Where respelling plans nothing, what is sent must not depend on which of the
// spellings the state has: it means the same to GitLab.
func TestWhatIsSentMeansWhatIsWritten(t *testing.T) {
	t.Parallel()
	for _, test := range forms {
		for _, one := range test.meanings {
			for _, a := range one {
				if sent := test.form.sent(a); !test.form.same(a, sent) {
					t.Errorf("%s: %q is sent as %q, which is another", test.name, a, sent)
				}
			}
		}
	}
	for _, f := range []Form{address, trimmedAddress} {
		if got := f.sent(" https://x/y/\n"); got != "https://x/y/" {
			t.Errorf("an address is sent as %q", got)
		}
	}
	if got := list(blanks, "", 0).sent(" a  b "); got != " a  b " {
		t.Errorf("a list is sent as %q, want it as it is written", got)
	}
}

func TestNullAndEmptyTextAreTheSame(t *testing.T) {
	t.Parallel()
	for _, test := range forms {
		if !test.form.sameText(text(""), noText) {
			t.Errorf("%s: the user's empty text is another than null", test.name)
		}
		if test.form.sameText(text("https://x"), noText) {
			t.Errorf("%s: a text is the same as null", test.name)
		}
	}
}

func TestRespellingPlansNothing(t *testing.T) {
	t.Parallel()
	recipients := list(","+blanks, "", 0)
	for name, test := range map[string]struct {
		form              Form
		state, plan, want types.String
	}{
		"another spelling":            {recipients, text("a@x b@x"), text("a@x,b@x"), text("a@x b@x")},
		"the same spelling":           {recipients, text("a@x b@x"), text("a@x b@x"), text("a@x b@x")},
		"another order":               {recipients, text("a@x b@x"), text("b@x,a@x"), text("b@x,a@x")},
		"one less":                    {recipients, text("a@x b@x"), text("a@x"), text("a@x")},
		"one more":                    {recipients, text("a@x"), text("a@x,b@x"), text("a@x,b@x")},
		"a new resource":              {recipients, noText, text("a@x"), text("a@x")},
		"empty text in place of null": {recipients, noText, text(""), text("")},
		"null in place of empty text": {recipients, text(""), noText, noText},
		"null in place of a text":     {recipients, text("a@x"), noText, noText},
		"not yet known":               {recipients, text("a@x"), unknownText, unknownText},
		"not yet known, was empty":    {recipients, text(""), unknownText, unknownText},
		"a slash":                     {trimmedAddress, text("https://x"), text("https://x/"), text("https://x")},
		"a slash that matters":        {address, text("https://x"), text("https://x/"), text("https://x/")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			modifiers := test.form.planModifiers()
			if len(modifiers) != 1 {
				t.Fatalf("%d modifiers, want 1", len(modifiers))
			}
			if words := modifiers[0].Description(t.Context()); words == "" || words != modifiers[0].MarkdownDescription(t.Context()) {
				t.Errorf("the modifier describes itself as %q", words)
			}
			resp := planmodifier.StringResponse{PlanValue: test.plan}
			modifiers[0].PlanModifyString(t.Context(), planmodifier.StringRequest{StateValue: test.state, PlanValue: test.plan, ConfigValue: test.plan}, &resp)
			if !resp.PlanValue.Equal(test.want) {
				t.Errorf("plans %s, want %s", resp.PlanValue, test.want)
			}
			if resp.RequiresReplace || resp.Diagnostics.HasError() {
				t.Errorf("does more than plan: %+v", resp)
			}
		})
	}
	for _, test := range forms {
		if got := len(test.form.planModifiers()) > 0; got != (test.form.canon != nil) {
			t.Errorf("%s: has a modifier: %t", test.name, got)
		}
	}
}

// complaints are the errors of a text under validators, and the text must not
// be among their words.
func complaints(t *testing.T, validators []validator.String, value types.String) []string {
	t.Helper()
	var out []string
	for _, v := range validators {
		if v.Description(t.Context()) == "" || v.MarkdownDescription(t.Context()) != v.Description(t.Context()) {
			t.Errorf("%T describes itself as %q", v, v.Description(t.Context()))
		}
		var resp validator.StringResponse
		v.ValidateString(t.Context(), validator.StringRequest{Path: path.Root("x"), ConfigValue: value}, &resp)
		for _, d := range resp.Diagnostics {
			if d.Summary() == "" {
				t.Errorf("%T complains without a summary", v)
			}
			out = append(out, d.Detail())
		}
	}
	return out
}

func TestTextsAreRefusedBeforeGitLabRefusesThem(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("a", 256)
	for _, test := range []struct {
		name           string
		validators     []validator.String
		taken, refused []string
		says           string
	}{
		{"address", address.validators,
			[]string{"https://example.com", "http://localhost:8080/x?y=z#f", "HTTPS://EXAMPLE.COM", " https://example.com\n", "https://[::1]/"},
			[]string{"", " ", "example.com", "https://", "https:///x", "http:/x", "ftp://example.com", "https://example.com/a b", "x https://example.com", "https://a https://b"},
			"must be an absolute address"},
		{"address, blank", address.validators, nil, []string{"", " "}, "such as https://example.com/path."},
		{"address, without a scheme", address.validators, nil, []string{"example.com", "a b"}, "and this one has no scheme."},
		{"address, with blanks", address.validators, nil, []string{"https://example.com/a b", "https://a https://b"}, "and this one has blanks in it: write %20 in their place."},
		{"address of another scheme", address.validators, nil, []string{"ftp://example.com", "https:///x"}, "such as https://example.com/path."},
		{"trimmedAddress", trimmedAddress.validators, []string{"https://example.com/"}, []string{"example.com"}, "must be an absolute address"},
		{"namespaceName", namespaceName.validators,
			[]string{"a", "web-site", "0", strings.Repeat("a", 63)},
			[]string{"", "Web", "web_site", "-web", "web-", "web site", "web.site", "web\n", strings.Repeat("a", 64)},
			"must be the name of a Kubernetes namespace"},
		{"addressPart", addressPart.validators,
			[]string{"", "job", "folder/job", "a%20b", "a-b_c.d~e", "a+b", "job(1)", "-3", "1.5", "view:all"},
			[]string{"My Job", " ", "a?b", "a#b", "[a]", "a|b", `a"b`, `a\b`, "ä", "€", "100%", "%zz", "a\n", "<a>", "^", "{a}"},
			"must be written as it stands in addresses"},
		{"addressPart, as it must be written", addressPart.validators, nil, []string{"My Job"}, "My%20Job."},
		{"addressPart, half escaped", addressPart.validators, nil, []string{"a%20b c/ä%"}, "a%20b%20c/%C3%A4%25."},
		{"oneLine", oneLine.validators, []string{"", "token", "a b", "a/b", "token\n", "token\r\n\n"}, []string{"a\nb", "\ttoken", "a\x00", "\ntoken"}, "must be one line"},
		{"channelNames", channelNames.validators, []string{"", "#a", "#1,#2,#3,#4,#5,#6,#7,#8,#9,#10", ",#1,#2,#3,#4,#5,#6,#7,#8,#9,,#10,"}, []string{"#1,#2,#3,#4,#5,#6,#7,#8,#9,#10,#11"}, "Attribute x names 11 values; GitLab takes at most 10."},
		{"a list with a limit", list(" ,", "", 2).validators, []string{"", "a", "a b", " a, b "}, []string{"a b c", "a,b,c"}, "names 3 values; GitLab takes at most 2"},
		{"a list of one", list(" ,", "", 1).validators, []string{"", "a"}, []string{"a b"}, "names 2 values; GitLab takes at most 1"},
		{"a list without one", list(" ,", "", 0).validators, []string{"a b c d e f g h i j k l"}, nil, ""},
		{"expression", expression.validators, []string{"", `[A-Z]+-\d+`, long[:255], strings.Repeat("ä", 255)}, []string{"(", `(?=x)`, `\1`, long, strings.Repeat("ä", 256)}, ""},
		{"transitions", transitions.validators, []string{"", "31", "31,41", "31;41", " 31 , 41 ; 5 "}, []string{",", "31,", ",31", "31 41", "31,,41", "a", "-1", "1.5"}, "must be numbers separated by commas or semicolons"},
		{"notBlank", []validator.String{notBlank}, []string{"a", " a "}, []string{"", " ", "\n\t"}, "Attribute x must not be blank."},
		{"orEmpty", []validator.String{orEmpty{notBlank}}, []string{"", "a"}, []string{" "}, "must not be blank"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			for _, s := range test.taken {
				if got := complaints(t, test.validators, text(s)); len(got) > 0 {
					t.Errorf("%q is refused: %q", s, got)
				}
			}
			for _, s := range test.refused {
				if got := complaints(t, test.validators, text(s)); len(got) != 1 || !strings.Contains(got[0], test.says) {
					t.Errorf("%q is answered with %q, want one error that says %q", s, got, test.says)
				}
			}
			for _, value := range []types.String{noText, unknownText} {
				if got := complaints(t, test.validators, value); len(got) > 0 {
					t.Errorf("%s is refused: %q", value, got)
				}
			}
		})
	}
}

// FuzzListsAreTheSameWhereTheirPartsAre compares with another way to take a list
// apart.
func FuzzListsAreTheSameWhereTheirPartsAre(f *testing.F) {
	for _, test := range forms {
		for _, meaning := range test.meanings {
			f.Add(meaning[0], meaning[len(meaning)-1])
			f.Add(meaning[0], test.meanings[0][0])
		}
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		for _, separators := range []string{blanks, "," + blanks} {
			part := regexp.MustCompile(fmt.Sprintf("[^%s]+", separators))
			want := slices.Equal(part.FindAllString(a, -1), part.FindAllString(b, -1))
			if got := list(separators, "", 0).same(a, b); got != want {
				t.Errorf("separated by %q, %q and %q are the same: %t, want %t", separators, a, b, got, want)
			}
		}
	})
}

// The official provider keeps some lists as lists.
func TestAListInAMovedStateIsText(t *testing.T) {
	t.Parallel()
	recipients := list("; ", "Help.", 0)
	if recipients.help != "Help." {
		t.Errorf("its help is %q", recipients.help)
	}
	for wire, want := range map[string]attr.Value{
		`"a b"`: text("a b"), `["a","b"]`: text("a;b"), `["a"]`: text("a"), `[]`: text(""), `5`: text("5"),
		`["a",5,"b"]`: nil, `{}`: nil, `null`: nil,
	} {
		got, ok := recipients.parseList(fromJSON(wire))
		if ok != (want != nil) || ok && !got.Equal(want) || !ok && got != nil {
			t.Errorf("%s is read as %v, %t", wire, got, ok)
		}
	}
}

func TestAListIsTakenOfAMoveAlone(t *testing.T) {
	t.Parallel()
	s := Service{Params: []Param{String{Name: "to", Form: list(" ", "", 0)}, String{Name: "free"}}}
	wire := map[string]any{"to": []any{"a", "b"}}
	if got := s.Decode(Answer{As: Move, Values: wire}); !got.Values["to"].Equal(text("a b")) || len(got.Problems) > 0 {
		t.Errorf("moved it is %s (%v)", got.Values["to"], got.Problems)
	}
	if got := s.Decode(Answer{Values: wire}); len(got.Problems) != 1 || !strings.Contains(got.Problems[0].Detail, "where text is expected") {
		t.Errorf("in an answer it is %s (%v)", got.Values["to"], got.Problems)
	}
	if got := s.Decode(Answer{As: Move, Values: map[string]any{"free": []any{"a"}}}); len(got.Problems) != 1 {
		t.Errorf("of free text, it is %s (%v)", got.Values["free"], got.Problems)
	}
}

func TestTheNamespaceOfKubernetesMayBeEmpty(t *testing.T) {
	t.Parallel()
	for value, ok := range map[string]bool{"": true, "website": true, " ": false, "some text": false, "1.5": false} {
		for _, p := range kubernetes.Params[:1] {
			if got := refused(t, p, text(value)); (len(got) == 0) != ok {
				t.Errorf("%q: errors %q, want none: %t", value, got, ok)
			}
		}
	}
	plan := Values{"namespace": text(""), "api_url": text("https://x")}
	if got := kubernetes.Encode(Change{Plan: plan}).Values["namespace"]; got != "" {
		t.Errorf("sent as %v", got)
	}
	for _, answer := range []any{"", nil} {
		if got := kubernetes.Decode(Answer{Values: map[string]any{"namespace": answer}, Prior: plan}); !got.Values["namespace"].Equal(text("")) {
			t.Errorf("%v is read as %s", answer, got.Values["namespace"])
		}
	}
}

// GitLab derives an address from these, and crashes or refuses where it cannot.
func TestValuesFromWhichGitLabDerivesAnAddressAreChecked(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		service        Service
		name           string
		taken, refused string
	}{
		{jenkins, "project_name", "folder/My%20Job", "My Job"},
		{droneCI, "token", "token\n", "to\nken"},
		{packagist, "server", "https://packagist.example.com", "packagist.example.com"},
	} {
		for _, p := range test.service.Params {
			if keysOf(p)[0] != test.name {
				continue
			}
			if got := refused(t, p, text(test.taken)); len(got) > 0 {
				t.Errorf("%s of %s: %q is refused: %q", test.name, test.service.Slug, test.taken, got)
			}
			if got := refused(t, p, text(test.refused)); len(got) != 1 {
				t.Errorf("%s of %s: %q is answered with %q, want one error", test.name, test.service.Slug, test.refused, got)
			}
		}
	}
}

func TestTheAddressesOfATrackerAreChecked(t *testing.T) {
	t.Parallel()
	for _, p := range trackerAddresses("https://tracker.example.com") {
		if got := refused(t, p, text("tracker.example.com")); len(got) != 1 {
			t.Errorf("%s: what is no address is answered with %q", keysOf(p)[0], got)
		}
	}
}

func TestRecipientsWithCommasAreDoubted(t *testing.T) {
	t.Parallel()
	for value, want := range map[types.String]int{
		text("a@x b@x"): 0, text("a@x,b@x"): 1, text("a@x, b@x"): 1, noText: 0, unknownText: 0,
	} {
		got := emailsOnPush.Validate(Values{"recipients": value})
		if len(got) != want || want > 0 && (!got[0].Warning || got[0].Attribute != "recipients" || !strings.Contains(got[0].Detail, "Separate the addresses by blanks")) {
			t.Errorf("%s: %+v", value, got)
		}
		if got := pipelinesEmail.Validate(Values{"recipients": value}); len(got) > 0 {
			t.Errorf("%s: pipelines-email takes commas: %v", value, got)
		}
	}
}
