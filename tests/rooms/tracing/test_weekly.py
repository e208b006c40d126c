"""The seeker's side is told once a week, in the same words, rows and time, unless he agreed to more."""

import datetime as dt
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases_safety import SHARED, contact
from desk_world import NOW, at
from desk_world import asked as queries
from found_world import (
    ADDRESS,
    ANSWER,
    HIS_PHONE,
    HIS_PROOF,
    NEWS,
    TALKED_AT,
    answered,
    her_letter,
    his_letter,
    read,
    talked,
    told_to,
    verified,
    weekly,
    wished,
    words_of,
)
from hamroh.accounts.models import Notice
from hamroh.cases.models import Outgoing
from hamroh.tracing import actions, selectors
from hamroh.tracing.actions import approaching, telling
from hamroh.tracing.models import Choice, Letter, WeeklyWord
from hamroh.tracing.models.requests import OUTWARD
from hamroh.tracing.weekly import last_hour, next_hour
from hamroh.vault import journal, keyring
from hamroh.vault.models import JournalLine
from tracing_world import MET, NO, NOTE, PLACE, ZAFAR, again, asked, judged, listed, met

LANGS = ("tg", "ru", "az", "en")


@pytest.fixture(autouse=True)
def _in_dushanbe(search, monkeypatch):
    """It is Monday at ten there: what is asked for now is told in a week. Keys are not asked anew meanwhile, as the clock has it."""
    monkeypatch.setattr(keyring, "REFRESH", 10**9)
    for house in (search.centre, search.office.other):
        house.zone = "Asia/Dushanbe"
        house.save()


def silent(search) -> dict:
    """Requests of which nothing may be told, each for another reason; in the order of their making."""
    plain = {"not found": asked(search), "guarded": asked(search, answers=NO | {"hidden": "yes"})}
    woman = asked(search, sought=replace(ZAFAR, facts={**ZAFAR.facts, "sex": "f"}))
    pending = asked(search)
    judged(search.bahrom, pending, met(search, listed(search)))
    found, _record = verified(search)
    spoken, there = verified(search)
    talked(search, spoken, there)
    back = answered(search, "alive", "message", "contact")
    his_letter(search, back)
    approaching.take_back(actor=search.bahrom, request=again(back.pk), words="He rang and said so.")
    over = asked(search)
    actions.close(actor=search.bahrom, request=over, end="found", words="It is settled, we think.")
    ended = asked(search, answers=NO | {"threat": "yes"})
    actions.close(actor=search.manizha, request=ended, end="not_ours", words="She asked us to be left alone.")
    return plain | {
        "a woman": woman, "pending": pending, "verified": found, "asked": spoken, "refused": answered(search),
        "withdrawn": back, "settled": over, "ended by who protects": ended,
    }  # fmt: skip


def test_it_is_told_on_the_declared_hour_of_each_house(search):
    assert last_hour(NOW, search.centre).isoformat() == "2026-11-23T09:00:00+05:00"
    assert last_hour(NOW - dt.timedelta(hours=2), search.centre).date() == dt.date(2026, 11, 16)
    assert next_hour(NOW + dt.timedelta(days=6)) == dt.datetime(2026, 11, 30, 4, tzinfo=dt.UTC)
    assert next_hour(NOW) == NOW + dt.timedelta(days=1)


def test_it_tells_nothing_between_two_hours(search, time_machine):
    row = answered(search, "alive")
    time_machine.shift(dt.timedelta(hours=5))
    telling.tell_all(NOW + dt.timedelta(hours=5))
    assert told_to(search.farzona, row) == []
    weekly(time_machine)
    time_machine.shift(dt.timedelta(days=2))
    wished(search, row, "alive", "contact")
    telling.tell_all(NOW + dt.timedelta(days=9))
    assert [each["kind"] for each in told_to(search.farzona, row)] == ["alive"]


def test_it_writes_the_same_for_all_of_which_nothing_may_be_told(search, time_machine):
    """Rows, journal and notices: one row each, no line and no notice of any of them."""
    rows = silent(search)
    lines, notices = JournalLine.objects.count(), Notice.objects.count()
    assert weekly(time_machine) == len(rows)
    words = {each.request_id: each for each in WeeklyWord.objects.all()}
    assert set(words) == {row.pk for row in rows.values()}
    assert {each.week_date for each in words.values()} == {dt.date(2026, 11, 30)}
    assert {len(bytes(each.body.ciphertext)) for each in words.values()} == {
        len(bytes(words[rows["refused"].pk].body.ciphertext))
    }
    assert {name: told_to(search.farzona, row) for name, row in rows.items() if told_to(search.farzona, row)} == {}
    new = JournalLine.objects.order_by("seq")[lines:] if hasattr(JournalLine, "seq") else JournalLine.objects.all()
    of_requests = [
        line for line in new if line.verb.startswith("tracing.tell") and line.record_kind == "tracing.request"
    ]
    assert (of_requests, Notice.objects.filter(about="word").count(), Notice.objects.count()) == ([], 0, notices)


def test_it_asks_the_same_of_the_database_for_each_of_them(search, time_machine):
    rows = silent(search)
    weekly(time_machine)
    time_machine.shift(dt.timedelta(days=7))
    asked_ = {}
    for name, row in rows.items():
        with CaptureQueriesContext(connection) as seen:
            telling._tell(row.pk, dt.date(2026, 12, 7))
        asked_[name] = [each["sql"] for each in seen if "SAVEPOINT" not in each["sql"]]
    shapes = {tuple(sql.split(" ")[0] for sql in each) for each in asked_.values()}
    assert {name: len(each) for name, each in asked_.items()} == dict.fromkeys(asked_, len(asked_["not found"]))
    assert len(shapes) == 1


@pytest.mark.parametrize("lang", LANGS)
def test_it_answers_all_of_them_word_for_word_alike(search, time_machine, lang):
    """Her page, her list and the case's panel; and as many queries for each page."""
    rows = silent(search)
    for row in rows.values():
        her_letter(search, row)
    weekly(time_machine)
    client = at(search.farzona)
    client.cookies["lang"] = lang
    pages = {name: words_of(client.get(f"/desk/tracing/{row.code}/").content.decode()) for name, row in rows.items()}
    asked_ = {name: queries(client, f"/desk/tracing/{row.code}/") for name, row in rows.items()}
    plain = pages["not found"].replace("Мард", "Зан")
    different = {name for name, page in pages.items() if without_sex(page) != without_sex(plain)}
    assert (different, asked_) == (set(), dict.fromkeys(asked_, asked_["not found"]))
    assert {str(selectors.outward(again(row.pk)).word) for row in rows.values()} == {str(OUTWARD)}


def without_sex(page: str) -> str:
    import re

    return re.sub(r"<dt>[^<]*</dt>\s*<dd>(Мард|Зан|Мужской|Женский|Kişi|Qadın|Male|Female)[^<]*</dd>", "", page)


def test_it_says_the_same_of_letters_to_all_of_them(search, time_machine):
    """Read or not, carried or not, she reads nothing of it; what is sent back is so by its words, with the weekly word."""
    rows = silent(search)
    ours = {name: her_letter(search, row) for name, row in rows.items()}
    for name, letter in ours.items():
        row = again(rows[name].pk)
        reader = search.manizha if row.route == "protection" else search.shahlo
        read(letter, reader, "returned", "It names a town, write it anew.")
        assert told_to(search.farzona, row) == []
    weekly(time_machine)
    told = {name: [(each["kind"], each["text"]) for each in told_to(search.farzona, row)] for name, row in rows.items()}
    assert {
        name: each for name, each in told.items() if each != [("returned", "It names a town, write it anew.")]
    } == {}
    assert Notice.objects.filter(about="word").count() == len(rows)


def test_it_says_nothing_to_who_wished_no_search_any_more(search, time_machine):
    row = answered(search, "alive")
    actions.close(actor=search.farzona, request=again(row.pk), end="wish")
    assert weekly(time_machine) == 0


# -- with his consent ----------------------------------------------------------------------------------------------


def test_it_tells_that_he_is_alive_once(search, time_machine):
    row = answered(search, "alive")
    weekly(time_machine)
    weekly(time_machine)
    assert [(each["kind"], each["on"]) for each in told_to(search.farzona, row)] == [("alive", "2026-11-30")]
    assert [each.user for each in Notice.objects.filter(about="word")] == [search.farzona]
    assert f"/desk/tracing/{row.code}/" in at(search.farzona).get("/desk/notices/").content.decode()


def test_it_gives_his_number_with_his_consent_alone(search, time_machine):
    silent_, told = answered(search, "alive", "message"), answered(search, "contact", row=asked(search))
    weekly(time_machine)
    assert HIS_PHONE not in str(told_to(search.farzona, silent_))
    assert told_to(search.farzona, told)[0]["terms"] == {"phone": HIS_PHONE, "words": "in the evening"}


def test_it_takes_his_letter_out_with_the_weekly_word_only_where_it_was_read(search, time_machine):
    row = answered(search, "message")
    went, unread = his_letter(search, row), his_letter(search, row, body="Another one.", after="")
    weekly(time_machine)
    assert [(each["kind"], each["text"]) for each in told_to(search.farzona, row)] == [("letter", NEWS)]
    states = {each.pk: each.state for each in Letter.objects.all()}
    assert states == {went.pk: "out", unread.pk: "written"}


@pytest.mark.parametrize("how", ["withdrawn", "run out", "not the same", "off the list"])
def test_it_takes_no_letter_out_once_his_word_is_gone(search, time_machine, how):
    row = answered(search, "message")
    his_letter(search, row)
    record = approaching.reads.spoken(row)[0].record
    {
        "withdrawn": lambda: wished(search, row, "alive"),
        "run out": lambda: Choice.objects.filter(wish="message").update(until_date=dt.date(2026, 11, 24)),
        "not the same": lambda: judged(search.shahlo, again(row.pk), record, "different", "The scar is elsewhere."),
        "off the list": lambda: actions.withdraw_record(actor=search.bahrom, record=record),
    }[how]()
    weekly(time_machine)
    assert NEWS not in str(told_to(search.farzona, row))


def test_it_keeps_what_went_out_before_he_took_it_back(search, time_machine):
    row = answered(search, "alive")
    weekly(time_machine)
    approaching.take_back(actor=search.bahrom, request=again(row.pk), words="He rang and said so.")
    weekly(time_machine)
    assert [each["kind"] for each in told_to(search.farzona, row)] == ["alive"]


def test_it_goes_on_where_it_was_broken_off(search, time_machine, monkeypatch):
    rows = [answered(search, "alive"), asked(search)]
    time_machine.shift(dt.timedelta(days=7))
    work, done = telling._tell, []

    def once(pk, week):
        if done:
            raise KeyboardInterrupt
        done.append(pk)
        work(pk, week)

    monkeypatch.setattr(telling, "_tell", once)
    with pytest.raises(KeyboardInterrupt):
        telling.tell_all(NOW + dt.timedelta(days=7))
    monkeypatch.undo()
    assert telling.tell_all(NOW + dt.timedelta(days=7)) == 1
    assert [len(told_to(search.farzona, row)) for row in rows] == [1, 0]


# -- to her --------------------------------------------------------------------------------------------------------


def told_letter(search, time_machine):
    row = answered(search, "message")
    his_letter(search, row)
    weekly(time_machine)
    return row, f"/desk/tracing/{row.code}/told/{told_to(search.farzona, row)[0]['of']}/"


def test_it_shows_his_letter_to_her_case_worker_and_that_she_has_it(search, time_machine):
    row, address = told_letter(search, time_machine)
    client = at(search.farzona)
    assert NEWS in client.get(address).content.decode()
    client.post(f"{address}given/")
    assert Letter.objects.get().state == "delivered"
    assert "She has it" in client.get(f"/desk/tracing/{row.code}/").content.decode()
    assert "Arrived" in at(search.bahrom).get(f"/desk/tracing/{row.code}/person/").content.decode()


def test_it_reaches_her_through_the_one_door_out(search, time_machine):
    """Her rule is asked, and says no until she said how; his words are in nothing that goes out."""
    _row, address = told_letter(search, time_machine)
    answer = at(search.farzona).post(address, {"way": "call"})
    assert answer["Location"].startswith(f"/desk/cases/{search.case.code}/")
    assert [(each.state, each.way) for each in Outgoing.objects.all()] == [("refused", "call")]
    contact(search.office, search.case, way="call", until_date=dt.date(2027, 2, 1))
    time_machine.move_to(dt.datetime(2026, 12, 1, 6, 0, tzinfo=dt.UTC))
    at(search.farzona).post(address, {"way": "call"})
    newest = Outgoing.objects.order_by("-made_at").first()
    assert (newest.state, bool(newest.body.ciphertext)) == ("released", False)


@pytest.mark.parametrize("way", ["sms", "messenger", "email", "person"])
def test_it_puts_his_words_on_no_telephone(search, time_machine, way):
    _row, address = told_letter(search, time_machine)
    contact(search.office, search.case, way=way, terms=SHARED | {"most": "MONEY"}, until_date=dt.date(2027, 2, 1))
    assert at(search.farzona).post(address, {"way": way}).status_code == 422
    assert not Outgoing.objects.exists()


def test_it_has_no_door_for_who_came_by(search, time_machine):
    row = asked(search, actor=search.office.zebo, case=None)
    row = answered(search, "message", row=row)
    his_letter(search, row)
    weekly(time_machine)
    (item,) = told_to(search.office.zebo, row)
    address = f"/desk/tracing/{row.code}/told/{item['of']}/"
    answer = at(search.office.zebo).post(address, {"way": "call"})
    assert (answer.status_code, Outgoing.objects.count()) == (422, 0)
    at(search.office.zebo).post(f"{address}given/")
    assert Letter.objects.get().state == "delivered"


def test_it_writes_her_letter_the_same_for_a_husband_who_was_found_and_a_wife_who_fled(
    search, django_capture_on_commit_callbacks
):
    rows = [answered(search, "message"), asked(search, sought=replace(ZAFAR, facts={"sex": "f"}))]
    client, said = at(search.farzona), []
    for row in rows:
        address = f"/desk/tracing/{row.code}/letter/"
        with CaptureQueriesContext(connection) as seen, django_capture_on_commit_callbacks(execute=False):
            answer = client.post(address, {"body": ANSWER})
        said.append((answer.status_code, answer["Location"].replace(row.code, ""), len(seen)))
    assert said[0] == said[1]


def test_it_keeps_every_place_from_the_seekers_side(search, time_machine):
    """A canary over every page, file and print of hers, before and after he sent a message."""
    row = answered(search, "alive", "message", row=asked(search))
    record = approaching.reads.spoken(row)[0].record
    assert record is not None
    his_letter(search, row)
    weekly(time_machine)
    item = told_to(search.farzona, row)[0]["of"]
    client = at(search.farzona)
    base = f"/desk/tracing/{row.code}/"
    pages = [
        base,
        f"{base}letter/",
        f"{base}told/{item}/",
        f"{base}person/",
        "/desk/tracing/",
        "/desk/",
        "/desk/notices/",
        "/desk/looked/",
    ]
    pages += [
        f"/desk/cases/{search.case.code}/",
        *(f"/desk/cases/{search.case.code}/{each}/" for each in ("story", "print")),
    ]
    seen = "".join(client.get(page).content.decode() for page in pages)
    assert "alive and well" in seen
    canaries = (PLACE, NOTE, TALKED_AT, HIS_PROOF, ADDRESS, HIS_PHONE[2:], "Perm", MET.name, str(record.pk), "Zwqx")
    assert [
        each for each in canaries if each in seen.replace("He wrote that he works", "").replace("<dd>Perm</dd>", "")
    ] == []


def test_it_opens_what_was_told_under_the_seekers_own_verb(search, time_machine):
    row = answered(search, "alive")
    weekly(time_machine)
    with journal.openings("task"):
        told_to(search.farzona, row)
    word = WeeklyWord.objects.get()
    assert word.request_id == row.pk
