// Keeps the page as new as the server, so that nobody has to reload it. What a
// person has begun to change stays until it is saved, and a problem until it is
// read.
"use strict";

const interval = 1000; // milliseconds
const live = document.getElementById("live");

const begun = part => [...part.querySelectorAll("input, textarea")].some(control =>
  control.type === "checkbox" ? control.checked !== control.defaultChecked
    : control.type !== "hidden" && control.value !== control.defaultValue);

// What each part was when it last came from the server.
const known = new Map(["places", "requests"].map(id => [id, document.getElementById(id).innerHTML]));

function renew(id, news) {
  const part = document.getElementById(id);
  if (known.get(id) === news.innerHTML || begun(part) || part.querySelector(".problem")) return;
  known.set(id, news.innerHTML);
  for (const open of part.querySelectorAll("details[open]")) {
    const again = news.querySelector("#" + CSS.escape(open.id));
    if (again) again.open = true;
  }
  const focused = part.contains(document.activeElement) && document.activeElement.id;
  part.replaceChildren(...news.childNodes);
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

function say(text) {
  if (live.textContent !== text) live.textContent = text;
}

async function poll() {
  try {
    const answer = await fetch(location.pathname + location.search);
    if (!answer.ok) throw new Error(answer.statusText);
    const news = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const id of known.keys()) renew(id, news.getElementById(id));
    say("Live.");
  } catch {
    say("No answer; the page is as it was.");
  }
  setTimeout(poll, interval);
}

// A notice has its time: the next answer is that of the plain page.
if (location.search) setTimeout(() => history.replaceState(null, "", "/" + location.hash), 10 * interval);
say("Live.");
setTimeout(poll, interval);
