// Reckons on the page what the kernel of the server reckons, and says it in the same words. It asks nobody and keeps nothing.
const words = JSON.parse(document.getElementById("words").textContent);
const YEAR = 12, WHOLE = 10000n, UNIT = 1000000n, LONGEST = 600;
const total = (list) => list.reduce((sum, each) => sum + each, 0);

// ---- months

const later = ([year, number], by) => {
  const all = year * YEAR + number - 1 + by;
  return [Math.floor(all / YEAR), (all % YEAR) + 1];
};
const between = ([y1, m1], [y2, m2]) => (y2 - y1) * YEAR + m2 - m1;
const ahead = (start, count = YEAR) => Array.from({ length: count }, (_none, number) => later(start, number));

// ---- what if

function supposed(plan, { what, months }) {
  const changed = (income) => {
    if (income.source !== "remittance" || what === "now") return income;
    if (what === "half") return { ...income, amount: Math.floor(income.amount / 2) };
    return what === "stops" ? { ...income, stopped: true } : { ...income, late: income.late + months };
  };
  return { ...plan, incomes: plan.incomes.map(changed) };
}

// ---- debts and goals

const interestOf = (left, debt) => (left * BigInt(debt.interest) + WHOLE / 2n) / WHOLE;

function schedule(debt, start, months) {
  const waits = Math.max(0, between(start, debt.first)), found = [];
  let left = BigInt(debt.owed);
  for (let number = 0; number < months; number++) {
    const counts = number >= waits, interest = counts ? interestOf(left, debt) : 0n;
    const most = left + interest, instalment = BigInt(debt.instalment);
    const paid = !counts ? 0n : instalment < most ? instalment : most;
    left = most - paid;
    found.push({ month: later(start, number), interest, paid: Number(paid), left });
  }
  return found;
}

function paidOff(debt, start) {
  if (BigInt(debt.instalment) <= interestOf(BigInt(debt.owed), debt)) return null;
  const found = schedule(debt, start, LONGEST), last = found.find((each) => each.left === 0n);
  return last && { ends: last.month, interest: Number(found.reduce((sum, each) => sum + each.interest, 0n)) };
}

function saving(goal, start) {
  const months = between(start, goal.by) + 1, left = Math.max(0, goal.amount - goal.saved);
  return { monthly: Math.ceil(left / Math.max(1, months)), late: months < 1 };
}

function setAside(goal, start) {
  const { monthly } = saving(goal, start);
  let left = Math.max(0, goal.amount - goal.saved);
  return ahead(start).map(() => {
    const now = Math.min(monthly, left);
    left -= now;
    return now;
  });
}

// ---- months ahead

const going = (part, start) => ahead(start).map(([, number]) => (part.months.includes(number) ? part.amount : 0));
const coming = (income, start) =>
  income.stopped ? Array(YEAR).fill(0) : [...Array(income.late).fill(0), ...going(income, start)].slice(0, YEAR);
const summed = (rows) => Array.from({ length: YEAR }, (_none, number) => total(rows.map((row) => row[number])));

function flows(plan, currency) {
  const of = (parts, each) => summed(parts.filter((part) => part.currency === currency).map((part) => each(part, plan.start)));
  const rows = [
    of(plan.incomes, coming), of(plan.spendings, going),
    of(plan.debts, (debt, start) => schedule(debt, start, YEAR).map((each) => each.paid)),
    of(plan.goals, setAside), of(plan.inKind, going),
  ];
  return ahead(plan.start).map((_none, number) => rows.map((row) => row[number]));
}

function changed(rows, rate) {
  if (!rate) return rows;
  const by = BigInt(rate.millionths);
  const down = (amount) => Number((BigInt(amount) * by) / UNIT), up = (amount) => Number((BigInt(amount) * by + UNIT - 1n) / UNIT);
  return rows.map(([came, spent, repaid, aside, kind]) => [down(came), up(spent), up(repaid), up(aside), down(kind)]);
}

function column(plan, currency, rows, byRate = false) {
  let left = currency === plan.main ? plan.cash : 0;
  const lines = rows.map(([came, spent, repaid, aside, kind], number) => {
    left += came - spent - repaid - aside;
    return { month: later(plan.start, number), came, spent, repaid, aside, kind, left };
  });
  const least = lines.reduce((low, line) => (line.left < low.left ? line : low));
  return { currency, lines, byRate, least, short: lines.find((line) => line.left < 0) };
}

function outlook(plan) {
  const parts = [plan.incomes, plan.spendings, plan.inKind, plan.debts, plan.goals].flat();
  const others = [...new Set(parts.map((part) => part.currency))].filter((each) => each !== plan.main).sort();
  const found = [plan.main, ...others].map((currency) => [currency, flows(plan, currency)]);
  const columns = found.map(([currency, rows]) => column(plan, currency, rows));
  const rates = Object.fromEntries(plan.rates.map((rate) => [rate.currency, rate]));
  if (others.length && others.every((currency) => rates[currency])) {
    const all = found.map(([currency, rows]) => changed(rows, currency === plan.main ? null : rates[currency]));
    const together = ahead(plan.start).map((_none, number) => all[0][0].map((_nothing, part) => total(all.map((rows) => rows[number][part]))));
    columns.push(column(plan, plan.main, together, true));
  }
  return columns;
}

// ---- what would help

function holdsWithout(found, part) {
  let kept = 0;
  return found.lines.every((line) => line.left + (kept += line[part]) >= 0);
}

function advice(plan, judged, columns) {
  const found = [];
  if (!judged.short) return found;
  for (const [help, part] of [["goals", "aside"], ["creditors", "repaid"]]) {
    const amount = total(judged.lines.map((line) => line[part]));
    if (amount) found.push({ help, amount, weighed: holdsWithout(judged, part) ? "enough" : "part" });
  }
  const monthly = Math.max(0, ...judged.lines.map((line, number) => -Math.floor(line.left / (number + 1))));
  found.push({ help: "month", amount: monthly }, { help: "hand", amount: -judged.least.left });
  for (const other of columns) {
    if (other.currency !== judged.currency && !other.short && other.least.left > 0) found.push({ help: "other", amount: other.least.left, currency: other.currency });
  }
  if (plan.incomes.some((each) => each.source === "remittance" && each.stopped)) found.push({ help: "claim" });
  return found;
}

// ---- lines of poverty

function compared(plan, columns) {
  const found = [];
  for (const line of words.lines) {
    if (line.measure === "remittances_a_year") {
      const sent = plan.incomes.filter((each) => each.source === "remittance" && each.currency === line.currency);
      if (sent.length) found.push({ of: line, has: total(sent.map((each) => total(coming(each, plan.start)))), line: line.amount });
    } else {
      const own = columns.find((each) => each.currency === line.currency && !each.byRate);
      if (!own || !plan.children || !own.lines.some((each) => each.came)) continue;
      found.push({ of: line, has: Math.floor(total(own.lines.map((each) => each.came)) / YEAR), line: line.amount * plan.children });
    }
  }
  return found;
}

// ---- words

const say = (name, facts = {}) => words.said[name].replace(/%\((\w+)\)s/g, (_all, key) => facts[key]);
const monthSaid = ([year, number]) => `${words.months[number - 1]} ${year}`;

function money(amount) {
  const size = Math.abs(amount), part = size % 100;
  const whole = String(Math.floor(size / 100)).replace(/\B(?=(\d{3})+$)/g, words.group);
  return (amount < 0 ? "\u2212" : "") + whole + (part ? words.point + String(part).padStart(2, "0") : "");
}
const sumSaid = (amount, currency) => `${money(amount)} ${words.money[currency]}`;

function chart(lefts, first) {
  const [step, wide, edge, top, tall] = words.chart;
  const high = Math.max(0, ...lefts), low = Math.min(0, ...lefts), span = high - low || 1;
  const level = (value) => top + Math.floor(((high - value) * tall) / span);
  const bars = lefts.map((left, number) => {
    const [from, to] = [level(left), level(0)].sort((one, other) => one - other), [year, month] = later(first, number);
    const x = edge + number * step;
    return { x, y: from, tall: Math.max(1, to - from), low: left < 0, month, middle: x + Math.floor(wide / 2), year: number && month !== 1 ? "" : year };
  });
  return { bars, nought: level(0) };
}

function columnSaid(found, plan) {
  const name = words.money[found.currency];
  const days = [...new Set(plan.rates.map((rate) => rate.day))].sort().join(", ");
  const title = found.byRate ? `${say("together", { money: name })} (${days})` : name[0].toLocaleUpperCase(words.lang) + name.slice(1);
  const row = (line) => [monthSaid(line.month), ...[line.came, line.spent, line.repaid, line.aside, line.left].map(money)];
  return [
    { kind: "h", text: title },
    { kind: "chart", text: say("chart"), ...chart(found.lines.map((line) => line.left), found.lines[0].month) },
    { kind: "table", caption: `${say("chart")}: ${title}`, heads: ["month", "came", "spent", "repaid", "aside", "left"].map((head) => say(head)),
      rows: found.lines.map((line) => [row(line), line.left < 0]) },
  ];
}

function envelopesSaid(plan) {
  const sums = plan.spendings.map((each) => Math.floor((each.amount * each.months.length) / YEAR)), all = total(sums);
  if (!all) return [];
  const rows = plan.spendings.map((each, number) => {
    const [icon, word] = words.envelopes[each.envelope];
    return { icon, word, sum: money(sums[number]), share: Math.floor((sums[number] * 100) / all) };
  });
  return [{ kind: "envelopes", caption: `${say("envelopes")}: ${words.money[plan.main]}`, heads: ["envelope", "sum", "share"].map((head) => say(head)), rows }];
}

function debtSaid(debt, start) {
  const found = paidOff(debt, start), who = words.who[debt.creditor];
  return found ? say("ends", { who, month: monthSaid(found.ends), sum: sumSaid(found.interest, debt.currency) }) : say("never", { who });
}

function goalSaid(goal, start) {
  const found = saving(goal, start), facts = { what: words.aims[goal.aim], sum: sumSaid(found.monthly, goal.currency), month: monthSaid(goal.by) };
  return say(found.late ? "goal_late" : "goal", facts);
}

function lineSaid({ of, has, line }) {
  const sums = { sum: sumSaid(has, of.currency), line: sumSaid(line, of.currency) };
  const child = of.measure === "child_a_month" ? [say("per_child")] : [];
  return [of.text, `${of.period}.`, ...child, say(has < line ? "below" : "above", sums), say("stated", { source: of.source })].join(" ");
}

const list = (title, texts) => (texts.length ? [{ kind: "h", text: say(title) }, { kind: "ul", rows: texts.map((text) => ({ text })) }] : []);

function answer(plan, scenario) {
  const then = supposed(plan, scenario), columns = outlook(then);
  const judged = columns.find((each) => each.byRate) || columns[0], line = judged.short || judged.least;
  const head = say(judged.short ? "short" : "lasts", { month: monthSaid(line.month), sum: sumSaid(Math.abs(line.left), judged.currency) });
  const what = scenario.what === "late" ? say("late", { months: scenario.months }) : words.what[scenario.what];
  const blocks = [{ kind: "head", state: judged.short ? "risk" : "done", text: head }, { kind: "p", text: `${what}.` }];
  const helps = advice(then, judged, columns).map(({ help, amount, currency, weighed }) => ({
    text: say(`help_${help}`, { sum: amount === undefined ? "" : sumSaid(amount, currency || judged.currency) }) + (weighed ? ` ${say(weighed)}` : ""),
    rights: help === "claim",
  }));
  if (helps.length) blocks.push({ kind: "h", text: say("help") }, { kind: "ul", rows: helps });
  for (const each of columns) blocks.push(...columnSaid(each, plan));
  if (columns.length > 1 && !columns.at(-1).byRate) blocks.push({ kind: "p", text: say("apart") });
  const kind = total(columns[0].lines.map((each) => each.kind));
  if (kind) blocks.push({ kind: "p", text: say("kind", { sum: sumSaid(kind, plan.main) }) });
  const lines = [...compared(then, columns).map(lineSaid), ...(plan.main === "TJS" ? [say("none_found")] : [])];
  return [
    ...blocks, ...envelopesSaid(then), ...list("debts", plan.debts.map((debt) => debtSaid(debt, plan.start))),
    ...list("goals", plan.goals.map((goal) => goalSaid(goal, plan.start))), ...list("lines", lines),
  ];
}

// ---- what a workshop may be told

const bandOf = (amount) => words.ladder.reduce((band, least, step) => (least && amount >= (least === 1 ? 1 : least * 100) ? step : band), 0);

function shared(plan) {
  const [own] = outlook(plan), mean = (part) => Math.floor(total(own.lines.map((line) => line[part])) / YEAR);
  const owed = total(plan.debts.filter((debt) => debt.currency === plan.main).map((debt) => debt.owed));
  const aside = total(plan.goals.map((goal) => saving(goal, plan.start).monthly));
  return { currency: plan.main, came: bandOf(mean("came")), spent: bandOf(mean("spent")), owed: bandOf(owed), aside: bandOf(aside) };
}

function band(step, currency) {
  if (!step) return money(0);
  const { ladder } = words, low = money(ladder[step] * 100);
  return step === ladder.length - 1 ? `${low} + ${words.money[currency]}` : `${low} \u2013 ${money((ladder[step + 1] - 1) * 100)} ${words.money[currency]}`;
}

globalThis.budget = { words, answer, shared, band };
