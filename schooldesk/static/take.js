// Taking a meeting by thumb or keyboard, also while the connection drops. Without it the page is a plain form.
// What is entered lies in this browser's storage until the desk has said that it has it.
"use strict";

(() => {
  const form = document.getElementById("take");
  if (!form) return;
  const page = form.dataset;
  const KEY = `schoolday-take:${page.who}`;
  const SLOTS = ["presence", "work", "call", "word"];
  const status = document.getElementById("unsent");
  const refused = document.getElementById("refused");
  const aside = document.getElementById("put-aside");
  const undoButton = document.getElementById("undo");
  const all = form.querySelector(".all button");
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const url = location.pathname;
  const rows = [...form.querySelectorAll(".pupil")];
  const stands = new Map();
  let sentSome = false;

  // What is kept: the queue of steps, what was refused, drafts before a meeting is taken, steps to undo.
  function kept() {
    let found = {};
    try {
      found = JSON.parse(localStorage.getItem(KEY) || "{}");
    } catch {
      found = {};
    }
    return { queue: [], refused: [], drafts: {}, steps: {}, ...found };
  }

  function keep(change) {
    const state = kept();
    const given = change(state);
    localStorage.setItem(KEY, JSON.stringify(state));
    show(state);
    return given;
  }

  function uuid() {
    if (crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");
    return [[0, 8], [8, 12], [12, 16], [16, 20], [20, 32]].map(([a, b]) => hex.slice(a, b)).join("-");
  }

  const field = (row, name) => row.querySelector(`[name="${name}-${CSS.escape(row.dataset.pupil)}"]`);
  const minute = (text) => (/^\d\d:\d\d/.test(text) ? Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5)) : null);
  const written = (one) => `${String(Math.floor(one / 60)).padStart(2, "0")}:${String(one % 60).padStart(2, "0")}`;
  const said = (kind, code, first = null, last = null, minutes = null) => ({ kind, code, first, last, minutes });

  // What a row's fields say, by slot; undefined where they do not make sense yet.
  function wanted(row) {
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

  function same(one, other) {
    const code = (entry) =>
      entry.kind === "joined" || entry.kind === "in_person" ? "" : entry.kind === "work" && entry.code !== "missing" ? "submitted" : entry.code;
    return ["kind", "first", "last", "minutes"].every((name) => one[name] === other[name]) && code(one) === code(other);
  }

  function entry(row, value, corrects) {
    return { ...value, id: uuid(), pupil: row.dataset.pupil, corrects, at: new Date().toISOString() };
  }

  const withdrawn = (row, old) => entry(row, said(old.kind, "withdrawn"), old.id);

  // Enter what the rows say, as one step.
  function enter(some) {
    const step = [];
    for (const row of some) {
      const now = stands.get(row);
      const values = wanted(row);
      for (const slot of SLOTS) {
        if (!(slot in values) || values[slot] === undefined) continue;
        const [old, value] = [now[slot] || null, values[slot]];
        if (value === null ? !old : old && same(old, value)) continue;
        const made = value === null ? withdrawn(row, old) : entry(row, value, old ? old.id : "");
        step.push({ pupil: row.dataset.pupil, slot, entry: made, before: old });
        now[slot] = value === null ? null : made;
        // Two may have taken a pupil at once: who is set to not seen is seen by neither.
        for (const other of slot === "presence" && value === null ? now.more.splice(0) : []) {
          step.push({ pupil: row.dataset.pupil, slot: "more", entry: withdrawn(row, other), before: other });
        }
      }
    }
    if (step.length) {
      keep((state) => {
        (state.steps[page.page] ||= []).push(step);
        put(state, step.map((one) => one.entry));
      });
    }
    some.forEach(tell);
    send();
  }

  function put(state, entries) {
    for (let from = 0; from < entries.length; from += 300) {
      state.queue.push({ url, step: uuid(), page: page.page, entries: entries.slice(from, from + 300) });
    }
  }

  // Take the last step back by corrections: what it replaced stands again.
  function undo() {
    const touched = keep((state) => {
      const step = (state.steps[page.page] || []).pop();
      if (!step) return [];
      const back = step.map((one) => {
        const row = rowOf(one.pupil);
        const made = one.before
          ? entry(row, said(one.before.kind, one.before.code, one.before.first, one.before.last, one.before.minutes), one.entry.id)
          : withdrawn(row, one.entry);
        if (one.slot === "more") stands.get(row).more.push(made);
        else stands.get(row)[one.slot] = one.before ? made : null;
        return [row, one.slot, made];
      });
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
    return touched.length > 0;
  }

  // Whether nobody was taken yet, or all was undone: then the button proposes again what the rows say.
  const untaken = () => proposes && rows.every((row) => !stands.get(row).presence);

  function reopen() {
    taken = false;
    for (const row of rows) {
      row.classList.remove("unseen");
      row.querySelector(".stands").textContent = page.nothing;
    }
    draft();
  }

  const rowOf = (pupil) => rows.find((row) => row.dataset.pupil === pupil);

  // Have a row's fields say what stands in a slot.
  function fill(row, slot) {
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

  function tell(row) {
    const how = field(row, "how");
    row.classList.toggle("unseen", Boolean(how) && how.value === "unseen");
    if (!how) return;
    const times = how.value === "part" ? ` ${field(row, "from").value}–${field(row, "to").value}` : "";
    const work = field(row, "work").value ? `; ${field(row, "work").value} min` : "";
    row.querySelector(".stands").textContent = how.selectedOptions[0].text + times + work;
  }

  function show(state) {
    const number = state.queue.reduce((sum, one) => sum + one.entries.length, 0);
    status.textContent = number ? page_words("unsent", number) : sentSome ? status.dataset.sent : "";
    const bad = state.refused.reduce((sum, one) => sum + one.entries.length, 0);
    refused.hidden = aside.hidden = !bad;
    refused.textContent = bad ? `${page_words("refused", bad)} ${[...new Set(state.refused.map((one) => one.said))].join(" ")}` : "";
    undoButton.hidden = undoButton.type === "button" && !(state.steps[page.page] || []).length;
  }

  const page_words = (name, number) => status.dataset[name].replace("%(count)s", number);

  let busy = false;
  async function send() {
    if (busy) return;
    busy = true;
    let anew = false;
    try {
      // What one class refuses (it is somebody else's now) must not hold up what waits behind it.
      const held = new Set();
      const next = () => kept().queue.find((one) => !held.has(one.url));
      for (let item = next(); item; item = next()) {
        const answer = await fetch(item.url, {
          method: "POST",
          headers: { "Content-Type": "application/json", "X-CSRFToken": token },
          body: JSON.stringify({ step: item.step, entries: item.entries }),
          redirect: "manual",
        });
        if (answer.ok) {
          sentSome = true;
          keep((state) => (state.queue = state.queue.filter((one) => one.step !== item.step)));
        } else if (answer.status === 404 || answer.status === 409 || answer.status === 422) {
          // A class that is there no more is a refusal too: it must not hold up what waits behind it.
          const words = answer.status === 404 ? { said: status.dataset.gone } : await answer.json();
          const why = [words.said, ...(words.findings || []).map((one) => one.said)].join(" ");
          keep((state) => {
            state.queue = state.queue.filter((one) => one.step !== item.step);
            state.refused.push({ ...item, said: why });
          });
        } else {
          anew = true;
          if (answer.status !== 403) break;
          held.add(item.url);
        }
      }
    } catch {
      // The connection dropped: it is tried again.
    } finally {
      busy = false;
    }
    if (anew) status.textContent += ` ${status.dataset.anew}`;
    else if (sentSome && !kept().queue.length) remember();
  }

  // Keep this page as it is now for the day, so that it opens again without a connection.
  async function remember() {
    if (!("caches" in window)) return;
    const name = `take-${new Date().toLocaleDateString("sv")}`;
    const parts = [location.href, ...[...document.querySelectorAll("script[src], link[rel=stylesheet]")].map((one) => one.src || one.href)];
    try {
      await (await caches.open(name)).addAll(parts);
      document.documentElement.dataset.kept = "yes";
    } catch {
      // Without a connection there is nothing newer to keep.
    }
  }

  const proposes = form.querySelector(".all .sure") !== null;
  let taken = !proposes && Boolean(page.first);

  function takeAll() {
    taken = true;
    enter(rows);
    keep((state) => delete state.drafts[page.page]);
    form.querySelector(".all .sure")?.remove();
    rows[0]?.querySelector(".tap")?.focus();
  }

  function changed(row) {
    tell(row);
    if (taken) enter([row]);
    else draft();
  }

  // Before a meeting is taken nothing is entered; what was set is kept for a reload.
  function draft() {
    const values = {};
    for (const one of form.querySelectorAll(".pupil [name]")) values[one.name] = one.type === "checkbox" ? one.checked : one.value;
    keep((state) => (state.drafts[page.page] = values));
  }

  function set(row, how) {
    const choice = field(row, "how");
    if (!choice) return;
    choice.value = how;
    changed(row);
  }

  function part(row, name) {
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

  function begin() {
    const state = kept();
    for (const row of rows) {
      const now = {};
      for (const slot of SLOTS) now[slot] = row.dataset[slot] ? JSON.parse(row.dataset[slot]) : null;
      now.more = JSON.parse(row.dataset.more);
      stands.set(row, now);
      const name = row.querySelector(".name bdi");
      const tap = document.createElement("button");
      tap.type = "button";
      tap.className = "tap";
      tap.setAttribute("aria-describedby", row.querySelector(".stands").id);
      name.replaceWith(tap);
      tap.append(name);
      tap.addEventListener("click", () => set(row, field(row, "how")?.value === "unseen" ? "here" : "unseen"));
      row.addEventListener("change", (event) => {
        if (event.target === field(row, "how") && event.target.value === "part") part(row, "from");
        else if (!event.target.matches("[type=time], [type=text]")) changed(row);
        else if (!taken) draft();
      });
      row.addEventListener("focusout", (event) => {
        const typed = event.target.matches("[type=time], [type=text]");
        if (typed && !(event.relatedTarget && event.relatedTarget.closest("details") === event.target.closest("details"))) changed(row);
      });
    }
    overlay(state);
    for (const [name, value] of Object.entries(taken ? {} : state.drafts[page.page] || {})) {
      const one = form.querySelector(`.pupil [name="${CSS.escape(name)}"]`);
      if (one) one.type === "checkbox" ? (one.checked = value) : (one.value = value);
    }
    rows.forEach((row) => tellNew(row));
    document.getElementById("keys").hidden = false;
    show(state);
  }

  // A page that was kept does not know what still waits to be sent: lay it over.
  function overlay(state) {
    const slots = { work: "work", contact: "call", attendance: "word" };
    for (const one of state.queue.filter((item) => item.page === page.page).flatMap((item) => item.entries)) {
      const row = rowOf(one.pupil);
      if (!row) continue;
      const slot = slots[one.kind] || "presence";
      if (slot === "presence") taken = true;
      stands.get(row)[slot] = one.code === "withdrawn" ? null : one;
      row.dataset.waits = "yes";
    }
    if (untaken()) taken = false;
    for (const row of rows.filter((one) => one.dataset.waits)) {
      SLOTS.filter((slot) => slot !== "presence" || taken).forEach((slot) => fill(row, slot));
    }
    if (taken) {
      form.querySelector(".all .sure")?.remove();
      rows.filter((row) => !stands.get(row).presence).forEach((row) => fill(row, "presence"));
    }
  }

  function tellNew(row) {
    const how = field(row, "how");
    row.classList.toggle("unseen", Boolean(how) && how.value === "unseen" && (taken || Boolean(row.dataset.waits)));
    if (row.dataset.waits && taken) tell(row);
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
})();
