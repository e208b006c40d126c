"""A case is handed over to another organisation; and who is told of what happens to a referral."""

import datetime as dt

import pytest

from cases_links import accepted as by_link
from cases_links import post
from cases_links import sent as sent_by_link
from cases_referrals import accepted, agreed, out, sent, theirs, there, wanted
from cases_world import GULNORA, gulnoras
from desk_world import NOW, at, employ, page
from hamroh.accounts import policy
from hamroh.accounts.models import Notice, Role
from hamroh.cases import actions as cases
from hamroh.cases import tasks
from hamroh.cases.actions import receiving, referrals
from hamroh.cases.actions.referrals import CannotRefer, To
from hamroh.cases.models import Case, Move, Received, Referral
from hamroh.cases.states import AT_REST, BY_OTHERS, CaseLife, by_hand
from hamroh.vault import journal


@pytest.fixture
def case(office):
    case = gulnoras(office, story="He sold the cow and went.")
    Case.objects.filter(pk=case.pk).update(status="active")
    case.refresh_from_db()
    return case


@pytest.fixture(autouse=True)
def written_down(db):
    with journal.openings("task"):
        yield


def asked(office, case, **facts) -> Referral:
    """Farzona asks that the case be handed over."""
    agreed(office, case, purpose="transfer")
    told = wanted(transfer=True, **facts)
    return referrals.draft_referral(actor=office.farzona, case=case, wanted=told, to=To(office.other))


def handed_over(office, case, **facts) -> Received:
    """The other organisation opened a case of its own."""
    referrals.send_referral(actor=office.manizha, referral=asked(office, case, **facts))
    row = theirs(office)
    receiving.accept(actor=office.nermin, received=row)
    receiving.open_own_case(actor=office.nermin, received=row, note="Handed over.")
    case.refresh_from_db()
    return row


def reads(who, case) -> int:
    return at(who).get(f"/desk/cases/{case.code}/").status_code


# -- handing over ------------------------------------------------------------------------------------------------------


def test_it_hands_a_case_over_on_pages(office, case):
    agreed(office, case, purpose="transfer")
    wish = {
        "to": str(office.other.pk), "age": "30-44", "need": "legal", "urgency": "now", "days": "7", "chosen": ["name"],
        "reads_on": "30",
    }  # fmt: skip
    at(office.farzona).post(f"/desk/cases/{case.code}/referrals/transfer/", wish)
    row = Referral.objects.get()
    at(office.manizha).post(out(row, "send/"))
    client = at(office.nermin)
    client.post(there(theirs(office), "accept/"))
    client.post(there(theirs(office), "case/"))
    case.refresh_from_db()
    own = Case.objects.get(organisation=office.other)
    assert (case.status, GULNORA.name in page(office.nermin, f"/desk/cases/{own.code}/")) == ("transferred", True)


def test_it_needs_a_yes_to_be_handed_over_besides_one_to_be_referred(office, case):
    agreed(office, case)
    with pytest.raises(CannotRefer):
        referrals.draft_referral(
            actor=office.farzona, case=case, wanted=wanted(transfer=True), to=To(office.other)
        )  # fmt: skip


def test_it_takes_two_people_to_hand_over(office, case):
    row = asked(office, case)
    with pytest.raises(policy.Refused):
        referrals.send_referral(actor=office.farzona, referral=row)
    own = Referral.objects.filter(pk=row.pk)
    own.update(made_by=office.manizha)
    with pytest.raises(CannotRefer):
        referrals.send_referral(actor=office.manizha, referral=own.get())


def test_it_leaves_the_case_at_work_until_they_open_theirs(office, case):
    referrals.send_referral(actor=office.manizha, referral=asked(office, case))
    receiving.accept(actor=office.nermin, received=theirs(office))
    case.refresh_from_db()
    assert case.status == "active"


def test_it_puts_the_case_to_rest_with_an_end_of_its_own(office, case):
    handed_over(office, case)
    move = Move.objects.get(case=case)
    assert (case.status, bool(case.closed_week), move.before, move.by) == (
        "transferred",
        True,
        "active",
        office.farzona,
    )


def test_it_writes_nothing_more_in_what_was_handed_over(office, case):
    handed_over(office, case, reads_on=30)
    with pytest.raises(cases.AtRest):
        cases.add_need(actor=office.farzona, case=case, domain="legal")


@pytest.mark.parametrize(("days", "found"), [((0, 0), 404), ((30, 30), 200), ((30, 31), 404)])
def test_it_is_read_by_who_worked_on_it_for_the_days_agreed(office, case, time_machine, days, found):
    handed_over(office, case, reads_on=days[0])
    time_machine.move_to(NOW + dt.timedelta(days=days[1]))
    tasks.lapse_referrals_daily.func()
    assert (reads(office.farzona, case), reads(office.manizha, case)) == (found, 200)


def test_it_shows_the_receiver_nothing_of_the_first_case(office, case):
    handed_over(office, case, reads_on=30)
    assert reads(office.nermin, case) == 404


def test_it_leaves_a_case_that_was_reopened_to_who_works_on_it(office, case, time_machine):
    handed_over(office, case, reads_on=30)
    cases.move(actor=office.farzona, case=case, after="reopened", words="She came back.")
    time_machine.move_to(NOW + dt.timedelta(days=31))
    tasks.lapse_referrals_daily.func()
    assert reads(office.farzona, case) == 200


def test_it_leaves_a_case_that_was_closed_meanwhile_closed(office, case):
    referrals.send_referral(actor=office.manizha, referral=asked(office, case))
    receiving.accept(actor=office.nermin, received=theirs(office))
    Case.objects.filter(pk=case.pk).update(status="closed")
    receiving.open_own_case(actor=office.nermin, received=theirs(office), note="Handed over.")
    case.refresh_from_db()
    assert case.status == "closed"


def test_it_hands_nothing_over_after_her_no(office, case):
    referrals.send_referral(actor=office.manizha, referral=asked(office, case))
    agreed(office, case, "withdrawn", purpose="transfer")
    with pytest.raises(CannotRefer):
        receiving.accept(actor=office.nermin, received=theirs(office))


def test_it_undoes_all_where_the_end_could_not_be_written(office, case, monkeypatch):
    referrals.send_referral(actor=office.manizha, referral=asked(office, case))
    receiving.accept(actor=office.nermin, received=theirs(office))

    def fall(*_given, **_named):
        raise RuntimeError("the light went out")

    monkeypatch.setattr("hamroh.cases.actions.transferring.monday_of", fall)
    with pytest.raises(RuntimeError):
        receiving.open_own_case(actor=office.nermin, received=theirs(office), note="Handed over.")
    found = (Case.objects.filter(organisation=office.other).exists(), theirs(office).state)
    assert found == (False, "accepted")


def test_it_moves_no_case_there_by_hand(office, case):
    answer = at(office.manizha).get(f"/desk/cases/{case.code}/move/transferred/")
    with pytest.raises(policy.Refused):
        cases.move(actor=office.manizha, case=case, after="transferred", words="x")
    assert answer.status_code == 404


def test_it_declares_its_states():
    into = [name for name in CaseLife.states if "transferred" in CaseLife.moves(name)]
    assert into == ["intake", "assessed", "planned", "active", "on_hold", "closing", "reopened"]
    assert (CaseLife.moves("transferred"), AT_REST, BY_OTHERS) == (
        ["reopened"],
        ("closed", "transferred"),
        ("transferred",),
    )
    assert not [name for name in CaseLife.states if "transferred" in by_hand(name)]


# -- who is told -------------------------------------------------------------------------------------------------------


def told(who, about: str) -> list[str]:
    return list(Notice.objects.filter(user=who, about=about).values_list("record_kind", flat=True))


@pytest.mark.parametrize("how", ["accept/", "decline/"])
def test_it_tells_who_sent_it_that_it_was_answered(office, case, how):
    at(office.nermin).post(there(sent(office, case), how), {"words": "full"})
    assert (told(office.farzona, "answered"), told(office.zebo, "answered")) == (["cases.case"], [])


def test_it_tells_who_sent_it_that_it_lapsed(office, case, time_machine):
    sent(office, case)
    time_machine.move_to(NOW + dt.timedelta(days=15))
    tasks.lapse_referrals_daily.func()
    assert told(office.farzona, "answered") == ["cases.case"]


def test_it_tells_once_while_nobody_has_read_it(office, case):
    row = accepted(office, case)
    receiving.complete(actor=office.nermin, received=row, feedback="She has a lawyer.")
    assert told(office.farzona, "answered") == ["cases.case"]


@pytest.mark.parametrize("do", ["accept", "decline"])
def test_it_tells_who_sent_a_link_that_it_was_answered(office, case, do):
    _row, secret = sent_by_link(office, case)
    post(secret, do, words="full")
    assert told(office.farzona, "answered") == ["cases.case"]


def test_it_tells_who_sent_a_link_that_everything_was_opened(office, case):
    _row, secret, code = by_link(office, case)
    Notice.objects.all().delete()
    post(secret, "open", code=code)
    assert told(office.farzona, "answered") == ["cases.case"]


def test_it_tells_nobody_who_reads_the_case_no_more(office, case):
    row = sent(office, case)
    Case.objects.filter(pk=case.pk).update(owner=office.zebo)
    receiving.accept(actor=office.nermin, received=row)
    assert (told(office.farzona, "answered"), told(office.zebo, "answered")) == ([], ["cases.case"])


def test_it_tells_the_supervisor_there_that_one_came_and_leads_to_it(office, case):
    sevda = employ("sevda", office.other, Role.SUPERVISOR)
    row = sent(office, case)
    text = page(sevda, "/desk/")
    assert (told(sevda, "came"), there(row) in text, told(office.manizha, "came")) == (["cases.received"], True, [])


def test_it_tells_who_accepted_it_that_it_was_taken_back(office, case):
    row = accepted(office, case)
    agreed(office, case, "withdrawn")
    assert told(office.nermin, "answered") == ["cases.received"]
    assert "Taken back" in page(office.nermin, there(row))


def test_it_tells_a_supervisor_that_a_handing_over_waits(office, case):
    asked(office, case)
    assert (told(office.manizha, "answered"), told(office.farzona, "answered")) == (["cases.case"], [])
