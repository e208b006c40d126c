// An answer leaves this page only when the server has it. Until then it stands in the page's memory and nowhere else.
(() => {
  "use strict";
  const form = document.querySelector("form[data-keeps]");
  if (!form) return;
  const offline = form.querySelector("[data-offline]");
  const ended = form.querySelector("[data-ended]");
  let waiting = null; // what was not sent yet
  let hidden = null; // what was typed, while the screen is locked
  let again = 0;

  const show = (part, on) => { part.hidden = !on; };
  const typed = () => [...form.elements].filter((field) => field.name && !["hidden", "submit"].includes(field.type) && field.type !== "fieldset");

  function wipe() {
    waiting = hidden = null;
    for (const field of typed()) if ("checked" in field && /checkbox|radio/.test(field.type)) field.checked = false; else field.value = "";
  }

  async function send() {
    clearTimeout(again);
    if (!waiting || hidden) return;
    const body = waiting;
    let answer;
    try {
      answer = await fetch(form.action, { method: "POST", body, headers: { "X-Keeps": "1" }, credentials: "same-origin", cache: "no-store" });
      if (answer.status >= 500) throw new Error(String(answer.status));
    } catch {
      show(offline, true);
      again = setTimeout(send, 4000);
      return;
    }
    show(offline, false);
    if (answer.redirected && new URL(answer.url).pathname.startsWith("/accounts/")) {
      wipe();
      show(ended, true);
      return;
    }
    waiting = null;
    if (answer.ok && answer.headers.get("Content-Type")?.startsWith("application/json")) {
      location.assign((await answer.json()).next);
      return;
    }
    if (answer.redirected) return location.assign(answer.url);
    HTMLFormElement.prototype.submit.call(withAnswer(body)); // what is to be put right is said by the page of the server
  }

  function withAnswer(body) {
    const pressed = body.get("answer");
    if (pressed) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "answer", value: pressed }));
    return form;
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    waiting = new FormData(form);
    if (event.submitter?.name) waiting.set(event.submitter.name, event.submitter.value);
    send();
  });
  addEventListener("online", send);

  // Under the lock nothing typed stands in the page.
  new MutationObserver(() => {
    const covered = document.body.classList.contains("covered");
    if (covered && !hidden) {
      hidden = typed().map((field) => [field, field.value, field.checked]);
      for (const [field] of hidden) if (/checkbox|radio/.test(field.type)) field.checked = false; else field.value = "";
    } else if (!covered && hidden) {
      for (const [field, value, checked] of hidden) if (/checkbox|radio/.test(field.type)) field.checked = checked; else field.value = value;
      hidden = null;
      send();
    }
  }).observe(document.body, { attributes: true, attributeFilter: ["class"] });
  addEventListener("pagehide", wipe);
})();
