// Keeps the pages of taking, and their scripts and sheet, open while the connection drops: for the day, no longer.
"use strict";

const BEGINS = "take-";
const today = () => BEGINS + new Date().toLocaleDateString("sv");

async function forget(all) {
  for (const name of await caches.keys()) {
    if (name.startsWith(BEGINS) && (all || name !== today())) await caches.delete(name);
  }
}

async function fresh(request) {
  try {
    const answer = await fetch(request);
    if (answer.ok) (await caches.open(today())).put(request.url, answer.clone());
    // Whoever is led elsewhere is signed out: what was kept of pupils goes.
    else if (answer.type === "opaqueredirect") await forget(true);
    // What is somebody else's by now, as a substitute's class when the days are over, is not kept either.
    else if (answer.status === 403) await (await caches.open(today())).delete(request.url, { ignoreVary: true });
    return answer;
  } catch (error) {
    const kept = await (await caches.open(today())).match(request.url, { ignoreVary: true });
    if (kept) return kept;
    throw error;
  }
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(forget(false).then(() => self.clients.claim())));
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  const scope = new URL(self.registration.scope).pathname;
  // take.js: of a page kept before its script was in parts.
  const ours = url.pathname.startsWith(scope) || /\/static\/(take\b.*\.js|desk\.css)$/.test(url.pathname);
  if (event.request.method === "GET" && url.origin === location.origin && ours) {
    event.respondWith(fresh(event.request));
  }
});
