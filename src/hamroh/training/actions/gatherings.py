"""Roundtables and councils, what they asked of whom until when, and what became of it."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.directory.models import AdminUnit, Party
from hamroh.training.actions.frame import MEANWHILE, NotNow
from hamroh.training.actions.indexing import index_gathering
from hamroh.training.models import Gathering, Recommendation, RecommendationLine
from hamroh.training.states import RecommendationLife
from hamroh.vault import journal


@dataclass(frozen=True)
class GatheringTold:
    """What is known of a gathering."""

    kind: str
    titles: Mapping[str, str]
    abouts: Mapping[str, str] = field(default_factory=dict)
    place: AdminUnit | None = None
    on_date: str = ""
    is_public: bool = False
    source: str = ""
    remarks: Mapping[str, str] = field(default_factory=dict)
    parties: Iterable[Party] = ()


@transaction.atomic
def note_gathering(*, actor: Any, organisation: Organisation, told: GatheringTold) -> Gathering:
    """A roundtable, a debate, a council."""
    row = Gathering(organisation=organisation, made_by=actor)
    _tell(row, told)
    policy.require(actor, "gathering.edit", row)
    row.save()
    row.parties.set(told.parties)
    journal.record(actor=actor, verb="gathering.note", about=row, facts={"kind": told.kind, "public": told.is_public})
    index_gathering(row)
    return row


@transaction.atomic
def change_gathering(*, actor: Any, gathering: Gathering, told: GatheringTold, seen: dt.datetime | None) -> None:
    """What is known of it now. NotNow where somebody changed it after ``seen``."""
    row = _held(actor, gathering)
    if row.changed_at != seen:
        raise NotNow(MEANWHILE)
    _tell(row, told)
    row.changed_at = timezone.now()
    row.save()
    row.parties.set(told.parties)
    journal.record(actor=actor, verb="gathering.change", about=row, facts={"public": told.is_public})
    index_gathering(row)


def _held(actor: Any, gathering: Gathering) -> Gathering:
    row: Gathering | None = Gathering.objects.select_for_update(of=("self",)).filter(pk=gathering.pk).first()
    if row is None:
        raise policy.Refused("no such gathering")
    policy.require(actor, "gathering.edit", row)
    return row


def _tell(row: Gathering, told: GatheringTold) -> None:
    row.kind, row.place, row.on_date, row.is_public = told.kind, told.place, told.on_date, told.is_public
    row.titles, row.abouts, row.remarks, row.source = (
        dict(told.titles),
        dict(told.abouts),
        dict(told.remarks),
        told.source,
    )


@dataclass(frozen=True)
class Ask:
    """What somebody is to do by a day; ``addressee_name`` where the directory does not know who."""

    kind: str
    texts: Mapping[str, str]
    addressee: Party | None = None
    addressee_name: str = ""
    due_date: dt.date | None = None
    follows: Any = None


@transaction.atomic
def recommend(*, actor: Any, gathering: Gathering, ask: Ask) -> Recommendation:
    """The gathering asks something of somebody."""
    of = _held(actor, gathering)
    if ask.addressee is None and not ask.addressee_name.strip():
        raise NotNow(_("Say who must act."), "addressee")
    row = Recommendation.objects.create(
        organisation_id=of.organisation_id, gathering=of, kind=ask.kind, texts=dict(ask.texts), addressee=ask.addressee,
        addressee_name=ask.addressee_name.strip(), due_date=ask.due_date, follows=ask.follows or actor,
    )  # fmt: skip
    _line(actor, row, "")
    journal.record(actor=actor, verb="gathering.ask", about=of, facts={"recommendation": str(row.pk)})
    index_gathering(of)
    return row


@transaction.atomic
def move_recommendation(
    *, actor: Any, gathering: Gathering, recommendation: UUID, after: str, before: str, words: str = ""
) -> None:  # fmt: skip
    """What became of it. A refusal and a lapse need their reason: it says what to ask for next time."""
    of = _held(actor, gathering)
    row = Recommendation.objects.select_for_update(of=("self",)).filter(gathering=of, pk=recommendation).first()
    if row is None:
        raise policy.Refused("no such recommendation of this gathering")
    if row.state != before:
        raise NotNow(MEANWHILE)
    RecommendationLife.check(row.state, after)
    if after in ("refused", "lapsed") and not words.strip():
        raise NotNow(_("Say why."), "words")
    row.state, row.reminded_date = after, None
    row.save()
    _line(actor, row, words)
    journal.record(
        actor=actor, verb="gathering.follow", about=of, facts={"recommendation": str(row.pk), "after": after}
    )


def _line(actor: Any, row: Recommendation, words: str) -> None:
    RecommendationLine(
        organisation_id=row.organisation_id, gathering_id=row.gathering_id, recommendation=row, state=row.state, words=words.strip(),
        made_by=actor,
    ).save()  # fmt: skip
