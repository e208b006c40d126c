"""The same questions asked of a plain SPARQL store and of rdflib: labels that begin so, and what else a label is called."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from hamroh.site.benches.figures import memory_mib

_PREFIX = "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n"
_NAMES = "skos:prefLabel|skos:altLabel"
_LOOKUP = (
    _PREFIX
    + f"""SELECT ?concept ?label WHERE {{ ?concept {_NAMES} ?label
    FILTER(STRSTARTS(LCASE(STR(?label)), "%s")) }} ORDER BY STRLEN(STR(?label)) LIMIT 10"""
)
_EXPANSION = (
    _PREFIX
    + f"""SELECT DISTINCT ?other WHERE {{ ?concept {_NAMES} "%s"@%s .
    {{ ?concept {_NAMES} ?other }} UNION {{ ?concept skos:related/({_NAMES}) ?other }}
    UNION {{ ?one skos:broader ?concept ; {_NAMES} ?other }}
    UNION {{ ?two skos:broader/skos:broader ?concept ; {_NAMES} ?other }}
    UNION {{ ?three skos:broader/skos:broader/skos:broader ?concept ; {_NAMES} ?other }} }} LIMIT 60"""
)


@dataclass(frozen=True)
class Peer:
    """One that answers the same questions; what loading took in seconds and in megabytes."""

    lookup: Callable[[str, str], Any]
    expansion: Callable[[str, str], Any]
    seconds: float
    memory: float


def store(content: bytes) -> Peer:
    """A store in memory that is asked in SPARQL."""
    import pyoxigraph as ox

    before, held = time.perf_counter(), memory_mib()
    made = ox.Store()
    made.bulk_load(content, format=ox.RdfFormat.TURTLE)
    return _peer(lambda query: list(made.query(query)), before, held)  # type: ignore[arg-type]


def library(content: bytes) -> Peer | None:
    """rdflib, where it is installed."""
    if find_spec("rdflib") is None:
        return None
    import rdflib

    before, held = time.perf_counter(), memory_mib()
    graph = rdflib.Graph().parse(data=content, format="turtle")
    return _peer(lambda query: list(graph.query(query)), before, held)


def _peer(ask: Callable[[str], Any], before: float, held: float) -> Peer:
    return Peer(
        lambda text, _lang: ask(_LOOKUP % text[:3].lower()),
        lambda text, lang: ask(_EXPANSION % (text, lang)),
        round(time.perf_counter() - before, 2),
        round(memory_mib() - held, 1),
    )
