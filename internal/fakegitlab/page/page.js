// Keeps the page as new as the server, follows links and sends forms without
// loading anew what stays, and says when nobody answers any more. The server
// makes all HTML. What a person has begun to change stays until it is saved, and
// a problem until it is read.
"use strict";

const parts = ["found", "list", "pager", "delay", "waiting", "total"];
const patience = 25000; // milliseconds; the stream says something every 10 seconds
const noteTime = 10000;
const typingTime = 150;
const maxRequests = 300; // that are kept, of those that were seen

const byId = id => document.getElementById(id);
const search = byId("q");
const requests = byId("requests");
let state = document.body.dataset.state; // of what the page shows
let visits = 0;
let stream, patienceTimer, typingTimer, noteTimer;

// What a person is at.

const changed = control => control.type === "checkbox" ? control.checked !== control.defaultChecked
  : control.tagName === "SELECT" ? [...control.options].some(option => option.selected !== option.defaultSelected)
    : control.type !== "hidden" && control.value !== control.defaultValue;

const begun = card => !("sent" in card.dataset) &&
  (card.querySelector(".problem") !== null || [...card.querySelectorAll(".settings :is(input, select, textarea), #seconds")].some(changed));

// What a form started from.
const basis = card => [...card.querySelectorAll("input[type=hidden]")].map(input => input.value)
  .concat(card.querySelector("footer time")?.dateTime).join("\n");

// An element from HTML.
function made(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content.firstElementChild;
}

// Puts an element in the place of the one with its id. Forms that a person has
// begun stay as they are, and the focus where it was.
function renew(news) {
  const old = byId(news.id);
  if (!old) return;
  const focused = old.contains(document.activeElement) && document.activeElement.id;
  for (const card of old.matches(".kept") ? [old] : old.querySelectorAll(".kept")) {
    const next = card === old ? news : news.querySelector("#" + CSS.escape(card.id));
    if (!next || !begun(card) || !next.querySelector("form.settings, #seconds")) continue;
    if (basis(card) !== basis(next)) card.dataset.stale = "";
    if (card === old) return;
    next.replaceWith(card);
  }
  old.replaceWith(news);
  if (focused) byId(focused)?.focus({ preventScroll: true });
}

// A request is new, or has got its answer.
function renewRequest(row) {
  const old = byId(row.id);
  if (!old) {
    requests.prepend(row);
    if (requests.children.length > maxRequests) requests.lastElementChild.remove();
    return;
  }
  const details = row.querySelector("details");
  if (details) details.open = old.querySelector("details")?.open ?? false;
  old.replaceWith(row);
}

// The stream of what changes.

function listen() {
  stream?.close();
  const at = location.pathname + location.search;
  stream = new EventSource("/events?" + new URLSearchParams({ at, have: state }));
  stream.onopen = heard;
  stream.addEventListener("beat", heard);
  stream.onmessage = event => {
    heard();
    state = event.lastEventId;
    const news = JSON.parse(event.data);
    for (const html of news.parts ?? []) renew(made(html));
    for (const html of news.requests ?? []) renewRequest(made(html));
  };
  stream.onerror = () => {
    lost();
    if (stream.readyState === EventSource.CLOSED) setTimeout(listen, 1000);
  };
}

function heard() {
  byId("lost").textContent = "";
  say("Live.");
  clearTimeout(patienceTimer);
  patienceTimer = setTimeout(lost, patience);
}

function lost() {
  if (byId("lost").textContent) return;
  byId("lost").textContent = "fakegitlab does not answer since " + new Date().toLocaleTimeString() +
    ": it has ended, or hangs. What you see is what it had then, and nothing can be changed.";
  say("No answer.");
}

function say(text) {
  if (byId("live").textContent !== text) byId("live").textContent = text;
}

// Shows what an address of this page leads to.
async function visit(url, { replace = false, ...init } = {}) {
  const visit = ++visits;
  let answer, text;
  try {
    answer = await fetch(url, init);
    text = await answer.text();
  } catch {
    lost();
    return;
  }
  if (visit !== visits) return; // the person is elsewhere already
  const news = new DOMParser().parseFromString(text, "text/html");
  if (!news.getElementById("list")) {
    location.assign(url); // no page of ours: an error
    return;
  }
  const { pathname, search: query } = new URL(answer.url);
  if (answer.ok) history[replace ? "replaceState" : "pushState"](null, "", pathname + query);
  document.title = news.title;
  for (const id of parts) renew(news.getElementById(id));
  for (const row of [...news.getElementById("requests").children].reverse()) renewRequest(row);
  state = news.body.dataset.state;
  if (document.activeElement !== search) search.value = news.getElementById("q").value;
  show();
  listen();
  forgetNotice();
}

// Brings what was opened, or refused, before the person.
function show() {
  const wrong = document.querySelector("[aria-invalid]");
  const card = document.querySelector(".service:has(.problem, .notice)") ?? document.querySelector(".service.open");
  card?.scrollIntoView({ block: "nearest" });
  if (wrong) wrong.focus();
  else if (document.activeElement === document.body) card?.querySelector("a").focus({ preventScroll: true });
}

// A notice has its time, and is not shown again by reloading.
function forgetNotice() {
  clearTimeout(noteTimer);
  const url = new URL(location);
  if (!url.searchParams.has("done")) return;
  url.searchParams.delete("done");
  noteTimer = setTimeout(() => history.replaceState(null, "", url.pathname + url.search), noteTime);
}

document.addEventListener("click", event => {
  const link = event.target.closest("a[href]");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || link.origin !== location.origin) return;
  event.preventDefault();
  visit(link.href).then(() => { if (link.rel) byId("places").scrollIntoView(); });
});

document.addEventListener("submit", event => {
  event.preventDefault();
  const form = event.target;
  const data = new URLSearchParams(new FormData(form, event.submitter));
  const action = form.getAttribute("action"); // form.action may be a control of that name
  if (form.getAttribute("method") !== "post") {
    visit(action.split("?")[0] + "?" + data);
    return;
  }
  const card = form.closest(".kept");
  if (card) card.dataset.sent = "";
  visit(action, { method: "POST", body: data }).then(() => card && delete card.dataset.sent);
});

document.addEventListener("input", event => {
  if (event.target === search) {
    clearTimeout(typingTimer);
    typingTimer = setTimeout(() => visit("/?" + new URLSearchParams({ q: search.value }), { replace: true }), typingTime);
    return;
  }
  const card = event.target.closest("[data-stale]");
  if (card && !begun(card)) visit(location.href, { replace: true });
});

document.addEventListener("keydown", event => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select")) return;
  event.preventDefault();
  search.select();
});

document.addEventListener("visibilitychange", () => {
  if (document.hidden) {
    stream.close();
    clearTimeout(patienceTimer);
  } else listen();
});

addEventListener("popstate", () => visit(location.href, { replace: true }));

listen();
forgetNotice();
