"""Referrals through their pages: what is offered, what is refused, what stays typed."""

import pytest

from cases_referrals import DISTRICT, agreed, drafted, out, sent, theirs, there
from cases_world import GULNORA, gulnoras
from desk_world import at, page
from hamroh.cases import actions as case_actions
from hamroh.cases.models import Case, Referral
from hamroh.vault import journal


@pytest.fixture(autouse=True)
def written_down(db):
    with journal.openings("task"):
        yield


def test_it_refers_her_on_pages(office, case):
    agreed(office, case)
    told = {
        "to": str(office.other.pk), "age": "30-44", "district": DISTRICT, "need": "legal", "urgency": "now", "days": "7",
        "chosen": ["name"],
    }  # fmt: skip
    client = at(office.farzona)
    client.post(f"/desk/cases/{case.code}/referrals/new/", told)
    row = Referral.objects.get()
    client.post(out(row, "send/"))
    client = at(office.nermin)
    client.post(there(theirs(office), "accept/"))
    assert GULNORA.name in client.get(there(theirs(office))).content.decode()


def test_it_offers_only_whom_she_said_yes_to(office, case):
    text = page(office.farzona, f"/desk/cases/{case.code}/referrals/new/")
    assert ("Women’s organisation" in text, "Ask her first." in text) == (False, True)


def test_it_refers_to_nobody_else_by_a_forged_form(office, case):
    agreed(office, case)
    third = type(office.other).objects.create(code="third", names={"en": "Third"}, country="tj")
    told = {"to": str(third.pk), "age": "u18", "need": "legal", "urgency": "now", "days": "7"}
    answer = at(office.farzona).post(f"/desk/cases/{case.code}/referrals/new/", told)
    assert (answer.status_code, Referral.objects.exists()) == (422, False)


def test_it_says_what_is_missing_and_keeps_what_was_typed(office, case):
    agreed(office, case)
    answer = at(office.farzona).post(f"/desk/cases/{case.code}/referrals/new/", {"district": DISTRICT})
    text = answer.content.decode()
    assert (answer.status_code, DISTRICT in text, "Choose to whom she is referred." in text) == (422, True, True)


def test_it_shows_no_referral_of_another_case(office, case):
    row = Referral.objects.get(pk=sent(office, case).referral_id)
    other = gulnoras(office)
    assert at(office.farzona).get(out(row).replace(case.code, other.code)).status_code == 404


def test_it_refers_nobody_out_of_a_closed_case(office, case):
    agreed(office, case)
    Case.objects.filter(pk=case.pk).update(status="closed")
    with pytest.raises(case_actions.AtRest):
        drafted(office, case)


def test_it_stands_on_the_case_and_in_its_story(office, case):
    sent(office, case)
    address = f"/desk/cases/{case.code}/"
    assert ["Women’s organisation" in page(office.farzona, where) for where in (address, f"{address}story/")] == [
        True,
        True,
    ]
