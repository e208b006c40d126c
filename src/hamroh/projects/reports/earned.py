"""Money of a project for a report, by currency: what the books say, never converted."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from hamroh.kernel import reporting
from hamroh.projects.models import Budget, Project, Transaction
from hamroh.projects.reports.figures import Figures, Span, labelled, when

RECEIVED, SPENT = frozenset({"1"}), frozenset({"3", "4"})
BOOKS = {"kind": "books"}
Sums = dict[str, Decimal]


def money(project: Project, span: Span, found: Figures) -> list[dict[str, Any]]:
    """A line for each currency that the project has a budget or money in."""
    budgets = _budgets(project)
    moved = list(
        Transaction.objects.filter(project=project, kind__in=RECEIVED | SPENT).values_list("kind", "currency", "amount", "on_date")
    )  # fmt: skip
    currencies = sorted({*budgets, *(currency for _kind, currency, _amount, _day in moved)})
    return [
        {"currency": each, "figures": _line(each, budgets, [row for row in moved if row[1] == each], span, found)} for each in currencies
    ]  # fmt: skip


def _budgets(project: Project) -> Sums:
    """Budgets by currency; of one period a revised budget takes the place of the first one."""
    periods: dict[tuple[Any, ...], dict[bool, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for row in Budget.objects.filter(project=project):
        periods[row.starts_date, row.ends_date, row.currency][row.is_revised] += row.amount
    sums: Sums = defaultdict(Decimal)
    for (_starts, _ends, currency), amounts in periods.items():
        sums[currency] += amounts[True] if True in amounts else amounts[False]
    return dict(sums)


def _line(currency: str, budgets: Sums, moved: list[Any], span: Span, found: Figures) -> dict[str, str]:
    figures = {}
    if currency in budgets:
        figures["budget"] = _add(found, f"m:{currency}:budget", lambda: pgettext("money", "Budget of the project"), budgets[currency], currency, ends=span.ends, running=True)  # fmt: skip
    for name, kinds in (("received", RECEIVED), ("spent", SPENT)):
        rows = [(amount, day.isoformat()) for kind, _currency, amount, day in moved if kind in kinds]
        so_far = sum((amount for amount, day in rows if day <= reporting.last_day(span.ends)), Decimal(0))
        words = _WORDS[name]
        key = f"m:{currency}:{name}"
        for starts, ends in dict.fromkeys([*([span.last] if span.last else []), (span.starts, span.ends)]):
            inside = sum((amount for amount, day in rows if reporting.lies_within(day, day, starts, ends)), Decimal(0))
            figures[name] = _add(found, f"{key}:{starts}:{ends}", words, inside, currency, starts=starts, ends=ends)
        figures[f"{name}_so_far"] = _add(found, f"{key}:so_far", lambda w=words: f"{w()}, {_('since the beginning')}", so_far, currency, ends=span.ends, running=True)  # fmt: skip
    return figures


def _add(found: Figures, key: str, words: Any, value: Decimal, currency: str, **more: Any) -> str:
    def said(lang: str) -> str:
        with override(lang):
            return str(words())

    labels = labelled(said, lambda _lang: currency, *([when(more["starts"], more["ends"])] if "starts" in more else []))
    return found.add(key, labels, value, BOOKS, unit=currency, record="books", **more)


_WORDS: dict[str, Any] = {
    "received": lambda: pgettext("money", "Received"),
    "spent": lambda: pgettext("money", "Spent"),
}
