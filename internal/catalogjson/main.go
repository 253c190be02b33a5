// Command catalogjson writes the table of services as one JSON file, for tools
// that are not this provider: what GitLab calls each service and its parameters,
// their kinds and defaults, what is a secret, and which versions have what. A
// release has the file beside its archives, with the schema that it satisfies,
// catalog.schema.json.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "catalogjson:", err)
		os.Exit(1)
	}
}

func run(args []string, out io.Writer) error {
	flags := flag.NewFlagSet("catalogjson", flag.ContinueOnError)
	version := flags.String("version", "dev", "version of the provider")
	file := flags.String("o", "", "`file` to write (default standard output)")
	if err := flags.Parse(args); err != nil {
		return err
	}
	text, err := json.MarshalIndent(describe(*version, catalog.All()), "", "  ")
	if err != nil {
		return err
	}
	text = append(text, '\n')
	if *file == "" {
		_, err = out.Write(text)
		return err
	}
	if err := os.MkdirAll(filepath.Dir(*file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(*file, text, 0o644)
}
