/** The screens of a meeting: one thing at a time, for a thumb; everything is a form that a keyboard and a reader know. */
(() => {
  "use strict";
  const WORDS = JSON.parse(document.getElementById("words").textContent);
  const LANG = document.documentElement.lang;
  const say = (key, parts = {}) => Object.entries(parts).reduce((text, [name, value]) => text.replace(`%(${name})s`, value), WORDS[key] ?? key);

  function el(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
      else if (typeof value === "boolean") made[name] = value;
      else if (value !== undefined) made.setAttribute(name, value);
    }
    made.append(...children.flat().filter((each) => each !== null && each !== undefined && each !== ""));
    return made;
  }
  const main = () => document.getElementById("main");
  function show(...children) {
    main().replaceChildren(...children.flat().filter(Boolean));
    main().querySelector("h1")?.setAttribute("tabindex", "-1");
    main().querySelector("h1")?.focus();
    scrollTo(0, 0);
  }
  function tell(text, kind = "") {
    document.getElementById("said").replaceChildren(text ? el("p", { class: `note ${kind}` }, text) : "");
  }
  function money(minor, currency = "") {
    const [whole, part] = (Math.abs(minor) / 100).toFixed(2).split(".");
    const parted = whole.replace(/\B(?=(\d{3})+$)/g, LANG === "en" ? "," : "\u00a0");
    return `${minor < 0 ? "−" : ""}${parted}${LANG === "en" ? "." : ","}${part}${currency && `\u00a0${currency}`}`;
  }
  const typed = (minor) => (minor ? (minor / 100).toFixed(minor % 100 ? 2 : 0) : "");
  const button = (words, onclick, kind = "") => el("button", { class: `btn ${kind}`, type: "button", onclick }, words);

  /** A labelled field; ``fault`` stands under it and is read with it. */
  function field(name, words, input, hint = "") {
    const id = `f-${name}`;
    const fault = el("p", { class: "fault", id: `${id}-fault`, role: "alert" });
    input.id = id;
    input.setAttribute("aria-describedby", `${id}-fault`);
    const whole = el("div", { class: "field" }, el("label", { for: id }, words), hint && el("p", { class: "hint" }, hint), input, fault);
    return { whole, input, fault: (text) => { fault.textContent = text; input.toggleAttribute("aria-invalid", Boolean(text)); if (text) input.focus(); } };
  }
  const input = (more) => el("input", { type: "text", autocomplete: "off", autocapitalize: "off", ...more });
  const amountInput = (value = 0) => input({ inputmode: "decimal", value: typed(value) });
  const select = (options, chosen = "") => el("select", {}, options.map(([value, words]) => el("option", { value, selected: String(value) === String(chosen) }, words)));

  /** @param page ``{ base, state, keep, home }``: the group, the meeting so far, a function that keeps it, one that goes home. */
  function back(page) {
    return el("p", {}, button(say("back"), page.home, "quiet"));
  }

  function home(page, go) {
    const { base, state } = page, rows = [["attendance", say("of", { n: Meeting.came(state), all: base.members.length })]];
    if (base.money) {
      const bags = Meeting.bags(base, state), c = base.money.currency;
      const counts = Meeting.sum(state.shares);
      rows.push(["savings", say("shares_n", { n: counts })], ["loans", String(state.loans.length)], ["others", String(state.others.length)]);
      page.foot = el("dl", { class: "facts" },
        el("div", {}, el("dt", {}, say("box")), el("dd", {}, money(bags.box, c))), el("div", {}, el("dt", {}, say("social")), el("dd", {}, money(bags.social, c))));
    }
    rows.push(["decisions", String(state.decisions.length)], ["close", state.closed ? say("closed") : ""]);
    const list = el("ol", { class: "steps-of" }, rows.map(([name, told]) => el("li", {},
      el("button", { class: "step", type: "button", onclick: () => go(name) }, el("b", {}, say(name)), el("span", { class: "soft" }, told)))));
    show(el("h1", {}, el("span", { class: "over" }, say("meeting_n", { n: state.number })), page.called), el("p", { class: "soft" }, state.held), list, page.foot,
      el("p", { class: "row" }, button(say("lock"), page.lock, "quiet"), button(say("forget"), page.forget, "quiet")));
  }

  function attendance(page) {
    const { base, state } = page, HOW = ["present", "late", "excused", "absent"];
    const count = el("p", { class: "soft", role: "status" });
    const told = () => { count.textContent = say("of", { n: Meeting.came(state), all: base.members.length }); };
    const mark = (number, how) => { state.attendance[number] = how; told(); page.keep(); };
    const member = (each) => el("fieldset", { class: "who" }, el("legend", {}, each.alias), el("div", { class: "hows" }, HOW.map((how) => el("label", {},
      el("input", { type: "radio", name: `m${each.number}`, value: how, checked: state.attendance[each.number] === how, onchange: () => mark(each.number, how) }),
      el("span", {}, say(how))))));
    const all = () => { for (const each of base.members) state.attendance[each.number] ??= "present"; page.keep(); attendance(page); };
    told();
    show(el("h1", {}, say("attendance")), el("p", {}, button(say("all_here"), all)), count, base.members.map(member), back(page));
  }

  function savings(page) {
    const { base, state } = page, { terms, currency } = base.money;
    const sum = el("p", { class: "soft", role: "status" });
    const told = () => { sum.textContent = `${say("shares_n", { n: Meeting.sum(state.shares) })} · ${money(Meeting.sum(state.shares) * terms.share_value, currency)}`; };
    const set = (kind, number, value) => { if (value) state[kind][number] = value; else delete state[kind][number]; told(); page.keep(); };
    function shares(each) {
      const shown = el("output", {}, String(state.shares[each.number] ?? 0));
      const step = (by) => {
        const next = Math.min(terms.most_shares, Math.max(0, (state.shares[each.number] ?? 0) + by));
        shown.textContent = String(next);
        set("shares", each.number, next);
      };
      const name = `${each.alias}: ${say("shares")}`;
      return el("div", { class: "stepper", role: "group", "aria-label": name }, el("button", { type: "button", class: "btn quiet", "aria-label": `${name} −`, onclick: () => step(-1) }, "−"), shown,
        el("button", { type: "button", class: "btn quiet", "aria-label": `${name} +`, onclick: () => step(1) }, "+"));
    }
    function sumOf(kind, each, most) {
      const made = field(`${kind}${each.number}`, say(kind), amountInput(state[kind][each.number]), most ? say("owes", { most: money(most, currency) }) : "");
      made.input.addEventListener("change", () => {
        const value = Meeting.minor(made.input.value);
        if (value === null) return made.fault(say("amount_wrong"));
        if (most && value > most) return made.fault(say("owes_less", { most: money(most, currency) }));
        made.fault("");
        return set(kind, each.number, value);
      });
      return made.whole;
    }
    const member = (each) => el("fieldset", { class: "who" }, el("legend", {}, each.alias), shares(each), sumOf("fund", each, 0), Meeting.debt(base, each.number) ? sumOf("repaid", each, Meeting.debt(base, each.number)) : null);
    const paid = () => { for (const each of base.members) if (["present", "late"].includes(state.attendance[each.number])) state.fund[each.number] ??= terms.fund_paid; page.keep(); savings(page); };
    told();
    show(el("h1", {}, say("savings")), el("p", { class: "soft" }, say("one_share", { price: money(terms.share_value, currency) })), terms.fund_paid ? el("p", {}, button(say("all_paid", { price: money(terms.fund_paid, currency) }), paid, "quiet")) : null, sum,
      base.members.map(member), back(page));
  }

  /** A list with what can be taken away again, and a form that adds to it. */
  function listed(page, name, rows, fields, add) {
    const { state } = page;
    const remove = (at) => { state[name].splice(at, 1); page.keep(); screens[name](page); };
    const list = rows.length ? el("ul", { class: "list" }, rows.map((words, at) => el("li", {}, el("span", {}, words), " ", button(say("remove"), () => remove(at), "quiet")))) : el("p", { class: "soft" }, say("none"));
    const form = el("form", { novalidate: true, onsubmit: (event) => { event.preventDefault(); if (add()) { page.keep(); screens[name](page); } } },
      fields.map((each) => each.whole), el("p", {}, el("button", { class: "btn" }, say("add"))));
    show(el("h1", {}, say(name)), list, form, back(page));
  }
  const people = (base, empty) => [["", empty], ...base.members.map((each) => [each.number, each.alias])];
  const called = (base, number) => Meeting.of(base, number)?.alias ?? "";

  function loans(page) {
    const { base, state } = page, { currency } = base.money;
    const who = field("who", say("member"), select(people(base, "")));
    const amount = field("amount", say("how_much"), amountInput());
    const months = field("months", say("months"), input({ inputmode: "numeric", value: "3" }));
    function add() {
      const value = Meeting.minor(amount.input.value), count = Number(months.input.value), member = Number(who.input.value);
      for (const each of [who, amount, months]) each.fault("");
      if (!member) return who.fault(say("whose"));
      if (!value) return amount.fault(say("amount_wrong"));
      if (!Number.isInteger(count) || count < 1 || count > 24) return months.fault(say("months_wrong"));
      const [fault, most] = Meeting.loanFault(base, state, { member, amount: value });
      if (fault) return amount.fault(say(fault, { most: money(most ?? 0, currency) }));
      state.loans.push({ member, amount: value, months: count });
      return true;
    }
    listed(page, "loans", state.loans.map((each) => `${called(base, each.member)}: ${money(each.amount, currency)} · ${say("months_n", { n: each.months })}`), [who, amount, months], add);
  }

  function others(page) {
    const { base, state } = page, { currency } = base.money;
    const kind = field("kind", say("what"), select(["fine", "income", "expense", "withdrawal"].map((each) => [each, say(each)])));
    const fund = field("fund", say("which_bag"), select([["savings", say("box")], ["social", say("social")]]));
    const who = field("who", say("member"), select(people(base, say("whole_group"))));
    const amount = field("amount", say("how_much"), amountInput());
    function add() {
      const line = { kind: kind.input.value, fund: fund.input.value, member: Number(who.input.value) || null, amount: Meeting.minor(amount.input.value) };
      for (const each of [who, amount]) each.fault("");
      if (!line.amount) return amount.fault(say("amount_wrong"));
      const [fault, most] = Meeting.otherFault(base, state, line);
      if (fault === "whose") return who.fault(say("whose"));
      if (fault) return amount.fault(say(fault, { most: money(most, currency) }));
      if (line.kind === "withdrawal") line.fund = "savings";
      state.others.push(line);
      return true;
    }
    const words = (each) => `${say(each.kind)}${each.member ? `, ${called(base, each.member)}` : ""}: ${money(each.amount, currency)}`;
    listed(page, "others", state.others.map(words), [kind, fund, who, amount], add);
  }

  function decisions(page) {
    const { base, state } = page;
    const text = field("words", say("decided"), el("textarea", { rows: "3", maxlength: "600" }), say("no_names"));
    const votes = ["for", "against", "abstained"].map((name) => [name, field(`v-${name}`, say(name), input({ inputmode: "numeric", maxlength: "3" }))]);
    const who = field("who", say("takes_on"), select(people(base, say("nobody"))));
    function add() {
      const told = { words: text.input.value.trim() };
      text.fault("");
      if (!told.words) return text.fault(say("write_something"));
      for (const [name, made] of votes) if (/^\d{1,3}$/.test(made.input.value.trim())) told[name] = Number(made.input.value);
      if (who.input.value) told.member = Number(who.input.value);
      state.decisions.push(told);
      return true;
    }
    listed(page, "decisions", state.decisions.map((each) => each.words), [text, ...votes.map(([, made]) => made), who], add);
  }

  function close(page) {
    const { base, state } = page, missing = base.members.filter((each) => !state.attendance[each.number]);
    const heading = el("h1", {}, say("close"));
    if (missing.length) return show(heading, el("p", { class: "note care" }, say("not_all_marked", { n: missing.length })), el("p", {}, button(say("attendance"), () => attendance(page))), back(page));
    const fields = [], bags = base.money ? Meeting.bags(base, state) : null, c = base.money?.currency;
    if (bags) for (const bag of ["box", "social"]) fields.push([bag, field(`c-${bag}`, say(`counted_${bag}`), amountInput(state.cash?.[bag]), say("by_book", { most: money(bags[bag], c) }))]);
    const why = field("why", say("why_differs"), input({ maxlength: "300", value: state.cash?.why ?? "" }));
    const differs = el("p", { class: "note care", hidden: true, role: "status" });
    async function end(event) {
      event.preventDefault();
      const cash = {};
      for (const [bag, made] of fields) {
        const value = Meeting.minor(made.input.value);
        if (value === null || made.input.value.trim() === "") return made.fault(say("amount_wrong"));
        made.fault("");
        cash[bag] = value;
      }
      const apart = fields.filter(([bag]) => cash[bag] !== bags[bag]);
      differs.hidden = !apart.length;
      differs.textContent = apart.map(([bag]) => `${say(bag)}: ${money(cash[bag] - bags[bag], c)}`).join(" · ");
      why.fault("");
      if (apart.length && !why.input.value.trim()) return why.fault(say("say_why"));
      state.cash = bags ? { ...cash, why: why.input.value.trim() } : null;
      state.closed = true;
      return page.finish();
    }
    return show(heading, el("p", {}, say("close_says")), el("form", { novalidate: true, onsubmit: end }, fields.map(([, made]) => made.whole), differs, fields.length ? why.whole : null,
      el("p", {}, el("button", { class: "btn" }, say("close_now")))), back(page));
  }

  const screens = { attendance, savings, loans, others, decisions, close };
  self.Screens = { button, el, field, home, input, money, say, screens, show, tell };
})();
