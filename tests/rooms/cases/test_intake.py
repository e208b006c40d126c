"""An intake: kept as it is answered, left and taken up, opened once, wiped."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.utils import timezone

from cases_safety import answered, begun
from desk_world import NOW, at, page
from hamroh.accounts.models import Notice, Session
from hamroh.cases.actions import intake
from hamroh.cases.models import Case, Consent, Draft, Need, Person, RiskScreen, SafeContact
from hamroh.vault import journal
from hamroh.vault.models import NamePool

ANSWERS = {
    "consent": {"answer": "voice"}, "name": {"name": "Савринисо", "born": "1994", "home": "Восеъ"}, "way": {"answer": "call"},
    "reach": {"value": "+992 93 555-00-12", "shares": ["in_laws"], "pretext": "аз курси дӯзандагӣ"},
    "story": {"words": "Шавҳарам се сол боз хабар надорад."}, "children": {"lines": "Ёсин 2015\nМадина, 2018"},
    "husband": {"name": "Бахтиёр", "country": "RU", "since": "2023-04"}, "risk": {"yes": ["in_laws", "money"]},
    "needs": {"words": "Алимент барои кӯдакон", "domains": ["legal", "child"]},
}  # fmt: skip


def start(client) -> str:
    """The address of an intake that has just begun."""
    answer = client.post("/desk/cases/new/", {"answer": "village"})
    return answer["Location"].rsplit("consent/", 1)[0]


def go_through(client, **changed) -> str:
    where = start(client)
    for step, told in (ANSWERS | changed).items():
        answer = client.post(f"{where}{step}/", {"seen": 0, **told})
        assert answer.status_code == 302, (step, answer.content.decode()[:2000])
    return where


@pytest.fixture
def client(office):
    return at(office.farzona)


@pytest.fixture
def opened(client) -> Case:
    where = go_through(client)
    assert client.post(f"{where}check/").status_code == 302
    return Case.objects.get()


def test_it_opens_a_case_with_everything_that_she_told(opened):
    rows = (Person.objects.count(), Consent.objects.count(), SafeContact.objects.count(), RiskScreen.objects.count())
    assert (*rows, Need.objects.count(), opened.channel, opened.country) == (4, 1, 1, 1, 2, "village", "TJ")


def checked(client) -> str:
    """The page that asks whether there is a file of hers, once she has told everything."""
    return client.get(f"{go_through(client)}check/").content.decode()


def test_it_asks_about_a_file_of_somebody_who_is_likely_the_same(client, opened):
    assert "Is there a file of hers already?" in checked(client)


def test_it_folds_away_those_whom_little_speaks_for(client, opened):
    NamePool.objects.update(turn=2**40)  # as if the files of a continent were here
    told = checked(client)
    assert "Is there a file of hers already?" not in told
    assert opened.code in told.partition("Others whose names are a little alike")[2]


def test_it_leaves_the_case_at_its_intake(opened):
    assert opened.status == "intake"


def test_it_shows_the_case_in_her_words(office, opened):
    text = page(office.farzona, f"/desk/cases/{opened.code}/")
    wanted = ("Савринисо", "Ёсин", "Бахтиёр", "аз курси дӯзандагӣ", "Others hold it, too")
    assert [each for each in wanted if each not in text] == []


def test_it_wipes_the_intake_when_the_case_is_opened(office, opened):
    row = Draft.objects.get()
    with journal.openings("task"):
        assert (row.case, intake.read_intake(actor=office.farzona, pk=row.pk).answers) == (opened, {})


def test_it_keeps_each_answer_sealed(client):
    go_through(client)
    with connection.cursor() as cursor:
        stored = ""
        for table in ("cases_draft", "vault_journalline", "vault_takenform", "accounts_session"):
            cursor.execute(f"SELECT * FROM {table}")
            stored += repr(cursor.fetchall())
    assert [each for each in ("Савринисо", "93 555", "Бахтиёр", "Восеъ", "in_laws", "village") if each in stored] == []


def test_it_is_left_and_taken_up_again(office, client):
    where = start(client)
    client.post(f"{where}consent/", {"answer": "voice", "seen": 0})
    client.post(f"{where}name/", {"name": "Савринисо", "seen": 0})
    another = at(office.farzona)
    assert where in another.get("/desk/cases/new/").content.decode()
    assert "Савринисо" in another.get(f"{where}name/").content.decode()


def test_it_goes_on_with_what_is_missing(client):
    where = start(client)
    client.post(f"{where}consent/", {"answer": "voice", "seen": 0})
    assert client.get(f"{where}check/")["Location"] == f"{where}name/"


def test_it_takes_an_answer_back_from_the_page_before(client):
    where = go_through(client)
    client.post(f"{where}name/?back=check", {"name": "Савринисои Раҳим", "seen": 1})
    assert "Савринисои Раҳим" in client.get(f"{where}check/").content.decode()


def test_it_lets_two_windows_answer_two_questions(client):
    where = start(client)
    client.post(f"{where}story/", {"words": "аввал", "seen": 0})
    client.post(f"{where}name/", {"name": "Савринисо", "seen": 0})
    assert "аввал" in client.get(f"{where}story/").content.decode()


def test_it_says_that_another_window_answered_the_same_question(client):
    where = start(client)
    client.post(f"{where}story/", {"words": "аввал", "seen": 0})
    answer = client.post(f"{where}story/", {"words": "дигар", "seen": 0})
    text = answer.content.decode()
    assert (answer.status_code, "another window" in text, "дигар" in text) == (422, True, True)
    seen = re.search(r'name="seen" value="(\d+)"', text)
    assert seen
    assert client.post(f"{where}story/", {"words": "дигар", "seen": seen[1]}).status_code == 302


def test_it_takes_the_same_answer_twice(client):
    where = start(client)
    told = {"words": "аввал", "seen": 0, "form_key": "k" * 20}
    assert [client.post(f"{where}story/", told).status_code for _again in range(2)] == [302, 302]


def test_it_opens_one_case_however_often_it_is_asked(client):
    where = go_through(client)
    codes = {client.post(f"{where}check/", {"form_key": key * 20})["Location"] for key in "aab"}
    assert (len(codes), Case.objects.count()) == (1, 1)


def test_it_keeps_the_intake_whole_where_opening_it_fails(office, client, monkeypatch):
    where = go_through(client)

    def fall(**_named):
        raise RuntimeError("the light went out")

    monkeypatch.setattr(intake, "screen_risk", fall)
    with pytest.raises(RuntimeError):
        client.post(f"{where}check/")
    assert (Case.objects.count(), Person.objects.count(), Draft.objects.get().case) == (0, 0, None)
    monkeypatch.undo()
    assert client.post(f"{where}check/").status_code == 302


def test_it_keeps_nothing_where_she_says_no(client):
    where = start(client)
    client.post(f"{where}consent/", {"answer": "no", "seen": 0})
    assert (Draft.objects.count(), Case.objects.count()) == (0, 0)


def test_it_writes_no_consent_that_was_not_asked(client):
    where = start(client)
    client.post(f"{where}name/", {"name": "Савринисо", "seen": 0})
    assert client.post(f"{where}check/")["Location"] == f"{where}consent/"


@pytest.mark.parametrize(
    ("step", "told", "said"),
    [
        ("name", {"name": ""}, "required"), ("name", {"name": "X", "born": "19x4"}, "whole number"),
        ("husband", {"name": "Бахтиёр", "since": "last year"}, "Write the year"),
        ("children", {"lines": "2015"}, "A line has a year and no name"), ("risk", {}, "Tick what she said yes to"),
        ("way", {"answer": "pigeon"}, "Press one of the answers"),
        ("reach", {"value": "93", "first": "18:00", "last": "09:00"}, "before the first"),
    ],
)  # fmt: skip
def test_it_says_what_is_to_be_put_right(client, step, told, said):
    answer = client.post(f"{start(client)}{step}/", {"seen": 0, **told})
    assert (answer.status_code, said in answer.content.decode()) == (422, True)


def test_it_keeps_what_was_typed_wrong(client):
    text = client.post(f"{start(client)}husband/", {"name": "Бахтиёр", "since": "пор"}).content.decode()
    assert 'value="Бахтиёр"' in text


def test_it_shuts_every_way_where_she_must_not_be_reached(client):
    where = go_through(client, way={"answer": "none"})
    client.post(f"{where}check/")
    assert set(SafeContact.objects.values_list("is_safe", flat=True)) == {False}


def test_it_asks_nothing_of_a_way_that_there_is_not(client):
    where = start(client)
    assert client.post(f"{where}way/", {"answer": "none", "seen": 0})["Location"] == f"{where}story/"


def test_it_leaves_danger_unasked_where_she_is_not_alone(client):
    where = go_through(client, risk={"answer": "later"})
    client.post(f"{where}check/")
    assert (RiskScreen.objects.exists(), Case.objects.get().risk) == (False, "unknown")


def test_it_goes_to_the_safety_plan_after_a_word_of_self_harm(office, client):
    where = go_through(client, risk={"yes": ["self_harm"]})
    assert client.post(f"{where}check/")["Location"].endswith("/safety-plan/")
    assert Notice.objects.filter(user=office.manizha, about="urgent").exists()


def test_it_is_nobody_elses(office, client):
    where = start(client)
    assert {at(user).get(f"{where}name/").status_code for user in (office.zebo, office.manizha, office.nermin)} == {404}


def test_it_forgets_after_fourteen_days(office, client, time_machine):
    where = start(client)
    time_machine.move_to(NOW + dt.timedelta(days=15))
    assert at(office.farzona).get(f"{where}name/").status_code == 404
    assert (intake.wipe_expired(), Draft.objects.count()) == (1, 0)


def test_it_keeps_earlier_answers_where_the_session_ends(office, client):
    where = start(client)
    client.post(f"{where}consent/", {"answer": "voice", "seen": 0})
    Session.objects.update(seen_at=timezone.now() - dt.timedelta(hours=1))
    answer = client.post(f"{where}name/", {"name": "Савринисо", "seen": 0}, headers={"X-Keeps": "1"})
    assert answer["Location"].startswith("/accounts/")
    assert at(office.farzona).get(f"{where}check/")["Location"] == f"{where}name/"


def test_it_answers_its_script_with_the_next_address(client):
    where = start(client)
    answer = client.post(f"{where}consent/", {"answer": "voice", "seen": 0}, headers={"X-Keeps": "1"})
    assert answer.json() == {"next": f"{where}name/"}


def test_it_keeps_safety_rule_5_in_titles_and_addresses(client):
    where = go_through(client)
    titles = {
        re.search("<title>(.*?)</title>", client.get(f"{where}{step}/").content.decode())[1]
        for step in (*ANSWERS, "check")
    }
    assert titles == {"Intake"}
    assert not re.search("[А-я]|Gulnora", where)


def test_it_writes_two_windows_one_after_the_other(office):
    draft = begun(office)
    answered(office, draft, "story", {"words": "аввал"})
    with pytest.raises(intake.AnsweredMeanwhile):
        answered(office, draft, "story", {"words": "дигар"})
