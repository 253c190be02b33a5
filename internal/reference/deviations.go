package reference

// Deviations are the places where a row is not what GitLab declares, each with
// the reason: by the service, the parameter and the aspect, or by * for a
// parameter of any service.
var Deviations = map[string]string{
	"* confidential_work_item_events missing": crash + "it follows confidential_issues_events",
	"* work_item_events missing":              crash + "it follows issues_events",
	"bamboo password required":                noLogin,
	"bamboo username required":                noLogin,
	"datadog build_events missing":            crash + "the model has no such switch",
	"datadog pipeline_events missing":         "datadog_ci_visibility decides, whatever is sent",
	"datadog project_events missing":          crash + "the model has no such switch",
	"datadog subgroup_events missing":         crash + "the model has no such switch",
	"discord alert_channel missing":           crash + "the model has no such channel",
	"jira issues_enabled type":                "a boolean in all but the declaration",
	"jira username required":                  "the model wants it while jira_auth_type is 0",
	"mattermost alert_channel missing":        crash + "the model has no such channel",
	"mock-monitoring missing":                 "in development builds of GitLab alone, with nothing to set",
	"teamcity password required":              noLogin,
	"teamcity username required":              noLogin,
}

const (
	// crash is what 18.9 and later do with a declared parameter that the model does
	// not have.
	crash   = "answered with 500, whatever the value: "
	noLogin = "no login is null and null: the API wants the key, not a value"
)
