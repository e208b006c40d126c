"""Published editions, what stands in them, and where."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

from hamroh.evidence.models import Edition, FrozenEdition, Observation, Template
from hamroh.evidence.outline import outline
from hamroh.evidence.selectors.data import codes_in
from hamroh.evidence.selectors.public import public_observations

#: frozen contents that a process keeps at hand: they never change
_KEPT = 64
WITH = (
    "series__indicator__concept", "series__vintage__source", "source__cites__cites", "quoted_in",
)  # fmt: skip


@dataclass(frozen=True)
class Place:
    """Where a figure stands: an edition, and the block in it."""

    edition: Edition
    section: str
    block: str
    title: Mapping[str, str]
    kind: str


def published_editions(profile: Any = None) -> list[Edition]:
    """Every published edition with its profile, or those of one profile; the newest of each country first."""
    rows = Edition.objects.filter(state="published", frozen__isnull=False).select_related("profile", "frozen")
    rows = rows.filter(profile=profile) if profile else rows
    return list(rows.defer("frozen__manifest").order_by("profile__key", "-frozen__frozen_at"))


def newest_editions(editions: Iterable[Edition] | None = None) -> list[Edition]:
    """The newest published edition of every profile."""
    found: dict[object, Edition] = {}
    for edition in published_editions() if editions is None else editions:
        found.setdefault(edition.profile_id, edition)
    return list(found.values())


def frozen_content(edition: Edition) -> dict[str, Any]:
    """The manifest of a published edition; read from the database once per process."""
    return content_of(edition.frozen.digest)


@lru_cache(maxsize=_KEPT)
def content_of(digest: str) -> dict[str, Any]:
    """A frozen content by its digest."""
    manifest = FrozenEdition.objects.filter(digest=digest).values_list("manifest", flat=True)[0]
    return dict(json.loads(bytes(manifest)))


@lru_cache(maxsize=_KEPT)
def _shown(digest: str) -> dict[str, list[tuple[str, str, Mapping[str, str], str]]]:
    """Where each figure of a frozen content stands: section, key, title and kind of its blocks."""
    found: dict[str, list[tuple[str, str, Mapping[str, str], str]]] = {
        code: [] for code in content_of(digest)["figures"]
    }
    for section in content_of(digest)["sections"]:
        for block in section["blocks"]:
            title = block["content"].get("title") or block["content"].get("label") or {}
            for code in dict.fromkeys(codes_in(block["content"])):
                found.setdefault(code, []).append((section["code"], block["key"], title, block["kind"]))
    return found


def places_of(code: str, editions: Iterable[Edition]) -> Iterator[Place]:
    """Where published editions show a figure."""
    for edition in editions:
        for section, block, title, kind in _shown(edition.frozen.digest).get(code, ()):
            yield Place(edition, section, block, title, kind)


def figures_with_all(as_of: dt.date | None = None) -> QuerySet[Observation]:
    """Public figures, with what their pages say of them."""
    return public_observations(as_of).select_related(*WITH)


@dataclass(frozen=True)
class Fullness:
    """What an edition holds, and how many of the slots that its template requires it fills."""

    figures: int
    tables: int
    sources: int
    filled: int
    asked: int


def fullness(edition: Edition) -> Fullness:
    """Counted from the frozen content, once a process."""
    return _fullness(edition.frozen.digest, edition.template_id)


@lru_cache(maxsize=_KEPT)
def _fullness(digest: str, template: Any) -> Fullness:
    made = content_of(digest)
    blocks = [block for section in made["sections"] for block in section["blocks"]]
    parts = outline(Template.objects.values_list("sections", flat=True).get(pk=template))
    required = {slot.key for part in parts for slot in part.slots if slot.required}
    return Fullness(
        len(made["figures"]), sum(block["kind"] == "table" for block in blocks), len(made["sources"]),
        len(required & {block.get("slot") for block in blocks}), len(required),
    )  # fmt: skip
