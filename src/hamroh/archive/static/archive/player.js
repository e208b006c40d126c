// The player leads the words and the words lead the player. Without this file every moment is a link into the recording.
(() => {
  "use strict";
  const media = document.querySelector(".player audio, .player video");
  if (!media) return;
  const cues = [...document.querySelectorAll(".cues > li")];
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  let here = cues.find((each) => each.ariaCurrent) || null;
  let typed = 0;

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-t]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    media.currentTime = Number(link.dataset.t);
    media.play().catch(() => {});
  });

  media.addEventListener("timeupdate", () => {
    const now = media.currentTime;
    const next = cues.findLast((each) => Number(each.dataset.t) <= now) || null;
    if (next === here) return;
    if (here) here.removeAttribute("aria-current");
    here = next;
    if (!here) return;
    here.setAttribute("aria-current", "true");
    // who reads elsewhere in the list, or types, is not pulled away
    if (!media.paused && !document.activeElement.closest(".cues, form")) here.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
  });

  // the words that are sought stay on this page
  const field = document.getElementById("sought");
  const found = document.getElementById("found");
  if (!field) return;
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  field.form.addEventListener("submit", (event) => {
    event.preventDefault();
    const sought = plain(field.value.trim());
    const hits = cues.filter((each) => sought && plain(each.textContent).includes(sought));
    for (const each of cues) each.classList.toggle("hit", hits.includes(each));
    found.textContent = sought ? `${hits.length}` : "";
    if (hits.length) hits[typed++ % hits.length].querySelector("a").focus();
  });
})();
