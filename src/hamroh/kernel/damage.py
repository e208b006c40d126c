"""Damage as it was reported: counts that may be unknown, and what each source says in all. Sources are never added up with each other."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from enum import StrEnum

#: what is counted, with the columns of a DesInventar card: the number, and the flag that says "there were some"
EFFECTS: dict[str, tuple[str, str]] = {
    "dead": ("muertos", "hay_muertos"),
    "missing": ("desaparece", "hay_deasparece"),
    "injured": ("heridos", "hay_heridos"),
    "directly_affected": ("damnificados", "hay_damnificados"),
    "indirectly_affected": ("afectados", "hay_afectados"),
    "evacuated": ("evacuados", "hay_evacuados"),
    "relocated": ("reubicados", "hay_reubicados"),
    "houses_destroyed": ("vivdest", "hay_vivdest"),
    "houses_damaged": ("vivafec", "hay_vivafec"),
    "schools": ("nescuelas", "educacion"),
    "hospitals": ("nhospitales", "salud"),
    "hectares": ("nhectareas", "agropecuario"),
    "livestock": ("cabezas", ""),
    "road_metres": ("kmvias", "transporte"),
}
#: what only stands as yes or no on a card
SECTORS: dict[str, str] = {
    "water": "acueducto", "sewage": "alcantarillado", "power": "energia", "communications": "comunicaciones",
    "industry": "industrias", "relief": "socorro",
}  # fmt: skip
MOST = 100_000_000
_GLIDE = re.compile(r"([A-Z]{2})-(\d{4})-(\d{6})-([A-Z]{3})", re.ASCII)
#: what hazards are called by the GLIDE numbers, and what they are called here
HAZARDS = {
    "mudflow": "MS", "flood": "FL", "flash_flood": "FF", "landslide": "LS", "avalanche": "AV", "earthquake": "EQ", "storm": "ST",
    "heat": "HT", "cold": "CW", "drought": "DR", "fire": "FR", "wildfire": "WF", "epidemic": "EP", "insects": "IN",
    "technological": "AC", "conflict": "CE", "other": "OT",
}  # fmt: skip


class Known(StrEnum):
    """How far a count is known. What was not assessed is not there at all."""

    NUMBER = "number"
    SOME = "some"
    NONE = "none"


@dataclass(frozen=True)
class Count:
    """A number, "yes, the number is unknown", or none."""

    known: Known
    value: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.value <= MOST or (self.known is Known.NUMBER) != bool(self.value):
            raise ValueError("a number is above nothing, and only a number has one")


@dataclass(frozen=True)
class Card:
    """What one source said of one place on a day; ``order`` says which of two cards of a day was written later."""

    source: str
    place: str
    on: dt.date
    counts: Mapping[str, Count] = field(default_factory=dict)
    order: int = 0


@dataclass(frozen=True)
class Total:
    """What one source says of one effect in all its places; ``at_least``: in some of them nobody knows the number."""

    number: int
    at_least: bool
    places: int


@dataclass(frozen=True)
class Said:
    """What one source says: by effect, until which day, and places that lie in a wider one which counts instead."""

    totals: Mapping[str, Total]
    until: dt.date
    cards: int
    covered: AbstractSet[str] = frozenset()


def by_source(cards: Iterable[Card], above: Mapping[str, AbstractSet[str]]) -> dict[str, Said]:
    """What each source says. Within a source the newest card of a place counts, and a wider place stands for those within it.

    ``above`` names what each place lies in. Figures of two sources are nowhere added up: they count the same houses.
    """
    of: dict[str, list[Card]] = {}
    for card in cards:
        of.setdefault(card.source, []).append(card)
    return {source: _said(rows, above) for source, rows in sorted(of.items())}


def _said(cards: Sequence[Card], above: Mapping[str, AbstractSet[str]]) -> Said:
    newest: dict[str, dict[str, Count]] = {}
    for card in sorted(cards, key=lambda each: (each.on, each.order)):
        for effect, count in card.counts.items():
            newest.setdefault(effect, {})[card.place] = count
    covered: set[str] = set()
    totals = {}
    for effect, places in newest.items():
        inner = {place for place in places if above.get(place, frozenset()) & (places.keys() - {place})}
        covered |= inner
        totals[effect] = _total([count for place, count in places.items() if place not in inner])
    return Said(totals, max(card.on for card in cards), len(cards), frozenset(covered))


def _total(counts: Sequence[Count]) -> Total:
    return Total(
        sum(each.value for each in counts),
        any(each.known is Known.SOME for each in counts),
        sum(each.known is not Known.NONE for each in counts),
    )


def glide_fault(number: str, hazard: str, year: int) -> str:
    """What is wrong with a GLIDE number: ``form``, ``hazard``, ``year``; empty where it is right, or there is none.

    >>> glide_fault("MS-2010-000158-TJK", "mudflow", 2010)
    ''
    >>> glide_fault("FL-2010-000158-TJK", "mudflow", 2010)
    'hazard'
    """
    if not number:
        return ""
    found = _GLIDE.fullmatch(number)
    if found is None:
        return "form"
    if found[1] not in HAZARDS.values() or (HAZARDS.get(hazard) not in (found[1], "OT") and found[1] != "OT"):
        return "hazard"
    return "year" if int(found[2]) != year else ""
