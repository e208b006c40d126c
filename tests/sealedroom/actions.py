"""Writes of the sealed room."""

from typing import Any
from uuid import UUID

from django.db import transaction

from hamroh.accounts import policy
from hamroh.vault import journal
from sealedroom.models import Matter


@transaction.atomic
def rename(*, actor: Any, pk: UUID, name: str) -> Matter:
    row, _decision = policy.fetch(actor, "matter.write", Matter.objects.filter(pk=pk))
    row.name = name
    row.save()
    journal.record(actor=actor, verb="matter.rename", about=row)
    return row
