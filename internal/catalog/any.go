package catalog

// Any is temporary.
func Any(slug string) *Service { return &Service{Slug: slug, Title: slug} }
