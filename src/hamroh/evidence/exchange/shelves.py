"""What there is to take as files, in a reader's language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from hamroh.evidence import selectors
from hamroh.evidence.areas import area_name
from hamroh.evidence.models import Edition
from hamroh.kernel.text.letters import sort_key
from hamroh.web.texts import pick


@dataclass(frozen=True, slots=True)
class Offer:
    """A set of figures: ``key`` names it in addresses, ``count`` says how many there are."""

    key: str
    title: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class Shelves:
    editions: tuple[Offer, ...]
    concepts: tuple[Offer, ...]
    countries: tuple[Offer, ...]


def shelves(lang: str) -> Shelves:
    """Published editions, concepts and countries with public figures; a constant number of queries."""
    rows = selectors.holding(selectors.public_observations()).order_by()
    by_concept = rows.values_list("series__indicator__concept__key", "series__indicator__concept__names").annotate(
        Count("pk")
    )
    by_area = rows.values_list("series__area").annotate(Count("pk"))
    editions = (Offer(each.code, edition_title(each, lang)) for each in selectors.published_editions())
    return Shelves(
        tuple(editions),
        _sorted((Offer(key, str(pick(names, lang)) or key, many) for key, names, many in by_concept), lang),
        _sorted((Offer(code, area_name(code, lang), many) for code, many in by_area), lang),
    )  # fmt: skip


def edition_title(edition: Edition, lang: str) -> str:
    """What it is called, else its country and label."""
    return str(pick(edition.titles, lang)) or f"{area_name(edition.profile.area, lang)}, {edition.label}"


def tables(manifest: Mapping[str, Any]) -> list[tuple[str, dict[str, str]]]:
    """Keys and titles of the tables in a frozen edition."""
    blocks = (block for section in manifest["sections"] for block in section["blocks"])
    return [(block["key"], block["content"].get("title", {})) for block in blocks if block["kind"] == "table"]


def _sorted(offers: Iterable[Offer], lang: str) -> tuple[Offer, ...]:
    return tuple(sorted(offers, key=lambda each: sort_key(each.title, lang)))
