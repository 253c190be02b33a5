package main

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
)

// ledger are the mutants that are accepted, by package and name, each with the
// reason why it changes nothing that anybody sees.
type ledger map[string]map[string]string

// readLedger reads lines of a package and the name of a mutant, each with its
// reason in the indented lines below.
func readLedger(path string) (ledger, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	all := ledger{}
	var folder, name string
	for n, line := range strings.Split(string(raw), "\n") {
		switch {
		case strings.HasPrefix(line, "#"), line == "":
		case strings.HasPrefix(line, "\t"):
			if name == "" {
				return nil, fmt.Errorf("%s:%d: a reason without a mutant", path, n+1)
			}
			all[folder][name] += strings.TrimSpace(line) + " "
		default:
			folder, name, _ = strings.Cut(line, " ")
			if all[folder] == nil {
				all[folder] = map[string]string{}
			}
			if _, twice := all[folder][name]; twice || name == "" {
				return nil, fmt.Errorf("%s:%d: %q is there twice, or names no mutant", path, n+1, line)
			}
			all[folder][name] = ""
		}
	}
	for folder, names := range all {
		for name, reason := range names {
			if reason == "" {
				return nil, fmt.Errorf("%s: %s %s: no reason", path, folder, name)
			}
		}
	}
	return all, nil
}

// gone gives the accepted mutants of a package that it does not have.
func (l ledger) gone(folder string, mutants []mutant) []string {
	var names []string
	for name := range l[folder] {
		if !slices.ContainsFunc(mutants, func(m mutant) bool { return m.String() == name }) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// score is what came of the mutants of one package.
type score struct {
	folder                       string
	all, equivalent, unexplained int
}

func (s score) killed() int { return s.all - s.equivalent - s.unexplained }

func (s score) percent() float64 { return 100 * float64(s.killed()) / float64(max(1, s.all)) }

func (s score) String() string {
	return fmt.Sprintf("| %s | %d | %d | %d | %d | %.1f %% |", s.folder, s.all, s.killed(), s.equivalent, s.unexplained, s.percent())
}

const resultsHead = `# What tests tell of broken code

Made by ` + "`make mutants`" + `, which says what it breaks; [equivalents.txt](equivalents.txt) has the mutants that change nothing that
anybody sees.

| package | mutants | killed | equivalent | survive | score |
|---|---|---|---|---|---|
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

// notes are what a run knows of a package, for one with -again: which mutants are
// killed, and for each folder of tests what each test reaches.
type notes struct {
	Killed []string
	Tests  map[string]map[string]test
}

func recall(path string) notes {
	n := notes{Tests: map[string]map[string]test{}}
	raw, _ := os.ReadFile(path)
	_ = json.Unmarshal(raw, &n)
	return n
}

func (n notes) remember(path string) error {
	raw, err := json.Marshal(n)
	if err != nil {
		return err
	}
	return os.WriteFile(path, raw, 0o600)
}
