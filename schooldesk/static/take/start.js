// Taking a meeting by thumb or keyboard, also while the connection drops. Without it the page is a plain form.
import { part, set } from "./keys.js";
import { aside, keep, kept, show, undoButton } from "./kept.js";
import { field, form, page, rowOf, rows, SLOTS, stage, stands, untaken } from "./page.js";
import { fill, tell } from "./row.js";
import { remember, send } from "./send.js";
import { changed, draft, takeAll, undo } from "./steps.js";

function begin() {
  const state = kept();
  rows.forEach(ready);
  overlay(state);
  for (const [name, value] of Object.entries(stage.taken ? {} : state.drafts[page.page] || {})) {
    const one = form.querySelector(`.pupil [name="${CSS.escape(name)}"]`);
    if (one) one.type === "checkbox" ? (one.checked = value) : (one.value = value);
  }
  rows.forEach(tellNew);
  document.getElementById("keys").hidden = false;
  show(state);
}

// Know what stands of a pupil, make the name a button, and listen to the row.
function ready(row) {
  const now = {};
  for (const slot of SLOTS) now[slot] = row.dataset[slot] ? JSON.parse(row.dataset[slot]) : null;
  now.more = JSON.parse(row.dataset.more);
  stands.set(row, now);
  addTap(row);
  row.addEventListener("change", (event) => {
    if (event.target === field(row, "how") && event.target.value === "part") part(row, "from");
    else if (!event.target.matches("[type=time], [type=text]")) changed(row);
    else if (!stage.taken) draft();
  });
  row.addEventListener("focusout", (event) => {
    const typed = event.target.matches("[type=time], [type=text]");
    if (typed && !(event.relatedTarget && event.relatedTarget.closest("details") === event.target.closest("details"))) changed(row);
  });
}

function addTap(row) {
  const name = row.querySelector(".name bdi");
  const tap = document.createElement("button");
  tap.type = "button";
  tap.className = "tap";
  tap.setAttribute("aria-describedby", row.querySelector(".stands").id);
  name.replaceWith(tap);
  tap.append(name);
  tap.addEventListener("click", () => set(row, field(row, "how")?.value === "unseen" ? "here" : "unseen"));
}

// A page that was kept does not know what still waits to be sent: lay it over.
function overlay(state) {
  const slots = { work: "work", contact: "call", attendance: "word" };
  for (const one of state.queue.filter((item) => item.page === page.page).flatMap((item) => item.entries)) {
    const row = rowOf(one.pupil);
    if (!row) continue;
    const slot = slots[one.kind] || "presence";
    if (slot === "presence") stage.taken = true;
    stands.get(row)[slot] = one.code === "withdrawn" ? null : one;
    row.dataset.waits = "yes";
  }
  if (untaken()) stage.taken = false;
  for (const row of rows.filter((one) => one.dataset.waits)) {
    SLOTS.filter((slot) => slot !== "presence" || stage.taken).forEach((slot) => fill(row, slot));
  }
  if (stage.taken) {
    form.querySelector(".all .sure")?.remove();
    rows.filter((row) => !stands.get(row).presence).forEach((row) => fill(row, "presence"));
  }
}

function tellNew(row) {
  const how = field(row, "how");
  row.classList.toggle("unseen", Boolean(how) && how.value === "unseen" && (stage.taken || Boolean(row.dataset.waits)));
  if (row.dataset.waits && stage.taken) tell(row);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  takeAll();
});
document.getElementById("undo-form")?.addEventListener("submit", (event) => {
  // A file that was brought is a step of the desk's, not of this browser's.
  const brought = event.target.elements.last.value.startsWith("file-") && !kept().queue.length;
  if (!brought && ((kept().steps[page.page] || []).length || kept().queue.length)) {
    event.preventDefault();
    undo();
  }
});
if (undoButton.type === "button") undoButton.addEventListener("click", undo);
aside.querySelector("button").addEventListener("click", () => keep((state) => (state.refused = [])));
window.addEventListener("online", send);
document.addEventListener("visibilitychange", send);
setInterval(() => kept().queue.length && send(), 5000);

begin();
send();
if ("serviceWorker" in navigator) {
  navigator.serviceWorker.register(page.worker).catch(() => undefined);
  navigator.serviceWorker.ready.then(remember);
}
