"""Parts and wholes: sums of rows, columns and breakdowns; what explains a misfit; where a classification changed; how much is listed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from hamroh.kernel.figures.model import Figure, Finding, Profile, Role, Row, Severity, Table
from hamroh.kernel.figures.words import plain

#: a list that leaves out more of its total than this is said to
UNLISTED = Decimal("0.10")
#: so many rows together may explain a misfit
MOST_ROWS = 3
#: a part that is put more exactly elsewhere is within this of what stands here
NEAR = Decimal("0.05")
_COUNTED = (Role.ITEM, Role.REST)


@dataclass(frozen=True, slots=True)
class Sum:
    """A total and what it is the sum of, in one column (or row)."""

    whole: Figure
    parts: tuple[Figure, ...]
    group: str
    column: int

    @property
    def misfit(self) -> Decimal:
        """What the parts lack; negative where they are more."""
        return (self.whole.value or Decimal(0)) - sum((part.value or Decimal(0) for part in self.parts), Decimal(0))

    @property
    def slack(self) -> Decimal:
        """How far rounding alone can put them apart: half a step for each number."""
        return self.whole.slack + sum((part.slack for part in self.parts), Decimal(0))

    @property
    def fits(self) -> bool:
        """Whole numbers of persons leave no room for rounding."""
        return abs(self.misfit) <= (self.slack if self.whole.slack < Decimal("0.5") or self.whole.slack > 1 else 0)


def sums(table: Table) -> Iterator[Sum]:
    """Every sum that a table states, whole lists alone."""
    for total in table.rows:
        rows = _summed(table, total)
        if rows and not (total.group in table.partial or (total.group == "" and "" in table.partial)):
            yield from _by_column(total, rows)
    for column, parts in table.sums.items():
        at = [table.columns.index(each) for each in (column, *parts)]
        for row in table.rows:
            if row.role is not Role.SHARE and row.cells[at[0]].value is not None:
                yield Sum(row.cells[at[0]], tuple(row.cells[each] for each in at[1:]), row.group, at[0])


def _summed(table: Table, total: Row) -> list[Row]:
    """The rows that a total or subtotal adds up: of its group; of a table with subtotals those; else all that count."""
    if total.role is Role.SUBTOTAL or (total.role is Role.TOTAL and total.group):
        return [row for row in table.rows if row.role in _COUNTED and row.group == total.group]
    if total.role is not Role.TOTAL:
        return []
    subtotals = [row for row in table.rows if row.role is Role.SUBTOTAL]
    loose = [row for row in table.rows if row.role in _COUNTED and not row.group]
    return subtotals + loose


def _by_column(total: Row, rows: Sequence[Row]) -> Iterator[Sum]:
    for at, whole in enumerate(total.cells):
        if whole.value is not None:
            yield Sum(whole, tuple(row.cells[at] for row in rows), total.group, at)


def check_sums(profile: Profile) -> Iterator[Finding]:
    """SUM: parts that do not add up to their total, in tables and in what is said beside a figure."""
    for table in profile.tables:
        for each in sums(table):
            if not each.fits:
                yield _misfit(each)
    for figure in profile.singles:
        if figure.parts and figure.value is not None and (off := _parts_misfit(figure)):
            facts = {"sum": plain(figure.value - off), "whole": plain(figure.value), "misfit": plain(abs(off))}
            yield Finding("SUM", Severity.ERROR, (figure.id,), "sum/parts", facts)


def _misfit(each: Sum) -> Finding:
    whole = each.whole.value or Decimal(0)
    facts = {"sum": plain(whole - each.misfit), "whole": plain(whole), "misfit": plain(abs(each.misfit))}
    return Finding("SUM", Severity.ERROR, (each.whole.id,), "sum/rows", facts)


def _parts_misfit(figure: Figure) -> Decimal:
    return (figure.value or Decimal(0)) - sum((part.value for part in figure.parts), Decimal(0))


# -- what explains it ----------------------------------------------------------------------------------------------


def explain_sums(profile: Profile) -> Iterator[Finding]:
    """EXPLAIN: rows of another group that make up a misfit in every column; a part that another figure puts more exactly."""
    for table in profile.tables:
        for group, wrong in _wrong_by_group(table).items():
            if rows := _explaining(profile, table, group, wrong):
                yield from _explained(wrong, rows)
    for figure in profile.singles:
        if figure.parts and figure.value is not None and _parts_misfit(figure):
            yield from _put_exactly(profile, figure)


def _wrong_by_group(table: Table) -> dict[str, list[Sum]]:
    wrong: dict[str, list[Sum]] = {}
    for each in sums(table):
        if not each.fits and each.group:
            wrong.setdefault(each.group, []).append(each)
    return wrong


def _explaining(profile: Profile, table: Table, group: str, wrong: Sequence[Sum]) -> tuple[Row, ...]:
    """The fewest rows whose sum is the misfit in all columns that do not fit: a known group of countries first, then any three.

    What lacks in a group stands in another; what a group has too much of stands in it.
    """
    lacks = wrong[0].misfit > 0
    rows = [row for row in table.rows if row.role in _COUNTED and (row.group != group if lacks else row.group == group)]
    known = [tuple(row for row in rows if row.key in codes) for codes in profile.groups.values()]
    small = (some for many in range(1, MOST_ROWS + 1) for some in combinations(rows, many))
    for some in [*(each for each in known if each), *small]:
        if all(_together(some, each.column) == abs(each.misfit) and (each.misfit > 0) == lacks for each in wrong):
            return some
    return ()


def _together(rows: Sequence[Row], column: int) -> Decimal:
    return sum((row.cells[column].value or Decimal(0) for row in rows), Decimal(0))


def _explained(wrong: Sequence[Sum], rows: tuple[Row, ...]) -> Iterator[Finding]:
    named = ", ".join(row.label for row in rows)
    for each in wrong:
        code = "explain/lacking" if each.misfit > 0 else "explain/twice"
        facts = {"rows": named, "misfit": plain(abs(each.misfit))}
        yield Finding(
            "EXPLAIN", Severity.INFO, (each.whole.id, *(row.cells[each.column].id for row in rows)), code, facts
        )


def _put_exactly(profile: Profile, figure: Figure) -> Iterator[Finding]:
    """A rounded part whose exact number elsewhere makes the sum come out."""
    off = _parts_misfit(figure)
    for part in figure.parts:
        meant = part.value + off
        if not part.concept or abs(off) > NEAR * part.value:
            continue
        same = next((each for each in profile.figures() if each.concept == part.concept and each.value == meant), None)
        if same is not None:
            facts = {"part": part.label, "said": plain(part.value), "meant": plain(meant), "other": same.id}
            yield Finding("EXPLAIN", Severity.INFO, (figure.id, same.id), "explain/exact", facts)


def check_breaks(profile: Profile) -> Iterator[Finding]:
    """BREAK: rows that explain the misfits of all years up to one, and are counted as they stand from then on."""
    for table in profile.tables:
        if table.time != "columns":
            continue
        for group, wrong in _wrong_by_group(table).items():
            rows = _explaining(profile, table, group, wrong)
            fitting = [
                each for each in sums(table) if each.fits and each.group == group and _together(rows, each.column)
            ]
            if rows and fitting and wrong[0].misfit > 0 and fitting[0].column > wrong[-1].column:
                facts = {"rows": ", ".join(row.label for row in rows), "since": table.columns[fitting[0].column]}
                yield Finding("BREAK", Severity.WARNING, (fitting[0].whole.id,), "break/counted", facts)


# -- how much is listed --------------------------------------------------------------------------------------------


def check_coverage(profile: Profile) -> Iterator[Finding]:
    """COVERAGE: a list that leaves out more than a tenth of its total without saying so."""
    single = {figure.id: figure for figure in profile.singles}
    for table in profile.tables:
        for total in table.rows:
            if total.role in (Role.TOTAL, Role.SUBTOTAL) and total.group in table.partial:
                for each in _by_column(total, _summed(table, total)):
                    yield from _unlisted(table, each)
        if table.whole in single:
            rows = [row for row in table.rows if row.role in _COUNTED]
            yield from _unlisted(table, Sum(single[table.whole], tuple(row.cells[0] for row in rows), "", 0))


def _unlisted(table: Table, each: Sum) -> Iterator[Finding]:
    whole = each.whole.value
    if whole and each.misfit / whole > UNLISTED:
        facts = {"left": plain(each.misfit), "whole": plain(whole), "share": plain(round(100 * each.misfit / whole, 1))}
        yield Finding("COVERAGE", Severity.WARNING, (table.id, each.whole.id), "coverage/left", facts)
