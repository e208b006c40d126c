"""What the household budget answers, as blocks that a template draws; the page's script makes the same blocks of the same words."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language

from hamroh.cases.forms.rights import MONEY
from hamroh.kernel import budgets
from hamroh.training.budgetwords import AIMS, CREDITORS, DRAWINGS, ENVELOPES, FAULTS, MEASURES, SAID, WHAT_IF
from hamroh.web import dates
from hamroh.web.texts import capitalised, pick

Block = dict[str, Any]
#: the picture of the months: bars of one width beside each other, from the line of nought up or down
STEP, WIDE, LEFT, TOP, TALL, FOOT = 29, 20, 8, 8, 160, 40
RIGHTS_PAGE = "rights:alimony"


def money(amount: int) -> str:
    """A sum in the language's form; hundredths only where there are some."""
    whole, part = divmod(abs(amount), 100)
    value = Decimal(abs(amount)) / 100 if part else Decimal(whole)
    return ("\N{MINUS SIGN}" if amount < 0 else "") + dates.number(value, _lang(), 2 if part else 0)


def _sum(amount: int, currency: str) -> str:
    return f"{money(amount)} {dict(MONEY)[currency]}"


def _month(month: budgets.Month) -> str:
    return dates.month(dt.date(*month, 1), _lang())


def _lang() -> str:
    return get_language() or "en"


def _say(name: str, **facts: Any) -> str:
    return str(SAID[name]) % facts if facts else str(SAID[name])


def answer(plan: budgets.Plan, scenario: budgets.Scenario, on: dt.date) -> list[Block]:
    """Everything that is said of a plan."""
    then = budgets.supposed(plan, scenario)
    columns = budgets.outlook(then)
    judged = budgets.judged(columns, then.main)
    blocks = [_headline(judged), {"kind": "p", "text": f"{_say_what(scenario)}."}]
    blocks += _helping(then, judged, columns)
    for column in columns:
        blocks += _column(column, plan)
    if len(columns) > 1 and not columns[-1].by_rate:
        blocks.append({"kind": "p", "text": _say("apart")})
    kind = sum(line.in_kind for line in columns[0].lines)
    if kind:
        blocks.append({"kind": "p", "text": _say("kind", sum=_sum(kind, plan.main))})
    return [*blocks, *_envelopes(then, columns[0]), *_debts(plan), *_goals(plan), *_lines(then, columns, on)]


def _say_what(scenario: budgets.Scenario) -> str:
    if scenario.what is budgets.What.LATE:
        return _say("late", months=scenario.months)
    return str(WHAT_IF[scenario.what])


def _headline(column: budgets.Column) -> Block:
    line = column.short or column.least
    said = _say(
        "short" if column.short else "lasts", month=_month(line.month), sum=_sum(abs(line.left), column.currency)
    )
    return {"kind": "head", "state": "risk" if column.short else "done", "text": said}


def _helping(plan: budgets.Plan, judged: budgets.Column, columns: tuple[budgets.Column, ...]) -> Iterator[Block]:
    found = budgets.advice(plan, judged, columns)
    if found:
        yield {"kind": "h", "text": _say("help")}
        yield {"kind": "ul", "rows": [_advice(each, judged) for each in found]}


def _advice(each: budgets.Advice, judged: budgets.Column) -> dict[str, str]:
    facts = {} if each.amount is None else {"sum": _sum(each.amount, each.currency or judged.currency)}
    said = _say(f"help_{each.help}", **facts)
    if each.help in (budgets.Help.WAIT_WITH_GOALS, budgets.Help.ASK_CREDITORS):
        said = f"{said} {_say('enough' if each.enough else 'part')}"
    return {"text": said, "to": RIGHTS_PAGE if each.help is budgets.Help.CLAIM else ""}


def _column(column: budgets.Column, plan: budgets.Plan) -> Iterator[Block]:
    name = capitalised(str(dict(MONEY)[column.currency]), _lang())
    if column.by_rate:
        days = ", ".join(sorted({rate.day.strftime("%d.%m.%Y") for rate in plan.rates}))
        name = f"{_say('together', money=dict(MONEY)[column.currency])} ({days})"
    yield {"kind": "h", "text": name}
    yield {"kind": "chart", "text": _say("chart"), **chart([line.left for line in column.lines], column.lines[0].month)}
    heads = [_say(word) for word in ("month", "came", "spent", "repaid", "aside", "left")]
    rows = [
        [_month(line.month), *map(money, (line.came, line.spent, line.repaid, line.put_aside, line.left))]
        for line in column.lines
    ]
    low = [line.left < 0 for line in column.lines]
    yield {
        "kind": "table",
        "caption": f"{_say('chart')}: {name}",
        "heads": heads,
        "rows": list(zip(rows, low, strict=True)),
    }


def chart(lefts: list[int], first: budgets.Month) -> dict[str, Any]:
    """Where each bar stands, in whole units of the picture."""
    high, low = max(0, *lefts), min(0, *lefts)
    span = high - low or 1

    def level(value: int) -> int:
        return TOP + (high - value) * TALL // span

    bars = []
    for number, left in enumerate(lefts):
        top, end = sorted((level(left), level(0)))
        month = budgets.later(first, number)
        bars.append({
            "x": LEFT + number * STEP, "y": top, "tall": max(1, end - top), "low": left < 0, "month": month[1],
            "middle": LEFT + number * STEP + WIDE // 2, "year": month[0] if number == 0 or month[1] == 1 else "",
        })  # fmt: skip
    return {"bars": bars, "nought": level(0)}


def _envelopes(plan: budgets.Plan, own: budgets.Column) -> Iterator[Block]:
    sums = [(each, _a_year(each) // budgets.YEAR) for each in plan.spendings]
    everything = sum(amount for _each, amount in sums)
    if everything:
        heads = [_say(word) for word in ("envelope", "sum", "share")]
        rows = [
            {"icon": DRAWINGS[each.envelope], "word": str(ENVELOPES[each.envelope]), "sum": money(amount),
             "share": amount * 100 // everything}
            for each, amount in sums
        ]  # fmt: skip
        caption = f"{_say('envelopes')}: {dict(MONEY)[own.currency]}"
        yield {"kind": "envelopes", "caption": caption, "heads": heads, "rows": rows}


def _a_year(each: budgets.Spending) -> int:
    return each.amount * len(each.months)


def _debts(plan: budgets.Plan) -> Iterator[Block]:
    if plan.debts:
        yield {"kind": "h", "text": _say("debts")}
        yield {"kind": "ul", "rows": [{"text": _debt(each, plan.start), "to": ""} for each in plan.debts]}


def _debt(debt: budgets.Debt, start: budgets.Month) -> str:
    found, who = budgets.paid_off(debt, start), str(CREDITORS[debt.creditor])
    if found.ends is None or found.interest is None:
        return _say("never", who=who)
    return _say("ends", who=who, month=_month(found.ends), sum=_sum(found.interest, debt.currency))


def _goals(plan: budgets.Plan) -> Iterator[Block]:
    if plan.goals:
        yield {"kind": "h", "text": _say("goals")}
        yield {"kind": "ul", "rows": [{"text": _goal(each, plan.start), "to": ""} for each in plan.goals]}


def _goal(goal: budgets.Goal, start: budgets.Month) -> str:
    found, what = budgets.saving(goal, start), str(AIMS[goal.aim])
    amount = _sum(found.monthly, goal.currency)
    return (
        _say("goal_late", what=what, sum=amount)
        if found.late
        else _say("goal", what=what, sum=amount, month=_month(goal.by))
    )


def _lines(plan: budgets.Plan, columns: tuple[budgets.Column, ...], on: dt.date) -> Iterator[Block]:
    found = budgets.compared(plan, columns, on)
    rows = [_line(each) for each in found]
    if plan.main == "TJS":
        rows.append({"text": _say("none_found"), "to": ""})
    if rows:
        yield {"kind": "h", "text": _say("lines")}
        yield {"kind": "ul", "rows": rows}


def _line(each: budgets.Compared) -> dict[str, str]:
    of = each.threshold
    sums = {"sum": _sum(each.has, of.currency), "line": _sum(each.line, of.currency)}
    per_child = [_say("per_child")] if of.measure is budgets.Measure.CHILD_A_MONTH else []
    parts = (*per_child, _say("below" if each.below else "above", **sums))
    said = (pick(of.texts, _lang()).text, f"{of.period}.", *parts, _say("stated", source=of.source))
    return {"text": " ".join(said), "to": ""}


def for_script(start: budgets.Month, on: dt.date) -> dict[str, Any]:
    """What the script needs to reckon and to say it in the reader's language."""
    sample = dates.number(Decimal(1000), _lang(), 1)
    lines = [each for each in budgets.thresholds() if not each.until or on <= each.until]
    return {
        "lang": _lang(),
        "start": start,
        "group": sample[1],
        "point": sample[-2],
        "months": [_month((2000, number)).removesuffix(" 2000") for number in range(1, 13)],
        "money": {code: str(word) for code, word in MONEY},
        "said": {name: str(text) for name, text in SAID.items()},
        "faults": {name: str(text) for name, text in FAULTS.items()},
        "what": {what.value: str(text) for what, text in WHAT_IF.items()},
        "who": {each.value: str(text) for each, text in CREDITORS.items()},
        "aims": {each.value: str(text) for each, text in AIMS.items()},
        "envelopes": [[DRAWINGS[each], str(text)] for each, text in ENVELOPES.items()],
        "lines": [
            {"measure": each.measure.value, "currency": each.currency, "amount": each.amount, "period": each.period,
             "text": pick(each.texts, _lang()).text, "source": each.source}
            for each in lines
        ],
        "ladder": budgets.LADDER,
        "chart": [STEP, WIDE, LEFT, TOP, TALL],
    }  # fmt: skip


def shared(plan: budgets.Plan) -> dict[str, Any]:
    """What may be shared with a workshop: a class of each of four sums of her own money, as things are now."""
    column = budgets.outlook(plan)[0]
    months = len(column.lines)
    sums = {
        budgets.Shared.CAME: sum(line.came for line in column.lines) // months,
        budgets.Shared.SPENT: sum(line.spent for line in column.lines) // months,
        budgets.Shared.OWED: sum(each.owed for each in plan.debts if each.currency == plan.main),
        budgets.Shared.ASIDE: sum(budgets.saving(each, plan.start).monthly for each in plan.goals),
    }
    return {"currency": plan.main, **{name.value: budgets.band_of(amount) for name, amount in sums.items()}}


def band_said(step: int, currency: str) -> str:
    """A class of sums as it is read: nothing, from a sum to another, or from a sum up."""
    if not step:
        return money(0)
    low, word = budgets.LADDER[step] * 100, str(dict(MONEY)[currency])
    if step == len(budgets.LADDER) - 1:
        return f"{money(low)} + {word}"
    return f"{money(low)} \N{EN DASH} {money((budgets.LADDER[step + 1] - 1) * 100)} {word}"


def released_said(told: dict[str, Any]) -> dict[str, Any]:
    """What a closed workshop may tell: households in all, and for each money its measures with their classes."""
    monies = [
        {
            "name": capitalised(str(dict(MONEY)[currency]), _lang()),
            "measures": [_measure(of, each) for each in MEASURES],
        }
        for currency, of in told["currencies"].items()
    ]
    return {"households": told["households"], "monies": monies}


def _measure(of: dict[str, list[tuple[int, int | None, int]]], measure: budgets.Shared) -> dict[str, Any]:
    return {
        "word": str(MEASURES[measure]),
        "bands": [(_range(least, below), households) for least, below, households in of.get(measure.value, ())],
    }


def _range(least: int, below: int | None) -> str:
    """A class in whole units, as it is read."""
    if below is None:
        return f"{money(least * 100)} +"
    return money(least * 100) if below - least == 1 else f"{money(least * 100)} \N{EN DASH} {money((below - 1) * 100)}"
