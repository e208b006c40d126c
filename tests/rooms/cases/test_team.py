"""The team's screens: the list with its filters, cases given to somebody, who carries how much, what is dangerous and late."""

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases_matters import matter_of
from cases_work import screened, to_close, under_way
from cases_world import gulnoras
from desk_world import NOW, TODAY, at, employ, page
from hamroh.accounts.models import ConflictBlock, Membership, Role, Task
from hamroh.cases import actions, selectors
from hamroh.cases.models import Case, Matter, RiskScreen, SavedFilter
from hamroh.cases.selectors.team import Filter
from hamroh.vault.models import JournalLine

LIST, TEAM = "/desk/cases/", "/desk/cases/team/"


def somebody(office, name: str, **more):
    return gulnoras(office, told=actions.Told(name=name), **more)


def codes(user, address: str) -> set[str]:
    shown = page(user, address)
    return {case.code for case in Case.objects.all() if f"/{case.code}/" in shown}


def part(user, board: str) -> str:
    """One section of the team's page."""
    return page(user, TEAM).split(f'id="b-{board}"', 1)[1].split("</section>")[0]


def make_late(office, case, who, days: int = -1) -> None:
    task = actions.hand_task(actor=office.farzona, case=case, assignee=who, words="Ring", due_date=TODAY)
    Task.objects.filter(pk=task.pk).update(due_date=TODAY + dt.timedelta(days=days))


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("", {"one", "two", "three"}),
        ("state=active", {"one"}),
        ("state=open", {"one", "two"}),
        ("state=closed", {"three"}),
        ("risk=high", {"two"}),
        ("whose=mine", set()),
        ("whose=nobody", {"two"}),
        ("state=open&risk=high", {"two"}),
        ("late=1", {"one"}),
        ("nowhere=1", {"two", "three"}),
        ("state=gone&risk=purple&whose=x&owner=1", {"one", "two", "three"}),
    ],
)
def test_it_filters_the_list(office, query, left):
    found = {name: somebody(office, name) for name in ("one", "two", "three")}
    under_way(office, found["one"])
    Case.objects.filter(pk=found["one"].pk).update(area="/tj/tj-kt/tj-kt-vose/")
    make_late(office, found["one"], office.manizha)
    screened(found["two"], "high")
    Case.objects.filter(pk=found["two"].pk).update(owner=None)
    Case.objects.filter(pk=found["three"].pk).update(status="closed", closed_week=TODAY)
    shown = codes(office.manizha, f"{LIST}?{query}")
    assert {name for name, case in found.items() if case.code in shown} == left


def test_it_shows_nobodys_case_to_no_worker_by_a_filter(office, case):
    assert codes(office.zebo, f"{LIST}?state=open&late=1&owner={office.farzona.pk.hex}") == set()


def test_it_keeps_a_filter_and_forgets_it(office, case):
    client = at(office.farzona)
    client.post("/desk/cases/filters/", {"query": "whose=mine&risk=high&page=3&name=Gulnora"})
    kept = SavedFilter.objects.get()
    assert (kept.query, "High · Mine" in page(office.farzona, LIST)) == ("risk=high&whose=mine", True)
    assert at(office.zebo).post(f"/desk/cases/filters/{kept.pk}/forget/").status_code == 404
    assert client.post(f"/desk/cases/filters/{kept.pk}/forget/").status_code == 302
    assert not SavedFilter.objects.exists()


def test_it_keeps_a_filter_once_and_twelve_at_most(office, case):
    for number in range(20):
        query = Filter(owner=f"{number:032x}").query
        for _time in range(2):
            at(office.farzona).post("/desk/cases/filters/", {"query": query})
    assert SavedFilter.objects.count() == 12


# -- cases given to somebody -----------------------------------------------------------------------------------------


def give(user, to, *cases, **more):
    return at(user).post("/desk/cases/assign/", {"code": [case.code for case in cases], "owner": str(to.pk), **more})


def test_it_gives_ticked_cases_to_a_worker(office, case):
    second = somebody(office, "Second")
    assert give(office.manizha, office.zebo, case, second).status_code == 302
    assert set(Case.objects.values_list("owner__username", flat=True)) == {"zebo"}
    assert codes(office.zebo, LIST) == {case.code, second.code}
    assert JournalLine.objects.filter(verb="case.assign").count() == 2


def test_it_comes_back_to_the_list_as_it_was(office, case):
    answer = give(office.manizha, office.zebo, case, query="risk=high&next=//evil.example")
    assert answer.url == f"{LIST}?risk=high"


def test_it_lets_no_worker_give_cases_out(office, case):
    assert give(office.farzona, office.zebo, case).status_code == 404


@pytest.mark.parametrize("who", ["nermin", "temur", "manizha"])
def test_it_gives_no_case_to_who_does_not_work_on_cases_there(office, case, who):
    give(office.manizha, getattr(office, who), case)
    assert Case.objects.get().owner == office.farzona


def test_it_gives_none_where_one_cannot_go(office, case):
    second = somebody(office, "Second")
    ConflictBlock.objects.create(user=office.zebo, record_kind="cases.case", record_id=str(second.pk))
    give(office.manizha, office.zebo, case, second)
    assert set(Case.objects.values_list("owner__username", flat=True)) == {"farzona"}


def test_it_gives_no_case_of_another_organisation(office):
    theirs = gulnoras_of_others(office)
    give(office.manizha, office.zebo, theirs)
    theirs.refresh_from_db()
    assert theirs.owner == office.nermin


def gulnoras_of_others(office) -> Case:
    told = actions.Told(name="Другая")
    return actions.open_case(actor=office.nermin, organisation=office.other, client=told, channel="visit", country="AZ")


def test_it_says_what_to_do_where_nothing_was_ticked(office, case):
    answer = at(office.manizha).post("/desk/cases/assign/", {"owner": str(office.zebo.pk)})
    assert (answer.status_code, "Tick at least one case" in answer.content.decode()) == (422, True)


def test_it_tells_the_later_of_two_supervisors_and_keeps_her_ticks(office, case):
    seen = f"{case.code}:{office.farzona.pk}"
    give(office.manizha, office.zebo, case, was=seen)
    answer = give(employ("sitora", office.centre, Role.SUPERVISOR), office.nigora, case, was=seen)
    shown = answer.content.decode()
    assert (answer.status_code, "to another person meanwhile" in shown) == (422, True)
    assert f'value="{case.code}" checked' in shown
    assert f'value="{office.nigora.pk}" selected' in shown
    assert Case.objects.get().owner == office.zebo


def test_it_gives_none_where_one_is_not_in_the_list_any_more(office, case):
    second = somebody(office, "Second")
    ConflictBlock.objects.create(user=office.manizha, record_kind="cases.case", record_id=str(second.pk))
    answer = give(office.manizha, office.zebo, case, second)
    assert "not in your list any more" in answer.content.decode()
    assert set(Case.objects.values_list("owner__username", flat=True)) == {"farzona"}


def test_it_gives_none_to_who_lost_the_role_meanwhile(office, case):
    Membership.objects.filter(user=office.zebo).update(expires_at=NOW)
    assert give(office.manizha, office.zebo, case).status_code == 422
    assert Case.objects.get().owner == office.farzona


def test_it_shows_the_most_urgent_danger_first(office, case):
    second = somebody(office, "Second")
    for row, hours in ((case, 1), (second, 20)):
        screen(office, row, look_by=NOW + dt.timedelta(hours=hours))
    shown = part(office.manizha, "unseen")
    assert shown.index(case.code) < shown.index(second.code)


# -- the team's page -------------------------------------------------------------------------------------------------


def screen(office, case, **more) -> RiskScreen:
    return RiskScreen.objects.create(
        organisation=office.centre, case=case, tool="1", answers={}, scored="high", level="high",
        taken_by=office.farzona, next_due_date=TODAY, **more,
    )  # fmt: skip


def test_it_shows_danger_until_a_supervisor_has_looked(office, case):
    row = screen(office, case, look_by=timezone.now())
    assert case.code in part(office.manizha, "unseen")
    RiskScreen.objects.filter(pk=row.pk).update(looked_at=timezone.now())
    assert case.code not in part(office.manizha, "unseen")


def test_it_shows_what_waits_for_approval_to_supervisors_alone(office, case):
    to_close(office, case)
    assert case.code in part(office.manizha, "approvals")
    assert 'id="b-approvals"' not in page(office.farzona, TEAM)


def test_it_leads_from_unseen_danger_and_from_deadlines_to_all_of_them(office, case):
    matter = matter_of(office, case)
    for number in range(10):
        screen(office, somebody(office, f"Somebody {number}"), look_by=NOW)
        matter.deadlines.create(
            organisation=office.centre, case=case, turn="act", due_date=TODAY, last_date=TODAY, base_date=None
        )
    assert f'href="{LIST}?unseen=1"' in part(office.manizha, "unseen")
    assert len(codes(office.manizha, f"{LIST}?unseen=1")) == 10
    assert f'href="{TEAM}deadlines/"' in part(office.farzona, "deadlines")
    assert page(office.farzona, f"{TEAM}deadlines/").count(f"/{case.code}/") == 10
    assert case.code not in page(office.zebo, f"{TEAM}deadlines/")


def test_it_shows_the_deadlines_of_a_fortnight_without_a_name(office, case):
    matter = Matter.objects.create(
        organisation=office.centre, case=case, kind="alimony", country="TJ", stage="", opened_date=TODAY
    )
    for days in (-3, 14, 15):
        day = TODAY + dt.timedelta(days=days)
        matter.deadlines.create(
            organisation=office.centre, case=case, turn="act", due_date=day, last_date=day, base_date=None
        )
    shown = part(office.farzona, "deadlines")
    assert (shown.count(f"/{case.code}/"), "Гулнора" in shown) == (2, False)
    assert case.code not in part(office.zebo, "deadlines")


def test_it_shows_what_is_late_and_who_carries_it(office, case):
    make_late(office, case, office.farzona)
    assert case.code in part(office.farzona, "late")
    found = {
        each.owner.username: (each.open, each.late)
        for each in selectors.load(actor=office.manizha, organisation=office.centre)
    }
    assert found == {"farzona": (1, 1), "zebo": (0, 0), "nigora": (0, 0)}


def test_it_tells_the_load_to_supervisors_alone(office, case):
    assert 'id="b-load"' in page(office.manizha, TEAM)
    assert 'id="b-load"' not in page(office.farzona, TEAM)


def test_it_leads_from_the_load_to_a_colleagues_cases(office, case):
    address = f"{LIST}?state=open&owner={office.farzona.pk.hex}"
    assert address.replace("&", "&amp;") in page(office.manizha, TEAM)
    assert codes(office.manizha, address) == {case.code}


@pytest.mark.parametrize("address", [LIST, f"{LIST}?late=1&state=open", f"{LIST}?unseen=1", TEAM, f"{TEAM}deadlines/"])
def test_it_asks_as_many_queries_however_many_cases(office, case, address):
    client, counts = at(office.manizha), []

    def one_more() -> None:
        another = somebody(office, uuid.uuid4().hex)
        make_late(office, another, office.farzona)
        screen(office, another, look_by=timezone.now())

    one_more()
    client.get(address)
    for _round in range(2):
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        counts.append(len(seen))
        for _number in range(3):
            one_more()
    assert counts[0] == counts[1]


# -- a whole list ------------------------------------------------------------------------------------------------------


@pytest.fixture
def many(office):
    """Thirty cases, two pages, of Farzona's; three of them in danger."""
    found = [somebody(office, f"Woman {number}") for number in range(30)]
    for case in found[:3]:
        screened(case, "high")
    return found


def whole_of(office, query: str = "") -> str:
    return at(office.manizha).get(f"{LIST}?{query}").context["whole"]


def give_whole(office, mark: str, query: str = "", **more):
    return at(office.manizha).post(
        "/desk/cases/assign/", {"whole": mark, "query": query, "owner": office.zebo.pk} | more
    )


def owners() -> set:
    return set(Case.objects.values_list("owner__username", flat=True))


def test_it_gives_a_whole_list_that_has_many_pages(office, many):
    assert give_whole(office, whole_of(office)).status_code == 302
    assert (owners(), JournalLine.objects.filter(verb="case.assign").count()) == ({"zebo"}, 30)


def test_it_gives_of_a_whole_list_what_its_filter_leaves(office, many):
    for case in many[3:29]:
        screened(case, "low")
    mark = whole_of(office, "risk=low")
    assert mark.startswith("26:")
    give_whole(office, mark, "risk=low")
    assert Case.objects.filter(owner=office.zebo).count() == 26


@pytest.mark.parametrize("change", ["one more", "one less", "another owner"])
def test_it_gives_none_where_the_list_changed_meanwhile(office, many, change):
    mark = whole_of(office)
    if change == "one more":
        somebody(office, "Another")
    elif change == "one less":
        Case.objects.filter(pk=many[0].pk).update(organisation=office.other)
    else:
        Case.objects.filter(pk=many[0].pk).update(owner=office.nigora)
    answer = give_whole(office, mark)
    assert (answer.status_code, "list changed meanwhile" in answer.content.decode()) == (422, True)
    assert "zebo" not in owners()


@pytest.mark.parametrize("mark", ["30:0", "", "x" * 4000])
def test_it_takes_no_mark_that_is_not_the_lists(office, many, mark):
    assert give_whole(office, mark).status_code == 422
    assert "zebo" not in owners()


def test_it_offers_no_whole_list_where_one_page_shows_all(office, case):
    assert whole_of(office) == ""


def test_it_offers_no_whole_list_to_who_gives_no_cases_out(office, many):
    assert at(office.farzona).get(LIST).context["whole"] == ""


def test_it_gives_nothing_of_another_organisation_with_a_whole_list(office, many):
    told = {"client": actions.Told(name="Theirs"), "channel": "visit", "country": "AZ"}
    theirs = actions.open_case(actor=office.nermin, organisation=office.other, **told)
    give_whole(office, whole_of(office))
    assert Case.objects.get(pk=theirs.pk).owner_id == office.nermin.pk


def test_it_says_how_many_cases_a_filter_leaves(office, many):
    assert "3 cases" in page(office.manizha, f"{LIST}?risk=high")
