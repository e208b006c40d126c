"""Figures of Hamroh's own index: with facts and by the name alone, with the lexicon and without, with everybody and with half away."""

from collections.abc import Iterator, Sequence

from hamroh.site.benches.figures import Figure, percentile
from hamroh.site.benches.names.measures import band, quality, rank
from hamroh.site.benches.names.runs import Absent, Asked, Hall, Pool, Run, said
from hamroh.site.benches.names.sets import Query, Set, pool

#: what a query carries -> whether it has birth year and place
ASKED = {"name": False, "facts": True}
BANDS = ("strong", "possible")
#: measure, part of the set, size of the pool, what is asked -> bar
BARS = {
    ("r10", "all", "100k", "name"): ">= 0.94",
    ("r1", "all", "100k", "name"): ">= 0.75",
    ("r10", "all", "100k", "facts"): ">= 0.98",
    ("r1", "all", "100k", "facts"): ">= 0.92",
    ("r10", "all", "1m", "name"): ">= 0.86",
    ("r10", "all", "1m", "facts"): ">= 0.97",
    ("r1", "all", "1m", "facts"): ">= 0.87",
    ("r10", "real", "100k", "facts"): ">= 0.99",
    ("r10", "maiden", "100k", "facts"): ">= 0.85",
    ("r10", "persian", "100k", "name"): ">= 0.92",
    ("r10", "english", "100k", "name"): ">= 0.93",
    ("precision", "strong", "100k", "name"): ">= 0.99",
    ("precision", "strong", "100k", "facts"): ">= 0.99",
    ("precision", "possible", "100k", "name"): ">= 0.9",
    ("precision", "possible", "100k", "facts"): ">= 0.9",
    ("p50", "all", "100k", "name"): "<= 10",
    ("p50", "all", "100k", "facts"): "<= 10",
    ("p95", "all", "100k", "name"): "<= 25",
    ("p95", "all", "100k", "facts"): "<= 25",
    ("p50", "all", "1m", "name"): "<= 25",
    ("p50", "all", "1m", "facts"): "<= 25",
    ("p95", "all", "1m", "name"): "<= 60",
    ("p95", "all", "1m", "facts"): "<= 60",
}
_BUILD_BAR = {"1m": "<= 60"}
_BYTES_BAR = {"1m": "<= 400"}


def figures(one: Set, size: str, others: int, hall: Hall) -> Iterator[Figure]:
    """All figures of a set at a size; where no index can be built, none, and that is said."""
    everybody = hall.pool(pool(one, others), (record["id"] for record in one.sought))
    asks = {asked: (one.queries, facts) for asked, facts in ASKED.items()}
    try:
        run = hall.run("engine", everybody, asks, checks=["hostile", "additions"])
        halved = _halved(one, others, hall)
    except Absent as why:
        said(f"Hamroh's index was not measured: {why}")
        return
    yield from _costs(run, f"names.{one.name}", size, everybody.count)
    for asked in ASKED:
        yield from _found(one, run.asks[asked], size, asked)
        yield from _times(run.asks[asked], f"names.{one.name}", size, asked)
        yield from _bands(one, halved.asks[asked], size, asked)
    yield from _without_lexicon(one, size, everybody, hall)


def _without_lexicon(one: Set, size: str, everybody: Pool, hall: Hall) -> Iterator[Figure]:
    """What is rule and what is memory: the same by the tables of sounds alone."""
    asks = {asked: (one.queries, facts) for asked, facts in ASKED.items()}
    try:
        plain = hall.run("engine", everybody, asks, options={"lexicon": False})
    except Absent as why:
        said(f"the index without its lexicon was not measured: {why}")
        return
    for asked in ASKED:
        for measure, value in _measured(one.queries, plain.asks[asked]):
            yield Figure(f"names.{one.name}.{measure}.all.{size}.{asked}.no_lexicon", value, "share")


def _found(one: Set, answers: Asked, size: str, asked: str) -> Iterator[Figure]:
    """Recall and reciprocal rank of the whole set and of each of its parts."""
    parts = sorted({part for query in one.queries for part in query.parts})
    for part in ("all", *parts):
        numbers = [number for number, query in enumerate(one.queries) if part == "all" or part in query.parts]
        chosen = Asked([answers.found[number] for number in numbers], [], [])
        yield Figure(f"names.{one.name}.queries.{part}.{size}.{asked}", len(numbers), "queries")
        for measure, value in _measured([one.queries[number] for number in numbers], chosen):
            bar = BARS.get((measure, part, size, asked))
            yield Figure(f"names.{one.name}.{measure}.{part}.{size}.{asked}", value, "share", bar)


def _measured(queries: Sequence[Query], answers: Asked) -> list[tuple[str, float]]:
    found = quality(rank(each, query.true) for each, query in zip(answers.found, queries, strict=True))
    return [("r1", found.r1), ("r10", found.r10), ("mrr", found.mrr)]


def _halved(one: Set, others: int, hall: Hall) -> Run:
    """The same queries where every second person sought is in no pool."""
    away = one.without(range(0, len(one.sought), 2))
    there = hall.pool(pool(away, others), (record["id"] for record in away.sought))
    return hall.run("engine", there, {asked: (one.queries, facts) for asked, facts in ASKED.items()})


def _bands(one: Set, answers: Asked, size: str, asked: str) -> Iterator[Figure]:
    truths = [None if number % 2 == 0 else query.true for number, query in enumerate(one.queries)]
    for name in BANDS:
        found = band(answers.found, truths, name)
        bar = BARS.get(("precision", name, size, asked)) if found.shown else None
        yield Figure(f"names.{one.name}.precision.{name}.{size}.{asked}", found.precision, "share", bar)
        yield Figure(f"names.{one.name}.shown.{name}.{size}.{asked}", found.shown, "candidates")


def _times(answers: Asked, start: str, size: str, asked: str) -> Iterator[Figure]:
    """Wall time with its bars, and processor time, which tells more where other work goes on beside."""
    for measure, share in (("p50", 0.5), ("p95", 0.95)):
        yield Figure(
            f"{start}.{measure}.{size}.{asked}", percentile(answers.ms, share), "ms", BARS[measure, "all", size, asked]
        )
        yield Figure(f"{start}.{measure}_cpu.{size}.{asked}", percentile(answers.cpu_ms, share), "ms")


def _costs(run: Run, start: str, size: str, count: int) -> Iterator[Figure]:
    yield Figure(f"{start}.build.{size}", round(run.build_s, 2), "s", _BUILD_BAR.get(size))
    yield Figure(f"{start}.build_cpu.{size}", round(run.build_cpu_s, 2), "s")
    yield Figure(f"{start}.memory.{size}", round(run.memory_mib, 1), "MiB")
    yield Figure(f"{start}.bytes_a_record.{size}", round(run.memory_mib * 2**20 / count), "bytes", _BYTES_BAR.get(size))
    yield Figure(f"{start}.hostile.{size}", _worst(run.checks["hostile"]), "ms", "<= 50")
    added = run.checks["additions"]
    yield Figure(f"{start}.additions.{size}", round(added["ms"]), "ms", "<= 1000")
    yield Figure(f"{start}.additions_singly.{size}", round(added["singly_ms"]), "ms")


def _worst(times: dict[str, float]) -> float:
    return round(max(times.values()), 2)
