package provider

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/gitlab"
)

// webAddress takes the address of a GitLab. It does not repeat what it refuses,
// in which a password may stand.
type webAddress struct{}

var absolute = regexp.MustCompile(`^(?i:https?)://[^\s/?#]+[^\s?#]*$`)

func (webAddress) Description(context.Context) string {
	return "must be an absolute address that starts with http:// or https://, such as https://gitlab.example.com/api/v4"
}

func (v webAddress) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v webAddress) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if !absolute.MatchString(req.ConfigValue.ValueString()) {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid address", fmt.Sprintf("Attribute %s %s.", req.Path, v.Description(ctx)))
	}
}

// positiveDuration takes a Go duration above zero.
type positiveDuration struct{}

func (positiveDuration) Description(context.Context) string {
	return "must be a duration above zero, such as 90s or 2m"
}

func (v positiveDuration) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v positiveDuration) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if d, err := time.ParseDuration(req.ConfigValue.ValueString()); err != nil || d <= 0 {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid duration",
			fmt.Sprintf("Attribute %s %s, got: %q.", req.Path, v.Description(ctx), req.ConfigValue.ValueString()))
	}
}

// projectName takes what names a project in GitLab's API.
var projectName validator.String = projectNameValidator{}

type projectNameValidator struct{}

func (projectNameValidator) Description(context.Context) string {
	return "must be a numeric id or a full path, such as 42 or group/project"
}

func (v projectNameValidator) MarkdownDescription(ctx context.Context) string {
	return v.Description(ctx)
}

func (v projectNameValidator) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if why := badProject(gitlab.Place{Level: gitlab.Projects, Name: req.ConfigValue.ValueString()}); why != "" {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid project", fmt.Sprintf("Attribute %s: %s", req.Path, why))
	}
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
