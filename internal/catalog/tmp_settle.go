package catalog

func (s *Service) Settle(c Change) { s.Plan(c) }
func (s *Service) StillAdopted(c Change) bool { return false }
