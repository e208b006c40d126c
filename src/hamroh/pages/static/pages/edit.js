/* Starts the pickers of days and times, which Wagtail would start by a script inside the page, and offers pictures to choose from. */
(() => {
  const { pictures, choose } = document.currentScript.dataset;
  const start = () => {
    for (const told of document.querySelectorAll("script[data-picker]:not([data-started])")) {
      told.dataset.started = "";
      const { kind, id } = told.dataset;
      const begin = { date: window.initDateChooser, time: window.initTimeChooser, datetime: window.initDateTimeChooser }[kind];
      if (begin) begin(id, JSON.parse(told.textContent));
    }
    for (const field of document.querySelectorAll("[data-pictures]:not(script):not([data-offered])")) offer(field);
  };
  const offer = (field) => {
    field.dataset.offered = "";
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button button-secondary", textContent: choose });
    button.addEventListener("click", () => open(field, button));
    field.after(button);
  };
  const open = async (field, button) => {
    const answer = await fetch(pictures, { credentials: "same-origin" });
    if (!answer.ok) return;
    const held = document.createElement("div");
    held.innerHTML = await answer.text();
    const dialog = held.querySelector("dialog");
    if (!dialog) return;
    document.body.append(held);
    dialog.addEventListener("click", (event) => {
      const chosen = event.target.closest("button[data-pk]");
      if (!chosen) return;
      const { pk } = chosen.dataset, known = field.options && [...field.options].some((each) => each.value === pk);
      if (field.options && !known) field.add(new Option(chosen.textContent, pk));
      field.value = field.options ? pk : chosen.value;
      for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
    });
    dialog.addEventListener("close", () => { held.remove(); button.focus(); });
    dialog.showModal();
  };
  document.addEventListener("DOMContentLoaded", () => {
    start();
    new MutationObserver(start).observe(document.body, { childList: true, subtree: true });
  });
})();
