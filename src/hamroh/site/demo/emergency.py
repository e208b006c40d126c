"""An emergency of the demonstration: a mudflow exercise from the first report to the alert and two situation reports."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation, User
from hamroh.directory.models import AdminUnit
from hamroh.emergencies import actions
from hamroh.emergencies.actions.alerts import Draft
from hamroh.emergencies.actions.damage import Hit, Told
from hamroh.emergencies.models import Event, Household, Incident, LogLine, SeverityLine
from hamroh.kernel import datafiles
from hamroh.kernel.damage import Count, Known
from hamroh.vault import journal

FILE = "demo/emergency.yml"
#: so long ago it began
BEGAN = dt.timedelta(hours=20)


@dataclass(frozen=True)
class Exercise:
    """The house and its people, places by key, and what the file tells."""

    house: Organisation
    staff: Mapping[str, User]
    places: Mapping[str, AdminUnit]
    told: Mapping[str, Any]
    began: dt.datetime

    @property
    def leads(self) -> User:
        return self.staff[self.told["leads"]]

    def at(self, minutes: float) -> dt.datetime:
        return self.began + dt.timedelta(minutes=minutes)


def load_emergency() -> None:
    """Play the exercise through the room's own actions; a house that has an emergency already is left alone."""
    told = datafiles.document(FILE)
    house = Organisation.objects.get(code=told["house"])
    if Event.objects.filter(organisation=house).exists():
        return
    staff = {user.username: user for user in User.objects.filter(memberships__organisation=house)}
    places = AdminUnit.objects.in_bulk(told["event"]["areas"], field_name="key")
    with journal.openings("command"), policy.remembered(), transaction.atomic():
        _play(Exercise(house, staff, places, told, timezone.now().replace(microsecond=0) - BEGAN))


def _play(game: Exercise) -> None:
    told = game.told
    event = actions.declare_event(
        actor=game.leads, organisation=game.house, started_at=game.began, is_exercise=True, **told["event"]
    )
    _lead(game, event)
    _cards(game, event, told["cards"])
    for each in told["households"]:
        _household(game, event, each)
    _work(game, event)
    _alert(game, event)
    _report(game, event, 0)
    _cards(game, event, told["cards_later"])
    _report(game, event, 1)


def _lead(game: Exercise, event: Event) -> None:
    for each in game.told["incidents"]:
        incident = actions.declare_incident(
            actor=game.leads, event=event, place=game.places[each["place"]], lead=each["lead"], severity=each["severity"], level=each["level"],
            started_at=game.at(each["at"]), spot=each["spot"], commander=game.leads, words=each["words"],
        )  # fmt: skip
        _assess(game, event, incident)
    for each in game.told["log"]:
        actions.write_log(
            actor=game.leads, event=event, kind=each["kind"], words=each["words"], happened_at=game.at(each["at"])
        )
    _dated(LogLine, event, game.at(5))
    for each in game.told["shifts"]:
        begins = timezone.now() + dt.timedelta(hours=each["from"])
        actions.plan_shift(
            actor=game.leads, event=event, person=game.staff[each["person"]], duty=each["duty"], starts_at=begins,
            ends_at=begins + dt.timedelta(hours=each["hours"]), phone=each["phone"],
        )  # fmt: skip


def _assess(game: Exercise, event: Event, incident: Incident) -> None:
    _dated(SeverityLine, event, game.at(10))
    actions.assess(actor=game.leads, event=event, incident=incident, **game.told["assessed"])


def _dated(model: Any, event: Event, moment: dt.datetime) -> None:
    """Lines that were written just now stand at the moment at which they would have been."""
    model.objects.filter(event=event).update(made_at=moment)


def _cards(game: Exercise, event: Event, rows: list[Mapping[str, Any]]) -> None:
    for each in rows:
        counts = {name: _count(value) for name, value in each["counts"].items()}
        told = Told(
            place=game.places[each["place"]], source=each["source"], source_name=each["name"], on_date=timezone.now().date(), counts=counts,
            sectors=each.get("sectors", ()),
        )  # fmt: skip
        actions.enter_card(actor=game.staff["daler"], event=event, told=told)


def _count(value: Any) -> Count:
    if value == "some":
        return Count(Known.SOME)
    return Count(Known.NUMBER, value) if value else Count(Known.NONE)


def _household(game: Exercise, event: Event, each: Mapping[str, Any]) -> None:
    losses = {name: each[name] for name in ("house", "barn", "plot", "livestock", "words") if each.get(name)}
    hit = Hit(alias=each["alias"], place=game.places[each["place"]], members=each["members"], losses=losses)
    row = actions.enter_household(actor=game.staff["zebo"], event=event, hit=hit)
    today = timezone.now().date()
    actions.give_aid(
        actor=game.staff["zebo"], event=event, household=row, kind="rations", on_date=today,
        facts={"giver": game.told["rations_from"], "days": each["rations"]},
    )  # fmt: skip
    if each.get("offer"):
        _offer(game, event, row, each)


def _offer(game: Exercise, event: Event, row: Household, each: Mapping[str, Any]) -> None:
    offer = game.told["offer"]
    facts = {"by": offer["by"], "terms": offer["terms"], **({"why": each["why"]} if each.get("why") else {})}
    actions.note_offer(
        actor=game.staff["zebo"], event=event, household=row, place=game.places[offer["place"]], on_date=timezone.now().date(),
        answer=each["offer"], facts=facts,
    )  # fmt: skip


def _work(game: Exercise, event: Event) -> None:
    for each in game.told["needs"]:
        need = actions.note_need(
            actor=game.leads,
            event=event,
            place=game.places[each["place"]],
            sector=each["sector"],
            item=each["item"],
            quantity=each["quantity"],
        )
        if each.get("giver"):
            actions.note_response(
                actor=game.leads, event=event, need=need, giver=each["giver"], quantity=each["given"], is_delivered=each["delivered"],
                on_date=timezone.now().date(),
            )  # fmt: skip
    for each in game.told["tasks"]:
        who = game.staff[each["to"]]
        task = actions.give_task(
            actor=game.leads, event=event, assignee=who, title=each["title"], due_at=game.at(each["minutes"])
        )
        if each.get("done"):
            actions.move_task(actor=who, event=event, task=task, after="done", before="given")


def _alert(game: Exercise, event: Event) -> None:
    told = game.told["alert"]
    facts = {
        **told["facts"],
        "expires": (timezone.now() + dt.timedelta(days=told["days"])).replace(microsecond=0).isoformat(),
    }
    draft = Draft(hazard=event.hazard, facts=facts, areas=[event.areas[0]], texts=told["texts"], event=event)
    alert = actions.compose_alert(actor=game.leads, organisation=game.house, draft=draft)
    actions.ask_for_signatures(actor=game.leads, alert=alert, seen=alert.version)
    for who in (game.leads, game.staff[game.told["signs"]]):
        actions.sign_alert(actor=who, alert=alert, seen=alert.version)


def _report(game: Exercise, event: Event, number: int) -> None:
    actions.freeze_report(actor=game.leads, event=event, words=game.told["reports"][number], seen=number)
