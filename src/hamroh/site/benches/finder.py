"""The help finder: whole pages over HTTP at 10,000 services, as somebody on a phone asks for them."""

import datetime as dt
import functools
import random
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.db.models import Model
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hamroh.directory import actions as directory
from hamroh.directory.models import (
    AdminUnit,
    EmergencyRoute,
    HelpKind,
    Location,
    Need,
    Party,
    Phone,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
)
from hamroh.site.benches.figures import Figure, memory_mib, milliseconds, percentile
from hamroh.site.warming import warm
from hamroh.thesaurus.actions.starter import load_starter_vocabulary

_SERVICES, _PARTIES, _QUESTIONS, _SEED = 10_000, 2_500, 400, 20_261_122
_LANGUAGES = ("tg", "ru", "uz", "az", "ky", "en")
_TRAITS = ("woman_specialist", "women_only", "children_welcome", "comes_to_villages", "by_phone", "online")
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def figures(*, full: bool) -> Iterator[Figure]:  # noqa: ARG001 - every bench has the same face
    """Latency of result pages and questions, queries a page, and memory."""
    chance = random.Random(_SEED)
    call_command("collectstatic", verbosity=0, interactive=False)
    directory.load_places(actor=None)
    load_starter_vocabulary(actor=None)
    directory.load_needs(actor=None)
    directory.load_emergency_routes(actor=None)
    EmergencyRoute.objects.update(verified_date=timezone.localdate())
    _fill(chance)
    client = Client(headers={"accept": "text/html", "host": "localhost"})
    client.cookies["seen"] = "1"
    with override_settings(IS_DEMO=False):
        yield from _pages(client, [_question(chance) for _number in range(_QUESTIONS)])
    yield Figure("finder.memory", memory_mib(), "MiB")


def _pages(client: Client, addresses: list[str]) -> Iterator[Figure]:
    yield Figure("finder.services", Service.objects.for_finder(timezone.localdate()).count(), "services")
    yield Figure("finder.warming", milliseconds([warm])[0], "ms")
    yield Figure("finder.first", milliseconds([lambda: client.get(addresses[0])])[0], "ms")
    times = milliseconds(functools.partial(client.get, address) for address in addresses)
    yield Figure("finder.p50", percentile(times, 0.5), "ms")
    yield Figure("finder.p95", percentile(times, 0.95), "ms", "<= 50")
    yield Figure("finder.slowest", percentile(times, 1.0), "ms")
    yield Figure("finder.questions.p95", percentile(_questions(client), 0.95), "ms", "<= 50")
    counts = [_queries(client, address) for address in addresses[:60]]
    yield Figure("finder.queries.most", max(counts), "queries")


def _questions(client: Client) -> list[float]:
    """The pages that ask what and where."""
    addresses = ["/tg/info/", "/az/info/?a=4127", "/ru/info/?a=4127&d=2&u=1438", "/en/info/?a=4127&d=2&u=4119"]
    return milliseconds(functools.partial(client.get, address) for address in addresses * 25)


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)


def _question(chance: random.Random) -> str:
    """What people ask: mostly a district, sometimes a region, a country or anywhere; a filter or a language at times."""
    needs = [*Need.objects.order_by("code").values_list("code", flat=True), 0]
    places = _places()
    level = chance.choices(("district", "region", "country", ""), (70, 12, 10, 8))[0]
    place = chance.choice(places[level]).code if level else 0
    extra = chance.choices(("", "&c=2", "&f=1", "&f=3", "&p=2"), (60, 15, 10, 5, 10))[0]
    return f"/{chance.choice(('tg', 'az', 'ru', 'en'))}/info/?a={chance.choice(needs)}&b={place}{extra}"


@functools.cache
def _places() -> dict[str, list[AdminUnit]]:
    """Units of the home countries by level; cities count as districts."""
    units = AdminUnit.objects.filter(ancestry__ancestor__key__in=("tj", "az")).order_by("key")
    found: dict[str, list[AdminUnit]] = {"district": [], "region": [], "country": []}
    for unit in units:
        found["district" if unit.level in ("city", "town", "city_district") else unit.level].append(unit)
    return found


def _fill(chance: random.Random) -> None:
    places, today = _places(), timezone.localdate()
    parties = [_party(number, chance.choice(places["country"])) for number in range(_PARTIES)]
    services = [_service(number, chance, chance.choice(parties), today) for number in range(_SERVICES)]
    rows: list[Model] = []
    for service in services:
        rows += _rows(service, chance)
    for model in (Party, Service, Location, ServiceAtLocation, ServiceArea, Schedule, Phone, Service.kinds.through):
        _store(model, [*parties, *services, *rows])


def _store(model: type[Any], rows: Iterable[Model]) -> None:
    model.objects.bulk_create((row for row in rows if type(row) is model), batch_size=500)


def _party(number: int, country: AdminUnit) -> Party:
    names = {"en": f"Centre {number}", "tg": f"Маркази {number}", "az": f"Mərkəz {number}", "ru": f"Центр {number}"}
    return Party(kind="registered_ngo", state="listed", names=names, country=country)


def _service(number: int, chance: random.Random, party: Party, today: dt.date) -> Service:
    verified = today - dt.timedelta(days=chance.randrange(400))
    return Service(
        party=party,
        state="listed",
        names={"en": f"Service {number}", "tg": f"Кӯмаки {number}", "az": f"Kömək {number}", "ru": f"Помощь {number}"},
        description={
            "tg": "Ҳуқуқшинос ҳамроҳи шумо ариза менависад. " * 3,
            "ru": "Юрист напишет с вами заявление. " * 3,
        },
        languages=chance.sample(_LANGUAGES, chance.randrange(4)),
        traits=chance.sample(_TRAITS, chance.randrange(4)),
        cost=chance.choice(("free", "free", "partly", "not_stated")),
        crisis=chance.random() < 0.03,
        verified_date=verified,
        next_review_date=verified + dt.timedelta(days=180),
    )


def _rows(service: Service, chance: random.Random) -> Iterator[Model]:
    """Kinds, areas, an office with its hours, a number: as many as entries usually have."""
    party, places = service.party, _places()
    country = party.country.key if party.country else ""
    for kind in chance.sample(_kinds(), chance.choice((1, 1, 2))):
        yield Service.kinds.through(service=service, concept_id=kind)
    home = chance.choice([unit for unit in places["district"] if unit.key.startswith(country)])
    area = chance.choices((home, home.parent, party.country), (70, 20, 10))[0]
    yield ServiceArea(service=service, unit=area)
    if chance.random() < 0.8:
        office = Location(party=party, unit=home, confidentiality="public", address={"tg": "Кӯчаи марказӣ 1"})
        yield office
        yield ServiceAtLocation(service=service, location=office)
    for _rule in range(chance.choice((1, 1, 2))):
        opens = chance.choice((8, 9, 10))
        days = chance.sample(_DAYS, chance.choice((2, 5)))
        yield Schedule(service=service, days=days, opens_at=dt.time(opens), closes_at=dt.time(opens + 7))
    yield Phone(party=party, service=service, number=f"+99244{chance.randrange(10**7):07}", dialable=True)


@functools.cache
def _kinds() -> tuple[Any, ...]:
    return tuple(HelpKind.objects.order_by("rank").values_list("pk", flat=True))
