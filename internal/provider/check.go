package provider

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/gitlab"
)

// webAddress takes the address of a GitLab. It does not repeat what it refuses,
// in which a password may stand.
var webAddress = catalog.Check{
	Summary: "Invalid address",
	Must:    "must be the address of GitLab, such as https://gitlab.example.com",
	Wrong: func(text string) string {
		err := gitlab.CheckBaseURL(text)
		switch {
		case text == "":
			return "must be the address of GitLab, such as https://gitlab.example.com, or be left out"
		case err != nil:
			return err.Error()
		}
		return ""
	},
}

// positiveDuration takes a Go duration above zero.
var positiveDuration = catalog.Check{
	Summary: "Invalid duration",
	Must:    "must be a duration above zero, such as 90s or 2m",
	Wrong: func(text string) string {
		if d, _ := time.ParseDuration(text); d <= 0 {
			return fmt.Sprintf("must be a duration above zero, such as 90s or 2m, got: %q", text)
		}
		return ""
	},
}

// placeName takes what names a place of a kind in GitLab's API.
func placeName(level *gitlab.Level) catalog.Check {
	return catalog.Check{
		Summary: "Invalid " + level.Noun,
		Must:    "must be a numeric id or a full path, such as 42 or " + level.Example,
		Wrong: func(text string) string {
			why := strings.TrimSuffix(badPlace(gitlab.Place{Level: level, Name: text}), ".")
			if strings.TrimSpace(text) == "" {
				return "is blank: " + why
			}
			return why
		},
	}
}

// badPlace says what is wrong with the name of a place; "" is nothing.
func badPlace(at gitlab.Place) string {
	want := fmt.Sprintf("give the numeric id or the full path, such as 42 or %s.", at.Level.Example)
	switch {
	case strings.TrimSpace(at.Name) == "":
		return fmt.Sprintf("%q names no %s: %s", at.Name, at.Level.Noun, want)
	case strings.Contains(at.Name, "://"), isCloneAddress(at.Name):
		return fmt.Sprintf("%q is an address: %s", at.Name, want)
	case strings.HasSuffix(at.Name, ".git"):
		return fmt.Sprintf("%q is the path of a repository: leave out the .git at its end.", at.Name)
	case strings.ContainsAny(at.Name, " \t\r\n:?#%"), strings.HasPrefix(at.Name, "/"), strings.HasSuffix(at.Name, "/"), strings.Contains(at.Name, "//"):
		return fmt.Sprintf("%q is neither an id nor a path: %s", at.Name, want)
	case !at.Numeric() && at.Level.Nested && !strings.Contains(at.Name, "/"):
		return fmt.Sprintf("%q is neither an id nor a full path: %s", at.Name, want)
	}
	return ""
}

// isCloneAddress reports whether a text is an address that git takes, without a
// scheme: user@host:path.
func isCloneAddress(text string) bool {
	user, rest, _ := strings.Cut(text, "@")
	host, _, colon := strings.Cut(rest, ":")
	return colon && user != "" && host != "" && !strings.ContainsAny(user+host, "/ \t\r\n")
}

// slugName takes GitLab's name of a service in addresses.
var slugName = catalog.Check{
	Summary: "Invalid slug",
	Must:    "must be GitLab's name of a service in addresses, as in /services/name",
	Wrong: func(text string) string {
		if !slugForm.MatchString(text) {
			return fmt.Sprintf("%q is no slug: give GitLab's name of the service in addresses, as in /services/name", text)
		}
		return ""
	},
}

var slugForm = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]*$`)
