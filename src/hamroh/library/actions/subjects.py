"""What a record is about, one concept at a time: taken from a suggestion, added, taken away."""

from typing import Any

from django.db import transaction

from hamroh.accounts import policy
from hamroh.library.actions.indexing import reindex
from hamroh.library.actions.writing import locked, touched
from hamroh.library.models import Record, Subject
from hamroh.thesaurus.models import Concept
from hamroh.vault import journal


@transaction.atomic
def add_subject(*, actor: Any, record: Record, concept: Concept, suggested: bool = False) -> Subject:
    """Say that the record is about this; ``suggested`` where the machine had found it. Twice is once."""
    record = locked(record)
    policy.require(actor, "library.edit", record)
    row, made = Subject.objects.get_or_create(record=record, concept=concept, defaults={"suggested": suggested})
    if made:
        touched(record, actor)
        journal.record(actor=actor, verb="library.add_subject", about=record, facts={"concept": concept.key})
        reindex(record)
    return row


@transaction.atomic
def remove_subject(*, actor: Any, subject: Subject) -> None:
    """Take a concept away from a record."""
    policy.require(actor, "library.edit", subject)
    record = locked(subject.record)
    facts = {"concept": subject.concept.key}
    subject.delete()
    touched(record, actor)
    journal.record(actor=actor, verb="library.remove_subject", about=record, facts=facts)
    reindex(record)
