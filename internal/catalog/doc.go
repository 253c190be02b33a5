// Package catalog is the table of GitLab's project services (integrations):
// one row a service, written as data, and a handful of parameter kinds that
// carry all behaviour.
//
// Data varies by service, code varies by kind of parameter. A row is a
// [Service] literal in its own file; a kind is a type that implements the
// sealed [Param] interface. The package knows Terraform's plugin framework,
// because a row is where a schema comes from, and knows nothing of HTTP: what
// goes to GitLab leaves as a [Body], what GitLab answered arrives as an
// [Answer].
//
// Parameter names are exactly GitLab's, as in
// https://docs.gitlab.com/api/project_integrations/.
package catalog
