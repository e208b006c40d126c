"""Which cells of a table are shown: small and dominated ones are withheld, then as many more as the audit asks for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from hamroh.kernel.disclosure.auditing import Attack, Exposed
from hamroh.kernel.disclosure.rules import Rules, Zeros
from hamroh.kernel.disclosure.solving import Contradiction
from hamroh.kernel.disclosure.space import TooWide
from hamroh.kernel.disclosure.tables import Box, Cell, Dimension, Published, Shape, Table


class Why(StrEnum):
    """Why a cell is shown or withheld. Who reads what was published never learns which of these it was."""

    SHOWN = "shown"
    SMALL = "small"
    ZERO = "zero"
    DOMINATED = "dominated"
    GUARDS_OTHERS = "guards others"
    GUARDS_EARLIER = "guards earlier"


class Refusal(StrEnum):
    """Why nothing of a table is published."""

    NOTHING_LEFT = "nothing left"
    CONTRADICTS = "contradicts"
    TOO_WIDE = "too wide"
    STILL_OPEN = "still open"


@dataclass(frozen=True)
class Protected:
    """A table with its cells judged. ``refusal`` says why nothing of it may leave; ``exposed`` what would have been worked out."""

    table: Table
    why: Mapping[Cell, Why]
    refusal: Refusal | None = None
    exposed: tuple[Exposed, ...] = ()
    solved: int = 0
    rules: Rules = field(default_factory=Rules)

    @property
    def withheld(self) -> int:
        return sum(why is not Why.SHOWN for why in self.why.values())

    def published(self) -> Published:
        """What leaves; ValueError where nothing may."""
        if self.refusal:
            raise ValueError(f"nothing of this table leaves: {self.refusal}")
        values = self.table.values
        shown = {cell: values[cell] for cell in self.table.shape.cells if self.why[cell] is Why.SHOWN}
        careful = self.table.parts is not None
        return Published(self.table.shape, shown, careful, self.rules.threshold, self.rules.meeting)


def protect(
    table: Table, rules: Rules | None = None, *, released: Sequence[Published] = (), impossible: Sequence[Box] = ()
) -> Protected:
    """Judge every cell, so that nobody who also holds ``released`` works out a withheld one.

    Cells are withheld from the cheapest: a cell costs the people that it counts, so margins last. The order of rows and categories
    changes nothing.
    """
    rules = rules or Rules()
    work = _Work(_ordered(table), rules)
    try:
        attack = Attack(work.shape, released, rules, careful=table.parts is not None, impossible=impossible)
        refusal, exposed = work.settle(attack)
    except (Contradiction, TooWide) as fault:
        refusal = Refusal.CONTRADICTS if isinstance(fault, Contradiction) else Refusal.TOO_WIDE
        return Protected(table, dict.fromkeys(table.shape.cells, Why.GUARDS_EARLIER), refusal, rules=rules)
    turn = _turn(table.shape, work.shape)
    why = {cell: work.why.get(tuple(cell[place] for place in turn), Why.SHOWN) for cell in table.shape.cells}
    return Protected(table, why, refusal, tuple(exposed), attack.solved, rules)


def _turn(shape: Shape, ordered: Shape) -> list[int]:
    places = {dimension.name: place for place, dimension in enumerate(shape.dimensions)}
    return [places[dimension.name] for dimension in ordered.dimensions]


def _ordered(table: Table) -> Table:
    """The same table with dimensions by name and categories by code: what is withheld must not hang on the order of rows."""
    dimensions = tuple(
        Dimension(
            each.name,
            dict(sorted(each.leaves.items())),
            {code: tuple(sorted(members)) for code, members in sorted(each.groups.items())},
        )
        for each in sorted(table.shape.dimensions, key=lambda dimension: dimension.name)
    )
    shape = Shape(dimensions, table.shape.about, table.shape.measure, table.shape.sensitive, table.shape.whole)
    turn = _turn(table.shape, shape)
    if table.parts is not None:
        parts = {tuple(cell[place] for place in turn): given for cell, given in sorted(table.parts.items())}
        return Table(shape, parts=parts)
    return Table(shape, {tuple(cell[place] for place in turn): n for cell, n in sorted(table.counts.items())})


@dataclass
class _Work:
    """A table while cells of it are withheld."""

    table: Table
    rules: Rules
    why: dict[Cell, Why] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.shape, self.values = self.table.shape, self.table.values
        self.lines = [(parent, members) for parent, members in self.shape.lines]
        self.within: dict[Cell, list[int]] = {cell: [] for cell in self.shape.cells}
        for number, (parent, members) in enumerate(self.lines):
            for cell in (parent, *members):
                self.within[cell].append(number)
        self._judge()

    @property
    def shown(self) -> dict[Cell, int]:
        return {cell: value for cell, value in self.values.items() if cell not in self.why}

    def cost(self, cell: Cell) -> tuple[int, Cell]:
        """What is lost with a cell: the people that it counts; the code decides between equals."""
        return self.values[cell], cell

    def _judge(self) -> None:
        """Withhold what says too much by itself."""
        for cell, value in self.values.items():
            if self.table.parts is not None:
                givers = [given for given in self.table.givers(cell) if given]
                if self.rules.is_small(len(givers)):
                    self.why[cell] = Why.SMALL
                elif self.rules.is_dominated(givers):
                    self.why[cell] = Why.DOMINATED
            elif self.rules.is_small(value, self.rules.limit(self.shape, cell)):
                self.why[cell] = Why.SMALL if value else Why.ZERO
        if self.rules.zeros is Zeros.TELLING:
            self._judge_telling()

    def _judge_telling(self) -> None:
        """Noughts that say of a whole line where its people are."""
        for parent, members in self.lines:
            noughts = [cell for cell in members if not self.values[cell]]
            if self.values[parent] and len(noughts) == len(members) - 1:
                self.why.update(dict.fromkeys(noughts, Why.ZERO))

    def settle(self, attack: Attack) -> tuple[Refusal | None, list[Exposed]]:
        """Withhold more until the audit finds nothing; what is left must still tell something."""
        attack.begin(self.values)
        self._complement(range(len(self.lines)))
        exposed: list[Exposed] = []
        while self.shown:
            found = attack.exposed(self.shown)
            if not found:
                return None, exposed
            exposed = found
            self._withhold_for(found, attack)
        return Refusal.NOTHING_LEFT, exposed

    def _withhold_for(self, found: Iterable[Exposed], attack: Attack) -> None:
        """One more cell for every figure that is exposed; one that was withheld for another serves it as well."""
        chosen: list[Cell] = []
        for each in found:
            own = each.cell if each.table == len(attack.released) else None
            if any(self._serves(cell, own, each, attack) for cell in chosen):
                continue
            choice = (self._beside(own) if own else None) or self._over(each, attack)
            choice = choice or min(self.shown, key=self.cost, default=None)
            if choice:
                self.why[choice] = Why.GUARDS_OTHERS if own else Why.GUARDS_EARLIER
                chosen.append(choice)
        self._complement(number for cell in chosen for number in self.within[cell])

    def _serves(self, chosen: Cell, own: Cell | None, exposed: Exposed, attack: Attack) -> bool:
        if own:
            return not set(self.within[own]).isdisjoint(self.within[chosen])
        return attack.touches(chosen, exposed.groups)

    def _beside(self, cell: Cell) -> Cell | None:
        """The cheapest cell that is shown in a line of this one."""
        near = {other for number in self.within[cell] for other in (self.lines[number][0], *self.lines[number][1])}
        return min((other for other in near if other not in self.why), key=self.cost, default=None)

    def _over(self, exposed: Exposed, attack: Attack) -> Cell | None:
        """The cheapest cell that is shown and counts any of these people."""
        touching = (cell for cell in self.shown if attack.touches(cell, exposed.groups))
        return min(touching, key=self.cost, default=None)

    def _complement(self, numbers: Iterable[int]) -> None:
        """In every line with something withheld, withhold so much more that the line alone does not give it away."""
        todo = dict.fromkeys(numbers)
        while todo:
            number = next(iter(todo))
            choice = self._next_of(number)
            if choice is None:
                del todo[number]
                continue
            self.why[choice] = Why.GUARDS_OTHERS
            todo.update(dict.fromkeys(self.within[choice]))

    def _next_of(self, number: int) -> Cell | None:
        """The next cell that a line must lose: one that other lines need as well before one that is only cheap."""
        if self._holds(number):
            return None
        parent, members = self.lines[number]
        left = [cell for cell in (*members, parent) if cell not in self.why]
        return min(left, key=lambda cell: (-self._needed_elsewhere(cell, number), self.cost(cell)), default=None)

    def _needed_elsewhere(self, cell: Cell, number: int) -> int:
        return sum(other != number and not self._holds(other) for other in self.within[cell])

    def _holds(self, number: int) -> bool:
        """Whether a line, by itself, leaves room enough around what it withholds."""
        parent, members = self.lines[number]
        hidden = [cell for cell in members if cell in self.why]
        if parent in self.why:
            return bool(hidden)
        room = sum(self.values[cell] for cell in hidden)
        return not hidden or (len(hidden) > 1 and room >= self.rules.width)
