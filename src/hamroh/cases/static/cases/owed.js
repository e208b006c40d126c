// Works out on the page what the server would: nothing typed leaves the phone. The server says what is odd.
"use strict";
const form = document.querySelector("form[data-shares]"), fields = form.elements, law = form.dataset;
const answer = document.getElementById("a");
const shares = law.shares.split(" "), names = law.months.split("|");
const [now, back, age] = [law.now, law.back, law.age].map(Number);
const typed = (name) => fields[name].value.trim();

// months from year nought, sums in hundredths; NaN for what is neither
const month = (text) => {
  const [, m, y] = /^(\d{1,2})[\s.,/-]+(\d{4})$/.exec(text) || [];
  return m > 0 && m < 13 && y > now / 12 - 60 ? y * 12 + +m - 1 : NaN;
};
const cents = (text) => {
  const [, whole, part = ""] = /^(\d{1,9})(?:[.,](\d{1,2}))?$/.exec(text.replace(/\s/g, "")) || [];
  return whole * 100 + +part.padEnd(2, "0");
};
const money = (sum) => {
  const [, whole, part] = /(\d+)(..)/.exec(String(sum).padStart(3, "0"));
  return whole.replace(/\B(?=(\d{3})+$)/g, law.group) + law.point + part;
};
const said = (when) => `${names[when % 12]} ${Math.floor(when / 12)}`;
const share = (count) => shares[Math.min(count, shares.length) - 1];
const taken = (sum, count) => { // half up
  const [over, under] = count ? share(count).split("/") : [0, 1];
  return Math.floor((sum * over) / under + 0.5);
};

function reckoned() {
  const births = [..."123456"].map((n) => typed(`b${n}`)).filter(Boolean).map(month), count = births.length;
  const [income, paid] = ["i", "p"].map((name) => typed(name) && cents(typed(name)));
  const since = typed("s") && month(typed("s"));
  const fits = typed("b1") && births.every((born) => born <= now && born > now - 216);
  if (!fits || !(income === "" || income > 0) || !(since <= now) || !(paid >= 0)) return;
  const found = { share: share(count), count, money: fields.c.selectedOptions[0].text, unknown: !income };
  if (age) births.forEach((born, n) => [found[`born${n + 1}`], found[`end${n + 1}`]] = [born, born + age * 12].map(said));
  if (!income) return found;
  const first = Math.max(since, back), foreign = fields.c.value !== law.own;
  Object.assign(found, { income: money(income), monthly: money(taken(income, count)), foreign });
  if (!since || !back || first >= now) return found;
  let sum = 0;
  for (let m = first; m < now; m++) sum += taken(income, births.filter((born) => born < m).length);
  const [due, sent, left] = [sum, +paid, Math.max(sum - paid, 0)].map(money);
  return { ...found, first: said(first), last: said(now - 1), months: now - first, due, paid: sent, left, cut: since < first };
}

form.addEventListener("submit", (event) => {
  const found = reckoned(), all = (what, change) => document.querySelectorAll(what).forEach(change);
  if (!found) return;
  event.preventDefault();
  all("[data-v]", (gap) => { gap.textContent = found[gap.dataset.v] ?? ""; });
  all("[data-if]", (part) => { part.hidden = !found[part.dataset.if]; });
  all(".errors, .fault", (fault) => fault.remove());
  answer.hidden = false;
  answer.firstElementChild.focus();
});
