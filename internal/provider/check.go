package provider

import (
	"fmt"
	"strings"
	"time"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/gitlab"
)

// webAddress takes the address of a GitLab. It does not repeat what it refuses,
// in which a password may stand.
var webAddress = catalog.Check{
	Summary: "Invalid address",
	Must:    "must be an absolute address that starts with http:// or https://, such as https://gitlab.example.com/api/v4",
	Wrong: func(text string) string {
		if err := gitlab.CheckBaseURL(text); err != nil || text == "" {
			return "must be an absolute address that starts with http:// or https://, such as https://gitlab.example.com/api/v4"
		}
		return ""
	},
}

// positiveDuration takes a Go duration above zero.
var positiveDuration = catalog.Check{
	Summary: "Invalid duration",
	Must:    "must be a duration above zero, such as 90s or 2m",
	Wrong: func(text string) string {
		if d, err := time.ParseDuration(text); err != nil || d <= 0 {
			return fmt.Sprintf("must be a duration above zero, such as 90s or 2m, got: %q", text)
		}
		return ""
	},
}

// projectName takes what names a project in GitLab's API.
var projectName = catalog.Check{
	Summary: "Invalid project",
	Must:    "must be a numeric id or a full path, such as 42 or group/project",
	Wrong: func(text string) string {
		why := strings.TrimSuffix(badProject(gitlab.Place{Level: gitlab.Projects, Name: text}), ".")
		if strings.TrimSpace(text) == "" {
			return "is blank: " + why
		}
		return why
	},
}

// badProject says what is wrong with the name of a project; "" is nothing.
func badProject(at gitlab.Place) string {
	const want = "give the numeric id or the full path, such as 42 or group/project."
	switch {
	case strings.TrimSpace(at.Name) == "":
		return "no project is named: " + want
	case strings.Contains(at.Name, "://"):
		return fmt.Sprintf("%q is an address: %s", at.Name, want)
	case strings.TrimSpace(at.Name) != at.Name, strings.HasPrefix(at.Name, "/"), strings.HasSuffix(at.Name, "/"), strings.Contains(at.Name, "%2F"):
		return fmt.Sprintf("%q is neither an id nor a path: %s", at.Name, want)
	case !at.Numeric() && !strings.Contains(at.Name, "/"):
		return fmt.Sprintf("%q is neither an id nor a full path: %s", at.Name, want)
	}
	return ""
}
