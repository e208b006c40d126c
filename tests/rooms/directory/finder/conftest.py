"""A small world for the help finder: real places, vocabulary and needs, and a few services around Kulob and Khujand."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from finder_world import LEGAL, TAJIKISTAN, TODAY


@pytest.fixture(scope="module")
def knowledge(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Places, vocabulary and needs of the package, loaded once a file of tests and taken back afterwards."""
    from django.db import transaction

    from hamroh.directory.actions import load_emergency_routes, load_needs, load_places
    from hamroh.thesaurus.actions import load_starter_vocabulary

    with django_db_blocker.unblock(), transaction.atomic():
        load_places(actor=None)
        load_starter_vocabulary(actor=None)
        load_needs(actor=None)
        load_emergency_routes(actor=None)
        yield
        transaction.set_rollback(True)


@dataclass
class World:
    """Makes parties and services; each is listed, public and verified unless told otherwise."""

    def unit(self, code: int) -> Any:
        from hamroh.directory.models import AdminUnit

        return AdminUnit.objects.get(code=code)

    def party(self, name: str = "Women’s centre", **facts: Any) -> Any:
        from hamroh.directory.models import Party

        given = {"kind": "registered_ngo", "state": "listed", "country": self.unit(TAJIKISTAN)} | facts
        return Party.objects.create(names={"en": name, "tg": name}, **given)

    def service(
        self, name: str, *, kinds: tuple[str, ...] = (LEGAL,), at: int = 0, serves: tuple[int, ...] = (), **facts: Any
    ) -> Any:
        from hamroh.directory.models import Location, Service, ServiceArea, ServiceAtLocation
        from hamroh.thesaurus.models import Concept

        given = {"state": "listed", "verified_date": TODAY - dt.timedelta(days=10)} | facts
        party = given.pop("party", None) or self.party(f"Party of {name}")
        service = Service.objects.create(party=party, names={"en": name, "tg": name}, **given)
        service.kinds.set(Concept.objects.filter(key__in=kinds))
        for code in serves:
            ServiceArea.objects.create(service=service, unit=self.unit(code))
        if at:
            place = Location.objects.create(party=party, unit=self.unit(at))
            ServiceAtLocation.objects.create(service=service, location=place)
        return service

    def phone(self, service: Any, number: str = "+992446000000", **facts: Any) -> Any:
        from hamroh.directory.models import Phone

        return Phone.objects.create(party=service.party, service=service, number=number, **({"dialable": True} | facts))

    def open(self, service: Any, *days: str, **facts: Any) -> Any:
        from hamroh.directory.models import Schedule

        hours = {"opens_at": dt.time(8), "closes_at": dt.time(17)} | facts
        return Schedule.objects.create(service=service, days=list(days), **hours)


@pytest.fixture
def world(knowledge: None, db: None) -> World:
    return World()
