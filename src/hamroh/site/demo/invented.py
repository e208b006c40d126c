"""Invented organisations and services, drawn by a fixed seed, so that every place of the demonstration answers."""

import datetime as dt
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from hamroh.accounts.models import User
from hamroh.directory import actions
from hamroh.directory.actions import LocationFacts, PartyFacts, PhoneFacts, ScheduleFacts, ServiceFacts, SourceFacts
from hamroh.directory.models import AdminUnit, Party, Service
from hamroh.kernel import datafiles

Texts = dict[str, str]
SEED = 20_261_122
CENTRE_SERVICES = (
    "lawyer", "psychologist", "papers", "village", "mediation", "court", "debts", "trade", "budget", "search", "doctor",
)  # fmt: skip
LANGUAGES = {"tj": ("tg", "ru", "uz"), "az": ("az", "ru"), "ru": ("ru", "tg", "az")}
#: one service in six was checked long ago, so that the pages show what that looks like
STALE_EVERY, STALE_DAYS = 6, 260


@dataclass(frozen=True)
class Plan:
    """One invented party: its pattern, its name, where it is and what it does."""

    number: int
    pattern: str
    name: Texts
    country: str
    unit: str
    services: tuple[str, ...]

    @property
    def key(self) -> str:
        return f"demo-{self.pattern}-{self.number:02d}"


def plans(invented: dict[str, Any]) -> list[Plan]:
    """Every party that will be invented; always the same ones."""
    chance = random.Random(SEED)  # noqa: S311 - nothing secret hangs on it
    return [
        Plan(number, pattern, chance.choice(invented["names"]), country, unit, services)
        for number, (pattern, country, unit, services) in enumerate(_kinds(invented["places"]), start=1)
    ]


def _kinds(places: dict[str, list[str]]) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    for country in ("tj", "az"):
        yield "line", country, country, ("hotline", "shelter")
        for place, unit in enumerate(places[country]):
            left_out = CENTRE_SERVICES[place % len(CENTRE_SERVICES)]
            yield "centre", country, unit, tuple(kind for kind in CENTRE_SERVICES if kind != left_out)
            if place % 2 == 0:
                yield "group", country, unit, ("women",)
    for unit in places["ru"]:
        yield "diaspora", "ru", unit, ("countrymen", "wages")


def load_invented(editors: dict[str, User], tick: Callable[[], None]) -> None:
    """Create, list and verify what the plans say; a second run adds nothing."""
    invented = datafiles.document("demo/invented.yml")
    units = {unit.key: unit for unit in AdminUnit.objects.filter(key__in=_all_units(invented))}
    for plan in plans(invented):
        if not Party.objects.filter(key=plan.key).exists():
            _load(plan, invented, units[plan.unit], editors["az" if plan.country == "az" else "tj"])
        tick()
    _age_some()


def _all_units(invented: dict[str, Any]) -> set[str]:
    return {"tj", "az", *(unit for units in invented["places"].values() for unit in units)}


def _load(plan: Plan, invented: dict[str, Any], unit: AdminUnit, editor: User) -> None:
    party = actions.create_party(actor=editor, facts=_party(plan, invented, unit), key=plan.key)
    if plan.pattern == "group":
        _choose_to_be_listed(party, editor)
    actions.list_entry(actor=editor, entry=party)
    actions.verify_entry(actor=editor, entry=party)
    for kind in plan.services:
        facts = _service(plan, invented, kind)
        service = actions.create_service(actor=editor, party=party, facts=facts, key=f"{plan.key}-{kind}")
        actions.list_entry(actor=editor, entry=service)
        actions.verify_entry(actor=editor, entry=service)


def _choose_to_be_listed(party: Party, editor: User) -> None:
    today = timezone.localdate()
    actions.record_consent(
        actor=editor,
        of=party,
        how="in person",
        text_version="2026-1",
        given_date=today - dt.timedelta(days=30),
        expires_date=today + dt.timedelta(days=335),
    )


def _party(plan: Plan, invented: dict[str, Any], unit: AdminUnit) -> PartyFacts:
    pattern = invented["parties"][plan.pattern]
    return PartyFacts(
        kind=pattern["kind"],
        names={
            lang: text.format(name=plan.name[lang], place=unit.names[lang]) for lang, text in pattern["names"].items()
        },
        description=invented["note"],
        country=plan.country,
        seat=plan.unit,
        sources=(SourceFacts(title=invented["note"]["en"].rstrip(".")),),
        phones=(phone_of(plan),),
        locations=_locations(plan, invented),
    )


def phone_of(plan: Plan) -> PhoneFacts:
    """A number far too short for any network: one that is too long might ring after its last digits are ignored."""
    prefix = {"tj": "+992", "az": "+994", "ru": "+7"}[plan.country]
    kind = "hotline" if plan.pattern == "line" else "voice"
    number = f"{prefix} 000 {plan.number:02d}"
    return PhoneFacts(number=number, kind=kind, languages=LANGUAGES[plan.country], safe_to_call="yes", invented=True)


def _locations(plan: Plan, invented: dict[str, Any]) -> tuple[LocationFacts, ...]:
    """A centre has an address, a group tells it by phone, a line of trust has none."""
    if plan.pattern == "line":
        return ()
    told = plan.pattern == "centre"
    return (
        LocationFacts(
            confidentiality="public" if told else "phone_first",
            unit=plan.unit,
            address=invented["address"] if told else {},
            key=f"{plan.key}-place",
        ),
    )


def _service(plan: Plan, invented: dict[str, Any], kind: str) -> ServiceFacts:
    drawn = invented["services"][kind]
    place = f"{plan.key}-place"
    here = (place,) if plan.pattern in ("centre", "group") and not drawn.get("secret") and "visits" not in drawn else ()
    return ServiceFacts(
        names=drawn["names"],
        kinds=tuple(drawn["kinds"]),
        description=drawn["description"],
        cost=drawn["cost"],
        documents=tuple(drawn.get("documents", ())),
        when_calling=invented["when_calling"] if plan.pattern in ("line", "group") else {},
        do_not=invented["do_not"] if plan.pattern == "group" else {},
        languages=LANGUAGES[plan.country],
        traits=tuple(drawn["traits"]),
        crisis=drawn.get("crisis", False),
        areas=(plan.unit,),
        locations=here,
        schedules=tuple(_schedules(plan, drawn)),
        secret=drawn.get("secret", False),
        sources=(SourceFacts(title=invented["note"]["en"].rstrip(".")),),
    )


def _schedules(plan: Plan, drawn: dict[str, Any]) -> Iterator[ScheduleFacts]:
    if "days" in drawn:
        opens, closes = (dt.time.fromisoformat(hour) for hour in drawn["hours"])
        yield ScheduleFacts(days=tuple(drawn["days"]), opens_at=opens, closes_at=closes)
    for days in drawn.get("visits", ()):
        date = timezone.localdate() + dt.timedelta(days=days + plan.number % 5)
        yield ScheduleFacts(date=date, unit=plan.unit, opens_at=dt.time(9), closes_at=dt.time(15))


def _age_some() -> None:
    """Move some checks into the past: only a demonstration may, since an action always means today."""
    past = timezone.localdate() - dt.timedelta(days=STALE_DAYS)
    services = Service.objects.filter(key__startswith="demo-").order_by("key")
    stale = [service.pk for place, service in enumerate(services) if place % STALE_EVERY == 0]
    Service.objects.filter(pk__in=stale).update(verified_date=past, next_review_date=past + dt.timedelta(days=182))
