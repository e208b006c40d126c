"""Police, mahalla and religious leaders are each told on a yes of their own, given after advice: at every door that hands something out."""

import pytest

from cases_links import sent as sent_by_link
from cases_referrals import agreed, out, wanted
from cases_trafficking import asked, decided
from desk_world import at, page
from hamroh.cases.actions import letters, links, receiving, referralforms, referrals
from hamroh.cases.actions.consent import ConsentRefused
from hamroh.cases.actions.referrals import CannotRefer, To
from hamroh.cases.models import Consent, Official, Received, Referral
from hamroh.cases.selectors import officials as reads
from hamroh.directory.models import Party, Service
from hamroh.thesaurus.models import Concept, Scheme
from hamroh.vault import journal
from hamroh.vault.models import JournalLine

EACH = list(Official.values)
ANOTHER = {"police": "mahalla", "mahalla": "religious", "religious": "police"}


@pytest.fixture(autouse=True)
def written_down(db):
    with journal.openings("task"):
        yield


def yes(office, case, official: str, answer: str = "given", **facts) -> Consent:
    told = {"purpose": "official", "official": official, "to_organisation": None, "advised": True} | facts
    return agreed(office, case, answer, **told)


def draft(office, case, to: To, **facts) -> Referral:
    told = wanted(**{"chosen": ()} | facts)
    return referrals.draft_referral(actor=office.farzona, case=case, wanted=told, to=to)


def listed_as(office, kind: str) -> Party:
    """The other organisation stands in the directory as this."""
    return Party.objects.create(kind=kind, names={"en": "They"}, state="listed", tenant=office.other)


@pytest.fixture
def police(office) -> Party:
    """The other organisation is the police."""
    scheme = Scheme.objects.create(code="hamroh", uri="urn:x:terms")
    concept = Concept.objects.create(scheme=scheme, key="hm0082", uri="urn:x:hm0082")
    service = Service.objects.create(party=listed_as(office, "state_agency"), names={"en": "Station"}, state="listed")
    service.kinds.add(concept)
    return service.party


# -- her yes -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("official", EACH)
def test_it_refers_her_to_an_official_on_a_yes_to_just_that_one(office, case, official):
    yes(office, case, official)
    assert draft(office, case, To(official=official)).official == official


@pytest.mark.parametrize("official", EACH)
def test_it_takes_a_yes_to_one_official_as_none_to_another(office, case, official):
    yes(office, case, ANOTHER[official])
    with pytest.raises(CannotRefer):
        draft(office, case, To(official=official))


@pytest.mark.parametrize("official", EACH)
def test_it_takes_no_yes_before_advice(office, case, official):
    with pytest.raises(ConsentRefused):
        yes(office, case, official, advised=False)


@pytest.mark.parametrize("facts", [{"official": ""}, {"official": "police", "is_advised": False}])
def test_it_opens_nothing_on_a_line_without_official_or_advice(office, case, facts):
    """As it was written before officials were asked about one by one."""
    told = {"is_advised": True} | facts
    Consent.objects.create(
        organisation=office.centre, case=case, purpose="official", answer="given", way="voice", text_version="official-1/tg",
        text_digest="0" * 64, taken_by=office.farzona, **told,
    )  # fmt: skip
    assert [reads.yes_to(case=case, official=each) for each in EACH] == [None] * 3


def test_it_reads_words_of_its_own_for_each_official(office, case):
    versions = [yes(office, case, each).text_version for each in EACH]
    assert versions == ["police-1/tg", "mahalla-1/tg", "religious-1/tg"]


def test_it_writes_down_that_she_was_told_what_may_follow(office, case):
    assert yes(office, case, "mahalla").is_advised
    assert JournalLine.objects.filter(verb="case.answer_consent").latest("pk").facts["advised"]


def test_it_ends_with_a_no_what_went_to_that_official_and_no_other(office, case):
    rows = {}
    for each in ("police", "mahalla"):
        yes(office, case, each)
        rows[each] = draft(office, case, To(official=each))
        referrals.send_referral(actor=office.farzona, referral=rows[each])
    yes(office, case, "mahalla", "withdrawn")
    states = {each: Referral.objects.get(pk=row.pk).state for each, row in rows.items()}
    assert states == {"police": "sent", "mahalla": "revoked"}


# -- pages -------------------------------------------------------------------------------------------------------------


def test_it_asks_about_each_official_on_a_page_of_its_own(office, case):
    told = {"answer": "given", "way": "voice", "words": "", "advised": "on"}
    shown = page(office.farzona, f"/desk/cases/{case.code}/consents/mahalla/")
    assert at(office.farzona).post(f"/desk/cases/{case.code}/consents/mahalla/", told).status_code == 302
    assert "They are neighbours of the house" in shown
    assert reads.open_officials(case=case) == ["mahalla"]


def test_it_keeps_what_was_typed_where_advice_was_not_given(office, case):
    told = {"answer": "given", "way": "voice", "words": "She is afraid of him."}
    answer = at(office.farzona).post(f"/desk/cases/{case.code}/consents/religious/", told)
    assert (answer.status_code, "She is afraid of him." in answer.content.decode()) == (422, True)


def test_it_asks_about_officials_at_once_no_more(office, case):
    assert at(office.farzona).get(f"/desk/cases/{case.code}/consents/official/").status_code == 404


def test_it_offers_officials_to_whom_she_said_yes(office, case):
    yes(office, case, "mahalla")
    shown = page(office.farzona, f"/desk/cases/{case.code}/referrals/official/")
    assert ['value="mahalla"' in shown, 'value="police"' in shown] == [True, False]
    assert f"/desk/cases/{case.code}/consents/police/" in shown


def test_it_takes_no_official_that_the_page_did_not_offer(office, case):
    yes(office, case, "mahalla")
    told = {"official": "police", "age": "30-44", "need": "legal", "urgency": "soon", "days": "14", "district": "Vose"}
    answer = at(office.farzona).post(f"/desk/cases/{case.code}/referrals/official/", told)
    assert (answer.status_code, "Vose" in answer.content.decode()) == (422, True)
    assert not Referral.objects.exists()


# -- officials and offices of the state that have an account --------------------------------------------------------------


@pytest.mark.parametrize("kind", ["community_council", "religious", "state_agency", "court"])
@pytest.mark.parametrize("purpose", ["share", "transfer"])
def test_it_asks_for_advice_before_an_official_with_an_account_learns_of_her(office, case, kind, purpose):
    listed_as(office, kind)
    with pytest.raises(ConsentRefused):
        agreed(office, case, purpose=purpose)
    assert agreed(office, case, purpose=purpose, advised=True).is_advised


def test_it_sends_nothing_to_who_became_an_official_after_her_yes(office, case):
    agreed(office, case)
    row = draft(office, case, To(office.other))
    listed_as(office, "community_council")
    with pytest.raises(CannotRefer):
        referrals.send_referral(actor=office.farzona, referral=row)


def test_it_hands_nothing_over_to_who_became_an_official_after_the_sending(office, case):
    agreed(office, case)
    row = draft(office, case, To(office.other))
    referrals.send_referral(actor=office.farzona, referral=row)
    listed_as(office, "religious")
    with pytest.raises(CannotRefer):
        receiving.accept(actor=office.nermin, received=Received.objects.get(referral_id=row.pk))


def test_it_opens_no_link_for_a_service_that_became_an_official(office, case):
    row, secret = sent_by_link(office, case)
    Party.objects.filter(pk=row.to_service.party_id).update(kind="religious")
    assert links.look(secret=secret) is None


# -- paper -------------------------------------------------------------------------------------------------------------


def test_it_prints_no_form_once_her_yes_ended(office, case):
    yes(office, case, "mahalla")
    row = draft(office, case, To(official="mahalla"))
    assert at(office.farzona).post(out(row, "form/"), {"language": "tg"}).status_code == 200
    yes(office, case, "mahalla", "withdrawn")
    assert at(office.farzona).post(out(row, "form/"), {"language": "tg"}).status_code == 422


def test_it_prints_no_form_for_the_police_where_trafficking_was_asked_about_since(office, case):
    yes(office, case, "police")
    row = draft(office, case, To(official="police"))
    asked(office, case)
    with pytest.raises(CannotRefer):
        referralforms.note_printed(actor=office.farzona, referral=row, language="tg", with_name=False)
    decided(office, case, wants=True)
    referralforms.note_printed(actor=office.farzona, referral=row, language="tg", with_name=False)


def letter(office, case, **told: str):
    facts = {"lang": "tg", "form": "docx", "purpose": "to be received", "to": "her", "fact_addressee": "Маркази занон"}
    return at(office.farzona).post(f"/desk/cases/{case.code}/letters/referral_letter/", facts | told)


@pytest.mark.parametrize("official", EACH)
def test_it_writes_a_letter_to_an_official_on_her_yes_alone(office, case, official):
    before = letter(office, case, to=official).status_code
    yes(office, case, official)
    assert (before, letter(office, case, to=official).status_code) == (422, 200)
    assert JournalLine.objects.get(verb="case.hand_out_letter").facts["to"] == official


@pytest.mark.parametrize(
    ("addressee", "official"),
    [("Шӯъбаи милитсияи ноҳияи Восеъ", "police"), ("Раиси маҳаллаи Навобод", "mahalla"), ("İmam", "religious")],
)
def test_it_gives_out_no_letter_whose_words_name_an_official_without_a_yes(office, case, addressee, official):
    answer = letter(office, case, fact_addressee=addressee)
    assert (answer.status_code, addressee in answer.content.decode()) == (422, True)
    yes(office, case, official)
    assert letter(office, case, fact_addressee=addressee).status_code == 200


def test_it_gives_a_letter_into_her_own_hand(office, case):
    assert letter(office, case).status_code == 200


def test_it_gives_out_no_letter_before_it_is_said_to_whom_it_goes(office, case):
    answer = letter(office, case, to="")
    assert (answer.status_code, "Маркази занон" in answer.content.decode()) == (422, True)


def test_it_writes_no_letter_to_the_police_of_trafficking_without_her_decision(office, case):
    yes(office, case, "police")
    asked(office, case)
    told = {"letter": "referral_letter", "lang": "tg", "form": "pdf", "purpose": "help", "to": To(official="police")}
    with pytest.raises(CannotRefer):
        letters.hand_out_letter(actor=office.farzona, case=case, **told)


# -- the police with an account ------------------------------------------------------------------------------------------


def test_it_keeps_safety_rule_9_where_the_police_has_an_account(office, case, police):
    agreed(office, case, advised=True)
    row = draft(office, case, To(office.other))
    asked(office, case)
    with pytest.raises(CannotRefer):
        referrals.send_referral(actor=office.farzona, referral=row)
    decided(office, case, wants=True)
    assert referrals.send_referral(actor=office.farzona, referral=row).state == "sent"
    decided(office, case, wants=False)
    assert Referral.objects.get(pk=row.pk).state == "revoked"
