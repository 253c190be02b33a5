package main

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
)

// ledger are the mutants that are accepted, by name, each with the reason why it
// changes nothing that anybody sees.
type ledger map[string]string

// readLedger reads lines with the names of mutants, each with its reason in the
// indented lines below.
func readLedger(path string) (ledger, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	all := ledger{}
	name := ""
	for n, line := range strings.Split(string(raw), "\n") {
		switch _, twice := all[line]; {
		case strings.HasPrefix(line, "#"), line == "":
		case strings.HasPrefix(line, "\t") && name != "":
			all[name] += strings.TrimSpace(line) + " "
		case strings.HasPrefix(line, "\t"), twice:
			return nil, fmt.Errorf("%s:%d: a reason without a mutant, or a mutant that is there twice: %s", path, n+1, line)
		default:
			name = line
			all[name] = ""
		}
	}
	for name, reason := range all {
		if reason == "" {
			return nil, fmt.Errorf("%s: no reason for %s", path, name)
		}
	}
	return all, nil
}

// of gives the accepted mutants of a package, and those of them that it does not
// have any more.
func (l ledger) of(folder string, mutants []mutant) (accepted, gone []string) {
	for name := range l {
		if !strings.HasPrefix(name, folder+" ") {
			continue
		}
		accepted = append(accepted, name)
		if !slices.ContainsFunc(mutants, func(m mutant) bool { return m.String() == name }) {
			gone = append(gone, name)
		}
	}
	slices.Sort(gone)
	return accepted, gone
}

// score is what came of the mutants of one package.
type score struct {
	folder, tests                string
	all, equivalent, unexplained int
}

func (s score) killed() int { return s.all - s.equivalent - s.unexplained }

// percent is how much so many are of all.
func (s score) percent(n int) float64 { return 100 * float64(n) / float64(max(1, s.all)) }

func (s score) String() string {
	return fmt.Sprintf("| %s | %s | %d | %d | %d | %d | %.1f %% | %.1f %% |", s.folder, s.tests, s.all, s.killed(), s.equivalent, s.unexplained,
		s.percent(s.killed()), s.percent(s.killed()+s.equivalent))
}

const resultsHead = `# What tests tell of broken code

Made by ` + "`make mutants`" + `, which says what it breaks; [equivalents.txt](equivalents.txt) has the mutants that change nothing that
anybody sees. A row with a remark was put in by hand, from what runs have printed.

| package | tests of | mutants | killed | equivalent | survive | killed | killed or equivalent |
|---|---|---|---|---|---|---|---|
`

// writeResults puts the score of a package into the table, beside those of the
// others.
func writeResults(path string, of score) error {
	raw, err := os.ReadFile(path)
	if err != nil && !os.IsNotExist(err) {
		return err
	}
	rows := []string{of.String()}
	for line := range strings.Lines(string(raw)) {
		if strings.HasPrefix(line, "| internal/") && !strings.HasPrefix(line, "| "+of.folder+" ") {
			rows = append(rows, strings.TrimSpace(line))
		}
	}
	slices.Sort(rows)
	return os.WriteFile(path, []byte(resultsHead+strings.Join(rows, "\n")+"\n"), 0o644)
}

// notes are what a run knows, for one with -again: which mutants are killed, and
// for each folder of tests what each test reaches.
type notes struct {
	Killed map[string]bool
	// Code is what the mutants were: of other ones nobody knows what reaches them.
	Code  string
	Tests map[string]map[string]test
}

func recall(path string, wanted bool, code string) notes {
	n := notes{Killed: map[string]bool{}, Tests: map[string]map[string]test{}}
	if raw, err := os.ReadFile(path); err == nil && wanted {
		_ = json.Unmarshal(raw, &n)
	}
	if n.Code != code {
		n.Code, n.Tests = code, map[string]map[string]test{}
	}
	return n
}

func (n notes) remember(path string) error {
	raw, err := json.Marshal(n)
	if err != nil {
		return err
	}
	return os.WriteFile(path, raw, 0o600)
}
