"""Who uses concepts: rooms above tell how many of their records do and which, and put another concept in its place.

A room is a module of ``settings.CONCEPT_USERS`` with the functions of ``ConceptUsers``; the directory has one. It counts what
the asker may see, and replaces only where the asker may edit, by the room's own actions, so that its rules, its journal and
the public index hold.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol, cast
from uuid import UUID

from django.conf import settings

from hamroh.thesaurus.models import Concept


@dataclass(frozen=True)
class Use:
    """A record that uses a concept: its kind as the public index has it, its title, and a page that the asker may open."""

    kind: str
    title: str
    address: str


@dataclass(frozen=True)
class Replaced:
    """How many records were changed, and the titles of those that a rule of their room kept as they are, with the reason."""

    changed: int = 0
    refused: tuple[tuple[str, str], ...] = ()


class ConceptUsers(Protocol):
    """What a room offers."""

    def concept_counts(self, *, actor: Any, concepts: Sequence[UUID]) -> Mapping[tuple[UUID, str], int]:
        """Records by (concept, kind), of those that the asker may see; a constant number of queries."""

    def concept_uses(self, *, actor: Any, concept: Concept, limit: int, lang: str) -> Sequence[Use]:
        """Some of these records, by title."""

    def concept_mendable(self, *, actor: Any, concepts: Sequence[UUID]) -> Mapping[UUID, int]:
        """How many of them the asker may edit."""

    def replace_concept(self, *, actor: Any, concept: Concept, by: Concept) -> Replaced:
        """Put ``by`` in the place of ``concept`` in all records that the asker may edit."""

    def index_concept_users(self, *, concepts: Sequence[UUID]) -> None:
        """Bring the public index up to date with records that use one of these: a label or what lies above it changed."""


def users() -> list[ConceptUsers]:
    """The rooms that use concepts."""
    return [cast(ConceptUsers, import_module(path)) for path in settings.CONCEPT_USERS]


def counts(*, actor: Any, concepts: Sequence[UUID]) -> dict[tuple[UUID, str], int]:
    """Records of all rooms by (concept, kind)."""
    return {
        key: number for room in users() for key, number in room.concept_counts(actor=actor, concepts=concepts).items()
    }


def uses(*, actor: Any, concept: Concept, lang: str, limit: int = 50) -> list[Use]:
    """Some records of all rooms that use a concept."""
    return [use for room in users() for use in room.concept_uses(actor=actor, concept=concept, limit=limit, lang=lang)]


def mendable(*, actor: Any, concepts: Sequence[UUID]) -> dict[UUID, int]:
    """How many records of all rooms the asker may edit, by concept."""
    found: dict[UUID, int] = {}
    for room in users():
        for pk, number in room.concept_mendable(actor=actor, concepts=concepts).items():
            found[pk] = found.get(pk, 0) + number
    return found


def replace(*, actor: Any, concept: Concept, by: Concept) -> Replaced:
    """Put another concept in the place of one, in the records of all rooms that the asker may edit."""
    done = [room.replace_concept(actor=actor, concept=concept, by=by) for room in users()]
    return Replaced(sum(each.changed for each in done), tuple(one for each in done for one in each.refused))
