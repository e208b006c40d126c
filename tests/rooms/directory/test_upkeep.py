"""Checks and their dates, public reports, emergency routes, and what waits for an editor."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.utils import timezone

from hamroh.accounts.policy import Refused
from hamroh.directory import actions, selectors
from hamroh.directory.actions import FactsRefused
from hamroh.directory.models import EmergencyRoute, Party, Report, Service
from hamroh.kernel.states import MoveRefused
from hamroh.vault.models import JournalLine


def months_ahead(date: dt.date) -> int:
    today = timezone.localdate()
    return (date.year - today.year) * 12 + date.month - today.month


def test_it_checks_a_service_with_a_phone_again_after_half_a_year(cast: Any, advice: Any) -> None:
    checked = actions.verify_entry(actor=cast.zarina, entry=advice)
    assert (checked.verified_by, months_ahead(checked.next_review_date)) == (cast.zarina, 6)


def test_it_checks_a_service_without_a_phone_again_after_a_year(cast: Any, advice: Any, bureau_facts: Any) -> None:
    actions.edit_party(actor=cast.zarina, party=advice.party, facts=replace(bureau_facts, phones=()))
    assert months_ahead(actions.verify_entry(actor=cast.zarina, entry=advice).next_review_date) == 12


def test_it_checks_a_party_again_after_a_year(cast: Any, bureau: Any) -> None:
    assert months_ahead(actions.verify_entry(actor=cast.zarina, entry=bureau).next_review_date) == 12


def test_it_takes_an_own_date_of_the_next_check(cast: Any, bureau: Any) -> None:
    soon = timezone.localdate() + dt.timedelta(days=10)
    checked = actions.verify_entry(actor=cast.zarina, entry=bureau, next_review_date=soon)
    assert checked.next_review_date == soon


def test_it_refuses_a_next_check_that_is_past(cast: Any, bureau: Any) -> None:
    with pytest.raises(FactsRefused):
        actions.verify_entry(actor=cast.zarina, entry=bureau, next_review_date=timezone.localdate())


def test_it_shows_the_finder_only_what_somebody_checked(cast: Any, advice: Any) -> None:
    today = timezone.localdate()
    before = Service.objects.for_finder(today).count()
    actions.verify_entry(actor=cast.zarina, entry=advice)
    assert (before, Service.objects.for_finder(today).count()) == (0, 1)


def test_it_keeps_of_a_report_the_choice_and_the_day(advice: Any) -> None:
    actions.report_problem(entry=advice, reason="nobody_answers")
    report = Report.objects.get()
    assert (report.service, report.reason, report.received_date) == (advice, "nobody_answers", timezone.localdate())


def test_it_gives_a_report_a_key_that_tells_no_moment(advice: Any) -> None:
    actions.report_problem(entry=advice, reason="moved")
    assert Report.objects.get().pk.version == 4


def test_it_writes_no_journal_line_of_a_report(advice: Any) -> None:
    lines = JournalLine.objects.count()
    actions.report_problem(entry=advice, reason="moved")
    assert JournalLine.objects.count() == lines


def test_it_counts_the_same_report_of_a_day(advice: Any) -> None:
    for _time in range(3):
        actions.report_problem(entry=advice, reason="moved")
    assert [report.times for report in Report.objects.all()] == [3]


def test_it_is_not_filled_by_a_flood(advice: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hamroh.directory.actions.upkeep.MOST_REPORTS_A_DAY", 2)
    for reason in ("moved", "closed", "other"):
        actions.report_problem(entry=advice, reason=reason)
    assert Report.objects.count() == 2


def test_it_refuses_words_of_ones_own(advice: Any) -> None:
    with pytest.raises(FactsRefused):
        actions.report_problem(entry=advice, reason="he hurt me")


def test_it_moves_a_report_on(cast: Any, advice: Any) -> None:
    actions.report_problem(entry=advice, reason="moved")
    handled = actions.handle_report(actor=cast.zarina, report=Report.objects.get(), to="corrected")
    assert (handled.state, handled.handled_by, handled.handled_date) == (
        "corrected",
        cast.zarina,
        timezone.localdate(),
    )


def test_it_does_not_handle_a_report_twice(cast: Any, advice: Any) -> None:
    actions.report_problem(entry=advice, reason="moved")
    report = actions.handle_report(actor=cast.zarina, report=Report.objects.get(), to="not_confirmed")
    with pytest.raises(MoveRefused):
        actions.handle_report(actor=cast.zarina, report=report, to="corrected")


@pytest.mark.parametrize("who", ["aygun", "temur", "rustam"])
def test_it_leaves_reports_to_the_editors_of_the_entry(cast: Any, advice: Any, who: str) -> None:
    actions.report_problem(entry=advice, reason="moved")
    with pytest.raises(Refused):
        actions.handle_report(actor=getattr(cast, who), report=Report.objects.get(), to="corrected")


@pytest.fixture
def police(units: dict[str, Any]) -> EmergencyRoute:
    return EmergencyRoute.objects.create(key="tj-police", country=units["tj"], kind="police", number="102")


def test_it_shows_no_emergency_number_that_nobody_verified(police: EmergencyRoute) -> None:
    assert list(selectors.emergency_routes(actor=None, country="tj")) == []


def test_it_shows_an_emergency_number_once_verified(cast: Any, police: EmergencyRoute) -> None:
    actions.verify_emergency_route(actor=cast.zarina, route=police)
    assert list(selectors.emergency_routes(actor=None, country="tj")) == [police]


def test_it_hides_an_emergency_number_that_no_longer_answers(cast: Any, police: EmergencyRoute) -> None:
    actions.verify_emergency_route(actor=cast.zarina, route=police)
    actions.withdraw_emergency_route(actor=cast.zarina, route=police)
    assert list(selectors.emergency_routes(actor=None, country="tj")) == []


@pytest.mark.parametrize("who", ["temur", "rustam"])
def test_it_leaves_emergency_numbers_to_editors(cast: Any, police: EmergencyRoute, who: str) -> None:
    with pytest.raises(Refused):
        actions.verify_emergency_route(actor=getattr(cast, who), route=police)


def test_it_queues_what_waits_for_an_editor(cast: Any, advice: Any, police: EmergencyRoute) -> None:
    actions.report_problem(entry=advice, reason="moved")
    queue = selectors.review_queue(actor=cast.zarina)
    assert (list(queue.reports), list(queue.services), list(queue.parties), list(queue.routes)) == (
        [Report.objects.get()],
        [advice],
        [advice.party],
        [police],
    )


def test_it_queues_nothing_of_another_organisation(cast: Any, advice: Any) -> None:
    actions.report_problem(entry=advice, reason="moved")
    queue = selectors.review_queue(actor=cast.aygun)
    assert (list(queue.reports), list(queue.services), list(queue.parties)) == ([], [], [])


def test_it_queues_what_is_past_its_date(cast: Any, bureau: Any) -> None:
    actions.verify_entry(actor=cast.zarina, entry=bureau)
    fresh = list(selectors.review_queue(actor=cast.zarina).parties)
    Party.objects.update(next_review_date=timezone.localdate() - dt.timedelta(days=1))
    assert (fresh, list(selectors.review_queue(actor=cast.zarina).parties)) == ([], [bureau])


@pytest.mark.parametrize("who", ["temur", "rustam"])
def test_it_shows_the_queue_to_editors_only(cast: Any, who: str) -> None:
    with pytest.raises(Refused):
        selectors.review_queue(actor=getattr(cast, who))


def test_it_moves_an_entry_only_where_its_states_lead(cast: Any, bureau: Any) -> None:
    archived = actions.archive_entry(actor=cast.zarina, entry=bureau)
    with pytest.raises(MoveRefused):
        actions.list_entry(actor=cast.zarina, entry=archived)
