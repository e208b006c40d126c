"""A campaign is planned, people go, what they found is written down and followed up; its report is frozen."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from hamroh.accounts import actions as desk
from hamroh.accounts import policy
from hamroh.accounts.models import Organisation, User
from hamroh.directory.models import AdminUnit, Party
from hamroh.fieldwork.models import (
    Campaign,
    CampaignArea,
    CampaignMember,
    CampaignParty,
    Carried,
    Finding,
    FollowUp,
    Form,
    Report,
    Severity,
    Submission,
    Visit,
)
from hamroh.fieldwork.states import CampaignStates
from hamroh.kernel.states import MoveRefused
from hamroh.vault import journal


class CampaignRefused(ValueError):
    """It cannot be written so; the message can be shown."""


@dataclass(frozen=True)
class Plan:
    """What a campaign asks and when; texts are ``{lang: text}``."""

    titles: Mapping[str, str]
    questions: Mapping[str, str]
    from_date: dt.date
    until_date: dt.date
    remarks: Mapping[str, str]
    asked: str = ""


@dataclass(frozen=True)
class Planned:
    """An area as it is planned."""

    place: AdminUnit
    party: Party | None
    visits: int
    interviews: int


@transaction.atomic
def plan_campaign(*, actor: Any, organisation: Organisation, plan: Plan, forms: Iterable[Form] = ()) -> Campaign:
    """A campaign, not begun yet."""
    row = Campaign(organisation=organisation, made_by=actor, **_told(plan))
    policy.require(actor, "campaign.edit", row)
    row.save()
    row.forms.set(_own(organisation, forms))
    CampaignMember.objects.create(organisation=organisation, campaign=row, person=actor)
    journal.record(actor=actor, verb="campaign.plan", about=row)
    return row


def _told(plan: Plan) -> dict[str, Any]:
    if plan.until_date < plan.from_date:
        raise CampaignRefused(_("It ends before it begins."))
    return {
        "titles": dict(plan.titles), "questions": dict(plan.questions), "remarks": dict(plan.remarks), "asked": plan.asked,
        "from_date": plan.from_date, "until_date": plan.until_date,
    }  # fmt: skip


def _own(organisation: Organisation, forms: Iterable[Form]) -> list[Form]:
    found = list(forms)
    if any(each.organisation_id != organisation.pk for each in found):
        raise policy.Refused("a form of another organisation")
    return found


@transaction.atomic
def change_campaign(*, actor: Any, campaign: Campaign, plan: Plan, forms: Iterable[Form]) -> Campaign:
    """Another wording, other days, other forms; not once it is over."""
    row = _open(actor, campaign, "campaign.edit")
    for name, value in _told(plan).items():
        setattr(row, name, value)
    row.changed_at = timezone.now()
    row.save()
    row.forms.set(_own(row.organisation, forms))
    journal.record(actor=actor, verb="campaign.change", about=row)
    return row


def _open(actor: Any, campaign: Campaign, verb: str) -> Campaign:
    rows = Campaign.objects.select_for_update(of=("self",)).select_related("organisation")
    row: Campaign = rows.get(pk=campaign.pk)
    policy.require(actor, verb, row)
    if row.state == "over":
        raise CampaignRefused(_("This campaign is over: nothing is written in it any more."))
    return row


@transaction.atomic
def set_areas(*, actor: Any, campaign: Campaign, areas: Sequence[Planned]) -> None:
    """Where people go, all areas at once; organisations that are named there go with it."""
    row = _open(actor, campaign, "campaign.edit")
    if len({each.place.pk for each in areas}) < len(areas):
        raise CampaignRefused(_("One place was named twice."))
    CampaignArea.objects.filter(campaign=row).delete()
    CampaignArea.objects.bulk_create(
        CampaignArea(
            organisation_id=row.organisation_id, campaign=row, place=each.place, party=each.party, visits=each.visits,
            interviews=each.interviews,
        )
        for each in areas
    )  # fmt: skip
    have = set(CampaignParty.objects.filter(campaign=row).values_list("party", flat=True))
    new = {each.party.pk: each.party for each in areas if each.party and each.party.pk not in have}
    CampaignParty.objects.bulk_create(
        CampaignParty(organisation_id=row.organisation_id, campaign=row, party=party) for party in new.values()
    )
    journal.record(actor=actor, verb="campaign.set_areas", about=row, facts={"areas": len(areas)})


@transaction.atomic
def set_team(*, actor: Any, campaign: Campaign, people: Iterable[User]) -> None:
    """Who is of the team: people of the organisation."""
    row = _open(actor, campaign, "campaign.edit")
    wanted = {person.pk: person for person in people}
    CampaignMember.objects.filter(campaign=row).exclude(person__in=wanted).delete()
    have = set(CampaignMember.objects.filter(campaign=row).values_list("person", flat=True))
    CampaignMember.objects.bulk_create(
        CampaignMember(organisation_id=row.organisation_id, campaign=row, person=person)
        for pk, person in wanted.items()
        if pk not in have
    )
    journal.record(actor=actor, verb="campaign.set_team", about=row, facts={"people": len(wanted)})


@transaction.atomic
def move_campaign(*, actor: Any, campaign: Campaign, after: str) -> None:
    """Begin it, end it, or go on with it."""
    rows = Campaign.objects.select_for_update(of=("self",))
    row: Campaign = rows.get(pk=campaign.pk)
    policy.require(actor, "campaign.edit", row)
    try:
        CampaignStates.check(row.state, after)
    except MoveRefused:
        raise CampaignRefused(_("It stands there already, or that does not follow from here.")) from None
    row.state, row.changed_at = after, timezone.now()
    row.save(update_fields=["state", "changed_at"])
    journal.record(actor=actor, verb="campaign.move", about=row, facts={"after": after})


# -- what was found ------------------------------------------------------------------------------------------------


def party_of(campaign: Campaign, code: str) -> Party | None:
    """An organisation that goes, by its code in the directory."""
    if not code.strip():
        return None
    rows = CampaignParty.objects.filter(campaign=campaign, party__code=code.strip()).select_related("party")
    found = rows.first()
    if found is None:
        raise CampaignRefused(_("No organisation of this campaign has this code."))
    return found.party


@transaction.atomic
def add_visit(
    *, actor: Any, campaign: Campaign, place: AdminUnit | None, on_date: dt.date, kind: str, interviews: int = 0,
    party: Party | None = None, words: str = "", submission: Submission | None = None,
) -> Visit:  # fmt: skip
    """Somebody was there."""
    row = _running(actor, campaign)
    if not row.from_date <= on_date <= row.until_date:
        raise CampaignRefused(_("That day is not within the time of the campaign."))
    visit = Visit(
        organisation_id=row.organisation_id, campaign=row, place=place, party=party, submission=submission, kind=kind, on_date=on_date,
        interviews=interviews, words=words.strip() or None, made_by=actor,
    )  # fmt: skip
    visit.save()
    journal.record(actor=actor, verb="campaign.add_visit", about=row, facts={"visit": str(visit.pk)})
    return visit


def _running(actor: Any, campaign: Campaign) -> Campaign:
    row = _open(actor, campaign, "campaign.write")
    if row.state != "running":
        raise CampaignRefused(_("This campaign is not under way."))
    return row


@transaction.atomic
def remove_visit(*, actor: Any, visit: Visit) -> None:
    """It was none, or not here; what it found stays with the campaign."""
    row = _open(actor, visit.campaign, "campaign.write")
    journal.record(actor=actor, verb="campaign.remove_visit", about=row, facts={"visit": str(visit.pk)})
    Carried.objects.filter(kind="fieldwork.visit", record_id=str(visit.pk), undone_at=None).update(
        undone_at=timezone.now()
    )
    visit.delete()


@transaction.atomic
def add_finding(
    *, actor: Any, campaign: Campaign, severity: str, words: str, place: AdminUnit | None = None, visit: Visit | None = None
) -> Finding:  # fmt: skip
    """What was found, in words without names."""
    row = _running(actor, campaign)
    if severity not in Severity.values or not words.strip():
        raise CampaignRefused(_("Say what was found and how grave it is."))
    finding = Finding(
        organisation_id=row.organisation_id, campaign=row, visit=visit, place=place or (visit.place if visit else None), severity=severity,
        words=words.strip(), made_by=actor,
    )  # fmt: skip
    finding.save()
    journal.record(actor=actor, verb="campaign.find", about=row, facts={"severity": severity})
    return finding


@transaction.atomic
def follow_up(
    *, actor: Any, campaign: Campaign, words: str, person: User, until_date: dt.date, finding: Finding | None = None
) -> FollowUp:  # fmt: skip
    """Something is to be done about it; it stands among the tasks of whoever does it, and is late there after its day."""
    row = _open(actor, campaign, "campaign.write")
    if not words.strip():
        raise CampaignRefused(_("Say what is to be done."))
    made = FollowUp(
        organisation_id=row.organisation_id, campaign=row, finding=finding, words=words.strip(), person=person, until_date=until_date,
        made_by=actor,
    )  # fmt: skip
    made.save()
    reminder = _("Something is to be done after a visit")
    desk.add_task(
        actor=actor, organisation=row.organisation, words=reminder, due_date=until_date, record=row, assignee=person
    )
    journal.record(actor=actor, verb="campaign.follow_up", about=row, facts={"follow_up": str(made.pk)})
    return made


@transaction.atomic
def end_follow_up(*, actor: Any, follow: FollowUp, dropped: bool = False) -> None:
    """It is done, or will not be."""
    rows = FollowUp.objects.select_for_update(of=("self",)).select_related("campaign")
    row: FollowUp = rows.get(pk=follow.pk)
    policy.require(actor, "campaign.write", row)
    if row.ended_at is None:
        row.ended_at, row.is_dropped = timezone.now(), dropped
        row.save()
        facts = {"follow_up": str(row.pk), "dropped": dropped}
        journal.record(actor=actor, verb="campaign.end_follow_up", about=row.campaign, facts=facts)


# -- the report ----------------------------------------------------------------------------------------------------


@transaction.atomic
def freeze_report(*, actor: Any, campaign: Campaign, content: Mapping[str, Any]) -> Report:
    """The report as it stands now, for good: made once the campaign is over. CampaignRefused before that."""
    rows = Campaign.objects.select_for_update(of=("self",))
    row: Campaign = rows.get(pk=campaign.pk)
    policy.require(actor, "campaign.report", row)
    if row.state != "over":
        raise CampaignRefused(_("A report is frozen once the campaign is over."))
    plain = json.loads(json.dumps(content))
    number = (Report.objects.filter(campaign=row).aggregate(last=Max("number"))["last"] or 0) + 1
    made = Report(
        organisation_id=row.organisation_id, campaign=row, number=number, content=plain, digest=digest_of(plain), made_by=actor
    )  # fmt: skip
    made.save()
    journal.record(actor=actor, verb="campaign.freeze", about=row, facts={"number": number, "digest": made.digest})
    return made


def digest_of(content: Any) -> str:
    """The SHA-256 of a report's content, whoever works it out."""
    plain = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()
