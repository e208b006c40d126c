"""A donor who keeps every table that she was ever given, and a solver: what she works out of whom the tables withheld.

Written apart from the audit: one unknown for every combination of single units, one equation for every count that is shown, and the
least and the most of each withheld count among whole numbers. Data sets are made: districts, kinds of violence and ages over four
quarters, with tables of one quarter, of half a year, drilled down, narrowed and rolled up.
"""

import itertools
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hamroh.kernel.disclosure import Cell, Dimension, Published, Shape, Table, protect

DISTRICTS = {"sughd": ("asht", "ayni"), "khatlon": ("vose", "farkhor", "hamadoni")}
KINDS, AGES = ("beaten", "debt", "forced"), ("18-29", "30-59")
QUARTERS = ("q1", "q2", "q3", "q4")
SENSITIVE, WHOLE = frozenset({"district", "kind"}), frozenset({"district", "kind", "age"})
VARIABLES = {
    "district": [each for members in DISTRICTS.values() for each in members], "kind": KINDS, "age": AGES, "quarter": QUARTERS,
}  # fmt: skip
People = Mapping[tuple[str, ...], int]
#: somebody who is told to within this many either side is recovered
WITHIN = 2


@dataclass
class Gained:
    """What an attacker recovered: small counts exactly, small counts to within two, of how many that were withheld."""

    withheld: int = 0
    exact: int = 0
    near: int = 0
    released: int = 0
    refused: int = 0
    examples: list[tuple[Cell, int, int, int]] = field(default_factory=list)

    def add(self, other: "Gained") -> None:
        for name in ("withheld", "exact", "near", "released", "refused"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.examples += other.examples[: max(0, 10 - len(self.examples))]


def people(chance: random.Random) -> dict[tuple[str, ...], int]:
    """How many people stand in each combination: few in most, many in some."""
    mean = chance.choice((0.6, 1.5, 3, 6))
    heavy = {code: chance.lognormvariate(0, 0.6) for codes in VARIABLES.values() for code in codes}
    found = {}
    for cell in itertools.product(*VARIABLES.values()):
        weight = mean
        for code in cell:
            weight *= heavy[code]
        found[cell] = max(0, round(chance.gauss(weight, weight**0.5)))
    return found


def history(chance: random.Random, count: int) -> list[Shape]:
    """Tables that somebody asks for one after the other, about the same people."""
    return [_shape(chance) for _each in range(count)]


def _shape(chance: random.Random) -> Shape:
    span = chance.choice([["q1"], ["q2"], ["q3"], ["q1", "q2"], ["q3", "q4"], ["q1", "q2", "q3"], list(QUARTERS)])
    by = chance.choice([("district",), ("kind",), ("district", "kind"), ("kind", "age"), ("district", "age"), ("region", "kind")])  # fmt: skip
    about = {"quarter": frozenset(span)}
    if len(by) == 1 and chance.random() < 0.5:
        narrowed = chance.choice([each for each in ("kind", "age", "district") if each not in by])
        about[narrowed] = frozenset({chance.choice(list(VARIABLES[narrowed]))})
    return Shape(tuple(_dimension(name) for name in by), about, "people", SENSITIVE, WHOLE)


def _dimension(name: str) -> Dimension:
    if name == "district":
        return Dimension.of(name, VARIABLES[name], DISTRICTS)
    if name == "region":
        return Dimension("district", {region: frozenset(members) for region, members in DISTRICTS.items()})
    return Dimension.of(name, VARIABLES[name])


def counted(shape: Shape, of: People) -> Table:
    """The table of a shape among these people."""
    names, counts = list(VARIABLES), dict[Cell, int]()
    over = [{unit: code for code, units in each.leaves.items() for unit in units} for each in shape.dimensions]
    for cell, count in of.items():
        told = dict(zip(names, cell, strict=True))
        if all(told[name] in units for name, units in shape.about.items()):
            at = tuple(units[told[each.name]] for each, units in zip(shape.dimensions, over, strict=True))
            counts[at] = counts.get(at, 0) + count
    return Table(shape, counts)


def by_audit(shapes: Sequence[Shape], of: People) -> tuple[list[Published], int]:
    """What leaves through the register, one table after the other; and how many were refused."""
    left, refused = list[Published](), 0
    for shape in shapes:
        judged = protect(counted(shape, of), released=left)
        if judged.refusal:
            refused += 1
        else:
            left.append(judged.published())
    return left, refused


def by_threshold(shapes: Sequence[Shape], of: People) -> list[Published]:
    """The old rule: counts under five are not shown, all others are."""
    tables = [counted(shape, of) for shape in shapes]
    return [Published(each.shape, {cell: n for cell, n in each.values.items() if n >= 5}) for each in tables]


def attack(left: Sequence[Published], of: People) -> Gained:
    """What can be worked out from all that left, of counts that are small."""
    gained, equations = Gained(released=len(left)), Equations(left)
    for table in left:
        values = counted(table.shape, of).values
        for cell in table.withheld:
            if values[cell] < table.limit(cell):
                gained.withheld += 1
                low, high = equations.bounds(table.shape, cell)
                gained.exact += low == high
                if high - low <= 2 * WITHIN:
                    gained.near += 1
                    gained.examples.append((cell, low, values[cell], high))
    return gained


class Equations:
    """All that the tables say, in unknowns of its own: the people of every combination of single units."""

    def __init__(self, left: Sequence[Published]) -> None:
        self.units = [list(each) for each in VARIABLES.values()]
        self.cells = list(itertools.product(*self.units))
        self.rows = [(self._members(each.shape, cell), count) for each in left for cell, count in each.shown.items()]
        self._model = self._made()
        self._known: dict[tuple[int, ...], tuple[int, int]] = {}

    def _members(self, shape: Shape, cell: Cell) -> tuple[int, ...]:
        box, names = shape.box(cell), list(VARIABLES)
        told = [box.get(name) for name in names]
        return tuple(
            at for at, units in enumerate(self.cells)
            if all(wanted is None or unit in wanted for unit, wanted in zip(units, told, strict=True))
        )  # fmt: skip

    def _made(self) -> Any:
        import highspy

        solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        for name, value in (("output_flag", False), ("threads", 1), ("mip_rel_gap", 0.0), ("mip_abs_gap", 0.5)):
            solver.setOptionValue(name, value)
        most = max((count for _group, count in self.rows), default=0) + 40
        for _cell in self.cells:
            solver.addVar(0, most)
            solver.changeColIntegrality(solver.getNumCol() - 1, highspy.HighsVarType.kInteger)
        for group, count in self.rows:
            solver.addRow(count, count, len(group), list(group), [1.0] * len(group))
        return solver

    def bounds(self, shape: Shape, cell: Cell) -> tuple[int, int]:
        """The least and the most that a count can be."""
        group = self._members(shape, cell)
        if group not in self._known:
            self._known[group] = self._end(group, 1.0), self._end(group, -1.0)
        return self._known[group]

    def _end(self, group: tuple[int, ...], sign: float) -> int:
        import highspy

        solver, inside = self._model, set(group)
        costs = [sign if at in inside else 0.0 for at in range(len(self.cells))]
        solver.changeColsCost(len(costs), list(range(len(costs))), costs)
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise ValueError(f"the attacker's solver found no end: {solver.getModelStatus()}")
        best: float = sign * solver.getInfo().objective_function_value
        return round(best)


def duels(count: int, *, tables: int = 6, seed: int = 11) -> Iterator[tuple[Gained, Gained]]:
    """So many data sets with a history each: what is gained from what the audit let out, and from the old rule."""
    for number in range(count):
        chance = random.Random(seed * 100_003 + number)
        of, shapes = people(chance), history(chance, tables)
        left, refused = by_audit(shapes, of)
        ours, theirs = attack(left, of), attack(by_threshold(shapes, of), of)
        ours.refused = refused
        yield ours, theirs


def all_of(pairs: Iterator[tuple[Gained, Gained]]) -> tuple[Gained, Gained]:
    """Both sides added up."""
    ours, theirs = Gained(), Gained()
    for one, other in pairs:
        ours.add(one)
        theirs.add(other)
    return ours, theirs


# -- two tables that are harmless alone ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Pair:
    """Two tables about the same people; in ``cell`` both show a count that is not small, and the difference is."""

    of: People
    first: Shape
    second: Shape
    cell: Cell

    @property
    def difference(self) -> int:
        return counted(self.first, self.of).values[self.cell] - counted(self.second, self.of).values[self.cell]

    @property
    def told(self) -> bool:
        """Whether the register lets both counts out, one after the other."""
        left, _refused = by_audit([self.first, self.second], self.of)
        return sum(self.cell in each.shown for each in left) == 2


def pairs(count: int, *, seed: int = 5) -> Iterator[Pair]:
    """So many pairs that differ by few people: a quarter less, a kind less, an age less; of districts, kinds, both."""
    chance, found = random.Random(seed), 0
    while found < count:
        of = people(chance)
        pair = _pair(chance, of)
        if pair is not None:
            found += 1
            yield pair


def _pair(chance: random.Random, of: People) -> Pair | None:
    by = chance.choice([("district",), ("kind",), ("district", "age"), ("region", "kind"), ("age",)])
    told = {"district" if name == "region" else name for name in by}
    span = frozenset(chance.choice([QUARTERS, QUARTERS[:2], QUARTERS[2:], QUARTERS[:3]]))
    name = chance.choice([each for each in VARIABLES if each not in told])
    units = span if name == "quarter" else frozenset(VARIABLES[name])
    fewer = units - {chance.choice(sorted(units))}
    dimensions = tuple(_dimension(each) for each in by)
    first = Shape(dimensions, {"quarter": span}, "people", SENSITIVE, WHOLE)
    second = Shape(dimensions, {"quarter": span, name: fewer}, "people", SENSITIVE, WHOLE)
    one, other = counted(first, of).values, counted(second, of).values
    left, _refused = by_audit([first], of)
    shown = left[0].shown if left else {}
    for cell in sorted(shown):
        if "*" not in cell and 0 < one[cell] - other[cell] < 5 and other[cell] >= 10:
            return Pair(of, first, second, cell)
    return None
