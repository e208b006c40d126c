"""A service without an account: the envelope by a link, the rest by a code told by voice, once, and nothing besides."""

import contextlib
import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client

from cases_links import PAGE, RUNG, a_service, accepted, agreed, drafted, post, read, sent
from cases_referrals import DISTRICT, out, wanted
from cases_safety import NUMBER
from cases_world import GULNORA, gulnoras
from desk_world import NOW, TODAY, at, page
from hamroh.accounts.models import Notice
from hamroh.cases.actions import links
from hamroh.cases.actions import referrals as actions
from hamroh.cases.actions.consent import ConsentRefused
from hamroh.cases.actions.referrals import CannotRefer, To
from hamroh.cases.models import Case, Referral, ReferralLink
from hamroh.cases.selectors import linking
from hamroh.directory.models import Service
from hamroh.vault import journal
from hamroh.vault.models import JournalLine

STORY = "He sold the cow and went."
WRONG = "000000"


@pytest.fixture
def case(office):
    return gulnoras(office, story=STORY)


@pytest.fixture(autouse=True)
def written_down(db):
    with journal.openings("task"):
        yield


def told(row: Referral, office) -> str:
    return page(office.farzona, out(row))


# -- her yes, and to whom ----------------------------------------------------------------------------------------------


def test_it_refers_her_to_a_service_on_pages(office, case):
    service, client = a_service(), at(office.farzona)
    answer = {"answer": "given", "way": "voice", "to_service": str(service.pk), "words": ""}
    client.post(f"/desk/cases/{case.code}/consents/share/", answer)
    wish = {"to": str(service.pk), "age": "30-44", "need": "legal", "urgency": "now", "days": "7", "chosen": ["name"]}
    client.post(f"/desk/cases/{case.code}/referrals/new/", wish)
    row = Referral.objects.get(to_service=service)
    client.post(out(row, "send/"))
    letter = client.post(out(row, "link/")).content.decode()
    secret = re.search(r'<code class="code">([\w-]{24})</code>', letter)[1]
    post(secret, "accept")
    code = re.search(r'<code class="code">(\d{3} \d{3})</code>', client.post(out(row, "code/")).content.decode())[1]
    assert GULNORA.name in post(secret, "open", code=code).content.decode()


def test_it_needs_a_yes_to_just_this_service(office, case):
    agreed(office, case, a_service())
    with pytest.raises(CannotRefer):
        actions.draft_referral(actor=office.farzona, case=case, wanted=wanted(), to=To(service=a_service()))


def test_it_takes_no_yes_for_an_organisation_as_one_for_a_service(office, case):
    agreed(office, case, None, to_organisation=office.other)
    with pytest.raises(CannotRefer):
        actions.draft_referral(actor=office.farzona, case=case, wanted=wanted(), to=To(service=a_service()))


@pytest.mark.parametrize("kind", ["community_council", "religious"])
def test_it_asks_no_official_by_a_link(office, case, kind):
    with pytest.raises(ConsentRefused):
        agreed(office, case, a_service(kind))


def test_it_asks_nobody_by_a_link_who_has_an_account(office, case):
    with pytest.raises(ConsentRefused):
        agreed(office, case, a_service(tenant=office.other))


@pytest.mark.parametrize(("advised", "kept"), [(False, False), (True, True)])
def test_it_says_first_what_may_follow_where_the_state_is_asked(office, case, advised, kept):
    service = a_service("state_agency")
    with contextlib.suppress(ConsentRefused):
        agreed(office, case, service, advised=advised)
    assert bool(linking.agreed_services(case=case)) == kept


def test_it_lets_her_take_a_yes_back_though_the_directory_lists_the_service_no_more(office, case):
    row, secret = sent(office, case)
    Service.objects.filter(pk=row.to_service_id).update(state="draft")
    answer = {"answer": "withdrawn", "way": "voice", "to_service": str(row.to_service_id), "words": ""}
    at(office.farzona).post(f"/desk/cases/{case.code}/consents/share/", answer)
    assert read(secret)[0] == 404


def test_it_hands_no_copies_to_a_service(office, case):
    with pytest.raises(CannotRefer):
        drafted(office, case, copies=[case.pk])


# -- the envelope ------------------------------------------------------------------------------------------------------


def test_it_shows_the_envelope_and_nothing_else(office, case):
    status, text = read(sent(office, case)[1])
    shown = [word in text for word in (DISTRICT, "Within the week", GULNORA.name, STORY, NUMBER, case.code)]
    assert (status, shown) == (200, [True, True, False, False, False, False])


def test_it_leaves_no_trace_of_the_page(office, case):
    answer = Client().get(PAGE, {"k": sent(office, case)[1]})
    headers = [answer[name] for name in ("Cache-Control", "Referrer-Policy", "X-Robots-Tag")]
    title = re.search("<title>(.*?)</title>", answer.content.decode())[1]
    assert (headers, title, answer.cookies) == (["no-store", "no-referrer", "noindex"], "A letter", {})


def test_it_takes_the_number_as_it_is_read_aloud(office, case):
    _row, secret = sent(office, case)
    answer = Client().post(PAGE, {"k": f" {linking.spelled(secret).upper().replace('-', ' ')} "})
    assert DISTRICT in answer.content.decode()


def test_it_tells_who_refers_her_when_it_was_read(office, case):
    row, secret = sent(office, case)
    before = told(row, office)
    read(secret)
    assert ("Nobody has read it" in before, "The envelope was read first" in told(row, office)) == (True, True)


def test_it_shows_a_link_and_a_code_once(office, case):
    row, secret, code = accepted(office, case)
    text = told(row, office)
    assert not [each for each in (secret, linking.spelled(secret), code) if each in text]


def dead(office, case, how: str, time_machine) -> str:
    """A link that opens nothing, in one of the ways that there are."""
    if how == "unknown":
        return "2" * linking.LENGTH
    row, secret = sent(office, case)
    if how == "over":
        time_machine.move_to(NOW + dt.timedelta(days=15))
    if how == "withdrawn":
        agreed(office, case, row.to_service, "withdrawn")
    if how == "taken back":
        actions.take_back(actor=office.farzona, referral=row)
    if how == "replaced":
        links.make_link(actor=office.farzona, referral=row)
    if how == "guessed":
        guess(office, row, secret, links.MOST_WRONG)
    if how == "answered":
        post(secret, "decline", words="full")
    if how == "erased":
        Case.objects.filter(pk=case.pk).delete()
    if how == "she left us":
        agreed(office, case, None, "withdrawn", purpose="service")
    return secret


def guess(office, row: Referral, secret: str, times: int) -> None:
    post(secret, "accept")
    links.make_code(actor=office.farzona, referral=row)
    for _time in range(times):
        post(secret, "open", code=WRONG)


DEAD = ("over", "withdrawn", "taken back", "replaced", "guessed", "answered", "erased", "she left us")


def answers(secret: str) -> list[tuple[int, str]]:
    """What every act gets that the page knows."""
    found = [read(secret)]
    for do, more in (("accept", {}), ("decline", {"words": "x"}), ("seen", {"words": "x"}), ("open", {"code": WRONG})):
        answer = post(secret, do, **more)
        text = re.sub('name="(k|do|words|code)" value="[^"]*"|nonce="[^"]+"', "", answer.content.decode())
        found.append((answer.status_code, text))
    return [(status, re.sub(r"k=[\w-]+|nonce=\"[^\"]+\"", "", text)) for status, text in found]


@pytest.mark.parametrize("how", DEAD)
def test_it_answers_alike_whatever_closed_it(office, case, how, time_machine, monkeypatch):
    monkeypatch.setattr(links, "CODE_LENGTH", 7)  # no code is six noughts
    secret = dead(office, case, how, time_machine)
    found = answers(secret)
    assert (found == answers("2" * linking.LENGTH), {status for status, _text in found}) == (True, {404})


# -- the code told by voice --------------------------------------------------------------------------------------------


def test_it_opens_everything_chosen_for_the_code(office, case):
    _row, secret, code = accepted(office, case)
    text = post(secret, "open", code=f"{code[:3]} {code[3:]}").content.decode()
    assert [word in text for word in (GULNORA.name, STORY, NUMBER)] == [True, True, True]


def test_it_tells_the_number_with_its_rules(office, case):
    _row, secret, code = accepted(office, case)
    text = post(secret, "open", code=code).content.decode()
    assert ("In no other way, and at no other hour." in text, "Leave <b>no word</b>" in text) == (True, True)


def test_it_opens_nothing_that_was_not_chosen(office, case):
    _row, secret, code = accepted(office, case, chosen=("matters",))
    text = post(secret, "open", code=code).content.decode()
    assert not [word for word in (GULNORA.name, STORY, NUMBER) if word in text]


def test_it_opens_once(office, case):
    _row, secret, code = accepted(office, case)
    post(secret, "open", code=code)
    again = [post(secret, "open", code=code).content.decode(), read(secret)[1]]
    assert [(GULNORA.name in text, "opened already" in text) for text in again] == [(False, True), (False, True)]


def test_it_opens_nothing_before_they_accept(office, case):
    row, secret = sent(office, case)
    with pytest.raises(CannotRefer):
        links.make_code(actor=office.farzona, referral=row)
    assert GULNORA.name not in post(secret, "open", code=WRONG).content.decode()


def test_it_makes_no_second_code_for_what_was_opened(office, case):
    row, secret, code = accepted(office, case)
    post(secret, "open", code=code)
    with pytest.raises(CannotRefer):
        links.make_code(actor=office.farzona, referral=row)


def test_it_opens_for_the_newest_code_alone(office, case):
    row, secret, first = accepted(office, case)
    second = links.make_code(actor=office.farzona, referral=row)
    found = [GULNORA.name in post(secret, "open", code=each).content.decode() for each in (first, second)]
    assert found == [first == second, first != second]


def test_it_takes_a_code_for_a_day(office, case, time_machine):
    _row, secret, code = accepted(office, case)
    time_machine.move_to(NOW + dt.timedelta(days=1, minutes=1))
    assert GULNORA.name not in post(secret, "open", code=code).content.decode()


def test_it_dies_of_five_wrong_codes_and_says_so(office, case, monkeypatch):
    monkeypatch.setattr(links, "CODE_LENGTH", 7)
    row, secret, code = accepted(office, case)
    statuses = [post(secret, "open", code=WRONG).status_code for _time in range(links.MOST_WRONG)]
    right = post(secret, "open", code=code)
    notices = Notice.objects.filter(user=office.farzona, about=Notice.About.GUESSED).count()
    lines = JournalLine.objects.filter(verb="referral.wrong_code", record_id=str(case.pk)).count()
    assert (statuses, right.status_code, notices, lines) == ([422] * 4 + [404], 404, 1, 5)
    assert "Wrong codes were tried" in told(row, office)


def test_it_counts_wrong_codes_over_all_codes_of_a_link(office, case, monkeypatch):
    monkeypatch.setattr(links, "CODE_LENGTH", 7)
    row, secret, _code = accepted(office, case)
    for _time in range(links.MOST_WRONG - 1):
        post(secret, "open", code=WRONG)
    links.make_code(actor=office.farzona, referral=row)
    assert post(secret, "open", code=WRONG).status_code == 404


def test_it_lets_one_network_guess_little(office, case, monkeypatch):
    """Ten codes at once over all links, whatever links there are."""
    monkeypatch.setattr(links, "CODE_LENGTH", 7)
    monkeypatch.setattr(links, "MOST_WRONG", 99)
    _row, secret, code = accepted(office, case)
    statuses = [post(secret, "open", code=WRONG).status_code for _time in range(11)]
    assert (statuses, post(secret, "open", code=code).status_code) == ([422] * 10 + [429], 429)


def test_it_lets_one_network_try_few_numbers(office, case):
    client = Client()
    statuses = [client.get(PAGE, {"k": f"{number:020}"}).status_code for number in range(41)]
    assert statuses == [404] * 40 + [429]


def test_it_is_no_use_to_a_husband_who_was_sent_the_link(office, case):
    """He sees what the letter says; he may not know her name, the code goes to a number of the directory."""
    row, secret, code = accepted(office, case)
    text = at(office.farzona).post(out(row, "code/")).content.decode()
    assert (GULNORA.name in read(secret)[1], code in text, RUNG in text) == (False, False, True)


# -- her no ------------------------------------------------------------------------------------------------------------


def test_it_opens_nothing_after_her_no_between_envelope_and_code(office, case):
    row, secret, code = accepted(office, case)
    agreed(office, case, row.to_service, "withdrawn")
    assert GULNORA.name not in post(secret, "open", code=code).content.decode()


def test_it_says_after_her_no_what_was_opened_and_when(office, case):
    row, secret, code = accepted(office, case)
    post(secret, "open", code=code)
    agreed(office, case, row.to_service, "withdrawn")
    pages = told(row, office), page(office.farzona, f"/desk/cases/{case.code}/consents/")
    words = ("Everything chosen was opened", "what they know cannot be made unknown")
    assert [word in text for text in pages for word in words] == [True] * 4


def test_it_stays_open_where_her_no_could_not_be_written(office, case, monkeypatch):
    row, secret, code = accepted(office, case)

    def fall(*_given, **_named):
        raise RuntimeError("the light went out")

    monkeypatch.setattr("hamroh.cases.actions.consent.touch", fall)
    with pytest.raises(RuntimeError):
        agreed(office, case, row.to_service, "withdrawn")
    assert GULNORA.name in post(secret, "open", code=code).content.decode()


def test_it_counts_no_opening_that_could_not_be_written(office, case, monkeypatch):
    """What is opened and what is written down of it stand in one transaction: where one falls, nothing was shown."""
    row, secret, code = accepted(office, case)

    def fall(*_given, **_named):
        raise RuntimeError("the light went out")

    monkeypatch.setattr("hamroh.cases.actions.links.notices.tell_sender", fall)
    with pytest.raises(RuntimeError):
        links.open_payload(secret=secret, code=code)
    assert ReferralLink.objects.get(referral=row).opened_at is None


def test_it_closes_when_her_yes_runs_out(office, case, time_machine):
    service = a_service()
    agreed(office, case, service, until_date=TODAY + dt.timedelta(days=20))
    row = actions.draft_referral(actor=office.farzona, case=case, wanted=wanted(), to=To(service=service))
    actions.send_referral(actor=office.farzona, referral=row)
    secret = links.make_link(actor=office.farzona, referral=row)
    post(secret, "accept")
    time_machine.move_to(NOW + dt.timedelta(days=21))
    assert read(secret)[0] == 404


# -- answers -----------------------------------------------------------------------------------------------------------


def test_it_tells_why_they_decline(office, case):
    row, secret = sent(office, case)
    post(secret, "decline", words="We are full.")
    assert "We are full." in told(row, office)


def test_it_asks_why_they_decline_and_stays_open(office, case):
    _row, secret = sent(office, case)
    answer = post(secret, "decline", words=" ")
    assert (answer.status_code, read(secret)[0]) == (422, 200)


def test_it_declines_nothing_that_was_accepted(office, case):
    """Two tabs: the first answer stands."""
    row, secret, _code = accepted(office, case)
    post(secret, "decline", words="no")
    row.refresh_from_db()
    assert row.state == "accepted"


def test_it_accepts_once(office, case):
    _row, secret = sent(office, case)
    for _time in range(2):
        post(secret, "accept")
    assert JournalLine.objects.filter(verb="case.refer", facts__state="accepted", record_id=str(case.pk)).count() == 1


def test_it_tells_that_they_have_seen_her_once(office, case):
    row, secret, _code = accepted(office, case)
    first = post(secret, "seen", words="She came on Monday.")
    second = post(secret, "seen", words="Again.")
    text = told(row, office)
    assert (first.status_code, second.status_code) == (200, 404)
    assert ("She came on Monday." in text, "Again." in text) == (True, False)


def test_it_stays_open_for_a_month_after_they_accept(office, case, time_machine):
    _row, secret, _code = accepted(office, case)
    time_machine.move_to(NOW + dt.timedelta(days=30))
    on_the_last_day = read(secret)[0]
    time_machine.move_to(NOW + dt.timedelta(days=31))
    assert (on_the_last_day, read(secret)[0]) == (200, 404)


def test_it_writes_down_what_they_said_by_telephone(office, case):
    row, _secret = sent(office, case)
    at(office.farzona).post(out(row, "answer/"), {"after": "accepted", "words": "They rang."})
    assert "They rang." in told(row, office)


# -- what is kept ------------------------------------------------------------------------------------------------------


def test_it_keeps_no_secret_in_the_database(office, case):
    row, secret, code = accepted(office, case)
    post(secret, "open", code=WRONG)
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        kept = []
        for table in (name for name in tables if not name.startswith("search_")):
            cursor.execute(f'SELECT * FROM "{table}"')
            kept += [str(value) for line in cursor.fetchall() for value in line]
    link = ReferralLink.objects.get(referral=row)
    assert not [each for each in kept if secret in each or linking.spelled(secret) in each or each == code]
    assert (link.digest != secret, code in link.code_digest.partition("$")[0]) == (True, False)


def test_it_goes_with_its_case(office, case):
    sent(office, case)
    case.delete()
    assert not ReferralLink.objects.exists()


def test_it_writes_down_every_step_in_the_journal_of_her_case(office, case):
    _row, secret, code = accepted(office, case)
    post(secret, "open", code=code)
    verbs = set(JournalLine.objects.filter(record_id=str(case.pk)).values_list("verb", flat=True))
    assert {
        "referral.make_link",
        "referral.read_link",
        "referral.make_code",
        "referral.open_link",
        "referral.hand_over",
    } <= verbs


@pytest.mark.parametrize("part", ["link/", "code/"])
def test_it_makes_links_and_codes_for_her_workers_alone(office, case, part):
    row, _secret, _code = accepted(office, case)
    statuses = [at(who).post(out(row, part)).status_code for who in (office.farzona, office.zebo, office.nermin)]
    assert statuses == [200, 404, 404]
