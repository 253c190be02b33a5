package gitlab

import (
	"bytes"
	"compress/flate"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"
)

const (
	// overviewsRoom is how much memory the overviews may take, in bytes, once all
	// of them have been decoded in full: 5,000 places with five services each.
	overviewsRoom = 64 << 20
	// decodedSize is how many bytes of memory a byte of a list becomes.
	decodedSize = 4
	// maxListPages is how many pages of one place's services are read. GitLab has
	// some 60 services in all.
	maxListPages = 10
	// maxFailedGlances is how many glances must have failed, one after the other, so
	// that there are no more: with the lists of a GitLab something is wrong.
	maxFailedGlances = 3
)

// Overview is the list of a place's active services as GitLab answered it once,
// for all who want to know. It has no properties, and does not change.
type Overview struct {
	refusal  *Error
	failed   bool     // to a glance
	listed   []listed // empty where it cannot be told which is which
	services func() ([]*Service, error)
	size     int
}

// Listed is what an [Overview] tells of one service, see [Service].
type Listed struct {
	ID        int64
	Active    bool
	UpdatedAt time.Time
	Inherited *bool
}

type listed struct {
	slug string
	Listed
}

// Service gives what the list tells of a service, and false where it tells
// nothing for sure: the service is not active, there are two of its name, or
// GitLab refused the list or gave one without names.
func (o *Overview) Service(slug string) (Listed, bool) {
	var found Listed
	for _, l := range o.listed {
		switch {
		case l.slug != slug:
		case found.ID != 0 && found.ID != l.ID:
			return Listed{}, false
		default:
			found = l.Listed
		}
	}
	return found, found.ID != 0
}

// Services gives all services of the list, for reading only. Their Values are
// what GitLab shows without the properties: the event flags. The error is an
// [*Error]: GitLab refused the list, or something in it makes no sense.
func (o *Overview) Services() ([]*Service, error) {
	if o.refusal != nil {
		return nil, o.refusal
	}
	return o.services()
}

// Overview gives the list of a place's active services. It is asked for once in
// ten minutes, whoever wants it, until the client writes anything: any PUT or
// DELETE ends all overviews, before it is sent and after it is answered, also
// those on the way. The old path of a renamed project works while GitLab
// redirects it.
//
// A GitLab that refuses with 403 or 404 gives an Overview that refuses, and is
// not asked again either: for no place where it has no lists at all. Any other
// error is an [*Error], and the next one to want the list asks for it.
//
// See
// https://docs.gitlab.com/api/project_integrations/#list-all-active-integrations
// and
// https://docs.gitlab.com/api/group_integrations/#list-all-active-integrations.
func (c *Client) Overview(ctx context.Context, at Place) (*Overview, error) {
	ask := func(ctx context.Context) (*Overview, error) { return c.overview(ctx, at, false) }
	overview, err := c.overviews.get(ctx, at.folded(), ask)
	if err == nil && overview.failed {
		overview, err = ask(ctx)
	}
	return overview, c.ofOneself(ctx, at.list(), err)
}

// Glance is [Client.Overview] for who asks for a service by itself where the
// list does not tell of it: there is no error, but a list that tells of nothing.
// It has less patience, see [call.retries]. A list that failed is not asked for
// again either, and after three in a row that failed, none is by a glance.
func (c *Client) Glance(ctx context.Context, at Place) *Overview {
	overview, err := c.overviews.get(ctx, at.folded(), func(ctx context.Context) (*Overview, error) {
		if c.failedGlances.Load() >= maxFailedGlances {
			return failedOverview, nil
		}
		overview, err := c.overview(ctx, at, true)
		switch {
		case err == nil:
			c.failedGlances.Store(0)
		case ctx.Err() == nil:
			c.failedGlances.Add(1)
			overview, err = failedOverview, nil
		}
		return overview, err
	})
	if err != nil {
		return failedOverview
	}
	return overview
}

// failedOverview tells of nothing.
var failedOverview = &Overview{failed: true, size: 1 << 10}

// ListServices gives the services of a place's [Client.Overview], for reading
// only. The error is an [*Error], of reason [NoList] from a GitLab before 12.7,
// and [NoSuchRoute] from one in which such places have no services.
func (c *Client) ListServices(ctx context.Context, at Place) ([]*Service, error) {
	overview, err := c.Overview(ctx, at)
	if err != nil {
		return nil, err
	}
	return overview.Services()
}

// overview asks for the list: usually one request, as no GitLab up to 19 gives
// it in pages.
func (c *Client) overview(ctx context.Context, at Place, glance bool) (*Overview, error) {
	page := func(query string) *call {
		call := c.newCall(http.MethodGet, at.list()+"?"+query, c.mask)
		call.glance = glance
		return call
	}
	first := page("per_page=" + perPage)
	if err := at.check(); err != nil {
		return nil, first.refusal(err)
	}
	if known, ok := c.noLists.peek(at.Level); ok {
		refusal := *known
		refusal.URL = first.shown()
		return refusing(&refusal), nil
	}
	list := serviceList{packer: &c.packer, seen: map[int64]bool{}}
	for call := first; ; {
		answer, err := call.do(ctx, nil)
		if refusal := c.refusesLists(at.Level, err); refusal != nil {
			return refusing(refusal), nil
		}
		if err != nil {
			return nil, err
		}
		fresh, err := list.add(answer.body)
		if err != nil {
			return nil, call.garbage(answer, err)
		}
		query, more := nextPage(answer.header)
		switch {
		case !more:
			return list.overview(first), nil
		case !fresh:
			return nil, call.garbage(answer, errRepeats)
		case len(list.pages) == maxListPages:
			return nil, call.garbage(answer, fmt.Errorf("is page %d of one list and names a next one", maxListPages))
		}
		call = page(query)
	}
}

// refusesLists gives the error of a GitLab that refuses a list, nil for any
// other. One that has no lists of a level is remembered.
func (c *Client) refusesLists(level *Level, err error) *Error {
	var e *Error
	if !errors.As(err, &e) || e.StatusCode != http.StatusForbidden && e.StatusCode != http.StatusNotFound {
		return nil
	}
	if e.Reason() == NoSuchRoute && e.Key == "error" {
		e.reason = level.noList
		c.noLists.put(level, e)
	}
	return e
}

func refusing(refusal *Error) *Overview { return &Overview{refusal: refusal, size: 1 << 10} }

// serviceList is a list of services on the way, page after page.
type serviceList struct {
	packer  *packer
	pages   [][]byte // packed
	listed  []listed
	seen    map[int64]bool
	size    int
	unnamed bool // some service is without its slug
}

// add takes a page, and tells whether there is anything on it that was on none
// before.
func (l *serviceList) add(body []byte) (fresh bool, err error) {
	page, err := decodeListed(body)
	if err != nil {
		return false, err
	}
	for _, service := range page {
		l.unnamed = l.unnamed || service.slug == ""
		fresh = fresh || !l.seen[service.ID]
		l.seen[service.ID] = true
	}
	packed, err := l.packer.pack(body)
	l.listed = append(l.listed, page...)
	l.pages = append(l.pages, packed)
	l.size += len(body)
	return fresh, err
}

func (l *serviceList) overview(call *call) *Overview {
	o := &Overview{listed: l.listed, size: 1<<10 + decodedSize*l.size}
	if l.unnamed {
		o.listed = nil
	}
	pages := l.pages
	o.services = sync.OnceValues(func() ([]*Service, error) {
		services, err := decodePages(pages)
		if err != nil {
			return nil, call.senseless(http.StatusOK, err)
		}
		return services, nil
	})
	return o
}

// listedRecord is what decodeListed wants of a record; a pointer tells an absent
// key from another.
type listedRecord struct {
	ID        *int64    `json:"id"`
	Slug      string    `json:"slug"`
	Active    *bool     `json:"active"`
	UpdatedAt time.Time `json:"updated_at"`
	Inherited *bool     `json:"inherited"`
}

// decodeListed reads of a list what is in [Listed], with a tenth of the memory
// that all of it takes. That is left for records of another form than usual.
func decodeListed(body []byte) ([]listed, error) {
	var records []listedRecord
	usual := json.Unmarshal(body, &records) == nil && records != nil
	page := make([]listed, 0, len(records))
	for _, r := range records {
		if usual = usual && r.ID != nil && *r.ID > 0 && r.Active != nil; !usual {
			break
		}
		page = append(page, listed{r.Slug, Listed{*r.ID, *r.Active, r.UpdatedAt, r.Inherited}})
	}
	if usual {
		return page, nil
	}
	services, err := decodeList(body, decodeRecord)
	if err != nil {
		return nil, err
	}
	page = make([]listed, 0, len(services))
	for _, s := range services {
		page = append(page, listed{s.Slug, Listed{s.ID, s.Active, s.UpdatedAt, s.Inherited}})
	}
	return page, nil
}

// decodePages reads all of a list. What is on two pages, because another service
// was set up meanwhile, is taken once.
func decodePages(pages [][]byte) ([]*Service, error) {
	var services []*Service
	seen := map[int64]bool{}
	for _, packed := range pages {
		body, err := io.ReadAll(flate.NewReader(bytes.NewReader(packed)))
		if err != nil {
			return nil, err
		}
		page, err := decodeList(body, decodeRecord)
		if err != nil {
			return nil, err
		}
		for _, service := range page {
			if service.ID == 0 || !seen[service.ID] {
				seen[service.ID] = true
				services = append(services, service)
			}
		}
	}
	return services, nil
}

// packer makes lists a tenth as long, one after the other, so that a refresh of
// thousands of services, which never wants to see all of a list, takes little
// memory. The zero value is ready.
type packer struct {
	mu sync.Mutex
	// writer takes almost a megabyte, which is why there is one for all.
	writer *flate.Writer
}

func (p *packer) pack(body []byte) ([]byte, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	var packed bytes.Buffer
	if p.writer == nil {
		writer, err := flate.NewWriter(&packed, flate.BestSpeed)
		if err != nil {
			return nil, err
		}
		p.writer = writer
	}
	p.writer.Reset(&packed)
	if _, err := p.writer.Write(body); err != nil {
		return nil, err
	}
	if err := p.writer.Close(); err != nil {
		return nil, err
	}
	return bytes.Clone(packed.Bytes()), nil
}
