package catalog

import (
	"encoding/json"
	"encoding/pem"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
)

// TestRowsTakeAndRefuseWhatGitLabDoes has values that GitLab 18.9 was asked to
// take.
func TestRowsTakeAndRefuseWhatGitLabDoes(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("a", 256)
	for _, test := range []struct {
		slug, name     string
		taken, refused []string
		says           string
	}{
		{"apple-app-store", "app_store_issuer_id", []string{"aaaaaaaa-bbbb-cccc-dddd-0123456789ab"},
			[]string{"", "word", "-3", "AAAAAAAA-bbbb-cccc-dddd-0123456789ab"}, "UUID"},
		{"apple-app-store", "app_store_key_id", []string{"ABC1", "1A", "A1BC23"}, []string{"", "abc1", "ABC", "123", "AB C1"}, "capital letters and digits"},
		{"confluence", "confluence_url",
			[]string{"https://example.atlassian.net/wiki", "https://example.atlassian.net/wiki/", "http://example.atlassian.net/wiki"},
			[]string{"", "word", "https://example.atlassian.net", "https://wiki.example.com/wiki", "HTTPS://host.example.com/x"}, "Confluence Cloud"},
		{"datadog", "api_key", []string{"abc123", "word", "7", "abc123\r\n"}, []string{"", "  ", "some text", "1.5", "-3", "abc-123", "abc\n123"}, "letters, digits and underscores"},
		{"datadog", "datadog_site", []string{"datadoghq.com", "us5.datadoghq.com"}, []string{"some text", "7", "https://datadoghq.com"}, "name of a host"},
		{"datadog", "datadog_tags", []string{"", "a:b c", " a:b", "a:b\n\nc:d", "a:b:c", "key:value\nother:thing\n"}, []string{"some text", "7", "novalue", "a:b\nc"}, "key:value"},
		{"discord", "webhook", []string{"https://discord.com/api/webhooks/1/a", "https://discord.com", " https://discord.com/x\n"},
			[]string{"", "word", "https://discordapp.com/api/webhooks/1/a", "http://discord.com/api/webhooks/1/a", "https://user:pass@host.example.com/x"}, "https://discord.com"},
		{"discord", "push_channel", []string{"", "https://discord.com/api/webhooks/1/a"}, []string{"#general", "7", "https://host.example.com/x"}, "https://discord.com"},
		{"git-guardian", "api_url", []string{"", "https://api.gitguardian.com"}, []string{"http://api.gitguardian.com", "word"}, "https://"},
		{"google-cloud-platform-workload-identity-federation", "workload_identity_federation_project_id",
			[]string{"abc-12", "123456"}, []string{"", "abcde", "Abc-12", long[:31], "ab cdef"}, "6 to 30"},
		{"google-cloud-platform-workload-identity-federation", "workload_identity_federation_project_number",
			[]string{"123"}, []string{"", "12a", "1.5"}, "whole number"},
		{"google-cloud-platform-workload-identity-federation", "workload_identity_pool_id",
			[]string{"pool", long[:32]}, []string{"", "abc", "Pool", long[:33]}, "4 to 32"},
		{"google-play", "package_name", []string{"com.example.app", "com.example_app", "a.b"},
			[]string{"", "word", "7", "-3", "com", "com.1example", "com.example-app"}, "com.example.app"},
		{"harbor", "project_name", []string{"my-project", "word", "7", "1.5", "a.b_c-d"},
			[]string{"", "some text", "-3", "My-Project", "my project", "a..b", "word\n"}, "lower-case letters and digits"},
		{"harbor", "project_name", []string{long[:255]}, []string{long}, "at most 255"},
		{"harbor", "password", []string{"Passw0rd-long", "Passw0rd-long\n"}, []string{"", "some text", "7", "short", "with blank in it"}, "at least 8 characters"},
		{"jira-cloud-app", "jira_cloud_app_service_ids", []string{"", "word", "a,b", "b:YXJp=", strings.Repeat("a,", 100)},
			[]string{"some text", "1.5", "-3", "a b", "a-b"}, "must be ids"},
		{"jira-cloud-app", "jira_cloud_app_service_ids", nil, []string{strings.Repeat("a,", 101)}, "at most 100"},
		{"jira-cloud-app", "jira_cloud_app_deployment_gating_environments",
			[]string{"", "production,staging", "production, staging", "production,production"}, []string{"some text", "7", "prod", "other"}, "production, staging"},
		{"linear", "workspace_url", []string{"https://linear.app/example", "https://linear.app/example/"},
			[]string{"", "word", "https://linear.app/ab", "https://linear.app/Example", "https://linear.app/example/team", "http://linear.app/example"}, "workspace"},
		{"telegram", "thread", []string{"", "123", "7", "-5"}, []string{"some text", "12a", "1.0"}, "whole number"},
		{"telegram", "hostname", []string{"", "https://host.example.com/x/"}, []string{"some text", "7", "ftp://host.example.com/x"}, "absolute address"},
	} {
		t.Run(test.slug+" "+test.name, func(t *testing.T) {
			t.Parallel()
			attribute, ok := rowOf(test.slug).Attributes()[test.name].(schema.StringAttribute)
			if !ok {
				t.Fatal("there is no such text")
			}
			for _, s := range test.taken {
				if got := complaints(t, attribute.Validators, text(s)); len(got) > 0 {
					t.Errorf("%q is refused: %q", s, got)
				}
			}
			for _, s := range test.refused {
				got := complaints(t, attribute.Validators, text(s))
				if len(got) == 0 || s != "" && !strings.Contains(strings.Join(got, " "), test.says) {
					t.Errorf("%q is answered with %q, want an error that says %q", s, got, test.says)
				}
			}
		})
	}
}

func TestAListOfWordsIsSentAsGitLabWritesIt(t *testing.T) {
	t.Parallel()
	if got := wordsOf("a", "b").sent(" a, b ,a"); got != "a,b" {
		t.Errorf("sent as %q", got)
	}
}

func TestAPrivateKeyIsToldFromWhatIsNone(t *testing.T) {
	t.Parallel()
	whole, _ := pem.Decode([]byte(examplePrivateKey))
	encode := func(kind string, headers map[string]string, bytes []byte) string {
		return string(pem.EncodeToMemory(&pem.Block{Type: kind, Headers: headers, Bytes: bytes}))
	}
	lines := strings.Split(examplePrivateKey, "\n")
	for name, test := range map[string]struct{ key, says string }{
		"PKCS8":                 {examplePrivateKey, ""},
		"from a file":           {examplePrivateKey + "\n", ""},
		"of another kind":       {encode("EC PRIVATE KEY", nil, whole.Bytes), ""},
		"no PEM":                {"glsecret", "BEGIN PRIVATE KEY"},
		"one line":              {strings.ReplaceAll(examplePrivateKey, "\n", " "), "BEGIN PRIVATE KEY"},
		"a public key":          {encode("PUBLIC KEY", nil, whole.Bytes), "not a public key"},
		"a certificate":         {encode("CERTIFICATE", nil, whole.Bytes), "not a certificate"},
		"encrypted":             {encode("ENCRYPTED PRIVATE KEY", nil, whole.Bytes), "without a passphrase"},
		"encrypted the old way": {encode("RSA PRIVATE KEY", map[string]string{"Proc-Type": "4,ENCRYPTED", "DEK-Info": "AES-256-CBC,00"}, whole.Bytes), "without a passphrase"},
		"cut":                   {strings.Join(slices.Delete(slices.Clone(lines), 2, 3), "\n"), "something is missing"},
		"with more":             {encode("PRIVATE KEY", nil, append(slices.Clone(whole.Bytes), 0)), "something is missing"},
		"too short":             {"-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----", "something is missing"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			checkComplaint(t, privateKey, test.key, test.says)
		})
	}
}

func TestAKeyOfAServiceAccountIsToldFromWhatIsNone(t *testing.T) {
	t.Parallel()
	edit := func(change func(map[string]any)) string {
		var key map[string]any
		if err := json.Unmarshal([]byte(exampleServiceAccountKey), &key); err != nil {
			t.Fatal(err)
		}
		key = maps.Clone(key)
		change(key)
		raw, err := json.Marshal(key)
		if err != nil {
			t.Fatal(err)
		}
		return string(raw)
	}
	for name, test := range map[string]struct{ key, says string }{
		"whole":             {exampleServiceAccountKey, ""},
		"with more":         {edit(func(key map[string]any) { key["universe_domain"] = "googleapis.com" }), ""},
		"no JSON":           {"glsecret", "JSON file"},
		"cut":               {exampleServiceAccountKey[:40], "JSON file"},
		"null":              {"null", "JSON file"},
		"a list":            {"[]", "JSON file"},
		"empty":             {"{}", "texts for type, project_id"},
		"without an e-mail": {edit(func(key map[string]any) { delete(key, "client_email") }), "texts for client_email"},
		"with a number":     {edit(func(key map[string]any) { key["client_id"] = 1 }), "texts for client_id"},
		"of a user":         {edit(func(key map[string]any) { key["type"] = "authorized_user" }), `"service_account"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			checkComplaint(t, serviceAccountKey, test.key, test.says)
		})
	}
}

// checkComplaint holds what is said of a secret text, which must not be said
// again; empty: it is taken.
func checkComplaint(t *testing.T, form Form, secret, says string) {
	t.Helper()
	got := strings.Join(complaints(t, form.validators, text(secret)), " ")
	if (got == "") != (says == "") || !strings.Contains(got, says) {
		t.Errorf("it says %q, want %q", got, says)
	}
	for _, part := range []string{"glsecret", "MIGH", "example.iam", "authorized_user"} {
		if strings.Contains(got, part) {
			t.Errorf("the secret is told: %q", got)
		}
	}
}
