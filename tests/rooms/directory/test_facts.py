"""Writing entries from facts: one path, the rules on the way, and two people at one entry."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings

from hamroh.accounts.policy import Refused
from hamroh.directory import actions, selectors
from hamroh.directory.actions import (
    CapacityFacts,
    ChannelFacts,
    FactsRefused,
    IdentifierFacts,
    LegalBasisFacts,
    LocationFacts,
    OfficerFacts,
    PhoneFacts,
    RelationFacts,
    ScheduleFacts,
)
from hamroh.directory.models import Location, Party, Phone
from hamroh.vault.journal import history

WEEK = ScheduleFacts(days=("MO",), opens_at=dt.time(9), closes_at=dt.time(17))


def fields_refused(call: Any, **kwargs: Any) -> list[str]:
    with pytest.raises(FactsRefused) as refused:
        call(**kwargs)
    return [problem.field for problem in refused.value.problems]


def test_it_gives_a_party_back_as_it_was_said(bureau: Any, bureau_facts: Any) -> None:
    said = selectors.party_facts(bureau)
    without_ids = replace(
        said,
        country="",
        phones=tuple(replace(phone, id="") for phone in said.phones),
        locations=tuple(replace(location, id="") for location in said.locations),
    )
    hotline = replace(bureau_facts.phones[0], number="+992446000123")
    assert without_ids == replace(bureau_facts, phones=(hotline, bureau_facts.phones[1]))


def test_it_gives_a_service_back_as_it_was_said(advice: Any, advice_facts: Any) -> None:
    said = selectors.service_facts(advice)
    assert replace(said, schedules=tuple(replace(row, id="") for row in said.schedules)) == advice_facts


def test_it_writes_nothing_when_nothing_changed(cast: Any, bureau: Any) -> None:
    lines, before = history(bureau).count(), bureau.updated_at
    edited = actions.edit_party(actor=cast.zarina, party=bureau, facts=selectors.party_facts(bureau))
    assert (edited.changed, edited.entry.updated_at, history(bureau).count()) == ((), before, lines)


def test_it_writes_nothing_when_a_service_did_not_change(cast: Any, advice: Any, advice_facts: Any) -> None:
    assert actions.edit_service(actor=cast.zarina, service=advice, facts=advice_facts).changed == ()


def test_it_keeps_the_keys_of_rows_that_stay(cast: Any, bureau: Any) -> None:
    facts = selectors.party_facts(bureau)
    hotline = facts.phones[0]
    actions.edit_party(actor=cast.zarina, party=bureau, facts=replace(facts, phones=(replace(hotline, kind="voice"),)))
    assert [str(key) for key in Phone.objects.filter(party=bureau).values_list("pk", flat=True)] == [hotline.id]


def test_it_never_takes_a_row_from_another_entry(cast: Any, bureau: Any, bureau_facts: Any) -> None:
    other = actions.create_party(actor=cast.zarina, facts=replace(bureau_facts, locations=()))
    stolen = selectors.party_facts(bureau).phones[0]
    actions.edit_party(
        actor=cast.zarina, party=other, facts=replace(bureau_facts, locations=(), phones=(replace(stolen),))
    )
    assert Phone.objects.get(pk=stolen.id).party == bureau


def test_it_journals_which_facts_changed_and_never_what_they_say(cast: Any, bureau: Any) -> None:
    facts = replace(selectors.party_facts(bureau), description={"en": "Something new."})
    actions.edit_party(actor=cast.zarina, party=bureau, facts=facts)
    assert history(bureau).first().facts == {"changed": ["description"]}


def test_it_stands_in_the_alphabet_of_each_language(bureau: Any) -> None:
    assert bureau.initials == {"en": "B", "az": "B", "ru": "#", "tg": "Б"}


def test_it_tells_the_second_of_two_tabs(cast: Any, bureau: Any) -> None:
    seen, facts = bureau.updated_at, selectors.party_facts(bureau)
    actions.edit_party(actor=cast.zarina, party=bureau, facts=replace(facts, founded="1998"), seen=seen)
    with pytest.raises(actions.EditedMeanwhile) as told:
        actions.edit_party(actor=cast.zarina, party=bureau, facts=replace(facts, founded="1999"), seen=seen)
    assert told.value.entry.founded == "1998"


def test_it_tells_a_stranger_of_no_edit(cast: Any, bureau: Any) -> None:
    seen = bureau.updated_at - dt.timedelta(days=1)
    with pytest.raises(Refused):
        actions.edit_party(actor=cast.aygun, party=bureau, facts=selectors.party_facts(bureau), seen=seen)


def test_it_says_everything_wrong_at_once(cast: Any, bureau_facts: Any) -> None:
    wrong = replace(
        bureau_facts,
        names={"en": " "},
        seat="tj-nowhere",
        subjects=("hm0063", "nothing"),
        founded="long ago",
        phones=(PhoneFacts(number="12345678901234567"),),
        channels=(ChannelFacts(kind="web", value="javascript:alert(1)"), ChannelFacts(kind="pigeon", value="x")),
        relations=(RelationFacts(kind="funds", target="nobody"),),
    )
    assert sorted(fields_refused(actions.create_party, actor=cast.zarina, facts=wrong)) == [
        "channels.0.value",
        "channels.1.kind",
        "founded",
        "names",
        "names",
        "phones.0.number",
        "relations.0.target",
        "seat",
        "subjects.1",
    ]


def test_it_stores_nothing_of_what_it_refused(cast: Any, bureau_facts: Any) -> None:
    fields_refused(actions.create_party, actor=cast.zarina, facts=replace(bureau_facts, kind="castle"))
    assert not Party.objects.exists()


def test_it_keeps_every_kind_of_row(cast: Any, bureau: Any, bureau_facts: Any) -> None:
    facts = replace(
        bureau_facts,
        names={"en": "Committee on women"},
        kind="state_agency",
        locations=(),
        officers=(OfficerFacts(names={"en": "H. Officer"}, posts={"en": "Chair"}, public_office=True, since="2006"),),
        legal_bases=(LegalBasisFacts(kind="decree", titles={"en": "Decree on the committee"}, issued="2006-02-06"),),
        relations=(RelationFacts(kind="partner", target="bureau", since="2008"),),
        identifiers=(IdentifierFacts(scheme="org-id", value="TJ-1"),),
        channels=(ChannelFacts(kind="email", value="office@example.org"),),
    )
    party = actions.create_party(actor=cast.zarina, facts=facts)
    said = selectors.party_facts(party)
    assert (said.legal_bases, said.relations, said.identifiers, said.channels) == (
        facts.legal_bases,
        facts.relations,
        facts.identifiers,
        facts.channels,
    )


def test_it_refuses_an_identifier_of_another_entry(cast: Any, bureau: Any, bureau_facts: Any) -> None:
    named = (IdentifierFacts(scheme="org-id", value="TJ-1"),)
    actions.edit_party(actor=cast.zarina, party=bureau, facts=replace(bureau_facts, identifiers=named))
    twin = replace(bureau_facts, locations=(), identifiers=named)
    assert fields_refused(actions.create_party, actor=cast.zarina, facts=twin) == ["identifiers.0.value"]


def test_it_refuses_the_key_of_another_entry(cast: Any, bureau: Any, bureau_facts: Any) -> None:
    twin = replace(bureau_facts, locations=())
    assert fields_refused(actions.create_party, actor=cast.zarina, facts=twin, key="bureau") == ["key"]


def test_it_refuses_a_relation_to_itself(cast: Any, bureau: Any, bureau_facts: Any) -> None:
    own = replace(bureau_facts, relations=(RelationFacts(kind="funds", target="bureau"),))
    assert fields_refused(actions.edit_party, actor=cast.zarina, party=bureau, facts=own) == ["relations.0.target"]


def test_it_reads_a_number_by_the_country_of_the_party(cast: Any, bureau_facts: Any) -> None:
    local = replace(bureau_facts, phones=(PhoneFacts(number="44 600 01 23"),))
    party = actions.create_party(actor=cast.zarina, facts=local)
    assert list(party.phones.values_list("number", "dialable")) == [("+992446000123", True)]


def test_it_dials_a_short_code_as_it_is(cast: Any, bureau_facts: Any) -> None:
    party = actions.create_party(actor=cast.zarina, facts=replace(bureau_facts, phones=(PhoneFacts(number="13 13"),)))
    assert list(party.phones.values_list("number", "dialable")) == [("1313", True)]


def test_it_never_dials_a_printed_number(bureau: Any) -> None:
    assert list(bureau.phones.filter(printed="2008").values_list("number", "dialable")) == [("2-31-45", False)]


def test_it_never_dials_an_invented_number(cast: Any, bureau_facts: Any) -> None:
    invented = replace(bureau_facts, phones=(PhoneFacts(number="+992 000 12", invented=True),))
    party = actions.create_party(actor=cast.zarina, facts=invented)
    assert list(party.phones.values_list("number", "dialable")) == [("+992 000 12", False)]


def test_it_refuses_an_invented_number_that_somebody_may_have(cast: Any, bureau_facts: Any) -> None:
    real = replace(bureau_facts, phones=(PhoneFacts(number="+992 44 600 01 23", invented=True),))
    assert fields_refused(actions.create_party, actor=cast.zarina, facts=real) == ["phones.0.number"]


def test_it_refuses_invented_numbers_outside_a_demonstration(
    cast: Any, bureau_facts: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "IS_DEMO", False)
    invented = replace(bureau_facts, phones=(PhoneFacts(number="+992 000 12", invented=True),))
    assert fields_refused(actions.create_party, actor=cast.zarina, facts=invented) == ["phones.0.number"]


@pytest.mark.parametrize("level", ["area_only", "phone_first"])
def test_it_keeps_no_address_of_a_place_that_is_not_public(cast: Any, bureau_facts: Any, level: str) -> None:
    hidden = replace(bureau_facts, locations=(replace(bureau_facts.locations[0], confidentiality=level),))
    assert fields_refused(actions.create_party, actor=cast.zarina, facts=hidden) == ["locations.0.address"]


@pytest.mark.parametrize("kind", ["poet", "researcher", "rights_lawyer"])
def test_it_keeps_no_address_of_a_person(cast: Any, bureau_facts: Any, kind: str) -> None:
    person = replace(bureau_facts, kind=kind)
    assert fields_refused(actions.create_party, actor=cast.zarina, facts=person) == ["locations.0.address"]


def test_it_leaves_a_public_office_to_institutions(cast: Any, bureau_facts: Any) -> None:
    head = replace(bureau_facts, officers=(OfficerFacts(names={"en": "Head"}, public_office=True),))
    assert fields_refused(actions.create_party, actor=cast.zarina, facts=head) == ["officers.0.public_office"]


def test_it_links_a_service_only_to_places_of_its_party(cast: Any, bureau: Any, advice_facts: Any) -> None:
    elsewhere = replace(advice_facts, locations=("elsewhere",))
    refused = fields_refused(actions.create_service, actor=cast.zarina, party=bureau, facts=elsewhere)
    assert refused == ["locations.0"]


@pytest.mark.parametrize(
    ("schedule", "field"),
    [
        (ScheduleFacts(), "schedules.0.days"),
        (replace(WEEK, date=dt.date(2026, 12, 1)), "schedules.0.days"),
        (replace(WEEK, days=("MONDAY",)), "schedules.0.days"),
        (replace(WEEK, closes_at=dt.time(8)), "schedules.0.closes_at"),
    ],
)
def test_it_refuses_odd_times(cast: Any, bureau: Any, advice_facts: Any, schedule: Any, field: str) -> None:
    odd = replace(advice_facts, schedules=(schedule,))
    assert fields_refused(actions.create_service, actor=cast.zarina, party=bureau, facts=odd) == [field]


def test_it_keeps_the_one_date_of_a_mobile_consultation(cast: Any, advice: Any, advice_facts: Any) -> None:
    visit = ScheduleFacts(date=dt.date(2026, 12, 1), unit="tj-kt-vakhsh", opens_at=dt.time(10))
    actions.edit_service(actor=cast.zarina, service=advice, facts=replace(advice_facts, schedules=(visit,)))
    row = advice.schedules.get()
    assert (row.date, row.unit.key) == (dt.date(2026, 12, 1), "tj-kt-vakhsh")


def test_it_dates_a_capacity_only_when_it_changes(cast: Any, advice: Any, advice_facts: Any) -> None:
    beds = replace(advice_facts, capacities=(CapacityFacts(unit="appointment", available=3, maximum=10),))
    actions.edit_service(actor=cast.zarina, service=advice, facts=beds)
    first = advice.capacities.get().updated_at
    actions.edit_service(actor=cast.zarina, service=advice, facts=replace(beds, cost="paid"))
    assert advice.capacities.get().updated_at == first


def test_it_places_a_number_at_its_location(cast: Any, bureau_facts: Any) -> None:
    office = replace(bureau_facts.locations[0], phones=(PhoneFacts(number="1313"),))
    party = actions.create_party(actor=cast.zarina, facts=replace(bureau_facts, locations=(office,)))
    assert Phone.objects.get(location=party.locations.get()).number == "1313"


def test_it_removes_what_is_not_said_any_more(cast: Any, bureau: Any, bureau_facts: Any) -> None:
    actions.edit_party(actor=cast.zarina, party=bureau, facts=replace(bureau_facts, locations=(LocationFacts(),)))
    assert list(Location.objects.filter(party=bureau).values_list("address", flat=True)) == [{}]
