"""What is known of somebody who asks: roles held now, and the records that are an exception for them."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils import timezone

from hamroh.accounts.models import BreakGlass, ConflictBlock, Membership, RecordGrant, User
from hamroh.accounts.policy.facts import Ref
from hamroh.vault.models import RecordKeyShare

REVIEW_WITHIN = dt.timedelta(hours=72)


@dataclass(frozen=True)
class Held:
    """A role held in an organisation; ``team`` and ``area`` limit it where they are not empty."""

    organisation_id: UUID
    role: str
    team: str = ""
    area: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lent:
    """A record lent to an organisation for one verb, to all who hold a role for it there or to one person."""

    ref: Ref
    verb: str
    organisation_id: UUID


class Standing:
    """Everything is read when first asked for; ``known`` makes one of given facts."""

    def __init__(self, user: User | None) -> None:
        self.user_id = user.pk if user is not None and user.is_active else None

    @classmethod
    def known(cls, user_id: UUID | None, **facts: Any) -> "Standing":
        """A standing that asks no database: ``held``, ``blocked``, ``lent``, ``opened``, ``keyed``, ``paused``."""
        made = cls(None)
        nothing = frozenset[Any]()
        made.__dict__ |= {"held": nothing, "blocked": nothing, "lent": nothing, "opened": nothing, "keyed": nothing}
        made.__dict__ |= {"user_id": user_id, "paused": False} | facts
        return made

    @cached_property
    def held(self) -> frozenset[Held]:
        rows = Membership.objects.current().filter(user=self.user_id)
        columns = rows.values_list("organisation_id", "role", "team", "area")
        return frozenset(Held(where, role, team, tuple(area)) for where, role, team, area in columns)

    @cached_property
    def blocked(self) -> frozenset[Ref]:
        """Records that this person is shut out of."""
        return frozenset(ConflictBlock.objects.filter(user=self.user_id).values_list("record_kind", "record_id"))

    @cached_property
    def lent(self) -> frozenset[Lent]:
        rows = RecordGrant.objects.current().to(self.user_id, {held.organisation_id for held in self.held})
        columns = rows.values_list("record_kind", "record_id", "verbs", "to_organisation_id")
        return frozenset(Lent((kind, pk), verb, where) for kind, pk, verbs, where in columns for verb in verbs)

    @cached_property
    def opened(self) -> frozenset[Ref]:
        """Records opened in an emergency, while that lasts."""
        rows = BreakGlass.objects.filter(user=self.user_id, ends_at__gt=timezone.now())
        return frozenset(rows.values_list("record_kind", "record_id"))

    @cached_property
    def keyed(self) -> frozenset[Ref]:
        """Records whose own key this person holds a share of."""
        rows = RecordKeyShare.objects.filter(user_id__in=[self.user_id], record_key__current=True)
        return frozenset((kind, str(pk)) for kind, pk in rows.values_list("record_key__kind", "record_key__record_id"))

    @cached_property
    def paused(self) -> bool:
        """An emergency opening was not reviewed in time: until it is, this person may do nothing."""
        late = timezone.now() - REVIEW_WITHIN
        return BreakGlass.objects.filter(user=self.user_id, reviewed_at__isnull=True, opened_at__lt=late).exists()

    def holds(self, role: str, organisation_id: UUID | None = None) -> bool:
        return any(held.role == role and organisation_id in (None, held.organisation_id) for held in self.held)


_seen: ContextVar[dict[UUID, Standing] | None] = ContextVar("standings", default=None)


@contextmanager
def remembered() -> Iterator[None]:
    """Within it each person's standing is read once: a request is judged by one state of affairs."""
    token = _seen.set({})
    try:
        yield
    finally:
        _seen.reset(token)


def forget() -> None:
    """Read standings anew: something that they tell of was just written."""
    if (seen := _seen.get()) is not None:
        seen.clear()


def standing(actor: Any) -> Standing:
    """The standing of a user; anonymous visitors and None have none."""
    if not getattr(actor, "is_authenticated", False):
        return Standing.known(None)
    seen = _seen.get()
    if seen is None:
        return Standing(actor)
    return seen.setdefault(actor.pk, Standing(actor))
