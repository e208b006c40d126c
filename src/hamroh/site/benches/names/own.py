"""Figures of Hamroh's own index: with facts and by the name alone, with the lexicon and without, with everybody and with half away."""

import itertools
from collections.abc import Iterator

from hamroh.site.benches.elsewhere import Absent
from hamroh.site.benches.figures import Figure, percentile
from hamroh.site.benches.names.measures import band, measured
from hamroh.site.benches.names.runs import ASKED, Asked, Case, Hall, Run, said
from hamroh.site.benches.names.sets import pool

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
#: the size at which bands, and what the lexicon is worth, are looked at
_LOOKED_AT = "100k"
_BUILD_BAR = {"1m": "<= 60"}
_BYTES_BAR = {"1m": "<= 400"}


def run(case: Case, hall: Hall) -> Run | None:
    """The index's answers to all queries; None where no index can be built, and that is said."""
    try:
        return hall.run("engine", case.pool, case.asks, checks=["mapped", "hostile", "additions"])
    except Absent as why:
        said(f"Hamroh's index was not measured: {why}")
        return None


def figures(case: Case, found: Run, hall: Hall) -> Iterator[Figure]:
    """All figures of a set at a size, from what was found."""
    yield from _costs(found, f"names.{case.name}", case.size, case.pool.count)
    for asked in ASKED:
        yield from _found(case, found.asks[asked], asked)
        yield from _times(case, found.asks[asked], asked)
    yield from _blind(case, hall)
    if case.size == _LOOKED_AT:
        yield from _bands(case, hall)
        yield from _without_lexicon(case, hall)


def _found(case: Case, answers: Asked, asked: str) -> Iterator[Figure]:
    """Recall and reciprocal rank of the whole set and of each of its parts."""
    queries = case.queries.queries
    parts = sorted({part for query in queries for part in query.parts})
    for part in ("all", *parts):
        numbers = [number for number, query in enumerate(queries) if part == "all" or part in query.parts]
        yield Figure(case.id("queries", part, asked), len(numbers), "queries")
        truths = [queries[number].true for number in numbers]
        for measure, value in measured([answers.found[number] for number in numbers], truths):
            yield Figure(case.id(measure, part, asked), value, "share", BARS.get((measure, part, case.size, asked)))


def _times(case: Case, answers: Asked, asked: str) -> Iterator[Figure]:
    """Wall time with its bars, and processor time, which tells more where other work goes on beside."""
    for measure, share in (("p50", 0.5), ("p95", 0.95)):
        bar = BARS[measure, "all", case.size, asked]
        yield Figure(case.id(measure, asked=asked), percentile(answers.ms, share), "ms", bar)
        yield Figure(case.id(f"{measure}_cpu", asked=asked), percentile(answers.cpu_ms, share), "ms")


def _bands(case: Case, hall: Hall) -> Iterator[Figure]:
    """What is shown in a band when every second person sought is in no pool."""
    away = case.queries.without(range(0, len(case.queries.sought), 2))
    there = hall.run("engine", hall.pool(pool(away, case.others), away.ids), case.asks)
    queries = case.queries.queries
    truths = [None if number % 2 == 0 else query.true for number, query in enumerate(queries)]
    for asked, name in itertools.product(ASKED, BANDS):
        found = band(there.asks[asked].found, truths, name)
        bar = BARS["precision", name, case.size, asked] if found.shown else None
        yield Figure(case.id("precision", name, asked), found.precision, "share", bar)
        yield Figure(case.id("shown", name, asked), found.shown, "candidates")


def _without_lexicon(case: Case, hall: Hall) -> Iterator[Figure]:
    """What is rule and what is memory: the same by the tables of sounds alone."""
    try:
        plain = hall.run("engine", case.pool, case.asks, options={"lexicon": False})
    except Absent as why:
        said(f"the index without its lexicon was not measured: {why}")
        return
    truths = [query.true for query in case.queries.queries]
    for asked in ASKED:
        for measure, value in measured(plain.asks[asked].found, truths):
            yield Figure(f"{case.id(measure, 'all', asked)}.no_lexicon", value, "share")


def _blind(case: Case, hall: Hall) -> Iterator[Figure]:
    """The same over keyed hashes, records opened elsewhere: at most twice the time."""
    blind = hall.run("engine", case.pool, case.asks, options={"blind": True})
    truths = [query.true for query in case.queries.queries]
    for asked in ASKED:
        found = blind.asks[asked]
        for measure, value in measured(found.found, truths):
            yield Figure(f"{case.id(measure, 'all', asked)}.blind", value, "share")
        for measure, share in (("p50", 0.5), ("p95", 0.95)):
            bar = f"<= {2 * int(BARS[measure, 'all', case.size, asked].removeprefix('<= '))}"
            yield Figure(f"{case.id(measure, asked=asked)}.blind", percentile(found.ms, share), "ms", bar)


def _costs(run: Run, start: str, size: str, count: int) -> Iterator[Figure]:
    yield Figure(f"{start}.build.{size}", round(run.build_s, 2), "s", _BUILD_BAR.get(size))
    yield Figure(f"{start}.build_cpu.{size}", round(run.build_cpu_s, 2), "s")
    yield Figure(f"{start}.memory.{size}", round(run.memory_mib, 1), "MiB")
    yield Figure(f"{start}.bytes_a_record.{size}", round(run.memory_mib * 2**20 / count), "bytes", _BYTES_BAR.get(size))
    mapped = round(run.checks["mapped"]["mib"] * 2**20 / count)
    yield Figure(f"{start}.mapped_bytes_a_record.{size}", mapped, "bytes", _BYTES_BAR.get(size))
    yield Figure(f"{start}.hostile.{size}", _worst(run.checks["hostile"]), "ms", "<= 50")
    added = run.checks["additions"]
    yield Figure(f"{start}.additions.{size}", round(added["ms"]), "ms", "<= 1000")
    yield Figure(f"{start}.additions_singly.{size}", round(added["singly_ms"]), "ms")


def _worst(times: dict[str, float]) -> float:
    return round(max(times.values()), 2)
