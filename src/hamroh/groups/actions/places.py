"""Places where somebody can stay, and who stayed there: written, read and let go by the members of their own key alone."""

import datetime as dt
import secrets
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation, User
from hamroh.accounts.zones import local_date
from hamroh.cases.models import Referral
from hamroh.groups.actions.frame import MEANWHILE, NotNow
from hamroh.groups.models import ShelterPlace
from hamroh.groups.selectors.places import may_be_let_in
from hamroh.vault import actions as keys
from hamroh.vault import journal, members, opening

PURPOSE = "change"
LAST = gettext_lazy("You are the only one to whom this opens. Let somebody else in first, or take it away.")


@dataclass(frozen=True)
class Room:
    """A place as it is told: the alias of who takes somebody in, for how many, where, and what those must know who open it."""

    host: str
    capacity: int
    where: str
    group: str = ""
    words: str = ""

    @property
    def facts(self) -> dict[str, Any]:
        return {
            "host": self.host.strip(), "capacity": self.capacity, "where": self.where.strip(), "group": self.group.strip().lower(),
            "words": self.words.strip(),
        }  # fmt: skip


@dataclass(frozen=True)
class Staying:
    """Somebody stays from a day on: how many people, by the code of whose referral."""

    referral: str
    people: int
    from_date: dt.date
    words: str = ""


@transaction.atomic
def hide_place(*, actor: Any, organisation: Organisation, room: Room) -> ShelterPlace:
    """Write a place down. At first its writer alone opens it; her own key need not be open for that."""
    row = ShelterPlace(organisation=organisation, owner=actor, facts=room.facts, stays=[])
    policy.require(actor, "place.begin")
    if not may_be_let_in(organisation=organisation).filter(pk=actor.pk).exists():
        raise policy.Refused("no role for places in this organisation")
    members.begin_record(row.ref, organisation_id=organisation.pk, members=[actor.pk])
    row.save()
    policy.forget()
    journal.record(actor=actor, verb="place.hide", about=row)
    return row


def _held(actor: Any, place: ShelterPlace) -> tuple[ShelterPlace, Any]:
    decision = policy.require(actor, "place.hide", place)
    row = ShelterPlace.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=place.pk)
    if row.ended_week is not None:
        raise NotNow(_("This place was given up."))
    return row, decision


@transaction.atomic
def change_place(*, actor: Any, place: ShelterPlace, room: Room) -> None:
    """What is known of a place now."""
    row, _decision = _held(actor, place)
    row.facts = room.facts
    row.save()
    journal.record(actor=actor, verb="place.change", about=row)


@transaction.atomic
def begin_stay(*, actor: Any, place: ShelterPlace, staying: Staying) -> None:
    """Somebody is taken in, on a referral of ours. NotNow where there is no room left."""
    row, decision = _held(actor, place)
    _require_referral(row, staying.referral)
    facts = opening.open(row, "facts", decision=decision, purpose=PURPOSE) or {}
    stays = list(opening.open(row, "stays", decision=decision, purpose=PURPOSE) or [])
    if staying.from_date > local_date(timezone.now(), row.organisation):
        raise NotNow(_("This day has not come yet."), "from_date")
    taken = sum(each["people"] for each in stays if not each.get("until"))
    if taken + staying.people > int(facts.get("capacity") or 0):
        raise NotNow(_("There is no room for so many now."), "people")
    row.stays = [_line(staying), *stays]
    row.save()
    journal.record(actor=actor, verb="place.take_in", about=row)


def _line(staying: Staying) -> dict[str, Any]:
    return {
        "key": secrets.token_hex(6), "referral": staying.referral.strip().lower(), "people": staying.people,
        "from": staying.from_date.isoformat(), "until": "", "words": staying.words.strip(),
    }  # fmt: skip


def _require_referral(place: ShelterPlace, code: str) -> None:
    rows = Referral.objects.filter(organisation=place.organisation_id, code=code.strip().lower())
    if not rows.exists():
        raise NotNow(_("No referral of ours has this code. Ask who sent her to you."), "referral")


@transaction.atomic
def end_stay(*, actor: Any, place: ShelterPlace, key: str) -> None:
    """Whoever stayed has left."""
    row, decision = _held(actor, place)
    stays = list(opening.open(row, "stays", decision=decision, purpose=PURPOSE) or [])
    if not any(each["key"] == key and not each.get("until") for each in stays):
        raise NotNow(MEANWHILE)
    today = local_date(timezone.now(), row.organisation).isoformat()
    row.stays = [{**each, "until": today} if each["key"] == key else each for each in stays]
    row.save()
    journal.record(actor=actor, verb="place.let_go", about=row)


@transaction.atomic
def give_up_place(*, actor: Any, place: ShelterPlace) -> None:
    """Nobody is taken in here any more; it is erased when its time is over."""
    row, _decision = _held(actor, place)
    today = local_date(timezone.now(), row.organisation)
    row.ended_week = today - dt.timedelta(days=today.weekday())
    row.save()
    journal.record(actor=actor, verb="place.give_up", about=row)


# -- who opens it ----------------------------------------------------------------------------------------------------


@transaction.atomic
def let_in(*, actor: Any, place: ShelterPlace, user: User) -> None:
    """One more person opens it from now on: somebody of the organisation who has a key. The actor's own key is open."""
    row, _decision = _held(actor, place)
    if not members.has_key(user.pk) or not may_be_let_in(organisation=row.organisation).filter(pk=user.pk).exists():
        raise NotNow(_("This person does not work with places to stay, or has no key of her own yet."), "user")
    members.add_member(row.ref, user.pk)
    journal.record(actor=actor, verb="place.let_in", about=row, facts={"user": str(user.pk)})


@transaction.atomic
def shut_out(*, actor: Any, place: ShelterPlace, user_id: Any) -> None:
    """Somebody opens it no more: what stands there is sealed anew for those who stay. NotNow where nobody would stay."""
    policy.require(actor, "place.hide", place)
    inside = members.members_of(place.ref)
    if user_id not in inside:
        return
    if user_id == actor.pk or len(inside) == 1:
        raise NotNow(LAST)
    keys.shut_out(actor=actor, record=place.ref, user_id=user_id)
    journal.record(actor=actor, verb="place.shut_out_of", about=place, facts={"user": str(user_id)})


@transaction.atomic
def take_place_away(*, actor: Any, place: ShelterPlace) -> None:
    """It is no longer kept: the row goes, and its key with it."""
    policy.require(actor, "place.hide", place)
    journal.record(actor=actor, verb="place.take_away", about=place)
    members.shred_record(place.ref)
    place.delete()


#: a place that was given up is erased so long after its week
KEPT_AFTER_END = dt.timedelta(weeks=26)


def let_old_places_go(now: dt.datetime | None = None) -> int:
    """Erase places that were given up half a year ago; how many. No list of what is to be let go tells of them."""
    until = (now or timezone.now()).date() - KEPT_AFTER_END
    ids = list(ShelterPlace.objects.filter(ended_week__lte=until).values_list("pk", flat=True))
    return sum(_let_old_place_go(pk) for pk in ids)


@transaction.atomic
def _let_old_place_go(pk: Any) -> bool:
    row = ShelterPlace.objects.select_for_update().filter(pk=pk).first()
    if row is None:
        return False
    journal.record(actor=None, verb="place.take_away", about=row)
    members.shred_record(row.ref)
    row.delete()
    return True
