/**
 * Forms on the device: fetched when there is a line, sealed under the PIN with their lists, kept while a draft needs them.
 *
 * @module formstore
 */
import * as api from "./api.js";
import { list as draftList } from "./drafts.js";
import { kept, sealed, sealedJson, unsealed } from "./lock.js";
import { get, keys, write } from "./store.js";

const about = (id) => `form ${id}`;
const aboutFile = (id, name) => `form ${id} ${name}`;

/** Heads of all versions that lie here. @returns {Promise<any[]>} */
export async function list() {
  const ids = (await keys("forms")).filter((key) => !key.includes("/"));
  const found = await Promise.all(ids.map((id) => kept("forms", id, about(id))));
  return found.map(({ xml: _xml, ...head }) => head);
}

/** A version with its XForm and media; null where it is not here. @param {string} id */
export async function whole(id) {
  const form = await kept("forms", id, about(id));
  if (!form) return null;
  const media = {};
  for (const { name, kind } of form.media) {
    const found = await get("forms", `${id}/${name}`);
    if (found) media[name] = { kind, content: await unsealed(found.sealed, aboutFile(id, name)) };
  }
  return { ...form, media };
}

async function fetched(head) {
  const changes = [], xml = await api.form(head.id);
  for (const { id, name } of head.media) changes.push({ store: "forms", key: `${head.id}/${name}`, value: { sealed: await sealed(await api.media(id), aboutFile(head.id, name)) } });
  return [...changes, { store: "forms", key: head.id, value: { sealed: await sealedJson({ ...head, xml, isOpen: true }, about(head.id)) } }];
}

/** Take what is open now; what is closed stays only as long as a draft needs it. */
export async function refresh() {
  const { forms } = await api.forms();
  const here = new Map((await list()).map((form) => [form.id, form])), open = new Set(forms.map(({ id }) => id));
  for (const head of forms) {
    const old = here.get(head.id);
    if (!old || !old.isOpen || old.md5 !== head.md5 || JSON.stringify(old.media) !== JSON.stringify(head.media)) await write(await fetched(head));
  }
  const needed = new Set((await draftList()).map(({ version }) => version));
  for (const id of [...here.keys()].filter((each) => !open.has(each))) await close(id, needed.has(id));
}

async function close(id, isNeeded) {
  if (!isNeeded) return write((await keys("forms", id)).map((key) => ({ store: "forms", key })));
  const form = await kept("forms", id, about(id));
  return write([{ store: "forms", key: id, value: { sealed: await sealedJson({ ...form, isOpen: false }, about(id)) } }]);
}
