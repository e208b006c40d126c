"""Nothing goes out to her but through one door, which asks her rule each time."""

import datetime as dt
import re
from pathlib import Path

import pytest
from django.db import connection

from cases_safety import ALONE, GREETING, NUMBER, SHARED, UNTIL, contact, message
from cases_world import gulnoras
from desk_world import NOW, at, page
from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.cases import reaching
from hamroh.cases.models import Outgoing, Person, SafeContact
from hamroh.kernel.datafiles import document
from hamroh.kernel.safecontact import Body, reveals
from hamroh.vault.models import JournalLine

NIGHT = NOW.replace(hour=16)  # nine in the evening in Dushanbe


@pytest.fixture
def office(office):
    Organisation.objects.update(zone="Asia/Dushanbe")
    return office


def reach(office, case, **told) -> Outgoing:
    """What came of a wish through the page."""
    answer = at(office.farzona).post(
        f"/desk/cases/{case.code}/reach/", {"way": "sms", "body": "", "words": GREETING} | told
    )
    assert answer.status_code == 302
    return Outgoing.objects.get(pk=answer["Location"].rstrip("/").rsplit("/", 1)[1])


def opened(office, case, row: Outgoing) -> str:
    """The page after a press on "show the number and the words now"."""
    answer = at(office.farzona).post(f"/desk/cases/{case.code}/reach/{row.pk}/", {"do": "open"})
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_keeps_safety_rule_1_where_nobody_asked_her(office, case):
    row = reach(office, case)
    assert (row.state, NUMBER in opened(office, case, row)) == ("refused", False)


def test_it_keeps_safety_rule_1_and_hands_out_what_she_allows(office, case):
    contact(office, case)
    row = reach(office, case)
    text = opened(office, case, row)
    assert (row.state, NUMBER in text, GREETING in text) == ("released", True, True)


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"until_date": dt.date(2026, 11, 22)}, {}), ({"terms": ALONE | {"most": "NOTHING"}}, {}),
        ({}, {"words": "Reception centre"}), ({}, {"words": "Ҳамроҳ салом мегӯяд"}), ({}, {"leaves_message": "on"}),
    ],
    ids=["run out", "no words", "names the sender", "names the system", "leaves a message"],
)  # fmt: skip
def test_it_keeps_safety_rule_1_against_what_she_did_not_allow(office, case, facts, told):
    contact(office, case, **facts)
    row = reach(office, case, **told)
    assert (row.state, NUMBER in opened(office, case, row)) == ("refused", False)


def test_it_keeps_safety_rule_1_for_another_way_than_hers(office, case):
    contact(office, case)
    assert message(office, case, way="call").state == "refused"


def test_it_keeps_safety_rule_1_by_waiting_for_her_hour(office, case, time_machine):
    contact(office, case)
    time_machine.move_to(NIGHT)
    row = reach(office, case)
    assert (row.state, NUMBER in opened(office, case, row)) == ("queued", False)


def test_it_keeps_safety_rule_1_at_the_moment_of_opening_too(office, case, time_machine):
    contact(office, case)
    row = reach(office, case)
    time_machine.move_to(NIGHT)
    assert NUMBER not in opened(office, case, row)
    row.refresh_from_db()
    assert row.state == "queued"


def test_it_hands_out_in_the_morning_what_waited_over_night(office, case, time_machine):
    contact(office, case)
    time_machine.move_to(NIGHT)
    row = reach(office, case)
    time_machine.move_to(NOW + dt.timedelta(days=1))
    assert NUMBER in opened(office, case, row)


def test_it_names_no_organisation_in_its_own_messages(office, case):
    bodies = [text for texts in document("safety/bodies.yml")["bodies"].values() for text in texts.values()]
    assert {reveals(body, reaching.known_of(case)) for body in bodies} == {Body.NEUTRAL}


@pytest.mark.parametrize("words", ["{code}", "Додгоҳ пагоҳ", "6300 сомонӣ"], ids=["case", "court", "money"])
def test_it_keeps_safety_rule_2_whatever_else_she_allowed(office, case, words):
    contact(office, case, terms=SHARED)
    row = reach(office, case, words=words.format(code=case.code))
    assert (row.state, NUMBER in opened(office, case, row)) == ("refused", False)


def test_it_keeps_safety_rule_2_where_nobody_asked_who_else_reads(office, case):
    contact(office, case, terms=ALONE | {"shares": [], "most": "MONEY"})
    assert reach(office, case, words="6300 сомонӣ").state == "refused"


def change(office, case, old: SafeContact, **told):
    facts = {
        "way": "sms", "value": "+992 90 111-22-33", "most": "NEUTRAL", "until_date": UNTIL.isoformat(), "old_is_safe": "no",
    }  # fmt: skip
    kept = {name: value for name, value in (facts | told).items() if value is not None}
    return at(office.farzona).post(f"/desk/cases/{case.code}/contact/{old.pk}/", kept)


def test_it_keeps_safety_rule_3_and_asks_of_the_old_number(office, case):
    old = contact(office, case)
    answer = change(office, case, old, old_is_safe=None)
    assert (answer.status_code, "Is the old one still safe" in answer.content.decode()) == (422, True)


def test_it_keeps_safety_rule_3_and_cancels_what_waited(office, case):
    old = contact(office, case)
    row = message(office, case)
    assert change(office, case, old).status_code == 302
    row.refresh_from_db()
    assert row.state == "cancelled"


@pytest.mark.parametrize(("said", "stays"), [("yes", True), ("no", False), ("unknown", False)])
def test_it_keeps_safety_rule_3_and_ends_the_old_line(office, case, said, stays):
    old = contact(office, case)
    change(office, case, old, old_is_safe=said)
    old.refresh_from_db()
    assert (old.ended_at is None) == stays


def test_it_never_takes_a_number_again_that_was_called_unsafe(office, case):
    change(office, case, contact(office, case))
    facts = {"way": "call", "value": "93 555 00 12", "most": "NOTHING", "until_date": UNTIL.isoformat()}
    answer = at(office.farzona).post(f"/desk/cases/{case.code}/contact/new/", facts)
    assert (answer.status_code, SafeContact.objects.filter(way="call").exists()) == (422, False)


def test_it_shuts_what_was_released_when_her_word_is_taken_back(office, case):
    line = contact(office, case)
    row = reach(office, case)
    at(office.farzona).post(f"/desk/cases/{case.code}/contact/{line.pk}/end/")
    assert NUMBER not in opened(office, case, row)


def test_it_says_on_the_case_how_she_may_be_reached_and_no_number(office, case):
    contact(office, case, way="call", terms=SHARED | {"days": [1, 4]})
    text = page(office.farzona, f"/desk/cases/{case.code}/")
    wanted = (
        "Contact her only like this",
        "Tuesday",
        "Friday",
        "09:00–17:00",
        "from the sewing course",
        "Others hold it, too",
    )
    assert [each for each in wanted if each not in text] == []
    assert NUMBER not in text


def test_it_says_that_she_must_not_be_reached_where_nobody_asked(office, case):
    assert "Do not contact her" in page(office.farzona, f"/desk/cases/{case.code}/")


def test_it_writes_down_what_came_of_it_once(office, case):
    contact(office, case)
    row = reach(office, case)
    for _again in range(2):
        at(office.farzona).post(f"/desk/cases/{case.code}/reach/{row.pk}/", {"do": "done", "words": "She answered"})
    states = [line.facts["state"] for line in JournalLine.objects.filter(verb="case.outgoing")]
    assert states == ["sent"]
    assert "She answered" in page(office.farzona, f"/desk/cases/{case.code}/reach/")


def test_it_writes_a_wish_once_when_the_form_is_sent_twice(office, case):
    contact(office, case)
    client, told = at(office.farzona), {"way": "sms", "body": "call_back", "words": "", "form_key": "k" * 20}
    for _again in range(2):
        assert client.post(f"/desk/cases/{case.code}/reach/", told).status_code == 302
    assert Outgoing.objects.count() == 1


def test_it_keeps_her_number_and_words_sealed(office, case):
    contact(office, case)
    message(office, case)
    with connection.cursor() as cursor:
        stored = ""
        for table in ("cases_safecontact", "cases_outgoing", "vault_journalline"):
            cursor.execute(f"SELECT * FROM {table}")
            stored += repr(cursor.fetchall())
    assert [each for each in ("93 555", "Аҳвол", "sewing") if each in stored] == []


def test_it_lets_a_reader_by_loan_reach_nobody(office, case):
    with pytest.raises(policy.Refused):
        reaching_by(office.nermin, case)


def reaching_by(user, case) -> None:
    from hamroh.cases.actions import outgoing

    outgoing.send(actor=user, case=case, way="sms", body=GREETING)


def test_it_takes_no_line_of_another_case(office, case):
    other = gulnoras(office)
    line = contact(office, other)
    assert change(office, case, line).status_code == 404


def test_it_has_one_door_only():
    """No other file of the room makes what goes out, and none of it sends anything by itself."""
    room = Path(reaching.__file__).parent
    sources = {path: path.read_text(encoding="utf-8") for path in room.rglob("*.py") if "migrations" not in path.parts}
    makers = [
        path.name for path, text in sources.items() if re.search(r"\bOutgoing\(", text) and "class Outgoing" not in text
    ]
    senders = [
        path.name for path, text in sources.items() if re.search(r"send_mail|EmailMessage|smtplib|urlopen|httpx", text)
    ]
    assert (makers, senders) == (["outgoing.py"], [])


def test_it_keeps_safety_rule_3_when_her_telephone_is_corrected(office, case):
    contact(office, case)
    row = message(office, case)
    her = Person.objects.get(case=case)
    where = f"/desk/cases/{case.code}/people/{her.pk}/edit/"
    client = at(office.farzona)
    form = client.get(where).context["form"]
    mark = re.search(r'name="seen" value="([^"]*)"', client.get(where).content.decode())
    told = {name: value for name, value in form.initial.items() if value not in (None, "")}
    answer = client.post(where, told | {"phone": "+992 90 000-11-22", "seen": mark[1] if mark else ""}, follow=True)
    row.refresh_from_db()
    assert (row.state, "Is the old one still safe" in answer.content.decode()) == ("cancelled", True)


def test_it_leaves_nothing_in_a_browser(office, case):
    contact(office, case)
    addresses = ("", "reach/", "contact/new/", "consents/", "risk/", "safety-plan/")
    kept = {at(office.farzona).get(f"/desk/cases/{case.code}/{each}")["Cache-Control"] for each in addresses}
    assert kept == {"no-store"}
