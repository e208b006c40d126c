"""What records use of the vocabularies, for the editors of the thesaurus (``settings.CONCEPT_USERS``)."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from hamroh.accounts import policy
from hamroh.library.actions.indexing import index_records
from hamroh.library.actions.subjects import add_subject, remove_subject
from hamroh.library.models import Record, Subject
from hamroh.library.selectors.documents import RECORD
from hamroh.thesaurus.models import Concept
from hamroh.thesaurus.usage import Replaced, Use
from hamroh.web.texts import pick


def concept_counts(*, actor: Any, concepts: Sequence[UUID]) -> Mapping[tuple[UUID, str], int]:
    """Records by (concept, kind)."""
    return {(pk, RECORD): number for pk, number in _by_concept(_seen(actor), concepts)}


def concept_uses(*, actor: Any, concept: Concept, limit: int, lang: str) -> Sequence[Use]:
    """Records that use a concept, with their page at the desk where the asker edits them, else the public one."""
    rows = list(_seen(actor).filter(subjects__concept=concept).order_by("code")[:limit])
    mine = set(_edited(actor).filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    return [Use(RECORD, pick(row.titles, lang).text, _address(row, is_mine=row.pk in mine)) for row in rows]


def concept_mendable(*, actor: Any, concepts: Sequence[UUID]) -> Mapping[UUID, int]:
    """How many records of the asker's own organisation use each."""
    return dict(_by_concept(_edited(actor), concepts))


@transaction.atomic
def replace_concept(*, actor: Any, concept: Concept, by: Concept) -> Replaced:
    """Describe the asker's own records by another concept."""
    rows = Subject.objects.filter(concept=concept, record__in=_edited(actor)).select_related("record", "concept")
    changed = 0
    for row in list(rows):
        add_subject(actor=actor, record=row.record, concept=by)
        remove_subject(actor=actor, subject=row)
        changed += 1
    return Replaced(changed)


def index_concept_users(*, concepts: Sequence[UUID]) -> None:
    """Write public records anew that use one of these."""
    index_records(Record.objects.public().filter(subjects__concept__in=concepts).distinct())


def _seen(actor: Any) -> QuerySet[Record]:
    mine = policy.visible(actor, "library.see_draft", Record.objects.all())
    return Record.objects.filter(Q(pk__in=Record.objects.public().values("pk")) | Q(pk__in=mine.values("pk")))


def _edited(actor: Any) -> QuerySet[Record]:
    return policy.visible(actor, "library.edit", Record.objects.all())


def _by_concept(rows: QuerySet[Record], concepts: Sequence[UUID]) -> list[tuple[UUID, int]]:
    links = Subject.objects.filter(concept__in=concepts, record__in=rows.values("pk"))
    return list(links.values_list("concept").annotate(number=Count("pk")).order_by())


def _address(row: Record, *, is_mine: bool) -> str:
    return reverse("library-desk:record" if is_mine else "library:record", args=[row.code])
