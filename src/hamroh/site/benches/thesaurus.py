"""Thesaurus: a vocabulary comes in, is widened by, looked up and read, at 2,676, 4,500 and 107,568 concepts.

The vocabulary is generated in the shape of the largest that is used in schools and libraries: five languages, some ten labels
a concept, five levels, two or three related concepts each. ``HAMROH_BENCH_SKOS`` may name a file of one's own to be
imported too. Beside ours stand rdflib (where it is installed) and a store that is asked in SPARQL, on the same questions.
"""

import os
import random
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from hamroh.site.benches.figures import Figure, memory_mib, percentile, spent

_SIZE, _FULL_SIZE, _QUERIES = 4_482, 107_568, 300
_BASE, _NATIONAL = 2_087, 589
_SYLLABLES = {
    "en": "ba ce di fo gu ha ker lin mo nas pra tel von wis".split(),  # noqa: SIM905
    "az": "bə ça di ğo gü həm kə lin mö nas pəl şı təq vüz".split(),  # noqa: SIM905
    "ru": "ба ве ди жо гу ха кер лин мо нас пра тел щи выш".split(),  # noqa: SIM905
    "tg": "ба ҷе ди ғо гу ҳа қар лин мӯ нас пар тӣл шо заб".split(),  # noqa: SIM905
    "fr": "bé ça dî fo gu hâ ker lin mœ nas prè tel von vis".split(),  # noqa: SIM905
}
_OTHER_NAMES = ("en", "en", "tg", "az", "ru")
_HEAD = """@prefix : <http://example.org/bench/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<http://example.org/bench> a skos:ConceptScheme ; skos:prefLabel "Bench"@en .
"""
_LAYER = """@prefix : <http://example.org/national/> .
@prefix base: <http://example.org/bench/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<http://example.org/national> a skos:ConceptScheme ; skos:prefLabel "National"@en .
"""


def figures(*, full: bool) -> Iterator[Figure]:
    """Import, look-up, expansion and pages; with ``full`` the same at 107,568 concepts."""
    yield from _documents()
    yield from _measured(_SIZE, "", "<= 15")
    if own := os.environ.get("HAMROH_BENCH_SKOS"):
        yield Figure("thesaurus.import_own_file", _import(Path(own).read_bytes(), "own"), "s", "<= 15")
    if full:
        yield from _measured(_FULL_SIZE, "_100k", None)
    yield Figure("thesaurus.memory", memory_mib(), "MiB")


def _documents() -> Iterator[Figure]:
    """A base and a national layer as large as the documents tell of."""
    _forget()
    took = _import(_vocabulary(_BASE), "bench")
    took += _import(_national(), "national", layer="national", extends="bench")
    yield Figure("thesaurus.import_documents", round(took, 2), "s", "<= 15")
    asked = _labels()
    yield from _speed(asked, "_documents")


def _measured(size: int, suffix: str, bar: str | None) -> Iterator[Figure]:
    from hamroh.site.benches import thesaurus_peers as peers

    _forget()
    content = _vocabulary(size)
    took = _import(content, "bench")
    yield Figure(f"thesaurus.import{suffix}", took, "s", bar)
    asked = _labels()
    store = peers.store(content)
    yield from _speed(asked, suffix, store)
    yield Figure(f"thesaurus.memory_of_store{suffix}", store.memory, "MiB")
    if size == _SIZE and (library := peers.library(content)):
        for name, call in (("lookup", library.lookup), ("expansion", library.expansion)):
            text, lang = asked[0]
            (took_once,) = spent([lambda call=call, text=text, lang=lang: call(text, lang)])[1]  # type: ignore[misc]
            yield Figure(f"thesaurus.{name}_rdflib", round(took_once, 2), "ms")
        yield Figure("thesaurus.load_rdflib", library.seconds, "s")


def _speed(asked: Sequence[tuple[str, str]], suffix: str, store: "peers.Peer | None" = None) -> Iterator[Figure]:  # type: ignore[name-defined] # noqa: F821
    from django.conf import settings
    from django.test import Client, override_settings

    from hamroh.thesaurus import selectors
    from hamroh.thesaurus.models import Concept

    few = asked[: 20 if suffix == "_100k" else 60]
    for name, bar, ours, theirs in (
        ("lookup", "<= 10", lambda text, lang: selectors.concept_lookup(text[:3], lang), store and store.lookup),
        ("expansion", "<= 60", selectors.expansions, store and store.expansion),
    ):
        peer = "SPARQL store" if theirs else None
        beside = _p95(theirs, few) if theirs else None
        yield Figure(f"thesaurus.{name}_p95{suffix}", _p95(ours, asked), "ms", bar, peer=peer, peer_value=beside)
    keys = Concept.objects.order_by("uri").values_list("key", "scheme__code")[:: max(1, Concept.objects.count() // 100)]
    client = Client(SERVER_NAME="localhost")

    def page(key: str, code: str) -> None:
        response = client.get(f"/tg/thesaurus/{code}/c/{key}/")
        if response.status_code != 200:
            raise RuntimeError(response.status_code)

    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES={**settings.STORAGES, "staticfiles": plain}):
        yield Figure(f"thesaurus.page_p95{suffix}", _p95(page, list(keys)), "ms", "<= 100")


def _p95(call: Callable[[str, str], object], asked: Sequence[tuple[str, str]]) -> float:
    """In processor time, which a machine with other work tells better; each question is asked twice, the second time counts."""
    calls = [lambda one=one, other=other: call(one, other) for one, other in asked]
    spent(calls)
    return percentile(spent(calls)[1], 0.95)


def _labels() -> list[tuple[str, str]]:
    """Some labels of all languages, always the same ones."""
    from hamroh.thesaurus.models import Label

    rows = Label.objects.order_by("sort_key", "text", "lang").values_list("text", "lang")
    found = list(rows[:: max(1, Label.objects.count() // _QUERIES)])
    random.Random(3).shuffle(found)
    return found


def _forget() -> None:
    from hamroh.thesaurus.models import Scheme

    for extends in (False, True):
        Scheme.objects.filter(extends__isnull=extends).delete()


def _import(content: bytes, code: str, **options: str) -> float:
    from hamroh.thesaurus.exchange import import_file

    before = time.perf_counter()
    import_file(actor=None, content=content, code=code, **options)  # type: ignore[arg-type]
    return round(time.perf_counter() - before, 2)


def _vocabulary(size: int) -> bytes:
    """A tree of concepts with made-up words, always the same."""
    chance = random.Random(7)
    parts = [_HEAD]
    for number in range(size):
        said = [f":c{number} a skos:Concept ; skos:inScheme <http://example.org/bench>"]
        said += [f'skos:prefLabel "{_words(chance, lang)} {number}"@{lang}' for lang in _SYLLABLES]
        others = _OTHER_NAMES[: 5 if number % 3 else 4]
        said += [
            f'skos:altLabel "{_words(chance, lang)} {place}{number % 97}"@{lang}' for place, lang in enumerate(others)
        ]
        if number >= 40:
            said.append(f"skos:broader :c{number // 9}")
        said += [
            f"skos:related :c{other}" for other in {chance.randrange(size) for _ in range(1 + number % 2)} - {number}
        ]
        parts.append(" ; ".join(said) + " .\n")
    return "".join(parts).encode()


def _national() -> bytes:
    """Concepts of a layer under the base's, each with a name in the country's languages, and new names for the base's."""
    chance = random.Random(11)
    parts = [_LAYER]
    for number in range(_NATIONAL):
        said = [f":n{number} a skos:Concept ; skos:inScheme <http://example.org/national>"]
        said += [f'skos:prefLabel "{_words(chance, lang)} n{number}"@{lang}' for lang in ("tg", "ru", "en")]
        parts.append(" ; ".join([*said, f"skos:broader base:c{chance.randrange(_BASE)}"]) + " .\n")
        parts.append(f'base:c{number} skos:altLabel "{_words(chance, "tg")} t{number}"@tg .\n')
    return "".join(parts).encode()


def _words(chance: random.Random, lang: str) -> str:
    return " ".join(
        "".join(chance.choices(_SYLLABLES[lang], k=chance.randint(2, 4))) for _ in range(chance.randint(1, 3))
    )
