package fakegitlab

import (
	"strings"
	"time"
)

// entity is the JSON object of a record. rec may be one that was never saved
// (id 0), which shows null for id and stamps. LIST leaves the properties out.
func (r *release) entity(svc *service, rec *record, properties bool) map[string]any {
	o := map[string]any{
		"id": nil, "title": svc.title(rec), "active": rec.active,
		"created_at": nil, "updated_at": nil,
	}
	if rec.id != 0 {
		o["id"], o["created_at"], o["updated_at"] = rec.id, stamp(rec.created), stamp(rec.updated)
	}
	if r.SlugShown {
		o["slug"] = svc.Slug
	}
	if r.InstanceDefaults == "inherited" {
		o["inherited"] = rec.inheritsFrom != 0
	}
	for _, f := range r.Flags {
		if !f.Unlisted {
			o[f.Name] = rec.flags[f.Name]
		}
	}
	if properties {
		o["properties"] = r.properties(svc, rec)
	}
	return o
}

// stamp prints a time as GitLab does.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z07:00") }

// title is the record's own title, where the release has one, or the service's.
func (svc *service) title(rec *record) string {
	for _, p := range svc.Params {
		if own := textOf(rec.params[p.Name]); p.Titles && strings.TrimSpace(own) != "" {
			return own
		}
	}
	return svc.Title
}

// properties are the settings that an answer shows. Up to 17.8 those are the
// ones ever written, except where settings are columns of a second table, which
// are there from the first save on.
func (r *release) properties(svc *service, rec *record) map[string]any {
	props := make(map[string]any)
	for _, p := range svc.Params {
		if !p.answered() || p.Fatal {
			continue
		}
		if _, stored := rec.params[p.Name]; stored || r.Properties == "fields" || svc.DataFields {
			props[p.Name] = r.read(svc, p, rec)
		}
	}
	return props
}

// read is the value that an answer shows for a stored setting.
func (r *release) read(svc *service, p *param, rec *record) any {
	if p.Reads != nil {
		return p.Reads
	}
	v := rec.params[p.Name]
	if p.Echoes != "" && isBlank(v) {
		v = rec.params[p.Echoes]
	}
	if p.Type == "boolean" && r.BooleanReads {
		v = truth(v)
	}
	if v == nil && p.NullReads != nil {
		v = p.NullReads.value(svc, rec)
	}
	if text, ok := v.(string); ok && p.DropsSlash {
		v = strings.TrimSuffix(text, "/")
	}
	return cloneValue(v)
}

// value is what a null boolean reads as: true when one of the service's URLs
// leads to the vendor's own hosts.
func (n *nullReads) value(svc *service, rec *record) bool {
	for _, p := range svc.Params {
		text := textOf(rec.params[p.Name])
		if p.URL == "" || !strings.HasPrefix(strings.ToLower(text), "https://") {
			continue
		}
		host := hostOf(text)
		if domain, wild := strings.CutPrefix(n.TrueForHTTPSHost, "*."); wild {
			label, found := strings.CutSuffix(host, "."+domain)
			if found && label != "" && !strings.Contains(label, ".") {
				return true
			}
		} else if host == n.TrueForHTTPSHost {
			return true
		}
	}
	return n.Value
}
