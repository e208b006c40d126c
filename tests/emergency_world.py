"""Who works in an emergency in tests: a mudflow exercise in Ayni, led by Bahrom, with Manizha beside him."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from cases_world import Office, open_office
from desk_world import NOW, TODAY, employ
from hamroh.accounts.models import Organisation, Role, User
from hamroh.directory.models import AdminUnit, UnitAncestor
from hamroh.emergencies import actions
from hamroh.emergencies.actions.alerts import Draft
from hamroh.emergencies.actions.damage import Hit, Told
from hamroh.emergencies.models import Alert, DamageCard, Event, Household, IssuedAlert
from hamroh.kernel.damage import Count, Known

#: told in an emergency, so that it must be found where it is read and nowhere else
ALIAS, WHY, LINE, PHONE = (
    "Zwqxalias",
    "Zwqxwhy: no help to start again there",
    "Zwqxline: she rang from the bridge",
    "+992 93 700-11-22",
)


@dataclass(frozen=True)
class Centre:
    """An office with a duty officer, a monitor and a programme manager; a duty officer of another organisation."""

    office: Office
    bahrom: User  #: duty officer
    daler: User  #: monitor
    lola: User  #: programme manager
    vusal: User  #: duty officer of the other organisation
    ayni: AdminUnit
    sughd: AdminUnit

    @property
    def house(self) -> Organisation:
        return self.office.centre

    @property
    def manizha(self) -> User:
        return self.office.manizha

    @property
    def zebo(self) -> User:
        return self.office.zebo


def places() -> tuple[AdminUnit, AdminUnit]:
    """A district in its region, as the gazetteer has them."""
    known = {"level": "region", "certainty": "B"}
    sughd = AdminUnit.objects.create(key="tj-su", code=4118, names={"en": "Sughd", "tg": "Суғд"}, iso="TJ-SU", **known)
    ayni = AdminUnit.objects.create(
        key="tj-su-ayni", code=5817, names={"en": "Ayni", "tg": "Айнӣ", "ru": "Айни"}, parent=sughd, latitude=39.394, longitude=68.538,
        **known | {"level": "district"},
    )  # fmt: skip
    for unit, ancestor, distance in ((sughd, sughd, 0), (ayni, ayni, 0), (ayni, sughd, 1)):
        UnitAncestor.objects.create(unit=unit, ancestor=ancestor, distance=distance)
    return ayni, sughd


def open_centre() -> Centre:
    office = open_office()
    Organisation.objects.update(zone="Asia/Dushanbe")
    office.centre.refresh_from_db()
    office.other.refresh_from_db()
    ayni, sughd = places()
    return Centre(
        office, employ("bahrom", office.centre, Role.DUTY_OFFICER), employ("daler", office.centre, Role.MONITOR),
        employ("lola", office.centre, Role.PROGRAMME_MANAGER), employ("vusal", office.other, Role.DUTY_OFFICER), ayni, sughd,
    )  # fmt: skip


def mudflow(centre: Centre, **more: Any) -> Event:
    """An exercise, unless something else is said."""
    facts = {
        "actor": centre.bahrom, "organisation": centre.house, "hazard": "mudflow", "titles": {"en": "Mudflow in Ayni", "tg": "Сел дар Айнӣ"},
        "started_at": NOW - dt.timedelta(hours=6), "areas": ["tj-su-ayni"], "is_exercise": True, "note": LINE,
    }  # fmt: skip
    return actions.declare_event(**facts | more)


def number(value: int) -> Count:
    return Count(Known.NUMBER, value)


def card(centre: Centre, event: Event, **more: Any) -> DamageCard:
    facts = {
        "place": centre.ayni, "source": "official", "source_name": "District committee", "on_date": TODAY,
        "counts": {"houses_damaged": number(12), "livestock": Count(Known.SOME)}, "words": LINE,
    }  # fmt: skip
    return actions.enter_card(actor=more.pop("actor", centre.bahrom), event=event, told=Told(**facts | more))


def hit(centre: Centre, event: Event, alias: str = ALIAS) -> Household:
    """The household of seed stories: barn gone, half of the plot, the house stands."""
    losses = {"house": "stands", "barn": "destroyed", "plot": "half", "livestock": "two sheep", "words": LINE}
    told = Hit(alias=alias, place=centre.ayni, members={"f_60": 1, "m_18_59": 1}, losses=losses)
    return actions.enter_household(actor=centre.zebo, event=event, hit=told)


FACTS = {
    "category": "Geo", "urgency": "Expected", "severity": "Severe", "certainty": "Likely", "responses": ["Evacuate"], "radius": 20,
    "expires": (NOW + dt.timedelta(hours=12)).isoformat(),
}  # fmt: skip
TEXTS = {
    "en": {
        "headline": "Mudflow expected",
        "description": "Heavy rain above the village.",
        "instruction": "Go to high ground.",
    },
    "tg": {"headline": "Сел дар пеш аст", "description": "Борони сахт.", "instruction": "Ба баландӣ равед."},
}


def drafted(centre: Centre, event: Event | None = None, **more: Any) -> Alert:
    facts = {"hazard": "mudflow", "facts": FACTS, "areas": ["tj-su-ayni"], "texts": TEXTS, "event": event}
    return actions.compose_alert(actor=centre.bahrom, organisation=centre.house, draft=Draft(**facts | more))


def issued(centre: Centre, alert: Alert) -> IssuedAlert:
    """Asked for, and signed by both."""
    actions.ask_for_signatures(actor=centre.bahrom, alert=alert, seen=alert.version)
    for who in (centre.bahrom, centre.manizha):
        found = actions.sign_alert(actor=who, alert=alert, seen=alert.version, really=True)
    alert.refresh_from_db()
    assert found is not None
    return found
