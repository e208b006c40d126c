/**
 * The PIN: what is on the telephone is encrypted under a random key, and that key under one that is made of the PIN, slowly,
 * and of a random half that came from the server. The half can be used here and taken out by no script; without a line it is
 * good for some days, and the server gives a new one or does not.
 */
(() => {
  "use strict";
  const ROUNDS = 600_000, FREE_TRIES = 4, MOST_TRIES = 10;
  const text = new TextEncoder();
  const GCM = { name: "AES-GCM", length: 256 };
  const random = (size) => crypto.getRandomValues(new Uint8Array(size));
  const bytes = (hex) => Uint8Array.from(hex.match(/../g), (each) => parseInt(each, 16));

  /** Six signs at least, neither all the same nor a row. */
  function isFit(pin) {
    const signs = [...pin];
    const steps = new Set(signs.slice(1).map((sign, at) => sign.codePointAt(0) - signs[at].codePointAt(0)));
    return signs.length >= 6 && !(steps.size === 1 && [0, 1, -1].includes([...steps][0]));
  }

  async function slow(pin, salt, rounds) {
    const words = await crypto.subtle.importKey("raw", text.encode(pin.normalize("NFKC")), "PBKDF2", false, ["deriveBits"]);
    return crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds }, words, 256);
  }
  const half = (hex) => crypto.subtle.importKey("raw", bytes(hex), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  async function outer(kept, slowly) {
    const made = await crypto.subtle.sign("HMAC", kept, slowly);
    return crypto.subtle.importKey("raw", made, GCM, false, ["wrapKey", "unwrapKey"]);
  }

  /** A new lock of a PIN: what is stored, and the open key. */
  async function choose(pin, halfHex) {
    const salt = random(16), iv = random(12), kept = await half(halfHex);
    const fresh = await crypto.subtle.generateKey(GCM, true, ["encrypt", "decrypt"]);
    const around = await outer(kept, await slow(pin, salt, ROUNDS));
    const wrapped = await crypto.subtle.wrapKey("raw", fresh, around, { name: "AES-GCM", iv });
    const lock = { salt, rounds: ROUNDS, half: kept, iv, wrapped, tries: 0, again: 0 };
    return { lock, key: await unwrapped(lock, around) };
  }
  const unwrapped = (lock, around, out = false) =>
    crypto.subtle.unwrapKey("raw", lock.wrapped, around, { name: "AES-GCM", iv: lock.iv }, GCM, out, ["encrypt", "decrypt"]);

  const waits = (lock) => Math.max(0, Math.ceil((lock.again - Date.now()) / 1000));

  /** The open key of a group, or what stands against it: "wrong", "wait", "wiped". A try is counted before it is looked at. */
  async function open(group, pin) {
    const { lock } = group;
    if (waits(lock)) return { fault: "wait" };
    const tries = lock.tries + 1, over = tries - FREE_TRIES;
    if (tries > MOST_TRIES) return { fault: "wiped" };
    const counted = { ...lock, tries, again: over >= 0 ? Date.now() + Math.min(30_000 * 2 ** over, 3_600_000) : 0 };
    await Store.write([["groups", { ...group, lock: counted }]]);
    const slowly = await slow(pin, lock.salt, lock.rounds);
    try {
      const key = await unwrapped(lock, await outer(lock.half, slowly));
      const good = { ...group, lock: { ...lock, tries: 0, again: 0 } };
      await Store.write([["groups", good]]);
      return { key, group: good, slowly };
    } catch {
      return { fault: tries >= MOST_TRIES ? "wiped" : "wrong" };
    }
  }

  /** The same key under a new half; the old one is forgotten. */
  async function renewed(group, slowly, halfHex) {
    const kept = await half(halfHex), iv = random(12);
    const inner = await unwrapped(group.lock, await outer(group.lock.half, slowly), true);
    const wrapped = await crypto.subtle.wrapKey("raw", inner, await outer(kept, slowly), { name: "AES-GCM", iv });
    return { ...group, lock: { ...group.lock, half: kept, iv, wrapped } };
  }

  /** ``about`` is what it is and whose: it opens nowhere else. */
  async function sealed(value, key, about) {
    const iv = random(12), how = { name: "AES-GCM", iv, additionalData: text.encode(about) };
    return { iv, data: await crypto.subtle.encrypt(how, key, text.encode(JSON.stringify(value))) };
  }
  async function unsealed(kept, key, about) {
    const how = { name: "AES-GCM", iv: kept.iv, additionalData: text.encode(about) };
    return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(how, key, kept.data)));
  }

  // -- what is sent: sealed to the server's key, opened here by nobody

  const KIND = "hamroh-meeting-1";
  const base64 = (buffer) => btoa(Array.from(new Uint8Array(buffer), (each) => String.fromCharCode(each)).join(""));
  async function parcel(group, key, told) {
    const label = text.encode([KIND, group.code, key].join("\n")), iv = random(12);
    const spki = Uint8Array.from(atob(group.public), (sign) => sign.charCodeAt(0));
    const to = await crypto.subtle.importKey("spki", spki, { name: "RSA-OAEP", hash: "SHA-256" }, false, ["wrapKey"]);
    const fresh = await crypto.subtle.generateKey(GCM, true, ["encrypt"]);
    const wrapped = await crypto.subtle.wrapKey("raw", fresh, to, { name: "RSA-OAEP", label });
    const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: label }, fresh, text.encode(JSON.stringify(told)));
    return JSON.stringify({ kind: KIND, code: group.code, key, wrapped: base64(wrapped), iv: base64(iv), data: base64(data) });
  }

  self.Lock = { choose, isFit, open, parcel, renewed, sealed, unsealed, waits };
})();
