/**
 * The list: forms to fill, what is unfinished, what waits, what arrived.
 *
 * @module lists
 */
import { isReached } from "./api.js";
import * as drafts from "./drafts.js";
import { button, el, note, show, sure } from "./page.js";
import { language, say, when } from "./words.js";
import * as waiting from "./waiting.js";

/** @param {Record<string, string>} titles */
export const titleIn = (titles = {}) => titles[language()] ?? titles.ru ?? titles.en ?? Object.values(titles)[0] ?? "";

const line = (title, about, ...buttons) => el("li", {}, el("div", {}, el("b", {}, title), about && el("p", { class: "hint" }, about)), el("div", { class: "row" }, buttons));
const list = (rows) => el("ul", { class: "list tasks" }, rows);
const part = (key, ...children) => el("section", { class: "part", "aria-labelledby": key }, el("h2", { id: key }, say(key)), children);

function whyNot({ refused, tries }, isRevoked) {
  if (isRevoked) return say("fail_revoked");
  if (refused) return say("fail_refused", { code: refused });
  return tries ? say(isReached() ? "fail_later" : "fail_line") : "";
}

/** What waits, as it can be shown without a PIN: moments, no titles, and nothing to delete. */
export async function waits({ names = {}, isRevoked, isOpen = false, send, again }) {
  const rows = await waiting.list();
  const one = (row) => line(names[row.version] ?? say("finished_at", { when: when(row.at) }), [names[row.version] && say("finished_at", { when: when(row.at) }), whyNot(row, isRevoked)].filter(Boolean).join(" · "),
    isOpen && button("delete", () => sure("sure_waiting", async () => { await waiting.remove(row.key); again(); }), "quiet s", names[row.version]));
  return part("waiting", el("p", { "data-waits": rows.length }, rows.length ? say("waits", { n: rows.length }) : say("nothing_waits")), rows.length > 0 && [
    list(rows.map(one)),
    el("div", { class: "row" }, !isRevoked && button("send_now", send), button("to_file", saveFile, "quiet")),
    el("p", { class: "hint" }, say("to_file_says")),
  ]);
}

async function saveFile() {
  const address = URL.createObjectURL(await waiting.file());
  el("a", { href: address, download: `forms-${Date.now()}.hamroh` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** @param {any} state what main knows and can do */
export async function home(state) {
  const { forms, device, again, fill, refresh, lock, isRevoked, isUnknown } = state;
  const names = Object.fromEntries(forms.map(({ id, titles }) => [id, titleIn(titles)]));
  const [unfinished, arrived] = [await drafts.list(), await waiting.sent()];
  const draft = (row) => line(names[row.version] ?? "", say("saved_at", { when: when(row.at) }), button("go_on", () => fill(row.version, row.id), "", names[row.version]),
    button("delete", () => sure("sure_draft", async () => { await drafts.remove(row.id); again(); }), "quiet s", names[row.version]));
  const form = (row) => line(names[row.id], row.version, button("fill", () => fill(row.id), "", names[row.id]));
  const open = isRevoked ? [] : forms.filter(({ isOpen }) => isOpen);
  show(
    el("h1", {}, say("title")),
    isRevoked && note("risk", say("revoked")),
    isUnknown && !isRevoked && note("care", say("bring_again"), el("p", {}, el("a", { class: "btn s", href: "/fill/here/" }, say("bring_in")))),
    el("p", { class: "line", role: "status" }, say(isReached() ? "online" : "offline")),
    unfinished.length > 0 && part("drafts", list(unfinished.map(draft))),
    part("forms", open.length ? list(open.map(form)) : el("p", {}, say("no_forms")), button("refresh", refresh, "quiet s")),
    await waits({ ...state, names }),
    part("sent", arrived.length ? list(arrived.map((row) => line(names[row.version] ?? "", when(row.at)))) : el("p", {}, say("nothing_sent"))),
    el("p", { class: "row apart foot-of-list" }, el("span", { class: "hint" }, say("about_device", { name: device?.label || device?.code || "" })), button("lock", lock, "quiet s")),
  );
}
