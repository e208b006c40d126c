"""What the stock methods find: the same queries in the same pools, each method in a process of its own, beside Hamroh's figure.

Each is optional: what its packages, a server or the network is missing for is left out and said so.
"""

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from hamroh.site.benches import postgres
from hamroh.site.benches.elsewhere import Absent
from hamroh.site.benches.figures import Figure, percentile
from hamroh.site.benches.names.measures import measured
from hamroh.site.benches.names.runs import ASKED, Asked, Case, Hall, Run, said
from hamroh.site.benches.names.sets import Query

#: queries of a set (or of each kind of pairs in it) that are asked of peers
_SAMPLE, _OF_EACH = 300, 100
_KINDS = ("real", "token", "rule")


@dataclass(frozen=True, slots=True)
class Peer:
    """A stock method: the module that does it, the lock of its packages, how it is made, and up to what size it can be asked."""

    name: str
    module: str
    lock: str
    options: dict[str, Any]
    sizes: tuple[str, ...] = ("100k", "1m")
    is_batch: bool = False


PEERS = (
    Peer("token_sort", "fuzzy", "peers", {"scorer": "token_sort"}),
    Peer("jaro_winkler", "fuzzy", "peers", {"scorer": "jaro_winkler"}),
    Peer("pg_trgm", "trigrams", "peers", {}),
    Peer("splink", "splinked", "peers", {}, is_batch=True),
    Peer("logic_v2", "logic", "nomenklatura", {}, ("100k",)),
)


def figures(case: Case, ours: Run | None, hall: Hall) -> Iterator[Figure]:
    """Recall of each peer and its costs; the value that stands first is Hamroh's on the same queries where it could be asked."""
    queries = sample(case.queries.queries)
    own = _chosen(ours, case.queries.queries, queries) if ours else None
    for peer in PEERS:
        if case.size in peer.sizes:
            theirs = _tried(peer.name, lambda peer=peer: _run(peer, case, queries, hall))
            if theirs:
                yield from _compared(case, peer.name, queries, own, theirs)


def sample(queries: Sequence[Query]) -> list[Query]:
    """Queries at even distances: a hundred of each kind of pairs where a set has kinds, three hundred otherwise."""
    kinds = [[query for query in queries if kind in query.parts] for kind in _KINDS]
    if any(kinds):
        return [query for group in kinds for query in _spread(group, _OF_EACH)]
    return _spread(queries, _SAMPLE)


def _spread(queries: Sequence[Query], count: int) -> list[Query]:
    return [queries[number * len(queries) // count] for number in range(min(count, len(queries)))]


def _tried(name: str, run: Any) -> Run | None:
    try:
        found: Run = run()
    except (Absent, OSError, RuntimeError) as why:
        said(f"{name} is left out: {why}")
        return None
    return found


def _run(peer: Peer, case: Case, queries: Sequence[Query], hall: Hall) -> Run:
    """A batch method is asked the whole set, from which it learns, and judged by the chosen queries."""
    asks = case.asks if peer.is_batch else {asked: (queries, facts) for asked, facts in ASKED.items()}
    python = hall.python(peer.lock)
    with _options(peer) as options:
        run = hall.run(peer.module, case.pool, asks, options=options, python=python)
    return _chosen(run, case.queries.queries, queries) if peer.is_batch else run


def _chosen(run: Run, whole: Sequence[Query], queries: Sequence[Query]) -> Run:
    """A run over the whole set as if only these queries had been asked."""
    at = {query.true: number for number, query in enumerate(whole)}
    numbers = [at[query.true] for query in queries]
    asks = {}
    for asked, each in run.asks.items():
        single = len(each.ms) == len(each.found)
        times = ([values[number] for number in numbers] if single else values for values in (each.ms, each.cpu_ms))
        asks[asked] = Asked([each.found[number] for number in numbers], *times)
    return replace(run, asks=asks)


@contextlib.contextmanager
def _options(peer: Peer) -> Iterator[dict[str, Any]]:
    if peer.module == "trigrams":
        with postgres.server() as server:
            yield {**peer.options, "url": f"postgresql{server.url(server.create()).removeprefix('postgres')}"}
    else:
        yield peer.options


def _compared(case: Case, name: str, queries: Sequence[Query], ours: Run | None, theirs: Run) -> Iterator[Figure]:
    truths, start = [query.true for query in queries], f"names.beside.{case.name}"
    for asked in ASKED:
        mine = dict(_values(ours, asked, truths)) if ours else {}
        for (measure, unit), value in _values(theirs, asked, truths).items():
            yield _beside(
                f"{start}.{measure}.{case.size}.{asked}.{name}", unit, mine.get((measure, unit)), (name, value)
            )
    own_build, own_memory = (round(ours.build_s, 1), round(ours.memory_after_mib, 1)) if ours else (None, None)
    yield _beside(f"{start}.build.{case.size}.{name}", "s", own_build, (name, round(theirs.build_s, 1)))
    yield _beside(f"{start}.memory.{case.size}.{name}", "MiB", own_memory, (name, round(theirs.memory_after_mib, 1)))


def _values(run: Run, asked: str, truths: Sequence[str]) -> dict[tuple[str, str], float]:
    """Measures with their units."""
    answers = run.asks[asked]
    shares = {(measure, "share"): value for measure, value in measured(answers.found, truths)}
    return shares | {("p50", "ms"): percentile(answers.ms, 0.5), ("p95", "ms"): percentile(answers.ms, 0.95)}


def _beside(name: str, unit: str, own: float | None, theirs: tuple[str, float]) -> Figure:
    """Hamroh's value with the peer's beside it; the peer's alone where Hamroh was not asked."""
    peer, value = theirs
    return Figure(name, value, unit) if own is None else Figure(name, own, unit, None, peer, value)
