// The wall: fetches itself again, and when the line is cut it keeps what it shows and says how old that is.
(() => {
  "use strict";
  const age = document.getElementById("age");
  const { every, limit, now, ago, cut } = age.dataset;
  let seen = Date.now();

  function tell(failed) {
    const minutes = Math.floor((Date.now() - seen) / 60000);
    const old = failed || Date.now() - seen > limit * 1000;
    age.textContent = (old ? `${cut} ` : "") + (minutes < 1 ? now : ago.replace("{n}", minutes));
    document.body.classList.toggle("old", old);
  }

  let failing = false;
  async function look() {
    try {
      const answer = await fetch(location.href, { credentials: "same-origin", cache: "no-store", redirect: "error", signal: AbortSignal.timeout(8000) });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("board");
      if (!answer.ok || !fresh) throw new Error("no board");
      document.getElementById("board").replaceWith(document.adoptNode(fresh));
      seen = Date.now();
      failing = false;
    } catch {
      failing = true;
    }
    tell(failing);
  }

  setInterval(look, every * 1000);
  setInterval(() => tell(failing), 5000);
  addEventListener("online", look);
  tell(false);
})();
