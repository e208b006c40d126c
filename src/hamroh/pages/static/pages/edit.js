/* Starts the pickers of days and times, which Wagtail would start by a script inside the page. */
(() => {
  const start = () => {
    for (const told of document.querySelectorAll("script[data-picker]:not([data-started])")) {
      told.dataset.started = "";
      const { kind, id } = told.dataset;
      const begin = { date: window.initDateChooser, time: window.initTimeChooser, datetime: window.initDateTimeChooser }[kind];
      if (begin) begin(id, JSON.parse(told.textContent));
    }
  };
  document.addEventListener("DOMContentLoaded", () => {
    start();
    new MutationObserver(start).observe(document.body, { childList: true, subtree: true });
  });
})();
