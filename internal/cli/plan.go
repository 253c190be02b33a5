package cli

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
)

// Changes are what a saved plan would do, by address: the names of the
// attributes that an update changes, or the actions, such as "create". What the
// plan leaves alone is not in it.
//
// https://developer.hashicorp.com/terraform/internals/json-format#change-representation
func (f *Folder) Changes(ctx context.Context, plan string) (map[string][]string, error) {
	out, err := f.Must(ctx, "show", "-json", plan)
	if err != nil {
		return nil, err
	}
	return parsePlan(out.Stdout)
}

func parsePlan(inJSON string) (map[string][]string, error) {
	var plan struct {
		ResourceChanges []struct {
			Address string
			Change  struct {
				Actions       []string
				Before, After map[string]any
			}
		} `json:"resource_changes"`
	}
	if err := json.Unmarshal([]byte(inJSON), &plan); err != nil {
		return nil, fmt.Errorf("the plan's JSON: %w", err)
	}
	changes := map[string][]string{}
	for _, r := range plan.ResourceChanges {
		switch actions := strings.Join(r.Change.Actions, " "); actions {
		case "no-op", "read":
		case "update":
			var names []string
			for name, after := range r.Change.After {
				if !reflect.DeepEqual(after, r.Change.Before[name]) {
					names = append(names, name)
				}
			}
			slices.Sort(names)
			changes[r.Address] = names
		default:
			changes[r.Address] = []string{actions}
		}
	}
	return changes, nil
}

// Unzipped is the content of all files of an archive; a saved plan is one.
func Unzipped(path string) ([]byte, error) {
	archive, err := zip.OpenReader(path)
	if err != nil {
		return nil, err
	}
	defer archive.Close()
	var out bytes.Buffer
	for _, file := range archive.File {
		r, err := file.Open()
		if err != nil {
			return nil, err
		}
		_, err = io.Copy(&out, r)
		if err := errors.Join(err, r.Close()); err != nil {
			return nil, err
		}
	}
	return out.Bytes(), nil
}
