"""What the public and the desk read: only what they may, in order, without a query a row; and the index."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hamroh.accounts.policy import Refused
from hamroh.directory import actions, selectors
from hamroh.directory.actions import PartyFacts, RelationFacts, ServiceFacts
from hamroh.directory.models import Party, Service
from hamroh.search.models import Record


def listed(cast: Any, names: dict[str, str], kind: str = "media", **facts: Any) -> Party:
    party = actions.create_party(actor=cast.zarina, facts=PartyFacts(kind=kind, names=names, **facts))
    return actions.list_entry(actor=cast.zarina, entry=party)


def page_queries(code: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        page = selectors.party_page(actor=None, code=code, lang="tg")
        assert page is not None
        for service in page.services:
            _read(service)
    return len(captured)


def _read(service: Service) -> None:
    """Touch all that a card shows."""
    [label.text for kind in service.kinds.all() for label in kind.labels.all()]
    [area.unit.names for area in service.areas.all()]
    [(at.location.unit.parent.names, list(at.location.phones.all())) for at in service.at_locations.all()]
    [phone.number for phone in (*service.phones.all(), *service.party.phones.all())]
    [schedule.unit and schedule.unit.names for schedule in service.schedules.all()]
    list(service.capacities.all())


def test_it_reads_a_page_in_as_many_queries_for_one_service_as_for_many(
    cast: Any, advice: Any, advice_facts: Any
) -> None:
    one = page_queries(advice.party.code)
    for number in range(4):
        more = replace(advice_facts, names={"en": f"Service {number}"})
        service = actions.create_service(actor=cast.zarina, party=advice.party, facts=more)
        actions.list_entry(actor=cast.zarina, entry=service)
    assert page_queries(advice.party.code) == one


def test_it_shows_no_draft(cast: Any, bureau_facts: Any) -> None:
    draft = actions.create_party(actor=cast.zarina, facts=bureau_facts)
    assert selectors.public_party(actor=cast.zarina, code=draft.code) is None


@pytest.mark.parametrize("visibility", ["network", "organisation", "team"])
def test_it_shows_nothing_that_is_not_for_everyone(cast: Any, bureau: Any, bureau_facts: Any, visibility: str) -> None:
    actions.edit_party(actor=cast.zarina, party=bureau, facts=replace(bureau_facts, visibility=visibility))
    assert selectors.public_party(actor=None, code=bureau.code) is None


def test_it_shows_no_service_of_a_party_that_is_not_shown(cast: Any, advice: Any) -> None:
    actions.unlist_entry(actor=cast.zarina, entry=advice.party)
    assert selectors.public_service(actor=None, code=advice.code) is None


def test_it_shows_no_relation_to_a_party_that_is_not_shown(cast: Any, bureau: Any, bureau_facts: Any) -> None:
    hidden = actions.create_party(actor=cast.zarina, facts=PartyFacts(kind="funder", names={"en": "Hidden"}))
    related = replace(bureau_facts, relations=(RelationFacts(kind="partner", target=hidden.code),))
    actions.edit_party(actor=cast.zarina, party=bureau, facts=related)
    assert selectors.party_page(actor=None, code=bureau.code).relations == []


def test_it_lists_in_the_order_of_the_alphabet(cast: Any, units: Any) -> None:
    for name in ("Ҷавонон", "Яқин", "Чароғ", "Ғамхорӣ", "Гулистон"):
        listed(cast, {"tg": name})
    names = [party.names["tg"] for party in selectors.public_parties(actor=None, lang="tg")]
    assert names == ["Гулистон", "Ғамхорӣ", "Чароғ", "Ҷавонон", "Яқин"]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"kind": "registered_ngo"}, True),
        ({"kind": "media"}, False),
        ({"letter": "Б", "lang": "tg"}, True),
        ({"letter": "Ҳ", "lang": "tg"}, False),
        ({"subject": "hm0063"}, True),
        ({"subject": "hm0064"}, False),
        ({"text": "HUQUQ бюрои"}, False),
        ({"text": "БЮРОИ ҳуқуқ"}, True),
        ({"text": "perspektiva"}, True),
        ({"focal_points": True}, False),
    ],
)
def test_it_narrows_the_list(bureau: Any, filters: dict[str, Any], found: bool) -> None:
    assert bool(selectors.public_parties(actor=None, **filters)) is found


@pytest.mark.parametrize(("key", "found"), [("tj", True), ("tj-kt", True), ("tj-kt-vakhsh", False), ("az", False)])
def test_it_narrows_by_place_with_all_that_lies_in_it(
    bureau: Any, units: dict[str, Any], key: str, found: bool
) -> None:
    assert bool(selectors.public_parties(actor=None, place=units[key])) is found


def test_it_indexes_what_is_listed(advice: Any) -> None:
    assert set(Record.objects.values_list("kind", "record_id")) == {
        ("party", advice.party.code),
        ("service", advice.code),
    }


def test_it_takes_out_of_the_index_what_is_unlisted(cast: Any, advice: Any) -> None:
    actions.unlist_entry(actor=cast.zarina, entry=advice.party)
    assert not Record.objects.exists()


def test_it_hands_subjects_and_places_with_all_above_them_to_the_index(advice: Any) -> None:
    document = next(each for each in selectors.search_documents([advice.code]))
    assert document.facets == {
        "room": ["directory"],
        "kind": ["service"],
        "subject": ["hm0063", "hm0064"],
        "place": ["tj", "tj-kt"],
        "speaks": ["ru", "tg"],
    }


def test_it_hands_the_index_every_name(bureau: Any) -> None:
    document = next(each for each in selectors.search_documents([bureau.code]))
    assert {"Bureau of rights", "Бюрои ҳуқуқ", "Perspektiva", "legal aid", "кӯмаки ҳуқуқӣ"} <= {
        passage.text for passage in document.passages
    }


def test_it_hands_the_index_what_its_places_are_called(bureau: Any) -> None:
    document = next(each for each in selectors.search_documents([bureau.code]))
    assert {"Bokhtar", "Бохтар", "Khatlon region"} <= {passage.text for passage in document.passages}


def test_it_trusts_what_was_checked_more(cast: Any, advice: Any) -> None:
    before = next(selectors.search_documents([advice.code])).quality
    actions.verify_entry(actor=cast.zarina, entry=advice)
    assert next(selectors.search_documents([advice.code])).quality > before


def test_it_hands_documents_over_in_few_queries(
    cast: Any, advice: Any, advice_facts: Any, django_assert_num_queries: Any
) -> None:
    with CaptureQueriesContext(connection) as one:
        list(selectors.search_documents())
    for number in range(3):
        facts = replace(advice_facts, names={"en": f"Service {number}"})
        service = actions.create_service(actor=cast.zarina, party=advice.party, facts=facts)
        actions.list_entry(actor=cast.zarina, entry=service)
    with django_assert_num_queries(len(one)):
        list(selectors.search_documents())


def test_it_shows_an_editor_the_own_drafts(cast: Any, bureau_facts: Any) -> None:
    draft = actions.create_party(actor=cast.zarina, facts=bureau_facts)
    assert list(selectors.entries_for_desk(actor=cast.zarina, of=Party)) == [draft]


def test_it_shows_an_editor_no_draft_of_others(cast: Any, bureau_facts: Any) -> None:
    actions.create_party(actor=cast.zarina, facts=bureau_facts)
    assert list(selectors.entries_for_desk(actor=cast.aygun, of=Party)) == []


def test_it_shows_an_editor_what_others_list(cast: Any, advice: Any) -> None:
    assert list(selectors.entries_for_desk(actor=cast.aygun, of=Service)) == [advice]


@pytest.mark.parametrize(
    "filters",
    [
        {"text": "ҳуқуқ"},
        {"state": "listed"},
        {"kind": "hm0063"},
        {"overdue": True},
        {"mine": True},
        {"of": Party, "kind": "registered_ngo"},
    ],
)
def test_it_filters_for_the_desk(cast: Any, advice: Any, filters: dict[str, Any]) -> None:
    asked = {"of": Service, **filters}
    assert len(selectors.entries_for_desk(actor=cast.zarina, **asked)) == 1


@pytest.mark.parametrize("who", ["temur", "rustam"])
def test_it_shows_the_desk_to_editors_only(cast: Any, who: str) -> None:
    with pytest.raises(Refused):
        selectors.entries_for_desk(actor=getattr(cast, who), of=Party)


def test_it_opens_no_entry_of_others_for_editing(cast: Any, bureau: Any) -> None:
    with pytest.raises(Refused):
        selectors.entry_for_desk(actor=cast.aygun, of=Party, code=bureau.code)


def test_it_says_the_same_of_no_entry_and_no_right(cast: Any) -> None:
    with pytest.raises(Refused):
        selectors.entry_for_desk(actor=cast.zarina, of=Party, code="nosuch00")


def test_it_leaves_a_defunct_service_out(cast: Any, advice: Any) -> None:
    gone = replace(selectors.service_facts(advice), operation="defunct")
    actions.edit_service(actor=cast.zarina, service=advice, facts=gone)
    assert not Record.objects.filter(kind="service").exists()


def test_it_keeps_a_service_in_no_place_named_by_nobody(cast: Any, bureau: Any) -> None:
    bare = actions.create_service(actor=cast.zarina, party=bureau, facts=ServiceFacts(names={"en": "Anything"}))
    assert selectors.service_facts(bare) == ServiceFacts(names={"en": "Anything"})
