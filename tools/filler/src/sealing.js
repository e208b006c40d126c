/**
 * Seals a finished form to its organisation: a fresh AES key for each form, wrapped by the organisation's public RSA key.
 *
 * What is bound: the device, the version of the form, the name of the instance, how many parts there are, and which part it
 * is. Nobody opens it here again; the server takes it only where all of that agrees.
 *
 * @module sealing
 */
export const KIND = "hamroh-filler-1";
const text = new TextEncoder();

/** @param {Uint8Array} bytes */
export const base64 = (bytes) => btoa(Array.from(bytes, (each) => String.fromCharCode(each)).join(""));
const fromBase64 = (line) => Uint8Array.from(atob(line), (sign) => sign.charCodeAt(0));

/** @param {{ device: string, version: string, instance: string, parts: number }} head @param {number} [number] */
const bound = (head, number) => text.encode([KIND, head.device, head.version, head.instance, head.parts, ...(number === undefined ? [] : [number])].join("\n"));

/** A part: the length of its name in two bytes, its name, its content. @param {string} name @param {Uint8Array} content */
function named(name, content) {
  const label = text.encode(name), part = new Uint8Array(2 + label.length + content.length);
  new DataView(part.buffer).setUint16(0, label.length);
  part.set(label, 2);
  part.set(content, 2 + label.length);
  return part;
}

/**
 * @param {{ device: string, version: string, instance: string, key: { code: string, public: string } }} about
 * @param {{ name: string, content: Uint8Array }[]} files the filled form first
 * @returns {Promise<{ head: object, parts: Uint8Array[] }>} each part begins with its twelve bytes of nonce
 */
export async function sealed(about, files) {
  const head = { kind: KIND, device: about.device, version: about.version, instance: about.instance, key: about.key.code, parts: files.length };
  const to = await crypto.subtle.importKey("spki", fromBase64(about.key.public), { name: "RSA-OAEP", hash: "SHA-256" }, false, ["wrapKey"]);
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, true, ["encrypt"]);
  const wrapped = await crypto.subtle.wrapKey("raw", key, to, { name: "RSA-OAEP", label: bound(head) });
  const parts = [];
  for (const [number, { name, content }] of files.entries()) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: bound(head, number) }, key, named(name, content));
    const part = new Uint8Array(12 + data.byteLength);
    part.set(iv);
    part.set(new Uint8Array(data), 12);
    parts.push(part);
  }
  return { head: { ...head, wrapped: base64(new Uint8Array(wrapped)) }, parts };
}
