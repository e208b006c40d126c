"""The table of the demonstration that left: through the room's own actions, by two people, and once."""

import pytest
from django.urls import reverse

from desk_world import at, employ
from hamroh.accounts.models import Organisation, Role
from hamroh.directory.models import AdminUnit, UnitAncestor
from hamroh.site.demo.letout import load_table
from hamroh.statistics.models import KeptTable
from hamroh.statistics.released import ReleasedTable
from hamroh.vault.models import FiguresRelease
from vault_keys import settled

REGIONS = {
    "tj-su": "tj-su-istaravshan",
    "tj-kt": "tj-kt-vakhsh",
    "tj-ra": "tj-ra-tojikobod",
    "tj-gb": "tj-gb-khorugh",
}
STAFF = {
    "gulnora": Role.FACILITATOR, "firuz": Role.ANALYST, "lola": Role.PROGRAMME_MANAGER, "manizha": Role.SUPERVISOR, "solveig": Role.DONOR,
}  # fmt: skip


@pytest.fixture
def loaded(desk):
    house = Organisation.objects.create(
        code="support-centre", names={"en": "Centre"}, country="tj", zone="Asia/Dushanbe"
    )
    settled(house)
    for user in (desk.manizha, desk.lola, desk.firuz):
        user.username = f"{user.username}-elsewhere"
        user.save()
    country = AdminUnit.objects.get(key="tj")
    for number, (key, district) in enumerate(REGIONS.items()):
        region = _unit(key, 8000 + number, "region", [country], iso=key.upper())
        _unit(district, 9000 + number, "district", [region, country])
    people = {name: employ(name, house, role) for name, role in STAFF.items()}
    load_table()
    return house, people


def _unit(key: str, code: int, level: str, above: list[AdminUnit], iso: str = "") -> AdminUnit:
    row = AdminUnit.objects.create(key=key, code=code, names={"en": key}, level=level, parent=above[0], iso=iso)
    UnitAncestor.objects.bulk_create(
        UnitAncestor(unit=row, ancestor=each, distance=at) for at, each in enumerate([row, *above])
    )
    return row


def test_it_lets_out_a_table_that_tells_of_regions(loaded) -> None:
    house, _people = loaded
    row = FiguresRelease.objects.get(population__organisation_id=house.pk)
    assert (row.refusal, row.audience, ReleasedTable.of(row).value("tj-su")) == ("", "public", 14)


def test_it_shows_the_donor_a_map(loaded) -> None:
    house, people = loaded
    row = FiguresRelease.objects.get(population__organisation_id=house.pk)
    page = at(people["solveig"]).get(reverse("statistics:table", args=[row.pk])).content.decode()
    assert "TJ-SU: " not in page
    assert "Regions: " in page


def test_it_loads_once(loaded) -> None:
    house, _people = loaded
    load_table()
    assert KeptTable.objects.filter(organisation=house).count() == 1
