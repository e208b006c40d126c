"""Mediation is refused while violence stands against it; her written wish and a supervisor's hand open it, and new violence ends it."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases_matters import matter_of
from cases_mediation import (
    CLEAR,
    HURT,
    SAID,
    TERM,
    WANTS,
    WROTE,
    agreed,
    asked,
    begin,
    begun,
    held,
    signed,
    wished,
)
from desk_world import NOW, TODAY, at, page
from hamroh.accounts import policy
from hamroh.accounts.models import Notice, Task
from hamroh.cases.actions import mediation as actions
from hamroh.cases.actions.mediation import NotNow
from hamroh.cases.models import AgreedTerm, Mediation, MediationSession, MediationWish
from hamroh.vault import journal

FORM = {"whom": "Зафар", "mediator": "Мулло Ҳасан", "wants": WANTS, "told": "on"}


def begins(office, case):
    """What the page answers to the wish to begin."""
    return at(office.farzona).post(f"/desk/cases/{case.code}/mediation/new/", {"form_key": "k" * 20} | FORM)


def end(office, row, state, words=""):
    with journal.openings("task"):
        actions.end_mediation(actor=office.farzona, mediation=row, state=state, words=words)


def test_it_begins_where_nothing_stands_against_it(office, case):
    asked(office, case)
    assert (begins(office, case).status_code, Mediation.objects.get().state) == (302, "open")


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        (None, "She was not asked about danger yet."),
        (HURT, "She told of violence within the last half year."),
        ({"hit": "no"}, "Not every question about violence was answered with yes or no."),
    ],
)
def test_it_keeps_safety_rule_8_and_refuses_mediation(office, case, answers, says):
    if answers:
        asked(office, case, answers)
    answer = begins(office, case)
    assert (answer.status_code, says in answer.content.decode(), Mediation.objects.exists()) == (422, True, False)


def test_it_keeps_safety_rule_8_where_the_questions_are_past_their_day(office, case, time_machine):
    asked(office, case)
    time_machine.move_to(NOW + dt.timedelta(days=91))
    assert "It is time to ask her about danger again." in begins(office, case).content.decode()


def test_it_keeps_safety_rule_8_whatever_level_the_worker_sets(office, case):
    asked(office, case, HURT, level="low", reason="He has gone to Russia since.")
    assert (begins(office, case).status_code, Mediation.objects.exists()) == (422, False)


def test_it_keeps_safety_rule_8_where_she_takes_her_words_back(office, case):
    asked(office, case, HURT)
    asked(office, case)
    assert begins(office, case).status_code == 422


def test_it_keeps_safety_rule_8_and_opens_to_her_signed_wish(office, case, time_machine):
    asked(office, case, HURT)
    time_machine.shift(60)
    signed(office, case)
    assert begins(office, case).status_code == 302


@pytest.mark.parametrize("answer", ["", "declined"])
def test_it_keeps_safety_rule_8_where_no_supervisor_signs(office, case, answer, time_machine):
    asked(office, case, HURT)
    time_machine.shift(60)
    signed(office, case, answer) if answer else wished(office, case)
    assert begins(office, case).status_code == 422


def test_it_keeps_safety_rule_8_and_lets_nobody_sign_what_she_took_herself(office, case):
    wish = actions.write_wish(actor=office.manizha, case=case, on_date=TODAY, words=WROTE)
    with pytest.raises(policy.Refused):
        actions.answer_wish(actor=office.manizha, case=case, wish=wish, answer="signed", words="Ҳа.")
    at(office.manizha).post(f"/desk/cases/{case.code}/mediation/wish/{wish.pk}/", {"answer": "signed", "words": "Ҳа."})
    assert MediationWish.objects.get().answer == ""


def test_it_lets_no_worker_sign(office, case):
    wish = wished(office, case)
    at(office.farzona).post(f"/desk/cases/{case.code}/mediation/wish/{wish.pk}/", {"answer": "signed", "words": "Ҳа."})
    assert MediationWish.objects.get().answer == ""


def test_it_takes_a_supervisors_answer_through_the_page(office, case):
    wish = wished(office, case)
    where = f"/desk/cases/{case.code}/mediation/wish/{wish.pk}/"
    assert WROTE in page(office.manizha, where)
    at(office.manizha).post(where, {"answer": "signed", "words": "Бо ман меояд.", "form_key": "k" * 20})
    row = MediationWish.objects.get()
    assert (row.answer, row.answered_by) == ("signed", office.manizha)


def test_it_lets_an_answer_stand(office, case):
    wish = signed(office, case, "declined")
    with pytest.raises(NotNow):
        actions.answer_wish(actor=office.manizha, case=case, wish=wish, answer="signed", words="Ҳа.")


def test_it_tells_a_supervisor_of_a_wish(office, case):
    wished(office, case)
    assert Notice.objects.filter(user=office.manizha).exists()


def test_it_takes_no_wish_without_her_writing(office, case):
    answer = at(office.farzona).post(
        f"/desk/cases/{case.code}/mediation/wish/", {"on_date": "2026-11-20", "words": " ", "evidence": ""}
    )
    assert (answer.status_code, MediationWish.objects.exists()) == (422, False)


# -- new violence --------------------------------------------------------------------------------------------------


def test_it_keeps_safety_rule_8_and_breaks_off_at_new_violence(office, case):
    begun(office, case)
    asked(office, case, HURT)
    row = Mediation.objects.get()
    assert (row.state, row.ended_date) == ("broken_off", TODAY)


def test_it_keeps_safety_rule_8_and_breaks_off_what_a_wish_opened(office, case, time_machine):
    asked(office, case, HURT)
    time_machine.shift(60)
    signed(office, case)
    begin(office, case)
    time_machine.shift(60)
    asked(office, case, HURT)
    assert (Mediation.objects.get().state, begins(office, case).status_code) == ("broken_off", 422)


def test_it_breaks_off_where_who_asked_judges_the_danger_high(office, case):
    begun(office, case)
    asked(office, case, level="high", reason="His brother stood at the gate this morning.")
    assert Mediation.objects.get().state == "broken_off"


def test_it_has_a_supervisor_look_at_what_was_broken_off(office, case):
    begun(office, case)
    row = asked(office, case, HURT)
    assert row.look_by is not None
    assert Notice.objects.filter(user=office.manizha).exists()


def test_it_goes_on_where_the_questions_find_nothing_new(office, case):
    begun(office, case)
    asked(office, case)
    assert (Mediation.objects.get().state, Notice.objects.exists()) == ("open", False)


def test_it_asks_no_supervisor_for_violence_without_talks(office, case):
    assert asked(office, case, HURT).look_by is None


# -- sessions, terms, the end --------------------------------------------------------------------------------------


def test_it_writes_a_session_through_the_page(office, case):
    row = begun(office, case)
    told = {"on_date": "2026-11-23", "minutes": "50", "present": "Апааш", "words": SAID, "form_key": "k" * 20}
    at(office.farzona).post(f"/desk/cases/{case.code}/mediation/{row.pk}/sessions/new/", told)
    assert SAID in page(office.farzona, f"/desk/cases/{case.code}/mediation/{row.pk}/")


def test_it_keeps_safety_rule_8_and_holds_no_session_past_the_day_of_the_questions(office, case, time_machine):
    row = begun(office, case)
    time_machine.move_to(NOW + dt.timedelta(days=91))
    with pytest.raises(NotNow):
        held(office, row)
    assert not MediationSession.objects.exists()


def test_it_holds_no_session_after_the_end(office, case):
    row = begun(office, case)
    end(office, row, "not_agreed")
    with pytest.raises(NotNow):
        held(office, row)


def test_it_holds_no_session_before_the_beginning(office, case):
    row = begun(office, case)
    with pytest.raises(NotNow):
        held(office, row, TODAY - dt.timedelta(days=1))


def test_it_reminds_of_what_was_agreed_until_a_day(office, case):
    row = begun(office, case)
    agreed(office, row, TODAY + dt.timedelta(days=30))
    task = Task.objects.get()
    assert (task.assignee, task.due_date, task.record_id) == (
        office.farzona,
        TODAY + dt.timedelta(days=30),
        str(case.pk),
    )


def test_it_sets_no_task_for_a_term_without_a_day(office, case):
    agreed(office, begun(office, case))
    assert not Task.objects.exists()


def test_it_keeps_whether_a_term_was_kept(office, case):
    row = begun(office, case)
    term = agreed(office, row)
    where = f"/desk/cases/{case.code}/mediation/{row.pk}/terms/{term.pk}/"
    at(office.farzona).post(where, {"kept": "broken", "words": "Як моҳ дод.", "form_key": "k" * 20})
    assert AgreedTerm.objects.get().kept == "broken"
    text = page(office.farzona, f"/desk/cases/{case.code}/mediation/{row.pk}/")
    assert ("Як моҳ дод." in text, TERM in text) == (True, True)


@pytest.mark.parametrize("state", ["agreed", "not_agreed", "broken_off"])
def test_it_ends(office, case, state):
    end(office, begun(office, case), state)
    assert Mediation.objects.get().state == state


def test_it_ends_without_agreement_while_the_gate_is_shut(office, case, time_machine):
    row = begun(office, case)
    time_machine.move_to(NOW + dt.timedelta(days=91))
    with pytest.raises(NotNow):
        end(office, row, "agreed")
    end(office, row, "not_agreed")
    assert Mediation.objects.get().state == "not_agreed"


def test_it_tells_a_supervisor_of_what_somebody_broke_off(office, case):
    end(office, begun(office, case), "broken_off")
    assert Notice.objects.filter(user=office.manizha).exists()


def test_it_begins_only_one_at_a_time(office, case):
    begun(office, case)
    assert begins(office, case).status_code == 422


def test_it_offers_no_second_beginning_while_talks_are_under_way(office, case):
    asked(office, case)
    where = f"/desk/cases/{case.code}/mediation/"
    before = "/mediation/new/" in page(office.farzona, where)
    begin(office, case)
    assert (before, "/mediation/new/" in page(office.farzona, where)) == (True, False)


# -- pages ---------------------------------------------------------------------------------------------------------


def test_it_shows_the_law_of_azerbaijan_with_its_open_question(office, case):
    type(case).objects.filter(pk=case.pk).update(country="AZ")
    matter = matter_of(office, case, kind="alimony", country="AZ")
    text = page(office.farzona, f"/desk/cases/{case.code}/mediation/")
    assert ("to be verified" in text, f"/matters/{matter.pk}/step/mediation/" in text) == (True, True)


def test_it_names_no_law_where_the_country_has_none(office, case):
    assert "Before a claim" not in page(office.farzona, f"/desk/cases/{case.code}/mediation/")


def test_it_tells_of_talks_in_the_story(office, case):
    end(office, begun(office, case), "not_agreed")
    text = page(office.farzona, f"/desk/cases/{case.code}/story/")
    assert ("Mediation began" in text, "They did not agree" in text) == (True, True)


def test_it_asks_the_store_as_often_for_many_screens_as_for_one(office, case):
    client, counts = at(office.farzona), []
    for screens in (1, 5):
        for _each in range(screens):
            asked(office, case)
        client.get(f"/desk/cases/{case.code}/mediation/")
        with CaptureQueriesContext(connection) as seen:
            client.get(f"/desk/cases/{case.code}/mediation/")
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_it_keeps_words_sealed(office, case, time_machine):
    asked(office, case, HURT)
    time_machine.shift(60)
    signed(office, case)
    row = begin(office, case)
    held(office, row)
    agreed(office, row, TODAY + dt.timedelta(days=30))
    end(office, row, "not_agreed", "Зафар рафт.")
    stored = ""
    with connection.cursor() as cursor:
        for table in ("mediation", "mediationwish", "mediationsession", "agreedterm"):
            cursor.execute(f"SELECT * FROM cases_{table}")
            stored += repr(cursor.fetchall())
        for table in ("vault_journalline", "accounts_notice", "accounts_task"):
            cursor.execute(f"SELECT * FROM {table}")
            stored += repr(cursor.fetchall())
    assert [each for each in (WANTS, SAID, WROTE, TERM, "Зафар", "Танҳо бо ман", "рафт") if each in stored] == []


def test_it_counts_a_changed_screen_as_violence(office, case):
    asked(office, case, CLEAR)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_riskscreen SET answers = %s", [b"changed"])
    assert begins(office, case).status_code == 422
