/** What lies on this telephone: groups that were taken along, sealed, and parcels that wait for a line. */
(() => {
  "use strict";
  const NAME = "hamroh-meetings";
  const asked = (request) => new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
  let opened;
  function database() {
    opened ??= new Promise((done, failed) => {
      const request = indexedDB.open(NAME, 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore("groups", { keyPath: "code" });
        request.result.createObjectStore("waiting", { keyPath: "key" });
      };
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
    });
    return opened;
  }
  const all = async (store) => asked((await database()).transaction(store).objectStore(store).getAll());
  const get = async (store, key) => asked((await database()).transaction(store).objectStore(store).get(key));

  /** Everything of a list or nothing: ``[store, value]`` puts, ``[store, null, key]`` removes. It is on the disk when this is done. */
  async function write(changes) {
    const stores = [...new Set(changes.map(([store]) => store))];
    const transaction = (await database()).transaction(stores, "readwrite", { durability: "strict" });
    const ended = new Promise((done, failed) => {
      transaction.oncomplete = done;
      transaction.onabort = transaction.onerror = () => failed(transaction.error);
    });
    for (const [store, value, key] of changes) value === null ? transaction.objectStore(store).delete(key) : transaction.objectStore(store).put(value);
    return ended;
  }

  /** Nothing of a group is left; parcels that nobody opens here any more may go on waiting. */
  const wipe = (code) => write([["groups", null, code]]);

  self.Store = { all, get, write, wipe };
})();
