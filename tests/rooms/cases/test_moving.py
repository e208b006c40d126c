"""A case moves by its graph, with what each move asks for; closing takes two people."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases_work import consent, need, screened, to_close, under_way, walk
from cases_world import gulnoras
from desk_world import TODAY, at, employ, page
from hamroh.accounts import policy
from hamroh.accounts.models import Role
from hamroh.cases import actions, guards
from hamroh.cases.models import Case, Move
from hamroh.cases.states import CaseLife
from hamroh.vault.models import JournalLine


def moved(user, case, to: str, **typed):
    """What the page answers to a move."""
    case.refresh_from_db()
    return at(user).post(f"/desk/cases/{case.code}/move/{to}/", {"seen": case.status, **typed})


def lacks(case, to: str) -> list[str]:
    return [guard.code for guard in guards.missing(case, to)]


def test_it_has_words_for_every_move_of_the_graph():
    assert set(guards.ASKED) == set(CaseLife.states) - {CaseLife.initial}


@pytest.mark.parametrize("answer", ["refused", "withdrawn", None])
def test_it_begins_no_intake_without_her_consent(office, case, answer):
    if answer:
        consent(office, case, made_at=timezone.now() - dt.timedelta(hours=1))
        consent(office, case, answer)
    with pytest.raises(actions.CannotMove) as refused:
        walk(office, case, "intake")
    assert list(refused.value.args) == [guards.CONSENT.missing]


def test_it_takes_no_consent_whose_day_is_past(office, case):
    consent(office, case, until_date=TODAY - dt.timedelta(days=1))
    assert lacks(case, "intake") == ["consent"]


def test_it_takes_a_consent_on_its_last_day(office, case):
    consent(office, case, until_date=TODAY)
    assert lacks(case, "intake") == []


def test_it_takes_nobody_elses_consent_for_hers(office, case):
    consent(office, case, to_organisation=office.other)
    assert lacks(case, "intake") == ["consent"]


def test_it_asks_for_the_danger_before_the_plan(office, case):
    consent(office, case)
    walk(office, case, "intake")
    assert lacks(case, "assessed") == ["risk"]


def test_it_asks_for_a_goal_before_the_plan_stands(office, case):
    consent(office, case)
    screened(case)
    need(office, case, goal="")
    walk(office, case, "intake", "assessed")
    assert lacks(case, "planned") == ["goal"]


def test_it_asks_what_became_of_each_goal_before_it_closes(office, case):
    under_way(office, case)
    assert lacks(case, "closing") == ["outcomes"]


def test_it_says_on_the_page_what_is_missing(office, case):
    shown = page(office.farzona, f"/desk/cases/{case.code}/")
    assert "Her consent that we work on her case" in shown


def test_it_closes_when_a_supervisor_approves(office, case):
    to_close(office, case)
    assert moved(office.manizha, case, "closed").status_code == 302
    case.refresh_from_db()
    assert (case.status, case.closed_week) == ("closed", TODAY)


def test_it_shows_what_became_of_each_goal_to_who_approves(office, case):
    to_close(office, case)
    shown = page(office.manizha, f"/desk/cases/{case.code}/move/closed/")
    assert [words for words in ("Мехоҳад", "Reached", "Чунин бояд.") if words not in shown] == []


def test_it_lets_no_owner_close_her_case(office, case):
    to_close(office, case)
    assert moved(office.farzona, case, "closed").status_code == 404


def test_it_lets_no_supervisor_approve_what_she_asked_for(office, case):
    planned = under_way(office, case)
    actions.settle_need(actor=office.farzona, case=case, need=planned, outcome="met")
    actions.move(actor=office.manizha, case=case, after="closing", words="All is done.")
    answer = moved(office.manizha, case, "closed")
    assert (answer.status_code, "A supervisor other than the one" in answer.content.decode()) == (422, True)


def test_it_lets_another_supervisor_approve_it(office, case):
    planned = under_way(office, case)
    actions.settle_need(actor=office.farzona, case=case, need=planned, outcome="partly")
    actions.move(actor=office.manizha, case=case, after="closing", words="All is done.")
    second = employ("shirin", office.centre, Role.SUPERVISOR)
    assert actions.move(actor=second, case=case, after="closed").status == "closed"


@pytest.mark.parametrize("to", ["active"])
def test_it_sends_back_with_words_alone(office, case, to):
    to_close(office, case)
    assert moved(office.manizha, case, to, words=" ").status_code == 422
    assert moved(office.manizha, case, to, words="Ask her about the house.").status_code == 302
    assert "Ask her about the house." in page(office.farzona, f"/desk/cases/{case.code}/")


def test_it_reopens_with_a_reason_and_counts_no_closing_any_more(office, case):
    to_close(office, case)
    actions.move(actor=office.manizha, case=case, after="closed")
    with pytest.raises(actions.CannotMove):
        actions.move(actor=office.farzona, case=case, after="reopened")
    actions.move(actor=office.farzona, case=case, after="reopened", words="He stopped paying again.")
    assert (case.status, case.closed_week) == ("reopened", None)


def test_it_moves_once_where_two_people_move_it_at_once(office, case):
    under_way(office, case)
    seen = Case.objects.get(pk=case.pk)
    actions.move(actor=office.manizha, case=case, after="on_hold", words="She is away.")
    with pytest.raises(actions.CannotMove) as refused:
        actions.move(actor=office.farzona, case=seen, after="on_hold", words="She is ill.")
    assert "meanwhile" in str(refused.value.args[0])


def test_it_keeps_what_was_typed_where_somebody_was_faster(office, case):
    to_close(office, case)
    actions.move(actor=office.manizha, case=case, after="closed")
    typed = {"seen": "closing", "words": "Wait for the court."}
    answer = at(office.farzona).post(f"/desk/cases/{case.code}/move/active/", typed)
    shown = answer.content.decode()
    assert (answer.status_code, "Wait for the court." in shown, "meanwhile" in shown) == (422, True, True)


def test_it_writes_a_move_once_where_the_form_is_sent_twice(office, case):
    under_way(office, case)
    client, typed = at(office.farzona), {"seen": "active", "words": "She is away.", "form_key": "k" * 16}
    for _time in range(2):
        assert client.post(f"/desk/cases/{case.code}/move/on_hold/", typed).status_code == 302
    assert Move.objects.filter(case=case, after="on_hold").count() == 1


WRITES = {
    "needs/new/": {"domain": "legal", "goal": "To go home."},
    "help/new/": {"kind": "advice", "on_date": "2026-11-23", "minutes": "20", "words": "To go home."},
    "met/new/": {"place": "office", "on_date": "2026-11-23", "minutes": "20", "words": "To go home."},
    "notes/new/": {"discipline": "case", "on_date": "2026-11-23", "words": "To go home."},
}


@pytest.mark.parametrize("where", sorted(WRITES))
def test_it_writes_nothing_in_a_closed_case_and_loses_nothing_typed(office, case, where):
    to_close(office, case)
    actions.move(actor=office.manizha, case=case, after="closed")
    lines = JournalLine.objects.filter(purpose="").count()
    answer = at(office.farzona).post(f"/desk/cases/{case.code}/{where}", WRITES[where])
    shown = answer.content.decode()
    assert (answer.status_code, "This case is closed" in shown, "To go home." in shown) == (422, True, True)
    assert JournalLine.objects.filter(purpose="").count() == lines


def test_it_refuses_a_state_that_there_is_not(office, case):
    assert at(office.farzona).get(f"/desk/cases/{case.code}/move/gone/").status_code == 404


def test_it_lets_another_organisation_move_nothing(office, case):
    with pytest.raises(policy.Refused):
        actions.move(actor=office.nermin, case=case, after="intake")


def test_it_reads_how_far_a_case_is_by_as_many_queries_whatever_was_done(office, case):
    under_way(office, case)
    client, counts = at(office.farzona), []
    client.get(f"/desk/cases/{case.code}/")
    for _round in range(2):
        with CaptureQueriesContext(connection) as seen:
            client.get(f"/desk/cases/{case.code}/")
        counts.append(len(seen))
        for number in range(3):
            need(office, case, goal=f"Goal {number}")
            gulnoras(office, told=actions.Told(name=f"Somebody {number}"))
    assert counts[0] == counts[1]
