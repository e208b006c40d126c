"""Memoranda, help of the community, what helps to earn, applications, and what is told of when."""

import datetime as dt
from decimal import Decimal

import pytest

import cases_referrals
from cases_world import gulnoras
from desk_world import TODAY, at, page
from desk_world import asked as queries
from groups_world import LINE, agreed, applied, asked, gathered, given, joined, owed, with_members
from hamroh.accounts.models import Task
from hamroh.groups import actions, selectors
from hamroh.groups.actions.reminding import remind_of_what_is_due
from hamroh.groups.models import CommunityHelp, Memorandum, Support
from hamroh.kernel.memoranda import Standing

D = dt.date


def test_it_says_that_a_memorandum_is_in_force(circle, group) -> None:
    agreed(circle, group)
    assert "In force" in page(circle.lola, f"/desk/groups/{group.code}/memoranda/")


def test_it_says_why_no_date_is_known(circle, group) -> None:
    agreed(circle, group, signed="", no_date="not_printed", from_date=None, until_date=None)
    assert "The source prints no date" in page(circle.sitora, f"/desk/groups/{group.code}/memoranda/")


def test_it_asks_why_a_signed_memorandum_has_no_date(circle, group) -> None:
    with pytest.raises(actions.NotNow):
        agreed(circle, group, signed="", no_date="")


def test_it_replaces_the_memorandum_that_is_renewed(circle, group) -> None:
    old = agreed(circle, group, until_date=D(2026, 12, 31))
    agreed(circle, group, signed="2026-11", from_date=D(2026, 11, 20), until_date=D(2029, 1, 1), renews=old)
    old.refresh_from_db()
    stood = [selectors.standing_of(old, day) for day in (D(2026, 11, 19), D(2026, 11, 20))]
    assert stood == [Standing.HOLDS, Standing.RENEWED]


def test_it_shows_what_is_late_on_either_side(circle, group) -> None:
    owed(circle, group, agreed(circle, group))
    shown = page(circle.sitora, f"/desk/groups/{group.code}/")
    assert ("A room for the meetings" in shown, "Late" in shown) == (True, True)


def test_it_settles_what_is_owed_and_opens_it_again(circle, group) -> None:
    row = owed(circle, group, agreed(circle, group))
    address = f"/desk/groups/{group.code}/obligations/{row.pk}/"
    for how, done in (("done", True), ("open", False)):
        at(circle.sitora).post(address, {"how": how})
        row.refresh_from_db()
        assert (row.done_date is not None) is done


def test_it_takes_no_paper_that_is_none(circle, group) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    row = agreed(circle, group)
    told = {"file": SimpleUploadedFile("scan.pdf", b"MZ\x90 no paper at all")}
    answer = at(circle.sitora).post(f"/desk/groups/{group.code}/memoranda/{row.pk}/paper/", told)
    row.refresh_from_db()
    assert (answer.status_code, row.file_id) == (422, None)


def test_it_offers_parties_of_the_directory_and_no_hidden_one(circle, group) -> None:
    told = {"partner": "Nobody knows [zzzzzzzz]", "partner_kind": "council", "stands": "draft"}
    at(circle.sitora).post(f"/desk/groups/{group.code}/memoranda/new/", told)
    row = Memorandum.objects.get()
    assert (row.party, row.partner_name) == (None, "Nobody knows [zzzzzzzz]")


def test_it_takes_as_many_queries_for_many_memoranda_as_for_one(circle, group) -> None:
    client, address = at(circle.sitora), f"/desk/groups/{group.code}/"
    owed(circle, group, agreed(circle, group))
    few = queries(client, address)
    for number in range(3):
        owed(circle, group, agreed(circle, group, partner_name=f"Council {number}"))
    assert queries(client, address) == few


# -- reminders -------------------------------------------------------------------------------------------------------


def test_it_reminds_whoever_runs_the_group_once(circle, group) -> None:
    agreed(circle, group)
    assert (remind_of_what_is_due(), remind_of_what_is_due()) == (1, 0)
    task = Task.objects.get()
    assert (task.assignee, task.record_id, task.due_date) == (
        circle.sitora,
        str(group.pk),
        TODAY + dt.timedelta(days=10),
    )


def test_it_reminds_of_what_is_owed_and_asked_for(circle, group) -> None:
    owed(circle, group, agreed(circle, group, review_date=None))
    applied(circle, group)
    assert remind_of_what_is_due() == 2


def test_it_reminds_a_supervisor_where_nobody_runs_the_group(circle) -> None:
    group = gathered(circle, actor=circle.manizha)
    agreed_by = actions.Agreed(partner_kind="council", partner_name="Council", no_date="not_asked", review_date=TODAY)
    actions.enter_memorandum(actor=circle.manizha, group=group, told=agreed_by, is_signed=True)
    remind_of_what_is_due()
    assert [task.assignee for task in Task.objects.all()] == [circle.manizha]


def test_it_reminds_of_nothing_in_a_closed_group(circle, group) -> None:
    agreed(circle, group)
    actions.move_group(actor=circle.sitora, group=group, after="closed", before="active")
    assert remind_of_what_is_due() == 0


def test_it_reminds_again_of_a_new_day(circle, group) -> None:
    row = agreed(circle, group)
    remind_of_what_is_due()
    told = actions.Agreed(
        partner_kind="council", partner_name="Council", signed="2023", review_date=TODAY + dt.timedelta(days=12)
    )
    actions.change_memorandum(actor=circle.sitora, group=group, memorandum=row, told=told)
    assert remind_of_what_is_due() == 1


# -- help of the community -------------------------------------------------------------------------------------------


@pytest.fixture
def helped(circle, group) -> tuple[CommunityHelp, str]:
    """Help for Gulnora, on a referral of her case; the case's code beside it."""
    case = gulnoras(circle.office)
    referral = cases_referrals.official(circle.office, case)
    joined(circle, group)
    return asked(circle, group, referral=referral.code), case.code


def test_it_shows_in_the_case_that_help_was_given_and_no_member(circle, group, helped) -> None:
    row, case = helped
    actions.move_help(actor=circle.sitora, group=group, help=row, after="given", before="asked", outcome=LINE)
    for path in ("", "story/"):
        shown = page(circle.farzona, f"/desk/cases/{case}/{path}")
        assert ("Her house is kept for her" in shown, "Given" in shown) == (True, True)
        assert not any(word in shown for word in ("Zwqx", "Women of the mill", group.code, "Sitora"))


def test_it_shows_a_facilitator_no_case(circle, group, helped) -> None:
    row, case = helped
    shown = page(circle.sitora, f"/desk/groups/{group.code}/help/{row.pk}/")
    assert (case in shown, "Гулнора" in shown, at(circle.sitora).get(f"/desk/cases/{case}/").status_code) == (
        False,
        False,
        404,
    )


def test_it_knows_no_referral_of_another_organisation(circle, group) -> None:
    with pytest.raises(actions.NotNow) as refused:
        asked(circle, group, referral="zzzzzzzzzzzz")
    assert refused.value.field == "referral"


def test_it_moves_help_only_from_where_it_stands(circle, group) -> None:
    row = asked(circle, group)
    actions.move_help(actor=circle.sitora, group=group, help=row, after="given", before="asked")
    with pytest.raises(actions.NotNow):
        actions.move_help(actor=circle.sitora, group=group, help=row, after="refused", before="asked")


# -- to earn with ----------------------------------------------------------------------------------------------------


def test_it_says_what_of_a_loan_is_still_to_come(circle) -> None:
    group, members = with_members(circle, 1)
    row = given(circle, group, members[0])
    for money, currency in (("200.50", "TJS"), ("10", "USD")):
        actions.repay(
            actor=circle.sitora, group=group, support=row, on_date=TODAY, amount=Decimal(money), currency=currency
        )
    shown = page(circle.sitora, f"/desk/groups/{group.code}/earning/{row.pk}/").replace("\N{NO-BREAK SPACE}", " ")
    assert ("999.50 TJS" in shown, "10 USD" in shown) == (True, True)


def test_it_tells_what_an_income_paid_for(circle, group) -> None:
    row = given(circle, group, terms="gift")
    told = {"on_date": "2026-11-20", "income": "640,5", "currency": "TJS", "paid_for": ["school"], "words": ""}
    at(circle.sitora).post(f"/desk/groups/{group.code}/earning/{row.pk}/visit/", told)
    shown = page(circle.sitora, f"/desk/groups/{group.code}/earning/{row.pk}/").replace("\N{NO-BREAK SPACE}", " ")
    assert ("640.50 TJS" in shown, "School" in shown) == (True, True)


def test_it_takes_nothing_back_for_a_gift(circle, group) -> None:
    row = given(circle, group, terms="gift")
    with pytest.raises(actions.NotNow):
        actions.repay(actor=circle.sitora, group=group, support=row, on_date=TODAY, amount=Decimal(1), currency="TJS")


def test_it_seals_what_is_tied_to_a_member(circle) -> None:
    group, members = with_members(circle, 1)
    given(circle, group, members[0])
    columns = {field.name for field in Support._meta.fields}
    assert not columns & {"value", "amount", "currency"}


def test_it_gives_to_no_member_of_another_group(circle, group) -> None:
    _other, members = with_members(circle, 1)
    told = {"whom": str(members[0].pk), "kind": "seed", "terms": "gift"}
    assert at(circle.sitora).post(f"/desk/groups/{group.code}/earning/new/", told).status_code == 422


# -- funding ---------------------------------------------------------------------------------------------------------


def test_it_follows_an_application_to_its_report(circle, group) -> None:
    row = applied(circle, group)
    address = f"/desk/groups/{group.code}/funding/{row.pk}/"
    told = [
        {"after": "sent", "before": "drafted"},
        {"after": "granted", "before": "sent", "granted": "20000", "report_date": "2027-01-10"},
        {"after": "reported", "before": "granted"},
    ]
    for each in told:
        assert at(circle.sitora).post(address, each).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.granted, row.report_date) == ("reported", Decimal(20000), D(2027, 1, 10))


def test_it_asks_how_much_was_granted(circle, group) -> None:
    row = applied(circle, group)
    actions.move_application(actor=circle.sitora, group=group, application=row, after="sent", before="drafted")
    answer = at(circle.sitora).post(
        f"/desk/groups/{group.code}/funding/{row.pk}/", {"after": "granted", "before": "sent"}
    )
    assert answer.status_code == 422


def test_it_writes_an_amount_to_the_hundredth(circle, group) -> None:
    applied(circle, group)
    shown = page(circle.lola, f"/desk/groups/{group.code}/funding/").replace("\N{NO-BREAK SPACE}", " ")
    assert "25,000.50 TJS" in shown
