"""The name engine: how often it finds the person sought among 100,000 and a million, how fast, and what stock methods find there.

``HAMROH_BENCH_NAMES`` may name a folder with pairs of one's own (the set ``dev``); the made-up people (the set ``made``) are always there.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from hamroh.site.benches.figures import Figure
from hamroh.site.benches.names import beside, own, sets
from hamroh.site.benches.names.runs import Case, Hall, said

SIZES = {"5k": 5_000, "100k": 100_000, "1m": 1_000_000}
_USUAL, _SOUGHT = ("100k",), 2_000


def figures(*, full: bool) -> Iterator[Figure]:
    """Recall, precision, time, memory by set and part; peers beside; ``full`` adds a million records."""
    with tempfile.TemporaryDirectory(prefix="hamroh-names-") as folder:
        hall = Hall(Path(folder))
        for one in _sets():
            for size in ("100k", "1m") if full else _USUAL:
                case = Case(one, size, SIZES[size], hall.pool(sets.pool(one, SIZES[size]), one.ids))
                run = own.run(case, hall)
                if run:
                    yield from own.figures(case, run, hall)
                yield from beside.figures(case, run, hall)


def _sets() -> list[sets.Set]:
    given = sets.dev()
    if given is None:
        said(f"no pairs of one's own: {sets.OWN_PAIRS} names no folder")
    return [one for one in (given, sets.made(_SOUGHT)) if one is not None]
