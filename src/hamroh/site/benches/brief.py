"""Counts of the brief run: as few as still say something, so that all benches together take minutes.

A name is that of a constant of the bench's module; a test holds each to be there. What is left out keeps its usual count.
"""

from importlib import import_module
from typing import Any

from hamroh.site.benches import BENCHES

#: bench -> constant -> its value in a brief run
COUNTS: dict[str, dict[str, Any]] = {
    "accounts": {"_PAIRS": 120, "_WARM": 10},
    "cases": {"_PEOPLE": 1_000, "_CASES": 400, "_SEARCHES": 60, "_PAGES": 20},
    "disclosure": {"_DISTRICTS": 20},
    "evidence": {"_MATRIX": 4_000, "_PAGES": 20},
    "exchange": {"_DEFAULT": 400, "_SOUGHT": 400},
    "field": {"_COUNT": 200, "_ON_POSTGRES": False},
    "finder": {"_SERVICES": 1_000, "_PARTIES": 250, "_QUESTIONS": 60},
    "linkage": {"_DEFAULT": 1_000, "_SOUGHT": 200},
    "names": {"_USUAL": ("5k",), "_SOUGHT": 300},
    "search": {"_RECORDS": 3_000},
    "statistics": {"_FACTS": 10_000, "_LOOKS": 10, "_DUELS": 2, "_PAIRS": 4},
    "thesaurus": {"_SIZE": 500, "_BASE": 300, "_NATIONAL": 80, "_QUERIES": 60},
    "tracing": {"_RECORDS": 1_000, "_REQUESTS": 60, "_SEARCHES": 30, "_ARRIVALS": 15, "_ON_POSTGRES": False},
    "training": {"_PEOPLE": 2_000},
    "vault": {"_DUE": 12_000, "_DEFAULT_LINES": 5_000, "_APPENDS": 50},
    "web": {"ROUNDS": 10},
}


def shorten(name: str) -> None:
    """Give the module of a bench its counts of a brief run; for a process that runs this bench and nothing else."""
    module = import_module(BENCHES[name])
    for constant, value in COUNTS.get(name, {}).items():
        setattr(module, constant, value)
