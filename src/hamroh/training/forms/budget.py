"""The questions of the household budget: lists and numbers alone, so that nothing can be written that names anybody.

Browsers are asked to remember none of it. The page's own script reads the same fields by the same rules.
"""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.cases.forms.rights import MONEY
from hamroh.kernel import budgets
from hamroh.training.budgetwords import AIMS, CREDITORS, DRAWINGS, ENVELOPES, FAULTS, SOURCES, WHAT_IF

#: rows of each kind: incomes, envelopes by their order, debts, goals (things to save for), rates
ROWS = {"i": 5, "e": len(ENVELOPES), "d": 3, "t": 3, "r": 2}
#: rows that stand open before anything is typed
OPEN = {"i": 2, "d": 1, "t": 1, "r": 1}
#: how many fields and bytes a whole form has at most
LONGEST = 16 * 1024
LATEST = 6  # months that money may come late
STOPPED = "x"
_FORGET = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
_SUM = re.compile(r"([0-9]{1,9})(?:[.,]([0-9]{1,2}))?")
_RATE = re.compile(r"([0-9]{1,6})(?:[.,]([0-9]{1,6}))?")
_MONTH = re.compile(r"([0-9]{1,2})[\s.,/-]+([0-9]{4})")
_DAY = re.compile(r"([0-9]{1,2})[\s.,/-]+([0-9]{1,2})[\s.,/-]+([0-9]{4})")
_SPAN = re.compile(r"([0-9]{1,2})(?:[-–]([0-9]{1,2}))?")
_HUNDRED = 100


class _Typed(forms.CharField):
    """Numbers as they are typed; ``fault`` names what is said of others. Left empty it is None."""

    fault = "sum"
    mode = "decimal"

    def __init__(self, label: Any, **more: Any) -> None:
        widget = forms.TextInput(attrs={**_FORGET, "inputmode": self.mode})
        said = FAULTS[self.fault]
        faults = {"max_length": said, "null_characters_not_allowed": said}
        super().__init__(label=label, required=False, max_length=24, widget=widget, error_messages=faults, **more)

    def clean(self, value: Any) -> Any:
        text = super().clean(value).strip()
        if not text:
            return None
        found = self.read(text)
        if found is None:
            raise forms.ValidationError(FAULTS[self.fault])
        return found

    def read(self, text: str) -> Any:
        """What the text stands for; None where it stands for nothing."""
        return text


def _scaled(pattern: re.Pattern[str], text: str, places: int) -> int | None:
    """A number with so many places, as a whole one."""
    found = pattern.fullmatch(re.sub(r"\s", "", text))
    return int(found[1]) * 10**places + int((found[2] or "").ljust(places, "0")) if found else None


class SumField(_Typed):
    """A sum in hundredths."""

    def read(self, text: str) -> int | None:
        return _scaled(_SUM, text, 2)


class PercentField(_Typed):
    """A percentage in hundredths, up to a hundred."""

    fault = "percent"

    def read(self, text: str) -> int | None:
        found = _scaled(_SUM, text, 2)
        return found if found is not None and found <= _HUNDRED * 100 else None


class RateField(_Typed):
    """A rate in millionths, over nought."""

    fault = "rate"

    def read(self, text: str) -> int | None:
        return _scaled(_RATE, text, 6) or None


class CountField(_Typed):
    """How many children."""

    fault, mode = "count", "numeric"

    def read(self, text: str) -> int | None:
        return int(text) if re.fullmatch(r"[0-9]{1,2}", text) and int(text) <= 20 else None


class MonthsField(_Typed):
    """Months of the year, like 9 or 4-10 or 11-2."""

    fault, mode = "months", "text"

    def read(self, text: str) -> frozenset[int] | None:
        found: set[int] = set()
        for part in re.split(r"[\s,;.]+", re.sub(r"\s*[-–]\s*", "-", text)):
            span = _SPAN.fullmatch(part)
            first, last = (int(span[1]), int(span[2] or span[1])) if span else (0, 0)
            if not (1 <= first <= 12 and 1 <= last <= 12):
                return None
            found |= {(number - 1) % 12 + 1 for number in range(first, first + (last - first) % 12 + 1)}
        return frozenset(found)


class MonthField(_Typed):
    """A month with its year, like 5.2027."""

    fault = "month"

    def read(self, text: str) -> budgets.Month | None:
        found = _MONTH.fullmatch(text)
        if not found or not 1 <= int(found[1]) <= 12 or not 2000 <= int(found[2]) <= 2100:
            return None
        return int(found[2]), int(found[1])


class DayField(_Typed):
    """A day, like 5.11.2026."""

    fault = "day"

    def read(self, text: str) -> dt.date | None:
        found = _DAY.fullmatch(text)
        try:
            day = dt.date(int(found[3]), int(found[2]), int(found[1])) if found else None
        except ValueError:
            return None
        return day if day and 2000 <= day.year <= 2100 else None


def _choice(label: Any, choices: Any, initial: str = "") -> forms.ChoiceField:
    said = dict.fromkeys(("required", "invalid_choice"), _("Choose one of these."))
    return forms.ChoiceField(label=label, choices=list(choices), initial=initial, required=False, error_messages=said)


LATE_WORDS = (_("a month late"), _("two months late"), _("three months late"))


def _comes() -> list[tuple[str, Any]]:
    late = [(str(number), LATE_WORDS[number - 1]) for number in range(1, 4)]
    return [("0", pgettext_lazy("money that comes in", "comes")), *late, (STOPPED, _("comes no more"))]


class BudgetForm(forms.Form):
    """Rows of money that comes and goes; a row without its sum is not counted."""

    def __init__(self, data: Any = None, *, main: str = "TJS") -> None:
        super().__init__(data, auto_id="q_%s")
        self.main = main
        add = self.fields
        add["m"] = _choice(_("In which money do you live?"), MONEY, main)
        add["h"] = SumField(_("How much do you have in hand now?"))
        add["k"] = CountField(_("How many children under 18 live with you?"))
        for number in range(1, ROWS["i"] + 1):
            self._add_income(str(number), list(SOURCES)[number - 1])
        for number, (envelope, word) in enumerate(ENVELOPES.items(), 1):
            add[f"e{number}a"] = SumField(word)
            add[f"e{number}a"].drawing = DRAWINGS[envelope]  # type: ignore[attr-defined]
            add[f"e{number}m"] = MonthsField(_("In which months?"))
        add["g1a"] = SumField(_("What you grow or are given: worth a month"))
        add["g1m"] = MonthsField(_("In which months?"))
        for number in range(1, ROWS["d"] + 1):
            self._add_debt(str(number))
        for number in range(1, ROWS["t"] + 1):
            self._add_goal(str(number))
        for number in range(1, ROWS["r"] + 1):
            self._add_rate(str(number))
        add["s"] = _choice(_("What if?"), [(what.value, word) for what, word in WHAT_IF.items()], budgets.What.AS_NOW)
        add["s"].widget = forms.RadioSelect(choices=add["s"].choices)  # type: ignore[attr-defined]
        add["l"] = _choice(_("How many months late?"), [(str(n), str(n)) for n in range(1, LATEST + 1)], "2")

    def _add_income(self, n: str, source: budgets.Source) -> None:
        self.fields[f"i{n}k"] = _choice(
            _("What comes?"), ((each.value, word) for each, word in SOURCES.items()), source
        )
        self.fields[f"i{n}a"] = SumField(_("How much a month?"))
        self.fields[f"i{n}c"] = _choice(pgettext_lazy("household budget", "In which money?"), MONEY, self.main)
        self.fields[f"i{n}m"] = MonthsField(_("In which months?"))
        self.fields[f"i{n}s"] = _choice(_("Does it come?"), _comes(), "0")

    def _add_debt(self, n: str) -> None:
        creditors = ((each.value, word) for each, word in CREDITORS.items())
        self.fields[f"d{n}k"] = _choice(_("Whom do you owe?"), creditors, budgets.Creditor.SHOP)
        self.fields[f"d{n}a"] = SumField(_("How much is left to pay?"))
        self.fields[f"d{n}c"] = _choice(pgettext_lazy("household budget", "In which money?"), MONEY, self.main)
        self.fields[f"d{n}p"] = SumField(_("How much do you pay back a month?"))
        self.fields[f"d{n}r"] = PercentField(_("Interest a month, in percent"))
        self.fields[f"d{n}f"] = MonthField(_("From which month?"))

    def _add_goal(self, n: str) -> None:
        aims = ((each.value, word) for each, word in AIMS.items())
        self.fields[f"t{n}k"] = _choice(_("What for?"), aims, budgets.Aim.SCHOOL)
        self.fields[f"t{n}a"] = SumField(_("How much is needed?"))
        self.fields[f"t{n}s"] = SumField(_("How much have you saved for it?"))
        self.fields[f"t{n}b"] = MonthField(_("By which month?"))

    def _add_rate(self, n: str) -> None:
        self.fields[f"r{n}c"] = _choice(_("One of this money …"), MONEY, "RUB")
        self.fields[f"r{n}a"] = RateField(_("… gave you so much of your own"))
        self.fields[f"r{n}d"] = DayField(_("On which day?"))

    # ---- rules between fields

    def clean(self) -> dict[str, Any]:
        """A goal needs its month, a rate its day and another money than her own."""
        given = self.cleaned_data
        for number in range(1, ROWS["t"] + 1):
            if given.get(f"t{number}a") and f"t{number}b" not in self.errors and not given.get(f"t{number}b"):
                self.add_error(f"t{number}b", FAULTS["month"])
        for number in range(1, ROWS["r"] + 1):
            self._clean_rate(f"r{number}")
        return given

    def _clean_rate(self, row: str) -> None:
        given = self.cleaned_data
        rate, day = given.get(f"{row}a"), given.get(f"{row}d")
        if any(f"{row}{part}" in self.errors for part in "ad"):
            return
        if (rate is None) != (day is None):
            self.add_error(f"{row}a" if rate is None else f"{row}d", FAULTS["both"])
        elif rate and (given.get(f"{row}c") or "RUB") == self._own:
            self.add_error(f"{row}c", FAULTS["same"])

    @property
    def _own(self) -> str:
        return self.cleaned_data.get("m") or self.main

    # ---- what a valid form tells

    def plan(self, start: budgets.Month) -> budgets.Plan:
        given, own = self.cleaned_data, self._own
        every = budgets.EVERY_MONTH
        spendings = (
            budgets.Spending(envelope, given[f"e{n}a"], own, given[f"e{n}m"] or every)
            for n, envelope in enumerate(ENVELOPES, 1)
            if given[f"e{n}a"]
        )
        kind = [budgets.InKind(given["g1a"], own, given["g1m"] or every)] if given["g1a"] else []
        return budgets.Plan(
            start, own, given["h"] or 0, tuple(self._incomes()), tuple(spendings), tuple(kind),
            tuple(self._debts(start)), tuple(self._goals()), tuple(self._rates()), given["k"] or 0,
        )  # fmt: skip

    def _rows(self, kind: str) -> Iterator[tuple[dict[str, Any], str]]:
        """What is told in each row that has a sum, by the last letter of its fields."""
        for number in range(1, ROWS[kind] + 1):
            start = f"{kind}{number}"
            row = {name.removeprefix(start): value for name, value in self.cleaned_data.items() if name[:2] == start}
            if row.get("a"):
                yield row, start

    def _of(self, row: str, part: str, told: dict[str, Any]) -> str:
        """A choice that was not made is the one that stands there."""
        return str(told.get(part) or self.fields[row + part].initial)

    def _incomes(self) -> Iterator[budgets.Income]:
        for told, row in self._rows("i"):
            comes = self._of(row, "s", told)
            yield budgets.Income(
                budgets.Source(self._of(row, "k", told)), told["a"], self._of(row, "c", told),
                told["m"] or budgets.EVERY_MONTH, comes == STOPPED, 0 if comes == STOPPED else int(comes),
            )  # fmt: skip

    def _debts(self, start: budgets.Month) -> Iterator[budgets.Debt]:
        for told, row in self._rows("d"):
            yield budgets.Debt(
                budgets.Creditor(self._of(row, "k", told)), told["a"], self._of(row, "c", told),
                told["p"] or 0, told["r"] or 0, told["f"] or start,
            )  # fmt: skip

    def _goals(self) -> Iterator[budgets.Goal]:
        for told, row in self._rows("t"):
            aim = budgets.Aim(self._of(row, "k", told))
            yield budgets.Goal(aim, told["a"], self._own, told["b"], told["s"] or 0)

    def _rates(self) -> Iterator[budgets.Rate]:
        for told, row in self._rows("r"):
            yield budgets.Rate(self._of(row, "c", told), self._own, told["a"], told["d"])

    def scenario(self) -> budgets.Scenario:
        what = budgets.What(self.cleaned_data["s"] or budgets.What.AS_NOW)
        return budgets.Scenario(what, int(self.cleaned_data["l"] or 2) if what is budgets.What.LATE else 0)

    # ---- how it stands on the page

    def row(self, kind: str, number: int) -> list[forms.BoundField]:
        start = f"{kind}{number}"
        return [self[name] for name in self.fields if name[:-1] == start]

    def is_told(self, kind: str, first: int) -> bool:
        """Whether a row from this one on has something typed, so that it must stand open."""
        return any(self[f"{kind}{number}a"].value() for number in range(first, ROWS[kind] + 1))
