"""Violence that she told of: one question at a time, never needed, sealed, and standing once it is finished."""

import datetime as dt
import re

import pytest
from django.db import connection

from cases_trafficking import client_of
from cases_violence import begun_incident, day, told_incident
from desk_world import TODAY, at, page
from hamroh.accounts import policy
from hamroh.cases.actions import incidents as actions
from hamroh.cases.models import Incident, Written
from hamroh.cases.selectors import incidents as reads
from hamroh.kernel.incidents import UNSAID
from hamroh.vault import journal


def of(case, part: str = "") -> str:
    return f"/desk/cases/{case.code}/happened/{part}"


def opened(office, row) -> reads.Told:
    decision = policy.require(office.farzona, "case.read", row.case)
    with journal.openings("task"):
        return reads.told(row=row, decision=decision)


def test_it_asks_one_question_at_a_time_and_stands_once_it_is_finished(office, case):
    client, person = at(office.farzona), str(client_of(case).pk)
    told = {"person": person, "happened": "", "on_date": TODAY.isoformat()}
    where = client.post(of(case, "new/"), told).headers["Location"]
    assert where.endswith("/ask/kind/")
    where = client.post(where, {"said": "denial"}).headers["Location"]
    assert where.endswith("/ask/denied/")
    where = client.post(where, {"said": ["evicted", "papers"]}).headers["Location"]
    for _question in range(6):
        where = client.post(where, {}).headers["Location"]
    client.post(where)
    row = Incident.objects.get()
    assert row.finished_at is not None
    assert opened(office, row).answers == {"kind": ["denial"], "denied": ["evicted", "papers"]}


def test_it_asks_how_she_was_denied_only_where_she_was(office, case):
    row = begun_incident(office, case)
    client = at(office.farzona)
    where = client.post(of(case, f"{row.pk}/ask/kind/"), {"said": "rape"}).headers["Location"]
    assert where.endswith("/ask/time/")


def test_it_forgets_how_she_was_denied_where_the_kind_is_put_right(office, case):
    row = begun_incident(office, case)
    with journal.openings("task"):
        for question, said in (("kind", ["denial"]), ("denied", ["phone"]), ("kind", ["psychological"])):
            actions.keep_answer(actor=office.farzona, row=row, question=question, said=said)
    assert opened(office, Incident.objects.get()).answers == {"kind": ["psychological"]}


def test_it_takes_it_that_she_does_not_wish_to_say(office, case):
    row = begun_incident(office, case)
    at(office.farzona).post(of(case, f"{row.pk}/ask/kind/"), {"said": UNSAID})
    assert "She does not wish to say" in page(office.farzona, of(case, f"{row.pk}/"))


def test_it_keeps_what_was_ticked_where_both_are_said(office, case):
    row = told_incident(office, case, {"kind": ["denial"]})
    Incident.objects.filter(pk=row.pk).update(finished_at=None)
    answer = at(office.farzona).post(of(case, f"{row.pk}/ask/denied/"), {"said": ["phone", UNSAID]})
    ticked = re.findall(r'value="(\w+)"[^>]* checked', answer.content.decode())
    assert (answer.status_code, ticked) == (422, ["phone", UNSAID])


def test_it_takes_her_age_from_the_file_as_it_was(office, case):
    derived = opened(office, told_incident(office, case)).facts["derived"]
    assert (derived["age"], derived["sex"], derived["delay"]) == ("a26", "f", "w2")


def test_it_changes_nothing_that_stands(office, case):
    row = told_incident(office, case)
    with pytest.raises(Written), journal.openings("task"):
        actions.keep_answer(actor=office.farzona, row=row, question="kind", said=["rape"])


def test_it_sets_a_mistake_aside_with_its_reason(office, case):
    row = told_incident(office, case)
    at(office.farzona).post(of(case, f"{row.pk}/set-aside/"), {"words": "Written twice."})
    assert "Written twice." in page(office.farzona, of(case, f"{row.pk}/"))


def test_it_drops_what_is_not_finished(office, case):
    row = begun_incident(office, case)
    at(office.farzona).post(of(case, f"{row.pk}/set-aside/"), {"words": "She thought better of it."})
    assert not Incident.objects.exists()


def test_it_refuses_that_she_told_before_it_happened(office, case):
    told = {
        "person": str(client_of(case).pk),
        "happened": f"{TODAY:%d.%m.%Y}",
        "on_date": f"{TODAY - dt.timedelta(days=3)}",
    }
    answer = at(office.farzona).post(of(case, "new/"), told)
    assert (answer.status_code, Incident.objects.count()) == (422, 0)


def test_it_says_nothing_of_what_was_done_in_the_clear(office, case):
    told_incident(office, case, {"kind": ["rape"], "who": ["husband"]}, happened=day(TODAY))
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM cases_incident")
        stored = repr(cursor.fetchall())
    assert not [word for word in ("rape", "husband", "told_on", "kind") if word in stored]


def test_it_reads_the_acts_of_a_case_in_one_query(office, case):
    for _more in range(3):
        told_incident(office, case)
    client, asked = at(office.farzona), []

    def watch(execute, sql, params, many, context):
        asked.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        client.get(of(case))
    assert len([sql for sql in asked if 'FROM "cases_incident"' in sql]) == 1
