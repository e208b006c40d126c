/**
 * What the browser keeps, in IndexedDB. Nothing that somebody answered lies here in the clear.
 *
 * `settings`   lock, device, language
 * `forms`      form versions with their lists and pictures, sealed under the PIN
 * `drafts`     unfinished forms, `draftfiles` their pictures, sealed under the PIN
 * `waiting`    finished forms, `parts` their pieces, sealed to the organisation: nobody opens them here
 * `sent`       name and moment of what arrived
 *
 * @module store
 */
const NAME = "hamroh-filler";
const STORES = ["settings", "forms", "drafts", "draftfiles", "waiting", "parts", "sent"];
let opened = null;

/** @returns {Promise<IDBDatabase>} */
function database() {
  opened ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => STORES.forEach((name) => asked.result.createObjectStore(name));
    asked.onsuccess = () => {
      asked.result.onversionchange = () => asked.result.close();
      resolve(asked.result);
    };
    asked.onerror = () => reject(asked.error);
  });
  return opened;
}

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
const answered = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

/** @param {string} store @param {string} key */
export async function get(store, key) {
  return answered((await database()).transaction(store).objectStore(store).get(key));
}

/** All values of a store, each with its key as `key`. @param {string} store */
export async function all(store) {
  const from = (await database()).transaction(store).objectStore(store);
  const [keys, values] = await Promise.all([answered(from.getAllKeys()), answered(from.getAll())]);
  return keys.map((key, at) => ({ key, ...values[at] }));
}

/** Keys of a store that begin with a name. @param {string} store @param {string} [begins] */
export async function keys(store, begins = "") {
  const range = begins ? IDBKeyRange.bound(begins, `${begins}\uffff`) : null;
  return answered((await database()).transaction(store).objectStore(store).getAllKeys(range));
}

/**
 * Several writes as one: all are kept or none.
 *
 * @param {{ store: string, key: string, value?: any }[]} changes without a value the key is removed
 */
export async function write(changes) {
  if (!changes.length) return;
  const transaction = (await database()).transaction([...new Set(changes.map(({ store }) => store))], "readwrite", { durability: "strict" });
  const done = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error ?? new DOMException("nothing was kept", "QuotaExceededError"));
    transaction.onerror = () => {};
  });
  try {
    for (const { store, key, value } of changes) {
      const into = transaction.objectStore(store);
      if (value === undefined) into.delete(key);
      else into.put(value, key);
    }
  } catch (fault) {
    transaction.abort();
    await done.catch(() => {});
    throw fault;
  }
  await done;
}

/** @param {string} key @param {any} value */
export const set = (key, value) => write([{ store: "settings", key, value }]);

/** @param {string} key */
export const setting = (key) => get("settings", key);
