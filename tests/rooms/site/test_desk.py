"""The desk: its frame and my day, page by page."""

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection

from desk_world import TODAY, add, asked, at, page, shown
from hamroh.accounts import policy
from hamroh.accounts.actions import access
from hamroh.accounts.models import Membership, Notice, Role, Task
from hamroh.vault.models import JournalLine
from sealedroom.cast import make_matter

pytestmark = [pytest.mark.urls("sealedroom.urls"), pytest.mark.usefixtures("demonstration")]


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


def test_it_gives_nobody_else_a_task_without_a_record(people: Any) -> None:
    with pytest.raises(policy.Refused):
        add(people, assignee=people["nigora"])


def test_it_gives_a_task_to_nobody_who_may_not_read_its_record(people: Any) -> None:
    matter = make_matter(people["cast"], owner=people["farzona"])
    with pytest.raises(policy.Refused):
        add(people, assignee=people["nigora"], record=matter)


def test_it_lets_nobody_give_a_task_about_a_record_that_is_shut_to_her(people: Any) -> None:
    matter = make_matter(people["cast"], owner=people["nigora"])
    with pytest.raises(policy.Refused):
        add(people, assignee=people["nigora"], record=matter)


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


@pytest.mark.parametrize("many", [1, 15])
def test_it_asks_as_often_for_a_full_day_as_for_an_empty_one(
    people: Any, many: int, django_capture_on_commit_callbacks: Any
) -> None:
    """Seventeen: five who asks, one for each: house, tasks, notices, records, hearings, deadlines, the law's changes, what is unread, the journal."""
    with django_capture_on_commit_callbacks(execute=True):
        mine = make_matter(people["cast"], owner=people["farzona"])
    for number in range(many):
        add(people, f"task {number}", record=mine)
        Notice.objects.create(
            user=people["farzona"], about="glass", record_kind="sealedroom.matter", record_id=str(mine.pk)
        )
    assert asked(at(people["farzona"]), "/desk/") <= 17


def test_it_says_that_there_are_more_tasks_than_it_shows(people: Any) -> None:
    for number in range(61):
        add(people, f"task {number}", days=number)
    html = page(people["farzona"], "/desk/")
    assert ("You have more tasks" in html, "task 59" in html, "task 60" in html) == (True, True, False)
