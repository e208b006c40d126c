"""The public directory in the browser's place: what its pages show, in four languages, and what they never show."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from hamroh.directory import actions, selectors
from hamroh.directory.actions import (
    ChannelFacts,
    LegalBasisFacts,
    LocationFacts,
    OfficerFacts,
    PartyFacts,
    PhoneFacts,
    RelationFacts,
)
from hamroh.directory.models import Report

LANGUAGES = ("en", "az", "ru", "tg")


def html(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


@pytest.fixture
def committee(cast: Any, units: Any) -> Any:
    facts = PartyFacts(
        kind="state_agency",
        names={"en": "State Committee on women", "az": "Qadınlar üzrə Dövlət Komitəsi"},
        country="az",
        mandate={"en": "Sees to equality."},
        gender_focal_point=True,
        legal_bases=(LegalBasisFacts(kind="decree", titles={"en": "Decree on the committee"}, issued="2006-02-06"),),
        officers=(OfficerFacts(names={"en": "H. Officer"}, posts={"en": "Chair"}, public_office=True, as_of="2006"),),
    )
    return actions.list_entry(actor=cast.zarina, entry=actions.create_party(actor=cast.zarina, facts=facts))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_opens_every_page_in_every_language(client: Client, advice: Any, committee: Any, lang: str) -> None:
    pages = (
        "",
        "list/",
        "institutions/",
        "thanks/",
        f"s/{advice.code}/",
        f"{committee.code}/",
        "?q=legal",
        "?kind=service",
    )
    for page in pages:
        assert f'lang="{lang}"' in html(client, f"/{lang}/directory/{page}")


def test_it_says_that_nothing_is_listed_yet(client: Client, db: None) -> None:
    assert "Nothing is listed yet" in html(client, "/en/directory/")


def test_it_counts_what_stands_on_each_shelf(client: Client, committee: Any) -> None:
    page = html(client, "/en/directory/")
    assert "?kind=state_agency" in page
    assert "?focal=1" in page


def test_it_leads_by_the_letters_of_the_language(client: Client, bureau: Any) -> None:
    assert "letter=%D0%91" in html(client, "/tg/directory/")


def test_it_lists_under_a_letter(client: Client, bureau: Any) -> None:
    assert "Бюрои ҳуқуқ" in html(client, "/tg/directory/list/?letter=Б")
    assert "Бюрои ҳуқуқ" not in html(client, "/tg/directory/list/?letter=Ҷ")


def test_it_knows_no_kind_that_is_not_there(client: Client, db: None) -> None:
    assert client.get("/en/directory/list/?kind=castle").status_code == 404


def test_it_forgets_a_letter_of_another_alphabet(client: Client, bureau: Any) -> None:
    assert "Bureau of rights" in html(client, "/en/directory/list/?letter=Ҷ")


def test_it_finds_by_words_of_another_language(client: Client, advice: Any) -> None:
    assert advice.code in html(client, "/en/directory/?q=машварати+ҳуқуқӣ")


def test_it_finds_by_several_words(client: Client, advice: Any) -> None:
    assert advice.code in html(client, "/en/directory/?q=legal+advice+bureau")


@pytest.mark.parametrize(
    ("asked", "found"),
    [("place=tj-kt", True), ("place=az", False), ("subject=hm0063", True), ("speaks=tg", True), ("speaks=az", False)],
)
def test_it_narrows_what_it_finds(client: Client, advice: Any, asked: str, found: bool) -> None:
    assert (advice.code in html(client, f"/en/directory/?q=legal&{asked}")) is found


def test_it_offers_what_would_narrow_in_words(client: Client, advice: Any) -> None:
    page = html(client, "/en/directory/?q=legal")
    assert [words in page for words in ("Khatlon region (", "legal aid (", "Registered organisation (")] == [True] * 3


def test_it_shows_no_hit_that_may_no_longer_be_shown(client: Client, cast: Any) -> None:
    made = actions.create_party(
        actor=cast.zarina, facts=PartyFacts(kind="unregistered_group", names={"en": "Women of the mill"})
    )
    today = timezone.localdate()
    given = actions.record_consent(
        actor=cast.zarina,
        of=made,
        how="in person",
        text_version="1",
        given_date=today,
        expires_date=today + dt.timedelta(days=9),
    )
    actions.list_entry(actor=cast.zarina, entry=made)
    before = "Women of the" in html(client, "/en/directory/?q=mill")
    type(given).objects.update(withdrawn_date=today)  # as if the index had not heard of it
    assert (before, made.code in html(client, "/en/directory/?q=mill")) == (True, False)


def test_it_shows_what_an_entry_is(client: Client, bureau: Any) -> None:
    page = html(client, f"/en/directory/{bureau.code}/")
    for words in ("Bureau of rights", "Бюрои ҳуқуқ", "Perspektiva", "Lawyers for families.", "12 Vahdat St", "Bokhtar"):
        assert words in page


def test_it_prints_a_printed_number_as_plain_text(client: Client, bureau: Any) -> None:
    page = html(client, f"/en/directory/{bureau.code}/")
    assert "printed 2008, not verified" in page
    assert "tel:2-31-45" not in page


def test_it_dials_a_checked_number(client: Client, bureau: Any) -> None:
    assert 'href="tel:+992446000123"' in html(client, f"/en/directory/{bureau.code}/")


def test_it_links_no_printed_channel(client: Client, cast: Any, bureau: Any, bureau_facts: Any) -> None:
    printed = (ChannelFacts(kind="web", value="www.example.org", printed="2008"),)
    actions.edit_party(actor=cast.zarina, party=bureau, facts=replace(bureau_facts, channels=printed))
    assert 'href="www.example.org' not in html(client, f"/en/directory/{bureau.code}/")


def test_it_says_when_somebody_checked(client: Client, cast: Any, bureau: Any) -> None:
    never = "Nobody has checked this yet" in html(client, f"/en/directory/{bureau.code}/")
    actions.verify_entry(actor=cast.zarina, entry=bureau)
    assert (never, "Nobody has checked this yet" in html(client, f"/en/directory/{bureau.code}/")) == (True, False)


def test_it_names_sources(client: Client, bureau: Any) -> None:
    assert "A newsletter, page 3 (2011)" in html(client, f"/en/directory/{bureau.code}/")


def test_it_shows_the_act_and_the_officers_of_institutions(client: Client, committee: Any) -> None:
    page = html(client, "/en/directory/institutions/")
    for words in ("State Committee on women", "Decree on the committee", "H. Officer", "Chair", "Sees to equality."):
        assert words in page


def test_it_tells_relations_from_both_ends(client: Client, cast: Any, bureau: Any, committee: Any) -> None:
    facts = replace(selectors.party_facts(bureau), relations=(RelationFacts(kind="part_of", target=committee.code),))
    actions.edit_party(actor=cast.zarina, party=bureau, facts=facts)
    assert "Part of" in html(client, f"/en/directory/{bureau.code}/")
    assert "Parts" in html(client, f"/en/directory/{committee.code}/")


def test_it_tells_only_the_district_of_a_place_that_is_not_public(
    client: Client, cast: Any, bureau: Any, bureau_facts: Any
) -> None:
    hidden = LocationFacts(confidentiality="phone_first", unit="tj-kt-vakhsh", names={"en": "House by the mill"})
    actions.edit_party(actor=cast.zarina, party=bureau, facts=replace(bureau_facts, locations=(hidden,)))
    page = html(client, f"/en/directory/{bureau.code}/")
    assert ("Vakhsh" in page, "House by the mill" in page) == (True, False)


def test_it_shows_nobody_s_draft(client: Client, cast: Any, bureau_facts: Any) -> None:
    draft = actions.create_party(actor=cast.zarina, facts=bureau_facts)
    client.force_login(cast.zarina)
    assert client.get(f"/en/directory/{draft.code}/").status_code == 404


def test_it_shows_the_way_out_on_services_only(client: Client, advice: Any) -> None:
    shown = [
        "exit.js" in html(client, f"/en/directory/{page}")
        for page in ("", f"{advice.party.code}/", f"s/{advice.code}/")
    ]
    assert shown == [False, False, True]


def test_it_takes_a_report_without_a_cookie(advice: Any) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(f"/en/directory/s/{advice.code}/wrong/", {"reason": "moved"})
    assert (answer.status_code, answer["Location"], Report.objects.get().service) == (
        303,
        "/en/directory/thanks/",
        advice,
    )
    assert not answer.cookies


def test_it_takes_a_report_about_a_party(client: Client, bureau: Any) -> None:
    client.post(f"/tg/directory/{bureau.code}/wrong/", {"reason": "closed"})
    assert Report.objects.get().party == bureau


def test_it_asks_again_for_an_empty_report(client: Client, advice: Any) -> None:
    answer = client.post(f"/en/directory/s/{advice.code}/wrong/", {"reason": "words of her own"})
    assert (answer.status_code, Report.objects.exists()) == (422, False)


def test_it_takes_no_report_about_what_nobody_sees(client: Client, cast: Any, bureau: Any) -> None:
    actions.unlist_entry(actor=cast.zarina, entry=bureau)
    assert client.post(f"/en/directory/{bureau.code}/wrong/", {"reason": "closed"}).status_code == 404


def test_it_reads_an_entry_page_in_few_queries(client: Client, advice: Any, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(30):
        html(client, f"/tg/directory/{advice.party.code}/")


def test_it_escapes_what_was_typed(client: Client, cast: Any, units: Any) -> None:
    odd = PartyFacts(kind="media", names={"en": "<script>alert(1)</script>"}, phones=(PhoneFacts(number="1313"),))
    party = actions.list_entry(actor=cast.zarina, entry=actions.create_party(actor=cast.zarina, facts=odd))
    pages = [html(client, f"/en/directory/{page}") for page in (f"{party.code}/", "list/", "?q=alert")]
    assert [page.count("<script>alert") for page in pages] == [0, 0, 0]
