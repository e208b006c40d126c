"""Thesaurus: a vocabulary comes in, is widened by, looked up and read, at 2,676, 4,500 and 107,568 concepts.

The vocabulary is generated in the shape of the largest that is used in schools and libraries: five languages, some ten labels
a concept, five levels, two or three related concepts each. ``HAMROH_BENCH_SKOS`` may name a file of one's own to be
imported too. Beside ours stand rdflib (where it is installed) and a store that is asked in SPARQL, on the same questions.
"""

import os
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from hamroh.site.benches.figures import Figure, memory_mib, percentile, spent

_SIZE, _FULL_SIZE, _QUERIES = 4_482, 107_568, 300
_BASE, _NATIONAL, _TOPS = 2_087, 589, 40
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
        yield from _imported("_own_file", "<= 15", lambda: _import(Path(own).read_bytes(), "own"))
    if full:
        yield from _measured(_FULL_SIZE, "_100k", None)
    yield Figure("thesaurus.memory", memory_mib(), "MiB")


def _documents() -> Iterator[Figure]:
    """A base and a national layer as large as the documents tell of."""
    _forget()

    def both() -> None:
        _import(_vocabulary(_BASE), "bench")
        _import(_national(), "national", layer="national", extends="bench")

    yield from _imported("_documents", "<= 15", both)
    yield from _speed(_labels(), "_documents")
    yield from _pages("_documents")


def _measured(size: int, suffix: str, bar: str | None) -> Iterator[Figure]:
    from hamroh.site.benches import thesaurus_peers as peers

    _forget()
    content = _vocabulary(size)
    yield from _imported(suffix, bar, lambda: _import(content, "bench"))
    asked = _labels()
    store = peers.store(content)
    yield from _speed(asked, suffix, store)
    yield Figure(f"thesaurus.memory_of_store{suffix}", store.memory, "MiB")
    yield from _pages(suffix)
    yield from _walks(suffix)
    if library := peers.library(content):
        for name, call in (("lookup", library.lookup), ("expansion", library.expansion)):
            text, lang = asked[0]
            (took_once,) = spent([lambda call=call, text=text, lang=lang: call(text, lang)])[1]  # type: ignore[misc]
            yield Figure(f"thesaurus.{name}_rdflib{suffix}", round(took_once, 2), "ms")
        yield Figure(f"thesaurus.load_rdflib{suffix}", library.seconds, "s")
        yield Figure(f"thesaurus.memory_of_rdflib{suffix}", library.memory, "MiB")


def _imported(suffix: str, bar: str | None, bring: Callable[[], None]) -> Iterator[Figure]:
    (wall,), (cpu,) = spent([bring])
    yield Figure(f"thesaurus.import{suffix}", round(wall / 1000, 2), "s", bar)
    yield Figure(f"thesaurus.import_cpu{suffix}", round(cpu / 1000, 2), "s")


def _speed(asked: Sequence[tuple[str, str]], suffix: str, store: "peers.Peer | None" = None) -> Iterator[Figure]:  # type: ignore[name-defined] # noqa: F821
    from hamroh.thesaurus import selectors

    few, held = asked[: 20 if suffix == "_100k" else 60], memory_mib()
    for name, bar, ours, theirs in (
        ("lookup", "<= 10", lambda text, lang: selectors.concept_lookup(text[:3], lang), store and store.lookup),
        ("expansion", "<= 60", selectors.expansions, store and store.expansion),
    ):
        wall, cpu = _p95(ours, asked)
        took = memory_mib() - held
        beside = _p95(theirs, few)[1] if theirs else None
        name_beside = "SPARQL store" if theirs else None
        yield Figure(f"thesaurus.{name}_p95{suffix}", cpu, "ms", bar, peer=name_beside, peer_value=beside)
        yield Figure(f"thesaurus.{name}_wall_p95{suffix}", wall, "ms")
        if name == "expansion":
            yield Figure(f"thesaurus.memory_of_expansion{suffix}", round(took, 1), "MiB")


def _pages(suffix: str) -> Iterator[Figure]:
    """Pages by their addresses: concepts, lists of the alphabet, and the vocabulary's own."""
    from django.conf import settings
    from django.test import Client, override_settings

    from hamroh.thesaurus import selectors
    from hamroh.thesaurus.models import Concept
    from hamroh.thesaurus.selectors import memory

    keys = Concept.objects.order_by("uri").values_list("scheme__code", "key")[:: max(1, Concept.objects.count() // 100)]
    client = Client(SERVER_NAME="localhost")

    def page(code: str, rest: str) -> None:
        response = client.get(f"/tg/thesaurus/{code}/{rest}")
        if response.status_code != 200:
            raise RuntimeError(response.status_code)

    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES={**settings.STORAGES, "staticfiles": plain}):
        wall, cpu = _p95(page, [(code, f"c/{key}/") for code, key in keys])
        yield Figure(f"thesaurus.page_p95{suffix}", cpu, "ms", "<= 100")
        yield Figure(f"thesaurus.page_wall_p95{suffix}", wall, "ms")
        memory.forget()
        (once,), (cpu_once,) = spent([lambda: page("bench", "")])
        yield Figure(
            f"thesaurus.vocabulary_first{suffix}", round(cpu_once, 2), "ms", None, "by the clock", round(once, 2)
        )
        letters = selectors.letters("bench", "tg").letters
        lists = [("bench", f"a-z/?in=tg&letter={letter}&page={1 + number // 200}") for letter, number in letters]
        yield Figure(
            f"thesaurus.alphabet_p95{suffix}", _p95(page, [*lists, ("bench", ""), ("bench", "tree/")])[1], "ms"
        )


def _walks(suffix: str) -> Iterator[Figure]:
    """What has to walk through every label: a pattern without a beginning, and the checks."""
    from hamroh.thesaurus.models import Scheme
    from hamroh.thesaurus.selectors import checking, programs

    wanted = programs.Wanted(schemes=["bench"], lang="tg")
    patterns = [(pattern, "") for pattern in ("*лин", "*мӯнас*", "*zzq*", "ли*", "*ғо*шо*")]
    found = _p95(lambda pattern, _lang: programs.hits(pattern, wanted, limit=100), patterns)
    yield Figure(f"thesaurus.pattern_p95{suffix}", found[1], "ms")
    (wall,), (cpu,) = spent([lambda: checking.examined(Scheme.objects.get(code="bench"))])
    yield Figure(
        f"thesaurus.checks_cpu{suffix}", round(cpu / 1000, 2), "s", None, "by the clock", round(wall / 1000, 2)
    )


def _p95(call: Callable[[str, str], object], asked: Sequence[tuple[str, str]]) -> tuple[float, float]:
    """By the clock and in processor time; each question is asked twice, the second time counts."""
    calls = [lambda one=one, other=other: call(one, other) for one, other in asked]
    spent(calls)
    wall, cpu = spent(calls)
    return percentile(wall, 0.95), percentile(cpu, 0.95)


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


def _import(content: bytes, code: str, **options: str) -> None:
    from hamroh.thesaurus.exchange import import_file

    import_file(actor=None, content=content, code=code, **options)  # type: ignore[arg-type]


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
        if number >= _TOPS:
            said.append(f"skos:broader :c{number // 9}")
        drawn = {chance.randrange(size) for _ in range(1 + number % 2)} - {number}
        related = [other for other in drawn if _may_be_related(number, other)]
        said += [f"skos:related :c{other}" for other in related]
        said += [f'skos:{kind} "{_words(chance, "en")}."@en' for kind in ("scopeNote", "definition")]
        said.append(f'skos:notation "{number}"')
        back = [f":c{other} skos:related :c{number} .\n" for other in related]
        back += [f":c{number // 9} skos:narrower :c{number} .\n"] if number >= _TOPS else []
        parts += [" ; ".join(said) + " .\n", *back]
    return "".join(parts).encode()


def _may_be_related(one: int, other: int) -> bool:
    """What lies above a concept is not related to it."""
    return min(one, other) not in _line(max(one, other))


def _line(number: int) -> list[int]:
    """A concept and what lies above it."""
    found = [number]
    while found[-1] >= _TOPS:
        found.append(found[-1] // 9)
    return found


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
