"""Where he is goes to the lawyer of a matter alone: one person wishes it, a second agrees, then it is sealed for the lawyer."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamroh.accounts import policy
from hamroh.accounts.models import Notice, Role
from hamroh.accounts.models.people import User
from hamroh.cases.models import Matter
from hamroh.tracing.actions.moving import CannotMove, held
from hamroh.tracing.models import Ground, PlaceRelease, ReleasedPlace, Request, Wish
from hamroh.tracing.selectors import found as reads
from hamroh.tracing.states import ReleaseLife
from hamroh.vault import journal, members, opening

VERB = "tracing.release_place"
#: where somebody was found
FOUND = ("verified", "asked", "answer", "contact", "declined")
NOT_FOUND = _("Two people have to say that it is this person first.")
NO_LAWYER = _("Choose a lawyer who works on the case of this matter.")
NO_CONSENT = _(
    "He did not agree that the lawyer learns where he lives. Without his consent only a court or the enforcement office can ask."
)
NO_DOCUMENT = _("Write down the document: its number, who issued it, and its day.")
NOT_YOU = _("A second person has to look at it: neither who wished it nor the lawyer.")
NO_KEY = _("The lawyer has no key of her own yet. She makes one under her name, then it can be written down for her.")
MEANWHILE = _("Somebody dealt with this meanwhile.")


@dataclass(frozen=True)
class Order:
    """On what ground a place is told: for a court or the enforcement office with its document."""

    ground: str
    document: str = ""
    issuer: str = ""
    on: dt.date | None = None
    words: str = ""

    @property
    def is_by_law(self) -> bool:
        return self.ground != Ground.CONSENT

    def facts(self) -> dict[str, str]:
        on = self.on.isoformat() if self.on else ""
        return {"document": self.document.strip(), "issuer": self.issuer.strip(), "on": on, "words": self.words.strip()}


@transaction.atomic
def wish_release(*, actor: Any, request: Request, matter: Matter, lawyer: User, order: Order) -> PlaceRelease:
    """Somebody who searches wishes that the lawyer of a matter learns where he is. Nothing is told yet, and no place is asked for."""
    row = held(actor, request, VERB)
    if row.state not in FOUND or not reads.same_records(row):
        raise CannotMove(NOT_FOUND)
    if row.case_id is None or matter.case_id != row.case_id or lawyer not in lawyers(row) or lawyer == actor:
        raise CannotMove(NO_LAWYER)
    _require_ground(row, order.ground)
    if order.is_by_law and not (order.document.strip() and order.issuer.strip() and order.on):
        raise CannotMove(NO_DOCUMENT)
    release = PlaceRelease(
        organisation_id=row.organisation_id, request=row, matter=matter, lawyer=lawyer, ground=order.ground,
        facts=order.facts(), made_by=actor,
    )  # fmt: skip
    release.save()
    _journal(actor, row, release)
    return release


def lawyers(request: Request) -> list[User]:
    """Lawyers who may read the case of a request."""
    from hamroh.accounts.models import Membership

    rows = Membership.objects.current().filter(organisation=request.organisation_id, role=Role.LAWYER)
    people = {each.user_id: each.user for each in rows.select_related("user")}
    case = request.case
    return [user for user in people.values() if case is not None and policy.allowed(user, "case.read", case)]


def _require_ground(row: Request, ground: str) -> None:
    if ground == Ground.CONSENT and Wish.ADDRESS not in reads.in_force(row, reads.today_of(row)):
        raise CannotMove(NO_CONSENT)


@transaction.atomic
def settle_release(*, actor: Any, release: PlaceRelease, after: str) -> None:
    """A second person agrees or refuses; whoever wished it may take it back."""
    row, fresh = _held(actor, release)
    if after in ("agreed", "refused") and actor.pk in (fresh.made_by_id, fresh.lawyer_id):
        raise CannotMove(NOT_YOU)
    if after == "withdrawn" and actor.pk != fresh.made_by_id:
        raise policy.Refused("somebody else wished this")
    if after not in ReleaseLife.moves(fresh.state) or after == "released":
        raise CannotMove(MEANWHILE)
    if after == "agreed":
        _require_ground(row, fresh.ground)
        fresh.agreed_by = actor
    fresh.state, fresh.settled_at = after, timezone.now()
    fresh.save()
    _journal(actor, row, fresh)


@transaction.atomic
def write_place(*, actor: Any, release: PlaceRelease, address: str, words: str = "") -> ReleasedPlace:
    """Seal the place for the lawyer: from then on she alone opens it. CannotMove where the ground is gone or she has no key.

    NoOwnKey where who writes it down has none: it is sealed under both keys, and the writer's share goes in the same transaction.
    """
    row, fresh = _held(actor, release)
    if fresh.state != "agreed":
        raise CannotMove(MEANWHILE)
    if actor.pk not in (fresh.made_by_id, fresh.agreed_by_id):
        raise policy.Refused("two others released this")
    _require_ground(row, fresh.ground)
    if not members.has_key(fresh.lawyer_id):
        raise CannotMove(NO_KEY)
    decision = policy.require(actor, VERB, row)
    facts = opening.open(fresh, "facts", decision=decision, purpose="release") or {}
    place = ReleasedPlace(
        organisation_id=row.organisation_id, release=fresh, owner=fresh.lawyer, address=address.strip(),
        facts={**facts, "ground": fresh.ground, "note": words.strip()}, team=row.case.team if row.case else "",
        area=row.case.area if row.case else "",
    )  # fmt: skip
    members.begin_record(place.ref, organisation_id=row.organisation_id, members=[fresh.lawyer_id, actor.pk])
    place.save()
    members.drop_shares(place.ref, actor.pk)
    fresh.state, fresh.settled_at = "released", timezone.now()
    fresh.save()
    Notice.objects.create(user=fresh.lawyer, about=Notice.About.WORD, record_kind=place.ref[0], record_id=place.ref[1])
    _journal(actor, row, fresh)
    return place


def _held(actor: Any, release: PlaceRelease) -> tuple[Request, PlaceRelease]:
    row = held(actor, release.request, VERB)
    rows = PlaceRelease.objects.select_for_update(of=("self",)).select_related("lawyer", "made_by")
    fresh = rows.filter(pk=release.pk, request=row).first()
    if fresh is None:
        raise policy.Refused("no such release")
    return row, fresh


def _journal(actor: Any, row: Request, release: PlaceRelease) -> None:
    facts = {"release": str(release.pk), "ground": str(release.ground), "state": str(release.state)}
    journal.record(actor=actor, verb="tracing.release_place", about=row, facts=facts)
