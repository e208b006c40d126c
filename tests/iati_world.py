"""A project that pays for legal advice in Khatlon and at a hidden place, with a partner that nobody may name, and its organisations."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone

from cases_world import Office, open_office
from desk_world import employ
from hamroh.accounts.models import Organisation, Role, User
from hamroh.directory.models import AdminUnit, ListingConsent, Party, PartyIdentifier, UnitAncestor
from hamroh.projects.models import (
    Actual,
    Budget,
    Indicator,
    Period,
    Project,
    ProjectPaper,
    ProjectParty,
    ProjectPlace,
    ProjectSector,
    Result,
    Target,
    Transaction,
)

#: what must be in no file: a group without registration, a hidden partner, a hidden place, the village of a place
SECRETS = ("Zwqxgroup", "Zwqxpartner", "Zwqxshelter", "Zwqxvillage", "Zwqxnote", "Zwqxtyped")


@dataclass(frozen=True)
class Register:
    office: Office
    lola: User  #: programme manager
    project: Project
    khatlon: AdminUnit
    norway: Party

    @property
    def house(self) -> Organisation:
        return self.office.centre


def unit(key: str, code: int, level: str, name: str, *, parent: AdminUnit | None = None, iso: str = "") -> AdminUnit:
    made = AdminUnit.objects.create(
        key=key, code=code, level=level, names={"en": name}, parent=parent, iso=iso, latitude=37.9123, longitude=69.0456, certainty="B",
    )  # fmt: skip
    UnitAncestor.objects.create(unit=made, ancestor=made, distance=0)
    for each in UnitAncestor.objects.filter(unit=parent) if parent else ():
        UnitAncestor.objects.create(unit=made, ancestor=each.ancestor, distance=each.distance + 1)
    return made


def party(kind: str, name: str, **more: Any) -> Party:
    facts = {"state": "listed", "legal_status": "registered", "folded_names": name.casefold()} | more
    return Party.objects.create(kind=kind, names={"en": name}, **facts)


def open_register() -> Register:
    office = open_office()
    lola = employ("lola", office.centre, Role.PROGRAMME_MANAGER)
    face = party("registered_ngo", "Hamroh Centre", tenant=office.centre)
    PartyIdentifier.objects.create(party=face, scheme="org-id", value="TJ-MOJ-1234")
    country = unit("tj-x", 90001, "country", "Tajikistan", iso="TJ")
    khatlon = unit("tj-x-kt", 90002, "region", "Khatlon", parent=country, iso="TJ-KT")
    norway = party("state_agency", "Norway")
    PartyIdentifier.objects.create(party=norway, scheme="org-id", value="XM-DAC-8-1")
    project = make_project(office.centre, lola)
    fill(project, khatlon, norway, lola)
    return Register(office, lola, project, khatlon, norway)


def make_project(house: Organisation, by: User, **more: Any) -> Project:
    facts: dict[str, Any] = {
        "reference": "TJ-2014-01", "titles": {"en": "Support to women of migrant households", "ru": "Поддержка женщин", "tg": "Дастгирии занон"},
        "abouts": {"en": "Two-year project."}, "starts": "2014-03-18", "ends": "2016-03", "visibility": "public",
        "policy_markers": [{"vocabulary": "1", "code": "1", "significance": "2"}],
    }  # fmt: skip
    return Project.objects.create(organisation=house, made_by=by, **(facts | more))


def fill(project: Project, khatlon: AdminUnit, norway: Party, by: User) -> None:
    of: dict[str, Any] = {"project": project, "organisation": project.organisation}
    hidden, group = (
        party("registered_ngo", "Zwqxpartner"),
        party("unregistered_group", "Zwqxgroup", legal_status="unregistered"),
    )
    ListingConsent.objects.create(
        party=group, how="paper", text_version="1", given_date=dt.date(2020, 1, 1), expires_date=dt.date(2099, 1, 1)
    )
    ProjectParty.objects.create(**of, party=norway, role="1")
    ProjectParty.objects.create(**of, party=group, role="4")
    ProjectParty.objects.create(**of, party=hidden, role="4", is_hidden=True)
    ProjectParty.objects.create(**of, name="UN Women", role="3")
    shelter = unit("tj-x-sh", 90003, "district", "Zwqxshelter", parent=khatlon)
    district = unit("tj-x-d", 90005, "district", "Vakhsh", parent=khatlon)
    village = unit("tj-x-v", 90004, "town", "Zwqxvillage", parent=district)
    for place, more in (
        (khatlon, {"share": 60}),
        (shelter, {"share": 20, "is_hidden": True}),
        (village, {"share": 20}),
    ):
        ProjectPlace.objects.create(**of, place=place, **more)
    ProjectSector.objects.create(**of, code="15170", share=60)
    ProjectSector.objects.create(**of, code="15190", share=40)
    ProjectSector.objects.create(
        **of, vocabulary="99", code="wives", names={"en": "Women left behind", "tg": "Занони танҳо"}
    )
    start, end = dt.date(2014, 3, 18), dt.date(2015, 3, 17)
    Budget.objects.create(
        **of, starts_date=start, ends_date=end, amount=Decimal(250000), currency="USD", value_date=start
    )
    money = {"on_date": start, "value_date": start, "currency": "USD", "made_by": by, "amount": Decimal("1200.50")}
    Transaction.objects.create(**of, **money, kind="1", provider=norway, abouts={"en": "First part"})
    Transaction.objects.create(**of, **money, kind="3", receiver=group, abouts={"en": "Zwqxnote"})
    Transaction.objects.create(**of, **money, kind="3", receiver_name="Zwqxpartner by hand", abouts={"en": "Zwqxnote"})
    Transaction.objects.create(**of, **money, kind="3", receiver_name="UN Women", abouts={"en": "Second part"})
    ProjectPaper.objects.create(**of, titles={"en": "Agreement"}, url="https://example.org/a.pdf", kind="agreement")
    ProjectPaper.objects.create(**of, titles={"en": "Zwqxnote"}, url="https://example.org/b.pdf", is_hidden=True)
    result = Result.objects.create(**of, level="output", number="1.1", titles={"en": "Women receive legal counselling"})
    indicator = Indicator.objects.create(
        **of, result=result, code="1.1.a", titles={"en": "Women receiving legal assistance"}, baseline_value=0, baseline_year=2013, is_public=True,
    )  # fmt: skip
    Indicator.objects.create(**of, result=result, code="1.1.b", titles={"en": "Zwqxnote"})
    period = Period.objects.create(**of, indicator=indicator, starts_date=start, ends_date=end)
    Target.objects.create(**of, period=period, value=400)
    figure: dict[str, Any] = {**of, "period": period, "made_by": by}
    seen = {"approved_by": project_second(project), "approved_at": timezone.now()}
    Actual.objects.create(**figure, **seen, value=450, source_kind="release", dimensions={"sex": "female"})
    Actual.objects.create(
        **figure, **seen, value=7791, source_kind="typed", dimensions={"sex": "female"}, words="Zwqxtyped"
    )
    Actual.objects.create(**figure, **seen, value=7792, source_kind="release", place=shelter)
    Actual.objects.create(**figure, value=7793, source_kind="release")


def project_second(project: Project) -> User:
    return User.objects.filter(username="second").first() or employ("second", project.organisation, Role.SUPERVISOR)
