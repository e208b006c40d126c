"""The same number again: under two definitions or times, inside a total of another time, in a column that was copied."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations, pairwise

from hamroh.kernel.figures.model import Figure, Finding, Profile, Severity, Table
from hamroh.kernel.figures.times import same_time
from hamroh.kernel.figures.words import plain

#: a number of a table that is said again in the text counts as the same from here on
TELLING = 1000
#: so many rows that are the same in two columns were copied; nothing and small numbers are the same by chance
COPIED, SMALL = 4, 10


def check_same_numbers(profile: Profile) -> Iterator[Finding]:
    """SAME-NUMBER: one exact number under two definitions, or two times; or within a total of another time."""
    by_value: dict[Decimal, list[Figure]] = defaultdict(list)
    for figure in profile.singles:
        if figure.value is not None and _is_exact(figure.value):
            by_value[abs(figure.value)].append(figure)
    for value, figures in sorted(by_value.items()):
        for one, other in pairwise(figures):
            if one.concept != other.concept or not same_time(profile, one, other):
                yield Finding(
                    "SAME-NUMBER", Severity.WARNING, (one.id, other.id), "same/twice", {"value": plain(value)}
                )
    yield from _inside(profile)
    yield from _from_another_year(profile)
    for table in profile.tables:
        yield from _copied(table)


def _is_exact(value: Decimal) -> bool:
    """Whether a number is so particular that nobody comes by it twice by chance."""
    return value == value.to_integral() and abs(value) >= 200 and value % 100 != 0


def _inside(profile: Profile) -> Iterator[Finding]:
    """An exact part within an exact total of another time, the rest being round."""
    for total, part in ((one, two) for pair in combinations(profile.singles, 2) for one, two in (pair, pair[::-1])):
        if total.concept not in profile.concept(part).part_of or total.value is None or part.value is None:
            continue
        rest = total.value - part.value
        exact = all(each > 10_000 and each % 1000 for each in (total.value, part.value))
        if exact and rest > 0 and rest % 1000 == 0 and not total.parts and not same_time(profile, total, part):
            facts = {"part": plain(part.value), "whole": plain(total.value), "rest": plain(rest)}
            yield Finding("SAME-NUMBER", Severity.WARNING, (total.id, part.id), "same/inside", facts)


def _from_another_year(profile: Profile) -> Iterator[Finding]:
    """A number of the text that a table has for the same thing, but for another time."""
    cells: dict[tuple[str, str, Decimal], list[Figure]] = defaultdict(list)
    for table in profile.tables:
        for cell in table.figures():
            if cell.value is not None and not cell.is_part and not cell.ends:
                cells[cell.concept, cell.area, cell.value].append(cell)
    for figure in profile.singles:
        if figure.value is None or figure.ends or not _is_exact(figure.value) or abs(figure.value) < TELLING:
            continue
        same = cells.get((figure.concept, figure.area, figure.value), [])
        if same and not any(same_time(profile, figure, each) for each in same):
            facts = {"value": plain(figure.value)}
            yield Finding("SAME-NUMBER", Severity.WARNING, (figure.id, same[0].id), "same/twice", facts)


def _copied(table: Table) -> Iterator[Finding]:
    """Two neighbouring times of a table that have the same numbers in every row."""
    lines = list(zip(*(row.cells for row in table.rows), strict=True)) if table.time == "columns" else [
        row.cells for row in table.rows if table.time == "rows"
    ]  # fmt: skip
    for before, after in pairwise(lines):
        pairs = [(one, other) for one, other in zip(before, after, strict=True) if _tells(one) or _tells(other)]
        if len(pairs) >= COPIED and all(one.value == other.value for one, other in pairs):
            facts = {
                "years": pairs[0][0].period.text if pairs[0][0].period else "",
                "when": pairs[0][1].period.text if pairs[0][1].period else "",
            }
            where = tuple(other.id for _one, other in pairs)
            yield Finding("SAME-NUMBER", Severity.WARNING, where, "same/column", facts)


def _tells(figure: Figure) -> bool:
    return figure.value is not None and abs(figure.value) >= SMALL and figure.unit != "%"
