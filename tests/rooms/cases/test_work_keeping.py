"""The work on a case goes with it; advice without a case is let go after its own time; what is stored tells nobody's words."""

import datetime as dt

import pytest
from django.db import connection, transaction

from cases_work import DONE, NOTE, child, to_close, write
from desk_world import TODAY, page
from hamroh.accounts.models import Task
from hamroh.cases import actions, keeping
from hamroh.cases.models import Advice, Encounter, Move, Need, Note, Service
from hamroh.vault import erasure, retention

OLD = TODAY - dt.timedelta(days=800)


@pytest.fixture
def lived(office, case):
    to_close(office, case)
    actions.add_encounter(actor=office.farzona, case=case, place="office", done=DONE, present="Модари ӯ")
    actions.give_service(actor=office.farzona, case=case, kind="paper", done=DONE)
    write(office.farzona, case, "medical", about=child(office, case))
    actions.hand_task(actor=office.farzona, case=case, assignee=office.manizha, words="Ring", due_date=TODAY)
    return case


def test_it_erases_the_work_with_its_case(lived):
    with transaction.atomic():
        erasure.erase(keeping.CASES, lived)
    left = [model.__name__ for model in (Move, Need, Service, Encounter, Note, Task) if model.objects.exists()]
    assert left == []


WORDS = ("Шабҳо", "шавҳараш", "Модари", "нафақа", "Чунин бояд", "Ring")


def test_it_stores_no_word_of_the_work_in_the_clear(lived):
    stored = ""
    with connection.cursor() as cursor:
        for table in (
            "cases_move",
            "cases_need",
            "cases_service",
            "cases_encounter",
            "cases_note",
            "accounts_task",
            "vault_journalline",
        ):
            cursor.execute(f"SELECT * FROM {table}")
            stored += repr(cursor.fetchall())
    assert [word for word in WORDS if word in stored] == []


def advised(office, on_date: dt.date) -> Advice:
    done = actions.Done(on_date, 15, NOTE)
    return actions.give_advice(
        actor=office.farzona, organisation=office.centre, topic="divorce", age_band="18-29", place="phone", done=done
    )


def test_it_lets_advice_go_after_twelve_months(office):
    old = advised(office, OLD)
    advised(office, TODAY - dt.timedelta(days=300))
    due = retention.due(keeping.ADVICE, office.centre.pk, TODAY)
    assert [row.pk for row in due] == [old.pk]


def test_it_shows_advice_that_is_due_without_a_word_of_it(office):
    advised(office, OLD)
    shown = page(office.manizha, "/desk/retention/")
    assert ("Advice without a case" in shown, NOTE in shown) == (True, False)


def test_it_keeps_the_count_of_a_day_whose_talks_are_gone(office):
    day = actions.begin_day(actor=office.farzona, organisation=office.centre, place="Восеъ", on_date=OLD)
    row = actions.give_advice(
        actor=office.farzona, organisation=office.centre, topic="divorce", age_band="18-29", place="village",
        done=actions.Done(OLD, 15, NOTE), day=day,
    )  # fmt: skip
    with transaction.atomic():
        erasure.erase(keeping.ADVICE, row)
    assert [(each.topic, each.count) for each in day.tallies.all()] == [("divorce", 1)]


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", "\u202eЗайнаб", "x" * 4000])
def test_it_shows_strange_words_as_words(office, case, words):
    write(office.farzona, case, words=words)
    shown = page(office.farzona, f"/desk/cases/{case.code}/story/")
    assert ("<script>alert" in shown, words.replace("<", "&lt;").replace(">", "&gt;") in shown) == (False, True)
