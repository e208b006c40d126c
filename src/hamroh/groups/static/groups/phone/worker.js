/* The page of the meeting without a line, for its own path and for nothing else. The server writes BUILD and FILES before it. */
const CACHE = `meeting-${self.BUILD}`, PAGE = "/desk/groups/meetings/phone/";

self.addEventListener("install", (event) => event.waitUntil(
  caches.open(CACHE).then((cache) => cache.addAll(self.FILES.map((path) => new Request(path, { cache: "no-cache" })))),
));
self.addEventListener("activate", (event) => event.waitUntil((async () => {
  const old = (await caches.keys()).filter((name) => name.startsWith("meeting-") && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
})()));
self.addEventListener("fetch", (event) => {
  const { request } = event, path = new URL(request.url).pathname;
  if (request.method !== "GET" || !self.FILES.includes(path) || (request.mode === "navigate" && path !== PAGE)) return;
  event.respondWith(caches.open(CACHE).then((cache) => cache.match(path)).then((found) => found ?? fetch(request)));
});
