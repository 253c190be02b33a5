package fakegitlab

import "time"

// What is saved in a group, or for the instance, reaches what is below by
// background jobs. Until they have run, nothing below has changed.

// propagation is a job that waits: what a group has, or the instance, is to be
// handed down.
type propagation struct {
	svc  *service
	from *home
	due  time.Time // zero: when Propagate is called
}

// SetPropagation has the background jobs of a save in a group, or of a new
// default of the instance, run so long after it: 0 is at once. With a negative
// delay, as a new server has it, they wait for [Server.Propagate].
func (s *Server) SetPropagation(delay time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.delay = delay
}

// Propagation returns the delay that SetPropagation has set.
func (s *Server) Propagation() time.Duration {
	s.mu.look()
	defer s.mu.Unlock()
	return s.delay
}

// Waiting returns how many background jobs have not run yet.
func (s *Server) Waiting() int {
	s.mu.look()
	defer s.mu.Unlock()
	s.runDue()
	return len(s.waiting)
}

// Propagate runs the background jobs that wait.
func (s *Server) Propagate() {
	s.mu.Lock()
	defer s.mu.Unlock()
	waiting := s.waiting
	s.waiting = nil
	s.runJobs(waiting)
}

// handDown starts the jobs of what was saved in a group or for the instance; of a
// project nothing is handed down.
func (s *Server) handDown(h *home, svc *service) {
	if h.level == projectLevel || s.release.InstanceDefaults == "template" {
		return
	}
	job := propagation{svc: svc, from: h}
	switch {
	case s.delay == 0:
		s.runJobs([]propagation{job})
		return
	case s.delay > 0:
		job.due = s.now().Add(s.delay)
	}
	s.waiting = append(s.waiting, job)
}

// runDue runs the jobs whose time has come.
func (s *Server) runDue() {
	if len(s.waiting) == 0 {
		return
	}
	var due, later []propagation
	now := s.now()
	for _, job := range s.waiting {
		if job.due.IsZero() || job.due.After(now) {
			later = append(later, job)
		} else {
			due = append(due, job)
		}
	}
	if len(due) == 0 {
		return
	}
	s.mu.changes++ // whoever looks may be the one who has the jobs run
	s.waiting = later
	s.runJobs(due)
}

// task is what one worker does: it brings a batch of homes to a record, all
// with one stamp.
type task struct {
	svc    *service
	source func() *record
	homes  []*home
	makes  bool // rows where there are none; else it overwrites those that inherit
}

// runJobs runs jobs as GitLab's queue does: a job only looks who is concerned,
// and what it finds is done after the jobs that are in the queue already.
func (s *Server) runJobs(jobs []propagation) {
	var tasks []task
	for _, job := range jobs {
		tasks = append(tasks, s.tasks(job)...)
	}
	for _, t := range tasks {
		source := t.source()
		if source == nil {
			continue
		}
		now := s.stampNow()
		for _, h := range t.homes {
			if rec := h.records[t.svc.Slug]; t.makes == (rec == nil) && (t.makes || rec.inheritsFrom != 0) {
				s.copyRecord(h, t.svc, source, now)
			}
		}
	}
}

func (s *Server) tasks(job propagation) []task {
	slug := job.svc.Slug
	source := func() *record { return job.from.records[slug] }
	if source() == nil {
		return nil
	}
	ancestors := map[int64]bool{}
	for _, h := range append(s.above(job.from), job.from, s.instance) {
		if rec := h.records[slug]; rec != nil {
			ancestors[rec.id] = true
		}
	}
	update := task{svc: job.svc, source: source}
	fresh := map[*homes]*task{}
	for _, hs := range []*homes{s.groups, s.projects} {
		fresh[hs] = &task{svc: job.svc, source: source, makes: true}
		for _, h := range hs.all() {
			if !s.holds(h, job.svc) || !h.inherits(job.from) {
				continue
			}
			switch rec := h.records[slug]; {
			case rec == nil:
				fresh[hs].homes = append(fresh[hs].homes, h)
			case ancestors[rec.inheritsFrom]:
				update.homes = append(update.homes, h)
			}
		}
	}
	return []task{update, *fresh[s.groups], *fresh[s.projects]}
}
