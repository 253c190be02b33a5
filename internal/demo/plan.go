package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// changes reads what "show -json" says of a saved plan and returns what the
// plan would do, by address: "create", "delete", or "update" with the names of
// the attributes that change. What the plan leaves alone is not in it.
//
// https://developer.hashicorp.com/terraform/internals/json-format#change-representation
func changes(planJSON []byte) (map[string]string, error) {
	var plan struct {
		ResourceChanges []struct {
			Address string `json:"address"`
			Change  struct {
				Actions []string       `json:"actions"`
				Before  map[string]any `json:"before"`
				After   map[string]any `json:"after"`
			} `json:"change"`
		} `json:"resource_changes"`
	}
	if err := json.Unmarshal(planJSON, &plan); err != nil {
		return nil, fmt.Errorf("the plan's JSON: %w", err)
	}
	out := map[string]string{}
	for _, r := range plan.ResourceChanges {
		what := strings.Join(r.Change.Actions, "+")
		switch what {
		case "no-op", "read":
			continue
		case "update":
			var names []string
			for name, after := range r.Change.After {
				if !reflect.DeepEqual(after, r.Change.Before[name]) {
					names = append(names, name)
				}
			}
			slices.Sort(names)
			what += " " + strings.Join(names, ", ")
		}
		out[r.Address] = what
	}
	return out, nil
}

// compare says what differs between what a plan should do and what it does, or
// "" where nothing does.
func compare(want, got map[string]string) string {
	var lines []string
	for _, address := range slices.Sorted(maps.Keys(want)) {
		if got[address] != want[address] {
			lines = append(lines, fmt.Sprintf("%s: want %q, the plan has %q", address, want[address], got[address]))
		}
	}
	for _, address := range slices.Sorted(maps.Keys(got)) {
		if _, ok := want[address]; !ok {
			lines = append(lines, fmt.Sprintf("%s: want nothing, the plan has %q", address, got[address]))
		}
	}
	return strings.Join(lines, "\n")
}
