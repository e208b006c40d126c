"""Writes of the sealed room."""

from typing import Any
from uuid import UUID

from django.db import transaction

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation, User
from hamroh.vault import actions as keys
from hamroh.vault import journal, members, pools
from sealedroom.models import Matter, Shelter
from sealedroom.naming import KIND


@transaction.atomic
def rename(*, actor: Any, pk: UUID, name: str) -> Matter:
    row, _decision = policy.fetch(actor, "matter.write", Matter.objects.filter(pk=pk))
    row.name = name
    row.save()
    pools.put(KIND, row.organisation_id, [{"id": str(row.pk), "name": name}])
    journal.record(actor=actor, verb="matter.rename", about=row)
    return row


@transaction.atomic
def add_shelter(*, actor: Any, organisation: Organisation, code: str, address: str) -> Shelter:
    """A place that at first only its maker opens; her key need not be open for it."""
    row = Shelter(organisation=organisation, owner=actor, code=code, address=address)
    policy.require(actor, "shelter.add", row)
    members.begin_record(record_of(row.pk), organisation_id=organisation.pk, members=[actor.pk])
    row.save()
    journal.record(actor=actor, verb="shelter.add", about=row)
    return row


@transaction.atomic
def move_shelter(*, actor: Any, pk: UUID, address: str) -> Shelter:
    row = _shelter(actor, pk)
    row.address = address
    row.save()
    journal.record(actor=actor, verb="shelter.move", about=row)
    return row


@transaction.atomic
def let_in(*, actor: Any, pk: UUID, user: User) -> None:
    """One more person opens the place from now on; NoOwnKey where she has no key yet."""
    row = _shelter(actor, pk)
    members.add_member(record_of(pk), user.pk)
    journal.record(actor=actor, verb="shelter.let_in", about=row, facts={"user": str(user.pk)})


@transaction.atomic
def shut_out(*, actor: Any, pk: UUID, user: User) -> None:
    """Somebody opens the place no more: a new key is dealt to those who stay."""
    row = _shelter(actor, pk)
    keys.shut_out(actor=actor, record=record_of(row.pk), user_id=user.pk)


def record_of(pk: UUID) -> tuple[str, str]:
    return "sealedroom.shelter", str(pk)


def _shelter(actor: Any, pk: UUID) -> Shelter:
    row, _decision = policy.fetch(actor, "shelter.write", Shelter.objects.filter(pk=pk))
    return row
