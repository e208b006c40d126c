"""Projects of the demonstration: those that documents tell of, and an invented, running one with figures, work and a campaign."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation, User
from hamroh.directory import actions as directory
from hamroh.directory.actions import PartyFacts, SourceFacts
from hamroh.directory.models import AdminUnit, Party, PartyKind
from hamroh.directory.models.parties import LegalStatus
from hamroh.kernel import datafiles
from hamroh.projects import actions, selectors
from hamroh.projects.actions import Aimed, ProjectTold, Reached
from hamroh.projects.models import Project
from hamroh.thesaurus.models import Concept
from hamroh.vault import journal

FILE = "demo/projects.yml"


@dataclass
class Desk:
    """The house, who plans and who guides there, and what rows name by key."""

    house: Organisation
    plans: User
    guides: User
    told: Mapping[str, Any]
    places: Mapping[str, AdminUnit]
    parties: Mapping[str, Party]
    themes: Mapping[str, Concept]
    today: dt.date
    rows: dict[str, Project] = field(default_factory=dict)

    def on(self, days: int) -> dt.date:
        return self.today + dt.timedelta(days=days)


def count() -> int:
    """How many projects there are, for a progress bar."""
    return len(datafiles.document(FILE)["projects"]) + 1


def load_projects(tick: Callable[[], Any]) -> None:
    """Bring them in through the room's own actions; a house that has a project already is left alone."""
    told = datafiles.document(FILE)
    house = Organisation.objects.get(code=told["house"])
    if Project.objects.filter(organisation=house).exists():
        return
    staff = {user.username: user for user in User.objects.filter(memberships__organisation=house)}
    places = {row.key: row for row in AdminUnit.objects.filter(level__in=("country", "region", "district", "city"))}
    parties = {str(row.key): row for row in Party.objects.filter(key__isnull=False)}
    themes = {row.key: row for row in Concept.objects.filter(key__startswith="hm")}
    with journal.openings("command"), policy.remembered(), transaction.atomic():
        desk = Desk(
            house, staff[told["plans"]], staff[told["guides"]], told, places, parties, themes, timezone.now().date()
        )
        _own_entry(desk, staff[told["keeps"]])
        for each in sorted(told["projects"], key=lambda each: "part_of" in each):
            _project(desk, each)
            tick()
        _running(desk, told["running"])
        tick()


def _own_entry(desk: Desk, editor: User) -> None:
    """The entry of the directory that stands for the house, so that files which it publishes say who it is."""
    note = desk.told["note"]
    facts = PartyFacts(
        kind=PartyKind.REGISTERED_NGO, names=desk.house.names, description=note, legal_status=LegalStatus.REGISTERED, country="tj",
        seat="tj-kt-kulob", sources=(SourceFacts(title=note["en"].rstrip(".")),),
    )  # fmt: skip
    entry = directory.create_party(actor=editor, facts=facts, key=desk.house.code)
    directory.list_entry(actor=editor, entry=entry)
    directory.stand_for(actor=editor, party=entry)


def _project(desk: Desk, told: Mapping[str, Any]) -> None:
    """Everything of it is written first and made public then, so that the index is written once."""
    said = ProjectTold(
        reference=told["ref"], titles=told["titles"], kind=told["kind"], scope=told["scope"], objectives=told.get("objectives", {}),
        starts=told.get("starts", ""), ends=told.get("ends", ""), period_notes=desk.told["notes"].get(told.get("note"), {}),
        subjects=[desk.themes[key] for key in told.get("themes", ())], source=told["source"], part_of=desk.rows.get(told.get("part_of", "")),
        owners=[desk.plans], remarks=told.get("remarks", {}),
    )  # fmt: skip
    desk.rows[told["ref"]] = row = actions.make_project(actor=desk.plans, organisation=desk.house, told=said)
    _beside(desk, row, told.get("bears", ()), [(key, None) for key in told.get("places", ())])
    _sector(desk, row, told)
    for result in told.get("results", ()):
        _result(desk, row, result)
    _make_public(desk, row, said)


def _make_public(desk: Desk, row: Project, said: ProjectTold) -> None:
    actions.change_project(actor=desk.plans, project=row, told=replace(said, visibility="public"), seen=row.changed_at)


def _note(desk: Desk, row: Project, what: str, **told: Any) -> Any:
    return actions.note_part(actor=desk.plans, project=row, what=what, told=told)


def _beside(desk: Desk, row: Project, bears: Any, places: Any) -> None:
    for key, role in bears:
        _note(desk, row, "party", party=desk.parties[key], role=role)
    for key, share in places:
        _note(desk, row, "place", place=desk.places[key], share=None if share is None else Decimal(share))


def _sector(desk: Desk, row: Project, told: Mapping[str, Any]) -> None:
    if code := told.get("sector"):
        _note(desk, row, "sector", vocabulary="1", code=code, names=desk.told["sectors"][code])


def _result(desk: Desk, row: Project, told: Mapping[str, Any]) -> None:
    """A result of a document: figures as printed, or why there are none."""
    result = _note(desk, row, "result", level=told["level"], number=told["number"], titles=told["titles"])
    for each in told["indicators"]:
        indicator = _note(
            desk, row, "indicator", result=result, code=each["code"], titles=each["titles"], is_public=True
        )
        for period in each["periods"]:
            aimed = Aimed(dt.date.fromisoformat(period["starts"]), dt.date.fromisoformat(period["ends"]))
            made = actions.plan_periods(actor=desk.plans, project=row, indicator=indicator.pk, periods=[aimed])[0]
            if "missing" in period:
                actions.change_period(
                    actor=desk.plans, project=row, period=made.pk, value=None, words="", missing=period["missing"], seen=""
                )  # fmt: skip
            for reached in period.get("reached", ()):
                source = Reached(
                    "document", Decimal(reached["value"]), at_least=reached.get("at_least", False), source_words=reached["words"]
                )  # fmt: skip
                _reach(desk, row, made, source)


def _reach(desk: Desk, row: Project, period: Any, reached: Reached) -> None:
    """One writes it, another one looks at it."""
    actual = actions.write_actual(actor=desk.plans, project=row, period=period.pk, reached=reached)
    actions.approve_actual(actor=desk.guides, project=row, actual=actual.pk)


def _running(desk: Desk, told: Mapping[str, Any]) -> None:
    first, last = desk.on(told["begins"]), desk.on(told["begins"] + told["lasts"] - 1)
    said = ProjectTold(
        reference=told["ref"], titles=told["titles"], objectives=told["objectives"], starts=first.isoformat(),
        starts_planned=first.isoformat(), ends_planned=last.isoformat(), owners=[desk.plans, desk.guides],
        subjects=[desk.themes[key] for key in told["themes"]], remarks=desk.told["notes"]["made"],
        policy_markers=[{"vocabulary": "1", "code": "1", "significance": "2"}],
    )  # fmt: skip
    row = actions.make_project(actor=desk.plans, organisation=desk.house, told=said)
    _beside(desk, row, told["bears"], told["places"])
    _sector(desk, row, told)
    for each in told["money"]:
        amount, middle = Decimal(each["amount"]), first + dt.timedelta(days=364)
        _note(
            desk,
            row,
            "budget",
            starts_date=first,
            ends_date=middle,
            amount=amount,
            currency=each["currency"],
            value_date=first,
        )
        _note(
            desk, row, "money", kind="1", amount=amount / 2, currency=each["currency"], on_date=first, value_date=first,
            provider=desk.parties[told["bears"][0][0]],
        )  # fmt: skip
    _plan(desk, row, told, first)
    _work(desk, row, told)
    _note(desk, row, "day", kind="report", on_date=desk.on(told["report"]))
    _make_public(desk, row, said)


def _plan(desk: Desk, row: Project, told: Mapping[str, Any], first: dt.date) -> None:
    """Results under each other, each with a figure of what was reached so far."""
    results: dict[str, Any] = {}
    trained = selectors.choices_of(actor=desk.plans, project=row, kind="training")
    for each in told["results"]:
        parent = results.get(each.get("parent", ""))
        results[each["number"]] = result = _note(
            desk, row, "result", level=each["level"], number=each["number"], titles=each["titles"], parent=parent
        )
        for one in each["indicators"]:
            indicator = _note(
                desk, row, "indicator", result=result, code=one["code"], titles=one["titles"], is_public=True
            )
            aimed = Aimed(first, first + dt.timedelta(days=364), Decimal(one["target"]))
            made = actions.plan_periods(actor=desk.plans, project=row, indicator=indicator.pk, periods=[aimed])[0]
            if "value" in one:
                _reach(desk, row, made, Reached("document", Decimal(one["value"]), source_words=one["words"]))
            elif found := next((each for each in trained if each.value < aimed.value), None):  # type: ignore[operator]
                _reach(desk, row, made, Reached("training", source_ref=found.ref))


def _work(desk: Desk, row: Project, told: Mapping[str, Any]) -> None:
    """Activities, a campaign, a risk and a lesson."""
    make = actions.activities.make
    for each in told["activities"]:
        starts, ends = desk.on(each["starts"]), desk.on(each["starts"] + each["lasts"] - 1)
        work = make(
            actor=desk.plans, organisation=desk.house, what="activity",
            told={
                "project": row, "who": desk.parties[each["who"]], "place": desk.places[each["place"]], "whats": each["what"],
                "starts": starts.isoformat(), "ends": ends.isoformat(), "state": each["state"],
            },
        )  # fmt: skip
        for people in each.get("reach", ()):
            actions.activities.note_beside(actor=desk.plans, row=work, what="reach", told=people)
    campaign = make(
        actor=desk.plans, organisation=desk.house, what="campaign",
        told={"project": row, "titles": told["campaign"]["titles"], "state": "ongoing", "is_public": True},
    )  # fmt: skip
    for what, rows in (("material", told["campaign"]["materials"]), ("reached", told["campaign"]["reached"])):
        for each in rows:
            given = {**each, **({"place": desk.places[each["place"]]} if "place" in each else {})}
            actions.activities.note_beside(actor=desk.plans, row=campaign, what=what, told=given)
    risk = dict(told["risk"])
    _note(desk, row, "risk", owner=desk.guides, review_date=desk.on(risk.pop("review")), **risk)
    make(
        actor=desk.plans, organisation=desk.house, what="lesson", told={"project": row, "is_public": True, **told["lesson"]}
    )  # fmt: skip
