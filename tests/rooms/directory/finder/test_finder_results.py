"""What the help finder finds, in which order, and what it never shows."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from finder_world import AFRAID, GROUP, HOTLINE, KHUJAND, KULOB, LEGAL, MONEY, NOW, SHELTER, TAJIKISTAN, TODAY, VOSE

from hamroh.directory.finder_codes import Choice, Filter
from hamroh.directory.models import ListingConsent, SecretPlace
from hamroh.directory.selectors import finder, finder_cards


def found(choice: Choice, **options) -> list[str]:
    question = finder.asked(choice, actor=None, now=NOW)
    results = finder.find(question, actor=None, now=NOW, **options)
    cards = finder_cards.cards([*results.found, *results.unchecked], question, actor=None, now=NOW)
    return [card.service.names["en"] for card in cards]


IN_KULOB = Choice(needs=(MONEY,), place=KULOB)


def test_it_finds_help_of_the_kinds_that_the_need_leads_to(world):
    world.service("lawyer", at=KULOB)
    world.service("sewing", kinds=("hm0442",), at=KULOB)
    assert found(IN_KULOB) == ["lawyer"]


def test_it_finds_any_help_where_no_need_is_said(world):
    world.service("sewing", kinds=("hm0442",), at=KULOB)
    assert found(Choice(needs=(0,), place=KULOB)) == ["sewing"]


def test_it_puts_the_nearest_first(world):
    world.service("vose", at=VOSE)
    world.service("kulob", at=KULOB)
    assert found(IN_KULOB) == ["kulob", "vose"]


def test_it_leaves_out_what_is_far_and_serves_elsewhere(world):
    world.service("khujand", at=KHUJAND, serves=(KHUJAND,))
    assert found(IN_KULOB) == []


def test_it_finds_who_serves_the_whole_country(world):
    world.service("country", at=KHUJAND, serves=(TAJIKISTAN,))
    assert found(IN_KULOB) == ["country"]


def test_it_finds_help_by_phone_without_a_stated_area(world):
    world.service("line", traits=["by_phone"])
    assert found(IN_KULOB) == ["line"]


def test_it_finds_a_mobile_consultation_that_still_comes(world):
    bus = world.service("bus")
    world.open(bus, date=TODAY + dt.timedelta(days=3), unit=world.unit(KULOB))
    assert found(IN_KULOB) == ["bus"]


def test_it_finds_everything_where_she_does_not_say_where(world):
    world.service("khujand", at=KHUJAND)
    world.service("kulob", at=KULOB)
    assert sorted(found(Choice(needs=(MONEY,), place=0))) == ["khujand", "kulob"]


@pytest.mark.parametrize(
    "facts",
    [
        {"verified_date": None},
        {"state": "draft"},
        {"state": "archived"},
        {"visibility": "network"},
        {"operation": "temporarily closed"},
        {"operation": "defunct"},
    ],
)
def test_it_never_shows_what_is_not_public_active_and_verified(world, facts):
    world.service("hidden", at=KULOB, **facts)
    assert found(IN_KULOB) == []


def test_it_never_shows_a_service_of_a_party_that_is_not_listed(world):
    world.service("hidden", at=KULOB, party=world.party(state="draft"))
    assert found(IN_KULOB) == []


def test_it_never_shows_a_group_without_its_current_consent(world):
    group = world.party(kind="unregistered_group")
    world.service("group", kinds=(GROUP,), at=KULOB, party=group)
    consent = ListingConsent.objects.create(
        party=group, how="paper", text_version="1", given_date=TODAY, expires_date=TODAY + dt.timedelta(days=9)
    )
    shown = found(IN_KULOB)
    consent.withdrawn_date = TODAY
    consent.save()
    assert (shown, found(IN_KULOB)) == (["group"], [])


def test_it_shows_unchecked_entries_last_and_only_when_asked_to(world):
    world.service("printed", at=KULOB, verified_date=None)
    world.service("checked", at=KULOB)
    assert found(IN_KULOB, unchecked=True) == ["checked", "printed"]
    assert found(IN_KULOB) == ["checked"]


def test_it_puts_crisis_help_first_where_the_need_is_one(world):
    world.service("office", kinds=(HOTLINE,), at=KULOB)
    world.service("line", kinds=(LEGAL,), at=VOSE, crisis=True)
    assert found(Choice(needs=(AFRAID,), place=KULOB)) == ["line", "office"]


def test_it_does_not_tell_by_distance_where_a_shelter_is(world):
    shelter = world.service("shelter", kinds=(SHELTER,), at=KHUJAND, serves=(TAJIKISTAN,), traits=["by_phone"])
    SecretPlace.objects.create(service=shelter)
    question = finder.asked(Choice(needs=(AFRAID,), place=KHUJAND), actor=None, now=NOW)
    [one] = finder.find(question, actor=None, now=NOW).found
    assert one.km is None


@pytest.mark.parametrize(
    ("wanted", "trait"),
    [
        (Filter.WOMAN_SPECIALIST, "woman_specialist"),
        (Filter.COMES_TO_VILLAGES, "comes_to_villages"),
        (Filter.CHILDREN_WELCOME, "children_welcome"),
    ],
)
def test_it_keeps_what_has_the_wanted_trait(world, wanted, trait):
    world.service("with", at=KULOB, traits=[trait])
    world.service("without", at=KULOB)
    assert found(IN_KULOB.change(filters=frozenset({wanted}))) == ["with"]


def test_it_keeps_what_is_open_today(world):
    world.open(world.service("tuesday", at=KULOB), "TU")
    world.open(world.service("friday", at=KULOB), "FR")
    world.service("unstated", at=KULOB)
    assert found(IN_KULOB.change(filters=frozenset({Filter.OPEN_TODAY}))) == ["tuesday"]


def test_it_turns_pages_without_showing_anything_twice(world):
    for number in range(finder.PAGE + 3):
        world.service(f"s{number}", at=KULOB)
    first, second = found(IN_KULOB), found(Choice(needs=(MONEY,), place=KULOB, page=2))
    assert (len(first), len(second), len({*first, *second})) == (finder.PAGE, 3, finder.PAGE + 3)


def test_it_shows_the_last_page_where_the_address_goes_beyond_it(world):
    world.service("only", at=KULOB)
    assert found(Choice(needs=(MONEY,), place=KULOB, page=40)) == ["only"]


def test_it_offers_wider_choices_that_find_something(world):
    world.service("khujand", at=KHUJAND)
    world.service("sewing", kinds=("hm0442",), at=KULOB)
    question = finder.asked(IN_KULOB, actor=None, now=NOW)
    assert [(wider.why, wider.total) for wider in finder.wider(question, actor=None, now=NOW)] == [
        ("place", 1),
        ("anywhere", 1),
        ("help", 1),
    ]


def test_it_forgets_codes_that_nobody_knows(world):
    asked = finder.asked(Choice(needs=(1,), kinds=(9999,), place=1), actor=None, now=NOW)
    assert asked.choice == Choice()


def test_it_asks_the_database_as_often_for_many_as_for_few(world, django_assert_num_queries):
    def ask():
        finder.find(finder.asked(IN_KULOB, actor=None, now=NOW), actor=None, now=NOW)

    world.service("one", at=KULOB)
    with CaptureQueriesContext(connection) as few:
        ask()
    for number in range(25):
        world.service(f"s{number}", at=KULOB)
    with django_assert_num_queries(len(few)):
        ask()


def test_it_shows_the_nearest_first_however_many_help_the_whole_country(world):
    party = world.party()
    for number in range(260):
        world.service(f"s{number}", serves=(TAJIKISTAN,), party=party, verified_date=TODAY)
    world.service("here", at=KULOB, verified_date=TODAY - dt.timedelta(days=90))
    question = finder.asked(IN_KULOB, actor=None, now=NOW)
    results = finder.find(question, actor=None, now=NOW)
    assert (found(IN_KULOB)[0], results.total) == ("here", 261)
