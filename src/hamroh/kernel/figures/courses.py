"""How figures go over time: what is claimed in words, leaps, unequal periods, what is out of date, later releases."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from hamroh.kernel.figures.model import Claim, Figure, Finding, Kind, Profile, Severity, Table
from hamroh.kernel.figures.words import plain

#: from one year to the next, more than this many times is a leap, where the larger of both counts at least so many
LEAP, COUNTED = Decimal("2.5"), 150
#: a later release that differs by more than this share says something else
REVISED = Decimal("0.05")
#: a figure that was so many years old when the profile came out tells of the past, and is not out of date
HISTORY = 10
#: what comes out in editions is judged with the citations
EDITIONS = ("publication", "database")


def check_claims(profile: Profile) -> Iterator[Finding]:
    """TREND: a sentence that says rising or falling of a series that goes the other way."""
    tables = {table.id: dict(table.series()) for table in profile.tables}
    for claim in profile.claims:
        values = [each for each in tables.get(claim.table, {}).get(claim.series, ()) if each.value is not None][
            -claim.periods :
        ]
        if len(values) > 1 and not _goes(claim, values):
            first, last = values[0], values[-1]
            facts = {
                "first": plain(first.value or Decimal(0)),
                "last": plain(last.value or Decimal(0)),
                "years": _years(first, last),
            }
            yield Finding("TREND", Severity.ERROR, (claim.id, first.id, last.id), f"trend/not-{claim.says}", facts)


def _goes(claim: Claim, values: Sequence[Figure]) -> bool:
    change = (values[-1].value or Decimal(0)) - (values[0].value or Decimal(0))
    return change > 0 if claim.says == "rising" else change < 0


def _years(first: Figure, last: Figure) -> str:
    return f"{first.period.year if first.period else '?'}–{last.period.year if last.period else '?'}"


def check_jumps(profile: Profile) -> Iterator[Finding]:
    """JUMP: more than two and a half times as much, or as little, from one year to the next, without a mark of a break."""
    for table in profile.tables:
        for _name, series in table.series():
            for before, after in pairwise(each for each in series if each.period and each.period.is_year):
                yield from _jump(profile, before, after)


def _jump(profile: Profile, before: Figure, after: Figure) -> Iterator[Finding]:
    concept = profile.concept(after)
    if (
        not before.value
        or not after.value
        or concept.signed
        or concept.kind in (Kind.SHARE, Kind.RATE)
        or "B" in after.flags
    ):
        return
    if after.period and before.period and after.period.year - before.period.year == 1:
        low, high = sorted((before.value, after.value))
        if high >= COUNTED and high / low > LEAP:
            facts = {"before": plain(before.value), "after": plain(after.value), "times": plain(round(high / low, 1))}
            yield Finding("JUMP", Severity.WARNING, (before.id, after.id), "jump/leap", facts)


def check_periods(profile: Profile) -> Iterator[Finding]:
    """PERIOD: months of a year among whole years; a value of a day after its source came out; figures without a time."""
    for table in profile.tables:
        yield from _unequal(profile, table)
        yield from _twice(table)
    for figure in profile.figures():
        source = profile.sources.get(figure.source)
        yield from _ahead(profile, figure)
        issued = source.issued if source and source.kind not in EDITIONS else None
        if figure.period and issued and figure.period.is_after(issued):
            yield Finding(
                "PERIOD",
                Severity.ERROR,
                (figure.id,),
                "period/after",
                {"when": figure.period.text, "issued": issued.text},
            )
    undated = tuple(
        each.id for each in profile.singles if each.period is None and not profile.concept(each).timeless
    )  # fmt: skip
    if undated:
        yield Finding("PERIOD", Severity.WARNING, undated, "period/none", {"count": str(len(undated))})


def _ahead(profile: Profile, figure: Figure) -> Iterator[Finding]:
    """A time that the profile could not know yet, without the mark of a forecast; what names an edition is judged by that."""
    source = profile.sources.get(figure.source)
    judged = source is not None and source.issued is not None
    if figure.period and not judged and "F" not in figure.flags and figure.period.is_after(profile.date):
        facts = {"when": figure.period.text, "issued": profile.date.text}
        yield Finding("PERIOD", Severity.WARNING, (figure.id,), "period/ahead", facts)


def _twice(table: Table) -> Iterator[Finding]:
    """A time that stands twice in a table."""
    seen: dict[str, Figure] = {}
    lines = (
        [row.cells[0] for row in table.rows if row.cells]
        if table.time == "rows"
        else list(table.rows[0].cells if table.rows else ())
    )
    for figure in lines if table.time else ():
        when = figure.period.text if figure.period else ""
        if when and when in seen and figure.concept == seen[when].concept:
            yield Finding("PERIOD", Severity.ERROR, (figure.id,), "period/twice", {"when": when})
        seen.setdefault(when, figure)


def _unequal(profile: Profile, table: Table) -> Iterator[Finding]:
    """One finding for all months of one year, and one for what came in several years, that stand in a table of years."""
    added = {figure.id for row in table.rows for at, figure in enumerate(row.cells) if table.columns[at] in table.sums}
    seen = [each for each in table.figures() if each.period and each.id not in added]
    if not any(each.period and each.period.is_year for each in seen):
        return
    partial = [each for each in seen if each.period and each.period.is_partial]
    several = [
        each for each in seen
        if each.period and each.period.year > each.period.first.year and profile.concept(each).kind is Kind.FLOW
    ]  # fmt: skip
    for code, found in (("period/partial", partial), ("period/several", several)):
        if found:
            facts = {"years": found[0].period.text if found[0].period else ""}
            yield Finding("PERIOD", Severity.WARNING, tuple(each.id for each in found), code, facts)


def check_stale(profile: Profile) -> Iterator[Finding]:
    """STALE: an older figure where another section has a newer one of the same thing."""
    singles = [
        each for each in profile.singles
        if each.period and each.value is not None and profile.date.year - each.period.year <= HISTORY
    ]  # fmt: skip
    for figure in singles:
        newer = [
            each for each in singles
            if (each.concept, each.area) == (figure.concept, figure.area) and each.section != figure.section
            and each.period and figure.period and each.period.year > figure.period.year
        ]  # fmt: skip
        beside = any(
            each.section == figure.section and each.concept == figure.concept and each.period and figure.period
            and each.period.year > figure.period.year for each in singles
        )  # fmt: skip
        if newer and not beside:
            best = max(newer, key=lambda each: each.period.last if each.period else profile.date.first)
            facts = {
                "years": figure.period.text if figure.period else "",
                "since": best.period.text if best.period else "",
            }
            yield Finding("STALE", Severity.INFO, (figure.id, best.id), "stale/newer", facts)


def compare_vintages(earlier: Sequence[Figure], later: Sequence[Figure]) -> list[Finding]:
    """VINTAGE: what a later release says otherwise by more than a twentieth, of the same thing, place and time."""
    by_key = {_key(each): each for each in earlier if each.value is not None}
    found = []
    for figure in later:
        before = by_key.get(_key(figure))
        if before is None or figure.value is None or before.value is None or before.value == figure.value:
            continue
        off = (figure.value - before.value) / abs(before.value) if before.value else Decimal("Infinity")
        if abs(off) > REVISED:
            share = plain(round(100 * off, 1)) if off.is_finite() else "∞"
            facts = {"before": plain(before.value), "after": plain(figure.value), "off": share}
            found.append(Finding("VINTAGE", Severity.WARNING, (before.id, figure.id), "vintage/revised", facts))
    return found


def _key(figure: Figure) -> tuple[str, ...]:
    period = figure.period.text if figure.period else ""
    return figure.concept, figure.area, figure.origin, figure.destination, figure.definition, period
