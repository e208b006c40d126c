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
#: but one is enough where it is exactly this power of ten
THOUSANDS = 3
#: what no number of a unit is above
_MOST = {"%": Decimal(100), "per 1000": Decimal(1000), "index": Decimal(1)}
#: what is counted by the piece
_KINDS_COUNTED = (Kind.STOCK, Kind.FLOW, Kind.CUMULATIVE)
_UNITS_COUNTED = frozenset({
    "persons", "cases", "applications", "marriages", "families", "groups", "organisations", "places", "posts", "jobs",
})  # fmt: skip
_MAIL = re.compile(r"[\w.+-]+ ?(?:@|[(\[] ?(?:at|собака) ?[)\]]) ?[\w-]+\.[\w.]+")
_PHONE = re.compile(r"(?<![\w.,/-])(?:\+\d{9,15}|\+?\(?\d{1,4}\)?(?:[ ()\u00a0-]{1,2}\d{2,4}){2,4})(?![\w,/-]|\.\d)")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:[ \u00a0]\d{3})+")
_DAY = re.compile(r"(?:19|20)\d\d-\d\d-\d\d|\d\d-\d\d-(?:19|20)\d\d")
_YEARS = re.compile(r"(?:19|20)\d\d(?:[ -]+(?:19|20)\d\d)+")
_BOOK = re.compile(r"ISB?S?N[:\s]*$", re.IGNORECASE)
#: a telephone number has so many digits
_DIGITS = range(7, 16)
_PAPER = re.compile(
    r"\b(?:passport|паспорт\w*|pasport\w*|шиноснома\w*|şəxsiyyət vəsiqə\w*|fin)\b[^\d\n;]{0,20}?[A-ZА-Я]{0,3} ?\d{2}[A-ZА-Я]{0,2}\d{4,7}\b",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(
    r"(?<![\w.])(?:t\.me|wa\.me|instagram\.com|facebook\.com|vk\.com|ok\.ru)/\w[\w./-]*|(?<!\w)@[A-Za-z]\w{3,}"
)


def check_signs(profile: Profile) -> Iterator[Finding]:
    """SIGN: less than nothing of what cannot be, or a dash before a number that makes it look so."""
    for figure in profile.figures():
        if profile.concept(figure).signed or figure.span is None:
            continue
        if figure.span[0] < 0 or "dash" in figure.faults:
            yield Finding("SIGN", Severity.ERROR, (figure.id,), "sign/dash", {"printed": figure.printed})


def check_ranges(profile: Profile) -> Iterator[Finding]:
    """RANGE: a share above a hundred, an index above one, half a person, or a least above the most."""
    for figure in profile.figures():
        if figure.span is None:
            continue
        low, high = figure.span
        if low > high:
            yield Finding(
                "RANGE", Severity.ERROR, (figure.id,), "range/turned", {"least": plain(low), "most": plain(high)}
            )
            continue
        concept = profile.concept(figure)
        if not concept.signed and high > _MOST.get(concept.unit, high):
            code = "range/beyond" if concept.unit == "%" else "range/unit"
            yield Finding("RANGE", Severity.ERROR, (figure.id,), code, {"value": plain(high)})
        elif (
            concept.kind in _KINDS_COUNTED
            and concept.unit in _UNITS_COUNTED
            and any(each.is_finite() and each % 1 for each in figure.span)
        ):
            yield Finding("RANGE", Severity.ERROR, (figure.id,), "range/fraction", {"printed": figure.printed})


def check_units(profile: Profile) -> Iterator[Finding]:
    """UNIT: two series of one thing that differ by a power of ten, or steadily: another unit, or other prices."""
    series: dict[tuple[str, ...], dict[str, dict[str, Decimal]]] = defaultdict(lambda: defaultdict(dict))
    first: dict[tuple[tuple[str, ...], str], Figure] = {}
    key: tuple[str, ...]
    for figure in profile.figures():
        if figure.value and figure.period:
            key = (figure.concept, figure.area, figure.origin, figure.destination, figure.definition, figure.of)
            told = figure.source + figure.vintage + (figure.id.partition("/")[0] if "/" in figure.id else "")
            series[key][told][figure.period.text] = figure.value
            first.setdefault((key, told), figure)
    for key, sources in series.items():
        for one, other in combinations(sorted(sources), 2):
            both = sorted(set(sources[one]) & set(sources[other]))
            quotients = [abs(sources[other][when] / sources[one][when]) for when in both]
            yield from _unit((first[key, one].id, first[key, other].id), quotients)


def _unit(where: tuple[str, str], quotients: Sequence[Decimal]) -> Iterator[Finding]:
    if not quotients or max(quotients) > min(quotients) * (1 + STEADY):
        return
    middle = sorted(quotients)[len(quotients) // 2]
    power = round(middle.log10())
    if len(quotients) < ENOUGH and not (abs(power) >= THOUSANDS and middle == Decimal(10) ** power):
        return
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
    yield from _mixed("notation/decimal", {table.id: {table.decimal} for table in profile.tables if _has_sign(table)})
    yield from _mixed("notation/nil", {table.id: signs for table in profile.tables if (signs := _nils(table))})
    for figure in profile.figures():
        slips = [slip for slip in figure.faults if slip != "dash"]
        if slips:
            yield Finding(
                "NOTATION", Severity.WARNING, (figure.id,), f"notation/{slips[0]}", {"printed": figure.printed}
            )


def _mixed(code: str, signs: Mapping[str, set[str]]) -> Iterator[Finding]:
    every = set().union(*signs.values())
    if len(every) > 1:
        facts = {"signs": ", ".join(f"“{sign}”" for sign in sorted(every))}
        yield Finding("NOTATION", Severity.INFO, tuple(signs), code, facts)


def _has_sign(table: Table) -> bool:
    """Whether a table shows which sign it takes: by a fraction, or by thousands."""
    return any("," in figure.printed or "." in figure.printed for figure in table.figures())


def _nils(table: Table) -> set[str]:
    """The signs for nothing that a table uses."""
    return {figure.printed.strip() or "␣" for figure in table.figures() if figure.span is None}


def check_privacy(profile: Profile) -> Iterator[Finding]:
    """PII: a telephone number, an address, an account or a paper of a person in a text for all to read."""
    for block, text in profile.texts.items():
        for code, found in (
            ("pii/mail", _MAIL.findall(text)),
            ("pii/phone", [each[0] for each in _PHONE.finditer(text) if _is_phone(text, each)]),
            ("pii/account", _ACCOUNT.findall(_MAIL.sub("", text))),
            ("pii/paper", _PAPER.findall(text)),
        ):
            if found:
                yield Finding("PII", Severity.ERROR, (block,), code, {"count": str(len(found))})


def _is_phone(text: str, found: re.Match[str]) -> bool:
    """Whether digits in groups are a telephone number: not thousands, a day, years, or the number of a book."""
    said = found[0].strip("() ")
    if any(pattern.fullmatch(said) for pattern in (_THOUSANDS, _DAY, _YEARS)) or _BOOK.search(text[: found.start()]):
        return False
    return sum(each.isdigit() for each in said) in _DIGITS
