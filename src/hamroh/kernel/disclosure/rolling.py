"""What else could leave where a table loses too much: regions for districts, half-years for quarters, one variable less; each judged."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from hamroh.kernel.disclosure.protecting import Protected, protect
from hamroh.kernel.disclosure.rules import Rules
from hamroh.kernel.disclosure.tables import ALL, Box, Cell, Dimension, Published, Shape, Table


class Step(StrEnum):
    """What is done to a variable of a table."""

    COARSER = "coarser"
    WITHOUT = "without"


@dataclass(frozen=True)
class Proposal:
    """A table that counts the same people less finely: by which steps, and how it would leave."""

    steps: tuple[tuple[Step, str], ...]
    judged: Protected

    @property
    def people(self) -> int:
        """How many people stand in finest cells that are shown."""
        return people_shown(self.judged)

    @property
    def cells(self) -> int:
        """How many cells are shown."""
        return 0 if self.judged.refusal else len(self.judged.why) - self.judged.withheld


def people_shown(judged: Protected) -> int:
    """How many people stand in the finest cells that a judged table shows: what a reader learns beyond its margins."""
    if judged.refusal:
        return 0
    return sum(judged.table.values[cell] for cell in finest(judged.table.shape) if judged.why[cell] == "shown")


def finest(shape: Shape) -> Iterator[Cell]:
    """Cells that are no sum of others."""
    leaves = [dimension.leaves.keys() for dimension in shape.dimensions]
    return (cell for cell in shape.cells if all(code in each for code, each in zip(cell, leaves, strict=True)))


def coarser(dimension: Dimension) -> Dimension | None:
    """A variable by what its categories add up to at the top; None where that is as fine."""
    top = dimension.families[ALL]
    if set(top) == set(dimension.leaves):
        return None
    return Dimension(dimension.name, {code: dimension.units[code] for code in top})


def rolled(table: Table, name: str) -> Table | None:
    """The same counts with one variable told less finely; None where it has nothing coarser."""
    dimensions = table.shape.dimensions
    place = next(at for at, each in enumerate(dimensions) if each.name == name)
    wide = coarser(dimensions[place])
    if wide is None:
        return None
    over = {leaf: code for leaf, units in dimensions[place].leaves.items() for code in wide.leaves if units <= wide.leaves[code]}  # fmt: skip
    shape = _with(table.shape, (*dimensions[:place], wide, *dimensions[place + 1 :]))
    return _added(shape, table.counts, lambda cell: (*cell[:place], over[cell[place]], *cell[place + 1 :]))


def without(table: Table, name: str) -> Table | None:
    """The same counts without one variable; None where it is the only one."""
    dimensions = table.shape.dimensions
    if len(dimensions) == 1:
        return None
    place = next(at for at, each in enumerate(dimensions) if each.name == name)
    also = {} if name in table.shape.whole else {name: dimensions[place].units[ALL]}
    shape = _with(table.shape, (*dimensions[:place], *dimensions[place + 1 :]), also)
    return _added(shape, table.counts, lambda cell: (*cell[:place], *cell[place + 1 :]))


def _with(shape: Shape, dimensions: tuple[Dimension, ...], also: Box | None = None) -> Shape:
    return Shape(dimensions, {**shape.about, **(also or {})}, shape.measure, shape.sensitive, shape.whole)


def _added(shape: Shape, counts: Mapping[Cell, int], moved: Callable[[Cell], Cell]) -> Table:
    found = Counter[Cell]()
    for cell, count in counts.items():
        found[moved(cell)] += count
    return Table(shape, found)


def tables(table: Table) -> Iterator[tuple[tuple[tuple[Step, str], ...], Table]]:
    """Every table one step coarser, then those of two."""
    names = [each.name for each in table.shape.dimensions]
    once = [((Step.COARSER, name),) for name in names] + [((Step.WITHOUT, name),) for name in names]
    twice = [(*one, *other) for one in once for other in once if one[0][0] < other[0][0] and one[0][1] != other[0][1]]
    for steps in [*once, *twice]:
        found: Table | None = table
        for step, name in steps:
            found = found and (rolled(found, name) if step is Step.COARSER else without(found, name))
        if found:
            yield steps, found


def proposals(
    table: Table,
    rules: Rules | None = None,
    *,
    released: Sequence[Published] = (),
    impossible: Sequence[Box] = (),
    most: int = 3,
    largest: int = 1_000,
) -> list[Proposal]:
    """Coarser tables that would tell more people's cells than the table itself, the best first; each is judged like any other.

    Tables over ``largest`` cells are left out: they take longer than anybody waits.
    """
    fit = ((steps, each) for steps, each in tables(table) if len(each.shape.cells) <= largest)
    judged = (Proposal(steps, protect(each, rules, released=released, impossible=impossible)) for steps, each in fit)
    found = [each for each in judged if each.cells]
    return sorted(found, key=lambda each: (-each.people, len(each.steps), -each.cells))[:most]
