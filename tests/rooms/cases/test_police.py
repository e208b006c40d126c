"""The police is told of trafficking by her decision alone: at the writing of a referral, at its sending, and back at her no."""

import pytest

from cases_referrals import agreed, wanted
from cases_trafficking import asked, decided
from hamroh.cases.actions import referrals
from hamroh.cases.actions.referrals import CannotRefer, To
from hamroh.vault import journal

POLICE, MAHALLA = To(official="police"), To(official="mahalla")


@pytest.fixture
def trafficked(office, case):
    """Trafficking was asked about, and she said yes after advice to the police and to the mahalla."""
    asked(office, case)
    for each in ("police", "mahalla"):
        agreed(office, case, purpose="official", official=each, to_organisation=None, advised=True)
    return case


def draft(office, case, to: To = POLICE):
    with journal.openings("task"):
        return referrals.draft_referral(actor=office.farzona, case=case, wanted=wanted(chosen=()), to=to)


def send(office, row):
    with journal.openings("task"):
        return referrals.send_referral(actor=office.farzona, referral=row)


@pytest.mark.parametrize("answers", [(), (False,), (True, False)])
def test_it_keeps_safety_rule_9_and_refers_nobody_to_the_police_without_her_decision(office, trafficked, answers):
    for wants in answers:
        decided(office, trafficked, wants=wants)
    with pytest.raises(CannotRefer):
        draft(office, trafficked)


def test_it_keeps_safety_rule_9_at_the_sending_too(office, trafficked):
    decided(office, trafficked, wants=True)
    row = draft(office, trafficked)
    assert send(office, row).state == "sent"
    decided(office, trafficked, wants=False)
    row.refresh_from_db()
    assert row.state == "revoked"
    with pytest.raises(CannotRefer):
        draft(office, trafficked)


def test_it_keeps_safety_rule_9_where_trafficking_is_asked_about_after_the_writing(office, case):
    agreed(office, case, purpose="official", official="police", to_organisation=None, advised=True)
    row = draft(office, case)
    asked(office, case)
    with pytest.raises(CannotRefer):
        send(office, row)


def test_it_asks_no_second_decision_about_other_officials(office, trafficked):
    assert draft(office, trafficked, MAHALLA).official == "mahalla"
