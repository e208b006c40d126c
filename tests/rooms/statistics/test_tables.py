"""Tables at the desk: counted, looked at as they would leave, let out once, given as files; with what left before in mind."""

import io
import re

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from desk_world import at
from hamroh.cases.actions import figures as by_months
from hamroh.cases.casefigures import CASES
from hamroh.cases.figures import Cut, Event
from hamroh.cases.figures import Wish as ByMonth
from hamroh.directory.models import AdminUnit
from hamroh.kernel.disclosure import Refusal, audit
from hamroh.statistics import actions, drawings, selectors
from hamroh.statistics.wishes import TIME
from hamroh.vault.actions import figures as register
from hamroh.vault.models import FiguresRelease
from statistics_world import FIRST, QUERY, SECOND, books, fill, let_out, wish


@pytest.fixture
def counted(desk):
    fill(desk)
    books(desk)
    return desk


def test_it_shows_exact_counts_to_the_house(counted) -> None:
    page = at(counted.lola).get(f"{reverse('statistics:tables')}?{QUERY}").content.decode()
    assert ">12<" in page
    assert "exact counts" in page


def test_it_counts_in_a_constant_number_of_queries(counted) -> None:
    client, address = at(counted.lola), f"{reverse('statistics:tables')}?{QUERY}"
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as before:
        client.get(address)
    fill(counted)
    books(counted)
    with CaptureQueriesContext(connection) as after:
        client.get(address)
    assert len(after) <= len(before)


def test_it_withholds_what_is_small_and_what_would_give_it_away(counted) -> None:
    """Three came from Vose in the first quarter."""
    judged = actions.judged(actor=counted.lola, organisation=counted.house, wish=wish()).protected
    shown = judged.published().shown
    assert ("vose", FIRST.code) not in shown
    assert audit([], judged.published()) == []


def test_it_lets_out_what_was_looked_at(counted) -> None:
    client = at(counted.lola)
    page = client.get(f"{reverse('statistics:leave')}?{QUERY}").content.decode()
    mark = page.partition('name="mark" value="')[2].partition('"')[0]
    answer = client.post(reverse("statistics:leave"), {"query": QUERY, "mark": mark, "audience": "donor"})
    row = FiguresRelease.objects.get()
    assert (answer.status_code, row.audience, row.asked["facts"], row.refusal) == (302, "donor", "came", "")


def test_it_asks_again_where_something_left_meanwhile(counted) -> None:
    found = actions.judged(actor=counted.lola, organisation=counted.house, wish=wish())
    let_out(counted, wish("risk"))
    with pytest.raises(actions.Overtaken):
        actions.release_table(
            actor=counted.lola, organisation=counted.house, wish=wish(), mark=found.mark, audience="public"
        )


def test_it_lets_nothing_out_of_a_quarter_that_is_open(desk) -> None:
    fill(desk)
    books(desk, on=SECOND.end)
    found = actions.judged(actor=desk.lola, organisation=desk.house, wish=wish())
    assert found.protected.refusal is Refusal.STILL_OPEN


def test_it_proposes_regions_for_districts(counted) -> None:
    fill(counted, {("vose", FIRST): 2, ("vose", SECOND): 1})
    found = actions.roll_ups(actor=counted.lola, organisation=counted.house, wish=wish("district", "risk", "channel"))
    assert found
    assert all(each.judged.published() for _wish, each in found)
    again = actions.judged(actor=counted.lola, organisation=counted.house, wish=found[0][0])
    assert again.protected.published() == found[0][1].judged.published()


def test_it_judges_tables_of_months_and_of_quarters_together(counted) -> None:
    """Both count the same women: what left by months is told apart from what leaves by quarters."""
    asked = ByMonth(
        Event.OPENED, "2026-01", "2026-06", (Cut.DISTRICT,)
    )  # of Vose twelve, three of them in the first quarter
    found = by_months.judged(actor=counted.lola, organisation=counted.house, of=CASES, wish=asked)
    by_months.release_figures(
        actor=counted.lola, organisation=counted.house, of=CASES, wish=asked, mark=found.mark, audience="public"
    )
    before = register.released(found.population)
    judged = actions.judged(actor=counted.lola, organisation=counted.house, wish=wish("district", first=SECOND)).protected  # fmt: skip
    assert ("vose",) not in judged.published().shown
    assert audit(before, judged.published()) == []


def test_it_gives_the_cells_of_what_left(counted) -> None:
    let_out(counted)
    (table,) = selectors.released_tables(actor=counted.rustam, organisation_id=counted.house.pk)
    assert (table.value(f"ayni|{SECOND.code}"), table.value(f"vose|{FIRST.code}"), table.value("no|such")) == (13, None, None)  # fmt: skip
    assert table.label(f"asht|{FIRST.code}") == "Asht, 2026, quarter 1"


def test_it_writes_files_with_their_source_and_no_formula(counted) -> None:
    row = let_out(counted)
    client = at(counted.rustam)
    text = client.get(reverse("statistics:csv", args=[row.pk])).content.decode("utf-8-sig")
    book = openpyxl.load_workbook(io.BytesIO(client.get(reverse("statistics:xlsx", args=[row.pk])).content))
    assert (f"mark {row.digest[:12]}" in text, 'Vose,"2026, quarter 1",×' in text) == (True, True)
    assert {cell.data_type for line in book.active.iter_rows() for cell in line} <= {"s", "n"}


def test_it_takes_no_code_that_is_none_of_its_lists(counted) -> None:
    address = reverse("statistics:tables")
    strange = ["?of=came&first=2026-q1&last=2026-q2&by=name", "?of=came&first=2026-q9&last=2026-q2&by=sex", "?of=came&by=sex&by=age&by=risk&by=time&first=2026-q1&last=2026-q2"]  # fmt: skip
    pages = [at(counted.lola).get(f"{address}{each}").content.decode() for each in strange]
    assert [">62<" in page for page in pages] == [False] * 3
    assert at(counted.lola).get(f"{address}?of=strange").status_code == 404


def test_it_tells_by_three_variables(counted) -> None:
    found = selectors.counted(actor=counted.lola, organisation=counted.house, wish=wish("district", "risk", TIME))
    query = "of=came&first=2026-q1&last=2026-q2&by=district&by=risk&by=time"
    page = at(counted.lola).get(f"{reverse('statistics:tables')}?{query}").content.decode()
    assert page.count('<table class="t">') == 3
    assert found.values["*", "*", "*"] == 62


@pytest.fixture
def tiled(desk):
    """Two regions with the codes by which the map knows them."""
    for key, iso in {"sughd": "TJ-SU", "khatlon": "TJ-KT"}.items():
        AdminUnit.objects.filter(key=key).update(iso=iso)
    fill(desk, {("asht", FIRST): 12, ("vose", FIRST): 9})
    books(desk)
    return desk


def _tile(page: str, code: str) -> list[str]:
    return re.findall(rf"<title>{code}: ([^<]*)</title>", page)


def test_it_draws_the_regions_of_a_table_that_left(tiled) -> None:
    left = let_out(tiled, wish("district", last=FIRST))
    page = at(tiled.rustam).get(reverse("statistics:table", args=[left.pk])).content.decode()
    assert _tile(page, "Sughd")


def test_it_draws_no_region_where_only_one_is_told(tiled) -> None:
    let_out(tiled, wish("channel", last=FIRST))
    (table,) = selectors.released_tables(actor=tiled.rustam, organisation_id=tiled.house.pk)
    assert drawings.regions(table) == ""
