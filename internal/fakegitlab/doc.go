// Package fakegitlab is an in-memory GitLab that serves the project services
// (integrations) API of GitLab 10.5, 16.0 and 19.1, as far as a client of that
// API can tell the difference: which parameters each release declares, requires,
// hides, trims or crashes on, what DELETE leaves behind, when updated_at moves.
//
// It exists to be disagreed with. It shares no table with the provider it
// tests: what a release accepts and answers is data of its own, one file for
// each release under contract, so a mistake in the provider's catalog meets a
// second opinion instead of its own reflection.
//
// The data says what varies by service; the code knows only kinds of
// behaviour. Facts were established on servers that run GitLab's own code for
// this API (tag v10.5.8, and the models of about 17.9 to 18 behind the ways of
// saving and answering of 16.x and of today); what could not be run was read in
// the source of the release and is said so in the notes of its contract file.
//
// A test starts one with New and Start, points the client at URL and Token,
// and then plays the rest of the world: Edit and Disable are a person in the web
// page, RenameProject, ArchiveProject, SetAccess and RemoveSlug an administrator,
// Inject and SetLatency the network.
//
// API pages: https://docs.gitlab.com/api/project_integrations/ and, for the
// oldest profile, https://docs.gitlab.com/10.5/ee/api/services.html.
package fakegitlab
