// Reads the questions as the server reads them and draws the answer; what was typed stays in this page.
const { words, answer } = globalThis.budget;
const form = document.getElementById("b"), fields = form.elements;
const EVERY = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
let faults = [];

// ---- what was typed

const scaled = (pattern, text, places) => {
  const found = pattern.exec(text.replace(/\s/g, ""));
  return found ? Number(found[1]) * 10 ** places + Number((found[2] || "").padEnd(places, "0")) : null;
};
const SUM = /^(\d{1,9})(?:[.,](\d{1,2}))?$/, RATE = /^(\d{1,6})(?:[.,](\d{1,6}))?$/;
const within = (year) => year >= 2000 && year <= 2100;
const readers = {
  sum: (text) => scaled(SUM, text, 2),
  percent: (text) => ((found) => (found !== null && found <= 10000 ? found : null))(scaled(SUM, text, 2)),
  rate: (text) => scaled(RATE, text, 6) || null,
  count: (text) => (/^\d{1,2}$/.test(text) && Number(text) <= 20 ? Number(text) : null),
  months(text) {
    const found = new Set();
    for (const part of text.replace(/\s*[-–]\s*/g, "-").split(/[\s,;.]+/)) {
      const span = /^(\d{1,2})(?:-(\d{1,2}))?$/.exec(part);
      const [first, last] = span ? [Number(span[1]), Number(span[2] || span[1])] : [0, 0];
      if (!(first >= 1 && first <= 12 && last >= 1 && last <= 12)) return null;
      for (let number = first; number <= first + ((last - first + 12) % 12); number++) found.add(((number - 1) % 12) + 1);
    }
    return [...found];
  },
  month(text) {
    const found = /^(\d{1,2})[\s.,/-]+(\d{4})$/.exec(text);
    return found && found[1] >= 1 && found[1] <= 12 && within(Number(found[2])) ? [Number(found[2]), Number(found[1])] : null;
  },
  day(text) {
    const [, day, month, year] = (/^(\d{1,2})[\s.,/-]+(\d{1,2})[\s.,/-]+(\d{4})$/.exec(text) || []).map(Number);
    const date = new Date(Date.UTC(year, month - 1, day));
    if (!within(year) || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
    return [day, month].map((each) => String(each).padStart(2, "0")).join(".") + `.${year}`;
  },
};

function typed(name, kind) {
  const text = fields[name].value.trim();
  if (!text) return null;
  const found = text.length > 24 ? null : readers[kind](text);
  if (found === null) faults.push([name, kind]);
  return found;
}

const rows = (letter) => EVERY.map((number) => letter + number).filter((row) => fields[`${row}a`]);

function read() {
  faults = [];
  const main = fields.m.value, months = (name) => typed(name, "months") || EVERY;
  const told = (letter, each) => rows(letter).map((row, number) => each(row, typed(`${row}a`, letter === "r" ? "rate" : "sum"), number));
  const plan = { start: words.start, main, cash: typed("h", "sum") || 0, children: typed("k", "count") || 0 };
  const income = (row, amount) => {
    const comes = fields[`${row}s`].value, stopped = comes === "x";
    return { source: fields[`${row}k`].value, amount, currency: fields[`${row}c`].value, months: months(`${row}m`), stopped, late: stopped ? 0 : Number(comes) };
  };
  const debt = (row, amount) => ({
    creditor: fields[`${row}k`].value, owed: amount, amount, currency: fields[`${row}c`].value,
    instalment: typed(`${row}p`, "sum") || 0, interest: typed(`${row}r`, "percent") || 0, first: typed(`${row}f`, "month") || words.start,
  });
  const goal = (row, amount) => {
    const saved = typed(`${row}s`, "sum") || 0, by = typed(`${row}b`, "month");
    if (amount && !fields[`${row}b`].value.trim()) faults.push([`${row}b`, "month"]);
    return { aim: fields[`${row}k`].value, amount, currency: main, by, saved };
  };
  const rate = (row, amount) => {
    const currency = fields[`${row}c`].value, day = typed(`${row}d`, "day"), empty = (part) => !fields[row + part].value.trim();
    if (empty("a") !== empty("d") && !faults.some(([name]) => name === `${row}a` || name === `${row}d`)) faults.push([empty("a") ? `${row}a` : `${row}d`, "both"]);
    else if (amount && day && currency === main) faults.push([`${row}c`, "same"]);
    return { currency, amount, millionths: amount, day };
  };
  const counted = (list) => list.filter((each) => each.amount);
  plan.incomes = counted(told("i", income));
  plan.spendings = counted(told("e", (row, amount, envelope) => ({ envelope, amount, currency: main, months: months(`${row}m`) })));
  plan.inKind = counted(told("g", (row, amount) => ({ amount, currency: main, months: months(`${row}m`) })));
  plan.debts = counted(told("d", debt));
  plan.goals = counted(told("t", goal));
  plan.rates = counted(told("r", rate));
  const what = fields.s.value || "now";
  return { plan, scenario: { what, months: what === "late" ? Number(fields.l.value) : 0 } };
}

// ---- what is drawn: only text goes into the page, never markup

const SVG = "http://www.w3.org/2000/svg";
function made(name, facts = {}, ...within) {
  const drawn = ["svg", "rect", "path", "text", "use"].includes(name);
  const found = drawn ? document.createElementNS(SVG, name) : document.createElement(name);
  for (const [key, value] of Object.entries(facts)) found.setAttribute(key, value);
  found.append(...within);
  return found;
}
const icon = (name) => made("svg", { class: "i", "aria-hidden": "true" }, made("use", { href: `#i-${name}` }));
const table = (block, body) =>
  made("div", { class: "scroll", role: "region", tabindex: "0", "aria-label": block.caption },
    made("table", { class: "t tight" }, made("caption", {}, block.caption),
      made("thead", {}, made("tr", {}, ...block.heads.map((head, number) => made("th", number ? { scope: "col", class: "num" } : { scope: "col" }, head)))),
      made("tbody", {}, ...body)));

const draw = {
  head: (block) => made("div", { class: "answer", role: "status" }, made("p", { class: `st ${block.state} big` }, icon(block.state === "risk" ? "tri" : "check"), made("span", {}, block.text))),
  h: (block) => made("h3", {}, block.text),
  p: (block) => made("p", {}, block.text),
  ul: (block) => made("ul", { class: "dots" }, ...block.rows.map((row) => made("li", {}, row.rights ? made("a", { href: document.getElementById("a").dataset.rights }, row.text) : row.text))),
  chart(block) {
    const bars = block.bars.map((bar) => made("rect", { class: bar.low ? "low" : "bar", x: bar.x, y: bar.y, width: "20", height: bar.tall }));
    const names = block.bars.flatMap((bar) => [
      made("text", { x: bar.middle, y: "186", "text-anchor": "middle" }, bar.month),
      ...(bar.year ? [made("text", { class: "soft", x: bar.middle, y: "204", "text-anchor": "middle" }, bar.year)] : []),
    ]);
    return made("svg", { class: "chart ahead", viewBox: "0 0 360 212", role: "img", "aria-label": block.text }, ...bars, made("path", { class: "ax", d: `M4 ${block.nought}H356` }), ...names);
  },
  table: (block) => table(block, block.rows.map(([cells, low]) => made("tr", low ? { class: "hit" } : {}, ...cells.map((cell, number) => (number ? made("td", { class: "num" }, cell) : made("th", { scope: "row" }, cell)))))),
  envelopes: (block) => table(block, block.rows.map((row) => made("tr", {},
    made("th", { scope: "row" }, made("span", { class: "named" }, icon(row.icon), made("span", {}, row.word))),
    made("td", { class: "num" }, row.sum),
    made("td", { class: "num" }, row.share, made("svg", { class: "share", viewBox: "0 0 100 6", preserveAspectRatio: "none", "aria-hidden": "true" }, made("rect", { class: "bar", width: row.share, height: "6" })))))),
};

// ---- what is wrong is said beside its field

function clear() {
  document.querySelectorAll(".errors, .fault").forEach((each) => each.remove());
  document.querySelectorAll("#b .bad").forEach((each) => each.classList.remove("bad"));
  document.querySelectorAll("#b [aria-invalid]").forEach((each) => each.removeAttribute("aria-invalid"));
}

function complain() {
  for (const [name, kind] of faults) {
    const field = fields[name], around = field.closest(".field, .env"), folded = field.closest("details");
    if (folded) folded.open = true;
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", `${field.id}_error`);
    around.classList.add("bad");
    field.before(made("p", { class: "fault", id: `${field.id}_error` }, words.faults[kind]));
  }
  fields[faults[0][0]].focus();
}

function show() {
  clear();
  const { plan, scenario } = read(), place = document.getElementById("a");
  if (faults.length) {
    place.hidden = true;
    complain();
    return false;
  }
  document.getElementById("blocks").replaceChildren(...answer(plan, scenario).map((block) => draw[block.kind](block)));
  place.hidden = false;
  dispatchEvent(new CustomEvent("hamroh:worked", { detail: plan }));
  return true;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (show()) document.getElementById("sum").focus();
});
form.addEventListener("change", (event) => {
  if (["s", "l"].includes(event.target.name) && !document.getElementById("a").hidden) show();
});

// ---- what she leaves is gone

function wipe() {
  form.reset();
  form.querySelectorAll("input:not([type=radio])").forEach((field) => { field.value = ""; });
  document.getElementById("a").hidden = true;
  document.getElementById("blocks").replaceChildren();
  clear();
}
addEventListener("hamroh:leave", wipe);
addEventListener("pagehide", wipe);

Object.assign(globalThis.budget, { show, wipe, form });
