"""Campaigns: the list, one with its coverage, what was found, and what its report says."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet, Sum

from hamroh.accounts import policy
from hamroh.accounts.models import Membership, Organisation, User
from hamroh.accounts.policy import Decision
from hamroh.directory.models import AdminUnit
from hamroh.fieldwork.models import (
    Campaign,
    CampaignArea,
    CampaignParty,
    Finding,
    FollowUp,
    Form,
    Report,
    Severity,
    Visit,
)
from hamroh.fieldwork.selectors.results import name_of, questions_of
from hamroh.kernel.disclosure import ALL, Dimension, Published, Shape, Table, protect
from hamroh.kernel.text import sort_key
from hamroh.vault import opening
from hamroh.vault.models import FiguresRelease
from hamroh.web.texts import pick

#: the register's key of tables of answers, and its word for who was asked and did not answer
ANSWERS, UNANSWERED = "answers", "none"


def campaigns(*, actor: Any, organisation: Organisation) -> QuerySet[Campaign]:
    """What the actor may see, the newest first, with how much was planned and done."""
    rows = policy.visible(actor, "campaign.see", Campaign.objects.filter(organisation=organisation))
    counted = rows.annotate(places=Count("areas", distinct=True), done=Count("visits", distinct=True))
    found: QuerySet[Campaign] = counted.order_by("-from_date", "pk")
    return found


def campaign_of(*, actor: Any, code: str, verb: str = "campaign.see") -> tuple[Campaign, Decision]:
    """The campaign of a code; Refused otherwise."""
    return policy.fetch(actor, verb, Campaign.objects.filter(code=code).select_related("organisation"))


@dataclass(frozen=True)
class Covered:
    """An area with what was planned and what was done there."""

    key: str
    place: AdminUnit
    party: Any
    planned: int
    visited: int
    to_ask: int
    asked: int

    @property
    def share(self) -> int | None:
        """Per cent of the planned visits, at most a hundred."""
        return min(100, 100 * self.visited // self.planned) if self.planned else None


def coverage(*, campaign: Campaign, lang: str) -> list[Covered]:
    """Every planned area beside its visits, then places where somebody went without a plan; by name."""
    areas = CampaignArea.objects.filter(campaign=campaign).select_related("place", "party")
    done = Visit.objects.filter(campaign=campaign, place__isnull=False).values("place").order_by()
    counts = {each["place"]: each for each in done.annotate(visits=Count("pk"), people=Sum("interviews"))}
    found = [_covered(each.place, each, counts.pop(each.place_id, {})) for each in areas]
    places = AdminUnit.objects.in_bulk(counts)
    found += [_covered(places[pk], None, each) for pk, each in counts.items()]
    return sorted(found, key=lambda each: sort_key(name_of(each.place, lang), lang))


def _covered(place: AdminUnit, area: CampaignArea | None, done: Mapping[str, Any]) -> Covered:
    return Covered(
        place.key, place, area.party if area else None, area.visits if area else 0, done.get("visits", 0),
        area.interviews if area else 0, done.get("people") or 0,
    )  # fmt: skip


def parties(*, campaign: Campaign, lang: str) -> list[tuple[str, str]]:
    """Organisations that go: code and name."""
    rows = CampaignParty.objects.filter(campaign=campaign).select_related("party")
    return sorted(
        ((each.party.code, pick(each.party.names, lang).text or each.party.code) for each in rows),
        key=lambda each: each[1],
    )


def team(*, campaign: Campaign) -> list[User]:
    return list(User.objects.filter(pk__in=campaign.team.values("person")).order_by("display_name"))


def colleagues(*, organisation: Organisation) -> list[User]:
    """Who may be of a team: everybody with a role there."""
    held = Membership.objects.current().filter(organisation=organisation)
    return list(User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("display_name", "pk"))


def visits(*, campaign: Campaign) -> QuerySet[Visit]:
    rows: QuerySet[Visit] = Visit.objects.filter(campaign=campaign)
    return rows.select_related("place", "party", "submission", "made_by").order_by("-on_date", "-made_at", "pk")


def findings(*, campaign: Campaign, decision: Decision) -> list[dict[str, Any]]:
    """What was found, the gravest first, opened for who goes or supervises."""
    rows = (
        Finding.objects.filter(campaign=campaign)
        .select_related("place", "made_by")
        .order_by("-severity", "-made_at", "pk")
    )
    return [{"row": row, **opening.open_each(row, ("words",), decision=decision, purpose="page")} for row in rows]


def follow_ups(*, campaign: Campaign, decision: Decision) -> list[dict[str, Any]]:
    """What is to be done, what waits first and by its day."""
    rows = (
        FollowUp.objects.filter(campaign=campaign)
        .select_related("person", "finding")
        .order_by("ended_at", "until_date", "pk")
    )
    found = [{"row": row, **opening.open_each(row, ("words",), decision=decision, purpose="page")} for row in rows]
    return sorted(found, key=lambda each: each["row"].ended_at is not None)


def grave(*, campaign: Campaign) -> list[tuple[str, str, int]]:
    """How many findings of each severity, the gravest first: counts alone."""
    rows = Finding.objects.filter(campaign=campaign).values_list("severity").annotate(Count("pk")).order_by()
    counts = dict(rows)
    return [(code, str(label), counts.get(code, 0)) for code, label in reversed(Severity.choices)]


def follow_counts(*, campaign: Campaign) -> dict[str, int]:
    """How many follow-ups there are, are done, were dropped."""
    rows = FollowUp.objects.filter(campaign=campaign).values_list("ended_at", "is_dropped")
    kinds = Counter("waits" if ended is None else "dropped" if dropped else "done" for ended, dropped in rows)
    return {name: kinds.get(name, 0) for name in ("waits", "done", "dropped")}


def follow_of(*, campaign: Campaign, pk: UUID) -> FollowUp:
    found: FollowUp | None = FollowUp.objects.filter(campaign=campaign, pk=pk).first()
    if found is None:
        raise policy.Refused("no such follow-up of this campaign")
    return found


def finding_of(*, campaign: Campaign, pk: UUID) -> Finding:
    found: Finding | None = Finding.objects.filter(campaign=campaign, pk=pk).first()
    if found is None:
        raise policy.Refused("no such finding of this campaign")
    return found


def visit_of(*, campaign: Campaign, pk: UUID) -> Visit:
    found: Visit | None = Visit.objects.filter(campaign=campaign, pk=pk).select_related("campaign").first()
    if found is None:
        raise policy.Refused("no such visit of this campaign")
    return found


# -- the first picture ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Answered:
    """The answers to the campaign's question that were let out: names of choices with counts, None where withheld."""

    label: Mapping[str, str]
    choices: Sequence[tuple[str, Mapping[str, str], int | None]]
    whole: int | None
    turn: int | None


def asked_of(*, campaign: Campaign) -> tuple[Form, dict[str, Any]] | None:
    """The question of the first picture, and its form."""
    for form in campaign.forms.all():
        for each in questions_of(form):
            if each["path"] == campaign.asked:
                return form, each
    return None


def answered(*, campaign: Campaign) -> Answered | None:
    """The newest table of that question that was let out through the register of figures; None where none was.

    The picture shows what everybody may have, and nothing that only stands in the answers.
    """
    found = asked_of(campaign=campaign)
    if found is None:
        return None
    form, question = found
    rows = FiguresRelease.objects.filter(
        organisation_id=campaign.organisation_id, population__key=ANSWERS, refusal="", asked__form=form.code,
        asked__question=campaign.asked, asked__by_place=False,
    )  # fmt: skip
    row = rows.order_by("-turn").first()
    if row is None or not row.table:
        return None
    shown = Published.from_json(row.table).shown
    names = [(each["name"], each["labels"]) for each in question["choices"] or ()]
    choices = [(name, labels, shown.get((name,))) for name, labels in [*names, (UNANSWERED, {})]]
    return Answered(question["labels"], choices, shown.get((ALL,)), row.turn)


def share_of(count: int | None, answered_: Answered) -> int | None:
    """Per cent of those who were asked, whole; None where either number is withheld."""
    if count is None or not answered_.whole:
        return None
    return int((Decimal(100 * count) / answered_.whole).quantize(Decimal(1)))


# -- the report ----------------------------------------------------------------------------------------------------


def report_content(*, campaign: Campaign) -> dict[str, Any]:
    """Everything that the report says, in codes and texts of all languages: so it reads in four languages and is frozen once."""
    covered = coverage(campaign=campaign, lang="en")
    about_children = campaign.forms.filter(about_children=True).exists()
    people, together = _people(covered, about_children=about_children)
    rows = CampaignParty.objects.filter(campaign=campaign).select_related("party").order_by("party__code")
    answers = answered(campaign=campaign)
    return {
        "titles": campaign.titles, "questions": campaign.questions, "remarks": campaign.remarks,
        "from": campaign.from_date.isoformat(), "until": campaign.until_date.isoformat(), "about_children": about_children,
        "house": campaign.organisation.names, "parties": [each.party.names for each in rows],
        "areas": [
            {"key": each.key, "names": each.place.names, "at": [each.place.latitude, each.place.longitude], "planned": each.planned,
             "visited": each.visited, "to_ask": each.to_ask, "asked": people[each.key]}
            for each in covered
        ],
        "visits": sum(each.visited for each in covered), "planned": sum(each.planned for each in covered),
        "people": together, "findings": {code: count for code, _label, count in grave(campaign=campaign)},
        "follow_ups": follow_counts(campaign=campaign),
        "answers": None if answers is None else {
            "labels": dict(answers.label), "whole": answers.whole, "turn": answers.turn,
            "choices": [[name, labels, count, share_of(count, answers)] for name, labels, count in answers.choices],
        },
    }  # fmt: skip


def _people(covered: Sequence[Covered], *, about_children: bool) -> tuple[dict[str, int | None], int | None]:
    """With how many people they talked in each place; of children small numbers are withheld, with what would give them away."""
    if not about_children or not covered:
        return {each.key: each.asked for each in covered}, sum(each.asked for each in covered)
    shape = Shape((Dimension.of("place", [each.key for each in covered]),))
    found = protect(Table(shape, {(each.key,): each.asked for each in covered}))
    if found.refusal:
        return dict.fromkeys(each.key for each in covered), None
    shown = found.published().shown
    return {each.key: shown.get((each.key,)) for each in covered}, shown.get((ALL,))


def report_of(*, campaign: Campaign, number: int) -> Report:
    found: Report | None = Report.objects.filter(campaign=campaign, number=number).select_related("made_by").first()
    if found is None:
        raise policy.Refused("no such report of this campaign")
    return found


def reports(*, campaign: Campaign) -> list[Report]:
    return list(Report.objects.filter(campaign=campaign).defer("content").select_related("made_by").order_by("-number"))
