"""Who works on which case, who does what in it, and how somebody likes to look at her list."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from hamroh.accounts import actions as accounts
from hamroh.accounts import policy
from hamroh.accounts.models import Organisation, Task, User
from hamroh.cases.actions.moving import awake
from hamroh.cases.actions.opening import touch
from hamroh.cases.models import Case, SavedFilter
from hamroh.vault import journal

#: filters that one person keeps
MOST_FILTERS = 12


class NotHers(Exception):
    """The case cannot belong to this person: she does not work on cases there, or is shut out of it."""


class OwnedMeanwhile(Exception):
    """Somebody gave one of the cases to another person since the actor saw the list."""


class NoPlace(Exception):
    """So many filters are kept that one must be forgotten first."""


@transaction.atomic
def assign(
    *, actor: Any, cases: Sequence[Case], owner: User, seen: Mapping[str, UUID | None] | None = None
) -> int:  # fmt: skip
    """Give cases to somebody who works on cases there; returns how many changed hands.

    ``seen`` are the owners by code as the actor saw them. NotHers where one cannot be hers, OwnedMeanwhile where one has another
    owner by now: none is given then.
    """
    changed = 0
    fresh = dict(_owners(cases))
    for case in cases:
        if seen is not None and seen.get(case.code, fresh[case.pk]) != fresh[case.pk]:
            raise OwnedMeanwhile(case.code)
        policy.require(actor, "case.assign", case)
        before, case.owner = case.owner_id, owner
        if not policy.allowed(owner, "case.write", case):
            raise NotHers(case.code)
        if Case.objects.filter(pk=case.pk).exclude(owner=owner).update(owner=owner):
            facts = {"owner": str(owner.pk), "was": str(before) if before else ""}
            journal.record(actor=actor, verb="case.assign", about=case, facts=facts)
            touch(case)
            changed += 1
    return changed


def _owners(cases: Sequence[Case]) -> list[tuple[UUID, UUID | None]]:
    """Whose the cases are now, held until this is written."""
    rows = Case.objects.select_for_update().filter(pk__in=[case.pk for case in cases])
    return list(rows.values_list("pk", "owner_id"))


@transaction.atomic
def hand_task(*, actor: Any, case: Case, assignee: User, words: str, due_date: dt.date) -> Task:
    """Something to do about a case, for a colleague who may read it or for oneself."""
    policy.require(actor, "case.write", awake(case))
    return accounts.add_task(
        actor=actor, organisation=case.organisation, words=words, due_date=due_date, record=case, assignee=assignee
    )


@transaction.atomic
def keep_filter(*, actor: Any, organisation: Organisation, query: str) -> None:
    """Keep a way to look at the list; one that is kept already stays. NoPlace where twelve are kept."""
    policy.require(actor, "case.list")
    mine = SavedFilter.objects.filter(user=actor, organisation=organisation)
    if mine.filter(query=query).exists():
        return
    if mine.count() >= MOST_FILTERS:
        raise NoPlace
    SavedFilter.objects.create(user=actor, organisation=organisation, query=query)


@transaction.atomic
def forget_filter(*, actor: Any, kept: SavedFilter) -> None:
    """Keep it no longer; Refused where it is somebody else's."""
    policy.require(actor, "case.list")
    if kept.user_id != actor.pk:
        raise policy.Refused("somebody else's filter")
    kept.delete()
