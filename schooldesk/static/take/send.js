// Sends what waits, in order, and keeps the page itself so that it opens again without a connection.
import { keep, kept, status } from "./kept.js";
import { form, stage } from "./page.js";

const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
let busy = false;

export async function send() {
  if (busy) return;
  busy = true;
  // What one class refuses (it is somebody else's now) must not hold up what waits behind it.
  const held = new Set();
  let stopped = false;
  try {
    stopped = await sendAll(held);
  } catch {
    // The connection dropped: it is tried again.
  } finally {
    busy = false;
  }
  if (stopped || held.size) status.textContent += ` ${status.dataset.anew}`;
  else if (stage.sent && !kept().queue.length) remember();
}

// Whether the desk's answer stopped the sending; the addresses that refuse this person are held back.
async function sendAll(held) {
  const next = () => kept().queue.find((one) => !held.has(one.url));
  for (let item = next(); item; item = next()) {
    const answer = await post(item);
    if (answer.ok) {
      stage.sent = true;
      keep((state) => settle(state, item));
    } else if (answer.status === 404 || answer.status === 409 || answer.status === 422) {
      await refuse(item, answer);
    } else if (answer.status === 403) {
      held.add(item.url);
    } else return true;
  }
  return false;
}

const post = (item) =>
  fetch(item.url, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    body: JSON.stringify({ step: item.step, entries: item.entries }),
    redirect: "manual",
  });

async function refuse(item, answer) {
  // A class that is there no more is a refusal too: it must not hold up what waits behind it.
  const words = answer.status === 404 ? { said: status.dataset.gone } : await answer.json();
  const why = [words.said, ...(words.findings || []).map((one) => one.said)].join(" ");
  keep((state) => {
    settle(state, item);
    state.refused.push({ ...item, said: why });
  });
}

function settle(state, item) {
  state.queue = state.queue.filter((one) => one.step !== item.step);
}

// Keep this page as it is now for the day, so that it opens again without a connection.
export async function remember() {
  if (!("caches" in window)) return;
  const name = `take-${new Date().toLocaleDateString("sv")}`;
  const parts = [...document.querySelectorAll("script[src], link[rel=modulepreload], link[rel=stylesheet]")];
  try {
    await (await caches.open(name)).addAll([location.href, ...parts.map((one) => one.src || one.href)]);
    document.documentElement.dataset.kept = "yes";
  } catch {
    // Without a connection there is nothing newer to keep.
  }
}
