"""How figures are written: signs, ranges, units, signs for nothing, and what names a person."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations

from hamroh.kernel.figures.model import Figure, Finding, Kind, Profile, Severity, Table
from hamroh.kernel.figures.words import plain

#: the quotients of two series in different units are as near to each other as this
STEADY = Decimal("0.03")
#: series are compared over so many periods at least
ENOUGH = 3
_PERCENT = (Kind.SHARE,)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
_PHONE = re.compile(r"(?<![\w.,/-])\+?\(?\d{1,4}\)?(?:[ ()-]{1,2}\d{2,4}){2,4}(?![\w,/-]|\.\d)")


def check_signs(profile: Profile) -> Iterator[Finding]:
    """SIGN: less than nothing of what cannot be, or a dash before a number that makes it look so."""
    for figure in profile.figures():
        if profile.concept(figure).signed or figure.span is None:
            continue
        if figure.span[0] < 0 or "dash" in figure.faults:
            yield Finding("SIGN", Severity.ERROR, (figure.id,), "sign/dash", {"printed": figure.printed})


def check_ranges(profile: Profile) -> Iterator[Finding]:
    """RANGE: a share above a hundred, or a least above the most."""
    for figure in profile.figures():
        if figure.span is None:
            continue
        low, high = figure.span
        if low > high:
            yield Finding(
                "RANGE", Severity.ERROR, (figure.id,), "range/turned", {"least": plain(low), "most": plain(high)}
            )
        elif profile.concept(figure).kind in _PERCENT and high > 100:
            yield Finding("RANGE", Severity.ERROR, (figure.id,), "range/beyond", {"value": plain(high)})


def check_units(profile: Profile) -> Iterator[Finding]:
    """UNIT: two series of one thing that differ by a power of ten, or steadily: another unit, or other prices."""
    series: dict[tuple[str, ...], dict[str, dict[str, Decimal]]] = defaultdict(lambda: defaultdict(dict))
    first: dict[tuple[tuple[str, ...], str], Figure] = {}
    key: tuple[str, ...]
    for figure in profile.figures():
        if figure.value and figure.period:
            key = (figure.concept, figure.area, figure.origin, figure.destination, figure.definition)
            told = figure.source + figure.vintage
            series[key][told][figure.period.text] = figure.value
            first.setdefault((key, told), figure)
    for key, sources in series.items():
        for one, other in combinations(sorted(sources), 2):
            both = sorted(set(sources[one]) & set(sources[other]))
            quotients = [abs(sources[other][when] / sources[one][when]) for when in both]
            yield from _unit((first[key, one].id, first[key, other].id), quotients)


def _unit(where: tuple[str, str], quotients: Sequence[Decimal]) -> Iterator[Finding]:
    if len(quotients) < ENOUGH or max(quotients) > min(quotients) * (1 + STEADY):
        return
    middle = sorted(quotients)[len(quotients) // 2]
    power = round(middle.log10())
    facts = {"times": plain(round(middle, 3)), "count": str(len(quotients))}
    if power and abs(middle / Decimal(10) ** power - 1) <= STEADY:
        yield Finding("UNIT", Severity.ERROR, where, "unit/power", facts)
    elif abs(middle - 1) > STEADY:
        yield Finding("UNIT", Severity.WARNING, where, "unit/steady", facts)


def check_notation(profile: Profile) -> Iterator[Finding]:
    """NOTATION: tables without a unit, several decimal signs or signs for nothing in one profile, slips within numbers."""
    for table in profile.tables:
        if not table.unit_printed:
            yield Finding("NOTATION", Severity.INFO, (table.id,), "notation/unit")
    yield from _mixed("notation/decimal", {table.id: table.decimal for table in profile.tables if _has_sign(table)})
    yield from _mixed("notation/nil", {table.id: table.nil or "␣" for table in profile.tables if _has_nil(table)})
    for figure in profile.figures():
        slips = [slip for slip in figure.faults if slip != "dash"]
        if slips:
            yield Finding(
                "NOTATION", Severity.WARNING, (figure.id,), f"notation/{slips[0]}", {"printed": figure.printed}
            )


def _mixed(code: str, signs: Mapping[str, str]) -> Iterator[Finding]:
    if len(set(signs.values())) > 1:
        facts = {"signs": ", ".join(f"“{sign}”" for sign in sorted(set(signs.values())))}
        yield Finding("NOTATION", Severity.INFO, tuple(signs), code, facts)


def _has_sign(table: Table) -> bool:
    """Whether a table shows which sign it takes: by a fraction, or by thousands."""
    return any("," in figure.printed or "." in figure.printed for figure in table.figures())


def _has_nil(table: Table) -> bool:
    return any(figure.value is None for figure in table.figures())


def check_privacy(profile: Profile) -> Iterator[Finding]:
    """PII: a telephone number or an e-mail address in a text for all to read."""
    for block, text in profile.texts.items():
        for code, pattern in (("pii/mail", _MAIL), ("pii/phone", _PHONE)):
            found = pattern.findall(text)
            if found:
                yield Finding("PII", Severity.ERROR, (block,), code, {"count": str(len(found))})
