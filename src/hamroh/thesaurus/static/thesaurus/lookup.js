// Concepts are offered while their name is typed; without this the name, or the name and key, is written out.
(() => {
  "use strict";
  document.querySelectorAll("input[data-lookup]").forEach((field, number) => {
    const list = document.createElement("datalist");
    list.id = `lookup-${number}`;
    field.after(list);
    field.setAttribute("list", list.id);
    let waiting = 0, asked = "";
    field.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(async () => {
        const typed = asked = field.value.trim();
        if (!typed) return list.replaceChildren();
        try {
          const answer = await fetch(`${field.dataset.lookup}?q=${encodeURIComponent(typed)}`);
          const { found } = await answer.json();
          if (typed === asked) list.replaceChildren(...found.map((each) => Object.assign(document.createElement("option"), { value: each })));
        } catch { /* offered is better, written works */ }
      }, 150);
    });
  });
})();
