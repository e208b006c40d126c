"""The table of who does what where, when and for whom: out and in again unchanged, and nothing in unseen."""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from desk_world import NOW
from hamroh.directory.exchange.tables import FileRefused
from hamroh.directory.models import Party
from hamroh.projects import selectors
from hamroh.projects.actions import activities
from hamroh.projects.actions.fourw import bring_activities
from hamroh.projects.exchange import fourw_in, fourw_out
from hamroh.projects.models import Activity, Project, Reach
from iati_world import Register, open_register
from vault_keys import settled

LANGS = ("en", "az", "ru", "tg")


@pytest.fixture
def register(db, fresh_keys, settings, time_machine) -> Iterator[Register]:
    settings.IS_DEMO = True
    time_machine.move_to(NOW)
    found = open_register()
    settled(found.office.centre, found.office.other)
    return found


def held(register: Register) -> list[Activity]:
    return list(selectors.activities(actor=register.lola, organisation=register.house).select_related("indicator"))


def out(register: Register, lang: str = "en", **more: Any) -> bytes:
    return fourw_out.workbook(held(register), lang, **more)


def tried(register: Register, content: bytes) -> list[fourw_in.Fate]:
    return fourw_in.read(actor=register.lola, organisation=register.house, name="4w.xlsx", content=content)


def bring(register: Register, content: bytes) -> dict[str, int]:
    return bring_activities(actor=register.lola, organisation=register.house, rows=tried(register, content))


def advice(register: Register, **more: Any) -> Activity:
    told = {
        "project": register.project, "who_name": "Centre", "whats": {"en": "Legal advice", "tg": "Маслиҳат"}, "place": register.khatlon,
        "spot": "Zwqxspot", "starts": "2015-02", "state": "done",
    }  # fmt: skip
    row = activities.make(actor=register.lola, organisation=register.house, what="activity", told=told | more)
    Reach.objects.create(organisation=register.house, activity=row, group="women", sex="f", age="18-59", number=40)
    return row


def changed(content: bytes, sheet: int = 0, **cells: Any) -> bytes:
    """The workbook with other values in some cells of its first row."""
    book = load_workbook(io.BytesIO(content))
    page = book.worksheets[sheet]
    tags = {cell.value: cell.column for cell in page[2]}
    for tag, value in cells.items():
        page.cell(3, tags["#" + tag.replace("__", "+")]).value = value
    return saved(book)


def saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def faults(fates: list[fourw_in.Fate]) -> list[tuple[str, str]]:
    return [(fault.cell, fault.words) for each in fates for fault in each.faults]


@pytest.mark.parametrize("lang", LANGS)
def test_it_goes_out_and_in_unchanged_in_every_language(register, lang):
    advice(register)
    assert [each.kind for each in tried(register, out(register, lang))] == ["same"]


def test_it_stays_byte_for_byte_when_it_is_brought_back(register):
    advice(register, starts="2015")
    first = out(register)
    bring(register, first)
    assert cells(out(register)) == cells(first)


def cells(content: bytes) -> list[list[Any]]:
    return [
        [cell.value for cell in row]
        for page in load_workbook(io.BytesIO(content)).worksheets
        for row in page.iter_rows()
    ]


text = st.text(st.characters(min_codepoint=32, max_codepoint=0x52F, exclude_characters="'\x7f"), min_size=1, max_size=40).map(str.strip).filter(
    lambda said: bool(said) and not any("\x7f" <= sign <= "\xa0" for sign in said)
)  # fmt: skip


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.tuples(text, text, text, text), number=st.integers(0, 2_000_000_000), least=st.booleans())
def test_it_keeps_whatever_was_typed(register, typed, number, least):
    Activity.objects.all().delete()
    row = advice(register, who_name=typed[0], whats={"ru": typed[1]}, spot=typed[2])
    Reach.objects.filter(activity=row).update(group=typed[3], number=number, at_least=least)
    assert [each.kind for each in tried(register, out(register, "tg"))] == ["same"]


def test_it_changes_the_row_of_the_number_and_adds_one_without(register):
    row = advice(register)
    book = load_workbook(io.BytesIO(changed(out(register), activity__name__i_en="Advice in court", status="ongoing")))
    page = book.worksheets[0]
    tags = {cell.value: cell.column for cell in page[2]}
    for tag, value in (("#org+name", "Jamoat"), ("#activity+name+i_tg", "Вохӯрӣ"), ("#activity+code+id", "new 1")):
        page.cell(4, tags[tag]).value = value
    people = book.worksheets[1]
    people.append(["new 1", "men", "m", "", 12, "x"])
    assert bring(register, saved(book)) == {"new": 1, "changed": 1}
    row.refresh_from_db()
    new = Activity.objects.exclude(pk=row.pk).get()
    assert (row.whats["en"], row.state, new.who_name, new.reach.get().at_least) == (
        "Advice in court",
        "ongoing",
        "Jamoat",
        True,
    )


def test_it_offers_the_places_that_may_be_meant(register):
    advice(register, place=None)
    (cell, words) = faults(tried(register, changed(out(register), adm1__name="Nowhereland")))[0]
    assert (cell[-1], "Nowhereland" in words) == ("3", True)


def test_it_does_not_write_over_what_was_changed_meanwhile(register):
    row = advice(register)
    before = out(register)
    activities.move(actor=register.lola, row=row, what="activity", after="ongoing", before="done")
    (fate,) = tried(register, before)
    assert (fate.kind, bring(register, before)) == ("refused", {"new": 0, "changed": 0})


@pytest.mark.parametrize(
    ("tag", "value"),
    [
        ("date__start", "18.03.2015"), ("date__end", "2015-02-30"), ("status", "finished?"), ("activity__code__project", "no such"),
        ("loc__code__id", "xx-nowhere"), ("org__code__id", "zzzz"), ("indicator__code", "9.9"), ("loc__name", "s" * 161),
        ("loc__name", "=HYPERLINK(1)"),
    ],
)  # fmt: skip
def test_it_says_in_which_cell_a_row_is_wrong(register, tag, value):
    advice(register)
    found = faults(tried(register, changed(out(register), **{tag: value})))
    assert [cell[-1] for cell, _words in found] == ["3"]


def test_it_refuses_a_number_of_people_that_is_none(register):
    advice(register)
    assert faults(tried(register, changed(out(register), sheet=1, reached__num="many")))


def test_it_never_runs_what_somebody_typed(register):
    advice(register, who_name="=1+1", spot="@SUM(A1)")
    page = load_workbook(io.BytesIO(out(register))).worksheets[0]
    assert {cell.data_type for row in page.iter_rows() for cell in row} <= {"s", "n"}


def test_it_gives_others_no_spot_and_no_hidden_place(register):
    advice(register)
    advice(register, is_hidden=True, whats={"en": "Zwqxhidden"})
    advice(register, project=None, who_name="Zwqxtyped")
    advice(register, project=None, who=Party.objects.get(names__en="Zwqxgroup"))
    told = str(cells(out(register, for_others=True)))
    assert ("Zwqx" in told, "Legal advice" in told) == (False, True)


def test_it_gives_others_nothing_of_a_project_that_is_ours_alone(register):
    advice(register)
    Project.objects.update(visibility="organisation")
    assert "Legal advice" not in str(cells(out(register, for_others=True)))


def test_it_takes_no_row_of_another_organisation(register):
    row = advice(register)
    content = out(register)
    Activity.objects.filter(pk=row.pk).update(organisation=register.office.other, project=None)
    assert [each.kind for each in tried(register, content)] == ["refused"]


def test_it_refuses_what_is_no_table(register):
    book = Workbook()
    book.active.append(["a", "b", "c"])
    book.active.append(["1", "2", "3"])
    with pytest.raises(FileRefused):
        tried(register, saved(book))


def test_it_asks_as_much_for_many_rows_as_for_one(register, django_assert_num_queries):
    advice(register)
    one = out(register)
    with CaptureQueriesContext(connection) as once:
        tried(register, one)
    for _number in range(5):
        advice(register)
    many = out(register)
    with django_assert_num_queries(len(once)):
        tried(register, many)
