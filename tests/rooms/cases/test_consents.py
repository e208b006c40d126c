"""What she agreed to: read out, answered, taken back; who answers for a child."""

import datetime as dt

import pytest

from cases_safety import contact, message
from cases_world import gulnoras
from desk_world import NOW, at, page
from hamroh.accounts import policy
from hamroh.accounts.actions import access
from hamroh.accounts.models import RecordGrant
from hamroh.cases import actions
from hamroh.cases.actions import Told
from hamroh.cases.actions.consent import ConsentRefused, answer_consent
from hamroh.cases.models import Consent, Part, Side, Written
from hamroh.cases.selectors import consents as asked
from hamroh.kernel import consents


def answer(office, case, said: str = "given", purpose: str = "service", **facts) -> Consent:
    return answer_consent(
        actor=office.farzona, case=case, purpose=purpose, answer=said, way="voice", lang="tg", **facts
    )  # fmt: skip


def share(office, case) -> RecordGrant:
    """Her file is lent to the other organisation, on her consent."""
    consent = answer(office, case, purpose="share", to_organisation=office.other)
    return access.lend(
        actor=office.manizha, record=case, organisation=office.other, verbs=["case.read"],
        ends_at=NOW + dt.timedelta(days=30), consent_id=consent.pk,
    )  # fmt: skip


def child(office, case):
    return actions.add_person(actor=office.farzona, case=case, part=Part.CHILD, side=Side.HERS, told=Told(name="Ёсин"))


def test_it_keeps_which_words_were_read_to_her(office, case):
    row = answer(office, case)
    text = consents.of_version("service", row.text_version)
    assert (row.text_version, text.digest("tg") if text else "") == ("service-1/tg", row.text_digest)


def test_it_changes_no_answer_afterwards(office, case):
    row = answer(office, case)
    row.answer = "refused"
    with pytest.raises(Written):
        row.save()


@pytest.mark.parametrize("said", ["withdrawn", "refused"])
def test_it_closes_what_was_shared_at_once(office, case, said):
    share(office, case)
    assert at(office.nermin).get(f"/desk/cases/{case.code}/").status_code == 200
    answer(office, case, said, purpose="share", to_organisation=office.other)
    assert at(office.nermin).get(f"/desk/cases/{case.code}/").status_code == 404


def test_it_closes_every_share_when_she_leaves_us(office, case):
    grant = share(office, case)
    answer(office, case, "withdrawn")
    grant.refresh_from_db()
    assert grant.revoked_at is not None


def test_it_leaves_shares_by_other_answers_open(office, case):
    grant = share(office, case)
    answer(office, case, "withdrawn", purpose="story")
    grant.refresh_from_db()
    assert grant.revoked_at is None


def test_it_keeps_the_share_where_the_withdrawal_could_not_be_written(office, case, monkeypatch):
    grant = share(office, case)

    def fall(*_given, **_named):
        raise RuntimeError("the light went out")

    monkeypatch.setattr("hamroh.cases.actions.consent.touch", fall)
    with pytest.raises(RuntimeError):
        answer(office, case, "withdrawn", purpose="share", to_organisation=office.other)
    grant.refresh_from_db()
    assert (grant.revoked_at, Consent.objects.filter(answer="withdrawn").exists()) == (None, False)


def test_it_lists_what_went_out_before(office, case):
    share(office, case)
    page(office.nermin, f"/desk/cases/{case.code}/")
    answer(office, case, "withdrawn", purpose="share", to_organisation=office.other)
    text = page(office.farzona, f"/desk/cases/{case.code}/consents/")
    assert "What they could see before" in text
    assert "opened it 0 times" not in text


def test_it_asks_an_official_only_after_advice(office, case):
    with pytest.raises(ConsentRefused):
        answer(office, case, purpose="official", official="police")


def test_it_takes_her_no_to_an_official_without_advice(office, case):
    assert answer(office, case, "refused", purpose="official", official="police").answer == "refused"


def test_it_reads_the_consequences_before_it_asks(office, case):
    text = page(office.farzona, f"/desk/cases/{case.code}/consents/police/")
    assert text.index("They may summon your husband") < text.index("do you want us to turn to the police")


def test_it_names_the_organisation_that_learns_something(office, case):
    told = {"answer": "given", "way": "voice", "to_organisation": ""}
    sent = at(office.farzona).post(f"/desk/cases/{case.code}/consents/share/", told)
    assert (sent.status_code, Consent.objects.exists()) == (422, False)


def test_it_counts_an_answer_until_its_day(office, case, time_machine):
    answer(office, case, until_date=NOW.date())
    assert asked.consent_of(case=case, purpose="service") is not None
    time_machine.move_to(NOW + dt.timedelta(days=2))
    assert asked.consent_of(case=case, purpose="service") is None


def test_it_counts_the_newest_answer(office, case):
    for said in ("given", "withdrawn", "given"):
        answer(office, case, said)
    assert asked.consent_of(case=case, purpose="service") is not None


def test_it_takes_nobody_of_another_case_as_who_answered(office, case):
    somebody = child(office, gulnoras(office))
    with pytest.raises(policy.Refused):
        answer(office, case, person=somebody, about=somebody)


@pytest.mark.parametrize(
    ("age", "said", "may"),
    [
        (3, "guardian", True), (3, "", False), (8, "guardian", False), (8, "guardian child", True), (8, "child", False),
        (16, "child", True), (None, "guardian", False),
    ],
)  # fmt: skip
def test_it_keeps_safety_rule_14_for_a_childs_data(office, case, age, said, may):
    somebody = child(office, case)
    if "guardian" in said:
        answer(office, case, about=somebody)
    if "child" in said:
        answer(office, case, about=somebody, person=somebody)
    assert asked.childs_consent(case=case, child=somebody, purpose="service", age=age) == may


def test_it_keeps_safety_rule_14_against_a_childs_own_no(office, case):
    somebody = child(office, case)
    answer(office, case, about=somebody)
    answer(office, case, "refused", about=somebody, person=somebody)
    assert not asked.childs_consent(case=case, child=somebody, purpose="service", age=3)


def test_it_reads_a_child_its_own_words(office, case):
    somebody = child(office, case)
    assert answer(office, case, about=somebody, person=somebody).text_version == "child-1/tg"


def test_it_says_that_there_is_no_yes_to_our_work(office, case):
    assert "There is no yes of hers" in page(office.farzona, f"/desk/cases/{case.code}/")


def test_it_cancels_what_waited_when_she_leaves_us(office, case):
    contact(office, case)
    row = message(office, case)
    answer(office, case, "withdrawn")
    row.refresh_from_db()
    assert row.state == "cancelled"
