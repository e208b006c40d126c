"""Danger is asked and weighed, a supervisor looks at it in time, and a plan stands against it."""

import datetime as dt
import re

import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult

from cases_safety import screened
from desk_world import NOW, at, page
from hamroh.accounts import policy
from hamroh.accounts.models import ConflictBlock, Membership, Notice
from hamroh.cases.actions.risk import OverrideRefused, keep_safety_plan, look_at_risk, screen_risk
from hamroh.cases.models import Case, RiskScreen, SafetyPlan
from hamroh.cases.selectors import risks
from hamroh.cases.tasks import remind_of_risk

GRAVE, HARM = {"kill": "yes"}, {"self_harm": "yes"}


def hours(row: RiskScreen) -> int | None:
    """Within how many hours a supervisor has to look."""
    return round((row.look_by - row.made_at).total_seconds() / 3600) if row.look_by else None


def told(user) -> list[str]:
    return sorted(Notice.objects.filter(user=user).values_list("about", flat=True))


def ask(office, case, **answers):
    """What the page answers to answers by the question's code."""
    sent = {f"q_{code}": said for code, said in answers.items() if code not in ("level", "reason")}
    more = {name: answers[name] for name in ("level", "reason") if name in answers}
    return at(office.farzona).post(f"/desk/cases/{case.code}/risk/", {"form_key": "k" * 20} | sent | more)


def test_it_sets_the_level_of_the_case(office, case):
    ask(office, case, kill="yes")
    case.refresh_from_db()
    assert case.risk == "high"


def test_it_writes_nothing_where_nothing_was_answered(office, case):
    assert (ask(office, case).status_code, RiskScreen.objects.exists()) == (422, False)


def test_it_opens_a_safety_plan_for_thoughts_of_self_harm(office, case):
    answer = ask(office, case, self_harm="yes")
    assert answer["Location"].endswith("/safety-plan/")
    assert SafetyPlan.objects.filter(case=case).exists()


@pytest.mark.parametrize(("answers", "about"), [(HARM, ["urgent"]), (GRAVE, ["urgent"]), ({"in_laws": "yes"}, [])])
def test_it_tells_the_supervisor_at_once(office, case, answers, about):
    screened(office, case, answers=answers)
    assert told(office.manizha) == about


def test_it_wants_a_supervisor_to_look_within_the_hour(office, case):
    assert hours(screened(office, case, answers=HARM)) == 1


def test_it_wants_a_supervisor_to_look_within_a_day_at_what_adds_up(office, case):
    row = screened(office, case, answers=dict.fromkeys(("hit", "threat", "in_laws"), "yes"))
    assert (row.level, hours(row), told(office.manizha)) == ("high", 24, ["risk"])


def test_it_tells_no_supervisor_who_is_shut_out(office, case):
    ConflictBlock.objects.create(user=office.manizha, record_kind="cases.case", record_id=str(case.pk))
    screened(office, case, answers=HARM)
    assert told(office.manizha) == []


def test_it_waits_until_the_supervisor_has_looked(office, case):
    row = screened(office, case, answers=HARM)
    assert case.code in page(office.manizha, "/desk/cases/unseen/")
    at(office.manizha).post(f"/desk/cases/{case.code}/risk/{row.pk}/looked/")
    assert case.code not in page(office.manizha, "/desk/cases/unseen/")


def test_it_marks_the_notice_read_by_looking(office, case):
    row = screened(office, case, answers=HARM)
    look_at_risk(actor=office.manizha, case=case, screen=row)
    assert not Notice.objects.filter(user=office.manizha, read_at__isnull=True).exists()


def test_it_lets_nobody_look_at_what_she_asked_herself(office, case):
    row = screen_risk(actor=office.manizha, case=case, answers=HARM)
    with pytest.raises(policy.Refused):
        look_at_risk(actor=office.manizha, case=case, screen=row)


def test_it_says_when_nobody_looked_in_time(office, case, time_machine):
    screened(office, case, answers=HARM)
    time_machine.move_to(NOW + dt.timedelta(hours=2))
    assert "No supervisor has looked in time" in page(office.farzona, f"/desk/cases/{case.code}/")


def test_it_takes_another_level_with_a_reason(office, case):
    ask(office, case, in_laws="yes", level="high", reason="His brother stood at the gate this morning.")
    row = RiskScreen.objects.get()
    assert (row.scored, row.level, row.look_by is not None) == ("low", "high", True)
    assert "His brother stood" in page(office.farzona, f"/desk/cases/{case.code}/")


def test_it_takes_no_other_level_without_a_reason(office, case):
    with pytest.raises(OverrideRefused):
        screened(office, case, answers=GRAVE, level="low", reason="no")


def test_it_keeps_calling_the_supervisor_where_a_worker_lowers_the_level(office, case):
    row = screened(office, case, answers=HARM, level="low", reason="She laughed when I asked about it.")
    assert (row.level, hours(row)) == ("low", 1)


def test_it_keeps_what_was_typed_where_a_reason_is_missing(office, case):
    text = ask(office, case, kill="yes", level="low").content.decode()
    assert re.search(r'name="q_kill" value="yes"[^>]*checked', text)


def test_it_keeps_answers_and_plans_sealed(office, case):
    screened(office, case, answers=HARM, level="medium", reason="A reason of some length")
    keep_safety_plan(actor=office.farzona, case=case, steps={"place": "Маҳбуба ammə"})
    with connection.cursor() as cursor:
        stored = ""
        for table in ("cases_riskscreen", "cases_safetyplan", "vault_journalline", "accounts_notice"):
            cursor.execute(f"SELECT * FROM {table}")
            stored += repr(cursor.fetchall())
    assert [each for each in ("self_harm", "some length", "Маҳбуба", "place") if each in stored] == []


def test_it_keeps_the_newest_words_of_the_plan(office, case):
    for words in ("ба назди апа", "ба назди амма"):
        at(office.farzona).post(f"/desk/cases/{case.code}/safety-plan/", {"place": words})
    assert "ба назди амма" in page(office.farzona, f"/desk/cases/{case.code}/safety-plan/")


def test_it_shows_the_checked_numbers_of_the_country(office, case):
    from hamroh.directory.models import AdminUnit, EmergencyRoute

    unit = AdminUnit.objects.create(key="tj", code=1, level="country", names={"en": "Tajikistan"})
    EmergencyRoute.objects.create(
        key="tj-police", country=unit, kind="police", number="102", names={"en": "Police"}, verified_date=NOW.date()
    )
    for address in ("risk", "safety-plan"):
        assert "<b>102</b>" in page(office.farzona, f"/desk/cases/{case.code}/{address}/")


def test_it_asks_again_after_the_day(office, case, time_machine):
    screened(office, case, answers=GRAVE)
    assert risks.is_screened(case=case)
    time_machine.move_to(NOW + dt.timedelta(days=9))
    assert not risks.is_screened(case=Case.objects.get())


def test_it_says_when_there_is_no_supervisor_to_tell(office, case):
    Membership.objects.filter(user=office.manizha).delete()
    screened(office, case, answers=HARM)
    assert "Tell somebody yourself, now" in page(office.farzona, f"/desk/cases/{case.code}/")


def test_it_tells_again_when_nobody_looked_in_time(office, case):
    row = screened(office, case, answers=HARM)
    assert remind_of_risk.call(str(row.pk))
    assert (told(office.manizha), told(office.farzona)) == (["urgent", "urgent"], ["urgent"])


def test_it_reminds_nobody_once_somebody_has_looked(office, case):
    row = screened(office, case, answers=HARM)
    look_at_risk(actor=office.manizha, case=case, screen=row)
    assert not remind_of_risk.call(str(row.pk))


def test_it_waits_with_the_reminder_until_the_hour_is_over(office, case, settings, django_capture_on_commit_callbacks):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    with django_capture_on_commit_callbacks(execute=True):
        row = screened(office, case, answers=HARM)
    waiting = DBTaskResult.objects.get(task_path=remind_of_risk.module_path)
    assert waiting.run_after == row.look_by
