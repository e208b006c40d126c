/**
 * The filler: forms that are filled in a browser, also without a line, and arrive sealed.
 *
 * @module main
 */
import "./filler.css";
import * as api from "./api.js";
import * as drafts from "./drafts.js";
import * as formstore from "./formstore.js";
import * as lists from "./lists.js";
import * as lock from "./lock.js";
import { choosePin, enterPin, notYet } from "./locking.js";
import { button, el, languages, note, show, tell } from "./page.js";
import { sealed } from "./sealing.js";
import { set, setting, write } from "./store.js";
import * as waiting from "./waiting.js";
import { choose, language, say, when } from "./words.js";

const SAVE_EVERY = 3_000, IDLE = 10 * 60_000, TRY_EVERY = 10_000;
const windows = "BroadcastChannel" in self ? new BroadcastChannel("filler") : null;
/** The form on the page, if any; `touched` is when somebody last did something. */
let open = null, touched = Date.now(), worker = null, shows = () => {};

/** Whatever page is shown now is shown again, in another language or with what changed. */
const again = () => {
  document.title = say("title");
  document.getElementById("brand").textContent = say("title");
  return shows();
};
const changed = () => { windows?.postMessage({}); };

// -- who we are ------------------------------------------------------------------------------------------------------

/** Ask the server who this device is; without a line what was known stays. */
async function askWho() {
  try {
    await set("device", await api.device());
    await set("revoked", false);
    await set("unknown", false);
  } catch (fault) {
    if (fault.code === "revoked") await set("revoked", true);
    if (fault.status === 401) await set("unknown", true);
  }
}

async function begin() {
  const device = await setting("device");
  if (!device && !(await setting("revoked"))) {
    shows = () => notYet(api.isReached() ? "not_here" : "no_line_yet");
  } else if (lock.isOpen()) {
    shows = home;
  } else if (await lock.exists()) {
    shows = async () => enterPin(opened, await lists.waits({ isRevoked: await setting("revoked"), send, again }));
  } else {
    shows = () => choosePin(opened);
  }
  languages(again);
  await again();
}

async function opened() {
  navigator.storage?.persist?.();
  await refresh({ quietly: true });
  shows = home;
  await shows();
}

// -- the list --------------------------------------------------------------------------------------------------------

async function home() {
  languages(again);
  const [forms, device, isRevoked] = [await formstore.list(), await setting("device"), await setting("revoked")];
  await lists.home({ forms, device, isRevoked, isUnknown: await setting("unknown"), isOpen: true, again, fill, refresh, send, lock: shut });
}

async function refresh({ quietly = false } = {}) {
  await askWho();
  await formstore.refresh().then(() => quietly || tell(say("fetched")), (fault) => { if (!(fault instanceof api.Refused)) throw fault; });
  if (!quietly) await again();
}

async function send() {
  const { arrived, fault } = await waiting.sendAll({ now: true });
  if (!arrived && fault) tell(say(fault.status === 0 ? "fail_line" : fault.code === "revoked" ? "fail_revoked" : "fail_later"));
  if (!arrived) await again();
}

/** Sending without being asked: when the line is back, when somebody looks, and now and then. */
const sendQuietly = (how) => waiting.sendAll(how);

/** Another window, the worker or this one says what happened. @param {MessageEvent} event */
function heard({ data: { arrived } }) {
  if (arrived) tell(arrived === 1 ? say("arrived") : say("arrived_n", { n: arrived }));
  const isTyping = document.querySelector("#pin")?.value;
  if (!open && !isTyping) again();
}

async function shut() {
  await leaveForm();
  lock.close();
  await begin();
}

// -- filling ---------------------------------------------------------------------------------------------------------

/** @param {string} version @param {string} [id] the draft that is gone on with */
async function fill(version, id) {
  const draft = id && (await drafts.restored(id).catch(() => null));
  if (id && !draft) { tell(say("draft_broken")); return again(); }
  const form = await formstore.whole(version);
  if (!form) { tell(say("no_form_here")); return again(); }
  const name = id ?? crypto.randomUUID(), release = await alone(name);
  if (!release) { tell(say("other_tab")); return again(); }
  const engine = await import("./filling.js");
  const keeper = new drafts.Keeper(name, version, draft?.files);
  const place = el("div", { class: "engine", "data-ready": "no" }), status = el("p", { class: "hint saved", role: "status" });
  languages(() => {});
  document.getElementById("langs").replaceChildren();
  show(el("p", { class: "row apart" }, button("back", async () => { await leaveForm(); await home(); }, "quiet s"), status), place);
  const { code: device } = await setting("device");
  const shown = engine.show(place, {
    form, device, draft: draft ?? null,
    onReady: () => {
      place.dataset.ready = "yes";
      if (!draft) keeper.xml = shown.now().xml; // nothing was said yet: nothing is kept
    },
    onFinished: (xml, files) => finish(engine.instanceOf(xml), xml, files),
  });
  open = { id: name, version, keeper, shown, status, release, timer: setInterval(save, SAVE_EVERY) };
}

/** Only one window fills a draft: two would write over each other. @returns {Promise<(() => void) | null>} what lets it go */
const alone = (id) => new Promise((resolve) => {
  navigator.locks.request(`draft-${id}`, { ifAvailable: true }, (mine) => {
    if (!mine) return resolve(null);
    return new Promise((release) => resolve(release));
  });
});

async function save() {
  if (!open || open.isFinished || !lock.isOpen()) return;
  const { keeper, shown, status } = open, now = shown.now();
  if (!now) return;
  try {
    if (await keeper.save(now)) status.textContent = say("autosaved", { when: when(Date.now()) });
    status.classList.remove("bad");
  } catch (fault) {
    status.textContent = say("not_saved");
    status.classList.add("bad");
    console.warn(fault.name);
  }
}

async function leaveForm() {
  if (!open) return;
  await save();
  const { shown, timer, release } = open;
  clearInterval(timer);
  shown.close();
  release();
  open = null;
}

/** Seal it, put it into the queue and remove the draft, all or nothing; then try to send. */
async function finish(instance, xml, files) {
  const { id, version, keeper, status, shown, timer, release } = open;
  open.isFinished = true;
  try {
    await keeper.last.catch(() => {});
    const device = await setting("device");
    const contents = await Promise.all(files.map(async (file) => ({ name: file.name, content: new Uint8Array(await file.arrayBuffer()) })));
    const made = await sealed({ device: device.code, version, instance, key: device.key }, [{ name: "xml", content: new TextEncoder().encode(xml) }, ...contents]);
    await write([...waiting.addition(made), ...(await drafts.removal(id))]);
  } catch (fault) {
    open.isFinished = false;
    status.textContent = say("not_saved");
    status.classList.add("bad");
    scrollTo(0, 0);
    console.warn(fault.name);
    return;
  }
  clearInterval(timer);
  shown.close();
  release();
  open = null;
  changed();
  worker?.sync?.register("send").catch(() => {});
  tell(say("kept_offline"));
  await again();
  await sendQuietly();
}

// -- the world outside -----------------------------------------------------------------------------------------------

function offerNewer(waitingWorker) {
  const place = document.getElementById("newer");
  place.replaceChildren(note("blue", say("newer"), button("take_newer", async () => {
    await save();
    waitingWorker.postMessage("take-over");
  }, "s")));
}

async function registerWorker() {
  let hadOne = Boolean(navigator.serviceWorker.controller);
  worker = await navigator.serviceWorker.register("/fill/worker.js", { scope: "/fill/", updateViaCache: "none" });
  if (worker.waiting && hadOne) offerNewer(worker.waiting);
  worker.addEventListener("updatefound", () => {
    const fresh = worker.installing;
    fresh?.addEventListener("statechange", () => { if (fresh.state === "installed" && navigator.serviceWorker.controller) offerNewer(fresh); });
  });
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (hadOne) save().then(() => location.reload());
    hadOne = true;
  });
}

const looked = async () => {
  if (document.visibilityState === "hidden") return save();
  if (lock.isOpen() && Date.now() - touched > IDLE) return shut();
  return sendQuietly();
};

function listen() {
  for (const name of ["pointerdown", "keydown", "input"]) addEventListener(name, () => { touched = Date.now(); }, { passive: true, capture: true });
  document.addEventListener("visibilitychange", looked);
  addEventListener("pagehide", save);
  addEventListener("online", async () => { if (!open) await again(); await sendQuietly({ now: true }); });
  addEventListener("offline", () => { if (!open && lock.isOpen()) again(); });
  windows?.addEventListener("message", heard);
  setInterval(() => { if (lock.isOpen() && Date.now() - touched > IDLE) shut(); }, 15_000);
  setInterval(sendQuietly, TRY_EVERY);
}

async function start() {
  choose((await setting("language")) ?? document.documentElement.lang);
  listen();
  registerWorker().catch((fault) => console.warn("no service worker:", fault.name));
  await askWho();
  await begin();
  await sendQuietly();
}

if (!self.isSecureContext || !crypto.subtle || !self.indexedDB || !navigator.serviceWorker || !navigator.locks) {
  choose(document.documentElement.lang);
  show(el("h1", {}, say("title")), note("risk", say("needs_more")));
} else {
  start();
}
export { language };
