package fakegitlab

// errNoDefault is GitLab's refusal of use_inherited_settings when there is
// nothing to inherit.
var errNoDefault = badRequest("Default integration not found.")

// SetInstanceDefault makes params (parameters and event flags) the active
// default of the instance for slug, or removes the default when params is nil.
// A slug or setting that the release does not have is left out.
//
// Up to 13.x (profile 10.5) the default is a template: GET shows it where
// nothing is configured, and a first PUT starts from it. On 16.0 a first PUT
// starts from it too and the record counts as inherited, although PUT may change
// it. On 19.1 a record that inherits ignores what PUT says, unless it says
// use_inherited_settings: false. From 16.0 on, projects added later get a copy by
// themselves, and copies follow a changed default; projects that exist get none,
// as if the background job that hands it out had not run.
//
// https://docs.gitlab.com/administration/settings/project_integration_management/
func (s *Server) SetInstanceDefault(slug string, params map[string]any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	svc := s.release.service(slug)
	if svc == nil {
		return
	}
	if params == nil {
		delete(s.defaults, slug)
		for _, pr := range s.projects {
			if rec := pr.records[slug]; rec != nil && rec.inherits {
				rec = rec.clone()
				rec.inherits = false
				pr.records[slug] = rec
			}
		}
		return
	}
	def := s.release.newRecord(svc)
	def.active = true
	for name, v := range params {
		plain, err := plainValue(v)
		if err != nil {
			continue
		}
		if s.release.hasFlag(name) {
			def.flags[name] = truth(plain)
		} else if svc.param(name) != nil {
			def.params[name] = plain
		}
	}
	s.defaults[slug] = def
	for _, pr := range s.projects {
		if rec := pr.records[slug]; rec != nil && rec.inherits {
			s.copyDefault(pr, svc, rec)
		}
	}
}

// handOutDefaults gives a new project its inherited copies.
func (s *Server) handOutDefaults(pr *project) {
	if s.release.InstanceDefaults == "template" {
		return
	}
	for _, svc := range s.release.Services {
		if s.defaults[svc.Slug] != nil {
			s.copyDefault(pr, svc, nil)
		}
	}
}

// copyDefault makes the service of a project a copy of the default and returns
// it. rec is the row it replaces, nil for none.
func (s *Server) copyDefault(pr *project, svc *service, rec *record) *record {
	next := s.defaults[svc.Slug].clone()
	next.inherits = true
	if rec != nil {
		next.id, next.created, next.updated = rec.id, rec.created, rec.updated
	}
	return s.store(pr, svc, next)
}

// unconfigured is the record that a first PUT fills in.
func (s *Server) unconfigured(svc *service) *record {
	def := s.defaults[svc.Slug]
	if def == nil {
		return s.release.newRecord(svc)
	}
	rec := def.clone()
	rec.inherits = s.release.InstanceDefaults == "copied"
	return rec
}

// inherits decides whether a PUT keeps or makes the record inherit, in which
// case it ignores everything else. Without the parameter things stay as they are:
// a record that inherits goes on, and so does a project that has none while
// the instance has a default.
func (s *Server) inherits(svc *service, rec *record, sent map[string]any) (bool, error) {
	if s.release.InstanceDefaults != "inherited" {
		return false, nil
	}
	def := s.defaults[svc.Slug]
	switch use, _ := sent[useInherited].(bool); {
	case sent[useInherited] != nil && !use:
		return false, nil
	case use && def == nil:
		return false, errNoDefault
	case use:
		return true, nil
	case rec != nil:
		return rec.inherits && def != nil, nil
	}
	return def != nil, nil
}

// putInherited answers a PUT on a record that inherits. GitLab builds the answer
// before it copies the default, so the answer shows what was there before, and
// only the next GET shows the copy.
func (s *Server) putInherited(pr *project, svc *service, rec *record) *record {
	stored := s.copyDefault(pr, svc, rec)
	if rec == nil {
		return stored
	}
	answer := rec.clone()
	answer.inherits = true
	answer.updated = stored.updated
	return answer
}
