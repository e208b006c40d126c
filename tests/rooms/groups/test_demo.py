"""Groups of the demonstration: what an article tells of four of them and no more; the fifth is marked as made up."""

import pytest

from desk_world import employ, page
from hamroh.accounts.models import Organisation, Role
from hamroh.directory.models import AdminUnit
from hamroh.groups.models import Group, Member, Memorandum, Support
from hamroh.site.demo.groups import load_groups
from vault_keys import settled

PLACES = ("tj-kt-levakant", "tj-kt-jomi", "tj-kt-kushoniyon")


@pytest.fixture
def loaded(circle):
    house = Organisation.objects.create(
        code="support-centre", names={"en": "Centre"}, country="tj", zone="Asia/Dushanbe"
    )
    settled(house)
    for number, key in enumerate(PLACES):
        AdminUnit.objects.create(key=key, code=9000 + number, names={"en": key}, level="district", certainty="B")
    runs = employ("gulnora", house, Role.FACILITATOR)
    circle.manizha.username = "manizha-elsewhere"
    circle.manizha.save()
    employ("manizha", house, Role.SUPERVISOR)
    load_groups()
    return house, runs


def test_it_knows_of_four_groups_what_is_printed(loaded) -> None:
    house, _runs = loaded
    printed = Group.objects.filter(organisation=house, is_invented=False)
    memoranda = Memorandum.objects.filter(group__in=printed)
    assert (printed.count(), {row.no_date for row in memoranda}, memoranda.count()) == (4, {"not_printed"}, 4)
    assert not Member.objects.filter(group__in=printed).exists()
    assert not Support.objects.filter(group__in=printed).exists()


def test_it_marks_what_is_made_up(loaded) -> None:
    house, runs = loaded
    row = Group.objects.get(organisation=house, is_invented=True)
    assert "Invented" in page(runs, f"/desk/groups/{row.code}/")


def test_it_loads_once(loaded) -> None:
    house, _runs = loaded
    load_groups()
    assert Group.objects.filter(organisation=house).count() == 5
