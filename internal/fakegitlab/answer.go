package fakegitlab

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
)

// answer is what goes back to the client.
type answer struct {
	status      int
	contentType string
	body        []byte
	header      http.Header
}

func jsonAnswer(status int, v any) *answer {
	body, err := json.Marshal(v)
	if err != nil {
		status, body = http.StatusInternalServerError, []byte(`{"message":"500 Internal Server Error"}`)
	}
	return &answer{status: status, contentType: jsonType, body: body}
}

// failure turns an error into its answer; only refusals come here, anything else
// would be a crash of GitLab's.
func failure(err error) *answer {
	var r *refusal
	if !errors.As(err, &r) {
		r = errCrash
	}
	return jsonAnswer(r.status, r.body)
}

// Errors of the API's frame. Those of the framework use the key error, those of
// GitLab the key message.
var (
	errNoRoute      = &refusal{status: 404, body: map[string]any{"error": "404 Not Found"}}
	errMoved        = refuse(405, "Non GET methods are not allowed for moved projects")
	errUnauthorized = refuse(401, "401 Unauthorized")
	errForbidden    = refuse(403, "403 Forbidden")
	errExpired      = &refusal{status: 401, body: map[string]any{"error": "invalid_token", "error_description": "Token is expired. You can either do re-authorization or token refresh."}}
	errRevoked      = &refusal{status: 401, body: map[string]any{"error": "invalid_token", "error_description": "Token was revoked. You have to re-authorize from the user."}}
)

// refusal is an error that becomes an answer.
type refusal struct {
	status   int
	body     map[string]any
	offences offences // of a record, or of parameters; more than some releases say
}

func (r *refusal) Error() string {
	return fmt.Sprintf("%d %v", r.status, cmp.Or(r.body["message"], r.body["error"]))
}

func refuse(status int, message string) *refusal {
	return &refusal{status: status, body: map[string]any{"message": message}}
}

func badRequest(message string) *refusal { return refuse(400, message) }

// errCrash is an unhandled exception in GitLab.
var errCrash = refuse(500, "500 Internal Server Error")
