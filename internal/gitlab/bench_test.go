package gitlab

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
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

// BenchmarkList is what a list costs once it is there, as much as a refresh
// wants to know of it and all of it.
func BenchmarkList(b *testing.B) {
	for _, services := range []int{1, 5, 30} {
		body := listOf(services)
		b.Run(fmt.Sprintf("%d services/listed", services), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if page, err := decodeListed(body); err != nil || len(page) != services {
					b.Fatal(err)
				}
			}
		})
		b.Run(fmt.Sprintf("%d services/packed", services), func(b *testing.B) {
			b.ReportAllocs()
			var p packer
			var packed []byte
			for b.Loop() {
				packed, _ = p.pack(body)
			}
			b.ReportMetric(float64(len(body)), "bytes")
			b.ReportMetric(float64(len(packed)), "packed-bytes")
		})
		b.Run(fmt.Sprintf("%d services/all", services), func(b *testing.B) {
			var p packer
			packed, err := p.pack(body)
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				if all, err := decodePages([][]byte{packed}); err != nil || len(all) != services {
					b.Fatal(err)
				}
			}
		})
	}
}

// listOf is a list as GitLab 18.9 answers it.
func listOf(services int) []byte {
	records := make([]string, services)
	for i := range records {
		records[i] = fmt.Sprintf(`{"id":%d,"title":"Service %[2]d","slug":"service-%[2]d","created_at":"2026-01-02T03:04:05.%03[2]dZ","updated_at":"2026-02-03T04:05:06.%03[2]dZ","active":true,`+
			`"commit_events":true,"push_events":true,"issues_events":%[3]t,"incident_events":false,"alert_events":true,"confidential_issues_events":%[3]t,"merge_requests_events":true,`+
			`"tag_push_events":true,"deployment_events":false,"note_events":true,"confidential_note_events":true,"pipeline_events":true,"wiki_page_events":true,"job_events":true,`+
			`"comment_on_event_enabled":true,"inherited":false}`, 70000+i*7, i, i%3 == 0)
	}
	return []byte("[" + strings.Join(records, ",") + "]")
}

// TestWhatARefreshWantsOfAListIsCheap: it is asked for once a project, and thousands
// are kept.
func TestWhatARefreshWantsOfAListIsCheap(t *testing.T) {
	const services = 30
	body := listOf(services)
	listed := testing.AllocsPerRun(20, func() { _, _ = decodeListed(body) })
	all := testing.AllocsPerRun(20, func() { _, _ = decodeList(body, decodeRecord) })
	if listed > 5*services || listed > all/5 {
		t.Errorf("%g allocations, and %g for all of the list", listed, all)
	}
	var p packer
	packed, err := p.pack(body)
	if err != nil || len(packed) > len(body)/8 {
		t.Errorf("%d bytes of %d are kept: %v", len(packed), len(body), err)
	}
}
