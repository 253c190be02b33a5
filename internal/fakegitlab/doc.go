// Package fakegitlab is an in-memory GitLab that serves the integrations
// (project services) API of GitLab 10.5 to 19.x, for projects and groups, as far
// as a client of that API can tell the difference: which parameters each release
// declares, requires, hides, trims or crashes on, what DELETE leaves behind, what
// is inherited from where, when updated_at moves.
//
// It exists to be disagreed with. It shares no table with the provider it
// tests: what a release accepts and answers is data of its own, one file for
// each release under contract, so a mistake in the provider's catalog meets a
// second opinion instead of its own reflection.
//
// The data says what varies by service; the code knows only kinds of
// behaviour. Profiles 10.5, 12.3 and 18.9 are held to thousands of recorded
// answers of GitLab's own code (testdata/recorded). 16.0 rests on the lists of
// that release and models of about 17.9 behind its ways of saving and answering;
// 13.0 and 19.1 say in the notes of their files what they were reasoned from.
//
// A test starts one with New and Start, points the client at URL and Token,
// and then plays the rest of the world: Edit, Disable, Inherit and Erase are a
// person in the web page of a project, a group or the instance, RenameProject,
// ArchiveProject, SetAccess, SetInstanceDefault, SetAllowed, SetFeature and
// RemoveSlug an administrator, Propagate GitLab's background jobs, Inject and
// SetLatency the network.
//
// API pages: https://docs.gitlab.com/api/project_integrations/,
// https://docs.gitlab.com/api/group_integrations/ and, for the oldest profile,
// https://docs.gitlab.com/10.5/ee/api/services.html.
package fakegitlab
