package fakegitlab

import (
	"strings"
	"time"
)

// entity is the JSON object of a record. rec may be one that was never saved
// (id 0), which shows null for id and stamps. LIST leaves the properties out.
func (s *Server) entity(h *home, svc *service, rec *record, properties bool) map[string]any {
	o := map[string]any{
		"id": nil, "title": svc.title(rec), "active": rec.active,
		"created_at": nil, "updated_at": nil,
	}
	if rec.id != 0 {
		o["id"], o["created_at"], o["updated_at"] = rec.id, stamp(rec.created), stamp(rec.updated)
	}
	if s.release.SlugShown {
		o["slug"] = svc.Slug
	}
	if s.release.InstanceDefaults == "inherited" {
		o["inherited"] = rec.inheritsFrom != 0
	}
	for _, f := range s.release.Flags {
		if !f.Unlisted {
			o[f.Name] = rec.flags[f.Name]
		}
	}
	if properties {
		o["properties"] = s.properties(h, svc, rec)
	}
	return o
}

// trim does to an answer what GitLab does to some texts in that of a PUT alone.
func (svc *service) trim(entity map[string]any) {
	props, _ := entity["properties"].(map[string]any)
	for _, p := range svc.Params {
		if text, ok := props[p.Name].(string); ok && p.PutAnswersTrimmed {
			props[p.Name] = strings.TrimSpace(text)
		}
	}
}

// stamp prints a time as GitLab does.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z07:00") }

// title is the record's own title, where the release has one, or the service's.
func (svc *service) title(rec *record) string {
	for _, p := range svc.Params {
		v := rec.params[p.Name]
		if p.Titles == "not null" && v != nil || p.Titles == "not blank" && !isBlank(v) {
			return textOf(v)
		}
	}
	return svc.Title
}

// properties are the settings that an answer shows. Up to 17.8 those are the
// ones ever written, except where settings are columns of a second table, which
// are there from the first save on.
func (s *Server) properties(h *home, svc *service, rec *record) map[string]any {
	props := make(map[string]any)
	if svc.FieldsWhileActive && !rec.active {
		return props
	}
	for _, p := range svc.Params {
		if !p.answered() || p.Fatal || p.Needs != "" && !s.has(p.Needs) || p.Level == "group" && h.level == projectLevel {
			continue
		}
		if _, stored := rec.params[p.Name]; stored || s.release.Properties == "fields" || svc.DataFields {
			props[p.Name] = s.release.read(svc, p, rec)
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

// value is what a null reads as; for a boolean it may be true when one of the service's URLs
// leads to the vendor's own hosts.
func (n *nullReads) value(svc *service, rec *record) any {
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
