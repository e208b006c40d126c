"""What units use of the vocabularies, for the editors of the thesaurus (``settings.CONCEPT_USERS``).

Of another organisation's units only those are told that its catalogue shows, and only what they are about as a whole: a part of
a recording may be open to nobody.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse

from hamroh.accounts import policy
from hamroh.archive.actions.common import ArchiveRefused
from hamroh.archive.actions.describing import exchange_concept
from hamroh.archive.models import Segment, Unit
from hamroh.archive.selectors.documents import ARCHIVE, search_documents
from hamroh.archive.selectors.public import released_units, shown
from hamroh.search.actions import index_documents
from hamroh.thesaurus.models import Concept
from hamroh.thesaurus.usage import Replaced, Use
from hamroh.web.texts import pick


def concept_counts(*, actor: Any, concepts: Sequence[UUID]) -> Mapping[tuple[UUID, str], int]:
    """Units by (concept, kind)."""
    return {(concept, ARCHIVE): number for concept, number in _counted(_seen(actor, concepts)).items()}


def concept_uses(*, actor: Any, concept: Concept, limit: int, lang: str) -> Sequence[Use]:
    """Units that use a concept, with their page at the desk where the asker edits them, else the public one."""
    rows = Unit.objects.filter(pk__in={unit for unit, _concept in _seen(actor, [concept.pk])}).order_by("code")[:limit]
    mine = set(_edited(actor).filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    return [Use(ARCHIVE, pick(row.titles, lang).text, _address(row, is_mine=row.pk in mine)) for row in rows]


def concept_mendable(*, actor: Any, concepts: Sequence[UUID]) -> Mapping[UUID, int]:
    """How many units of the asker's own organisation use each."""
    links = _subjects(concepts) | _parts(concepts)
    mine = _among(_edited(actor), links)
    return _counted({link for link in links if link[0] in mine})


@transaction.atomic
def replace_concept(*, actor: Any, concept: Concept, by: Concept) -> Replaced:
    """Describe the asker's own units, and the parts of their recordings, by another concept."""
    changed, refused = 0, list[tuple[str, str]]()
    for unit in list(_using(_edited(actor), [concept.pk])):
        try:
            exchange_concept(actor=actor, unit=unit, concept=concept, by=by)
            changed += 1
        except ArchiveRefused as reason:
            refused.append((pick(unit.titles, "en").text, str(reason)))
    return Replaced(changed, tuple(refused))


def index_concept_users(*, concepts: Sequence[UUID]) -> None:
    """Write what is public of units anew that use one of these."""
    codes = _using(released_units(), concepts).values_list("code", flat=True)
    index_documents(list(search_documents(list(codes))))


def _seen(actor: Any, concepts: Sequence[UUID]) -> set[tuple[UUID, UUID]]:
    """Pairs of unit and concept that the asker may know of."""
    subjects, parts = _subjects(concepts), _parts(concepts)
    mine = _among(policy.visible(actor, "archive.see_draft", Unit.objects.all()), subjects | parts)
    public = {
        one.unit.pk for one in shown(released_units().filter(pk__in={unit for unit, _concept in subjects} - mine))
    }
    return {link for link in subjects if link[0] in mine | public} | {link for link in parts if link[0] in mine}


def _subjects(concepts: Sequence[UUID]) -> set[tuple[UUID, UUID]]:
    return set(Unit.subjects.through.objects.filter(concept__in=concepts).values_list("unit", "concept"))


def _parts(concepts: Sequence[UUID]) -> set[tuple[UUID, UUID]]:
    rows = Segment.concepts.through.objects.filter(concept__in=concepts)
    return set(rows.values_list("segment__unit", "concept"))


def _among(rows: "QuerySet[Unit]", links: Iterable[tuple[UUID, UUID]]) -> set[UUID]:
    return set(rows.filter(pk__in={unit for unit, _concept in links}).values_list("pk", flat=True))


def _counted(links: Iterable[tuple[UUID, UUID]]) -> Mapping[UUID, int]:
    return Counter(concept for _unit, concept in links)


def _edited(actor: Any) -> "QuerySet[Unit]":
    return policy.visible(actor, "archive.edit", Unit.objects.all())


def _using(rows: "QuerySet[Unit]", concepts: Sequence[UUID]) -> "QuerySet[Unit]":
    return rows.filter(Q(subjects__in=concepts) | Q(segments__concepts__in=concepts)).distinct().order_by("code")


def _address(row: Unit, *, is_mine: bool) -> str:
    return reverse("archive-desk:unit" if is_mine else "archive:unit", args=[row.code])
