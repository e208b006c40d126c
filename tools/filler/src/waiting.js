/**
 * Finished forms that wait for a line: sent one after the other, each once, by whichever window comes first.
 *
 * The page and the service worker both use it: what it touches is sealed, so no PIN is needed.
 *
 * @module waiting
 */
import * as api from "./api.js";
import { KIND, base64 } from "./sealing.js";
import { all, get, keys, set, write } from "./store.js";

/** How much one request carries besides the filled form itself: little, so that a poor line gets on. */
const TOGETHER = 2 * 2 ** 20;
const SENT_KEPT = 50;
/** After this many seconds it is tried again, twice as long each time, at most a quarter of an hour. */
const FIRST_PAUSE = 5, LONGEST_PAUSE = 900;
/** Every window hears what arrived, whoever sent it. */
const windows = "BroadcastChannel" in self ? new BroadcastChannel("filler") : null;

export async function list() {
  return (await all("waiting")).sort((one, other) => one.at - other.at);
}

export async function sent() {
  return (await all("sent")).sort((one, other) => other.at - one.at);
}

/** The writes that put a sealed form into the queue. @param {{ head: any, parts: Uint8Array[] }} sealed */
export function addition({ head, parts }) {
  const value = { head, version: head.version, at: Date.now(), tries: 0, again: 0, refused: "", size: parts.reduce((sum, part) => sum + part.length, 0) };
  const pieces = parts.map((part, number) => ({ store: "parts", key: `${head.instance}/${number}`, value: { part } }));
  return [...pieces, { store: "waiting", key: head.instance, value }];
}

const removal = async (instance) => [
  ...(await keys("parts", `${instance}/`)).map((key) => ({ store: "parts", key })),
  { store: "waiting", key: instance },
];

/** @param {string} instance */
export const remove = async (instance) => write(await removal(instance));

/** Requests that together carry the form: each has the filled form, and some of what lies beside it. */
async function loads({ head }) {
  const parts = [];
  for (let number = 0; number < head.parts; number += 1) parts.push((await get("parts", `${head.instance}/${number}`)).part);
  const found = [new Map([[0, parts[0]]])];
  let size = 0;
  for (const [at, part] of parts.slice(1).entries()) {
    if (size && size + part.length > TOGETHER) {
      found.push(new Map([[0, parts[0]]]));
      size = 0;
    }
    found.at(-1).set(at + 1, part);
    size += part.length;
  }
  return found;
}

async function arrived(row) {
  const old = (await sent()).slice(SENT_KEPT - 1).map(({ key }) => ({ store: "sent", key }));
  await write([...(await removal(row.key)), ...old, { store: "sent", key: row.key, value: { version: row.version, at: Date.now() } }]);
}

async function failed(row, fault) {
  const { key, ...value } = row, tries = row.tries + 1;
  const isForGood = fault.status >= 400 && fault.status < 500 && ![401, 403, 408, 413, 429].includes(fault.status);
  const pause = Math.min(FIRST_PAUSE * 2 ** tries, LONGEST_PAUSE) * (0.8 + Math.random() * 0.4);
  await write([{ store: "waiting", key, value: { ...value, tries, again: Date.now() + pause * 1000, refused: isForGood || fault.status === 413 ? fault.code : "" } }]);
}

/**
 * Send what is due. Another window that sends already is left to it.
 *
 * @param {{ now?: boolean }} [how] `now` tries everything, also what was refused before
 * @returns {Promise<{ arrived: number, fault: api.Refused | null }>}
 */
export async function sendAll({ now = false } = {}) {
  return navigator.locks.request("sending", { ifAvailable: !now }, async (mine) => (mine ? sentEach(now) : { arrived: 0, fault: null }));
}

async function sentEach(now) {
  let count = 0, last = null;
  for (const row of await list()) {
    if (!now && (row.refused || row.again > Date.now())) continue;
    try {
      for (const parts of await loads(row)) await api.send(row.head, parts);
      await arrived(row);
      count += 1;
    } catch (fault) {
      if (!(fault instanceof api.Refused)) throw fault;
      last = fault;
      await failed(row, fault);
      if (fault.code === "revoked") await set("revoked", true);
      if (fault.status === 0 || fault.status === 401 || fault.status === 403) break;
    }
  }
  if (count) windows?.postMessage({ arrived: count });
  return { arrived: count, fault: last };
}

/** Everything that waits as one file, sealed as it lies here: for the way by hand where no line comes. @returns {Promise<Blob>} */
export async function file() {
  const packages = [];
  for (const { head } of await list()) {
    const parts = [];
    for (let number = 0; number < head.parts; number += 1) parts.push(base64((await get("parts", `${head.instance}/${number}`)).part));
    packages.push({ head, parts });
  }
  return new Blob([JSON.stringify({ kind: KIND, packages })], { type: "application/json" });
}
