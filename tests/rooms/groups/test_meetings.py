"""Meetings and savings at the desk: the ledger is only added to, only the last meeting opens again, what is counted stands beside the book."""

import datetime as dt
import re

import pytest
from django.db import DatabaseError, connection, transaction

from desk_world import TODAY, at
from groups_world import ALIAS
from hamroh.accounts import policy
from hamroh.groups.actions import meetings, savings
from hamroh.groups.actions.frame import NotNow
from hamroh.groups.models import Entry, Meeting, Member, Written
from hamroh.groups.selectors import books
from hamroh.kernel.savings import Kind, Line, Terms
from hamroh.vault.models import JournalLine
from meetings_world import FIRST, WHY, closed, met, opened, saving, shares


@pytest.fixture
def group(circle):
    return saving(circle)[0]


def book_of(circle, group):
    _group, decision = books.group_of(actor=circle.sitora, code=group.code)
    return books.book_now(group, decision)


def test_it_keeps_the_book_from_meeting_to_meeting(circle, group):
    met(circle, group)
    met(circle, group, TODAY, [*shares(1, 2), *savings.lent(Terms(500, charge_permille=20), 3, 3000, 3, TODAY)])
    book = book_of(circle, group)
    assert (book.of("box"), book.total("saved"), book.debt(3), book.of("gain")) == (4000, 7000, 3180, 180)
    _group, decision = books.group_of(actor=circle.sitora, code=group.code)
    assert books.whole_book(books.cycle_of(group), decision).told() == book.told()


def test_it_writes_all_lines_or_none(circle, group):
    row = opened(circle, group)
    with pytest.raises(NotNow, match="№ 2"):
        savings.enter(actor=circle.sitora, group=group, number=row.number, lines=[*shares(1), *shares(2, amount=750)])
    assert not Entry.objects.exists()


def test_it_writes_nothing_of_somebody_who_is_no_member(circle, group):
    row = opened(circle, group)
    with pytest.raises(NotNow, match="no such member"):
        savings.enter(actor=circle.sitora, group=group, number=row.number, lines=shares(77))


def test_it_changes_no_entry_whoever_asks(circle, group):
    met(circle, group)
    entry = Entry.objects.get()
    with pytest.raises(Written):
        entry.save()
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE groups_entry SET number = 9")


def test_it_corrects_by_a_counter_line_and_keeps_both(circle, group):
    row = opened(circle, group)
    savings.enter(actor=circle.sitora, group=group, number=row.number, lines=shares(1))
    savings.correct(actor=circle.sitora, group=group, number=row.number, line="1.1")
    assert (Entry.objects.count(), book_of(circle, group).of("saved", 1)) == (2, 0)
    with pytest.raises(NotNow, match="undone already"):
        savings.correct(actor=circle.sitora, group=group, number=row.number, line="1.1")


def test_it_opens_only_the_last_meeting_again_and_says_who_and_why(circle, group):
    met(circle, group)
    met(circle, group, TODAY)
    with pytest.raises(NotNow, match="Only the last"):
        meetings.reopen_meeting(actor=circle.sitora, group=group, number=1, why="wrong")
    with pytest.raises(NotNow, match="why"):
        meetings.reopen_meeting(actor=circle.sitora, group=group, number=2, why=" ")
    row = meetings.reopen_meeting(actor=circle.sitora, group=group, number=2, why="A share was forgotten")
    assert row.state == "open"
    line = JournalLine.objects.filter(verb="meeting.reopen").get()
    assert line.actor_id == circle.sitora.pk
    savings.correct(actor=circle.sitora, group=group, number=2, line="2.1")
    assert closed(circle, group, 2).state == "closed"


def test_it_writes_nothing_into_a_closed_meeting(circle, group):
    met(circle, group)
    for act in (
        lambda: savings.enter(actor=circle.sitora, group=group, number=1, lines=shares(1)),
        lambda: savings.correct(actor=circle.sitora, group=group, number=1, line="1.1"),
        lambda: meetings.note_attendance(actor=circle.sitora, group=group, number=1, attendance={1: "absent"}),
    ):
        with pytest.raises(NotNow, match="closed"):
            act()


def test_it_names_what_differs_from_the_book_and_changes_no_balance(circle, group):
    row = opened(circle, group)
    savings.enter(actor=circle.sitora, group=group, number=row.number, lines=shares(1))
    with pytest.raises(NotNow, match="differ"):
        meetings.close_meeting(actor=circle.sitora, group=group, number=1, counted={"box": 900, "social": 0})
    closed(circle, group, 1, box=-100)
    page = at(circle.sitora).get(f"/desk/groups/meetings/{group.code}/1/").content.decode()
    assert "difference −1.00\xa0TJS" in page
    assert WHY in page
    assert book_of(circle, group).of("box") == 1000


def test_it_begins_no_meeting_before_the_last_one_nor_tomorrow_week(circle, group):
    met(circle, group, TODAY)
    with pytest.raises(NotNow, match="later day"):
        meetings.open_meeting(actor=circle.sitora, group=group, held_date=FIRST)
    with pytest.raises(NotNow, match="not happened"):
        meetings.open_meeting(actor=circle.sitora, group=group, held_date=TODAY + dt.timedelta(days=7))


def test_it_shares_out_to_the_last_diram_and_then_stands(circle, group):
    met(circle, group, TODAY, [*shares(1, 2, 3), Line("", Kind.INCOME, 100), Line("", Kind.FUND, 100, 1)])
    out = savings.pay_out(actor=circle.sitora, group=group)
    assert [each.paid for each in out.lines] == [1034, 1033, 1033]
    assert out.kept_social == 100
    with pytest.raises(NotNow, match="No cycle"):
        savings.pay_out(actor=circle.sitora, group=group)
    with pytest.raises(NotNow, match="stands"):
        meetings.reopen_meeting(actor=circle.sitora, group=group, number=1, why="wrong")
    savings.open_cycle(actor=circle.sitora, group=group, terms=Terms(500), currency="TJS", starts_date=TODAY)
    opened(circle, group, TODAY)
    savings.bring_over(actor=circle.sitora, group=group, number=2)
    assert book_of(circle, group).of("social") == 100


def test_it_pays_out_nothing_where_the_book_is_not_what_the_last_meeting_says(circle, group):
    row = met(circle, group)
    row.refresh_from_db()
    with transaction.atomic():
        row.book = {"box": 1, "social": 0, "gain": 0, "fund": 0, "members": {}, "due": {}}
        row.save()
    with pytest.raises(NotNow, match="looked into"):
        savings.pay_out(actor=circle.sitora, group=group)


def test_it_says_what_is_missing_for_a_quarter_and_gives_no_figure(circle, group):
    met(circle, group)
    Member.objects.filter(number=2).update(sex="")
    client, address = at(circle.sitora), f"/desk/groups/meetings/{group.code}/quarter/2026/4/"
    page = client.get(address).content.decode()
    assert "women or men: 1" in page
    assert "Drop-out" not in page
    assert client.get(f"{address}quarter.csv").status_code == 302
    Member.objects.filter(number=2).update(sex="f")
    assert "Drop-out" in client.get(address).content.decode()
    rows = client.get(f"{address}quarter.csv").content.decode().splitlines()
    assert f"{group.code},2026,4,saved,TJS,50.0" in rows
    assert ALIAS not in "".join(rows)
    assert client.get(f"{address}quarter.xlsx").content[:2] == b"PK"


def test_it_prints_a_passbook_by_number(circle, group):
    met(circle, group)
    page = at(circle.sitora).get(f"/desk/groups/meetings/{group.code}/members/2/").content.decode()
    assert "№ 2" in page
    assert "10.00" in page
    assert at(circle.sitora).get(f"/desk/groups/meetings/{group.code}/members/99/").status_code == 404


def test_it_holds_a_meeting_by_plain_forms(circle, group):
    client, base = at(circle.sitora), f"/desk/groups/meetings/{group.code}/"
    assert client.post(f"{base}new/", {"held_date": TODAY.isoformat()})["Location"] == f"{base}1/attendance/"
    assert client.post(f"{base}1/attendance/", {"m1": "absent"}).status_code == 422
    assert client.post(f"{base}1/attendance/", {"m1": "absent", "all": "1"}).status_code == 302
    wrong = client.post(f"{base}1/money/", {"s1": "2", "f1": "1,50", "s2": "7"})
    assert wrong.status_code == 422
    assert 'value="1,50"' in wrong.content.decode()
    assert client.post(f"{base}1/money/", {"s1": "2", "f1": "1,50", "s2": "5"}).status_code == 302
    assert client.post(f"{base}1/loan/", {"member": "2", "amount": "20", "months": "2"}).status_code == 302
    assert (
        client.post(f"{base}1/line/", {"kind": "fine", "fund": "social", "member": "", "amount": "1"}).status_code
        == 422
    )
    assert (
        client.post(f"{base}1/line/", {"kind": "fine", "fund": "social", "member": "3", "amount": "1"}).status_code
        == 302
    )
    assert client.post(f"{base}1/decision/", {"words": "Seed", "f_for": "4", "member": "1"}).status_code == 302
    assert client.post(f"{base}1/agenda/", {"agenda": "Spring\nSeed"}).status_code == 302
    assert client.post(f"{base}1/undo/", {"line": "1.1"}).status_code == 302
    assert client.post(f"{base}1/close/", {"box": "-1", "social": "2.50"}).status_code == 422
    book = book_of(circle, group)
    assert (book.of("saved", 1), book.of("saved", 2), book.debt(2), book.of("social")) == (0, 2500, 2080, 250)
    assert client.post(f"{base}1/close/", {"box": "1", "social": "2.50"}).status_code == 422
    assert client.post(f"{base}1/close/", {"box": "1", "social": "2.50", "why": WHY}).status_code == 302
    assert (Meeting.objects.get().state, Meeting.objects.get().came) == ("closed", 4)


def test_it_asks_as_often_however_many_meetings_and_members_there_are(circle, group):
    from django.test.utils import CaptureQueriesContext

    met(circle, group)
    client = at(circle.sitora)
    pages = [f"/desk/groups/meetings/{group.code}/{more}" for more in ("", "1/", "share-out/", "quarter/2026/4/")]

    def asked() -> list[int]:
        found = []
        for page in pages:
            client.get(page)
            with CaptureQueriesContext(connection) as seen:
                assert client.get(page).status_code == 200
            found.append(len(seen))
        return found

    before = asked()
    for day in range(1, 5):
        met(circle, group, FIRST + dt.timedelta(days=day))
    assert asked() == before


def test_it_keeps_what_is_said_and_saved_out_of_the_tables_and_the_journal(circle, group):
    from meetings_world import DECIDED

    row = opened(circle, group)
    meetings.note_minutes(actor=circle.sitora, group=group, number=row.number, decision={"words": DECIDED})
    savings.enter(actor=circle.sitora, group=group, number=row.number, lines=shares(1, amount=2500))
    closed(circle, group, 1, box=7)
    with connection.cursor() as cursor:
        for table in ("groups_meeting", "groups_entry", "vault_journalline"):
            cursor.execute(f"SELECT * FROM {table}")
            content = repr(
                [
                    [bytes(cell) if isinstance(cell, memoryview) else cell for cell in found]
                    for found in cursor.fetchall()
                ]
            )
            assert "Zwqx" not in content, table
            assert not re.search(r"(?<!\d)2500(?!\d)", content), table  # digits of a moment are longer


def test_it_shuts_at_once_for_who_runs_the_group_no_more(circle, group):
    from hamroh.groups import actions
    from hamroh.groups.models import Facilitating

    assert at(circle.sitora).get(f"/desk/groups/meetings/{group.code}/").status_code == 200
    actions.end_facilitating(actor=circle.manizha, group=group, line=Facilitating.objects.get())
    assert at(circle.sitora).get(f"/desk/groups/meetings/{group.code}/").status_code == 404
    with pytest.raises(policy.Refused):
        meetings.open_meeting(actor=circle.sitora, group=group, held_date=TODAY)
