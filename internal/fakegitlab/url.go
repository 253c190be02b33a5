package fakegitlab

import (
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

var webSchemes = []string{"http", "https"}

// urlOffence says what is wrong with a URL. Names are not looked up: GitLab
// accepts one that does not resolve. Of a URL with another scheme, or with one in
// capitals, it says no more than that. "format" is the check of GitLab 10,
// which wants the characters of a URI too.
func urlOffence(text, kind string, schemes []string) string {
	if strings.TrimSpace(text) == "" {
		return "must be a valid URL"
	}
	scheme, rest, found := strings.Cut(text, "://")
	switch {
	case !found || !slices.Contains(schemes, scheme):
		return "is blocked: Only allowed schemes are " + strings.Join(schemes, ", ")
	case hostOf(text) == "":
		return "is blocked: URI is invalid"
	case kind == "format" && !uriPattern.MatchString(rest):
		return "must be a valid URL"
	case kind == "public":
		if local := localHost(text); local != "" {
			return "is blocked: " + local
		}
	}
	return ""
}

var uriPattern = regexp.MustCompile(`^[!#$%&'()*+,./0-9:;=?@A-Z\[\]_a-z~-]+$`)

func hostOf(text string) string {
	u, err := url.Parse(text)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Hostname())
}

// sharedAddresses is the address space of carriers, which GitLab counts as
// local.
var sharedAddresses = netip.MustParsePrefix("100.64.0.0/10")

// loopback is the one address of 127.0.0.0/8 that GitLab takes for localhost.
var loopback = netip.AddrFrom4([4]byte{127, 0, 0, 1})

// localHost says which local network a URL leads to, or nothing.
func localHost(text string) string {
	host := hostOf(text)
	addr, err := netip.ParseAddr(host)
	switch {
	case host == "localhost" || strings.HasSuffix(host, ".localhost"):
		return "Requests to localhost are not allowed"
	case err != nil:
		return ""
	case addr.IsUnspecified() || addr == netip.IPv6Loopback() || addr == loopback:
		return "Requests to localhost are not allowed"
	case addr.IsLoopback():
		return "Requests to loopback addresses are not allowed"
	case addr.IsLinkLocalUnicast():
		return "Requests to the link local network are not allowed"
	case addr.IsPrivate():
		return "Requests to the local network are not allowed"
	case sharedAddresses.Contains(addr):
		return "Requests to the shared address space are not allowed"
	}
	return ""
}
