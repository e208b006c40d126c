"""Thesaurus: import of a vocabulary of 4,500 concepts, expansion and look-up there and at 100,000 concepts.

The vocabulary is generated: four languages, two other names a concept in two of them, five levels, some related concepts.
``HAMROH_BENCH_SKOS`` may name a file of one's own to be imported too.
"""

import os
import random
import time
from collections.abc import Iterator
from pathlib import Path

from hamroh.site.benches.figures import Figure, memory_mib, milliseconds, percentile

_SIZE, _FULL_SIZE, _QUERIES = 4_500, 100_000, 300
_SYLLABLES = {
    "en": "ba ce di fo gu ha ker lin mo nas pra tel von wis".split(),  # noqa: SIM905
    "az": "bə ça di ğo gü həm kə lin mö nas pəl şı təq vüz".split(),  # noqa: SIM905
    "ru": "ба ве ди жо гу ха кер лин мо нас пра тел щи выш".split(),  # noqa: SIM905
    "tg": "ба ҷе ди ғо гу ҳа қар лин мӯ нас пар тӣл шо заб".split(),  # noqa: SIM905
}
_HEAD = """@prefix : <http://example.org/bench/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<http://example.org/bench> a skos:ConceptScheme ; skos:prefLabel "Bench"@en .
"""


def figures(*, full: bool) -> Iterator[Figure]:
    """Import, export, expansion, look-up, and with ``full`` the same at 100,000 concepts."""
    yield from _measured(_SIZE, "", "<= 20")
    if own := os.environ.get("HAMROH_BENCH_SKOS"):
        yield Figure("thesaurus.import_own_file", _import(Path(own).read_bytes(), "own"), "s", "<= 20")
    if full:
        yield from _measured(_FULL_SIZE, "_100k", None)
    yield Figure("thesaurus.memory", memory_mib(), "MiB")


def _measured(size: int, suffix: str, bar: str | None) -> Iterator[Figure]:
    from hamroh.thesaurus import selectors
    from hamroh.thesaurus.models import Label, Scheme

    Scheme.objects.all().delete()
    yield Figure(f"thesaurus.import{suffix}", _import(_vocabulary(size), "bench"), "s", bar)
    labels = list(Label.objects.order_by("sort_key", "pk").values_list("text", "lang")[:: max(1, size * 6 // _QUERIES)])
    widened = milliseconds([lambda text=text, lang=lang: selectors.expansions(text, lang) for text, lang in labels])  # type: ignore[misc]
    looked_up = milliseconds(
        [lambda text=text, lang=lang: selectors.concept_lookup(text[:3], lang) for text, lang in labels]  # type: ignore[misc]
    )
    yield Figure(f"thesaurus.expansion_p95{suffix}", percentile(widened, 0.95), "ms")
    yield Figure(f"thesaurus.lookup_p95{suffix}", percentile(looked_up, 0.95), "ms")


def _import(content: bytes, code: str) -> float:
    from hamroh.thesaurus.exchange import import_file

    before = time.perf_counter()
    import_file(actor=None, content=content, code=code)
    return round(time.perf_counter() - before, 2)


def _vocabulary(size: int) -> bytes:
    """A tree of concepts with made-up words, always the same."""
    chance = random.Random(7)
    parts = [_HEAD]
    for number in range(size):
        said = [f":c{number} a skos:Concept ; skos:inScheme <http://example.org/bench>"]
        said += [f'skos:prefLabel "{_words(chance, lang)} {number}"@{lang}' for lang in _SYLLABLES]
        said += [f'skos:altLabel "{_words(chance, lang)} {number % 97}"@{lang}' for lang in ("en", "tg")]
        if number >= 40:
            said.append(f"skos:broader :c{number // 9}")
        if number % 3 == 0:
            said.append(f"skos:related :c{chance.randrange(size)}")
        parts.append(" ; ".join(said) + " .\n")
    return "".join(parts).encode()


def _words(chance: random.Random, lang: str) -> str:
    return " ".join(
        "".join(chance.choices(_SYLLABLES[lang], k=chance.randint(2, 4))) for _ in range(chance.randint(1, 3))
    )
