// The keys and taps by which a pupil is set.
import { field, page, rows } from "./page.js";
import { tell } from "./row.js";
import { changed, takeAll, undo } from "./steps.js";

export function set(row, how) {
  const choice = field(row, "how");
  if (!choice) return;
  choice.value = how;
  changed(row);
}

export function part(row, name) {
  const choice = field(row, "how");
  if (!choice) return;
  choice.value = "part";
  row.querySelector("details").open = true;
  field(row, name).focus();
  tell(row);
}

function reach(row, name) {
  row.querySelector("details").open = true;
  field(row, name).focus();
}

const KEYS = {
  h: (row) => set(row, "here"),
  n: (row) => set(row, "unseen"),
  t: (row) => set(row, "failure"),
  l: (row) => part(row, "from"),
  e: (row) => part(row, "to"),
  w: (row) => reach(row, "work"),
  c: (row) => reach(row, "call"),
};

document.addEventListener("keydown", (event) => {
  const row = event.target.closest(".pupil");
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target.matches("input, select, textarea, summary");
  if (row && event.key === "Escape") return row.querySelector(".tap").focus();
  if (row && event.key === "Enter" && event.target.matches("input")) {
    event.preventDefault();
    return row.querySelector(".tap").focus();
  }
  if (typing) return;
  const place = rows.indexOf(row);
  const next = { ArrowDown: place + 1, ArrowUp: place - 1 }[event.key];
  if (next !== undefined && rows[next]) {
    event.preventDefault();
    return rows[next].querySelector(".tap").focus();
  }
  const key = event.key.toLowerCase();
  if (row && KEYS[key]) {
    event.preventDefault();
    KEYS[key](row);
  } else if (key === "a" && page.first) takeAll();
  else if (key === "u") undo();
});
