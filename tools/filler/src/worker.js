/**
 * The service worker of `/fill/` and of nothing else: the page and its scripts without a line, and sending when it is back.
 *
 * The server writes `BUILD` and `FILES` before it. An edition is used until every window of it is closed, or until somebody
 * says that she takes the new one; unfinished forms lie in the database and belong to no edition.
 */
import { sendAll } from "./waiting.js";

const { BUILD, FILES } = self;
const CACHE = `filler-${BUILD}`;
const PAGE = "/fill/";

self.addEventListener("install", (event) => event.waitUntil(
  caches.open(CACHE).then((cache) => cache.addAll(FILES.map((path) => new Request(path, { cache: "no-cache" })))),
));

self.addEventListener("activate", (event) => event.waitUntil((async () => {
  const old = (await caches.keys()).filter((name) => name.startsWith("filler-") && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
})()));

self.addEventListener("message", ({ data }) => {
  if (data === "take-over") self.skipWaiting();
});

self.addEventListener("sync", (event) => {
  if (event.tag === "send") event.waitUntil(sendAll());
});

self.addEventListener("fetch", (event) => {
  const { request } = event, path = new URL(request.url).pathname;
  if (request.method !== "GET" || !FILES.includes(path) || (request.mode === "navigate" && path !== PAGE)) return;
  event.respondWith(caches.open(CACHE).then((cache) => cache.match(path)).then((found) => found ?? fetch(request)));
});
