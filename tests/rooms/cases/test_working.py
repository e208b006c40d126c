"""Needs with goals in her words, what became of them, help, talks, and tasks for people; the story and the print of it all."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases_work import DONE, GOAL, a_day, child, need, to_close, write
from cases_world import gulnoras
from desk_world import TODAY, at, employ, page
from hamroh.accounts import policy
from hamroh.accounts.models import ConflictBlock, RecordGrant, Role, Task
from hamroh.cases import actions
from hamroh.cases.models import Encounter, Need, Service
from hamroh.vault.models import JournalLine


def stored(*tables: str) -> str:
    with connection.cursor() as cursor:
        rows = []
        for table in tables:
            cursor.execute(f"SELECT * FROM {table}")
            rows += cursor.fetchall()
    return repr(rows)


def send(user, case, where: str, **typed):
    return at(user).post(f"/desk/cases/{case.code}/{where}", typed)


def test_it_keeps_her_goal_in_her_words_and_sealed(office, case):
    assert send(office.farzona, case, "needs/new/", domain="legal", goal=GOAL).status_code == 302
    assert GOAL in page(office.farzona, f"/desk/cases/{case.code}/")
    assert "нафақа" not in stored("cases_need")


def test_it_takes_a_need_whose_goal_comes_later(office, case):
    row = need(office, case, goal="")
    assert row.planned_date is None
    assert send(office.farzona, case, f"needs/{row.pk}/", goal=GOAL, due_date="2026-12-10").status_code == 302
    row.refresh_from_db()
    assert (row.planned_date, row.due_date) == (TODAY, dt.date(2026, 12, 10))


def test_it_asks_for_the_goal_of_a_day(office, case):
    answer = send(office.farzona, case, "needs/new/", domain="legal", due_date="2026-12-10")
    assert (answer.status_code, "A day belongs to a goal" in answer.content.decode()) == (422, True)


def test_it_says_what_became_of_a_goal_once(office, case):
    row = need(office, case)
    assert send(office.farzona, case, f"needs/{row.pk}/outcome/", outcome="partly").status_code == 302
    again = send(office.farzona, case, f"needs/{row.pk}/outcome/", outcome="met", words="All of it.")
    assert (again.status_code, "All of it." in again.content.decode()) == (422, True)
    assert Need.objects.get(pk=row.pk).outcome == "partly"


def test_it_finds_no_need_of_another_case(office, case):
    other = gulnoras(office, told=actions.Told(name="Другая"))
    row = need(office, other)
    for where in (f"needs/{row.pk}/", f"needs/{row.pk}/outcome/"):
        assert at(office.farzona).get(f"/desk/cases/{case.code}/{where}").status_code == 404


def test_it_gives_help_for_no_goal_of_another_case(office, case):
    row = need(office, gulnoras(office, told=actions.Told(name="Другая")))
    answer = send(
        office.farzona, case, "help/new/", kind="advice", on_date="2026-11-23", minutes="20", need=str(row.pk)
    )
    assert (answer.status_code, Service.objects.exists()) == (422, False)


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({"on_date": "2026-11-24"}, "still to come"),
        ({"on_date": "1926-11-23"}, "long ago"),
        ({"on_date": "23.11"}, "year-month-day"),
        ({"minutes": "-5"}, "greater than or equal to 1"),
        ({"minutes": "99999"}, "less than or equal to 1440"),
        ({"place": "moon"}, "not one of the available choices"),
    ],
)  # fmt: skip
def test_it_says_what_is_wrong_and_keeps_what_was_typed(office, case, typed, fault):
    good = {"place": "office", "on_date": "2026-11-23", "minutes": "20", "words": "She wept."}
    answer = send(office.farzona, case, "met/new/", **(good | typed))
    shown = answer.content.decode()
    assert (answer.status_code, fault in shown, "She wept." in shown) == (422, True, True)
    assert not Encounter.objects.exists()


def test_it_seals_who_was_there_and_what_was_said(office, case):
    actions.add_encounter(actor=office.farzona, case=case, place="home", done=DONE, present="Модари ӯ")
    assert not [word for word in ("шавҳараш", "Модари") if word in stored("cases_encounter")]
    assert "Модари ӯ" in page(office.farzona, f"/desk/cases/{case.code}/")


# -- tasks for people ------------------------------------------------------------------------------------------------


def hand(office, case, to, words: str = "Ring the court", days: int = 1) -> Task:
    day = TODAY + dt.timedelta(days=days)
    return actions.hand_task(actor=office.farzona, case=case, assignee=to, words=words, due_date=day)


def test_it_puts_a_task_into_a_colleagues_day(office, case):
    hand(office, case, office.manizha)
    assert "Ring the court" in page(office.manizha, "/desk/")


def test_it_shows_on_the_case_who_has_a_task_and_her_words_to_nobody_else(office, case):
    hand(office, case, office.manizha)
    where = f"/desk/cases/{case.code}/"
    mine, hers = page(office.farzona, where), page(office.manizha, where)
    assert ("A task of Manizha" in mine, "Ring the court" in mine, "Ring the court" in hers) == (True, False, True)


def test_it_tells_nobody_of_another_organisation_who_has_a_task(office, case):
    hand(office, case, office.manizha)
    RecordGrant.objects.create(
        organisation=office.centre, to_organisation=office.other, verbs=["case.list", "case.read"],
        record_kind="cases.case", record_id=str(case.pk), ends_at=case.changed_at + dt.timedelta(days=3),
    )  # fmt: skip
    assert "Manizha" not in page(office.nermin, f"/desk/cases/{case.code}/")


@pytest.mark.parametrize("who", ["zebo", "nermin", "temur"])
def test_it_hands_no_task_to_who_may_not_read_the_case(office, case, who):
    with pytest.raises(policy.Refused):
        hand(office, case, getattr(office, who))
    assert str(getattr(office, who).pk) not in page(office.farzona, f"/desk/cases/{case.code}/tasks/new/")


def test_it_hands_no_task_to_who_is_shut_out(office, case):
    ConflictBlock.objects.create(user=office.manizha, record_kind="cases.case", record_id=str(case.pk))
    typed = {"words": "Ring", "due_date": "2026-11-25", "assignee": str(office.manizha.pk)}
    assert send(office.farzona, case, "tasks/new/", **typed).status_code == 422


def test_it_lets_who_does_the_task_alone_finish_it(office, case):
    task = hand(office, case, office.manizha)
    assert at(office.farzona).post(reverse("day:finish-task", args=[task.pk])).status_code == 404
    assert at(office.manizha).post(reverse("day:finish-task", args=[task.pk])).status_code == 302


# -- the story, and paper --------------------------------------------------------------------------------------------


@pytest.fixture
def lived(office, case):
    """A case in which something of each kind happened, until it was closed."""
    to_close(office, case)
    actions.move(actor=office.manizha, case=case, after="active", words="Ask about the house first.")
    actions.add_encounter(actor=office.farzona, case=case, place="office", done=DONE)
    actions.give_service(actor=office.farzona, case=case, kind="paper", done=actions.Done(TODAY, 90, "The claim."))
    write(office.farzona, case, words="He answers no more.")
    return case


TOLD = (GOAL, "Ask about the house first.", "шавҳараш", "The claim.", "He answers no more.", "The case began")


def test_it_tells_all_that_happened(office, lived):
    shown = page(office.farzona, f"/desk/cases/{lived.code}/story/")
    assert [words for words in TOLD if words not in shown] == []


def test_it_prints_the_file_with_its_story(office, lived):
    shown = page(office.farzona, f"/desk/cases/{lived.code}/print/")
    assert [words for words in TOLD if words not in shown] == []


def test_it_writes_down_that_the_file_was_printed(office, lived):
    page(office.farzona, f"/desk/cases/{lived.code}/print/")
    line = JournalLine.objects.get(purpose="print")
    assert (line.actor_id, line.record_id) == (office.farzona.pk, str(lived.pk))


def test_it_names_nobody_in_titles(office, lived):
    for where in ("", "story/", "print/", "needs/new/", "notes/new/", "notes/children/", "move/closing/"):
        shown = page(office.farzona, f"/desk/cases/{lived.code}/{where}")
        assert "Гулнора" not in shown.split("<title>")[1].split("</title>")[0]


def test_it_tells_the_story_with_as_many_queries_however_long(office, lived):
    client, counts = at(office.farzona), []
    client.get(f"/desk/cases/{lived.code}/story/")
    for _round in range(2):
        with CaptureQueriesContext(connection) as seen:
            client.get(f"/desk/cases/{lived.code}/story/")
        counts.append(len(seen))
        for _number in range(3):
            actions.add_encounter(actor=office.farzona, case=lived, place="office", done=DONE)
            write(office.farzona, lived)
    assert counts[0] == counts[1]


# -- days in villages ------------------------------------------------------------------------------------------------


def tap(user, day, **typed):
    return at(user).post(f"/desk/cases/days/{day.pk}/", {"topic": "alimony", "age": "18-29", **typed})


def counted(day) -> dict[tuple[str, str], int]:
    return {(each.topic, each.age_band): each.count for each in day.tallies.all()}


def test_it_counts_one_for_each_tap(office):
    day = a_day(office)
    for user in (office.farzona, office.farzona, office.zebo):
        assert tap(user, day).status_code == 302
    assert counted(day) == {("alimony", "18-29"): 3}


def test_it_takes_back_one_counted_by_mistake_and_never_more_than_there_were(office):
    day = a_day(office)
    tap(office.farzona, day)
    for _time in range(3):
        tap(office.farzona, day, by="-1")
    assert counted(day) == {("alimony", "18-29"): 0}


@pytest.mark.parametrize("typed", [{"topic": "gold"}, {"age": "200"}, {"by": "50"}, {"by": "x"}])
def test_it_counts_nothing_that_it_does_not_know(office, typed):
    day = a_day(office)
    tap(office.farzona, day, **typed)
    assert counted(day) == {}


@pytest.mark.parametrize("who", ["nermin", "temur"])
def test_it_answers_strangers_as_if_there_were_no_day(office, who):
    user, day = getattr(office, who), a_day(office)
    assert tap(user, day).status_code == at(user).get(f"/desk/cases/days/{day.pk}/").status_code == 404


def test_it_says_nothing_of_the_village_in_the_clear(office):
    a_day(office)
    assert "Сафедорон" not in stored("cases_mobileday")
    assert "Сафедорон" in page(office.zebo, "/desk/cases/days/")


def talk(user, **typed):
    good = {
        "topic": "divorce", "age_band": "30-44", "place": "phone", "on_date": "2026-11-23", "minutes": "15",
        "words": "To ask the court in Vose.",
    }  # fmt: skip
    return at(user).post("/desk/cases/advice/new/" + typed.pop("query", ""), good | typed)


def test_it_keeps_a_talk_without_a_case_to_who_had_it_and_her_supervisor(office):
    assert talk(office.farzona).status_code == 302
    shown = {
        who: "court in Vose" in page(getattr(office, who), "/desk/cases/advice/")
        for who in ("farzona", "zebo", "manizha")
    }
    assert shown == {"farzona": True, "zebo": False, "manizha": True}


def test_it_counts_a_talk_in_its_day(office):
    day = a_day(office)
    assert talk(office.farzona, query=f"?day={day.pk}").status_code == 302
    assert counted(day) == {("divorce", "30-44"): 1}


@pytest.mark.parametrize("query", ["?day=nonsense", "?day=0197a1b2-0000-7000-8000-000000000000"])
def test_it_finds_no_day_that_there_is_not(office, query):
    assert talk(office.farzona, query=query).status_code == 404


def test_it_gives_no_advice_for_another_organisations_day(office):
    day = a_day(office)
    assert talk(office.nermin, query=f"?day={day.pk}").status_code == 404


def test_it_lets_no_donor_count(office):
    lola = employ("lola", office.centre, Role.PROGRAMME_MANAGER)
    assert {
        at(lola).get(f"/desk/cases/{each}/").status_code for each in ("days", "days/new", "advice", "advice/new")
    } == {404}


def test_it_shows_the_children_of_a_case_in_a_notes_form(office, case):
    child(office, case)
    assert "Сомон" in page(office.farzona, f"/desk/cases/{case.code}/notes/new/")
