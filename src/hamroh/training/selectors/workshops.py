"""Workshops as their trainer reads them: never how many shared before one is closed."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from hamroh.accounts import policy
from hamroh.training.models import Round, Workshop


def workshops(*, actor: Any, round: Round) -> list[Workshop]:  # noqa: A002
    """The workshops of a round, the newest first."""
    policy.require(actor, "round.see", round)
    return list(Workshop.objects.filter(round=round).order_by("-opened_at", "pk"))


def workshop_of(*, actor: Any, round: Round, pk: UUID) -> Workshop:  # noqa: A002
    """A workshop of this very round; Refused otherwise."""
    policy.require(actor, "round.see", round)
    row = Workshop.objects.filter(round=round, pk=pk).first()
    if row is None:
        raise policy.Refused("no such workshop")
    return row


def households_with_a_plan(*, rounds: Iterable[Round]) -> int:
    """Households that shared a plan in closed workshops of these rounds, as far as it may be told."""
    closed = Workshop.objects.filter(round__in=list(rounds), closed_at__isnull=False)
    return sum(row["households"] for row in closed.values_list("released", flat=True) if row)
