"""A group on a telephone: what lies there, what comes back whole and once, two telephones of one meeting, and one that was lost."""

import datetime as dt
import json
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from desk_world import NOW, TODAY, at
from groups_world import HOST, LINE, MEETS, asked, sheltered, talked
from hamroh.groups import parcels
from hamroh.groups.actions import carrying, meetings
from hamroh.groups.actions.frame import NotNow
from hamroh.groups.models import Carried, Entry, Meeting, Parcel
from hamroh.groups.selectors import books
from meetings_world import DECIDED, carried, met, parcel, saving, told

OURS = {"HTTP_X_MEETING": "1", "HTTP_SEC_FETCH_SITE": "same-origin"}


@pytest.fixture
def group(circle):
    """One meeting was held, the second is to come."""
    group, _cycle = saving(circle)
    met(circle, group)
    return group


def door(row: Carried, token: str) -> tuple[Client, str]:
    """A browser that nobody signed in to, with the token of a telephone."""
    client = Client(raise_request_exception=False)
    client.cookies["meeting"] = token
    return client, reverse("meetings:phone-api", kwargs={"carried": row.code})


def send(row, token, body):
    client, address = door(row, token)
    return client.post(address, body, content_type="application/json", **OURS)


def lines(group, circle):
    _group, decision = books.group_of(actor=circle.sitora, code=group.code)
    return books.lines_of(Entry.objects.filter(meeting__number=2).order_by("number"), decision)


def test_it_holds_what_the_meeting_needs_and_nothing_else(circle, group):
    talked(circle, group)
    asked(circle, group)
    sheltered(circle, group=group.code)
    _row, _token, held = carried(circle, group)
    assert set(held) == {"code", "public", "expires", "half", "names", "meeting", "members", "money"}
    assert {key for each in held["members"] for key in each} == {"number", "alias", "saved", "loan", "charge"}
    text = json.dumps(held, ensure_ascii=False)
    assert not [word for word in (HOST, MEETS, LINE, "grief", "alimony") if word in text]


def test_it_takes_a_meeting_in_whole_and_closes_it(circle, group):
    row, token, _held = carried(circle, group)
    assert send(row, token, parcel(row, told())).json() == {"outcome": "taken"}
    meeting = Meeting.objects.get(number=2)
    assert (meeting.state, meeting.came, len(lines(group, circle))) == ("closed", 5, 7)
    page = at(circle.sitora).get(f"/desk/groups/meetings/{group.code}/2/").content.decode()
    assert DECIDED in page


def test_it_takes_the_same_parcel_once_however_often_it_comes(circle, group):
    row, token, _held = carried(circle, group)
    body = parcel(row, told())
    assert [send(row, token, body).json()["outcome"] for _time in range(3)] == ["taken", "known", "known"]
    again = parcel(row, told(), uuid4())
    assert send(row, token, again).json() == {"outcome": "taken"}
    assert len(lines(group, circle)) == 7


def test_it_does_not_double_what_two_telephones_recorded(circle, group):
    first, token, _held = carried(circle, group)
    second, other, _held = carried(circle, group)
    send(first, token, parcel(first, told()))
    turned = told()
    turned["lines"] = list(reversed(turned["lines"]))
    assert send(second, other, parcel(second, turned)).json() == {"outcome": "taken"}
    assert len(lines(group, circle)) == 7
    assert not Parcel.objects.filter(state="waiting").exists()


def test_it_puts_side_by_side_what_two_telephones_say_otherwise(circle, group):
    first, token, _held = carried(circle, group)
    second, other, _held = carried(circle, group)
    send(first, token, parcel(first, told()))
    apart = told()
    apart["lines"][1] = {**apart["lines"][1], "amount": 1500}
    apart["attendance"]["5"] = "late"
    assert send(second, other, parcel(second, apart)).json() == {"outcome": "waits"}
    row = Parcel.objects.get(state="waiting")
    client, address = at(circle.sitora), f"/desk/groups/meetings/{group.code}/records/{row.pk}/"
    page = client.get(address).content.decode()
    assert "10.00\xa0TJS" in page
    assert "15.00\xa0TJS" in page
    assert client.post(address, {"share.2": "theirs"}).status_code == 422
    closed = client.post(address, {"share.2": "theirs", "attendance.5": "ours"})
    assert "open it again first" in closed.content.decode()
    meetings.reopen_meeting(actor=circle.sitora, group=group, number=2, why="Two telephones differ")
    assert client.post(address, {"share.2": "theirs", "attendance.5": "ours"}).status_code == 302
    _group, decision = books.group_of(actor=circle.sitora, code=group.code)
    assert books.book_now(group, decision).of("saved", 2) == 2500
    assert len(lines(group, circle)) == 9  # the line, its counter line, and the other one: nothing is lost


def test_it_keeps_what_is_here_of_a_closed_meeting_where_that_is_chosen(circle, group):
    first, token, _held = carried(circle, group)
    send(first, token, parcel(first, told()))
    apart = told(attendance={str(number): "present" for number in range(1, 5)})
    send(first, token, parcel(first, apart))
    row = Parcel.objects.get(state="waiting")
    carrying.settle(actor=circle.sitora, group=group, parcel=row.pk, choices={"attendance.5": "ours"})
    row.refresh_from_db()
    assert (row.state, Meeting.objects.get(number=2).came) == ("taken", 5)


def test_it_asks_which_meeting_it_was_where_number_and_day_do_not_agree(circle, group):
    row, token, _held = carried(circle, group)
    elsewhere = told(number=1)
    assert send(row, token, parcel(row, elsewhere)).json() == {"outcome": "waits"}
    waiting = Parcel.objects.get()
    assert (waiting.meeting, Meeting.objects.count()) == (None, 1)
    carrying.settle_meeting(actor=circle.sitora, group=group, parcel=waiting.pk, number=None)
    assert (Meeting.objects.count(), len(lines(group, circle))) == (2, 7)


def test_it_lets_no_line_go_that_cannot_stand(circle, group):
    row, token, _held = carried(circle, group)
    much = told()
    much["lines"].append({"id": "8", "kind": "repayment", "amount": 9999, "member": 3, "meeting": 2})
    much["lines"].append({"id": "9", "kind": "share", "amount": 500, "member": 88, "meeting": 2})
    assert send(row, token, parcel(row, much)).json() == {"outcome": "waits"}
    waiting = Parcel.objects.get()
    assert (waiting.differs, len(lines(group, circle)), Meeting.objects.get(number=2).state) == (2, 7, "open")
    with pytest.raises(NotNow):
        carrying.settle(
            actor=circle.sitora, group=group, parcel=waiting.pk, choices={"repayment.3": "theirs", "share.88": "ours"}
        )
    carrying.settle(
        actor=circle.sitora, group=group, parcel=waiting.pk, choices={"repayment.3": "ours", "share.88": "ours"}
    )
    assert Meeting.objects.get(number=2).state == "closed"


def test_it_keeps_nothing_of_a_parcel_that_breaks_off(circle, group, monkeypatch):
    row, token, _held = carried(circle, group)

    def broken(*_given, **_named):
        raise RuntimeError("the process ends here")

    with monkeypatch.context() as patched:
        patched.setattr(carrying.joining, "close", broken)
        assert send(row, token, parcel(row, told())).status_code == 500
    assert (Meeting.objects.count(), Entry.objects.filter(meeting__number=2).count(), Parcel.objects.count()) == (
        1,
        0,
        0,
    )
    assert send(row, token, parcel(row, told())).json() == {"outcome": "taken"}


def test_it_refuses_a_telephone_that_was_called_back_and_wipes_it(circle, group):
    row, token, _held = carried(circle, group)
    answer = at(circle.manizha).post(f"/desk/groups/meetings/{group.code}/telephones/{row.pk}/call-back/")
    assert answer.status_code == 302
    client, address = door(row, token)
    assert [client.get(address, **OURS).status_code, client.put(address, **OURS).status_code] == [403, 403]
    assert send(row, token, parcel(row, told())).json() == {"code": "revoked"}
    assert client.delete(address, **OURS).status_code == 200
    row.refresh_from_db()
    assert row.wiped_at is not None
    assert Meeting.objects.count() == 1


def test_it_refuses_the_telephone_of_who_runs_the_group_no_more(circle, group):
    from hamroh.groups import actions
    from hamroh.groups.models import Facilitating

    row, token, _held = carried(circle, group)
    actions.end_facilitating(actor=circle.manizha, group=group, line=Facilitating.objects.get())
    client, address = door(row, token)
    assert client.get(address, **OURS).status_code == 403
    assert send(row, token, parcel(row, told())).status_code == 403


def test_it_gives_some_days_more_and_takes_in_late_what_was_sealed_in_time(circle, group, time_machine):
    row, token, held = carried(circle, group)
    client, address = door(row, token)
    time_machine.move_to(NOW + dt.timedelta(days=5))
    more = client.put(address, **OURS).json()
    assert more["half"] != held["half"]
    assert more["expires"] > held["expires"]
    time_machine.move_to(NOW + dt.timedelta(days=40))
    assert send(row, token, parcel(row, told())).json() == {"outcome": "taken"}
    time_machine.move_to(NOW + dt.timedelta(days=90))
    assert send(row, token, parcel(row, told(), uuid4())).json() == {"code": "too_late"}


def test_it_answers_nobody_without_the_token_of_that_very_telephone(circle, group):
    row, token, _held = carried(circle, group)
    other, second, _held = carried(circle, group)
    client, address = door(row, second)
    assert client.get(address, **OURS).status_code == 401
    assert door(row, "")[0].get(address, **OURS).status_code == 401
    assert Client().get("/desk/groups/meetings/phone/api/zzzzzzzz/", **OURS).status_code == 401
    assert door(row, token)[0].get(address).status_code == 403
    assert send(row, token, parcel(other, told())).status_code == 409


@pytest.mark.parametrize(
    "spoilt",
    [
        b"", b"[]", b"{}", b'{"kind":"hamroh-meeting-1"}', b"\xff" * 40,
    ],
)  # fmt: skip
def test_it_takes_no_parcel_that_is_none(circle, group, spoilt):
    row, token, _held = carried(circle, group)
    assert send(row, token, spoilt).status_code == 400
    assert not Parcel.objects.exists()


@pytest.mark.parametrize(
    "content",
    [
        {"number": 2}, {**told(), "held": "soon"}, {**told(), "attendance": {"1": "maybe"}}, {**told(), "decisions": [{"words": "x" * 700}]},
        {**told(), "lines": [{"id": "1", "kind": "opening", "amount": 500000, "member": 1}]},
        {**told(), "lines": [{"id": "1", "kind": "correction", "amount": 0, "of": "1.1"}]}, {**told(), "cash": {"box": -1, "social": 0}},
        {**told(), "lines": [[]]}, [],
    ],
)  # fmt: skip
def test_it_reads_nothing_that_no_telephone_of_ours_says(circle, group, content):
    row, token, _held = carried(circle, group)
    assert send(row, token, parcel(row, content)).json() == {"code": "cannot_be_read"}
    assert Meeting.objects.count() == 1


def test_it_opens_no_parcel_that_was_changed_on_its_way(circle, group):
    row, token, _held = carried(circle, group)
    body = json.loads(parcel(row, told()))
    body["key"] = str(uuid4())
    with pytest.raises(parcels.WillNotOpen):
        carrying.take_in(carried=row, body=json.dumps(body).encode())
    del token


def test_it_takes_along_for_who_runs_the_group_alone(circle, group):
    address = f"/desk/groups/meetings/{group.code}/take/"
    answer = at(circle.sitora).post(address, {"label": "Redmi"})
    cookie = answer.cookies["meeting"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"].split("/")[-2]) == (
        True,
        "Strict",
        answer.json()["code"],
    )
    assert "no-store" in answer["Cache-Control"]
    assert at(circle.manizha).post(address, {}).status_code == 404
    assert TODAY.isoformat() not in cookie.value


def test_it_keeps_nothing_of_what_was_recorded_in_the_clear(circle, group):
    from django.db import connection

    row, token, _held = carried(circle, group)
    send(row, token, parcel(row, told()))
    with connection.cursor() as cursor:
        for table in ("groups_parcel", "groups_carried", "groups_meeting", "groups_entry", "vault_journalline"):
            cursor.execute(f"SELECT * FROM {table}")
            content = repr(
                [
                    [bytes(cell) if isinstance(cell, memoryview) else cell for cell in found]
                    for found in cursor.fetchall()
                ]
            )
            assert "Zwqx" not in content, table
            assert token not in content, table
