/** What goes over the line: what was recorded, once; whether the telephone is still trusted; some days more. */
(() => {
  "use strict";
  const at = (code) => `/desk/groups/meetings/phone/api/${code}/`;
  async function ask(code, method, body) {
    const answer = await fetch(at(code), {
      method, body, headers: { "X-Meeting": "1" }, credentials: "same-origin", cache: "no-store", redirect: "error",
    });
    if (answer.headers.get("X-Meeting") !== "1") throw new Error("not ours"); // a page that a line gives instead
    return answer;
  }

  /** Called back: nothing of the group is left, and what waited would be refused. */
  async function forget(code) {
    const waiting = (await Store.all("waiting")).filter((each) => each.code === code);
    await Store.write([["groups", null, code], ...waiting.map((each) => ["waiting", null, each.key])]);
    await ask(code, "DELETE").catch(() => {});
  }

  /** Past its day nothing opens here any more; what was recorded waits on, sealed to the server. */
  async function expire() {
    for (const group of await Store.all("groups")) {
      if (Date.now() < Date.parse(group.expires)) continue;
      const parcels = (await Store.all("waiting")).filter((each) => each.code === group.code);
      await Store.write([["groups", null, group.code], ...parcels.map((each) => ["waiting", { ...each, ready: true }])]);
    }
  }

  let busy = null;
  /** Send what is ready; what came back is told as ``{ sent, forgotten, left }``. One at a time. */
  function send() {
    busy ??= whole().finally(() => { busy = null; });
    return busy;
  }
  async function whole() {
    await expire();
    const told = { sent: 0, forgotten: 0, left: 0, fault: "" };
    for (const group of await Store.all("groups")) {
      const answer = await ask(group.code, "GET").catch(() => null);
      if (answer?.status === 403) { await forget(group.code); told.forgotten += 1; }
    }
    for (const each of await Store.all("waiting")) {
      if (!each.ready) continue;
      const answer = await ask(each.code, "POST", each.body).catch(() => null);
      if (answer?.status === 201) { await taken(each); told.sent += 1; }
      else if (answer?.status === 403) { await forget(each.code); told.forgotten += 1; }
      else { told.left += 1; told.fault = answer ? String(answer.status) : ""; }
    }
    return told;
  }
  /** It is there: the parcel goes, and with it what was recorded of that meeting. */
  async function taken(parcel) {
    const group = await Store.get("groups", parcel.code);
    const changes = [["waiting", null, parcel.key]];
    if (group?.draftKey === parcel.key) changes.push(["groups", null, parcel.code]);
    await Store.write(changes);
    if (changes.length > 1) await ask(parcel.code, "DELETE").catch(() => {});
  }

  self.Sending = { ask, expire, forget, send };
})();
