package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
)

// atOnce is how many operations Terraform runs side by side.
const atOnce = 10

// each works on all items, atOnce at a time, and gives how long that took.
func each[T any](items []T, work func(*T) error) (time.Duration, error) {
	begun := time.Now()
	var wg sync.WaitGroup
	var mu sync.Mutex
	var failed error
	next := 0
	take := func(err error) (int, bool) {
		mu.Lock()
		defer mu.Unlock()
		failed = errors.Join(failed, err)
		next++
		return next - 1, failed == nil && next <= len(items)
	}
	for range atOnce {
		wg.Go(func() {
			var err error
			for {
				i, more := take(err)
				if !more {
					return
				}
				err = work(&items[i])
			}
		})
	}
	wg.Wait()
	return time.Since(begun), failed
}

// gitlab is a fake GitLab, and one beside it that gets the same requests from
// somebody else.
type gitlab struct {
	*fakegitlab.Server
	twin *fakegitlab.Server
}

// newGitLab has so many projects.
func newGitLab(version fakegitlab.Profile, projects int) (*gitlab, error) {
	g := &gitlab{fakegitlab.New(version), fakegitlab.New(version)}
	for _, server := range []*fakegitlab.Server{g.Server, g.twin} {
		if err := server.Start(); err != nil {
			return nil, err
		}
		for i := range projects {
			server.AddProject(place(i))
		}
	}
	return g, nil
}

func (g *gitlab) close() {
	g.Close()
	g.twin.Close()
}

// setLatency is how long it takes for a request.
func (g *gitlab) setLatency(d time.Duration) {
	g.SetLatency("", d)
	g.twin.SetLatency("", d)
}

// floor is how long a client takes that does nothing but send the requests that
// GitLab has just had, as many at once as Terraform does.
func (g *gitlab) floor(ctx context.Context) (time.Duration, error) {
	requests := g.Requests()
	g.ResetRequests()
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: atOnce}}
	defer client.CloseIdleConnections()
	defer g.twin.ResetRequests()
	return each(requests, func(r *fakegitlab.Request) error {
		var body bytes.Buffer
		if r.Body != nil {
			if err := json.NewEncoder(&body).Encode(r.Body); err != nil {
				return err
			}
		}
		address := g.twin.URL() + r.Path
		if r.Query != "" {
			address += "?" + r.Query
		}
		req, err := http.NewRequestWithContext(ctx, r.Method, address, &body)
		if err != nil {
			return err
		}
		req.Header.Set("PRIVATE-TOKEN", g.twin.Token())
		req.Header.Set("Content-Type", "application/json")
		resp, err := client.Do(req)
		if err != nil {
			return err
		}
		_, err = io.Copy(io.Discard, resp.Body)
		return errors.Join(err, resp.Body.Close())
	})
}

func place(i int) string { return fmt.Sprintf("bench/p%d", i) }

// latencies are how long GitLab takes for a request.
var latencies = []time.Duration{0, 20 * time.Millisecond}
