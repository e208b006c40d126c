// Keep a copy on this phone: only after a press on "Keep", and gone after a press on "Remove" or on "Exit this page".
(() => {
  "use strict";
  const box = document.querySelector("[data-keep]");
  if (!box || !("serviceWorker" in navigator) || !("caches" in window)) return;
  const { kept, copy, worker, files } = box.dataset;
  const CACHE = "pages";
  const show = (name) => box.querySelectorAll("[data-when]").forEach((part) => { part.hidden = part.dataset.when !== name; });

  async function remove() {
    await caches.delete(CACHE);
    const registered = await navigator.serviceWorker.getRegistrations();
    await Promise.all(registered.map((each) => each.unregister()));
  }

  function running(registration) {
    const starting = registration.installing || registration.waiting;
    if (!starting) return null;
    return new Promise((resolve, reject) => starting.addEventListener("statechange", () => {
      if (starting.state === "activated") resolve();
      if (starting.state === "redundant") reject(new Error("the worker did not start"));
    }));
  }

  async function keep() {
    try {
      const page = await fetch(copy, { credentials: "omit", cache: "no-store" });
      if (!page.ok) throw new Error(String(page.status));
      const cache = await caches.open(CACHE);
      await cache.addAll(files.split(" "));
      await cache.put(kept, page);
      await running(await navigator.serviceWorker.register(worker, { scope: kept, updateViaCache: "none" }));
      show("kept");
    } catch {
      await remove();
      show("failed");
    }
    box.querySelector("[data-when]:not([hidden])").focus();
  }

  box.querySelector("[data-do=keep]")?.addEventListener("click", keep);
  box.querySelectorAll("[data-do=remove]").forEach((button) => button.addEventListener("click", async () => {
    await remove();
    show("removed");
    box.querySelector("[data-when=removed]").focus();
  }));

  // Exit works without a network, too: the copy is gone before the page is.
  addEventListener("hamroh:leave", remove);

  caches.has(CACHE).then((is) => show(is ? "kept" : "ready"));
})();
