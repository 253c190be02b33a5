package fakegitlab

import (
	"net/http"
	"strconv"
	"time"
)

// rateLimit counts requests by windows of one second, as GitLab's limiter does
// by windows of whatever length the administrator chose.
type rateLimit struct {
	perSecond int
	window    int64 // Unix time
	observed  int
}

// SetRateLimit refuses what comes beyond so many requests in one second of the
// machine's clock, as GitLab does from 13.8 on: 429, text, Retry-After. All
// answers carry the RateLimit headers, which gitlab.com sends always and other
// GitLabs with the 429 only. Refused requests count too. 0 takes the limit away.
//
// See https://docs.gitlab.com/administration/settings/user_and_ip_rate_limits/.
func (s *Server) SetRateLimit(perSecond int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.limit = nil
	if perSecond > 0 {
		s.limit = &rateLimit{perSecond: perSecond}
	}
}

// admit counts a request. It returns the headers that the answer to it carries,
// and the refusal, if it is one too many.
func (s *Server) admit(now time.Time) (http.Header, *answer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	l := s.limit
	if l == nil {
		return nil, nil
	}
	if window := now.Unix(); window != l.window {
		l.window, l.observed = window, 0
	}
	l.observed++
	reset := time.Unix(l.window+1, 0)
	header := http.Header{}
	for name, value := range map[string]string{
		"RateLimit-Name":      "throttle_authenticated_api",
		"RateLimit-Limit":     strconv.Itoa(l.perSecond * 60), // by the minute, whatever the window
		"RateLimit-Observed":  strconv.Itoa(l.observed),
		"RateLimit-Remaining": strconv.Itoa(max(0, l.perSecond-l.observed)),
		"RateLimit-Reset":     strconv.FormatInt(reset.Unix(), 10),
		"RateLimit-ResetTime": reset.UTC().Format(http.TimeFormat),
	} {
		header.Set(name, value)
	}
	if l.observed <= l.perSecond {
		return header, nil
	}
	header.Set("Retry-After", "1")
	return header, &answer{status: http.StatusTooManyRequests, contentType: "text/plain", body: []byte("Retry later\n"), header: header}
}
