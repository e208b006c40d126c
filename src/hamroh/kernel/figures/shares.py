"""Percentages and rates against the numbers they are made of: in the text, beside a number, and in columns of a table."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import permutations

from hamroh.kernel.figures.model import Concept, Figure, Finding, Profile, Role, Severity, Table
from hamroh.kernel.figures.times import recent, year
from hamroh.kernel.figures.words import plain

_HUNDRED = Decimal(100)
#: a column of percentages is read as that of which so many of its numbers are, and at least so many
MOST, ENOUGH = Decimal(2) / 3, 3


def check_shares(profile: Profile) -> Iterator[Finding]:
    """SHARE: a percentage or rate that no pair of its parts in the profile gives, to a step of its last digit."""
    for figure in profile.figures():
        concept = profile.concept(figure)
        if concept.share and figure.span and not figure.is_part and (given := _quotients(profile, figure, concept)):
            yield from _share(figure, concept, given)
    for figure in profile.singles:
        for whole, printed in figure.shares:
            bases = _of(profile, whole, figure)
            if bases and not any(_fits(figure, base, printed) for base in bases):
                yield _beside(figure, bases[0], printed)
    for table in profile.tables:
        yield from _listed(table)


def _quotients(profile: Profile, figure: Figure, concept: Concept) -> list[tuple[Decimal, Decimal, Figure, Figure]]:
    """Quotients that figures of the profile give, each with how far rounding may put it off."""
    part, whole = concept.share or ("", "")
    found = []
    for above in _of(profile, part, figure):
        for below in _of(profile, whole, figure):
            if above.value is not None and below.value and abs(year(profile, above) - year(profile, below)) <= 1:
                exact = concept.per * above.value / below.value
                loose = abs(exact) * (above.slack / abs(above.value or Decimal(1)) + below.slack / abs(below.value))
                found.append((exact, loose, above, below))
    return found


def _of(profile: Profile, concept: str, figure: Figure) -> list[Figure]:
    """Figures of a concept for the same area and year, or else a year apart; for a figure without a year all recent ones."""
    given = [
        each for each in profile.figures()
        if each.concept == concept and each.area == figure.area and each.value is not None and not each.is_part
        and (each.ends <= figure.ends or "/" not in each.id)
    ]  # fmt: skip
    if figure.period is None:
        return [each for each in given if recent(profile, each)]
    off = {each.id: abs(year(profile, each) - year(profile, figure)) for each in given}
    nearest = min(off.values(), default=0)
    return [each for each in given if off[each.id] == nearest <= 1]


def _share(figure: Figure, concept: Concept, given: list[tuple[Decimal, Decimal, Figure, Figure]]) -> Iterator[Finding]:
    low, high = figure.span or (Decimal(0), Decimal(0))
    if not concept.signed:
        low, high = sorted((abs(low), abs(high)))
    step = 2 * figure.slack
    if any(low - step - loose <= exact <= high + step + loose for exact, loose, _above, _below in given):
        return
    exact, _loose, above, below = min(given, key=lambda each: abs(each[0] - low))
    facts = {
        "printed": plain(low),
        "exact": plain(round(exact, 2)),
        "part": plain(above.value or Decimal(0)),
        "whole": plain(below.value or Decimal(0)),
    }
    yield Finding("SHARE", Severity.ERROR, (figure.id, above.id, below.id), "share/other", facts)


def _fits(figure: Figure, base: Figure, printed: Decimal) -> bool:
    """Whether a printed percentage is that of a figure and its base, to a step of its last digit and what rounding leaves open."""
    exact, loose = _exactly(figure, base)
    return abs(exact - printed) <= Decimal(1).scaleb(int(printed.as_tuple().exponent)) + loose


def _exactly(part: Figure, whole: Figure) -> tuple[Decimal, Decimal]:
    """The percentage that one figure is of another, and how far rounding may put it off."""
    above, below = part.value or Decimal(0), whole.value or Decimal(1)
    exact = _HUNDRED * above / below
    loose = abs(exact) * (
        (part.slack / abs(above) if above and part.is_rounded else 0)
        + (whole.slack / abs(below) if whole.is_rounded else 0)
    )
    return exact, loose


def _beside(figure: Figure, base: Figure, printed: Decimal, where: Figure | None = None) -> Finding:
    facts = {
        "printed": plain(printed),
        "exact": plain(round(_exactly(figure, base)[0], 2)),
        "part": plain(figure.value or Decimal(0)),
        "whole": plain(base.value or Decimal(0)),
    }
    ids = (where.id, figure.id, base.id) if where else (figure.id, base.id)
    return Finding("SHARE", Severity.ERROR, ids, "share/other", facts)


# -- percentages beside numbers in a table -----------------------------------------------------------------------------

#: a figure, what it is part of, and the percentage that is printed for it
_Trio = tuple[Figure, Figure, Figure]


def _listed(table: Table) -> Iterator[Finding]:
    """A column (or row) of percentages beside numbers: what they are percentages of is what most of them are."""
    rows = [row.cells for row in table.rows]
    if not rows or any(len(each) != len(rows[0]) for each in rows):
        return
    columns = list(zip(*rows, strict=True))
    totals = [at for at, row in enumerate(table.rows) if row.role is Role.TOTAL and not row.group]
    for lines, ends in ((columns, totals), (rows, [])):
        shares = [line for line in lines if _is_percentages(line)]
        counts = [line for line in lines if not any(each.unit == "%" for each in line)]
        for share in shares:
            yield from _off(share, counts, ends)


def _is_percentages(line: Sequence[Figure]) -> bool:
    return all(each.unit == "%" for each in line) and any(each.value is not None for each in line)


def _off(share: Sequence[Figure], counts: Sequence[Sequence[Figure]], totals: Sequence[int]) -> Iterator[Finding]:
    for trios in _readings(share, counts, totals):
        right = [each for each in trios if _fits(each[0], each[1], each[2].value or Decimal(0))]
        if len(trios) >= ENOUGH and len(right) >= MOST * len(trios):
            wrong = (each for each in trios if each not in right)
            yield from (_beside(part, whole, said.value or Decimal(0), said) for part, whole, said in wrong)
            return


def _readings(
    share: Sequence[Figure], counts: Sequence[Sequence[Figure]], totals: Sequence[int]
) -> Iterator[list[_Trio]]:
    """Percentages of a line's total, or of another line's numbers."""
    for line in counts:
        for at in totals:
            yield _trios(share, line, [line[at]] * len(line))
    for line, whole in permutations(counts, 2):
        yield _trios(share, line, whole)


def _trios(share: Sequence[Figure], parts: Sequence[Figure], wholes: Sequence[Figure]) -> list[_Trio]:
    every = zip(parts, wholes, share, strict=True)
    return [
        each
        for each in every
        if each[0].value and each[1].value and each[2].value is not None and each[0] is not each[1]
    ]
