"""Disclosure: how long a table takes to protect, how much of it is withheld, and what an attacker recovers beside a threshold alone.

Counts are made: districts, months and kinds weigh differently, and each cell is drawn about its weight. The attack is the linear audit, which needs nothing but what was published.
"""

import itertools
import math
import random
import time
from collections.abc import Iterator

from hamroh.kernel.disclosure import Dimension, Protected, Published, Rules, Shape, Table, audit, protect
from hamroh.site.benches.figures import Figure, memory_mib

_DISTRICTS, _MONTHS, _KINDS, _MEAN = 60, 12, 6, 10


def figures(*, full: bool) -> Iterator[Figure]:
    """Districts by months with margins; with ``full`` by kinds as well."""
    yield from _measured(_table(by_kind=False), "", "<= 10")
    if full:
        yield from _measured(_table(by_kind=True), "_by_kind", None)
    yield Figure("disclosure.memory", memory_mib(), "MiB")


def _measured(table: Table, suffix: str, bar: str | None) -> Iterator[Figure]:
    before = time.perf_counter()
    judged = protect(table)
    seconds = time.perf_counter() - before
    yield Figure(f"disclosure.protect{suffix}", round(seconds, 2), "s", bar)
    yield from _withheld(judged, suffix)
    alone = {cell: count for cell, count in table.values.items() if not Rules().is_small(count)}
    if not suffix:  # the attack on what a threshold leaves asks for every cell by itself
        told = len(audit([], Published(table.shape, alone)))
        exposed = len(audit([], judged.published()))
        yield Figure("disclosure.exposed", exposed, "cells", "<= 0", "a threshold alone", told)


def _withheld(judged: Protected, suffix: str) -> Iterator[Figure]:
    cells = len(judged.why)
    small = sum(judged.why[cell] in ("small", "zero") for cell in judged.why)
    yield Figure(f"disclosure.withheld{suffix}", round(judged.withheld / cells, 3), "share")
    yield Figure(f"disclosure.small{suffix}", round(small / cells, 3), "share")
    yield Figure(f"disclosure.solved{suffix}", judged.solved, "programmes")


def _table(*, by_kind: bool) -> Table:
    chance = random.Random(7)
    names = [("district", _DISTRICTS, 0.8), ("month", _MONTHS, 0.2), *([("kind", _KINDS, 0.6)] if by_kind else [])]
    weights = [[chance.lognormvariate(0, spread) for _each in range(count)] for _name, count, spread in names]
    codes = [[f"{name}{number:02}" for number in range(count)] for name, count, _spread in names]
    counts = {
        tuple(code for code, _weight in cell): _drawn(chance, _MEAN * math.prod(weight for _code, weight in cell))
        for cell in itertools.product(*(zip(of, each, strict=True) for of, each in zip(codes, weights, strict=True)))
    }
    return Table(
        Shape(tuple(Dimension.of(name, of) for (name, _count, _spread), of in zip(names, codes, strict=True))), counts
    )


def _drawn(chance: random.Random, mean: float) -> int:
    return max(0, round(chance.gauss(mean, mean**0.5)))
