"""Where figures are said to come from: nothing, a note that leads elsewhere, an edition older than its figure, hearsay."""

import datetime as dt
import re
from collections.abc import Iterator

from hamroh.kernel.figures.courses import EDITIONS
from hamroh.kernel.figures.model import Figure, Finding, Profile, Severity, Source
from hamroh.kernel.figures.periods import Period

#: so many steps from the source to who counted are told apart from hearsay
STEPS = 2
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def check_citations(profile: Profile) -> Iterator[Finding]:
    """CITE: figures without a source, or with one that cannot have them."""
    for figure in _told(profile):
        if not _source(profile, figure):
            yield Finding("CITE", Severity.ERROR, (figure.id,), "cite/none")
            continue
        yield from _note(profile, figure)
        yield from _edition(profile, figure)
        yield from _kind(profile, figure)
    yield from _pooled(profile)


def _told(profile: Profile) -> Iterator[Figure]:
    """Single figures, and of each table one cell: a table has one source. Cells with a source of their own count by themselves."""
    for table in profile.tables:
        own = [figure for figure in table.figures() if (figure.source, figure.note) != (table.source, table.note)]
        yield from own
        rest = [each for each in table.figures() if each not in own]
        if rest:
            yield max(rest, key=lambda each: each.period.last if each.period else dt.date.min)
    yield from profile.singles


def resolved(profile: Profile, number: int) -> str:
    """The source that a note leads to, through every *ibid.*"""
    note = profile.notes[number]
    while note.ibid is not None:
        note = profile.notes[note.ibid]
    return note.source


def _source(profile: Profile, figure: Figure) -> str:
    """The source of a figure: its own, or the one that its note leads to."""
    return figure.source or (resolved(profile, figure.note) if figure.note is not None else "")


def _note(profile: Profile, figure: Figure) -> Iterator[Finding]:
    if figure.note is None or not figure.source:
        return
    leads = resolved(profile, figure.note)
    if leads and profile.sources[leads].title != profile.sources[figure.source].title:
        code = "cite/ibid" if profile.notes[figure.note].ibid is not None else "cite/other"
        facts = {
            "note": str(figure.note),
            "leads": profile.sources[leads].title,
            "said": profile.sources[figure.source].title,
        }
        yield Finding("CITE", Severity.ERROR, (figure.id,), code, facts)


def _edition(profile: Profile, figure: Figure) -> Iterator[Finding]:
    """An edition that came out in an earlier year than its figure speaks of; a forecast that is marked as one may."""
    source = profile.sources[_source(profile, figure)]
    issued = _issued(source)
    if issued and "F" not in figure.flags and figure.period and figure.period.is_after(issued):
        facts = {"source": source.title, "years": figure.period.text}
        yield Finding("CITE", Severity.ERROR, (figure.id,), "cite/older", facts)


def _issued(source: Source) -> Period | None:
    """When an edition came out, or the last year that its title names."""
    if source.kind not in EDITIONS:
        return None
    named = [int(each) for each in _YEAR.findall(source.title)]
    return source.issued or (Period.read(str(max(named))) if named else None)


def _kind(profile: Profile, figure: Figure) -> Iterator[Finding]:
    key = _source(profile, figure)
    source, (steps, circle) = profile.sources[key], _steps(profile, key)
    if circle:
        yield Finding("CITE", Severity.ERROR, (figure.id,), "cite/circle", {"source": source.title})
    elif steps > STEPS:
        facts = {"source": source.title, "count": str(steps + 1)}
        yield Finding("CITE", Severity.WARNING, (figure.id,), "cite/chain", facts)
    if source.kind == "statement":
        yield Finding("CITE", Severity.WARNING, (figure.id,), "cite/unnamed", {"source": source.title})


def _steps(profile: Profile, key: str) -> tuple[int, bool]:
    """How many sources stand between the one that is named and who counted, and whether the last of them cites one before it."""
    steps, seen = 0, {key}
    while key := profile.sources[key].cites:
        if key in seen:
            return steps, True
        seen.add(key)
        steps += 1
    return steps, False


def _pooled(profile: Profile) -> Iterator[Finding]:
    pooled = [key for key, source in profile.sources.items() if source.kind == "pooled"]
    for key in pooled:
        where = tuple(figure.id for figure in profile.figures() if figure.source == key)
        if where:
            yield Finding("CITE", Severity.WARNING, where, "cite/pooled", {"count": str(len(where))})
