"""Books of facts: everybody once, as the quarter closed, sealed, and without whoever was erased."""

import datetime as dt

import pytest
from django.db import connection

from hamroh.accounts import policy
from hamroh.cases.models import Case
from hamroh.kernel.disclosure import ALL
from hamroh.statistics import selectors
from hamroh.statistics.actions import keep_books, keep_table
from hamroh.statistics.models import Book, KeptTable
from hamroh.statistics.wishes import TIME
from hamroh.vault.models import JournalLine
from statistics_world import CAME, FIRST, books, fill, wish


def counts(desk, **more):
    return selectors.counted(actor=desk.lola, organisation=desk.house, wish=wish(**more)).values


def test_it_counts_who_came_by_district_and_quarter(desk) -> None:
    fill(desk)
    books(desk)
    found = counts(desk)
    assert {(district, quarter): found[district, quarter.code] for district, quarter in CAME} == CAME
    assert found["sughd", ALL] == 50


def test_it_counts_a_closed_quarter_as_it_was(desk) -> None:
    """A risk that is judged otherwise later changes nothing that left."""
    rows = fill(desk)
    books(desk)
    Case.objects.filter(pk__in=[row.pk for row in rows]).update(risk="medium")
    keep_books(organisation=desk.house)
    found = selectors.counted(actor=desk.lola, organisation=desk.house, wish=wish("risk"))
    assert (found.values["medium",], found.values["high",]) == (0, 22)


def test_it_takes_out_who_was_erased(desk) -> None:
    rows = fill(desk)
    books(desk)
    Case.objects.filter(pk=rows[0].pk).delete()
    keep_books(organisation=desk.house)
    assert counts(desk)["asht", FIRST.code] == 11
    assert Book.objects.get(source="came", quarter=FIRST.code).taken_out == 1


def test_it_keeps_an_open_quarter_open(desk) -> None:
    fill(desk)
    books(desk, on=FIRST.end + dt.timedelta(days=3))
    assert set(Book.objects.values_list("state", flat=True)) == {"open"}


def test_it_counts_in_totals_alone_who_does_not_want_to_be_counted(desk) -> None:
    rows = fill(desk, {("asht", FIRST): 3})
    from hamroh.cases.models import Consent

    Consent.objects.create(
        organisation=desk.house, case=rows[0], purpose="statistics", answer="refused", way="voice", text_version="1",
        text_digest="0", taken_by=desk.office.farzona,
    )  # fmt: skip
    books(desk)
    found = selectors.counted(actor=desk.lola, organisation=desk.house, wish=wish("district", "risk")).values
    assert (found["asht", ALL], found["unknown", "unknown"], found[ALL, ALL]) == (2, 1, 3)


def test_it_leaves_nothing_to_read_in_a_stolen_table(desk) -> None:
    fill(desk)
    books(desk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT block, records FROM statistics_book")
        stolen = b"".join(bytes(part) for row in cursor.fetchall() for part in row)
    assert [word for word in (b"asht", b"high") if word in stolen] == []


def test_it_writes_one_line_for_a_look(desk) -> None:
    from hamroh.vault import journal

    fill(desk)
    books(desk)
    with journal.openings("page"):
        counts(desk)
    line = JournalLine.objects.filter(verb="statistics.see").get()
    assert (line.actor_id, line.facts["fields"]) == (desk.lola.pk, ["62 counted"])


def test_it_shows_another_house_nothing(desk) -> None:
    fill(desk)
    books(desk)
    with pytest.raises(policy.Refused):
        selectors.counted(actor=desk.vusal, organisation=desk.house, wish=wish())


def test_it_keeps_a_table_once(desk) -> None:
    for _time in range(2):
        keep_table(actor=desk.firuz, organisation=desk.house, wish=wish("district", TIME))
    assert KeptTable.objects.count() == 1
