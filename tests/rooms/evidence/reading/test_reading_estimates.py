"""Sets of estimates: found, shown, and decided on the desk."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from evidence_reading import page
from hamroh.evidence import actions, selectors
from hamroh.evidence.models import EstimateChoice, Observation

ADDRESS = "/desk/evidence/estimates/idps/AZE/2006/"


@pytest.fixture
def found(client: Client) -> selectors.EstimateSet:
    made = selectors.estimate_set(concept="idps", area="AZE", period="2006")
    assert made is not None
    return made


@pytest.fixture
def desk(client: Client, shelf: Any) -> Client:
    signed_in = Client()
    signed_in.force_login(shelf.people.nigina)
    return signed_in


def codes(found: selectors.EstimateSet | None) -> set[str]:
    return {each.code for each in found.figures} if found else set()


def test_it_gathers_all_who_speak_of_one_time(found: selectors.EstimateSet) -> None:
    assert codes(found) == {"aze08-6.7g", "aze08-6.7n", "aze08-T9-5-1", "desa-idps-AZE-2006-12-31"}


def test_it_sets_the_year_after_beside_it(found: selectors.EstimateSet) -> None:
    assert {each.code for each in found.near} == {"aze08-6.7o"}


def test_it_says_how_far_the_ends_lie_apart(found: selectors.EstimateSet) -> None:
    assert found.factor == Decimal(686_586) / Decimal(579_000)


def test_it_finds_the_contradictions_of_the_printed_profile(client: Client) -> None:
    sets = {(each.concept.key, each.period) for each in selectors.estimate_sets(area="AZE")}
    assert {("idps", "2006"), ("trafficking_victims", "2005"), ("migrant_stock", "2005"), ("displaced", "1994")} <= sets


def test_it_gathers_no_parts_of_a_whole(client: Client) -> None:
    """Nationalities of one table are not estimates of one thing."""
    assert [each for each in selectors.estimate_sets() if each.concept.key == "apprehended_crossing"] == []


def test_it_takes_a_figure_without_a_time_for_one_of_the_years_before(client: Client) -> None:
    undated = Observation.objects.get(code="aze08-1.2d")
    assert undated.code in codes(selectors.estimate_set(concept="labour_immigrants", area="AZE", period="2001/2008"))


def test_it_draws_and_tables_who_says_what(client: Client) -> None:
    html = page(client, "estimates/idps/AZE/2006/")
    assert "<svg" in html
    assert html.count("/en/evidence/figure/aze08-6.7n/") == 1


def test_it_says_why_figures_may_differ(client: Client) -> None:
    assert "They speak of different days or years." in page(client, "estimates/idps/AZE/2006/")


def test_it_keeps_every_choice(client: Client, found: selectors.EstimateSet, shelf: Any) -> None:
    for reason in ("It has a date.", "A second body agrees."):
        actions.prefer(
            actor=shelf.people.nigina, among=found.figures, preferred=found.figures[0], reasons={"en": reason}
        )
    html = page(client, "estimates/idps/AZE/2006/")
    assert html.index("A second body agrees.") < html.index("It has a date.")
    assert "Nigina Rahimova" in html


def test_it_shows_no_choice_of_a_figure_that_is_not_public(
    client: Client, found: selectors.EstimateSet, shelf: Any
) -> None:
    secret = Observation.objects.get(code="secret-idps")
    actions.prefer(actor=shelf.people.nigina, among=[secret, *found.figures], preferred=secret, reasons={"en": "Ours."})
    assert "Ours." not in page(client, "estimates/idps/AZE/2006/")


# -- the desk --------------------------------------------------------------------------------------------------------


def test_it_shows_an_analyst_the_figures_of_her_draft(desk: Client) -> None:
    assert "123" in desk.get(ADDRESS).content.decode().partition("secret-idps")[2]


def test_it_hides_them_from_another_organisation(client: Client, shelf: Any) -> None:
    other = Client()
    other.force_login(shelf.people.leyla)
    assert "secret-idps" not in other.get(ADDRESS).content.decode()


@pytest.mark.parametrize("who", ["kamran", "davlat"])
@pytest.mark.parametrize("address", ["/desk/evidence/estimates/", ADDRESS])
def test_it_opens_to_analysts_alone(client: Client, shelf: Any, who: str, address: str) -> None:
    other = Client()
    other.force_login(getattr(shelf.people, who))
    assert other.get(address).status_code == 404


def test_it_lists_what_nobody_decided_first(desk: Client, found: selectors.EstimateSet, shelf: Any) -> None:
    actions.prefer(actor=shelf.people.nigina, among=found.figures, preferred=None, reasons={"en": "?"})
    assert selectors.desk_estimate_sets(actor=shelf.people.nigina)[-1].concept.key == "idps"


def test_it_writes_a_choice_with_its_reason(desk: Client) -> None:
    answer = desk.post(ADDRESS, {"preferred": "aze08-T9-5-1", "reason_en": "It has a date and a printed source."})
    assert (answer.status_code, answer["Location"]) == (303, ADDRESS)
    assert EstimateChoice.objects.get().preferred.code == "aze08-T9-5-1"


def test_it_writes_that_none_can_be_preferred(desk: Client) -> None:
    desk.post(ADDRESS, {"preferred": "none", "reason_tg": "Касе намедонад."})
    assert EstimateChoice.objects.get().preferred is None


def test_it_keeps_what_was_typed_where_a_reason_lacks(desk: Client) -> None:
    answer = desk.post(ADDRESS, {"preferred": "aze08-6.7n", "reason_en": " "})
    assert answer.status_code == 422
    assert re.search(r'value="aze08-6\.7n"[^>]*checked', answer.content.decode())


def test_it_writes_a_form_that_is_sent_twice_once(desk: Client) -> None:
    sent = {"preferred": "none", "reason_en": "Nobody knows.", "form_key": "the same"}
    desk.post(ADDRESS, sent)
    desk.post(ADDRESS, sent)
    assert EstimateChoice.objects.count() == 1


def test_it_takes_no_figure_from_outside_the_set(desk: Client) -> None:
    assert desk.post(ADDRESS, {"preferred": "aze08-1.1a", "reason_en": "?"}).status_code == 422
