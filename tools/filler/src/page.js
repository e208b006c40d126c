/**
 * Small things to build pages of: elements, buttons, fields, notes. Words of people are set as text, never as markup.
 *
 * @module page
 */
import { LANGUAGES, choose, language, say } from "./words.js";
import { set } from "./store.js";

/** @param {string} tag @param {Record<string, any>} [about] attributes; `on…` are listeners @param {...any} children */
export function el(tag, about = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(about)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value != null) made.setAttribute(name, value);
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== false));
  return made;
}

/** @param {string} key @param {() => any} press @param {string} [kind] @param {string} [about] what it is done to, for who only hears it */
export function button(key, press, kind = "", about = "") {
  const made = el("button", { type: "button", class: `btn ${kind}`, onclick: async () => {
    made.disabled = true;
    try { await press(); } finally { made.disabled = false; }
  } }, say(key), about && el("span", { class: "vh" }, `: ${about}`));
  return made;
}

/** @param {string} kind @param {...any} children */
export const note = (kind, ...children) => el("div", { class: `note ${kind}` }, children.map((child) => (typeof child === "string" ? el("p", {}, child) : child)));

let said = "";
/** Said on the next page that is shown, and read out. @param {string} text */
export const tell = (text) => { said = text; };

/** Show a page: its heading gets the focus, so that it is read out. @param {...any} children */
export function show(...children) {
  const main = document.getElementById("main");
  main.replaceChildren(...children.flat(Infinity).filter((child) => child !== null && child !== false));
  const place = document.getElementById("said");
  place.replaceChildren(...(said ? [note("blue", said)] : []));
  said = "";
  scrollTo(0, 0);
}

/** Languages of the page's own words; a form's questions have their own choice. @param {() => void} again */
export function languages(again) {
  const place = document.getElementById("langs");
  place.replaceChildren(...LANGUAGES.map(([code, name]) => el("button", {
    type: "button", lang: code, "aria-current": code === language() && "true", title: name, "aria-label": name,
    onclick: async () => { choose(code); await set("language", code); again(); },
  }, code === language() ? name : code)));
}

/** A question before something is lost; the answer that loses nothing comes first. @param {string} key @param {() => any} lose */
export function sure(key, lose) {
  const box = el("dialog", { class: "sure", "aria-label": say(key), onclose: () => box.remove() }, el("p", {}, say(key)),
    el("div", { class: "row" }, button("keep", () => box.close(), "quiet"), button("yes_delete", async () => { await lose(); box.close(); }, "danger")));
  document.body.append(box);
  box.showModal();
}
