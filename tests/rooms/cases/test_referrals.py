"""Referrals between organisations: an envelope before acceptance, the rest after, and nothing once she took her yes back."""

import datetime as dt
import uuid

import pytest
from django.test import Client

from cases_evidence import a_message
from cases_referrals import DISTRICT, accepted, agreed, drafted, official, out, sent, theirs, there, wanted
from cases_safety import NUMBER, contact
from cases_world import GULNORA, gulnoras
from desk_world import NOW, TODAY, asked, at, employ, page
from hamroh.accounts.models import Role
from hamroh.cases import selectors, tasks
from hamroh.cases.actions import evidence, receiving
from hamroh.cases.actions import referrals as actions
from hamroh.cases.actions.contact import shut_way
from hamroh.cases.actions.referrals import CannotRefer
from hamroh.cases.models import Case, Evidence, Received, Referral, SafeContact
from hamroh.cases.redacting import Box
from hamroh.cases.selectors import referrals as reads
from hamroh.cases.states import ReferralLife
from hamroh.site.home import Home
from hamroh.vault import journal, opening
from hamroh.vault.models import JournalLine, SealedFile

STORY = "He has not written for two years."


@pytest.fixture(autouse=True)
def written_down(db):
    with journal.openings("task"):
        yield


@pytest.fixture
def case(office):
    return gulnoras(office, story=STORY)


@pytest.fixture
def home(settings, tmp_path):
    settings.HOME = Home(tmp_path)
    settings.HOME.settle("demo")
    return tmp_path


def payload_of(office, row: Received):
    row.refresh_from_db()
    decision = reads.received_of(actor=office.nermin, pk=row.pk, verb="referral.read")[1]
    return opening.open(row, "payload", decision=decision, purpose="test")


# -- her yes -----------------------------------------------------------------------------------------------------------


def test_it_refers_nobody_without_her_yes(office, case):
    with pytest.raises(CannotRefer):
        drafted(office, case)


@pytest.mark.parametrize("purpose", [{"purpose": "service"}, {"purpose": "official", "official": "police"}])
def test_it_takes_no_other_yes_for_it(office, case, purpose):
    agreed(office, case, to_organisation=None, advised=True, **purpose)
    with pytest.raises(CannotRefer):
        drafted(office, case)


def test_it_sends_nothing_once_her_yes_ended(office, case):
    agreed(office, case, until_date=TODAY + dt.timedelta(days=20))
    row = drafted(office, case)
    agreed(office, case, until_date=TODAY - dt.timedelta(days=1))
    with pytest.raises(CannotRefer):
        actions.send_referral(actor=office.farzona, referral=row)


def test_it_stays_open_no_longer_than_her_yes(office, case):
    agreed(office, case, until_date=TODAY + dt.timedelta(days=3))
    with pytest.raises(CannotRefer):
        drafted(office, case)


def test_it_refers_to_an_official_only_after_advice(office, case):
    agreed(office, case)
    with pytest.raises(CannotRefer):
        actions.draft_referral(actor=office.farzona, case=case, wanted=wanted(), to=actions.To(official="police"))


def test_it_hands_nothing_to_an_official(office, case):
    row = official(office, case)
    actions.send_referral(actor=office.farzona, referral=row)
    assert (Received.objects.exists(), "Write the letter to print" in page(office.farzona, out(row))) == (False, True)


def test_it_writes_down_what_an_official_answered(office, case):
    row = official(office, case)
    actions.send_referral(actor=office.farzona, referral=row)
    at(office.farzona).post(out(row, "answer/"), {"after": "declined", "words": "They laughed."})
    assert "They laughed." in page(office.farzona, out(row))


def test_it_lets_an_organisation_answer_for_itself(office, case):
    row = Referral.objects.get(pk=sent(office, case).referral_id)
    assert at(office.farzona).get(out(row, "answer/")).status_code == 404


# -- before and after acceptance ---------------------------------------------------------------------------------------


def test_it_sends_nothing_before_it_is_sent(office, case):
    agreed(office, case)
    drafted(office, case)
    assert not Received.objects.exists()


def test_it_shows_the_envelope_to_the_other_side(office, case):
    text = page(office.nermin, there(sent(office, case)))
    assert all(word in text for word in (DISTRICT, "30 to 44", "Law", "Within the week"))


def test_it_tells_the_other_side_no_code_of_the_case(office, case):
    assert case.code not in page(office.nermin, there(sent(office, case)))


@pytest.mark.parametrize("part", ["", "accept/", "decline/", "case/", "complete/"])
def test_it_opens_no_payload_before_acceptance(office, case, part):
    row = sent(office, case)
    texts = [
        getattr(at(office.nermin), method)(there(row, part)).content.decode()
        for method in (("get",) if part == "accept/" else ("get", "post"))
    ]
    assert not [text for text in texts if GULNORA.name in text or STORY in text or NUMBER in text]


def test_it_keeps_no_payload_with_the_other_side_before_acceptance(office, case):
    row = sent(office, case)
    decision = reads.received_of(actor=office.nermin, pk=row.pk, verb="referral.look")[1]
    assert opening.open(row, "payload", decision=decision, purpose="test") is None


def test_it_hands_over_what_was_chosen_at_acceptance(office, case):
    found = payload_of(office, accepted(office, case))
    assert (found["name"], found["story"], found["contact"][0]["value"]) == (GULNORA.name, STORY, NUMBER)


def test_it_hands_over_nothing_that_was_not_chosen(office, case):
    found = payload_of(office, accepted(office, case, chosen=("matters",)))
    assert found == {"matters": [], "copies": []}


def test_it_never_shows_the_number_on_the_page(office, case):
    text = page(office.nermin, there(accepted(office, case)))
    assert (GULNORA.name in text, "An SMS" in text, NUMBER in text) == (True, True, False)


def test_it_hands_over_the_contact_as_it_is_then(office, case):
    row = sent(office, case)
    contact(office, case, value="+992 90 111-22-33")
    receiving.accept(actor=office.nermin, received=row)
    assert [each["value"] for each in payload_of(office, row)["contact"]] == ["+992 90 111-22-33"]


def test_it_tells_the_journal_of_her_case_who_got_it(office, case):
    at(office.nermin).post(there(sent(office, case), "accept/"))
    lines = JournalLine.objects.filter(verb="referral.hand_over", record_id=str(case.pk))
    assert {line.actor_id for line in lines} == {office.nermin.pk}


def test_it_shows_the_payload_to_nobody_else_there(office, case):
    row = accepted(office, case)
    colleague = employ("ulviyya", office.other, Role.SOCIAL_WORKER)
    text = page(colleague, there(row))
    assert (GULNORA.name in text, STORY in text) == (False, False)


def test_it_hands_over_copies_and_no_originals(home, office, case):
    original = a_message(office, case)
    decision = selectors.case_of(actor=office.farzona, code=case.code)[1]
    copy = evidence.redact(
        actor=office.farzona, case=case, of=original, decision=decision, boxes=[Box(0, 0, 9, 9)], words="for them"
    )  # fmt: skip
    row = accepted(office, case, copies=(original.pk, copy.pk))
    assert [each["words"] for each in payload_of(office, row)["copies"]] == ["for them"]


# -- who sees it -------------------------------------------------------------------------------------------------------

POSTS = ("accept/", "decline/", "case/", "complete/")


@pytest.mark.parametrize("who", ["third", "sender", "administrator"])
@pytest.mark.parametrize("part", ["", *POSTS])
def test_it_does_not_exist_for_anybody_else(office, case, who, part):
    third = type(office.other).objects.create(code="third", names={"en": "Third"}, country="tj")
    people = {
        "third": employ("zarina", third, Role.LAWYER), "sender": office.farzona,
        "administrator": employ("anvar", office.other, Role.ADMINISTRATOR),
    }  # fmt: skip
    client, row = at(people[who]), sent(office, case)
    methods = ("get",) if not part else ("post",)
    nothing = there(row, part).replace(str(row.pk), str(uuid.uuid4()))
    found = [
        getattr(client, method)(address).status_code for method in methods for address in (there(row, part), nothing)
    ]
    assert found == [404, 404]


def test_it_lists_what_came_for_the_receiver_alone(office, case):
    row = sent(office, case)
    pages = [page(who, "/desk/cases/received/") for who in (office.nermin, office.zebo)]
    assert [row.code in text for text in pages] == [True, False]


def test_it_lists_what_was_sent_to_who_may_list_the_case(office, case):
    sent(office, case)
    pages = [page(who, "/desk/cases/sent/") for who in (office.farzona, office.zebo)]
    assert [case.code in text for text in pages] == [True, False]


def test_it_stands_on_the_board_of_the_receiver(office, case):
    row = sent(office, case)
    assert row.code in page(office.nermin, "/desk/cases/team/")


@pytest.mark.parametrize("where", ["received", "sent"])
def test_it_asks_as_few_queries_for_many(office, case, where):
    sent(office, case)
    client = at(office.nermin if where == "received" else office.farzona)
    few = asked(client, f"/desk/cases/{where}/")
    for _time in range(4):
        sent(office, gulnoras(office))
    assert asked(client, f"/desk/cases/{where}/") == few


def test_it_asks_visitors_to_sign_in(office, case):
    assert Client().get(there(sent(office, case))).status_code == 302


# -- her no ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("how_far", [sent, accepted])
@pytest.mark.parametrize("said", ["withdrawn", "refused"])
def test_it_ends_when_she_takes_her_yes_back(office, case, how_far, said):
    row = how_far(office, case)
    agreed(office, case, said)
    text = page(office.nermin, there(row))
    assert ("Taken back" in text, DISTRICT in text, GULNORA.name in text) == (True, False, False)


def test_it_ends_when_she_leaves_us(office, case):
    sent(office, case)
    agreed(office, case, "withdrawn", purpose="service", to_organisation=None)
    assert theirs(office).state == "revoked"


def test_it_empties_the_copies_in_the_same_transaction(home, office, case):
    original = a_message(office, case)
    decision = selectors.case_of(actor=office.farzona, code=case.code)[1]
    copy = evidence.redact(
        actor=office.farzona, case=case, of=original, decision=decision, boxes=[Box(0, 0, 9, 9)], words="x"
    )  # fmt: skip
    row = accepted(office, case, copies=(copy.pk,))
    agreed(office, case, "withdrawn")
    row.refresh_from_db()
    kept = SealedFile.objects.filter(kind="cases.received").exists()
    assert (payload_of(office, row), kept) == (None, False)


def test_it_keeps_all_of_it_where_the_withdrawal_could_not_be_written(office, case, monkeypatch):
    row = accepted(office, case)

    def fall(*_given, **_named):
        raise RuntimeError("the light went out")

    monkeypatch.setattr("hamroh.cases.actions.consent.touch", fall)
    with pytest.raises(RuntimeError):
        agreed(office, case, "withdrawn")
    assert payload_of(office, row)["name"] == GULNORA.name


def test_it_says_what_went_out_before(office, case):
    row = accepted(office, case)
    agreed(office, case, "withdrawn")
    text = page(office.farzona, out(Referral.objects.get(pk=row.referral_id)))
    assert "everything chosen was handed over" in text


def test_it_leaves_referrals_to_others_open(office, case):
    row = sent(office, case)
    third = type(office.other).objects.create(code="third", names={"en": "Third"}, country="tj")
    agreed(office, case, "withdrawn", to_organisation=third)
    row.refresh_from_db()
    assert row.state == "sent"


def test_it_is_not_accepted_after_her_yes_ran_out(office, case):
    row = sent(office, case)
    agreed(office, case, until_date=TODAY - dt.timedelta(days=1))
    with pytest.raises(CannotRefer):
        receiving.accept(actor=office.nermin, received=row)


def test_it_is_taken_back_by_who_sent_it(office, case):
    row = sent(office, case)
    at(office.farzona).post(out(Referral.objects.get(pk=row.referral_id), "back/"))
    assert DISTRICT not in page(office.nermin, there(row))


# -- answers -----------------------------------------------------------------------------------------------------------


def test_it_says_when_they_looked(office, case):
    row = sent(office, case)
    page(office.nermin, there(row))
    assert "They looked at it" in page(office.farzona, out(Referral.objects.get(pk=row.referral_id)))


def test_it_tells_why_it_was_declined(office, case):
    row = sent(office, case)
    at(office.nermin).post(there(row, "decline/"), {"words": "We are full."})
    assert "We are full." in page(office.farzona, out(Referral.objects.get(pk=row.referral_id)))


def test_it_asks_why_it_is_declined(office, case):
    row = sent(office, case)
    answer = at(office.nermin).post(there(row, "decline/"), {"words": " "})
    row.refresh_from_db()
    assert (answer.status_code, row.state) == (422, "sent")


def test_it_keeps_no_envelope_of_what_was_declined(office, case):
    row = sent(office, case)
    receiving.decline(actor=office.nermin, received=row, reason="full")
    assert DISTRICT not in page(office.nermin, there(row))


def test_it_opens_a_case_of_their_own(office, case):
    row = accepted(office, case)
    at(office.nermin).post(there(row, "case/"))
    own = Case.objects.get(organisation=office.other)
    text = page(office.nermin, f"/desk/cases/{own.code}/")
    assert (GULNORA.name in text, "There is no yes of hers to our work" in text) == (True, True)


def test_it_takes_the_rules_of_her_number_along(office, case):
    row = accepted(office, case)
    own = receiving.open_own_case(actor=office.nermin, received=row, note="Referred.")
    kept = SafeContact.objects.get(case=own)
    assert (kept.way, kept.is_safe) == ("sms", True)


def test_it_takes_along_what_she_forbade(office, case):
    row = sent(office, case)
    shut_way(actor=office.farzona, case=case, way="visit", until_date=TODAY + dt.timedelta(days=30))
    receiving.accept(actor=office.nermin, received=row)
    own = receiving.open_own_case(actor=office.nermin, received=row, note="Referred.")
    kept = SafeContact.objects.get(case=own)
    assert (kept.way, kept.is_safe) == ("visit", False)


def test_it_takes_the_copies_along(home, office, case):
    original = a_message(office, case)
    decision = selectors.case_of(actor=office.farzona, code=case.code)[1]
    copy = evidence.redact(
        actor=office.farzona, case=case, of=original, decision=decision, boxes=[Box(0, 0, 9, 9)], words="x"
    )  # fmt: skip
    row = accepted(office, case, copies=(copy.pk,))
    own = receiving.open_own_case(actor=office.nermin, received=row, note="Referred.")
    kept = SealedFile.objects.filter(kind="cases.received").exists()
    assert (Evidence.objects.filter(case=own).count(), kept) == (1, False)


def test_it_opens_one_case_of_it(office, case):
    row = accepted(office, case)
    for _time in range(2):
        at(office.nermin).post(there(row, "case/"))
    assert Case.objects.filter(organisation=office.other).count() == 1


def test_it_lends_nothing_of_the_first_case(office, case):
    row = accepted(office, case)
    receiving.open_own_case(actor=office.nermin, received=row, note="Referred.")
    assert at(office.nermin).get(f"/desk/cases/{case.code}/").status_code == 404


def test_it_tells_what_came_of_it(office, case):
    row = accepted(office, case)
    receiving.open_own_case(actor=office.nermin, received=row, note="Referred.")
    at(office.nermin).post(there(row, "complete/"), {"words": "She has a lawyer."})
    text = page(office.farzona, out(Referral.objects.get(pk=row.referral_id)))
    assert ("She has a lawyer." in text, "Completed" in text) == (True, True)


def test_it_is_accepted_once(office, case):
    row = accepted(office, case)
    with pytest.raises(CannotRefer):
        receiving.accept(actor=office.nermin, received=row)


def test_it_is_not_accepted_after_its_day(office, case, time_machine):
    row = sent(office, case)
    time_machine.move_to(NOW + dt.timedelta(days=15))
    with pytest.raises(CannotRefer):
        receiving.accept(actor=office.nermin, received=row)


@pytest.mark.parametrize(("days", "state"), [(14, "sent"), (15, "lapsed")])
def test_it_lapses_after_its_last_day(office, case, time_machine, days, state):
    sent(office, case)
    time_machine.move_to(NOW + dt.timedelta(days=days))
    tasks.lapse_referrals_daily.func()
    assert theirs(office).state == state


def test_it_keeps_nothing_of_what_lapsed(office, case, time_machine):
    row = sent(office, case)
    time_machine.move_to(NOW + dt.timedelta(days=15))
    tasks.lapse_referrals_daily.func()
    assert DISTRICT not in page(office.nermin, there(row))


def test_it_is_answered_though_the_first_case_is_gone(office, case):
    row = accepted(office, case)
    Referral.objects.filter(pk=row.referral_id).delete()
    own = receiving.open_own_case(actor=office.nermin, received=row, note="Referred.")
    row.refresh_from_db()
    assert row.became_id == own.pk


def test_it_has_no_move_out_of_an_end():
    assert [name for name in ("declined", "completed", "lapsed", "revoked") if ReferralLife.moves(name)] == []
