package gitlab

import (
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestTheBaseURLMayHoldAnIPv6Address(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp6", "[::1]:0") //nolint:noctx // a listener of a test ends with it
	if err != nil {
		t.Skipf("this machine has no IPv6: %v", err)
	}
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasPrefix(r.Host, "[::1]:") || r.URL.Path != "/gitlab/api/v4/projects/42" {
			t.Errorf("asked %s for %s", r.Host, r.URL.Path)
		}
		_, _ = w.Write([]byte(`{"id":42,"path_with_namespace":"group/project"}`))
	}))
	_ = server.Listener.Close()
	server.Listener = listener
	server.Start()
	defer server.Close()
	client, err := NewClient(Config{BaseURL: "http://" + listener.Addr().String() + "/gitlab", Token: "a-token"})
	if err != nil {
		t.Fatal(err)
	}
	if project, err := client.GetHome(t.Context(), inProject("42")); err != nil || project.ID != 42 {
		t.Errorf("GetProject: %v, %v", project, err)
	}
}
