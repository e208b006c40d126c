/**
 * The PIN: what is not finished is encrypted under a random key, and that key under one derived from the PIN.
 *
 * The open key lives in this page's memory alone, cannot be exported by script, and is forgotten when the page is closed,
 * locked or left alone.
 *
 * @module lock
 */
import { get, keys, set, setting, write } from "./store.js";

/** Rounds of PBKDF2 with SHA-256: the slow way from a PIN to a key that browsers offer. */
const ROUNDS = 600_000;
/** So many wrong tries are free; then each waits twice as long as the one before. */
const FREE_TRIES = 5;
const text = new TextEncoder();
/** @type {CryptoKey | null} */
let key = null;

export const isOpen = () => key !== null;
export const exists = async () => Boolean(await setting("lock"));
export const close = () => { key = null; };

/** Whether a PIN is worth anything: six signs that are neither one sign nor a row. @param {string} pin */
export function isFit(pin) {
  const signs = [...pin];
  const steps = new Set(signs.slice(1).map((sign, at) => sign.codePointAt(0) - signs[at].codePointAt(0)));
  const isRow = steps.size === 1 && [0, 1, -1].includes([...steps][0]);
  return signs.length >= 6 && !isRow;
}

async function derived(pin, salt, rounds) {
  const words = await crypto.subtle.importKey("raw", text.encode(pin.normalize("NFKC")), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds };
  return crypto.subtle.deriveKey(how, words, { name: "AES-GCM", length: 256 }, false, ["wrapKey", "unwrapKey"]);
}

/** Choose a PIN; what was under another one is gone. @param {string} pin */
export async function choose(pin) {
  const salt = crypto.getRandomValues(new Uint8Array(16)), iv = crypto.getRandomValues(new Uint8Array(12));
  const fresh = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, true, ["encrypt", "decrypt"]);
  const outer = await derived(pin, salt, ROUNDS);
  const wrapped = new Uint8Array(await crypto.subtle.wrapKey("raw", fresh, outer, { name: "AES-GCM", iv }));
  await forgetAll();
  await set("lock", { salt, iv, wrapped, rounds: ROUNDS, tries: 0, again: 0 });
  key = await unwrapped({ wrapped, iv }, outer);
}

/** The key itself, which no script can take out of the browser any more. */
const unwrapped = ({ wrapped, iv }, outer) => crypto.subtle.unwrapKey("raw", wrapped, outer, { name: "AES-GCM", iv }, { name: "AES-GCM" }, false, ["encrypt", "decrypt"]);

/** Remove everything that only the PIN opens; what waits to be sent stays. */
export async function forgetAll() {
  const gone = [];
  for (const store of ["forms", "drafts", "draftfiles"]) for (const each of await keys(store)) gone.push({ store, key: each });
  await write([...gone, { store: "settings", key: "lock" }]);
  close();
}

/** Seconds to wait before the next try. */
export async function mustWait() {
  const { again = 0 } = (await setting("lock")) ?? {};
  return Math.max(0, Math.ceil((again - Date.now()) / 1000));
}

/** Whether the PIN opened it. A try is counted before it is looked at. @param {string} pin */
export async function open(pin) {
  const lock = await setting("lock");
  if (await mustWait()) return false;
  const tries = lock.tries + 1, over = tries - FREE_TRIES;
  await set("lock", { ...lock, tries, again: over >= 0 ? Date.now() + Math.min(30_000 * 2 ** over, 3_600_000) : 0 });
  const outer = await derived(pin, lock.salt, lock.rounds);
  try {
    key = await unwrapped(lock, outer);
  } catch {
    return false;
  }
  await set("lock", { ...lock, tries: 0, again: 0 });
  return true;
}

/** @param {BufferSource} content @param {string} about what it is and where it lies: it opens nowhere else */
export async function sealed(content, about) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: text.encode(about) }, key, content);
  return { iv, data: new Uint8Array(data) };
}

/** @param {{ iv: Uint8Array, data: Uint8Array }} kept @param {string} about */
export async function unsealed(kept, about) {
  const how = { name: "AES-GCM", iv: kept.iv, additionalData: text.encode(about) };
  return new Uint8Array(await crypto.subtle.decrypt(how, key, kept.data));
}

/** @param {any} value @param {string} about */
export const sealedJson = (value, about) => sealed(text.encode(JSON.stringify(value)), about);

/** @param {string} store @param {string} name @param {string} about */
export async function kept(store, name, about) {
  const found = await get(store, name);
  return found ? JSON.parse(new TextDecoder().decode(await unsealed(found.sealed, about))) : null;
}
