package reference

import (
	"errors"
	"flag"
	"fmt"
	"io"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
)

// The exit statuses of the command.
const (
	same = iota
	differs
	failed
)

const usage = `usage: reference [-extract] [file or folder]

Compares GitLab's OpenAPI description (doc/api/openapi/openapi_v3.yaml of
gitlab-org/gitlab), or the folder that it is in, with the table of services.
Without one, it takes the extract that the project keeps.

`

// Command compares the description that the arguments name with the table, and
// gives the exit status: 1 if there is something to do, 0 if there is nothing,
// and 2 if the description cannot be read.
func Command(args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("reference", flag.ContinueOnError)
	flags.SetOutput(stderr)
	extract := flags.Bool("extract", false, "print the extract of the description, as the project keeps it, in place of a comparison")
	flags.Usage = func() {
		fmt.Fprint(stderr, usage)
		flags.PrintDefaults()
	}
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return same
	case err != nil:
		return failed
	case flags.NArg() > 1:
		flags.Usage()
		return failed
	}
	text, status, err := compare(flags.Arg(0), *extract)
	if err != nil {
		fmt.Fprintln(stderr, "reference:", err)
		return failed
	}
	fmt.Fprint(stdout, text)
	return status
}

func compare(path string, extract bool) (text string, status int, err error) {
	d, err := Kept()
	if path != "" {
		d, err = Read(path)
	}
	if err != nil {
		return "", failed, err
	}
	if extract {
		raw, err := d.Extract()
		return string(raw), same, err
	}
	rows := catalog.All()
	c := Compare(d, rows, Deviations)
	if !c.Clean() {
		status = differs
	}
	text, err = c.ToDo(d, rows)
	return text, status, err
}
