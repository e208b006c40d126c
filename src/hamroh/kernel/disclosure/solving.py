"""HiGHS behind one class, the only file that knows it: counts that agree with what was published, as far out as one asks.

The solver is not believed. Whatever it answers is rounded to whole numbers and added up again in whole numbers; an answer that does not
agree with every published figure is none. So a fault of the solver can withhold more, and never less.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, cast

import numpy as np
import numpy.typing as npt

from hamroh.kernel.disclosure.space import Places, Sums
from hamroh.kernel.disclosure.tables import Counts

Reals = npt.NDArray[np.float64]
_NEAR = 1e-5
#: what a step away from the counts one starts at costs, beside a wish of 1
_STEP = 1e-3
_NONE = "no counts agree with everything that was published"


class Contradiction(ValueError):
    """No counts agree with all that was published."""


@dataclass(frozen=True)
class Answer:
    """Counts that agree with what was published, None where the solver found no whole ones; ``never_over`` is proven, not found."""

    people: Counts | None
    never_over: float


class _Highs(Protocol):
    """What of HiGHS is used here."""

    def passModel(self, *args: Any) -> Any: ...  # noqa: N802
    def changeColsCost(self, count: int, places: Any, costs: Any) -> Any: ...  # noqa: N802
    def clearSolver(self) -> Any: ...  # noqa: N802
    def setOptionValue(self, name: str, value: Any) -> Any: ...  # noqa: N802
    def run(self) -> Any: ...
    def getModelStatus(self) -> Any: ...  # noqa: N802
    def getSolution(self) -> Any: ...  # noqa: N802


class Counting:
    """All whole counts of groups, from 0 to ``most`` each, for which sums come to ``figures``; one move changes a group by ``reach``.

    Raises Contradiction where there are none. Groups that follow at once from the figures are fixed beforehand.
    """

    def __init__(self, sums: Sums, figures: Counts, *, most: int, reach: int) -> None:
        self._sums, self._figures = sums, figures
        self._fixed, left = _follow(sums, figures)
        self.free = np.flatnonzero(self._fixed < 0)
        self._place = np.full(sums.width, -1, dtype=np.int64)
        self._place[self.free] = np.arange(len(self.free))
        self._rows = _distinct(self._place, left)
        self._lengths = np.array([len(group) for group, _figure in self._rows], dtype=np.int64)
        self._columns = np.concatenate([np.zeros(0, dtype=np.int64), *(group for group, _figure in self._rows)])
        self._totals = np.array([figure for _group, figure in self._rows], dtype=np.float64)
        self._most, self._reach = most, reach
        self._lines: _Highs | None = None
        self._wholes: _Highs | None = None
        self._moves: tuple[bytes, _Highs] | None = None

    def farthest(self, group: Places, weights: Reals, *, whole: bool) -> "Answer":
        """Counts that agree, with the weighted sum of ``group`` as large as can be, and what it can never be over.

        ``whole`` searches among whole numbers; otherwise a corner of the real ones is tried, which is quick and often whole.
        """
        costs = np.bincount(group, weights=weights, minlength=len(self._fixed))
        known = float(costs @ np.maximum(self._fixed, 0))
        if not len(self.free):
            return Answer(self._agreed(np.zeros(0)), known)
        solver = self._solver(whole=whole)
        own = costs[self.free]
        solver.changeColsCost(len(own), np.arange(len(own), dtype=np.int32), -own)
        solver.run()
        if solver.getModelStatus().name == "kInfeasible":
            raise Contradiction(_NONE)
        found = solver.getSolution()
        return Answer(
            self._agreed(np.asarray(found.col_value)), known + self._never_over(own.astype(np.float64), found)
        )

    def some(self, *, whole: bool) -> Counts | None:
        """Any counts that agree; None where the solver found no whole ones."""
        solver = self._solver(whole=whole)
        if whole:
            solver.setOptionValue(
                "presolve", "off"
            )  # nothing is wished for: to make the question smaller takes longer than to answer it
        found = self.farthest(np.zeros(0, dtype=np.int64), np.zeros(0), whole=whole).people
        solver.setOptionValue("presolve", "choose")
        return found

    def moved(self, base: Counts, group: Places, *, up: bool, turn: int, weights: Reals | None = None) -> Counts | None:
        """Counts that agree and differ from ``base`` in few groups, with more (or fewer) in ``group``; None where no whole ones were found.

        ``weights`` wishes more of some groups and fewer of others at once. ``turn`` draws which of many equal ways is tried. A short way from whole counts to others is nearly always whole.
        """
        if not len(self.free):
            return None
        solver = self._mover(base)
        solver.clearSolver()  # few steps lead from where one starts, many from where the last answer was
        half = len(self.free)
        steps = _STEP * (1 + np.random.default_rng(turn).random(half))
        told = np.bincount(group, weights=weights, minlength=len(self._fixed))
        wish = told[self.free] * (1.0 if up else -1.0)
        solver.changeColsCost(
            2 * half, np.arange(2 * half, dtype=np.int32), np.concatenate([steps - wish, steps + wish])
        )
        solver.run()
        found = np.asarray(solver.getSolution().col_value)
        return self._agreed(base[self.free] + found[:half] - found[half:]) if len(found) == 2 * half else None

    def _mover(self, base: Counts) -> _Highs:
        if self._moves is None or self._moves[0] != base.tobytes():
            from_base = base[self.free].astype(np.float64)
            highest = np.concatenate([np.full(len(from_base), float(self._reach)), np.minimum(from_base, self._reach)])
            columns = np.concatenate([self._columns, self._columns + len(from_base)])
            rows = np.tile(np.repeat(np.arange(len(self._lengths)), self._lengths), 2)
            signs = np.repeat([1.0, -1.0], len(self._columns))
            order = np.argsort(rows, kind="stable")
            model = _Model(highest, np.zeros(len(self._lengths)), 2 * self._lengths, columns[order], signs[order])
            self._moves = base.tobytes(), model.solver(_STEPS)
        return self._moves[1]

    def _never_over(self, own: Reals, found: Any) -> float:
        """A bound that any prices of the rows prove: what the sums cost at those prices, and what a group is worth beyond them."""
        prices = -np.asarray(found.row_dual)
        if len(prices) != len(self._rows):
            return float(np.maximum(own, 0).sum() * self._most)
        paid = np.bincount(self._columns, weights=np.repeat(prices, self._lengths), minlength=len(own))
        return float(prices @ self._totals + np.maximum(own - paid, 0).sum() * self._most)

    def _agreed(self, found: Reals) -> Counts | None:
        if len(found) != len(self.free):
            return None
        people = np.maximum(self._fixed, 0)
        people[self.free] = np.rint(found).astype(np.int64)
        if len(found) and (np.abs(found - people[self.free]).max() > _NEAR or people.min() < 0):
            return None
        return people if np.array_equal(self._sums.added(people), self._figures) else None

    def _solver(self, *, whole: bool) -> _Highs:
        if whole:
            self._wholes = self._wholes or self._made(whole=True)
            return self._wholes
        self._lines = self._lines or self._made(whole=False)
        return self._lines

    def _made(self, *, whole: bool) -> _Highs:
        highest = np.full(len(self.free), float(self._most))
        model = _Model(highest, self._totals, self._lengths, self._columns, np.ones(len(self._columns)))
        return model.solver(_CORNERS, whole=whole)


@dataclass(frozen=True)
class _Model:
    """Columns from 0 to ``highest``; rows of ``lengths`` entries that come to ``totals``."""

    highest: Reals
    totals: Reals
    lengths: Places
    columns: Places
    values: Reals

    def solver(self, options: Mapping[str, Any], *, whole: bool = False) -> _Highs:
        import highspy

        solver = cast("_Highs", highspy.Highs())  # type: ignore[no-untyped-call]
        for name, value in (_OPTIONS | dict(options)).items():
            solver.setOptionValue(name, value)
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(self.highest), len(self.totals)
        model.col_cost_ = model.col_lower_ = np.zeros(len(self.highest))
        model.col_upper_ = self.highest
        model.row_lower_ = model.row_upper_ = self.totals
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.concatenate([[0], np.cumsum(self.lengths)]).astype(np.int32)
        model.a_matrix_.index_ = self.columns.astype(np.int32)
        model.a_matrix_.value_ = self.values
        if whole:
            model.integrality_ = [highspy.HighsVarType.kInteger] * len(self.highest)
        solver.passModel(model)
        return solver


#: one thread and one seed: the same tables are always answered alike
_OPTIONS = {"output_flag": False, "threads": 1, "random_seed": 7, "mip_max_nodes": 500}
#: where only costs change, a corner stays a corner: primal; a few steps from where one starts: dual, from the beginning
_CORNERS, _STEPS = {"simplex_strategy": 4}, {"simplex_strategy": 1, "presolve": "off"}


def _follow(sums: Sums, figures: Counts) -> tuple[Counts, list[tuple[Places, int]]]:
    """Groups that follow at once (-1 where not), and what the other figures still say: a nought is nobody, one group left is the rest."""
    fixed = np.full(sums.width, -1, dtype=np.int64)
    open_ = [(sums.row(place), int(figures[place])) for place in range(len(sums))]
    moved = True
    while moved:
        moved, still = False, list[tuple[Places, int]]()
        for group, figure in open_:
            known = fixed[group]
            left, rest = group[known < 0], figure - int(known[known >= 0].sum())
            if rest < 0 or (rest and not len(left)):
                raise Contradiction(_NONE)
            if len(left) and (rest == 0 or len(left) == 1):
                fixed[left] = rest if len(left) == 1 else 0
                moved = True
            elif len(left):
                still.append((left, rest))
        open_ = still
    return fixed, open_


def _distinct(place: Places, rows: Sequence[tuple[Places, int]]) -> list[tuple[Places, int]]:
    """The rows once each, their groups by their place among the free ones."""
    found: dict[bytes, tuple[Places, int]] = {}
    for group, figure in rows:
        own = np.sort(place[group])
        kept = found.setdefault(own.tobytes(), (own, figure))
        if kept[1] != figure:
            raise Contradiction(_NONE)
    return list(found.values())
