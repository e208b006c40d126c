/** A meeting as it is recorded: what the entries come to, by the same rules as the server's. Whole minor units, no screen. */
(() => {
  "use strict";
  const empty = (base, held) => ({
    key: crypto.randomUUID(), number: base.meeting, held, attendance: {}, shares: {}, fund: {}, repaid: {}, loans: [], others: [],
    agenda: [], decisions: [], cash: null, closed: false,
  });
  const of = (base, number) => base.members.find((each) => each.number === Number(number));
  const debt = (base, number) => { const each = of(base, number); return (each?.loan ?? 0) + (each?.charge ?? 0); };
  const sum = (values) => Object.values(values).reduce((all, each) => all + each, 0);
  const charge = (base, principal, months) => Math.floor((2 * principal * base.money.terms.charge_permille * months + 999) / 2000);

  /** The day so many months on: its own day, or the last of a shorter month. */
  function monthsOn(day, months) {
    const [year, month, date] = day.split("-").map(Number);
    const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
    return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
  }

  /** The lines, in an order in which the bag covers what is lent. */
  function lines(base, state) {
    if (!base.money) return [];
    const found = [];
    const put = (kind, amount, member, more = {}) => {
      if (amount > 0) found.push({ id: String(found.length + 1), kind, amount, meeting: state.number, ...(member ? { member: Number(member) } : {}), ...more });
    };
    for (const [member, count] of Object.entries(state.shares)) put("share", count * base.money.terms.share_value, member);
    for (const [member, amount] of Object.entries(state.fund)) put("fund", amount, member);
    for (const [member, amount] of Object.entries(state.repaid)) put("repayment", amount, member);
    const ofFund = (each) => (each.fund === "social" ? { fund: "social" } : {});
    for (const each of state.others) if (["fine", "income"].includes(each.kind)) put(each.kind, each.amount, each.member, ofFund(each));
    for (const each of state.loans) {
      put("loan", each.amount, each.member, { due: monthsOn(state.held, each.months) });
      put("charge", charge(base, each.amount, each.months), each.member);
    }
    for (const each of state.others) if (["expense", "withdrawal"].includes(each.kind)) put(each.kind, each.amount, each.member, ofFund(each));
    return found;
  }

  /** What lies in each bag after all of it. */
  function bags(base, state) {
    const found = { box: base.money.box, social: base.money.social };
    for (const each of lines(base, state)) {
      if (each.kind === "charge") continue;
      const bag = each.kind === "fund" || each.fund === "social" ? "social" : "box";
      found[bag] += ["loan", "expense", "withdrawal"].includes(each.kind) ? -each.amount : each.amount;
    }
    return found;
  }

  /** Why a loan cannot be given; empty where it can. */
  function loanFault(base, state, { member, amount }) {
    const { terms } = base.money, owes = debt(base, member) - (state.repaid[member] ?? 0);
    if (owes > 0 || state.loans.some((each) => each.member === member)) return ["has_loan"];
    const saved = (of(base, member)?.saved ?? 0) + (state.shares[member] ?? 0) * terms.share_value;
    const most = Math.floor((saved * terms.loan_multiple) / 10);
    if (amount > most) return ["loan_most", most];
    return amount > bags(base, state).box ? ["box_short", bags(base, state).box] : [];
  }

  /** Why another line cannot stand. */
  function otherFault(base, state, { kind, fund, member, amount }) {
    if (["fine", "withdrawal"].includes(kind) && !member) return ["whose"];
    if (kind === "withdrawal") {
      const saved = (of(base, member)?.saved ?? 0) + (state.shares[member] ?? 0) * base.money.terms.share_value;
      if (amount > saved) return ["saved_less", saved];
    }
    const bag = fund === "social" && kind !== "withdrawal" ? "social" : "box", there = bags(base, state)[bag];
    return ["expense", "withdrawal"].includes(kind) && amount > there ? ["box_short", there] : [];
  }

  /** All of it, as it is sent. */
  function told(base, state) {
    const cash = state.cash ? { box: state.cash.box, social: state.cash.social, why: state.cash.why ?? "" } : {};
    return {
      number: state.number, held: state.held, closed: state.closed, attendance: state.attendance, lines: lines(base, state),
      agenda: state.agenda, decisions: state.decisions, cash,
    };
  }

  const came = (state) => Object.values(state.attendance).filter((how) => how === "present" || how === "late").length;

  /** 12.50 and 12,5 in minor units; null for anything else. */
  function minor(typed) {
    const plain = typed.replaceAll(/[\s\u00a0]/g, "").replace(",", ".");
    if (plain === "") return 0;
    return /^\d{1,9}(\.\d{1,2})?$/.test(plain) ? Math.round(Number(plain) * 100) : null;
  }

  self.Meeting = { bags, came, charge, debt, empty, lines, loanFault, minor, of, otherFault, sum, told };
})();
