"""From a wish to a table: books are opened, counted as columns, and put into the shape that the audit compares with all others."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from hamroh.accounts.models import Organisation
from hamroh.cases.figuresets import Districts
from hamroh.kernel.disclosure import Dimension, Shape, Table, rolled
from hamroh.kernel.facts import Block
from hamroh.statistics.facts import DISTRICT, UNKNOWN, FactSource, Variable
from hamroh.statistics.models import Book
from hamroh.statistics.quarters import Quarter
from hamroh.statistics.wishes import TIME, Wish
from hamroh.vault import journal, opening
from hamroh.vault.decisions import Upkeep

PURPOSE = "figures"


def blocks(*, actor: Any, organisation_id: UUID, source: str, quarters: Iterable[Quarter]) -> dict[str, Block]:
    """The books of some quarters, opened to be counted: one line of the journal for all."""
    rows = Book.objects.filter(
        organisation_id=organisation_id, source=source, quarter__in=[each.code for each in quarters]
    ).defer("records")
    found: dict[str, Block] = {}
    with opening.scoring(PURPOSE):
        for row in rows:
            packed = opening.open_to_score(row, ("block",), decision=by_upkeep(row))["block"]
            if packed:
                found[row.quarter] = Block.opened(packed)
    if found:
        journal.opened(
            actor_id=getattr(actor, "pk", None), verb="statistics.see", record=("accounts.organisation", str(organisation_id)),
            fields=(f"{sum(each.size for each in found.values())} counted",), purpose=PURPOSE, organisation_id=organisation_id,
        )  # fmt: skip
    return found


def by_upkeep(row: Book) -> Upkeep:
    return Upkeep(("statistics.book", str(row.pk)))


def table_of(*, actor: Any, organisation: Organisation, wish: Wish) -> Table:
    """The table of a wish, as it stands in the books."""
    source = wish.of_source
    opened = blocks(actor=actor, organisation_id=organisation.pk, source=source.key, quarters=wish.quarters)
    units = Districts.of([organisation.country]) if _asks_where(wish) else Districts({}, {})
    counts, codes = _counted(wish, opened, units)
    shape = Shape(
        tuple(_dimension(code, wish, units, codes.get(code, ())) for code in wish.by), _about(wish, units), source.measure,
        frozenset(each.audited for each in source.variables if each.is_sensitive),
        frozenset(each.audited for each in source.variables),
    )  # fmt: skip
    known = [set(dimension.leaves) for dimension in shape.dimensions]
    sound = {cell: count for cell, count in counts.items() if all(code in each for code, each in zip(cell, known, strict=True))}  # fmt: skip
    return _coarse(Table(shape, sound), wish)


def _coarse(table: Table, wish: Wish) -> Table:
    for code in wish.coarse:
        table = rolled(table, wish.audited(code)) or table
    return table


def _asks_where(wish: Wish) -> bool:
    return DISTRICT in wish.by or DISTRICT in wish.only


def _counted(
    wish: Wish, opened: Mapping[str, Block], units: Districts
) -> tuple[Counter[tuple[str, ...]], dict[str, set[str]]]:
    """Counts by the wish's variables, and which categories there are in the books at all."""
    counts, codes = Counter[tuple[str, ...]](), dict[str, set[str]]()
    names = [code for code in wish.by if code != TIME]
    at = wish.by.index(TIME) if TIME in wish.by else None
    only = {code: _members(code, chosen, wish, units) for code, chosen in wish.only.items()}
    for quarter, block in opened.items():
        for name in names:
            codes.setdefault(name, set()).update(block.codes[name])
        found = block.counts(names, only) if names else Counter({(): sum(block.counts([wish.of_source.variables[0].code], only).values())})  # fmt: skip
        for cell, count in found.items():
            counts[cell if at is None else (*cell[:at], quarter, *cell[at:])] += count
    return counts, codes


def _members(code: str, chosen: Sequence[str], wish: Wish, units: Districts) -> set[str]:
    """The finest categories that some categories cover."""
    variable = wish.of_source.variable(code)
    groups = units.groups if code == DISTRICT else variable.groups if variable else {}
    return {member for each in chosen for member in groups.get(each, (each,))}


def _dimension(code: str, wish: Wish, units: Districts, known: Iterable[str]) -> Dimension:
    """The categories of a variable; *not known* only where somebody is: a nought there would only cost the totals."""
    if code == TIME:
        return time_of(wish.of_source, wish.quarters)
    variable = wish.of_source.variable(code)
    assert variable is not None
    unknown = [UNKNOWN] if UNKNOWN in known else []
    if code == DISTRICT:
        return Dimension.of(variable.audited, [*units.regions, *unknown] or [UNKNOWN], units.groups)
    return Dimension.of(variable.audited, [*(each for each, _label in variable.choices), *unknown], variable.groups)


def time_of(source: FactSource, quarters: Sequence[Quarter]) -> Dimension:
    """Quarters, and the half-years that are whole."""
    leaves = {each.code: frozenset(source.units(each)) for each in quarters}
    halves = Counter(each.half for each in quarters)
    groups = {half: tuple(each.code for each in quarters if each.half == half) for half, count in halves.items() if count == 2 and len(quarters) > 2}  # fmt: skip
    return Dimension(source.time, leaves, groups)


def _about(wish: Wish, units: Districts) -> dict[str, frozenset[str]]:
    """Whom the table is about: its quarters where they are no variable of it, and what it is narrowed to."""
    source, about = wish.of_source, dict[str, frozenset[str]]()
    if TIME not in wish.by:
        about[source.time] = frozenset(unit for each in wish.quarters for unit in source.units(each))
    for code, chosen in wish.only.items():
        variable: Variable | None = source.variable(code)
        if variable:
            about[variable.audited] = frozenset(_members(code, chosen, wish, units))
    return about
