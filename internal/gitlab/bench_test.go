package gitlab

import (
	"net"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
)

// BenchmarkGetService is what one resource asks in a plan, ten at a time as in
// Terraform: how many requests that takes, and over how many connections.
func BenchmarkGetService(b *testing.B) {
	var requests, connections atomic.Int64
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		requests.Add(1)
		_, _ = w.Write([]byte(`{"id":1,"active":true,"updated_at":"2026-01-01T00:00:00.000Z","push_events":true,"properties":{"channel":"#builds"}}`))
	}))
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			connections.Add(1)
		}
	}
	server.Start()
	defer server.Close()
	client, err := NewClient(Config{BaseURL: server.URL, Token: "a-token"})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	b.SetParallelism(5) // goroutines for each of usually two processors
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if _, err := client.GetService(b.Context(), inProject("42"), "slack"); err != nil {
				b.Error(err)
			}
		}
	})
	b.ReportMetric(float64(requests.Load())/float64(b.N), "requests/op")
	b.ReportMetric(float64(connections.Load()), "connections")
}
