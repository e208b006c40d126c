// Exit this page: blank first, then end the session, then go where nobody asks questions. Works without this file, too.
(() => {
  "use strict";
  const link = document.querySelector(".exit a[data-target]");
  if (!link) return;
  let veil = null;
  let gone = false;
  let presses = [];

  function cover() {
    veil = document.createElement("div");
    veil.className = "veil";
    veil.setAttribute("role", "alert");
    veil.textContent = link.dataset.wait;
    document.body.append(veil);
    document.title = link.dataset.wait;
  }

  function leave() {
    if (veil) return;
    cover();
    dispatchEvent(new Event("hamroh:leave")); // a copy that was kept on this phone is removed now
    // Only then go: a page that is already leaving paints its cover later. Hidden tabs paint nothing, so time runs, too.
    requestAnimationFrame(() => setTimeout(go));
    setTimeout(go, 60);
  }

  function go() {
    if (gone) return;
    gone = true;
    const told = navigator.sendBeacon && navigator.sendBeacon("/exit");
    location.replace(told ? link.dataset.target : link.href);
  }

  function uncover() {
    if (veil) veil.remove();
    veil = null;
    gone = false;
    presses = [];
  }

  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });

  // Shift three times within five seconds; a Shift that makes a capital letter does not count.
  addEventListener("keydown", (event) => {
    if (event.key !== "Shift") presses = [];
  });
  addEventListener("keyup", (event) => {
    if (event.key !== "Shift") return;
    const now = event.timeStamp;
    presses = presses.filter((then) => now - then < 5000).concat(now);
    if (presses.length === 3) leave();
  });

  // A page that the browser kept whole must not come back covered.
  addEventListener("pageshow", (event) => {
    if (event.persisted) uncover();
  });
})();
