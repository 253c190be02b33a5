package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// little is a package with something of all that is broken.
const little = `package little

type pair struct{ a, b int }

func grade(n int, strict bool) string {
	if n < 0 || strict && n == 7 {
		return "refused"
	}
	switch n {
	case 1, 2:
		return "low"
	}
	return "high"
}

func sum(numbers []int) (total int) {
	for _, n := range numbers {
		if n == 3 {
			continue
		}
		total += n
	}
	return total
}

func both(a int) pair { return pair{a: a, b: 2} }

func unseen() bool { return true }

func forever(n int) int {
	for n > 0 {
		n--
	}
	return n
}
`

const littleTest = `package little

import "testing"

func TestGrade(t *testing.T) {
	for n, want := range map[int]string{-1: "refused", 0: "high", 1: "low", 2: "low", 7: "high"} {
		if got := grade(n, false); got != want {
			t.Error(n, got)
		}
	}
	if grade(7, true) != "refused" || grade(8, true) != "high" {
		t.Error("strict")
	}
}

func TestSum(t *testing.T) {
	if got := sum([]int{1, 2, 4}); got != 7 {
		t.Error(got)
	}
}

func TestBoth(t *testing.T) {
	if got := both(1); got.a != 1 {
		t.Error(got)
	}
}

func TestForever(t *testing.T) {
	if forever(2) != 0 {
		t.Error("not 0")
	}
}
`

// inModule is a module with the files, in which the test goes on.
func inModule(t *testing.T, files map[string]string) {
	t.Helper()
	t.Chdir(t.TempDir())
	files["go.mod"] = "module example.com/m\n\ngo 1.26\n"
	for name, text := range files {
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestWhatNoTestNoticesSurvives(t *testing.T) {
	inModule(t, map[string]string{"little/little.go": little, "little/little_test.go": littleTest})
	pkg, err := load(t.Context(), "little")
	if err != nil {
		t.Fatal(err)
	}
	all := mutate(pkg)
	scratch := t.TempDir()
	s := &suite{dir: "little", scratch: scratch, binary: filepath.Join(scratch, "tests"), workers: 2, patience: time.Minute, hangs: time.Second}
	if err := all.compile(t.Context(), "little", scratch, s.binary); err != nil {
		t.Fatal(err)
	}
	if err := s.record(t.Context(), all.mutants); err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, m := range s.judge(t.Context(), all.mutants) {
		names = append(names, m.String())
	}
	want := []string{
		`little sum: n == 3: is false`,
		`little both: b: 2: is missing`,
		`little both: 2: is one more in b: 2`,
		`little unseen: return true: returns nothing`,
		`little forever: return n: returns nothing`,
	}
	if len(all.mutants) != 29 || !slices.Equal(names, want) {
		t.Errorf("of %d mutants, these survive:\n%s", len(all.mutants), strings.Join(names, "\n"))
	}
}

func TestAnAcceptedMutantHasAReasonAndALine(t *testing.T) {
	inModule(t, map[string]string{
		"good":       "# Head\n\nlittle sum: n == 3: is false\n\tA reason,\n\tin two lines.\n",
		"unreasoned": "little sum: n == 3: is false\n",
		"twice":      "little a: b\n\tA reason.\nlittle a: b\n\tAnother.\n",
		"nameless":   "\tA reason.\n",
	})
	for _, bad := range []string{"unreasoned", "twice", "nameless", "absent"} {
		if _, err := readLedger(bad); err == nil {
			t.Errorf("%s is read", bad)
		}
	}
	accepted, err := readLedger("good")
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]int{"n == 3": 0, "n == 4": 1} {
		here, gone := accepted.of("little", []mutant{{folder: "little", where: "sum", text: text, what: "is false"}})
		if len(here) != 1 || len(gone) != want {
			t.Errorf("beside %s, %q are accepted and %q gone", text, here, gone)
		}
	}
}

func TestTheNarrowestTestsComeFirst(t *testing.T) {
	t.Parallel()
	if got := (options{pkg: "internal/catalog", without: "provider"}).suites(); !slices.Equal(got, []string{"internal/catalog", "internal/generate"}) {
		t.Errorf("without the provider: %q", got)
	}
	for of, want := range map[string][]string{
		"internal/":         {"internal/catalog", "internal/gitlab", "internal/provider", "internal/generate"},
		"internal/gitlab":   {"internal/gitlab", "internal/provider"},
		"internal/provider": {"internal/provider", "internal/generate"},
	} {
		if got := (options{pkg: of, without: "none"}).suites(); !slices.Equal(got, want) {
			t.Errorf("%s: %q", of, got)
		}
	}
}

func TestScoresStandBesideThoseOfOtherPackages(t *testing.T) {
	inModule(t, map[string]string{})
	for _, of := range []score{{"internal/b", "b", 10, 1, 0}, {"internal/a", "a, b", 4, 0, 1}, {"internal/b", "b", 20, 1, 0}} {
		if err := writeResults("results.md", of); err != nil {
			t.Fatal(err)
		}
	}
	raw, err := os.ReadFile("results.md")
	if err != nil {
		t.Fatal(err)
	}
	if want := "| internal/a | a, b | 4 | 3 | 0 | 1 | 75.0 % | 75.0 % |\n| internal/b | b | 20 | 19 | 1 | 0 | 95.0 % | 100.0 % |\n"; !strings.HasSuffix(string(raw), "|\n"+want) {
		t.Errorf("the results are\n%s", raw)
	}
}
