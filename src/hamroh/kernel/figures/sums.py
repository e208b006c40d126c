"""Parts and wholes: sums of rows, columns and breakdowns; what explains a misfit; where a classification changed; how much is listed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, product

from hamroh.kernel.figures.model import Figure, Finding, Profile, Role, Row, Severity, Table
from hamroh.kernel.figures.words import plain

#: a list that leaves out more of its total than this is said to
UNLISTED = Decimal("0.10")
#: so many rows together may explain a misfit
MOST_ROWS = 3
#: a part that is put more exactly elsewhere is within this of what stands here
NEAR = Decimal("0.05")
#: rows that come so near to a total are a breakdown of it
WHOLE = Decimal("0.2")
#: one column alone is explained by one row that counts so many, not by chance
CHANCE = 10
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
        return abs(self.misfit) <= (self.slack if self.whole.is_rounded else 0)


def sums(table: Table) -> Iterator[Sum]:
    """Every sum that a table states, whole lists alone."""
    for total in table.rows:
        for group, rows in _breakdowns(table, total):
            if rows and group not in table.partial and total.group not in table.partial:
                yield from _by_column(total, rows, group)
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


def _breakdowns(table: Table, total: Row) -> Iterator[tuple[str, list[Row]]]:
    """What a total adds up; groups without a subtotal that each come near it are several breakdowns of it, such as sex and age."""
    rows = _summed(table, total)
    if total.role is not Role.TOTAL or total.group:
        yield total.group, rows
        return
    told = {row.group for row in table.rows if row.role in (Role.SUBTOTAL, Role.TOTAL)}
    free: dict[str, list[Row]] = {}
    for row in table.rows:
        if row.role in _COUNTED and row.group and row.group not in told:
            free.setdefault(row.group, []).append(row)
    if free and not rows and all(_is_near(total, each) for each in free.values()):
        yield from free.items()
    else:
        yield "", [*rows, *(row for each in free.values() for row in each)]


def _is_near(total: Row, rows: Sequence[Row]) -> bool:
    """Whether rows make up four fifths to six fifths of a total in most columns."""
    near = [
        abs(each.misfit) <= WHOLE * abs(each.whole.value or Decimal(0)) for each in _by_column(total, rows, "") if each.whole.value
    ]  # fmt: skip
    return sum(near) * 2 > len(near)


def _by_column(total: Row, rows: Sequence[Row], group: str | None = None) -> Iterator[Sum]:
    for at, whole in enumerate(total.cells):
        if whole.value is not None:
            yield Sum(whole, tuple(row.cells[at] for row in rows), total.group if group is None else group, at)


def check_sums(profile: Profile) -> Iterator[Finding]:
    """SUM: parts that do not add up to their total, in tables and in what is said beside a figure."""
    for table in profile.tables:
        for each in sums(table):
            if not each.fits:
                yield _misfit(each)
    for figure in profile.singles:
        if (
            figure.parts
            and figure.value is not None
            and (off := _parts_misfit(figure))
            and abs(off) > _parts_slack(figure)
        ):
            facts = {"sum": plain(figure.value - off), "whole": plain(figure.value), "misfit": plain(abs(off))}
            yield Finding("SUM", Severity.ERROR, (figure.id,), "sum/parts", facts)


def _misfit(each: Sum) -> Finding:
    whole = each.whole.value or Decimal(0)
    facts = {"sum": plain(whole - each.misfit), "whole": plain(whole), "misfit": plain(abs(each.misfit))}
    return Finding("SUM", Severity.ERROR, (each.whole.id,), "sum/rows", facts)


def _parts_slack(figure: Figure) -> Decimal:
    """How far a rounded figure, and fractions among its parts, may be off; persons counted one by one may not."""
    parts = sum((Decimal(1).scaleb(int(each.value.as_tuple().exponent)) / 2 for each in figure.parts), Decimal(0))
    return figure.slack + (parts if figure.slack < 1 else 0) if figure.is_rounded else Decimal(0)


def _parts_misfit(figure: Figure) -> Decimal:
    return (figure.value or Decimal(0)) - sum((part.value for part in figure.parts), Decimal(0))


# -- what explains it ----------------------------------------------------------------------------------------------


def explain_sums(profile: Profile) -> Iterator[Finding]:
    """EXPLAIN: rows of another group that make up a misfit in every column; a part that another figure puts more exactly."""
    for table in profile.tables:
        for group, wrong in _wrong_by_group(table).items():
            if rows := _explaining(profile, table, group, wrong):
                yield from _explained(wrong, rows)
        yield from _crossing(table)
    for figure in profile.singles:
        if figure.parts and figure.value is not None and _parts_misfit(figure):
            yield from _put_exactly(profile, figure)


def _wrong_by_group(table: Table) -> dict[str, list[Sum]]:
    """Sums of rows that do not come out, by their group; a sum across columns explains itself elsewhere."""
    wrong: dict[str, list[Sum]] = {}
    across = {table.columns.index(each) for each in table.sums}
    for each in sums(table):
        if not each.fits and each.column not in across:
            wrong.setdefault(each.group, []).append(each)
    return wrong


def _explaining(profile: Profile, table: Table, group: str, wrong: Sequence[Sum]) -> tuple[Row, ...]:
    """The fewest rows whose sum is the misfit in all columns that do not fit: a known group of countries first, then any three.

    What lacks in a group stands in another, or is *of which*; what a group has too much of stands in it. The fewer columns speak, the
    fewer rows may: three rows that make up one small number are found in any long table.
    """
    lacks = wrong[0].misfit > 0
    if len(wrong) == 1 and abs(wrong[0].misfit) < CHANCE:
        return ()
    rows = [row for row in table.rows if _may_explain(row, group, lacks)]
    known = [tuple(row for row in rows if row.key in codes) for codes in profile.groups.values()]
    small = (some for many in range(1, min(MOST_ROWS, len(wrong)) + 1) for some in combinations(rows, many))
    for some in [*(each for each in known if each), *small]:
        if all(_together(some, each.column) == abs(each.misfit) and (each.misfit > 0) == lacks for each in wrong):
            return some
    return ()


def _may_explain(row: Row, group: str, lacks: bool) -> bool:
    """Rows of the group that may have been left out; rows elsewhere that may have been counted in."""
    if not lacks:
        return row.role in _COUNTED and (row.group == group or not group)
    return row.role is Role.OF_WHICH or (row.role in _COUNTED and row.group != group and bool(group))


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


def _crossing(table: Table) -> Iterator[Finding]:
    """The cell where a row and a column cross that are off by the same: with that much more or less both come out."""
    across = {table.columns.index(each) for each in table.sums}
    wrong = [each for each in sums(table) if not each.fits]
    for one, other in product(
        (each for each in wrong if each.column in across), (each for each in wrong if each.column not in across)
    ):
        cell = next((each for each in one.parts if each in other.parts), None)
        if cell is not None and cell.value is not None and one.misfit == other.misfit:
            facts = {"said": plain(cell.value), "meant": plain(cell.value + one.misfit)}
            yield Finding("EXPLAIN", Severity.INFO, (cell.id, one.whole.id, other.whole.id), "explain/cell", facts)


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
    """COVERAGE: a list that leaves out more than a tenth of its total without saying so; more than the total in it is an error."""
    single = {figure.id: figure for figure in profile.singles}
    for table in profile.tables:
        for total in table.rows:
            if total.role in (Role.TOTAL, Role.SUBTOTAL) and total.group in table.partial:
                for each in _by_column(total, _summed(table, total)):
                    yield from _unlisted(table, each)
        whole = single.get(table.whole) or _whole_in_text(profile, table)
        if whole is not None:
            rows = [row for row in table.rows if row.role in _COUNTED]
            yield from _unlisted(table, Sum(whole, tuple(row.cells[0] for row in rows), "", 0))


def _whole_in_text(profile: Profile, table: Table) -> Figure | None:
    """The figure of the same source and time that a list by country, in one column and without a total, is part of."""
    cells = [row.cells[0] for row in table.rows if row.role in _COUNTED and row.cells]
    if len(table.columns) != 1 or len(cells) < 2 or any(row.role in (Role.TOTAL, Role.SUBTOTAL) for row in table.rows):
        return None
    if len({(each.concept, each.area, each.period) for each in cells}) > 1 or not all(
        each.ends or each.is_part for each in cells
    ):
        return None
    mine = (cells[0].concept, cells[0].area, cells[0].period, cells[0].source)
    same = (
        each
        for each in profile.singles
        if (each.concept, each.area, each.period, each.source) == mine and not each.ends
    )
    return next((each for each in same if each.value is not None), None)


def _unlisted(table: Table, each: Sum) -> Iterator[Finding]:
    whole = each.whole.value
    if whole and -each.misfit > each.slack:
        yield _misfit(each)
    elif whole and each.misfit / whole > UNLISTED:
        facts = {"left": plain(each.misfit), "whole": plain(whole), "share": plain(round(100 * each.misfit / whole, 1))}
        yield Finding("COVERAGE", Severity.WARNING, (table.id, each.whole.id), "coverage/left", facts)
