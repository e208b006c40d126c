"""Creating and editing services."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.directory import rules
from hamroh.directory.actions.check import Check, plain_fields, save_rows
from hamroh.directory.actions.entries import lock, name_key, order_names, refuse_stale
from hamroh.directory.actions.indexing import index_entries
from hamroh.directory.actions.parties import Edited, phone_rows
from hamroh.directory.facts import ScheduleFacts, ServiceFacts
from hamroh.directory.models import (
    AdminUnit,
    Capacity,
    Location,
    Party,
    Phone,
    Schedule,
    SecretPlace,
    Service,
    ServiceArea,
    ServiceAtLocation,
)
from hamroh.directory.models.services import Trait
from hamroh.directory.selectors.facts import changed_fields, service_facts
from hamroh.vault import journal

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@transaction.atomic
def create_service(
    *, actor: Any, party: Party, facts: ServiceFacts, key: str = "", maintainer: Organisation | None = None
) -> Service:
    """A new draft of a party's service, kept by ``maintainer`` or else by whoever keeps the party; raises FactsRefused."""
    policy.require(actor, "directory.edit", party)
    service = Service(party=party, maintainer=maintainer or party.maintainer)
    policy.require(actor, "directory.edit", service)
    check = Check()
    name_key(check, service, key)
    _write(check, service, facts)
    journal.record(actor=actor, verb="directory.create_service", about=service, facts={"party": str(party.pk)})
    return service


@transaction.atomic
def edit_service(*, actor: Any, service: Service, facts: ServiceFacts, seen: dt.datetime | None = None) -> Edited:
    """Make the service equal to ``facts``; raises FactsRefused, or EditedMeanwhile if it changed after ``seen``."""
    service = lock(service)
    policy.require(actor, "directory.edit", service)
    refuse_stale(service, seen)
    before = service_facts(service)
    with transaction.atomic():
        _write(Check(), service, facts)
        changed = changed_fields(before, service_facts(service))
        if not changed:
            transaction.set_rollback(True)
    if not changed:
        return Edited(Service.objects.get(pk=service.pk), ())
    journal.record(actor=actor, verb="directory.edit_service", about=service, facts={"changed": list(changed)})
    index_entries([service])
    return Edited(service, changed)


def _write(check: Check, service: Service, facts: ServiceFacts) -> None:
    for name, value in plain_fields(Service, facts).items():
        setattr(service, name, value)
    kinds = check.concepts("kinds", facts.kinds)
    _refuse_own_mistakes(check, facts)
    order_names(service)
    check.checked("", service)
    rows = _Rows.read(check, service, facts)
    hidden = facts.secret or rules.is_shelter(kind.pk for kind in kinds)
    if hidden:
        _refuse_told_places(check, rows)
    check.finish()
    service.save()
    service.kinds.set(kinds)
    rows.save(service)
    _keep_secret(service, hidden=hidden)


def _refuse_own_mistakes(check: Check, facts: ServiceFacts) -> None:
    if not any(text.strip() for text in facts.names.values()):
        check.refuse("names", _("Give at least one name."))
    if not set(facts.traits) <= set(Trait.values):
        check.refuse("traits", _("This is not one of the choices."))
    if facts.minimum_age and facts.maximum_age and facts.minimum_age > facts.maximum_age:
        check.refuse("maximum_age", _("The oldest age lies below the youngest one."))
    for place, schedule in enumerate(facts.schedules):
        _refuse_odd_times(check, f"schedules.{place}", schedule)


def _refuse_odd_times(check: Check, field: str, facts: ScheduleFacts) -> None:
    if bool(facts.days) == bool(facts.date):
        check.refuse(f"{field}.days", _("Give days of the week, or one date."))
    if not set(facts.days) <= set(DAYS):
        check.refuse(f"{field}.days", _("Write days as MO, TU, WE, TH, FR, SA, SU."))
    if facts.opens_at and facts.closes_at and facts.closes_at <= facts.opens_at:
        check.refuse(f"{field}.closes_at", _("It closes before it opens."))


@dataclass(frozen=True)
class _Rows:
    """The checked rows of a service, before they are stored."""

    areas: list[AdminUnit]
    locations: list[Location]
    schedules: list[Schedule]
    phones: list[Phone]
    capacities: list[Capacity]

    @classmethod
    def read(cls, check: Check, service: Service, facts: ServiceFacts) -> "_Rows":
        places = {name: row for row in service.party.locations.all() for name in (str(row.pk), row.key) if name}
        areas = [check.unit(f"areas.{n}", key) for n, key in enumerate(facts.areas)]
        return cls(
            areas=[unit for unit in areas if unit],
            locations=_named(check, "locations", facts.locations, places),
            schedules=[
                _schedule(check, f"schedules.{n}", row, service, places) for n, row in enumerate(facts.schedules)
            ],
            phones=phone_rows(check, "phones", facts.phones, service.party, service),
            capacities=[
                check.row(f"capacities.{n}", Capacity, row, service=service, updated_at=timezone.now())
                for n, row in enumerate(facts.capacities)
            ],
        )

    def save(self, service: Service) -> None:
        areas = [ServiceArea(service=service, unit=unit) for unit in dict.fromkeys(self.areas)]
        places = [ServiceAtLocation(service=service, location=row) for row in dict.fromkeys(self.locations)]
        save_rows(service.areas.all(), areas, lambda row: row.unit_id)
        save_rows(service.at_locations.all(), places, lambda row: row.location_id)
        save_rows(service.schedules.all(), self.schedules, _same_times)
        save_rows(service.phones.all(), self.phones, lambda row: row.number)
        save_rows(service.capacities.all(), _as_said_before(service, self.capacities), lambda row: row.unit)


def _same_times(row: Schedule) -> Any:
    return row.days, row.date, row.unit_id, row.location_id, row.opens_at


def _as_said_before(service: Service, rows: list[Capacity]) -> list[Capacity]:
    """Rows that say what was said before keep their time."""
    said = {(row.unit, row.available, row.maximum): row.updated_at for row in service.capacities.all()}
    for row in rows:
        row.updated_at = said.get((row.unit, row.available, row.maximum), row.updated_at)
    return rows


def _named(check: Check, field: str, names: tuple[str, ...], places: dict[str, Location]) -> list[Location]:
    for place, name in enumerate(names):
        if name not in places:
            check.refuse(f"{field}.{place}", _("The organisation has no such place. Add it there first."))
    return [places[name] for name in names if name in places]


def _schedule(
    check: Check, field: str, facts: ScheduleFacts, service: Service, places: dict[str, Location]
) -> Schedule:
    where = _named(check, f"{field}.location", (facts.location,) if facts.location else (), places)
    unit = check.unit(f"{field}.unit", facts.unit)
    return check.row(field, Schedule, facts, service=service, unit=unit, location=where[0] if where else None)


def _refuse_told_places(check: Check, rows: _Rows) -> None:
    at_times = [row.location for row in rows.schedules if row.location]
    if any(rules.tells_where(location) for location in [*rows.locations, *at_times]):
        check.refuse("locations", rules.shelter_advice())


def _keep_secret(service: Service, *, hidden: bool) -> None:
    """Mark or unmark the secret place, and name the hotline that is asked for it."""
    if not hidden:
        SecretPlace.objects.filter(service=service).delete()
        return
    hotlines = Phone.objects.filter(party=service.party_id, kind=Phone.Kind.HOTLINE)
    hotline = hotlines.filter(service=service).first() or hotlines.filter(service=None).first()
    SecretPlace.objects.update_or_create(service=service, defaults={"ask": hotline})
