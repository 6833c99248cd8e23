// Steps: enter what the rows say, take the last one back, and what was set before a meeting is taken.
import { keep } from "./kept.js";
import { form, page, rowOf, rows, SLOTS, stage, stands, untaken } from "./page.js";
import { fill, said, same, tell, wanted } from "./row.js";
import { send } from "./send.js";

const url = location.pathname;

function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");
  return [[0, 8], [8, 12], [12, 16], [16, 20], [20, 32]].map(([a, b]) => hex.slice(a, b)).join("-");
}

function entry(row, value, corrects) {
  return { ...value, id: uuid(), pupil: row.dataset.pupil, corrects, at: new Date().toISOString() };
}

const withdrawn = (row, old) => entry(row, said(old.kind, "withdrawn"), old.id);

// Enter what the rows say, as one step.
function enter(some) {
  const step = some.flatMap(changesOf);
  if (step.length) {
    keep((state) => {
      (state.steps[page.page] ||= []).push(step);
      put(state, step.map((one) => one.entry));
    });
  }
  some.forEach(tell);
  send();
}

// What a row says otherwise than what stands: from here on it stands.
function changesOf(row) {
  const now = stands.get(row);
  const values = wanted(row);
  const changes = [];
  for (const slot of SLOTS) {
    if (!(slot in values) || values[slot] === undefined) continue;
    const [old, value] = [now[slot] || null, values[slot]];
    if (value === null ? !old : old && same(old, value)) continue;
    const made = value === null ? withdrawn(row, old) : entry(row, value, old ? old.id : "");
    changes.push({ pupil: row.dataset.pupil, slot, entry: made, before: old });
    now[slot] = value === null ? null : made;
    // Two may have taken a pupil at once: who is set to not seen is seen by neither.
    for (const other of slot === "presence" && value === null ? now.more.splice(0) : []) {
      changes.push({ pupil: row.dataset.pupil, slot: "more", entry: withdrawn(row, other), before: other });
    }
  }
  return changes;
}

function put(state, entries) {
  for (let from = 0; from < entries.length; from += 300) {
    state.queue.push({ url, step: uuid(), page: page.page, entries: entries.slice(from, from + 300) });
  }
}

// Take the last step back by corrections: what it replaced stands again.
export function undo() {
  const touched = keep((state) => {
    const back = ((state.steps[page.page] || []).pop() || []).map(takeBack);
    put(state, back.map(([, , made]) => made));
    return back;
  });
  for (const [row, slot] of touched) {
    if (slot === "more" || (slot === "presence" && untaken())) continue;
    fill(row, slot);
    tell(row);
  }
  if (untaken()) reopen();
  send();
}

function takeBack(change) {
  const row = rowOf(change.pupil);
  const old = change.before;
  const made = old ? entry(row, said(old.kind, old.code, old.first, old.last, old.minutes), change.entry.id) : withdrawn(row, change.entry);
  if (change.slot === "more") stands.get(row).more.push(made);
  else stands.get(row)[change.slot] = old ? made : null;
  return [row, change.slot, made];
}

function reopen() {
  stage.taken = false;
  for (const row of rows) {
    row.classList.remove("unseen");
    row.querySelector(".stands").textContent = page.nothing;
  }
  draft();
}

export function takeAll() {
  stage.taken = true;
  enter(rows);
  keep((state) => delete state.drafts[page.page]);
  form.querySelector(".all .sure")?.remove();
  rows[0]?.querySelector(".tap")?.focus();
}

export function changed(row) {
  tell(row);
  if (stage.taken) enter([row]);
  else draft();
}

// Before a meeting is taken nothing is entered; what was set is kept for a reload.
export function draft() {
  const values = {};
  for (const one of form.querySelectorAll(".pupil [name]")) values[one.name] = one.type === "checkbox" ? one.checked : one.value;
  keep((state) => (state.drafts[page.page] = values));
}
