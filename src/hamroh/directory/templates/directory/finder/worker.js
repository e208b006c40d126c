// Answers for the kept page alone, also without a network; a copy older than 30 days removes itself when it is opened.
"use strict";
const CACHE = "pages";
const KEEP_MS = 30 * 24 * 3600 * 1000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

async function answer(request) {
  const cache = (await caches.has(CACHE)) ? await caches.open(CACHE) : null;
  const found = cache && await cache.match(request, { ignoreSearch: true, ignoreVary: true });
  const old = found && Date.now() - Date.parse(found.headers.get("Date") || 0) > KEEP_MS;
  if (found && !old) return found;
  if (request.mode === "navigate") {
    await caches.delete(CACHE);
    await self.registration.unregister();
  }
  return fetch(request);
}

self.addEventListener("fetch", (event) => {
  if (event.request.method === "GET") event.respondWith(answer(event.request));
});
