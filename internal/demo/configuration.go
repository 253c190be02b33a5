package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// copyConfiguration copies a configuration with its folders. With plain it is
// rewritten on the way for a CLI that has no write-only attributes.
func copyConfiguration(from, to string, plain bool) error {
	return filepath.WalkDir(from, func(path string, entry os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		if entry.IsDir() {
			return os.MkdirAll(filepath.Join(to, rel), 0o755)
		}
		if filepath.Ext(path) != ".tf" {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if plain {
			text = []byte(plainSecrets(string(text)))
		}
		return os.WriteFile(filepath.Join(to, rel), text, 0o600)
	})
}

var (
	ephemeral       = regexp.MustCompile(`(?m)^ *ephemeral *=.*\n`)
	requiredVersion = regexp.MustCompile(`(?m)^ *required_version *=.*\n`)
	secretVersion   = regexp.MustCompile(`(?m)^ *\w+_wo_version *=.*\n`)
)

// plainSecrets turns write-only arguments into their ordinary form: x_wo
// becomes x, variables are not ephemeral, and any version of the CLI will do.
func plainSecrets(text string) string {
	for _, line := range []*regexp.Regexp{ephemeral, requiredVersion, secretVersion} {
		text = line.ReplaceAllString(text, "")
	}
	return strings.ReplaceAll(text, "_wo ", "    ")
}
