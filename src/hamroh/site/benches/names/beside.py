"""What the stock methods find: the same queries in the same pools, each method in a process of its own, beside Hamroh's figure.

Each is optional: what its packages, a server or the network is missing for is left out and said so.
"""

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from hamroh.site.benches import postgres
from hamroh.site.benches.figures import Figure, percentile
from hamroh.site.benches.names.measures import quality, rank
from hamroh.site.benches.names.runs import Absent, Asked, Hall, Pool, Run, said
from hamroh.site.benches.names.sets import Query, Set, pool

#: queries of a set (or of each kind of pairs in it) that are asked of peers
_SAMPLE, _OF_EACH = 300, 100
_KINDS = ("real", "token", "rule")
ASKED = {"name": False, "facts": True}


@dataclass(frozen=True, slots=True)
class Peer:
    """A stock method: the module that does it, the lock of its packages, how it is made, and up to what size it can be asked."""

    name: str
    module: str
    lock: str
    options: dict[str, Any]
    sizes: tuple[str, ...] = ("100k", "1m")


PEERS = (
    Peer("token_sort", "fuzzy", "peers", {"scorer": "token_sort"}),
    Peer("jaro_winkler", "fuzzy", "peers", {"scorer": "jaro_winkler"}),
    Peer("pg_trgm", "trigrams", "peers", {}),
    Peer("splink", "splinked", "peers", {}),
    Peer("logic_v2", "logic", "nomenklatura", {}, ("100k",)),
)


def figures(one: Set, size: str, others: int, hall: Hall) -> Iterator[Figure]:
    """Recall of each peer and its costs; the value that stands first is Hamroh's on the same queries where it could be asked."""
    everybody = hall.pool(pool(one, others), (record["id"] for record in one.sought))
    queries = sample(one.queries)
    asks = {asked: (queries, facts) for asked, facts in ASKED.items()}
    ours = _tried("hamroh", lambda: hall.run("engine", everybody, asks))
    for peer in PEERS:
        if size in peer.sizes:
            theirs = _tried(peer.name, lambda peer=peer: _run(peer, everybody, one.queries, queries, hall))
            if theirs:
                yield from _compared(f"names.beside.{one.name}", size, peer.name, queries, (ours, theirs))


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


def _run(peer: Peer, everybody: Pool, whole: Sequence[Query], chosen: Sequence[Query], hall: Hall) -> Run:
    """A batch method is asked the whole set, from which it learns, and judged by the chosen queries."""
    is_batch = peer.module == "splinked"
    asks = {asked: (whole if is_batch else chosen, facts) for asked, facts in ASKED.items()}
    python = hall.python(peer.lock)
    with _options(peer) as options:
        run = hall.run(peer.module, everybody, asks, options=options, python=python)
    if not is_batch:
        return run
    at = {query.true: number for number, query in enumerate(whole)}
    picked = {
        asked: Asked([each.found[at[query.true]] for query in chosen], each.ms, each.cpu_ms)
        for asked, each in run.asks.items()
    }
    return Run(run.build_s, run.build_cpu_s, run.memory_mib, run.memory_after_mib, picked, run.checks)


@contextlib.contextmanager
def _options(peer: Peer) -> Iterator[dict[str, Any]]:
    if peer.module == "trigrams":
        with postgres.server() as server:
            yield {**peer.options, "url": f"postgresql{server.url(server.create()).removeprefix('postgres')}"}
    else:
        yield peer.options


def _compared(
    start: str, size: str, name: str, queries: Sequence[Query], runs: tuple[Run | None, Run]
) -> Iterator[Figure]:
    ours, theirs = runs
    for asked in ASKED:
        mine = _measured(queries, ours.asks[asked]) if ours else {}
        for measure, value in _measured(queries, theirs.asks[asked]).items():
            yield _beside(f"{start}.{measure}.{size}.{asked}.{name}", "share", mine.get(measure), name, value)
        for measure, share in (("p50", 0.5), ("p95", 0.95)):
            value = percentile(theirs.asks[asked].ms, share)
            own = percentile(ours.asks[asked].ms, share) if ours else None
            yield _beside(f"{start}.{measure}.{size}.{asked}.{name}", "ms", own, name, value)
    own_build, own_memory = (round(ours.build_s, 1), round(ours.memory_after_mib, 1)) if ours else (None, None)
    yield _beside(f"{start}.build.{size}.{name}", "s", own_build, name, round(theirs.build_s, 1))
    yield _beside(f"{start}.memory.{size}.{name}", "MiB", own_memory, name, round(theirs.memory_after_mib, 1))


def _beside(name: str, unit: str, own: float | None, peer: str, value: float) -> Figure:
    """Hamroh's value with the peer's beside it; the peer's alone where Hamroh was not asked."""
    return Figure(name, value, unit) if own is None else Figure(name, own, unit, None, peer, value)


def _measured(queries: Sequence[Query], answers: Asked) -> dict[str, float]:
    found = quality(rank(each, query.true) for each, query in zip(answers.found, queries, strict=True))
    return {"r1": found.r1, "r10": found.r10, "mrr": found.mrr}
