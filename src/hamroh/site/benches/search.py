"""Search: quality over the committed query sets and speed at 100,000 records, beside the stock engines."""

import functools
import time
from collections.abc import Iterator

from django.db import connection
from tqdm import tqdm

from hamroh.search import actions, postings
from hamroh.site.benches import crowd, peers, postgres, queries
from hamroh.site.benches.figures import Figure, memory_mib, percentile, short, spent
from hamroh.site.searching import find
from hamroh.site.warming import warm
from hamroh.thesaurus.actions.starter import load_starter_vocabulary

_RECORDS, _FULL = 100_000, 1_000_000
_PER_PAGE = 10


def figures(*, full: bool) -> Iterator[Figure]:
    """Recall, precision, latency, memory and size of search; ``full`` adds a million records."""
    load_starter_vocabulary(actor=None)
    actions.rebuild([queries.corpus])
    yield from _quality()
    yield from _stock()
    yield from _speed(_RECORDS, short(_RECORDS))
    if full:
        yield from _speed(_FULL, short(_FULL))


def _quality() -> Iterator[Figure]:
    for lang in queries.LANGUAGES:
        asked = queries.queries(lang)
        found = queries.quality(asked, functools.partial(_ids, language=lang))
        yield Figure(f"search.recall20.{lang}", found.recall, "share", f">= {queries.BARS[lang]}")
        yield Figure(f"search.precision10.{lang}", found.precision, "share")
        yield Figure(f"search.queries.{lang}", len(asked), "queries", ">= 60")


def _ids(query: str, language: str) -> list[str]:
    return [hit.record_id for hit in find(query, language=language).results.hits]


def _stock() -> Iterator[Figure]:
    """What SQLite's and PostgreSQL's own analysis reach on the same texts and queries."""
    documents = queries.corpus()
    fts5 = peers.fts5(documents)
    for lang in queries.LANGUAGES:
        yield from _peer(lang, "fts5", fts5)
    if postgres.programs():
        with peers.postgresql(documents) as search_in:
            for lang, configuration in peers.CONFIGURATIONS.items():
                yield from _peer(lang, f"postgres_{configuration}", search_in(configuration))


def _peer(lang: str, name: str, search: peers.Search) -> Iterator[Figure]:
    found = queries.quality(queries.queries(lang), search)
    yield Figure(f"search.recall20.{lang}.{name}", found.recall, "share")
    yield Figure(f"search.precision10.{lang}.{name}", found.precision, "share")


def _speed(count: int, name: str) -> Iterator[Figure]:
    """Fill an index, then time every committed query: the first time it is asked, and again."""
    before = memory_mib()
    started, worked = time.perf_counter(), time.process_time()
    records = tqdm(crowd.crowd(count), total=count, desc="indexing", unit="record", leave=False)
    actions.rebuild([queries.corpus, lambda: records])
    yield Figure(f"search.build.{name}", round(count / (time.perf_counter() - started)), "records/s")
    yield Figure(f"search.build_cpu.{name}", round(count / (time.process_time() - worked)), "records/s")
    yield Figure(f"search.index_size.{name}", _size_mib(), "MiB")
    postings.forget()
    (warming,), (warming_cpu,) = spent([warm])
    yield Figure(f"search.warming.{name}", round(warming, 1), "ms")
    yield Figure(f"search.warming_cpu.{name}", round(warming_cpu, 1), "ms")
    asked = [(judged.text, lang) for lang in queries.LANGUAGES for judged in queries.queries(lang)]
    fresh, again = ([functools.partial(_page, text, lang) for text, lang in asked] for _ in range(2))
    for calls, suffix in ((fresh, ""), (again, "_again")):
        wall, cpu = spent(calls)
        bar = "<= 30" if count == _RECORDS and not suffix else None
        yield Figure(f"search.p50{suffix}.{name}", percentile(wall, 0.5), "ms")
        yield Figure(f"search.p95{suffix}.{name}", percentile(wall, 0.95), "ms", bar)
        yield Figure(f"search.p50_cpu{suffix}.{name}", percentile(cpu, 0.5), "ms")
        yield Figure(f"search.p95_cpu{suffix}.{name}", percentile(cpu, 0.95), "ms")
    yield Figure(f"search.memory.{name}", round(memory_mib() - before, 1), "MiB")


def _page(text: str, lang: str) -> object:
    return find(text, language=lang, per_page=_PER_PAGE)


def _size_mib() -> float:
    with connection.cursor() as cursor:
        cursor.execute("SELECT page_count * page_size / 1048576.0 FROM pragma_page_count(), pragma_page_size()")
        return round(float(cursor.fetchone()[0]), 1)
