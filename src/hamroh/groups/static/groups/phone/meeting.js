/** The page itself: which groups are here, the PIN, a meeting that is kept after every touch, and sending when there is a line. */
(() => {
  "use strict";
  const { button, el, field, home, input, say, screens, show, tell } = Screens;
  const IDLE = 5 * 60_000;
  let page = null, key = null, idle = 0;
  let keeping = Promise.resolve();
  const about = (code, what) => `meeting|${code}|${what}`;

  // -- kept after every touch: one write after the other, each with the parcel that would be sent

  function keep() {
    const { group, state } = page, open = key, told = structuredClone(state), base = page.base;
    keeping = keeping.then(async () => {
      const draft = await Lock.sealed(told, open, about(group.code, "draft"));
      const body = await Lock.parcel(group, told.key, Meeting.told(base, told));
      const stored = await Store.get("groups", group.code);
      if (!stored) return;
      await Store.write([["groups", { ...stored, draft, draftKey: told.key }], ["waiting", { key: told.key, code: group.code, body, ready: told.closed }]]);
    }).catch(() => tell(say("not_kept"), "danger"));
    return keeping;
  }

  function lock() {
    page = key = null;
    clearTimeout(idle);
    tell("");
    return start();
  }
  function stir() {
    clearTimeout(idle);
    if (page) idle = setTimeout(lock, IDLE);
  }
  for (const each of ["pointerdown", "keydown"]) addEventListener(each, stir);
  document.addEventListener("visibilitychange", () => { if (document.hidden && page) idle = setTimeout(lock, 60_000); else stir(); });

  // -- the PIN

  function askPin(group) {
    const pin = field("pin", say("pin"), input({ type: "password", inputmode: "numeric" }));
    const go = el("button", { class: "btn" }, say("open"));
    async function opened(event) {
      event.preventDefault();
      const seconds = Lock.waits((await Store.get("groups", group.code))?.lock ?? { again: 0 });
      if (seconds) return pin.fault(say("pin_wait", { n: seconds }));
      go.disabled = true;
      const answer = await Lock.open(await Store.get("groups", group.code), pin.input.value);
      go.disabled = false;
      pin.input.value = "";
      if (answer.fault === "wiped") { await Store.wipe(group.code); tell(say("wiped"), "care"); return start(); }
      if (answer.fault) return pin.fault(answer.fault === "wait" ? say("pin_wait", { n: 30 }) : say("pin_wrong"));
      return enter(answer);
    }
    const forgot = el("details", {}, el("summary", {}, say("forgot")), el("p", {}, say("forgot_says")), button(say("forget"), () => forget(group.code), "danger"));
    show(el("h1", {}, say("title")), el("p", { class: "soft" }, say("until", { day: group.expires.slice(0, 10) })), el("form", { novalidate: true, onsubmit: opened }, pin.whole, el("p", {}, go)), forgot);
    pin.input.focus();
  }

  /** Some days more where the server gives them; without a line the days that are left. */
  async function renewed(opened) {
    const answer = navigator.onLine ? await Sending.ask(opened.group.code, "PUT").catch(() => null) : null;
    if (answer?.status === 403) { await Sending.forget(opened.group.code); tell(say("called_back"), "care"); return null; }
    if (!answer?.ok) return opened.group;
    const told = await answer.json(), group = { ...(await Lock.renewed(opened.group, opened.slowly, told.half)), expires: told.expires };
    await Store.write([["groups", group]]);
    return group;
  }

  async function enter(opened) {
    const group = await renewed(opened);
    if (!group) return start();
    key = opened.key;
    const base = await Lock.unsealed(group.base, key, about(group.code, "base"));
    const state = group.draft ? await Lock.unsealed(group.draft, key, about(group.code, "draft")) : null;
    const LANG = document.documentElement.lang;
    page = { group, base, state, keep, lock, forget: () => forget(group.code), finish, called: base.names[LANG] ?? base.names.en ?? Object.values(base.names)[0] ?? "" };
    page.home = () => home(page, (name) => (page.state.closed && name !== "close" ? reopen() : screens[name](page)));
    stir();
    if (state) return page.home();
    return askDay(base);
  }

  function askDay(base) {
    const today = new Date(Date.now() - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
    const day = field("day", say("which_day"), el("input", { type: "date", value: today }));
    const begin = async (event) => {
      event.preventDefault();
      if (!/^\d{4}-\d\d-\d\d$/.test(day.input.value)) return day.fault(say("which_day"));
      const state = Meeting.empty(base, day.input.value);
      page.state = state;
      page.home = () => home(page, (name) => (page.state.closed && name !== "close" ? reopen() : screens[name](page)));
      await keep();
      return page.home();
    };
    show(el("h1", {}, say("meeting_n", { n: base.meeting })), el("form", { novalidate: true, onsubmit: begin }, day.whole, el("p", {}, el("button", { class: "btn" }, say("begin")))), el("p", {}, button(say("lock"), lock, "quiet")));
  }

  async function reopen() {
    page.state.closed = false;
    await keep();
    page.home();
  }

  async function finish() {
    await keep();
    tell(say("kept"), "done");
    await deliver();
    return page?.home();
  }

  async function deliver() {
    await keeping;
    const told = await Sending.send();
    if (page && !(await Store.get("groups", page.group.code))) { page = key = null; }
    if (told.sent) tell(say("sent"), "done");
    else if (told.forgotten) tell(say("called_back"), "care");
    else if (told.left) tell(told.fault === "401" ? say("unknown") : say("waits"), "care");
    if (!page && (told.sent || told.forgotten)) await start();
  }

  async function forget(code) {
    if (!confirm(say("forget_sure"))) return;
    await Sending.forget(code);
    page = key = null;
    tell(say("wiped"), "done");
    start();
  }

  async function start() {
    await Sending.expire();
    const groups = await Store.all("groups"), waiting = (await Store.all("waiting")).filter((each) => each.ready);
    if (waiting.length && !page) tell(say("waits"), "care");
    if (groups.length === 1) return askPin(groups[0]);
    const list = groups.map((group) => el("li", {}, button(`${group.code} · ${say("until", { day: group.expires.slice(0, 10) })}`, () => askPin(group), "quiet")));
    return show(el("h1", {}, say("title")), groups.length ? el("ul", { class: "list" }, list) : el("p", {}, say("nothing_here")));
  }

  navigator.locks.request("meeting-page", { ifAvailable: true }, async (held) => {
    if (!held) return show(el("h1", {}, say("title")), el("p", { class: "note care" }, say("other_window")));
    await start();
    addEventListener("online", deliver);
    // a line comes back without a word on many telephones: what waits is tried again and again
    setInterval(async () => { if ((await Store.all("waiting")).some((each) => each.ready)) deliver(); }, 10_000);
    setInterval(async () => { await Sending.expire(); if (page && !(await Store.get("groups", page.group.code))) lock(); }, 60_000);
    if (navigator.onLine) deliver();
    return new Promise(() => {});
  });
})();
