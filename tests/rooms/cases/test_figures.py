"""Figures of our cases: never finer than month and district, never a small one, never words; let out once, by who answers for it."""

import csv
import datetime as dt
import io
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from cases_world import gulnoras
from desk_world import employ
from hamroh.accounts.models import Role
from hamroh.cases import figures
from hamroh.cases.actions import figures as actions
from hamroh.cases.casefigures import CASES
from hamroh.cases.figures import Cut, Event, Wish
from hamroh.cases.figuresets import Districts
from hamroh.cases.models import Case, Matter, Result
from hamroh.cases.selectors import figures as reads
from hamroh.directory.models import AdminUnit, UnitAncestor
from hamroh.kernel.disclosure import Published
from hamroh.vault.models import FiguresRelease

WISH = Wish(Event.OPENED, "2026-01", "2026-03", (Cut.MONTH, Cut.DISTRICT))
QUERY = "event=opened&first=2026-01&last=2026-03&by=month&by=district"
COUNTS = {"tj-asht": (12, 9, 3), "tj-ayni": (8, 15, 11), "tj-vose": (14, 10, 16)}
STORY = "Гуфт, ки ӯ дар Маскав зани дигар дорад."


def unit(key, level, parent, code, iso="", **names):
    row = AdminUnit.objects.create(key=key, level=level, parent=parent, code=code, iso=iso, names=names or {"en": key})
    above, distance = row, 0
    while above:
        UnitAncestor.objects.create(unit=row, ancestor=above, distance=distance)
        above, distance = above.parent, distance + 1
    return row


def test_it_counts_a_case_by_the_district_of_its_whole_area(office, analyst, places):
    """A case keeps its units from the country on, each between slashes."""
    usual = Districts.of(["TJ"])
    assert [usual.around(area) for area in ("/tj/tj-sughd/tj-asht/", "/tj/tj-asht/tj-shaydon/", "tj-asht", "", "/")] == [
        "tj-asht", "tj-asht", "tj-asht", "", "",
    ]  # fmt: skip


def open_on(office, day, area, **more):
    facts = {"country": "TJ", "channel": "visit", "status": "active", "owner": office.farzona} | more
    return Case.objects.create(organisation=office.centre, opened_week=day, area=area, **facts)


@pytest.fixture
def analyst(office):
    return employ("ozoda", office.centre, Role.ANALYST)


@pytest.fixture
def places(office):
    tj = unit("tj", "country", None, 1, "TJ")
    region = unit("tj-sughd", "region", tj, 2, en="Sughd")
    for number, key in enumerate(COUNTS, start=3):
        unit(key, "district", region, number, en=f"={key}")
    unit("tj-shaydon", "town", AdminUnit.objects.get(key="tj-asht"), 9)
    for key, months in COUNTS.items():
        for month, count in enumerate(months, start=1):
            for _each in range(count):
                open_on(office, dt.date(2026, month, 5), "tj-shaydon" if key == "tj-asht" else key)


def shown(office, actor, wish=WISH):
    return actions.judged(actor=actor, organisation=office.centre, of=CASES, wish=wish).protected


def let_out(office, actor, wish=WISH):
    asked = {"actor": actor, "organisation": office.centre, "of": CASES, "wish": wish}
    return actions.release_figures(**asked, mark=actions.judged(**asked).mark, audience="donor")


def test_it_counts_cases_by_month_and_by_the_district_around_a_place(office, analyst, places):
    values = shown(office, analyst).table.values
    assert {key: tuple(values[month, key] for month in WISH.months) for key in COUNTS} == COUNTS
    assert values["*", "tj-sughd"] == values["*", "*"] == 98


def test_it_follows_safety_rule_10_on_statistics(office, analyst, places):
    """Rule 10: at least five with complementary suppression, district and month at least, no free text in what leaves."""
    open_on(office, dt.date(2026, 3, 2), "tj-asht", story=STORY)
    row = let_out(office, analyst)
    counts = [count for count in row.table["cells"] if count is not None]
    assert min(counts) >= 5
    published = Published.from_json(row.table)
    alone = [cell for cell in published.withheld if "*" not in cell]
    assert ("2026-03", "tj-asht") in alone
    assert len(alone) > 1
    assert {each.name for each in published.shape.dimensions} == {"opened", "district"}
    assert all(len(code) == 7 for code in published.shape.dimensions[0].leaves)
    assert set(published.shape.dimensions[1].leaves) == set(COUNTS)
    told = json.dumps(row.table, ensure_ascii=False) + reads.as_csv(row, "en").decode()
    assert STORY not in told
    assert "shaydon" not in told


def test_it_names_a_place_not_known_only_where_there_is_such_a_case(office, analyst, places):
    open_on(office, dt.date(2026, 1, 5), "")
    assert shown(office, analyst).table.values["2026-01", figures.UNKNOWN] == 1


def test_it_counts_no_case_that_is_only_begun_and_no_other_houses(office, analyst, places):
    open_on(office, dt.date(2026, 1, 5), "tj-asht", status="draft")
    Case.objects.create(
        organisation=office.other, opened_week=dt.date(2026, 1, 5), country="TJ", channel="visit", owner=office.nermin
    )
    assert shown(office, analyst).table.values["*", "*"] == 98


def test_it_counts_closed_cases_by_matter_and_by_result(office, analyst):
    wish = Wish(Event.CLOSED, "2026-01", "2026-02", (Cut.KIND, Cut.RESULT))
    day = dt.date(2026, 2, 2)
    for number in range(3):
        case = open_on(office, dt.date(2026, 1, 5), "", status="closed", closed_week=day)
        for kind in ("alimony", "divorce")[: number + 1]:
            Matter.objects.create(
                organisation=office.centre, case=case, kind=kind, country="TJ", stage="", opened_date=day, ended_date=day, result=Result.WON
            )  # fmt: skip
    values = shown(office, analyst, wish).table.values
    assert (values["alimony", "won"], values["several", "won"], values["*", "*"]) == (1, 2, 3)


def test_it_asks_for_ten_where_a_district_meets_a_matter():
    assert Wish(Event.CLOSED, "2026-01", "2026-02", (Cut.DISTRICT, Cut.KIND)).rules.threshold == 10
    assert WISH.rules.threshold == 5


def test_it_knows_that_nobody_is_closed_before_being_opened(office, analyst):
    closed = Wish(Event.CLOSED, "2026-01", "2026-02", (Cut.MONTH,))
    tables = [Published(figures.table_of(wish, office.centre.pk, 1).shape, {}) for wish in (WISH, closed)]
    assert {"opened": {"2026-03"}, "closed": {"2026-01", "2026-02"}} in figures.empty_by_nature(tables)


@pytest.mark.parametrize("who", ["farzona", "temur", "nermin"])
def test_it_is_not_there_for_who_does_not_answer_for_figures(office, client, who):
    client.force_login(getattr(office, who))
    assert client.get(reverse("figures:page"), {"event": "opened"}).status_code == 404
    assert client.post(reverse("figures:release"), {"mark": "x"}).status_code == 404


def test_it_lets_out_what_was_looked_at_and_gives_it_as_files(office, analyst, places, client):
    client.force_login(analyst)
    page = client.get(f"{reverse('figures:page')}?{QUERY}")
    answer = client.post(
        reverse("figures:release"), {"query": QUERY, "mark": page.context["mark"], "audience": "public"}, follow=True
    )
    row = FiguresRelease.objects.get()
    assert "written down" in answer.content.decode()
    lines = list(csv.reader(io.StringIO(client.get(reverse("figures:csv", args=[row.pk])).content.decode("utf-8-sig"))))
    assert ["'=tj-ayni" in line for line in lines].count(True) == 1  # a name that a sheet would take for a formula
    sheet = load_workbook(io.BytesIO(client.get(reverse("figures:xlsx", args=[row.pk])).content)).active
    assert {cell.data_type for line in sheet for cell in line} <= {"s", "n"}
    assert sheet.cell(4, 3).value == "×" or sheet.cell(4, 3).value >= 5


def test_it_shows_a_withheld_count_to_nobody(office, analyst, places, client):
    client.force_login(analyst)
    grid = client.get(f"{reverse('figures:page')}?{QUERY}").content.decode()
    assert "× <span" in grid
    assert '<td class="num">3</td>' not in grid


def test_it_asks_to_look_again_where_something_left_meanwhile(office, analyst, places, client):
    client.force_login(analyst)
    mark = client.get(f"{reverse('figures:page')}?{QUERY}").context["mark"]
    let_out(office, analyst)
    answer = client.post(reverse("figures:release"), {"query": QUERY, "mark": mark, "audience": "public"}, follow=True)
    assert "Look at the table once more" in answer.content.decode()
    assert FiguresRelease.objects.count() == 1


@pytest.mark.parametrize(
    "query",
    [
        "event=opened&first=2026-13&last=2026-12&by=month",
        "event=opened&first=2026-03&last=2026-01&by=month",
        "event=opened&first=2020-01&last=2026-01&by=month",
        "event=opened&first=2026-01&last=2026-02&by=kind",
        "event=closed&first=2026-01&last=2026-02&by=month&by=kind&by=result",
        "event=closed&first=2026-01&last=2026-02",
    ],
)
def test_it_says_what_is_wrong_with_a_wish(office, analyst, client, query):
    client.force_login(analyst)
    page = client.get(f"{reverse('figures:page')}?{query}")
    assert page.context["form"].errors
    assert "grid" not in page.context


def test_it_asks_as_many_queries_for_many_cases_as_for_few(office, analyst, places, client):
    def asked():
        with CaptureQueriesContext(
            connection,
        ) as found:
            figures.table_of(WISH, office.centre.pk, 1)
        return len(found)

    few = asked()
    for _each in range(20):
        open_on(office, dt.date(2026, 2, 5), "tj-vose")
    assert asked() == few <= 5


def test_it_lets_no_case_of_hers_be_found_in_the_file_that_left(office, analyst, places):
    case = gulnoras(office)
    Case.objects.filter(pk=case.pk).update(opened_week=dt.date(2026, 3, 2), status="active", area="tj-asht")
    first = let_out(office, analyst)
    assert case.code not in reads.as_csv(first, "tg").decode()
