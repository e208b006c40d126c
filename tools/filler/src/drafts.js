/**
 * Unfinished forms: written every few seconds and whenever the page is put away, sealed under the PIN.
 *
 * @module drafts
 */
import { kept, sealed, sealedJson, unsealed } from "./lock.js";
import { all, get, keys, write } from "./store.js";

const about = (id) => `draft ${id}`;
const aboutFile = (id, name) => `draft ${id} ${name}`;

/** Drafts as the list shows them, the newest first. */
export async function list() {
  const found = (await all("drafts")).map(({ key, version, at }) => ({ id: key, version, at }));
  return found.sort((one, other) => other.at - one.at);
}

/** Writes one draft as it changes; knows which of its pictures lie there already. */
export class Keeper {
  /** @param {string} id @param {string} version @param {Map<string, File>} [files] pictures that are kept already */
  constructor(id, version, files = new Map()) {
    this.id = id;
    this.version = version;
    this.files = files;
    this.xml = "";
    this.last = Promise.resolve(false);
  }

  /**
   * Keep it if it changed, one after the other.
   *
   * @param {{ xml: string, files: File[], language: string }} now
   * @returns {Promise<boolean>} whether anything was new
   */
  save(now) {
    this.last = this.last.catch(() => {}).then(() => this.#written(now));
    return this.last;
  }

  async #written({ xml, files, language }) {
    const now = new Map(files.map((file) => [file.name, file]));
    const fresh = files.filter((file) => this.files.get(file.name) !== file);
    const gone = [...this.files.keys()].filter((name) => !now.has(name));
    if (xml === this.xml && !fresh.length && !gone.length) return false;
    const changes = gone.map((name) => ({ store: "draftfiles", key: `${this.id}/${name}` }));
    for (const file of fresh) {
      const value = { sealed: await sealed(await file.arrayBuffer(), aboutFile(this.id, file.name)), type: file.type };
      changes.push({ store: "draftfiles", key: `${this.id}/${file.name}`, value });
    }
    const value = { version: this.version, at: Date.now(), sealed: await sealedJson({ xml, language, files: [...now.keys()] }, about(this.id)) };
    await write([...changes, { store: "drafts", key: this.id, value }]);
    this.xml = xml;
    this.files = now;
    return true;
  }
}

/** A draft as the form engine takes it back; null where it does not open. @param {string} id */
export async function restored(id) {
  const [row, content] = [await get("drafts", id), await kept("drafts", id, about(id))];
  if (!content) return null;
  const data = new FormData(), files = new Map();
  data.set("xml_submission_file", new File([content.xml], "xml_submission_file", { type: "text/xml" }));
  for (const name of content.files) {
    const found = await get("draftfiles", `${id}/${name}`);
    const file = new File([await unsealed(found.sealed, aboutFile(id, name))], name, { type: found.type });
    files.set(name, file);
    data.set(name, file);
  }
  return { data, files, language: content.language, version: row.version };
}

/** The writes that remove a draft. @param {string} id */
export async function removal(id) {
  const files = (await keys("draftfiles", `${id}/`)).map((key) => ({ store: "draftfiles", key }));
  return [...files, { store: "drafts", key: id }];
}

/** @param {string} id */
export const remove = async (id) => write(await removal(id));
