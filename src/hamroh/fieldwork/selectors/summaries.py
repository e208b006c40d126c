"""Answers counted: for each question how often what was said, for each place how many forms came."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hamroh.fieldwork import showing
from hamroh.fieldwork.selectors.results import Opened
from hamroh.kernel.disclosure import Dimension, Shape, Table, protect
from hamroh.web import dates

#: bars of a question about numbers, at most
BANDS = 6


@dataclass(frozen=True)
class Bar:
    """One answer: how often it was given, None where that is held back; ``share`` is per cent of those who answered."""

    code: str
    label: str
    count: int | None
    share: Decimal | None


@dataclass(frozen=True)
class Summary:
    """A question counted. ``answered`` is None where that would tell what is held back; ``facts`` are sums of numbers in words."""

    column: showing.Column
    bars: Sequence[Bar]
    answered: int | None
    facts: str = ""


def summaries(
    found: Sequence[Opened], asked: Sequence[showing.Column], lang: str, *, about_children: bool
) -> list[Summary]:
    """Every question that can be counted, in the order of the form."""
    countable = [each for each in asked if each.counts and not each.is_personal]
    return [summary(each, values_of(found, each), lang, about_children=about_children) for each in countable]


def values_of(found: Iterable[Opened], column: showing.Column) -> list[Any]:
    """All answers to a question."""
    values = []
    for each in found:
        for answers in showing.rows_of(each.answers, column.repeat) if column.repeat else [each.answers]:
            if answers.get(column.path) is not None:
                values.append(answers[column.path])
    return values


def summary(column: showing.Column, values: Sequence[Any], lang: str, *, about_children: bool) -> Summary:
    """One question counted; of children small counts are held back, and what would give them away."""
    if column.choices:
        labels = dict(column.choices)
        counts = Counter(name for value in values for name in (value if isinstance(value, list) else [value]))
        labels |= {name: str(name) for name in counts if name not in labels}
        facts = ""
    else:
        labels, counts, facts = _banded([each for each in values if isinstance(each, int | float)], lang)
    several = column.kind == "select_multiple"
    shown = (
        _held_back(counts, list(labels), several=several) if about_children else {each: counts[each] for each in labels}
    )
    whole = None if about_children and None in shown.values() else len(values)
    bars = [Bar(code, label, shown[code], share_of(shown[code], whole)) for code, label in labels.items()]
    return Summary(column, bars, whole, "" if about_children else facts)


def share_of(count: int | None, whole: int | None) -> Decimal | None:
    """Per cent, whole; None where it is not known or nobody answered."""
    return None if count is None or not whole else (Decimal(100 * count) / whole).quantize(Decimal(1))


def _held_back(counts: Mapping[str, int], names: Sequence[str], *, several: bool) -> dict[str, int | None]:
    """Counts of one question as they may be shown; where several answers can be ticked, nothing adds up to a whole."""
    if several:
        return {name: counts[name] if counts[name] >= 5 else None for name in names}
    shape = Shape((Dimension.of("answer", names),))
    found = protect(Table(shape, {(name,): counts[name] for name in names}))
    if found.refusal:
        return dict.fromkeys(names)
    shown = found.published().shown
    return {name: shown.get((name,)) for name in names}


def _banded(numbers: Sequence[float], lang: str) -> tuple[dict[str, str], Counter[str], str]:
    """Numbers in bands of one width, with their least, middle and most in words."""
    if not numbers:
        return {}, Counter(), ""
    ordered = sorted(numbers)
    low, high = ordered[0], ordered[-1]
    different = sorted(set(ordered))
    if len(different) <= BANDS:
        labels = {str(each): dates.number(each, lang) for each in different}
        counts = Counter(str(each) for each in ordered)
    else:
        labels, counts = _in_bands(ordered, low, high, lang)
    middle = ordered[len(ordered) // 2]
    facts = _("least %(low)s, middle %(middle)s, most %(high)s, together %(sum)s") % {
        name: dates.number(round(value, 2), lang)
        for name, value in (("low", low), ("middle", middle), ("high", high), ("sum", sum(ordered)))
    }
    return labels, counts, facts


def _in_bands(ordered: Sequence[float], low: float, high: float, lang: str) -> tuple[dict[str, str], Counter[str]]:
    whole = all(float(each).is_integer() for each in ordered)
    step = (high - low + (1 if whole else 0)) / BANDS
    step = max(1, -(-int(high - low + 1) // BANDS)) if whole else step
    edges = [low + step * at for at in range(BANDS)]
    labels = {
        str(at): f"{dates.number(_neat(edge), lang)}–{dates.number(_neat(edge + step - 1 if whole else edge + step), lang)}"
        for at, edge in enumerate(edges) if edge <= high
    }  # fmt: skip
    counts = Counter(str(min(int((each - low) / step), len(labels) - 1)) for each in ordered)
    return labels, counts


def _neat(number: float) -> float:
    return int(number) if float(number).is_integer() else round(number, 2)


def nobody() -> str:
    """What stands where a count is held back."""
    return pgettext("count that is held back", "×")


def by_place(found: Iterable[Any]) -> Counter[str]:
    """How many forms came from each place, by its key."""
    return Counter(each.place.key for each in found if each.place is not None)
