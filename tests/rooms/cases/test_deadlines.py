"""Days of matters: counted from the law, stated by a lawyer, moved, settled; hearings and what went abroad."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases_matters import deadline_of, hearing_of, matter_of
from cases_world import gulnoras
from desk_world import TODAY, at, employ, page
from hamroh.accounts import policy
from hamroh.accounts.models import Role
from hamroh.cases.actions import deadlines
from hamroh.cases.actions.matters import NotNow
from hamroh.cases.models import Deadline, Dispatch, Hearing, Matter
from hamroh.cases.selectors import deadlines as reads
from hamroh.kernel.law import Missing
from hamroh.vault import journal

DAY = dt.timedelta(days=1)


@pytest.fixture
def matter(office, case) -> Matter:
    office.centre.zone = "Asia/Dushanbe"
    office.centre.save()
    return matter_of(office, case)


@pytest.fixture(autouse=True)
def opened(office):
    with journal.openings("task"):
        yield


def count(office, matter: Matter, code: str = "az_appeal", base: dt.date = TODAY, **more) -> Deadline:
    return deadlines.count_term(actor=office.farzona, matter=matter, code=code, base=base, **more)


def address(matter: Matter, *more: str) -> str:
    return "/".join([f"/desk/cases/{matter.case.code}/matters/{matter.pk}", *more, ""])


def test_it_counts_a_day_and_shows_how(office, matter):
    where = address(matter, "days", "count", "az_order_objection")
    assert at(office.farzona).post(where, {"base": "2026-06-05"}).status_code == 302
    row = Deadline.objects.get()
    assert (row.due_date, row.last_date) == (dt.date(2026, 6, 15), dt.date(2026, 6, 16))
    text = page(office.farzona, address(matter, "days", str(row.pk)))
    assert "2026-06-15 is a day off (National salvation day): the next working day counts" in text


def test_it_counts_anew_when_the_event_was_on_another_day(office, matter):
    row = count(office, matter, base=dt.date(2026, 11, 2))
    at(office.farzona).post(address(matter, "days", str(row.pk)), {"base": "2026-11-09"})
    row.refresh_from_db()
    assert row.due_date == dt.date(2026, 12, 9)


def test_it_does_not_move_a_day_that_is_done(office, matter):
    row = count(office, matter)
    deadlines.settle(actor=office.farzona, deadline=row, state="done")
    with pytest.raises(NotNow):
        deadlines.move_base(actor=office.farzona, deadline=row, base=TODAY - DAY)
    deadlines.reopen_deadline(actor=office.farzona, deadline=row)
    deadlines.move_base(actor=office.farzona, deadline=row, base=TODAY - DAY)
    row.refresh_from_db()
    assert (row.state, row.base_date) == ("open", TODAY - DAY)


def test_it_settles_once_for_two_who_press_at_the_same_time(office, matter):
    row = count(office, matter)
    where = address(matter, "days", str(row.pk), "settle")
    client = at(office.farzona)
    assert [client.post(where, {"state": "done"}).status_code for _twice in range(2)] == [302, 422]


def test_it_opens_a_settled_day_again(office, matter):
    row = count(office, matter)
    deadlines.settle(actor=office.farzona, deadline=row, state="dropped")
    at(office.farzona).post(address(matter, "days", str(row.pk), "settle"))
    row.refresh_from_db()
    assert (row.state, row.settled_date) == ("open", None)


def test_it_counts_nothing_from_a_rule_that_nobody_saw(office, case):
    tajik = matter_of(office, case, country="TJ")
    answer = at(office.farzona).post(address(tajik, "days", "count", "tj_appeal"), {"base": "2026-11-20"})
    assert answer.status_code == 422
    assert "A lawyer may state it under her name" in answer.content.decode()
    with pytest.raises(Missing):
        count(office, tajik, "tj_appeal")


def test_it_counts_what_a_lawyer_states_under_her_name(office, case):
    tajik = matter_of(office, case, country="TJ")
    told = {"base": "2026-11-20", "value": "10", "article": "Civil Procedure Code, 340"}
    at(office.farzona).post(address(tajik, "days", "count", "tj_appeal"), told)
    row = Deadline.objects.get()
    text = page(office.farzona, address(tajik, "days", str(row.pk)))
    assert row.due_date == dt.date(2026, 11, 30)
    assert "Stated by Farzona as her own assumption: 10 (Civil Procedure Code, 340)." in text


def test_it_keeps_what_a_lawyer_states_out_of_the_clear(office, case):
    tajik = matter_of(office, case, country="TJ")
    count(office, tajik, "tj_appeal", stated=deadlines.Stated(10, "Civil Procedure Code, 340"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM cases_deadline")
        assert "Civil Procedure" not in repr(cursor.fetchall())


def test_it_lets_only_a_lawyer_state_law(office, case):
    tajik = matter_of(office, case, country="TJ")
    with pytest.raises(policy.Refused):
        deadlines.count_term(
            actor=office.manizha, matter=tajik, code="tj_appeal", base=TODAY, stated=deadlines.Stated(10, "Code, 340")
        )
    told = {"base": "2026-11-20", "value": "10", "article": "Code, 340"}
    assert at(office.manizha).post(address(tajik, "days", "count", "tj_appeal"), told).status_code == 422


@pytest.mark.parametrize("value", ["0", "-3", "3661", "1e9", "ten", "99999999999999999999"])
def test_it_takes_no_period_that_cannot_be(office, case, value):
    tajik = matter_of(office, case, country="TJ")
    told = {"base": "2026-11-20", "value": value, "article": "Code, 340"}
    assert at(office.farzona).post(address(tajik, "days", "count", "tj_appeal"), told).status_code == 422


def test_it_takes_no_period_without_its_article(office, case):
    tajik = matter_of(office, case, country="TJ")
    told = {"base": "2026-11-20", "value": "10"}
    assert at(office.farzona).post(address(tajik, "days", "count", "tj_appeal"), told).status_code == 422


def test_it_states_nothing_in_the_place_of_what_was_seen(office, matter):
    with pytest.raises(NotNow, match="it holds"):
        count(office, matter, stated=deadlines.Stated(3, "Code, 360"))


def test_it_marks_a_tajik_day_as_to_be_verified(office, case):
    tajik = matter_of(office, case, country="TJ")
    row = count(office, tajik, "tj_blacklist")
    assert "To be verified" in page(office.farzona, address(tajik, "days", str(row.pk)))


def test_it_marks_a_day_whose_counting_nobody_saw_wherever_it_stands(office, case):
    tajik = matter_of(office, case, country="TJ")
    count(office, tajik, "tj_blacklist")
    assert reads.day_lines(matter=tajik)[0].to_verify
    panel = page(office.farzona, f"/desk/cases/{case.code}/").split('id="p-matters"')[1].split("</section>")[0]
    assert "no-print" in panel
    assert "to be verified" in panel


def test_it_marks_no_day_that_rests_on_texts(office, matter):
    count(office, matter)
    assert not reads.day_lines(matter=matter)[0].to_verify


def test_it_keeps_safety_rule_13_and_turns_a_day_amber_with_its_rule(office, matter, time_machine):
    count(office, matter)
    assert "to be read again" not in page(office.farzona, address(matter))
    time_machine.move_to(dt.datetime(2027, 4, 1, 5, tzinfo=dt.UTC))
    assert (
        '<span class="st care">' in page(office.farzona, address(matter)).split('id="days"')[1].split("</section>")[0]
    )
    assert "to be read again" in page(office.farzona, address(matter))


def test_it_calls_nothing_late_that_is_possible_since(office, matter):
    missing = matter_of(office, matter.case, kind="missing")
    count(office, missing, "az_missing", base=dt.date(2020, 1, 1))
    line = reads.day_lines(matter=missing)[0]
    assert (line.row.due_date, line.is_possible, line.is_late) == (dt.date(2022, 1, 2), True, False)
    assert "Possible now" in page(office.farzona, address(missing))


def test_it_names_the_unit_of_a_period_that_is_stated(office, case):
    tajik = matter_of(office, case, country="TJ", kind="divorce")
    assert "In months" in page(office.farzona, address(tajik, "days", "count", "tj_reconcile"))


def test_it_says_when_the_law_was_read_anew(office, matter):
    row = count(office, matter)
    Deadline.objects.filter(pk=row.pk).update(due_date=row.due_date + DAY, last_date=row.last_date + DAY)
    assert "The law was read anew since" in page(office.farzona, address(matter, "days", str(row.pk)))


@pytest.mark.parametrize("base", ["2026-02-30", "", "0001-01-01", "9999-12-31", "yesterday", "2026-11-20\x00"])
def test_it_asks_again_for_a_day_that_is_none(office, matter, base):
    answer = at(office.farzona).post(address(matter, "days", "count", "az_appeal"), {"base": base})
    assert (answer.status_code, Deadline.objects.count()) == (422, 0)


def test_it_counts_no_term_of_another_state_or_matter(office, matter):
    for code in ("tj_appeal", "az_order_heard"):
        with pytest.raises(policy.Refused):
            count(office, matter, code)


def test_it_gives_no_day_of_another_matter(office, case, matter):
    row = count(office, matter)
    second = matter_of(office, case, kind="divorce")
    other = matter_of(office, gulnoras(office))
    for wrong in (second, other):
        assert at(office.farzona).get(address(wrong, "days", str(row.pk))).status_code == 404


def test_it_leads_from_the_choice_of_a_term_to_its_day(office, matter):
    where = address(matter, "days", "new")
    ways = [at(office.farzona).post(where, {"term": term})["Location"] for term in ("az_appeal", "own")]
    assert [way.removeprefix(where.removesuffix("new/")) for way in ways] == ["count/az_appeal/", "own/"]


def test_it_reminds_of_a_day_of_our_own(office, matter):
    at(office.farzona).post(address(matter, "days", "own"), {"due": "2026-12-10", "words": "Ring the registry"})
    row = Deadline.objects.get()
    assert (row.turn, row.term, row.due_date) == ("ours", "", dt.date(2026, 12, 10))
    assert "Ring the registry" in page(office.farzona, address(matter, "days", str(row.pk)))
    assert "Ring the registry" in page(office.farzona, address(matter))


def test_it_lists_the_fortnight_by_one_query_and_opens_nothing(office, matter):
    near = count(office, matter, "az_order_given", base=TODAY)
    late = count(office, matter, "az_order_given", base=TODAY - 20 * DAY)
    count(office, matter, "az_wife_support", base=TODAY)
    with policy.remembered(), journal.openings("task") as opened_now:
        policy.standing(office.farzona).held
        with CaptureQueriesContext(connection) as seen:
            rows = list(reads.deadlines_ahead(actor=office.farzona, organisation=office.centre))
        assert [row.pk for row in rows] == [late.pk, near.pk]
        assert len([query for query in seen if "cases_deadline" in query["sql"]]) == 1
        assert opened_now.lines == {}


@pytest.mark.parametrize("who", ["zebo", "temur", "nermin"])
def test_it_lists_no_day_of_others(office, matter, who):
    count(office, matter, "az_order_given")
    assert not reads.deadlines_ahead(actor=getattr(office, who), organisation=office.centre)


def test_it_sets_a_hearing_by_the_clock_of_the_organisation(office, matter):
    told = {"on": "2026-12-01", "at": "10:00", "court": "City court", "room": "4", "words": ""}
    at(office.farzona).post(address(matter, "hearings", "new"), told)
    assert Hearing.objects.get().starts_at == dt.datetime(2026, 12, 1, 5, 0, tzinfo=dt.UTC)
    assert "1\N{NO-BREAK SPACE}December 2026, 10:00" in page(office.farzona, address(matter))


def test_it_puts_a_hearing_off(office, case, matter):
    row = hearing_of(office, case)
    told = {
        "on": "2026-12-08",
        "at": "09:30",
        "court": "City court",
        "room": "4",
        "words": "Judge ill",
        "state": "ahead",
    }
    at(office.farzona).post(address(matter, "hearings", str(row.pk)), told)
    row.refresh_from_db()
    assert row.starts_at == dt.datetime(2026, 12, 8, 4, 30, tzinfo=dt.UTC)


def test_it_holds_no_hearing_before_its_time(office, case, matter):
    row = hearing_of(office, case)
    told = {"on": "2026-12-08", "at": "09:30", "state": "held"}
    assert at(office.farzona).post(address(matter, "hearings", str(row.pk)), told).status_code == 422


def test_it_reminds_of_silence_until_an_answer_comes(office, matter):
    client = at(office.farzona)
    sent = {"way": "sent", "country": "RU", "on": "2026-11-20", "whom": "Ministry", "alarm": "2027-01-20"}
    assert client.post(address(matter, "abroad"), sent).status_code == 302
    alarm = Dispatch.objects.get().alarm
    assert (alarm.turn, alarm.due_date, alarm.state) == ("ours", dt.date(2027, 1, 20), "open")
    client.post(address(matter, "abroad"), {"way": "received", "country": "KZ", "on": "2026-11-22"})
    alarm.refresh_from_db()
    assert alarm.state == "open"
    client.post(address(matter, "abroad"), {"way": "received", "country": "RU", "on": "2026-11-22"})
    alarm.refresh_from_db()
    assert alarm.state == "done"


def test_it_asks_for_an_alarm_after_the_sending(office, matter):
    sent = {"way": "sent", "country": "RU", "on": "2026-11-20", "alarm": "2026-11-20"}
    assert at(office.farzona).post(address(matter, "abroad"), sent).status_code == 422


def test_it_lets_a_colleague_of_the_team_count_and_no_other(office, case, matter):
    outsider = employ("parviz", office.centre, Role.LAWYER)
    with pytest.raises(policy.Refused):
        deadlines.count_term(actor=outsider, matter=matter, code="az_appeal", base=TODAY)


def test_it_shows_a_day_to_who_reads_and_no_button_when_the_matter_rests(office, case, matter):
    row = deadline_of(office, case)
    deadlines.settle(actor=office.farzona, deadline=row, state="done")
    text = page(office.farzona, address(matter, "days", str(row.pk)))
    assert "It does not count any more" not in text
