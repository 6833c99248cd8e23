// What a row's fields say, and have them say what stands.
import { field, page, stands } from "./page.js";

const minute = (text) => (/^\d\d:\d\d/.test(text) ? Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5)) : null);
const written = (one) => `${String(Math.floor(one / 60)).padStart(2, "0")}:${String(one % 60).padStart(2, "0")}`;
export const said = (kind, code, first = null, last = null, minutes = null) => ({ kind, code, first, last, minutes });

// What a row's fields say, by slot; undefined where they do not make sense yet.
export function wanted(row) {
  const found = {};
  const how = field(row, "how");
  if (how) found.presence = presence(row, how.value);
  const work = field(row, "work").value.trim();
  if (field(row, "missing").checked) found.work = said("work", "missing");
  else if (/^\d+$/.test(work) && Number(work) <= 1440) found.work = said("work", "submitted", null, null, Number(work));
  else if (work) found.work = undefined;
  else found.work = field(row, "unjudged").checked ? said("work", "submitted") : null;
  const call = field(row, "call").value;
  const word = field(row, "word").value;
  found.call = call ? said("contact", call) : null;
  found.word = word ? said("attendance", word) : null;
  return found;
}

function presence(row, how) {
  let [first, last] = [Number(page.first), Number(page.last)];
  const now = stands.get(row).presence;
  if (how === "unseen") return null;
  if (!page.first || how === "kept") return now;
  // What a line says of itself is left as it is: only a change of hands changes the record.
  if (now && how !== "here" && how !== "part" && how === told(now)) return now;
  const service = page.kind === "service";
  if (how === "failure") return said(service ? "service" : "failure", service ? "technical" : "dropped", first);
  if (how !== "here" && how !== "part") return said("service", how, first);
  if (how === "part") {
    [first, last] = [minute(field(row, "from").value), minute(field(row, "to").value)];
    if (first === null || last === null || last <= first) return undefined;
  }
  const code = { service: "delivered", in_person: how === "here" ? "whole" : "part" }[page.kind] || "video";
  return said(page.kind, code, first, last, last - first);
}

// How a line says that a pupil was not there; empty where the pupil was.
function told(one) {
  if (one.kind === "failure" || one.code === "technical") return "failure";
  return one.kind === "service" && one.code !== "delivered" && one.code !== "make_up" ? one.code : "";
}

export function same(one, other) {
  const code = (entry) =>
    entry.kind === "joined" || entry.kind === "in_person" ? "" : entry.kind === "work" && entry.code !== "missing" ? "submitted" : entry.code;
  return ["kind", "first", "last", "minutes"].every((name) => one[name] === other[name]) && code(one) === code(other);
}

// Have a row's fields say what stands in a slot.
export function fill(row, slot) {
  const one = stands.get(row)[slot];
  if (slot === "presence") {
    const how = field(row, "how");
    if (!how) return;
    const has = (value) => [...how.options].some((option) => option.value === value);
    if (!one) how.value = "unseen";
    else if (has(told(one))) how.value = told(one);
    else if ((one.first === null || one.last === null) && has("kept")) how.value = "kept";
    else {
      const whole = one.first === Number(page.first) && one.last === Number(page.last);
      how.value = whole ? "here" : "part";
      if (one.first !== null && one.last !== null && field(row, "from")) {
        field(row, "from").value = written(one.first);
        field(row, "to").value = written(one.last);
      }
    }
  } else if (slot === "work") {
    field(row, "work").value = one && one.minutes !== null ? one.minutes : "";
    field(row, "missing").checked = Boolean(one) && one.code === "missing";
    field(row, "unjudged").checked = Boolean(one) && one.minutes === null && one.code !== "missing";
  } else {
    field(row, slot).value = one ? one.code : "";
  }
}

export function tell(row) {
  const how = field(row, "how");
  row.classList.toggle("unseen", Boolean(how) && how.value === "unseen");
  if (!how) return;
  const times = how.value === "part" ? ` ${field(row, "from").value}–${field(row, "to").value}` : "";
  const work = field(row, "work").value ? `; ${field(row, "work").value} min` : "";
  row.querySelector(".stands").textContent = how.selectedOptions[0].text + times + work;
}
