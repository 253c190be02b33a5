package catalog

import (
	"encoding/asn1"
	"encoding/json"
	"encoding/pem"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// privateKey is a key in PEM. Whether it is one that GitLab can use is left to
// GitLab, which knows more kinds of keys.
var privateKey = Form{validators: []validator.String{Check{
	Summary: "Not a private key",
	Samples: []string{"MIGHAgEAMBMGByqGSM49AgEG", "-----BEGIN PUBLIC KEY-----\nMFkw\n-----END PUBLIC KEY-----"},
	Must:    "must be a private key in PEM",
	Wrong: func(text string) string {
		block, _ := pem.Decode([]byte(text))
		switch {
		case block == nil:
			return `must be a private key in PEM, as the whole file has it, from "-----BEGIN PRIVATE KEY-----" on`
		case !strings.HasSuffix(block.Type, "PRIVATE KEY"):
			return "must be a private key in PEM, not a " + strings.ToLower(block.Type)
		case strings.HasPrefix(block.Type, "ENCRYPTED"), block.Headers["DEK-Info"] != "":
			return "must be a private key without a passphrase"
		}
		if rest, err := asn1.Unmarshal(block.Bytes, new(asn1.RawValue)); err != nil || len(rest) > 0 {
			return "must be a whole private key in PEM: something is missing between its first and its last line"
		}
		return ""
	},
}}}

// examplePrivateKey is the key whose number is one: everybody has it.
const examplePrivateKey = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgAAAAAAAAAAAAAAAA
AAAAAAAAAAAAAAAAAAAAAAAAAAGhRANCAARrF9Hy4SxCR/i85uVjpEDydwN9gS3r
M6D0oTlF2JjClk/jQuL+Gn+bjufrSnwPnhYrzjNXazFezsu2QGg3v1H1
-----END PRIVATE KEY-----`

// serviceAccountKey is a key of a service account of Google Cloud, in JSON.
// GitLab 18.9 answers text that is no JSON with 500, and JSON that lacks a key
// with 400.
var serviceAccountKey = Form{validators: []validator.String{Check{
	Summary: "Not a key of a service account",
	Samples: []string{"key.json", `{"type": "authorized_user"}`},
	Must:    "must be the JSON file that Google Cloud makes for a key of a service account",
	Wrong: func(text string) string {
		const must = "must be the JSON file that Google Cloud makes for a key of a service account"
		var key map[string]any
		if json.Unmarshal([]byte(text), &key) != nil {
			return must
		}
		var missing []string
		for _, name := range serviceAccountKeys {
			if _, ok := key[name].(string); !ok {
				missing = append(missing, name)
			}
		}
		if len(missing) > 0 {
			return must + ", which has texts for " + strings.Join(missing, ", ")
		}
		if key["type"] != "service_account" {
			return must + `, whose type is "service_account"`
		}
		return ""
	},
}}}

// serviceAccountKeys are what the file has at least.
var serviceAccountKeys = []string{
	"type", "project_id", "private_key_id", "private_key", "client_email", "client_id",
	"auth_uri", "token_uri", "auth_provider_x509_cert_url", "client_x509_cert_url",
}

const exampleServiceAccountKey = `{"type": "service_account", "project_id": "example", "private_key_id": "1",
"private_key": "example", "client_email": "ci@example.iam.gserviceaccount.com", "client_id": "1",
"auth_uri": "https://accounts.google.com/o/oauth2/auth", "token_uri": "https://oauth2.googleapis.com/token",
"auth_provider_x509_cert_url": "https://www.googleapis.com/oauth2/v1/certs",
"client_x509_cert_url": "https://www.googleapis.com/robot/v1/metadata/x509/ci"}`
