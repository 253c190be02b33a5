package catalog

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Life is between which versions GitLab is known to have a parameter. It makes
// words and decides nothing on the wire: an older or newer GitLab drops what it
// does not declare, and no version is ever asked. The zero Life is all of them.
type Life struct {
	// Since is the first version that is known to have the parameter, and Until
	// the last one, such as "13.12" and "17.7".
	Since, Until string
}

// String is the versions in words; empty: all of them.
func (l Life) String() string {
	switch {
	case l.Since == "" && l.Until == "":
		return ""
	case l.Until == "":
		return fmt.Sprintf("GitLab %s and later", l.Since)
	case l.Since == "":
		return "GitLab up to " + l.Until
	}
	return fmt.Sprintf("GitLab %s to %s", l.Since, l.Until)
}

// after is what is left of a life to tell of a service that came in a version:
// nothing where it has had the parameter from then on.
func (l Life) after(service string) Life {
	if !later(l.Since, service) {
		l.Since = ""
	}
	return l
}

// later reports whether a version is later than another one.
func later(a, b string) bool {
	x, y := strings.Split(a, "."), strings.Split(b, ".")
	return slices.CompareFunc(x, y, func(m, n string) int {
		return cmp.Or(cmp.Compare(len(m), len(n)), cmp.Compare(m, n))
	}) > 0
}

// note says the versions in a description.
func (l Life) note() string {
	if l.String() == "" {
		return ""
	}
	return "In " + l.String() + "."
}

// since, until and between are how rows write a [Life].
func since(version string) Life { return Life{Since: version} }

func until(version string) Life { return Life{Until: version} }

func between(first, last string) Life { return Life{Since: first, Until: last} }
