// What lies in this browser's storage until the desk has said that it has it, and how much of it waits.
import { page, stage } from "./page.js";

const KEY = `schoolday-take:${page.who}`;
export const status = document.getElementById("unsent");
export const aside = document.getElementById("put-aside");
export const undoButton = document.getElementById("undo");
const refused = document.getElementById("refused");

// What is kept: the queue of steps, what was refused, drafts before a meeting is taken, steps to undo.
export function kept() {
  let found = {};
  try {
    found = JSON.parse(localStorage.getItem(KEY) || "{}");
  } catch {
    found = {};
  }
  return { queue: [], refused: [], drafts: {}, steps: {}, ...found };
}

export function keep(change) {
  const state = kept();
  const given = change(state);
  localStorage.setItem(KEY, JSON.stringify(state));
  show(state);
  return given;
}

export function show(state) {
  const number = state.queue.reduce((sum, one) => sum + one.entries.length, 0);
  status.textContent = number ? page_words("unsent", number) : stage.sent ? status.dataset.sent : "";
  const bad = state.refused.reduce((sum, one) => sum + one.entries.length, 0);
  refused.hidden = aside.hidden = !bad;
  refused.textContent = bad ? `${page_words("refused", bad)} ${[...new Set(state.refused.map((one) => one.said))].join(" ")}` : "";
  undoButton.hidden = undoButton.type === "button" && !(state.steps[page.page] || []).length;
}

const page_words = (name, number) => status.dataset[name].replace("%(count)s", number);
