// The screen lock: covers the page after a while without a hand on it, by a button, or by Shift three times.
// The server locks by itself, too; this file keeps what was typed, and works without it being asked.
(() => {
  "use strict";
  const template = document.getElementById("lock");
  if (!template) return;
  const { lock, here, seconds, title } = template.dataset;
  const own = document.title;
  let veil = null;
  let last = Date.now();
  let told = Date.now();
  let presses = [];

  function send(address, body) {
    const token = template.content.querySelector("[name=csrfmiddlewaretoken]").value;
    const headers = { Accept: "application/json", "X-CSRFToken": token };
    return fetch(address, { method: "POST", headers, body, credentials: "same-origin" });
  }

  function cover(tell) {
    if (veil) return;
    veil = template.content.firstElementChild.cloneNode(true);
    for (const form of veil.querySelectorAll("form")) form.addEventListener("submit", open);
    document.body.append(veil);
    document.body.classList.add("covered");
    document.title = title;
    veil.querySelector("input:not([type=hidden]), button").focus();
    if (tell) send(lock).catch(() => {});
  }

  // Some pages ask a second thing before they are seen again: the same shape, after the first answer.
  function next(form) {
    const again = veil.querySelector("form[data-again]");
    if (!again || form === again) return uncover();
    form.hidden = true;
    again.hidden = false;
    again.querySelector("input:not([type=hidden]), a").focus();
  }

  function uncover() {
    document.body.classList.remove("covered");
    document.title = own;
    veil.remove();
    veil = null;
    last = told = Date.now();
  }

  async function open(event) {
    event.preventDefault();
    const form = event.target;
    const fault = form.querySelector(".fault");
    try {
      const answer = await send(form.action, new FormData(form));
      if (answer.status === 204) return next(form);
      if (answer.status === 422) {
        fault.textContent = (await answer.json()).message;
        fault.hidden = false;
        return form.querySelector("input:not([type=hidden])")?.select();
      }
    } catch {
      // no line to the server: the page below asks it
    }
    form.submit();
  }

  function hand() {
    last = Date.now();
    if (!veil && last - told > 120000) {
      told = last;
      send(here).then((answer) => { if (answer.status === 401) cover(false); }).catch(() => {});
    }
  }

  for (const sign of ["keydown", "pointerdown", "scroll"]) addEventListener(sign, hand, { passive: true, capture: true });
  setInterval(() => { if (Date.now() - last > seconds * 1000) cover(true); }, 5000);

  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-quick-lock]")) return;
    event.preventDefault();
    cover(true);
  });

  addEventListener("keydown", (event) => {
    if (event.key !== "Shift") presses = [];
  });
  addEventListener("keyup", (event) => {
    if (event.key !== "Shift") return;
    const now = event.timeStamp;
    presses = presses.filter((then) => now - then < 5000).concat(now);
    if (presses.length === 3) cover(true);
  });

  // A page that the browser kept whole asks first whether its session still lets it be seen.
  addEventListener("pageshow", (event) => {
    if (event.persisted) send(here).then((answer) => { if (answer.status === 401) cover(false); });
  });
})();
