"""The linear audit: what somebody works out who holds every table that was ever published about the same people.

He knows every count that is shown, that counts are whole and not under nought, and nothing else. For each withheld cell, and for each
group that the tables together tell apart, the audit looks for two sets of counts that agree with all that is shown and lie as far
apart in it as the rules ask. Where it finds them he cannot know; where it does not, the cell counts as exposed.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from hamroh.kernel.disclosure.rules import Rules
from hamroh.kernel.disclosure.solving import Counting
from hamroh.kernel.disclosure.space import Places, Space, Sums
from hamroh.kernel.disclosure.tables import Box, Cell, Counts, Published, Shape

#: how many ways of moving people between groups are tried before the bounds of a cell are worked out, at how many groups at once, how
#: often some of the open ones are moved by chance, and how many: fewer are sooner whole, more settle more at once
_TRIES, _HANDFUL, _ROUNDS, _MANY, _SHARE = 4, 12, 100, 60, 30


@dataclass(frozen=True)
class Exposed:
    """A figure that somebody can work out: from ``low`` to ``high``.

    ``table`` counts what was published, the new one last; a group that only the tables together tell apart has no table and no cell.
    """

    table: int | None
    cell: Cell | None
    low: int
    high: int
    groups: Places


def related(shape: Shape, released: Iterable[Published]) -> list[Published]:
    """The tables whose people may be among those of a shape, or among those of one that is related to it."""
    left, found, reached = list(released), list[Published](), [shape]
    while reached:
        near = [each for each in left if any(_meet(each.shape, other) for other in reached)]
        left = [each for each in left if each not in near]
        reached = [each.shape for each in near]
        found += near
    return found


def _meet(one: Shape, other: Shape) -> bool:
    if one.measure != other.measure:
        return False
    first, second = (shape.box(shape.cells[-1]) for shape in (one, other))  # the last cell is everybody
    return all(first[name] & second[name] for name in first.keys() & second.keys())


def _whole(shape: Shape) -> frozenset[str]:
    """Variables of a table in whose categories everybody stands: who reads it knows that there is nobody beside them."""
    return shape.whole & {each.name for each in shape.dimensions}


class Attack:
    """What is worked out about one new table beside all that was released; counts once found serve as long as cells are only withheld."""

    def __init__(
        self,
        shape: Shape,
        released: Sequence[Published],
        rules: Rules,
        *,
        careful: bool = False,
        impossible: Sequence[Box] = (),
    ) -> None:
        self.rules, self.shape, self.released = rules, shape, related(shape, released)
        boxes = [shape.box(cell) for cell in shape.cells]
        earlier = [each.shape.box(cell) for each in self.released for cell in each.shape.cells]
        shapes = [shape, *(each.shape for each in self.released)]
        self._space = Space([*boxes, *earlier, *impossible], whole=frozenset().union(*map(_whole, shapes)))
        self._new = [self._space.of(box) for box in boxes]
        self._never = [self._space.of(box) for box in impossible]
        self._names: list[tuple[int | None, Cell | None]] = []
        self._asked, self._careful, self._limits = self._targets(careful=careful)
        self._low = np.full(len(self._asked), np.iinfo(np.int64).max)
        self._high = np.full(len(self._asked), -1)
        self._start: Counts | None = None
        self.solved = 0

    def _targets(self, *, careful: bool) -> tuple[Sums, np.ndarray, list[int]]:
        """Every cell of the new table, every withheld one of the others, and the groups that only all of them tell apart."""
        groups, guarded = list(self._new), [careful] * len(self._new)
        limits = [self.rules.limit(self.shape, cell) for cell in self.shape.cells]
        self._names = [(len(self.released), cell) for cell in self.shape.cells]
        for number, each in enumerate(self.released):
            for cell in each.withheld:
                groups.append(self._space.of(each.shape.box(cell)))
                guarded.append(each.careful)
                limits.append(each.limit(cell))
                self._names.append((number, cell))
        if self.released:
            every = [self._space.of(each.shape.box(cell)) for each in self.released for cell in each.shape.cells[-1:]]
            reached = {int(place) for group in (*groups, *every) for place in group} - {
                int(p) for group in self._never for p in group
            }
            smallest = [np.array([place]) for place in sorted(reached)]
            groups += smallest
            guarded += [False] * len(smallest)
            limits += [self.rules.limit_of(self._met_variables())] * len(smallest)
            self._names += [(None, None)] * len(smallest)
        return Sums.of(groups, self._space.size), np.array(guarded, dtype=bool), limits

    def _met_variables(self) -> int:
        """How many sensitive variables all the tables tell apart together."""
        shapes = [self.shape, *(each.shape for each in self.released)]
        told = {name for shape in shapes for name in shape.box(shape.cells[-1])}
        return len(told & frozenset().union(*(shape.sensitive for shape in shapes)))

    def begin(self, values: Mapping[Cell, int]) -> None:
        """Start from the counts as they are, where no other table cuts the cells any smaller."""
        if not self.released and not self._never:
            people = np.zeros(self._space.size, dtype=np.int64)
            for cell, group in zip(self.shape.cells, self._new, strict=True):
                if len(group) == 1:
                    people[group] = values[cell]
            self._start = self._met(people)

    def touches(self, cell: Cell, groups: Places) -> bool:
        """Whether a cell of the new table counts any of these groups."""
        return bool(np.isin(groups, self._space.of(self.shape.box(cell)), assume_unique=True).any())

    def exposed(self, shown: Mapping[Cell, int]) -> list[Exposed]:
        """What of it somebody can work out once these cells are shown; raises Contradiction where the figures cannot all be true."""
        counting = self._counting(shown)
        asked = [
            place
            for place, (number, cell) in enumerate(self._names)
            if number != len(self.released) or cell not in shown
        ]
        base = self._base(counting)
        if base is not None:
            self._together(counting, asked, base)
        found = (self._ask(counting, place, base) for place in asked)
        return [each for each in found if each]

    def _counting(self, shown: Mapping[Cell, int]) -> Counting:
        rows, figures = list(self._never), [0] * len(self._never)
        for each in self.released:
            rows += [self._space.of(each.shape.box(cell)) for cell in each.shown]
            figures += each.shown.values()
        for cell, group in zip(self.shape.cells, self._new, strict=True):
            if cell in shown:
                rows.append(group)
                figures.append(shown[cell])
        most = max(figures, default=0)
        reach = self.rules.needed(most, careful=bool(self._careful.any()))
        sums = Sums.of(rows, self._space.size)
        return Counting(sums, np.array(figures, dtype=np.int64), most=most + 2 * reach, reach=reach)

    def _is_wide(self, place: int) -> bool:
        high = int(self._high[place])
        return high - int(self._low[place]) >= self._needed(place, high)

    def _met(self, people: Counts | None) -> Counts | None:
        self.solved += 1
        if people is not None:
            sums = self._asked.added(people)
            np.minimum(self._low, sums, out=self._low)
            np.maximum(self._high, sums, out=self._high)
        return people

    def _base(self, counting: Counting) -> Counts | None:
        """Counts that agree, to start from."""
        if self._start is None:
            for whole in (False, True):
                self._start = self._met(counting.some(whole=whole))
                if self._start is not None:
                    break
        return self._start

    def _together(self, counting: Counting, asked: Sequence[int], base: Counts) -> None:
        """Move people into a handful of groups at a time: most are settled by it, and what is not is asked for by itself."""
        chance, counts, every = np.random.default_rng(0), self._asked.added(base), np.array(asked, dtype=np.int64)
        for turn in range(_ROUNDS):
            open_ = self._open(every)
            if len(open_) <= _HANDFUL:
                break
            drawn = chance.permutation(open_)[: max(_MANY, len(open_) // _SHARE)]
            signs = np.where(counts[drawn] < self.rules.width, 1.0, chance.choice((-1.0, 1.0), len(drawn)))
            groups = [self._asked.row(place) for place in drawn]
            weights = np.repeat(signs, [len(each) for each in groups])
            self._met(counting.moved(base, np.concatenate(groups), up=True, turn=turn, weights=weights))
        for start in range(0, len(asked), _HANDFUL):
            left = [self._asked.row(place) for place in asked[start : start + _HANDFUL] if not self._is_wide(place)]
            if left:
                self._met(counting.moved(base, np.concatenate(left), up=True, turn=0))

    def _open(self, asked: Places) -> Places:
        """Those that are not wide yet."""
        near = self._high[asked] - self._low[asked] < self.rules.width
        careful = [place for place in asked[~near & self._careful[asked]] if not self._is_wide(place)]
        return np.concatenate([asked[near], np.array(careful, dtype=np.int64)])

    def _move(self, counting: Counting, place: int, base: Counts) -> bool:
        """Whether people can be moved in and out of a group so far that it is wide: on from where the last move led."""
        group = self._asked.row(place)
        for up in (True, False):
            at = base
            for turn in range(_TRIES):
                found = self._met(counting.moved(at, group, up=up, turn=turn))
                if self._is_wide(place):
                    return True
                if found is not None and (found[group].sum() > at[group].sum()) == up:
                    at = found
        return False

    def _ask(self, counting: Counting, place: int, base: Counts | None) -> Exposed | None:
        """One figure: by moves, by its bounds, and among whole numbers where the bounds leave it open."""
        number, cell = self._names[place]
        if self._is_wide(place) or (base is not None and self._move(counting, place, base)):
            return None
        low, high = self._bounds(counting, place, whole=False)
        if not self._is_safe(place, low, high) and high - low >= self._needed(place, high):
            low, high = self._bounds(counting, place, whole=True)
        return None if self._is_safe(place, low, high) else Exposed(number, cell, low, high, self._asked.row(place))

    def _bounds(self, counting: Counting, place: int, *, whole: bool) -> tuple[int, int]:
        """The least and the most of a figure; the most first, which is quicker found and mostly settles it."""
        group = self._asked.row(place)
        ones, low = np.ones(len(group)), 0
        up = counting.farthest(group, ones, whole=whole)
        self._met(up.people)
        if not self._is_wide(place):
            down = counting.farthest(group, -ones, whole=whole)
            self._met(down.people)
            low = max(0, math.ceil(-down.never_over - 1e-6))
        return low, math.floor(up.never_over + 1e-6)

    def _needed(self, place: int, high: int) -> int:
        return self.rules.needed(high, careful=bool(self._careful[place]))

    def _is_safe(self, place: int, low: int, high: int) -> bool:
        if self._is_wide(place):
            return True
        if self._names[place][1] is None and high == 0:  # nobody is in a group that the tables only cut out by chance
            return True
        return low >= self._limits[place] and not self._careful[place]


def audit(
    released: Sequence[Published], new: Published, rules: Rules | None = None, *, impossible: Sequence[Box] = ()
) -> list[Exposed]:
    """What would be exposed if ``new`` were published after ``released``: nothing, or the figures with their bounds.

    ``impossible`` are boxes that everybody knows to be empty, such as cases closed before they were opened. Raises Contradiction where
    the figures cannot all be true, TooWide where the tables tell apart more groups than can be audited.
    """
    attack = Attack(new.shape, released, rules or Rules(), careful=new.careful, impossible=impossible)
    return attack.exposed(new.shown)
