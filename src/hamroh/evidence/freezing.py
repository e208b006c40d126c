"""Frozen copies: the canonical bytes of an edition, their digest, and whether a published edition is still what was published."""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from django.db import connection

from hamroh.accounts.policy.facts import kind_of
from hamroh.evidence.models import Edition, FrozenEdition, Observation
from hamroh.evidence.presenting.manifest import canonical, digest, manifest
from hamroh.vault.models import JournalLine

#: the verb whose journal line tells of a digest
PUBLISHED = "evidence.publish"
#: what of a figure is never recorded anew; names and words of concepts may be put better later
_FIXED = ("value", "low", "high", "qualifier", "printed", "missing", "period")
#: tables that the database guards
_GUARDED = ("edition", "block", "printednote", "findinganswer", "observation", "frozenedition", "blockversion")


def content_of(edition: Edition) -> bytes:
    """The bytes that stand for an edition: its frozen copy, or what would be frozen if it were published now."""
    frozen = FrozenEdition.objects.filter(edition=edition).first()
    return bytes(frozen.manifest) if frozen else canonical(manifest(edition))


def digest_now(edition: Edition) -> str:
    """The digest of what the edition says now: an endorsement with another one was given to an earlier text."""
    return digest(content_of(edition))


def manifest_of(edition: Edition) -> dict[str, Any]:
    """The same as data."""
    frozen = FrozenEdition.objects.filter(edition=edition).first()
    return json.loads(bytes(frozen.manifest)) if frozen else manifest(edition)


def is_intact(frozen: FrozenEdition) -> bool:
    """Whether the copy is the one that its digest names: what a page asks that shows it."""
    return digest(bytes(frozen.manifest)) == frozen.digest


@lru_cache(maxsize=64)
def is_as_published(digest_: str) -> bool:
    """The same for public pages, which read a copy once per process and show it from memory."""
    frozen = FrozenEdition.objects.filter(digest=digest_).first()
    return frozen is not None and is_intact(frozen)


def verify(edition: Edition) -> list[str]:
    """What is wrong with a published edition, in plain English for the doctor; nothing where it is what was published."""
    frozen = FrozenEdition.objects.filter(edition=edition).first()
    if frozen is None:
        return ["it has no frozen copy"] if edition.is_frozen else []
    return list(_faults(edition, frozen))


def _faults(edition: Edition, frozen: FrozenEdition) -> Iterator[str]:
    if not is_intact(frozen):
        yield "its frozen copy does not match its digest"
    if frozen.digest not in _journalled(edition):
        yield "the journal tells of no publication with this digest"
    try:
        content = json.loads(bytes(frozen.manifest))
    except ValueError:
        yield "its frozen copy cannot be read"
        return
    if not edition.is_frozen:
        yield f"it is frozen, and its state is {edition.state}"
    yield from _changed_blocks(edition, content)
    yield from _changed_figures(content)


def _journalled(edition: Edition) -> set[str]:
    kind, pk = kind_of(edition), str(edition.pk)
    lines = JournalLine.objects.filter(verb=PUBLISHED, record_kind=kind, record_id=pk)
    return {str(facts.get("digest")) for facts in lines.values_list("facts", flat=True)}


def blocks_of(content: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The blocks of a manifest by their keys, each with its section and its place in it."""
    return {
        block["key"]: {**block, "section": section["code"], "at": at}
        for section in content.get("sections", ())
        for at, block in enumerate(section.get("blocks", ()))
    }


def _changed_blocks(edition: Edition, content: Mapping[str, Any]) -> Iterator[str]:
    """Blocks whose rows say something else than the copy."""
    frozen = blocks_of(content)
    live = {each.key: each for each in edition.blocks.all()}
    for key in sorted(frozen.keys() ^ live.keys()):
        yield f"block {key} is {'gone' if key in frozen else 'new'}"
    for key in sorted(frozen.keys() & live.keys()):
        if canonical({"": frozen[key]["content"]}) != canonical({"": live[key].content}):
            yield f"block {key} was changed"


def _changed_figures(content: Mapping[str, Any]) -> Iterator[str]:
    """Figures whose rows say something else than the copy."""
    said = content.get("figures", {})
    live = {each.code: each for each in Observation.objects.filter(code__in=said)}
    for code in sorted(said):
        if code not in live:
            yield f"figure {code} is gone"
        elif any(_plain(getattr(live[code], name)) != _plain(said[code].get(name)) for name in _FIXED):
            yield f"figure {code} was changed"


def _plain(value: Any) -> str:
    """A number or a word in one way, whoever wrote it: ``9500.000000`` and ``9500`` are one."""
    text = "" if value is None else str(value)
    try:
        return f"{Decimal(text).normalize():f}"
    except InvalidOperation:
        return text


def missing_guards() -> list[str]:
    """Tables of the room that lost the guards of the database: a later change of a table may drop them."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        held = {name for (name,) in cursor.fetchall()}
    return [f"evidence_{name}" for name in _GUARDED if not any(each.startswith(f"evidence_{name}_") for each in held)]
