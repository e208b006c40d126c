// Keys of the desk: ? shows them, and there they can be switched off. Never while somebody types.
(() => {
  "use strict";
  const keys = document.getElementById("keys");
  if (!keys || !keys.showModal) return;
  const work = keys.querySelector("input");
  const button = document.querySelector("[data-keys]");
  const NAME = "desk-keys";
  let went = 0;
  try { work.checked = localStorage.getItem(NAME) !== "off"; } catch { /* nothing may be kept here */ }
  work.addEventListener("change", () => { try { localStorage.setItem(NAME, work.checked ? "on" : "off"); } catch { /* the same */ } });
  button.hidden = false;
  button.addEventListener("click", () => keys.showModal());

  // the letter on the key, also where the keyboard writes Cyrillic
  const letter = ({ key, code }) => (/^[a-z]$/.test(key) ? key : /^\p{Script=Cyrillic}$/u.test(key) ? code.slice(3).toLowerCase() : key);

  addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, select, textarea, [contenteditable]");
    if (!work.checked || typing || event.ctrlKey || event.metaKey || event.altKey || keys.open || document.querySelector(".veil")) return;
    const pressed = letter(event);
    const link = event.timeStamp - went < 1500 && keys.querySelector(`[data-go="${CSS.escape(pressed)}"]`);
    went = pressed === "g" ? event.timeStamp : 0;
    if (link) link.click();
    else if (pressed === "?") keys.showModal();
    else if (pressed === "/") document.getElementById("desk-q").focus();
    else if (pressed === "l") document.querySelector("form[data-quick-lock]").requestSubmit();
    else return;
    event.preventDefault();
  });
})();
