"""The desk: its frame, my day, who looked, and emergency openings, page by page."""

import datetime as dt
import re
import time
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hamroh import vault
from hamroh.accounts import actions, policy
from hamroh.accounts.actions import access
from hamroh.accounts.models import BreakGlass, Membership, Notice, Role, Task, User
from hamroh.vault import journal, keyring
from hamroh.vault.models import JournalLine
from sealedroom.cast import make_matter
from sealedroom.models import Shelter

pytestmark = pytest.mark.urls("sealedroom.urls")
WORDS = "She rang: he is at the door."
TODAY = dt.date(2026, 11, 23)
#: a Monday, at ten in Dushanbe
NOW = dt.datetime(2026, 11, 23, 5, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def demonstration(settings: Any, time_machine: Any) -> Any:
    """One factor is enough there; no test meets keys of the one before."""
    settings.IS_DEMO = True
    time_machine.move_to(NOW)
    keyring.forget()
    yield
    keyring.forget()


def employ(username: str, organisation: Any, role: str) -> Any:
    user = User.objects.create_user(username, display_name=username.title())
    Membership.objects.create(user=user, organisation=organisation, role=role, starts_at=NOW - dt.timedelta(days=400))
    return user


@pytest.fixture
def people(cast: Any) -> Any:
    """Farzona and Nigora are a lawyer and a psychologist of the centre, Manizha supervises, Sitora audits."""
    type(cast.centre).objects.filter(pk=cast.centre.pk).update(zone="Asia/Dushanbe")
    cast.centre.refresh_from_db()
    roles = {
        "farzona": Role.LAWYER, "nigora": Role.PSYCHOLOGIST, "manizha": Role.SUPERVISOR, "sitora": Role.AUDITOR,
    }  # fmt: skip
    return {"cast": cast, "centre": cast.centre} | {
        name: employ(name, cast.centre, role) for name, role in roles.items()
    }


def at(user: Any) -> Client:
    client = Client()
    client.cookies["lang"] = "en"
    client.force_login(user)
    return client


def shown(client: Client) -> Client:
    """She showed a moment ago who sits there."""
    session = client.session
    session["confirmed_at"] = time.time()
    session.save()
    return client


def page(user: Any, address: str) -> str:
    answer = at(user).get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def add(people: Any, words: str = "Ring the court", days: int = 0, **more: Any) -> Task:
    return actions.add_task(
        actor=people["farzona"], organisation=people["centre"], words=words, due_date=TODAY + dt.timedelta(days=days),
        **more,
    )  # fmt: skip


def look(user: Any, matter: Any, field: str = "name", verb: str = "matter.read") -> None:
    decision = policy.require(user, verb, matter)
    with journal.openings("request"):
        vault.open(matter, field, decision=decision, purpose="page")


# -- the frame -----------------------------------------------------------------------------------------------------


def test_it_says_who_sits_here_and_as_what(people: Any) -> None:
    html = page(people["farzona"], "/desk/")
    assert re.search(r"<b>Farzona</b> · Lawyer<br>.*Migrant support centre", html)


def test_it_shows_only_doors_that_open(people: Any) -> None:
    lawyer, auditor = page(people["farzona"], "/desk/"), page(people["sitora"], "/desk/")
    doors = ("/desk/emergency/", "/desk/looked/counted/", "/desk/directory/")
    assert [door in lawyer for door in doors] == [True, False, False]
    assert [door in auditor for door in doors] == [False, True, False]


def test_it_has_search_language_and_lock_on_every_page(people: Any) -> None:
    for address in ("/desk/", "/desk/notices/", "/desk/looked/", "/desk/emergency/", "/desk/tasks/new/"):
        html = shown(at(people["farzona"])).get(address).content.decode()
        assert all(sign in html for sign in ('role="search"', 'class="langs"', "data-quick-lock", 'id="keys"')), address


def test_it_offers_no_choice_where_there_is_one_organisation(people: Any) -> None:
    assert 'id="desk-house"' not in page(people["farzona"], "/desk/")


@pytest.fixture
def in_two(people: Any) -> Any:
    other = people["cast"].gender_centre
    Membership.objects.create(user=people["farzona"], organisation=other, role=Role.PSYCHOLOGIST)
    return other


def test_it_works_for_the_organisation_that_was_chosen(people: Any, in_two: Any) -> None:
    client = at(people["farzona"])
    assert client.post("/desk/organisation/", {"organisation": str(in_two.pk)}).status_code == 302
    client.post("/desk/tasks/new/", {"words": "Write to Baku", "due_date": "2026-11-30"})
    assert Task.objects.get().organisation == in_two
    assert "Psychologist" in client.get("/desk/").content.decode()


@pytest.mark.parametrize("wanted", ["another", "nonsense"])
def test_it_works_for_no_organisation_without_a_role_there(people: Any, wanted: str) -> None:
    ident = str(people["cast"].gender_centre.pk) if wanted == "another" else wanted
    assert at(people["farzona"]).post("/desk/organisation/", {"organisation": ident}).status_code == 404


def test_it_leaves_an_organisation_when_the_role_there_ends(people: Any, in_two: Any) -> None:
    client = at(people["farzona"])
    client.post("/desk/organisation/", {"organisation": str(in_two.pk)})
    Membership.objects.filter(organisation=in_two, user=people["farzona"]).delete()
    client.post("/desk/tasks/new/", {"words": "Write to Kulob", "due_date": "2026-11-30"})
    assert Task.objects.get().organisation == people["centre"]


@pytest.mark.parametrize("onward", ["https://example.org/", "//example.org"])
def test_it_goes_on_only_to_pages_of_its_own(people: Any, onward: str) -> None:
    answer = at(people["farzona"]).post("/desk/organisation/", {"next": onward})
    assert answer["Location"] == "/desk/"


def test_it_writes_no_script_into_the_page(people: Any) -> None:
    html = page(people["farzona"], "/desk/")
    assert re.findall(r'\sstyle="|\son\w+="|<style|<script(?![^>]*\ssrc=)', html) == []


# -- my day --------------------------------------------------------------------------------------------------------


def test_it_parts_tasks_by_when_they_are_due(people: Any) -> None:
    for words, days in (("far", 7), ("near", 6), ("now", 0), ("past", -1)):
        add(people, f"{words} words", days)
    html = page(people["farzona"], "/desk/")
    places = [html.index(sign) for sign in ('id="overdue"', "past words", 'id="today"', "now words", 'id="week"')]
    places += [html.index(sign) for sign in ("near words", 'id="later"', "far words")]
    assert places == sorted(places)


def test_it_says_overdue_in_a_word(people: Any) -> None:
    add(people, days=-1)
    assert re.search(r'<span class="st risk"><svg.*?</svg>overdue</span>', page(people["farzona"], "/desk/"))


def test_it_takes_today_from_the_clock_of_the_organisation(people: Any, time_machine: Any) -> None:
    time_machine.move_to(dt.datetime(2026, 11, 22, 20, 0, tzinfo=dt.UTC))
    add(people)
    html = page(people["farzona"], "/desk/")
    assert "Nothing is due today" not in html


def test_it_shows_nobody_the_tasks_of_another(people: Any) -> None:
    task = add(people)
    assert "Ring the court" not in page(people["manizha"], "/desk/")
    assert at(people["manizha"]).get(f"/desk/tasks/{task.pk}/").status_code == 404


@pytest.mark.parametrize("step", ["", "done/", "again/"])
def test_it_lets_nobody_change_the_task_of_another(people: Any, step: str) -> None:
    task = add(people)
    answer = at(people["manizha"]).post(f"/desk/tasks/{task.pk}/{step}", {"due_date": "2026-12-24"})
    task.refresh_from_db()
    assert (answer.status_code, task.due_date, task.done_at) == (404, TODAY, None)


def test_it_seals_the_words_of_a_task(people: Any) -> None:
    task = add(people, "Гулнора ба суд меравад")
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM accounts_task")
        (stored,) = cursor.fetchone()
    assert "Гулнора".encode() not in bytes(stored)
    assert "Гулнора" not in str(JournalLine.objects.filter(record_id=str(task.pk)).values_list("facts", flat=True))


def test_it_writes_down_that_tasks_were_opened_one_line_each(people: Any) -> None:
    tasks = {str(add(people, f"task {number}").pk) for number in range(3)}
    page(people["farzona"], "/desk/")
    lines = JournalLine.objects.filter(purpose="my day")
    assert {(line.record_id, line.actor_id) for line in lines} == {(pk, people["farzona"].pk) for pk in tasks}
    assert lines.count() == 3


def test_it_adds_a_task(people: Any) -> None:
    answer = at(people["farzona"]).post("/desk/tasks/new/", {"words": "Ring the court", "due_date": "2026-11-24"})
    assert (answer.status_code, Task.objects.get().due_date) == (302, dt.date(2026, 11, 24))


def test_it_adds_a_task_once_when_the_form_comes_twice(people: Any) -> None:
    client, form = at(people["farzona"]), {"words": "Ring", "due_date": "2026-11-24", "form_key": "abcdefgh"}
    for _time in range(2):
        client.post("/desk/tasks/new/", form)
    assert Task.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [{"due_date": "tomorrow"}, {"due_date": ""}, {"due_date": "2026-11-22"}, {"words": ""}, {"words": "x" * 301},
     {"words": "a\x00b"}, {"code": "nowhere"}],
    ids=["no day", "none", "over", "no words", "long", "null", "no record"],
)  # fmt: skip
def test_it_keeps_what_was_typed_when_something_is_wrong(people: Any, wrong: dict[str, str]) -> None:
    told = {"words": "Ring <the> court", "due_date": "2026-11-24", "code": "ab12"} | {"code": ""} | wrong
    answer = at(people["farzona"]).post("/desk/tasks/new/", told)
    html = answer.content.decode()
    assert (answer.status_code, Task.objects.count(), 'role="alert"' in html) == (422, 0, True)
    if "words" not in wrong:
        assert "Ring &lt;the&gt; court" in html


def test_it_names_the_record_of_a_task(people: Any) -> None:
    matter = make_matter(people["cast"], owner=people["farzona"])
    code = str(matter.pk)[:8]
    told = {"words": "Ring", "due_date": "2026-11-24", "code": f" {code} "}
    at(people["farzona"]).post("/desk/tasks/new/", told)
    assert f'<a href="/desk/sealed/{matter.pk}/">Matter {code}</a>' in page(people["farzona"], "/desk/")


def test_it_names_no_record_that_its_person_is_shut_out_of(people: Any) -> None:
    matter = make_matter(people["cast"], owner=people["farzona"])
    add(people, record=matter)
    access.shut_out(actor=people["manizha"], record=matter, user=people["farzona"])
    assert str(matter.pk)[:8] not in page(people["farzona"], "/desk/")


def test_it_finishes_and_reopens_a_task(people: Any) -> None:
    task, client = add(people), at(people["farzona"])
    client.post(f"/desk/tasks/{task.pk}/done/")
    assert "Done today" in client.get("/desk/").content.decode()
    client.post(f"/desk/tasks/{task.pk}/again/")
    task.refresh_from_db()
    verbs = ["desk.add_task", "desk.finish_task", "desk.reopen_task"]
    written = JournalLine.objects.filter(record_id=str(task.pk), purpose="").order_by("id")
    assert (task.done_at, list(written.values_list("verb", flat=True))) == (None, verbs)


def test_it_moves_a_task(people: Any) -> None:
    task = add(people)
    answer = at(people["farzona"]).post(f"/desk/tasks/{task.pk}/", {"due_date": "2026-12-24"})
    task.refresh_from_db()
    assert (answer.status_code, task.due_date) == (302, dt.date(2026, 12, 24))


def test_it_moves_no_task_into_the_past(people: Any) -> None:
    task = add(people)
    answer = at(people["farzona"]).post(f"/desk/tasks/{task.pk}/", {"due_date": "2026-11-01"})
    task.refresh_from_db()
    assert (answer.status_code, task.due_date) == (422, TODAY)


def test_it_shows_the_rest_when_one_task_was_changed_in_the_store(people: Any) -> None:
    add(people, "whole words")
    broken = add(people, "other words")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_task SET words = row_seal WHERE id = %s", [broken.pk.hex])
        if not cursor.rowcount:
            cursor.execute("UPDATE accounts_task SET words = row_seal WHERE id = %s", [str(broken.pk)])
    html = page(people["farzona"], "/desk/")
    assert ("whole words" in html, "This task does not open." in html) == (True, True)


def test_it_opens_the_day_while_the_vault_is_sealed(people: Any, monkeypatch: Any) -> None:
    from hamroh.vault.errors import VaultSealed

    def shut(*_args: Any, **_named: Any) -> None:
        raise VaultSealed("no key at hand")

    add(people)
    monkeypatch.setattr("hamroh.vault.sealing.open_column", shut)
    assert "The vault is shut" in page(people["farzona"], "/desk/")


def test_it_has_no_tasks_for_who_signs_in_with_one_factor(people: Any) -> None:
    """Words of tasks are S3: nobody reaches them past one factor."""
    zarina = people["cast"].zarina
    assert "/desk/tasks/new/" not in page(zarina, "/desk/")
    assert at(zarina).get("/desk/tasks/new/").status_code == 404


def asked(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return sum(not re.match("SAVEPOINT|RELEASE|BEGIN|COMMIT|SELECT current_setting", query["sql"]) for query in queries)


@pytest.mark.parametrize("many", [1, 15])
def test_it_asks_as_often_for_a_full_day_as_for_an_empty_one(
    people: Any, many: int, django_capture_on_commit_callbacks: Any
) -> None:
    """Fourteen questions: five who asks, one for each: house, tasks, notices, records, what is unread, the journal."""
    with django_capture_on_commit_callbacks(execute=True):
        mine = make_matter(people["cast"], owner=people["farzona"])
    for number in range(many):
        add(people, f"task {number}", record=mine)
        Notice.objects.create(
            user=people["farzona"], about="glass", record_kind="sealedroom.matter", record_id=str(mine.pk)
        )
    assert asked(at(people["farzona"]), "/desk/") <= 14


def test_it_says_that_there_are_more_tasks_than_it_shows(people: Any) -> None:
    for number in range(61):
        add(people, f"task {number}", days=number)
    html = page(people["farzona"], "/desk/")
    assert ("You have more tasks" in html, "task 59" in html, "task 60" in html) == (True, True, False)


# -- notices -------------------------------------------------------------------------------------------------------


@pytest.fixture
def matter(people: Any) -> Any:
    return make_matter(people["cast"], owner=people["farzona"])


def break_glass(people: Any, matter: Any, who: str = "nigora") -> BreakGlass:
    return access.break_glass(actor=people[who], record=matter, reason="danger", words=WORDS)


def test_it_tells_the_owner_on_her_desk(people: Any, matter: Any) -> None:
    break_glass(people, matter)
    html = page(people["farzona"], "/desk/")
    assert ("A record of yours was opened in an emergency" in html, "1 new notice" in html) == (True, True)


def test_it_marks_notices_as_read(people: Any, matter: Any) -> None:
    break_glass(people, matter)
    client = at(people["farzona"])
    client.post("/desk/notices/read/")
    html = client.get("/desk/notices/").content.decode()
    assert ("No new notices" in html, ">read</span>" in html) == (True, True)


def test_it_marks_nobody_elses_notices(people: Any, matter: Any) -> None:
    break_glass(people, matter)
    at(people["manizha"]).post("/desk/notices/read/")
    assert Notice.objects.get(user=people["farzona"]).read_at is None


def test_it_keeps_notices_from_who_is_shut_out_since(people: Any, matter: Any) -> None:
    break_glass(people, matter)
    access.shut_out(actor=people["manizha"], record=matter, user=people["farzona"])
    html = page(people["farzona"], "/desk/notices/")
    assert ("A record of yours" in html, "No new notices" in html) == (False, True)


# -- who looked ----------------------------------------------------------------------------------------------------


def test_it_tells_who_opened_what_for_what(people: Any, matter: Any) -> None:
    look(people["manizha"], matter, "phone")
    html = page(people["farzona"], "/desk/looked/")
    assert re.search(r"<b>Manizha</b>.*Matter .*telephone.*for: page", html, re.DOTALL)


def test_it_leaves_out_ones_own_looks_until_asked(people: Any, matter: Any) -> None:
    look(people["farzona"], matter)
    assert "Nobody opened a record of yours" in page(people["farzona"], "/desk/looked/")
    assert "<b>Farzona</b> · <a" in page(people["farzona"], "/desk/looked/?own=1")


def test_it_tells_nothing_of_records_of_others(people: Any, matter: Any) -> None:
    look(people["manizha"], matter)
    assert str(matter.pk)[:8] not in page(people["nigora"], "/desk/looked/")


def test_it_tells_an_owner_nothing_when_she_is_shut_out(people: Any, matter: Any) -> None:
    look(people["manizha"], matter)
    access.shut_out(actor=people["manizha"], record=matter, user=people["farzona"])
    assert str(matter.pk)[:8] not in page(people["farzona"], "/desk/looked/")


def marks(people: Any) -> list[str]:
    html = page(people["farzona"], "/desk/looked/")
    return re.findall(r"</svg>([^<]+)</span>", html[html.index('<span class="marks">') :])


def test_it_marks_nothing_at_a_usual_look(people: Any, matter: Any) -> None:
    look(people["manizha"], matter)
    assert marks(people) == []


def test_it_marks_an_emergency(people: Any, matter: Any) -> None:
    break_glass(people, matter)
    look(people["nigora"], matter)
    assert marks(people) == ["opened in an emergency"]


def test_it_marks_a_look_from_another_organisation(people: Any, matter: Any) -> None:
    guest = employ("guest", people["cast"].gender_centre, Role.PARTNER_GUEST)
    access.lend(
        actor=people["manizha"], record=matter, organisation=people["cast"].gender_centre, verbs=["matter.read"],
        ends_at=NOW + dt.timedelta(days=1),
    )  # fmt: skip
    look(guest, matter)
    assert marks(people) == ["lent to another organisation"]


@pytest.mark.parametrize(
    ("moment", "marked"),
    [
        (dt.datetime(2026, 11, 24, 1, 59, tzinfo=dt.UTC), True),
        (dt.datetime(2026, 11, 24, 2, 0, tzinfo=dt.UTC), False),
        (dt.datetime(2026, 11, 24, 14, 59, tzinfo=dt.UTC), False),
        (dt.datetime(2026, 11, 24, 15, 0, tzinfo=dt.UTC), True),
        (dt.datetime(2026, 11, 29, 6, 0, tzinfo=dt.UTC), True),
    ],
    ids=["before seven", "at seven", "before eight", "at eight", "on a Sunday"],
)
def test_it_marks_looks_outside_working_hours(
    people: Any, matter: Any, time_machine: Any, moment: dt.datetime, marked: bool
) -> None:
    time_machine.move_to(moment)
    look(people["manizha"], matter)
    assert marks(people) == (["outside working hours"] if marked else [])


def test_it_turns_pages_of_looks(people: Any, matter: Any) -> None:
    for _time in range(51):
        look(people["manizha"], matter)
    html = page(people["farzona"], "/desk/looked/?page=2")
    assert (html.count("<b>Manizha</b> · <a"), "Page 2 of 2" in html) == (1, True)


def test_it_asks_no_more_for_more_looks(people: Any, matter: Any) -> None:
    client = at(people["farzona"])
    look(people["manizha"], matter)
    few = asked(client, "/desk/looked/")
    for number in range(8):
        look(people["manizha"], make_matter(people["cast"], owner=people["farzona"], phone=f"93 555 00 {number}0"))
    assert asked(client, "/desk/looked/") <= few + 1


# -- counted, for auditors -----------------------------------------------------------------------------------------


def test_it_counts_by_person_and_day_without_content(people: Any, matter: Any) -> None:
    for field in ("name", "phone"):
        look(people["manizha"], matter, field)
    html = page(people["sitora"], "/desk/looked/counted/")
    row = re.search(r"<tr><th scope=\"row\">.*?</tr>", html, re.DOTALL)
    assert row is not None
    assert re.findall(r"<td[^>]*>([^<]*)</td>", row.group(0)) == ["Manizha", "Matter", "1", "2"]
    assert str(matter.pk)[:8] not in html


def test_it_counts_one_organisation_alone(people: Any) -> None:
    other = make_matter(people["cast"], organisation=people["cast"].gender_centre)
    look(employ("sevda", people["cast"].gender_centre, Role.SUPERVISOR), other)
    assert "Nothing sealed was opened" in page(people["sitora"], "/desk/looked/counted/")


def test_it_counts_one_person(people: Any, matter: Any) -> None:
    look(people["manizha"], matter)
    asked_for = f"first=2026-11-01&last=2026-11-30&person={people['farzona'].pk}"
    assert "Nothing sealed was opened" in page(people["sitora"], f"/desk/looked/counted/?{asked_for}")


@pytest.mark.parametrize(
    "query", ["first=x&last=2026-11-30", "first=2026-12-01&last=2026-11-30", "first=2020-01-01&last=2026-11-30",
              "first=2026-11-01&last=2026-11-30&person=nonsense"],
)  # fmt: skip
def test_it_says_what_is_wrong_with_a_period(people: Any, query: str) -> None:
    answer = at(people["sitora"]).get(f"/desk/looked/counted/?{query}")
    assert (answer.status_code, 'role="alert"' in answer.content.decode()) == (422, True)


@pytest.mark.parametrize("who", ["farzona", "nigora"])
def test_it_counts_for_no_case_worker(people: Any, who: str) -> None:
    assert at(people[who]).get("/desk/looked/counted/").status_code == 404


# -- open in an emergency ------------------------------------------------------------------------------------------


def told(code: str, /, **changed: str) -> dict[str, str]:
    return {"code": code, "reason": "danger", "words": WORDS} | changed


def test_it_leads_to_the_record_that_it_opened(people: Any, matter: Any) -> None:
    client = shown(at(people["nigora"]))
    assert client.get(f"/desk/sealed/{matter.pk}/").status_code == 404
    answer = client.post("/desk/emergency/", told(str(matter.pk)[:8]))
    assert answer["Location"] == f"/desk/sealed/{matter.pk}/"
    assert client.get(answer["Location"]).status_code == 200


def test_it_opens_once_when_the_form_comes_twice(people: Any, matter: Any) -> None:
    client = shown(at(people["nigora"]))
    for _time in range(2):
        client.post("/desk/emergency/", told(str(matter.pk)[:8], form_key="abcdefgh"))
    assert BreakGlass.objects.count() == 1


def test_it_needs_no_emergency_for_a_record_that_opens_anyhow(people: Any, matter: Any) -> None:
    answer = shown(at(people["farzona"])).post("/desk/emergency/", told(str(matter.pk)[:8]))
    assert (answer["Location"], BreakGlass.objects.count()) == (f"/desk/sealed/{matter.pk}/", 0)


@pytest.fixture
def codes(people: Any, matter: Any) -> dict[str, str]:
    """Codes that answer alike: of no record, of another organisation's, of one that Nigora is shut out of."""
    other = make_matter(people["cast"], organisation=people["cast"].gender_centre)
    access.shut_out(actor=people["manizha"], record=matter, user=people["nigora"])
    return {"absent": "01234567", "other": str(other.pk)[:8], "shut out": str(matter.pk)[:8]}


def test_it_answers_alike_whether_a_record_is_not_there_or_not_hers(people: Any, codes: dict[str, str]) -> None:
    client, answers, queries = shown(at(people["nigora"])), set(), set()
    client.post("/desk/emergency/", told("76543210"))
    for code in codes.values():
        with CaptureQueriesContext(connection) as asked_for:
            answer = client.post("/desk/emergency/", told(code))
        html = answer.content.decode().replace(code, "")
        secret = r'nonce="[^"]+"|name="(?:csrfmiddlewaretoken|form_key)" value="[^"]+"'
        answers.add((answer.status_code, re.sub(secret, "", html)))
        queries.add(len(asked_for))
    assert (len(answers), len(queries), BreakGlass.objects.count()) == (1, 1, 0)
    assert answers.pop()[0] == 422


@pytest.mark.parametrize(
    "wrong", [{"words": "too short"}, {"reason": "curious"}, {"reason": ""}, {"code": ""}, {"words": "x\x00" * 20}],
)  # fmt: skip
def test_it_keeps_the_words_of_an_emergency_that_lacks_something(
    people: Any, matter: Any, wrong: dict[str, str]
) -> None:
    answer = shown(at(people["nigora"])).post("/desk/emergency/", told(str(matter.pk)[:8], **wrong))
    html = answer.content.decode()
    assert (answer.status_code, BreakGlass.objects.count(), 'role="alert"' in html) == (422, 0, True)
    assert wrong.get("words", WORDS) in html or "\x00" in wrong.get("words", "")


@pytest.fixture
def installation(settings: Any, people: Any, matter: Any, monkeypatch: Any) -> Client:
    """No demonstration: Nigora signed in with both factors, a while ago."""
    client = at(people["nigora"])
    monkeypatch.setattr("hamroh.accounts.factors.is_waived", lambda _request: False)
    monkeypatch.setattr("hamroh.accounts.factors.passed", lambda _request, _user: True)
    return client


def test_it_asks_who_sits_here_before_the_form(installation: Client) -> None:
    answer = installation.get("/desk/emergency/")
    assert answer["Location"] == "/accounts/confirm/?next=%2Fdesk%2Femergency%2F"


def test_it_opens_nothing_without_that_and_keeps_the_words(installation: Client, matter: Any) -> None:
    answer = installation.post("/desk/emergency/", told(str(matter.pk)[:8]))
    html = answer.content.decode()
    assert (answer.status_code, BreakGlass.objects.count(), WORDS in html) == (422, 0, True)
    assert "Show who I am, in another tab" in html


def test_it_opens_right_after_she_showed_who_she_is(installation: Client, matter: Any) -> None:
    assert shown(installation).post("/desk/emergency/", told(str(matter.pk)[:8])).status_code == 302


def test_it_says_on_the_record_that_it_is_open(people: Any, matter: Any, rf: Any) -> None:
    from django.template import Context, Template

    def banner(user: Any) -> str:
        request = rf.get("/")
        request.user = user
        template = Template("{% load desk %}{% emergency_banner record %}")
        return template.render(Context({"request": request, "record": matter}))

    break_glass(people, matter)
    assert ("14:00" in banner(people["nigora"]), banner(people["farzona"]).strip()) == (True, "")


def test_it_opens_a_shelter_but_not_where_it_is(people: Any) -> None:
    shelter = Shelter.objects.create(organisation=people["centre"], code="s1")
    officer = employ("bahrom", people["centre"], Role.DUTY_OFFICER)
    shown(at(officer)).post("/desk/emergency/", told("s1"))
    assert BreakGlass.objects.count() == 1
    assert not policy.allowed(officer, "shelter.read", shelter)


# -- review --------------------------------------------------------------------------------------------------------


def test_it_shows_a_supervisor_what_was_said(people: Any, matter: Any) -> None:
    break_glass(people, matter)
    html = page(people["manizha"], "/desk/emergency/review/")
    assert ("Nigora" in html, WORDS in html, "26\N{NO-BREAK SPACE}November 2026, 10:00" in html) == (True, True, True)
    assert JournalLine.objects.filter(purpose="review of an emergency opening").count() == 1


def test_it_takes_the_review(people: Any, matter: Any) -> None:
    glass = break_glass(people, matter)
    at(people["manizha"]).post(f"/desk/emergency/review/{glass.pk}/", {"outcome": "wrong"})
    glass.refresh_from_db()
    assert (glass.outcome, glass.reviewed_by) == ("wrong", people["manizha"])


def test_it_asks_again_for_a_review_without_outcome(people: Any, matter: Any) -> None:
    glass = break_glass(people, matter)
    answer = at(people["manizha"]).post(f"/desk/emergency/review/{glass.pk}/", {"outcome": "maybe"})
    assert (answer.status_code, "Say whether it was needed" in answer.content.decode()) == (422, True)


def test_it_shows_nobody_her_own_opening_for_review(people: Any, matter: Any) -> None:
    supervisor = employ("sevda", people["centre"], Role.SUPERVISOR)
    glass = BreakGlass.objects.create(
        organisation=people["centre"], record_kind="sealedroom.matter", record_id=str(matter.pk), user=supervisor,
        reason="danger", words=WORDS, ends_at=timezone.now() + dt.timedelta(hours=4),
    )  # fmt: skip
    assert WORDS not in page(supervisor, "/desk/emergency/review/")
    assert at(supervisor).post(f"/desk/emergency/review/{glass.pk}/", {"outcome": "right"}).status_code == 404


def test_it_shows_no_opening_to_a_supervisor_who_is_shut_out(people: Any, matter: Any) -> None:
    other = employ("sevda", people["centre"], Role.SUPERVISOR)
    break_glass(people, matter)
    access.shut_out(actor=people["manizha"], record=matter, user=other)
    assert "No emergency opening waits" in page(other, "/desk/emergency/review/")


def test_it_tells_who_opened_what_awaits_her(people: Any, matter: Any) -> None:
    break_glass(people, matter)
    assert "your account rests after 72 hours" in page(people["nigora"], "/desk/")


def test_it_closes_the_desk_to_a_paused_account(people: Any, matter: Any, time_machine: Any) -> None:
    break_glass(people, matter)
    time_machine.move_to(NOW + dt.timedelta(hours=73))
    assert at(people["nigora"]).get("/desk/").status_code == 404
