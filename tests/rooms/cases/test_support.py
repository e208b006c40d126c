"""State support: no promise without a source, and an office whose silence is not forgotten."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases_support import (
    ASKED,
    MONTH_AGO,
    OFFICE,
    answered,
    asked_of_the_state,
    begun_application,
    handed_in,
)
from desk_world import TODAY, at, page
from hamroh.accounts import policy
from hamroh.cases.actions import support as actions
from hamroh.cases.actions.deadlines import Stated
from hamroh.cases.actions.matters import NotNow
from hamroh.cases.models import Application, Deadline
from hamroh.vault import journal
from hamroh.vault.models import JournalLine

PERIOD = Stated(20, "Law on appeals of citizens, art. 18")
NEW = {"support": "other", "asked": ASKED, "authority": "", "office": OFFICE}


def root(case, matter, row=None):
    return f"/desk/cases/{case.code}/support/{matter.pk}/" + (f"{row.pk}/" if row else "")


def sent(people, where, /, **data):
    return at(people.farzona).post(where, {"form_key": "k" * 20} | data)


def test_it_guides_by_rules_that_somebody_has_seen(office, case):
    text = page(office.farzona, root(case, asked_of_the_state(office, case)))
    said = (
        "Legal aid of the state",
        "It is no promise",
        "Alimony claimed by the authority",
    )  # the last is another state's
    assert [each in text for each in said] == [True, True, False]


def test_it_keeps_what_no_rule_is_known_of_and_says_so(office, case):
    matter = asked_of_the_state(office, case)
    assert sent(office, root(case, matter) + "new/", **NEW).status_code == 302
    text = page(office.farzona, root(case, matter, Application.objects.get()))
    assert [each for each in (ASKED, OFFICE, "We know of no rule behind this.") if each not in text] == []


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"asked": ""}, "Write what is asked for."),
        ({"office": ""}, "Choose the office, or write what it is called."),
        ({"support": "az_authority_claim"}, "Select a valid choice."),
    ],
)
def test_it_asks_again_with_all_that_was_typed(office, case, wrong, says):
    answer = sent(office, root(case, asked_of_the_state(office, case)) + "new/", **NEW | wrong)
    text = answer.content.decode()
    kept = [value for value in (NEW | wrong).values() if value in (ASKED, OFFICE)]
    assert (answer.status_code, says in text, [each for each in kept if each not in text]) == (422, True, [])


def test_it_sets_no_day_for_the_answer_where_nobody_states_one(office, case):
    row = handed_in(office, begun_application(office, case))
    assert (row.state, row.filed_date, row.alarm, Deadline.objects.exists()) == ("filed", MONTH_AGO, None, False)


def test_it_waits_by_the_period_that_a_lawyer_states(office, case):
    row = handed_in(office, begun_application(office, case), stated=PERIOD)
    text = page(office.farzona, root(case, row.matter, row))
    assert row.alarm.due_date == MONTH_AGO + dt.timedelta(days=20)
    assert [each for each in ("The day is past", "as her own assumption: 20 (Law on appeals") if each not in text] == []


def test_it_lets_nobody_but_a_lawyer_state_a_period(office, case):
    case.team = "kulob"
    case.save(update_fields=["team"])
    row = begun_application(office, case)
    with pytest.raises(policy.Refused):
        handed_in(office, row, actor=office.manizha, stated=PERIOD)
    assert "art" not in re.findall(r'name="(\w+)"', page(office.manizha, root(case, row.matter, row) + "handed-in/"))


def test_it_rings_on_the_team_page_until_the_answer_comes(office, case):
    row = handed_in(office, begun_application(office, case), ask_on=TODAY - dt.timedelta(days=2))
    before = page(office.farzona, "/desk/cases/team/")
    answered(office, row, "refused", words="Ҳуҷҷат кам аст")
    after = page(office.farzona, "/desk/cases/team/")
    assert ("State support: no answer yet" in before, "State support: no answer yet" in after) == (True, False)
    assert Deadline.objects.get().state == "done"


def test_it_keeps_the_amount_as_it_is_printed_and_tells_it_in_the_story(office, case):
    row = handed_in(office, begun_application(office, case))
    answered(office, row, "granted", amount="128,50 сомонӣ дар як семоҳа")
    assert "128,50 сомонӣ дар як семоҳа" in page(office.farzona, f"/desk/cases/{case.code}/story/")


def test_it_contests_a_refusal_and_waits_anew(office, case):
    row = handed_in(office, begun_application(office, case))
    answered(office, row, "refused")
    where = root(case, row.matter, row) + "contest/"
    told = {"on": TODAY.isoformat(), "where": "Суд", "number": "", "words": "Ҳақ дорад", "seen": "refused"}
    again = sent(office, where, **told, ask_on=TODAY.isoformat())
    assert (again.status_code, "Choose a day after" in again.content.decode()) == (422, True)
    sent(office, where, **told, ask_on=(TODAY + dt.timedelta(days=9)).isoformat())
    row.refresh_from_db()
    assert (row.state, row.answered_date, row.alarm.turn) == ("appealed", None, "ours")


def test_it_tells_the_second_of_two_who_answer_at_once(office, case):
    row = handed_in(office, begun_application(office, case))
    answered(office, row, "granted")
    told = {"state": "refused", "on": TODAY.isoformat(), "amount": "", "number": "5", "words": "Рад", "seen": "filed"}
    answer = sent(office, root(case, row.matter, row) + "answer/", **told)
    text = answer.content.decode()
    assert (answer.status_code, "meanwhile" in text, "Рад" in text) == (422, True, True)
    assert Application.objects.get().state == "granted"


def test_it_takes_no_answer_from_before_it_was_handed_in(office, case):
    row = handed_in(office, begun_application(office, case))
    with pytest.raises(NotNow), journal.openings("task"):
        said = actions.Said(MONTH_AGO - dt.timedelta(days=1))
        actions.answer(actor=office.farzona, application=row, state="granted", said=said, seen="filed")


def test_it_is_a_page_of_matters_of_state_support_alone(office, case):
    other = asked_of_the_state(office, case).__class__.objects.create(
        organisation=office.centre, case=case, kind="divorce", country="TJ", stage="safe", opened_date=TODAY
    )
    assert at(office.farzona).get(root(case, other)).status_code == 404


def test_it_asks_as_much_with_many_applications_as_with_one(office, case):
    counts = []
    for more in (1, 4):
        for _each in range(more):
            row = handed_in(office, begun_application(office, case), ask_on=TODAY)
        with CaptureQueriesContext(connection) as asked:
            page(office.farzona, root(case, row.matter))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_it_says_in_the_journal_what_moved_and_nothing_of_what_was_asked(office, case):
    row = handed_in(office, begun_application(office, case))
    facts = JournalLine.objects.filter(verb="case.move_application").get().facts
    assert (facts["application"], set(facts)) == (str(row.pk), {"application", "state", "seal"})
