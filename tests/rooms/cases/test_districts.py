"""A case is asked for its district: by one press at intake, and later on a page of its own."""

import pytest

from cases_world import gulnoras
from desk_world import at, employ, page
from hamroh.accounts.models import Membership, Role
from hamroh.cases.actions import CannotMove
from hamroh.cases.actions.placing import place_case
from hamroh.cases.models import Case
from hamroh.cases.selectors import districts
from hamroh.directory.models import AdminUnit, UnitAncestor
from hamroh.vault import journal
from hamroh.vault.models import JournalLine

VOSE, ASHT = "tj-kt-vose", "tj-sugd-asht"


@pytest.fixture(autouse=True)
def written_down(db):
    with journal.openings("task"):
        yield


@pytest.fixture(autouse=True)
def places(db):
    """Two districts of Tajikistan in their regions, and one of Azerbaijan."""
    rows: dict[str, AdminUnit] = {}
    told = [
        ("tj", "country", "", "Tajikistan", "TJ"), ("tj-kt", "region", "tj", "Khatlon", "TJ-KT"), (VOSE, "district", "tj-kt", "Vose", ""),
        ("tj-sugd", "region", "tj", "Sughd", "TJ-SU"), (ASHT, "district", "tj-sugd", "Asht", ""),
        ("az", "country", "", "Azerbaijan", "AZ"), ("az-masalli", "district", "az", "Masalli", ""),
    ]  # fmt: skip
    for number, (key, level, above, name, iso) in enumerate(told, 1):
        parent = rows.get(above)
        rows[key] = AdminUnit.objects.create(
            key=key, code=number, level=level, parent=parent, names={"en": name}, iso=iso
        )
        up, distance = rows[key], 0
        while up is not None:
            UnitAncestor.objects.create(unit=rows[key], ancestor=up, distance=distance)
            up, distance = up.parent, distance + 1


def name_page(client) -> str:
    """The address of the question of the name, of an intake that has just begun."""
    answer = client.post("/desk/cases/new/", {"answer": "village"})
    where = answer["Location"].rsplit("consent/", 1)[0]
    client.post(f"{where}consent/", {"answer": "voice", "seen": 0})
    return f"{where}name/"


def opened(client, **told) -> Case:
    where = name_page(client)
    assert client.post(where, {"name": "Савринисо", "seen": 0, **told}).status_code == 302
    client.post(f"{where.rsplit('name/', 1)[0]}check/")
    return Case.objects.latest("opened_week", "changed_at")


@pytest.mark.parametrize("told", [{"district": VOSE}, {"answer": VOSE}, {"district": ASHT, "answer": VOSE}])
def test_it_keeps_the_district_that_was_chosen_or_pressed(office, told):
    gulnoras(office, area=f"/tj/tj-kt/{VOSE}/")
    assert opened(at(office.farzona), **told).area == f"/tj/tj-kt/{VOSE}/"


@pytest.mark.parametrize("told", [{}, {"district": ""}, {"answer": "tj-kt"}, {"answer": "../etc"}])
def test_it_opens_a_case_whose_district_nobody_said(office, told):
    assert opened(at(office.farzona), **told).area == ""


@pytest.mark.parametrize("key", ["az-masalli", "tj-kt", "nowhere"])
def test_it_takes_no_district_of_elsewhere(office, key):
    client = at(office.farzona)
    answer = client.post(name_page(client), {"name": "Савринисо", "seen": 0, "district": key})
    assert (answer.status_code, "Савринисо" in answer.content.decode()) == (422, True)


def test_it_offers_the_districts_of_most_cases_as_buttons(office):
    for area in (f"/tj/tj-kt/{VOSE}/", f"/tj/tj-kt/{VOSE}/", f"/tj/tj-sugd/{ASHT}/", ""):
        gulnoras(office, area=area)
    assert districts.usual(organisation=office.centre) == [VOSE, ASHT]
    shown = page(office.farzona, name_page(at(office.farzona)))
    assert [f'name="answer" value="{key}"' in shown for key in (VOSE, ASHT)] == [True, True]


def test_it_counts_no_district_of_another_organisation(office):
    gulnoras(office, area=f"/tj/tj-kt/{VOSE}/")
    assert districts.usual(organisation=office.other) == []


def test_it_lists_districts_by_their_regions(office):
    assert districts.choices(country="TJ") == [("Khatlon", [(VOSE, "Vose")]), ("Sughd", [(ASHT, "Asht")])]


def test_it_says_the_district_before_the_case_is_opened(office):
    client = at(office.farzona)
    where = name_page(client)
    client.post(where, {"name": "Савринисо", "seen": 0, "district": VOSE})
    assert "Vose" in page(office.farzona, f"{where.rsplit('name/', 1)[0]}check/")


# -- later -------------------------------------------------------------------------------------------------------------


def test_it_asks_for_the_district_of_an_old_case(office, case):
    client, where = at(office.farzona), f"/desk/cases/{case.code}/district/"
    assert where in page(office.farzona, f"/desk/cases/{case.code}/")
    assert client.post(where, {"district": VOSE}).status_code == 302
    case.refresh_from_db()
    assert case.area == f"/tj/tj-kt/{VOSE}/"
    assert "Vose" in page(office.farzona, f"/desk/cases/{case.code}/")
    assert JournalLine.objects.filter(verb="case.place").exists()


def test_it_takes_a_district_away_that_was_wrong(office, case):
    place_case(actor=office.farzona, case=case, district=VOSE)
    place_case(actor=office.farzona, case=case, district="")
    case.refresh_from_db()
    assert case.area == ""


@pytest.mark.parametrize("key", ["az-masalli", "tj-kt", "tj"])
def test_it_places_no_case_in_what_is_no_district_of_its_country(office, case, key):
    with pytest.raises(CannotMove):
        place_case(actor=office.farzona, case=case, district=key)


def test_it_lets_nobody_put_a_case_out_of_her_own_reach(office, case):
    Membership.objects.filter(user=office.farzona).update(area=["tj-kt"])
    Case.objects.filter(pk=case.pk).update(area=f"/tj/tj-kt/{VOSE}/")
    case.refresh_from_db()
    with pytest.raises(CannotMove):
        place_case(actor=office.farzona, case=case, district=ASHT)
    assert Case.objects.get(pk=case.pk).area == f"/tj/tj-kt/{VOSE}/"


def test_it_shows_a_placed_case_to_who_answers_for_that_place(office, case):
    near = employ("mehri", office.centre, Role.SUPERVISOR)
    Membership.objects.filter(user=near).update(area=["tj-kt"])
    where = f"/desk/cases/{case.code}/"
    before = at(near).get(where).status_code
    place_case(actor=office.farzona, case=case, district=VOSE)
    assert (before, at(near).get(where).status_code) == (404, 200)


@pytest.mark.parametrize("who", ["zebo", "temur", "nermin"])
def test_it_answers_nobody_else(office, case, who):
    assert at(getattr(office, who)).get(f"/desk/cases/{case.code}/district/").status_code == 404


@pytest.fixture
def limited(office):
    """Farzona takes people in in Khatlon alone."""
    Membership.objects.filter(user=office.farzona).update(area=["tj-kt"])
    return at(office.farzona)


def test_it_takes_in_who_lives_where_the_workers_role_reaches(limited):
    case = opened(limited, district=VOSE)
    assert case.area == f"/tj/tj-kt/{VOSE}/"
    assert limited.get(f"/desk/cases/{case.code}/").status_code == 200


def test_it_puts_a_case_without_a_district_as_far_as_the_workers_role_reaches(limited):
    assert opened(limited).area == "/tj/tj-kt/"


def test_it_offers_only_districts_within_the_workers_reach(limited):
    shown = limited.get(name_page(limited)).content.decode()
    assert VOSE in shown
    assert ASHT not in shown


def test_it_takes_no_district_beyond_the_workers_reach_and_keeps_what_was_typed(limited):
    answer = limited.post(name_page(limited), {"seen": 0, "name": "Савринисо", "district": ASHT})
    assert answer.status_code == 422
    assert "Савринисо" in answer.content.decode()


def test_it_lets_a_worker_of_one_team_take_people_in(office):
    Membership.objects.filter(user=office.farzona).update(team="north")
    assert opened(at(office.farzona), district=VOSE).team == "north"
