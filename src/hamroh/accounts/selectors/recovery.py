"""Reads on recovery papers: what an organisation has, and who waits to be let in again."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from hamroh.accounts import policy
from hamroh.accounts.models import Admission, Organisation, User
from hamroh.vault import members
from hamroh.vault import selectors as kept


@dataclass(frozen=True)
class Member:
    """Somebody whose own key was made anew, or who has none yet, and how many records wait for her."""

    user: User
    records: int
    has_key: bool


@dataclass(frozen=True)
class Recovery:
    """``signs`` are those of the papers of today, ``maker`` is who saw all three of them."""

    made_at: Any = None
    maker: User | None = None
    made_by: UUID | None = None
    drilled_at: Any = None
    signs: str = ""


def recovery(*, actor: Any, organisation: Organisation) -> Recovery:
    """The papers of an organisation, empty where it has none."""
    policy.require(actor, "recovery.see", organisation)
    made = kept.papers_of([organisation.pk]).get(organisation.pk)
    if made is None:
        return Recovery()
    maker = User.objects.filter(pk=made.made_by).first() if made.made_by else None
    return Recovery(made.made_at, maker, made.made_by, made.drilled_at, members.recovery_fingerprint(organisation.pk))


def waiting(*, actor: Any, organisation: Organisation) -> list[Member]:
    """Who waits to be let into her records again."""
    policy.require(actor, "recovery.see", organisation)
    records = kept.waiting_members(organisation.pk)
    holders = members.with_keys(records)
    people = User.objects.filter(pk__in=records, is_active=True).order_by("display_name", "pk")
    return [Member(user, records[user.pk], user.pk in holders) for user in people]


def admissions(*, actor: Any, organisation: Organisation) -> list[Admission]:
    """What was asked and waits for the second person."""
    policy.require(actor, "recovery.see", organisation)
    rows = Admission.objects.open().filter(organisation=organisation)
    return list(rows.select_related("user", "asked_by", "organisation").order_by("asked_at"))
