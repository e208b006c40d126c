"""A cascade of ten thousand people: counted once each, and drawn; and whether its range holds what a count of every head finds."""

import random
import statistics
import time
from collections.abc import Iterator
from typing import Any

from hamroh.kernel.cascades import Taught, in_order, reach, tree
from hamroh.site.benches.figures import Figure

_PEOPLE, _SIZE, _OVERLAP, _TURNS = 10_000, 20, 0.3, 9


def figures(*, full: bool) -> Iterator[Figure]:  # noqa: ARG001 - the face of a bench
    """A tree of ten thousand people in rounds of twenty, three in ten of whom came again."""
    rounds, truth = cascade(_PEOPLE)
    times, drawing = [], ""
    for _turn in range(_TURNS):
        before = time.perf_counter()
        drawing = _drawn(rounds)
        times.append((time.perf_counter() - before) * 1000)
    yield Figure("training.tree", round(statistics.median(times), 1), "ms", "<= 200")
    yield Figure("training.tree_weight", round(len(drawing) / 1024), "KiB")
    found = reach(rounds).total
    yield Figure("training.reach_wrong", 0 if found.low <= truth <= found.high else 1, "cascades", "<= 0")
    counted, truth = cascade(965, names=0.0)
    said = reach(counted).total
    yield Figure("training.reach_width", said.high - said.low, "people", "<= 0", "a count of every head", truth)


def cascade(people: int, *, names: float = 0.5) -> tuple[list[Taught], int]:
    """Rounds of twenty, each taught by somebody of an earlier one, until so many people were reached; and how many that are."""
    chance, there, rounds, at = random.Random(5), list[int](), list[Taught](), 0
    while len(there) < people:
        again = set(chance.sample(there, min(len(there), int(_SIZE * _OVERLAP))))
        new = list(range(at, at + _SIZE - len(again)))
        at += len(new)
        known = {each for each in (*again, *new) if each % 100 < names * 100}
        others = _SIZE - len(known)
        parents = (str(chance.randrange(max(1, len(rounds) // 3))),) if rounds else ()
        rounds.append(Taught(str(len(rounds)), frozenset(map(str, known)), others, len(again - known), {}, parents))
        there += new
    return rounds, len(there)


def _drawn(rounds: list[Taught]) -> str:
    from hamroh.training.drawing import drawn_cascade
    from hamroh.training.selectors import Cascade

    told = in_order(rounds)
    counted = reach(told)
    found: Any = Cascade({}, tree(told), counted, steps={step.key: step for step in counted.steps})
    return str(drawn_cascade(found, {each.key: f"Household budgeting: round {each.key}" for each in told}))
