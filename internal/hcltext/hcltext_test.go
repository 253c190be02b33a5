package hcltext

import "testing"

func TestQuoteLeavesNothingToInterpret(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		`plain`:      `"plain"`,
		`a "b" \c`:   `"a \"b\" \\c"`,
		"two\nlines": `"two\nlines"`,
		`${x} %{y}`:  `"$${x} %%{y}"`,
		`$x 5%`:      `"$x 5%"`,
		"\x00\t":     `"\u0000\t"`,
	} {
		if got := Quote(in); got != want {
			t.Errorf("Quote(%q) = %s, want %s", in, got, want)
		}
	}
}

func TestBlockAlignsEachGroup(t *testing.T) {
	t.Parallel()
	got := Block("resource", []string{"a_b", "this"}, []Attribute{
		{"project", int64(42)}, {"on", true}, {},
		{"list", []string{"x", "y"}}, {"ref", Raw("var.x")},
	})
	want := `resource "a_b" "this" {
  project = 42
  on      = true

  list = ["x", "y"]
  ref  = var.x
}
`
	if got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}
