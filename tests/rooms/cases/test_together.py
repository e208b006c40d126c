"""She and he live together again: it is asked after 1, 3, 6 and 12 months, and counts as a success after the third at the earliest."""

import datetime as dt

import pytest
from django.db import connection

from cases_mediation import CLEAR, HURT, WANTS, asked, check_of, together
from desk_world import TODAY, at, page
from hamroh.accounts.models import Notice
from hamroh.cases.actions import together as actions
from hamroh.cases.actions.mediation import NotNow
from hamroh.cases.actions.together import Answers
from hamroh.cases.models import Reunification, TogetherCheck
from hamroh.cases.selectors import mediation as reads
from hamroh.vault import journal

DAY = dt.timedelta(days=1)
WELL = Answers(together=True, violence=False, words="Ором аст.")
THIRD = dt.datetime(2027, 2, 23, 5, 0, tzinfo=dt.UTC)


def make(office, row, answers=WELL, month=3, screen=CLEAR):
    """The check of a month, today, beside questions that were asked just before."""
    if screen is not None:
        asked(office, row.case, screen)
    with journal.openings("task"):
        return actions.make_check(actor=office.farzona, check=check_of(row, month), answers=answers)


def counted(office):
    return reads.count_successes(actor=office.farzona, organisation=office.centre)


@pytest.fixture
def row(office, case, time_machine):
    """Together again since today, three months ago."""
    asked(office, case)
    found = together(office, case)
    time_machine.move_to(THIRD)
    return found


def test_it_sets_the_days_of_the_checks(office, case):
    together(office, case)
    found = TogetherCheck.objects.order_by("month").values_list("month", "due_date")
    assert [(month, str(day)) for month, day in found] == [
        (1, "2026-12-23"), (3, "2027-02-23"), (6, "2027-05-23"), (12, "2027-11-23")
    ]  # fmt: skip


def test_it_keeps_safety_rule_8_and_counts_no_success_before_the_third_month(office, case):
    asked(office, case)
    together(office, case)
    assert counted(office) == (1, 0)


def test_it_keeps_safety_rule_8_and_counts_success_after_the_check_of_the_third_month(office, row):
    make(office, row)
    assert counted(office) == (1, 1)


def test_it_keeps_safety_rule_8_and_makes_no_check_before_its_day(office, row, time_machine):
    time_machine.move_to(THIRD - DAY)
    with pytest.raises(NotNow):
        make(office, row)
    assert counted(office) == (1, 0)


@pytest.mark.parametrize("answers", [Answers(together=True, violence=True), Answers(together=False, violence=False)])
def test_it_keeps_safety_rule_8_and_counts_no_success_where_the_check_found_harm_or_parting(office, row, answers):
    make(office, row, answers)
    assert counted(office) == (1, 0)


def test_it_keeps_safety_rule_8_where_the_questions_find_what_she_does_not_say(office, row):
    make(office, row, WELL, screen=HURT)
    assert (check_of(row).found, counted(office)) == ("unsafe", (1, 0))


def test_it_keeps_safety_rule_8_and_takes_success_back_at_violence_later(office, case, row):
    make(office, row)
    asked(office, case, HURT)
    assert counted(office) == (1, 0)


def test_it_keeps_safety_rule_8_and_makes_no_check_without_fresh_questions(office, row, time_machine):
    with pytest.raises(NotNow):
        make(office, row, screen=None)
    asked(office, row.case)
    time_machine.shift(dt.timedelta(days=2))
    with pytest.raises(NotNow):
        make(office, row, screen=None)
    assert check_of(row).found == ""


def test_it_keeps_safety_rule_8_where_the_beginning_is_written_down_after_the_harm(office, case, time_machine):
    time_machine.move_to(THIRD - 40 * DAY)
    asked(office, case, HURT)
    time_machine.move_to(THIRD)
    row = together(office, case, TODAY)
    make(office, row)
    assert (check_of(row).found, counted(office)) == ("safe", (1, 0))


def test_it_asks_nothing_where_she_cannot_talk(office, case, row):
    where = f"/desk/cases/{case.code}/together/{row.pk}/checks/{check_of(row).pk}/"
    answer = at(office.farzona).post(where, {"talks": "no", "words": "Хушдоманаш наздаш.", "form_key": "k" * 20})
    assert (answer.status_code, check_of(row).done_date) == (302, None)


def test_it_makes_a_check_through_the_page(office, case, row):
    asked(office, case)
    where = f"/desk/cases/{case.code}/together/{row.pk}/checks/{check_of(row).pk}/"
    told = {"talks": "yes", "together": "yes", "violence": "no", "words": "Ором аст.", "form_key": "k" * 20}
    at(office.farzona).post(where, told)
    assert check_of(row).found == "safe"
    assert "Together and safe after three months" in page(office.farzona, f"/desk/cases/{case.code}/")


def test_it_asks_for_what_was_left_out(office, case, row):
    asked(office, case)
    where = f"/desk/cases/{case.code}/together/{row.pk}/checks/{check_of(row).pk}/"
    answer = at(office.farzona).post(where, {"talks": "yes", "together": "yes"})
    assert (answer.status_code, "Ask her this, too." in answer.content.decode()) == (422, True)


def test_it_leads_to_the_questions_first(office, case, row):
    text = page(office.farzona, f"/desk/cases/{case.code}/together/{row.pk}/checks/{check_of(row).pk}/")
    assert "Ask the questions about danger first" in text


def test_it_makes_a_check_once(office, row):
    make(office, row)
    with pytest.raises(NotNow):
        make(office, row)


def test_it_tells_a_supervisor_of_a_check_that_was_not_safe(office, row):
    make(office, row, Answers(together=True, violence=True))
    assert Notice.objects.filter(user=office.manizha).exists()


def test_it_tells_a_supervisor_where_she_goes_back_into_danger(office, case):
    asked(office, case, HURT)
    together(office, case)
    assert Notice.objects.filter(user=office.manizha).exists()


def test_it_tells_nobody_where_nothing_stands_against_it(office, case):
    asked(office, case)
    together(office, case)
    assert not Notice.objects.exists()


def test_it_writes_down_what_she_decided_through_the_page(office, case):
    told = {"on_date": "2026-11-20", "whom": "Зафар", "wants": WANTS, "form_key": "k" * 20}
    at(office.farzona).post(f"/desk/cases/{case.code}/together/new/", told)
    assert str(Reunification.objects.get().began_date) == "2026-11-20"
    assert WANTS in page(office.farzona, f"/desk/cases/{case.code}/mediation/")


def test_it_begins_once_until_they_part(office, case):
    row = together(office, case)
    with pytest.raises(NotNow):
        together(office, case)
    with journal.openings("task"):
        actions.part(actor=office.farzona, reunification=row, on=TODAY, words="Рафт.")
    together(office, case)
    assert Reunification.objects.count() == 2


def test_it_makes_no_check_after_they_parted(office, row):
    with journal.openings("task"):
        actions.part(actor=office.farzona, reunification=row, on=TODAY)
    with pytest.raises(NotNow):
        make(office, row)


def test_it_shows_checks_that_come_on_the_teams_page(office, case, row, time_machine):
    assert case.code in page(office.farzona, "/desk/cases/team/").partition("b-checks")[2]


def test_it_shows_no_check_of_others_on_the_teams_page(office, case, row):
    assert case.code not in page(office.nermin, "/desk/cases/team/")


def test_it_keeps_words_sealed(office, case, row):
    make(office, row)
    with journal.openings("task"):
        actions.part(actor=office.farzona, reunification=row, on=TODAY, words="Хеста рафт.")
    with connection.cursor() as cursor:
        stored = ""
        for table in ("cases_reunification", "cases_togethercheck", "vault_journalline", "accounts_notice"):
            cursor.execute(f"SELECT * FROM {table}")
            stored += repr(cursor.fetchall())
    assert [each for each in (WANTS, "Зафар", "Ором", "Хеста") if each in stored] == []
