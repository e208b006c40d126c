/** Take a group along: what the server gives is sealed under the PIN at once, and the page that opens it is kept for a time without a line. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-take]");
  if (!form || !window.isSecureContext || !("serviceWorker" in navigator)) return;
  const pin = document.getElementById("pin"), again = document.getElementById("again"), fault = document.getElementById("take-fault");
  document.getElementById("no-script").hidden = true;
  form.hidden = false;

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    fault.textContent = "";
    if (!Lock.isFit(pin.value)) return stop(form.dataset.short, pin);
    if (pin.value !== again.value) return stop(form.dataset.differs, again);
    const go = form.querySelector("button");
    go.disabled = true;
    try {
      await take();
      location.assign(form.dataset.next);
    } catch (error) {
      go.disabled = false;
      stop(error.says ?? form.dataset.failed, pin);
    }
    return undefined;
  });
  const stop = (text, where) => { fault.textContent = text; where.focus(); };

  async function take() {
    const registration = await navigator.serviceWorker.register(form.dataset.worker, { scope: form.dataset.next });
    await ready(registration);
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), credentials: "same-origin", cache: "no-store" });
    if (!answer.headers.get("Content-Type")?.startsWith("application/json")) throw new Error("not ours");
    const told = await answer.json();
    if (!answer.ok) throw Object.assign(new Error("refused"), { says: told.says });
    const { code, public: spki, expires, half, ...base } = told;
    const { lock, key } = await Lock.choose(pin.value, half);
    const sealed = await Lock.sealed(base, key, `meeting|${code}|base`);
    await Store.write([["groups", { code, public: spki, expires, lock, base: sealed }]]);
    await navigator.storage?.persist?.();
  }

  function ready(registration) {
    const worker = registration.installing ?? registration.waiting;
    if (!worker) return undefined;
    return new Promise((done, failed) => {
      const look = () => { if (worker.state === "activated") done(); else if (worker.state === "redundant") failed(new Error("not kept")); };
      worker.addEventListener("statechange", look);
      look();
    });
  }
})();
