/**
 * The pages before anything is seen: bring the browser in, choose a PIN, open with it, forget it.
 *
 * @module locking
 */
import * as lock from "./lock.js";
import { button, el, note, show } from "./page.js";
import { say } from "./words.js";

const field = (key, id) => el("div", { class: "field short" }, el("label", { for: id }, say(key)),
  el("input", { id, type: "password", autocomplete: "off", autocapitalize: "off", spellcheck: "false", required: true }));

/** A form of one step: what is wrong is said above its button, and what was typed stays. */
function asked(title, parts, press, submit, more = []) {
  const fault = el("p", { class: "fault", role: "alert" }), go = el("button", { class: "btn" }, say(press));
  const form = el("form", { onsubmit: async (event) => {
    event.preventDefault();
    go.disabled = true;
    go.textContent = say("opening");
    fault.textContent = (await submit()) ?? "";
    go.disabled = false;
    go.textContent = say(press);
  } }, parts, fault, el("p", {}, go));
  show(el("h1", {}, say(title)), form, more);
  form.querySelector("input").focus();
}

/** @param {() => void} opened */
export function choosePin(opened) {
  const value = (id) => document.getElementById(id).value;
  asked("choose_pin", [el("p", {}, say("why_pin")), field("pin", "pin"), field("pin_again", "again")], "keep_pin", async () => {
    if (!lock.isFit(value("pin"))) return say("pin_short");
    if (value("pin") !== value("again")) return say("pin_differs");
    await lock.choose(value("pin"));
    return opened();
  });
}

/** @param {() => void} opened @param {any} waits what waits, which is said without a PIN */
export function enterPin(opened, waits) {
  const forgot = el("details", {}, el("summary", {}, say("forgot")), el("p", {}, say("forgot_says")),
    button("delete_drafts", async () => { await lock.forgetAll(); choosePin(opened); }, "danger"));
  asked("enter_pin", [field("pin", "pin")], "open", async () => {
    const seconds = await lock.mustWait();
    if (seconds) return say("pin_wait", { n: seconds });
    if (!(await lock.open(document.getElementById("pin").value))) return say("pin_wrong");
    return opened();
  }, [waits, forgot]);
}

/** @param {string} key why nothing can be filled */
export function notYet(key) {
  show(el("h1", {}, say("title")), note("care", say(key)), key === "not_here" && el("p", {}, el("a", { class: "btn", href: "/fill/here/" }, say("bring_in"))));
}
