"""What protects people: consent that ends, officers, shelters, and an address that must be nowhere."""

import datetime as dt
import logging
from dataclasses import replace
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, connection
from django.utils import timezone

from hamroh.accounts.policy import Refused
from hamroh.directory import actions, selectors
from hamroh.directory.actions import FactsRefused, LocationFacts, OfficerFacts, PartyFacts, PhoneFacts, ServiceFacts
from hamroh.directory.models import Location, Officer, Party, SecretPlace
from hamroh.directory.tasks import drop_lapsed_daily
from hamroh.search.models import Record

CANARY = "Kucha Canary 77"


def group(cast: Any, kind: str = "unregistered_group") -> Party:
    return actions.create_party(actor=cast.zarina, facts=PartyFacts(kind=kind, names={"en": "Women of the mill"}))


def consent(cast: Any, of: Any, days: int = 300) -> Any:
    today = timezone.localdate()
    return actions.record_consent(
        actor=cast.zarina,
        of=of,
        how="in person",
        text_version="2026-1",
        given_date=today,
        expires_date=today + dt.timedelta(days=days),
    )


def listed_group(cast: Any) -> tuple[Party, Any]:
    party = group(cast)
    given = consent(cast, party)
    return actions.list_entry(actor=cast.zarina, entry=party), given


def is_shown(party: Party) -> tuple[bool, bool]:
    """On the page, and in the index."""
    return (
        selectors.party_page(actor=None, code=party.code) is not None,
        Record.objects.filter(kind="party", record_id=party.code).exists(),
    )


@pytest.mark.parametrize("kind", ["unregistered_group", "poet", "teacher"])
def test_it_lists_nobody_who_did_not_choose_it(cast: Any, kind: str) -> None:
    with pytest.raises(FactsRefused):
        actions.list_entry(actor=cast.zarina, entry=group(cast, kind))


def test_it_lists_who_chose_it(cast: Any) -> None:
    assert is_shown(listed_group(cast)[0]) == (True, True)


def test_it_takes_out_at_once_who_withdraws(cast: Any) -> None:
    party, given = listed_group(cast)
    actions.withdraw_consent(actor=cast.zarina, consent=given)
    assert is_shown(party) == (False, False)


def test_it_takes_out_the_services_of_who_withdraws(cast: Any) -> None:
    party, given = listed_group(cast)
    made = actions.create_service(actor=cast.zarina, party=party, facts=ServiceFacts(names={"en": "Talking"}))
    service = actions.list_entry(actor=cast.zarina, entry=made)
    actions.withdraw_consent(actor=cast.zarina, consent=given)
    assert not Record.objects.filter(kind="service", record_id=service.code).exists()


def test_it_stops_showing_whose_consent_ran_out(cast: Any) -> None:
    party, _given = listed_group(cast)
    with time_machine.travel(timezone.now() + dt.timedelta(days=301), tick=False):
        assert selectors.party_page(actor=None, code=party.code) is None


def test_it_takes_lapsed_entries_out_of_the_index(cast: Any) -> None:
    party, _given = listed_group(cast)
    with time_machine.travel(timezone.now() + dt.timedelta(days=301), tick=False):
        actions.drop_lapsed()
        assert is_shown(party) == (False, False)


@pytest.mark.parametrize("days", [0, -1, 800])
def test_it_refuses_a_consent_without_a_near_end(cast: Any, days: int) -> None:
    party = group(cast)
    with pytest.raises(FactsRefused):
        consent(cast, party, days)


def test_it_asks_again_before_a_consent_ends(cast: Any) -> None:
    party, given = listed_group(cast)
    checked = actions.verify_entry(actor=cast.zarina, entry=party)
    assert checked.next_review_date == given.expires_date


def test_it_reminds_of_a_consent_about_to_end(cast: Any) -> None:
    party = group(cast)
    soon = consent(cast, party, days=30)
    assert list(selectors.consents_about_to_expire(actor=cast.zarina)) == [soon]


def head_of(cast: Any, bureau: Any) -> Officer:
    facts = replace(selectors.party_facts(bureau), officers=(OfficerFacts(names={"en": "Head of it"}),))
    actions.edit_party(actor=cast.zarina, party=bureau, facts=facts)
    return bureau.officers.get()


def test_it_hides_what_becomes_a_group_without_registration(cast: Any, bureau: Any, bureau_facts: Any) -> None:
    actions.edit_party(actor=cast.zarina, party=bureau, facts=replace(bureau_facts, kind="unregistered_group"))
    assert is_shown(bureau) == (False, False)


def test_it_names_no_head_of_a_private_body(cast: Any, bureau: Any) -> None:
    head_of(cast, bureau)
    assert selectors.party_page(actor=None, code=bureau.code).officers == []


def test_it_names_a_head_who_consents(cast: Any, bureau: Any) -> None:
    head = head_of(cast, bureau)
    consent(cast, head)
    assert selectors.party_page(actor=None, code=bureau.code).officers == [head]


def test_it_names_the_holder_of_a_public_office(cast: Any) -> None:
    facts = PartyFacts(
        kind="state_agency",
        names={"en": "Committee"},
        officers=(OfficerFacts(names={"en": "H. Officer"}, public_office=True),),
    )
    party = actions.list_entry(actor=cast.zarina, entry=actions.create_party(actor=cast.zarina, facts=facts))
    assert [officer.names["en"] for officer in selectors.party_page(actor=None, code=party.code).officers] == [
        "H. Officer"
    ]


def test_it_never_names_a_public_officer_of_what_became_private(cast: Any, bureau: Any) -> None:
    Officer.objects.create(party=bureau, names={"en": "Wrong"}, public_office=True)
    assert selectors.party_page(actor=None, code=bureau.code).officers == []


SHELTER = ServiceFacts(names={"en": "A safe night"}, kinds=("hm9001",), areas=("tj-kt",))


def test_it_gives_every_shelter_a_secret_place(cast: Any, bureau: Any) -> None:
    service = actions.create_service(actor=cast.zarina, party=bureau, facts=SHELTER)
    assert service.secret_place.ask.kind == "hotline"


def test_it_has_no_column_for_where_a_secret_place_is() -> None:
    assert {field.name for field in SecretPlace._meta.get_fields()} == {"id", "service", "ask"}


def test_it_links_no_shelter_to_an_address(cast: Any, bureau: Any) -> None:
    with pytest.raises(FactsRefused) as refused:
        actions.create_service(actor=cast.zarina, party=bureau, facts=replace(SHELTER, locations=("office",)))
    assert [problem.field for problem in refused.value.problems] == ["locations"]


def test_it_turns_no_service_at_an_address_into_a_shelter(cast: Any, advice: Any, advice_facts: Any) -> None:
    with pytest.raises(FactsRefused):
        actions.edit_service(actor=cast.zarina, service=advice, facts=replace(advice_facts, kinds=("hm0152",)))


def test_it_gives_no_address_to_a_place_of_a_shelter(cast: Any, bureau: Any, bureau_facts: Any) -> None:
    area = LocationFacts(unit="tj-kt-vakhsh", key="area")
    actions.edit_party(actor=cast.zarina, party=bureau, facts=replace(bureau_facts, locations=(area,)))
    actions.create_service(actor=cast.zarina, party=bureau, facts=replace(SHELTER, locations=("area",)))
    told = replace(area, confidentiality="public", address={"en": CANARY})
    with pytest.raises(FactsRefused):
        actions.edit_party(actor=cast.zarina, party=bureau, facts=replace(bureau_facts, locations=(told,)))


def test_it_lets_the_database_refuse_hidden_addresses(bureau: Any) -> None:
    with pytest.raises(IntegrityError):
        Location.objects.create(party=bureau, confidentiality="phone_first", address={"en": CANARY})


def everything_stored() -> str:
    """All rows of all tables as text; the index keeps what it was told in ``search_content``."""
    rows: list[str] = []
    with connection.cursor() as cursor:
        for table in set(connection.introspection.table_names()) - {"search_tokens"}:
            cursor.execute(f'SELECT * FROM "{table}"')
            rows += map(repr, cursor.fetchall())
    return "\n".join(rows)


def doors(cast: Any, bureau: Any, bureau_facts: Any) -> Any:
    """Every way in which an address of a hidden place may be handed to the room."""
    lines = {"en": CANARY}
    hidden = LocationFacts(confidentiality="area_only", unit="tj-kt", address=lines, directions=lines)
    public = LocationFacts(confidentiality="public", unit="tj-kt", address=lines, key="told")
    party = {"actor": cast.zarina, "party": bureau}
    yield actions.edit_party, {**party, "facts": replace(bureau_facts, locations=(hidden,))}
    yield actions.create_party, {"actor": cast.zarina, "facts": replace(bureau_facts, locations=(hidden,))}
    yield (
        actions.create_party,
        {"actor": cast.zarina, "facts": PartyFacts(kind="poet", names=lines, locations=(public,))},
    )
    odd = replace(hidden, address={}, directions={}, confidentiality=CANARY)
    yield actions.edit_party, {**party, "facts": replace(bureau_facts, locations=(odd,))}
    yield actions.create_service, {**party, "facts": replace(SHELTER, locations=(CANARY,))}
    yield actions.create_service, {**party, "facts": replace(SHELTER, phones=(PhoneFacts(number=CANARY),))}
    yield actions.create_service, {**party, "facts": replace(SHELTER, areas=(CANARY,))}
    yield actions.create_service, {**party, "facts": replace(SHELTER, operation=CANARY)}


def test_it_keeps_no_trace_of_an_address_of_a_secret_place(
    cast: Any, bureau: Any, bureau_facts: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="hamroh")
    said = []
    for call, facts in doors(cast, bureau, bureau_facts):
        with pytest.raises(FactsRefused) as refused:
            call(**facts)
        said.append(str(refused.value))
    assert [CANARY in text for text in (everything_stored(), caplog.text, *said)] == [False] * (2 + len(said))


def _consent_today(actor: Any, service: Any) -> None:
    today = timezone.localdate()
    ends = today + dt.timedelta(days=9)
    actions.record_consent(
        actor=actor, of=service.party, how="x", text_version="1", given_date=today, expires_date=ends
    )


ENTRY_ACTIONS = {
    "edit_party": lambda who, service: actions.edit_party(
        actor=who, party=service.party, facts=selectors.party_facts(service.party)
    ),
    "create_service": lambda who, service: actions.create_service(actor=who, party=service.party, facts=SHELTER),
    "edit_service": lambda who, service: actions.edit_service(
        actor=who, service=service, facts=selectors.service_facts(service)
    ),
    "unlist_party": lambda who, service: actions.unlist_entry(actor=who, entry=service.party),
    "archive_service": lambda who, service: actions.archive_entry(actor=who, entry=service),
    "verify_party": lambda who, service: actions.verify_entry(actor=who, entry=service.party),
    "verify_service": lambda who, service: actions.verify_entry(actor=who, entry=service),
    "record_consent": _consent_today,
}


@pytest.mark.parametrize("name", sorted(ENTRY_ACTIONS))
@pytest.mark.parametrize("who", ["aygun", "temur", "rustam", "nobody"])
def test_it_lets_only_editors_of_its_keeper_write(cast: Any, advice: Any, name: str, who: str) -> None:
    """Aygün edits for another organisation, Temur administers this one, Rustam holds no role."""
    from django.contrib.auth.models import AnonymousUser

    actor = AnonymousUser() if who == "nobody" else getattr(cast, who)
    with pytest.raises(Refused):
        ENTRY_ACTIONS[name](actor, advice)


@pytest.mark.parametrize("name", sorted(ENTRY_ACTIONS))
def test_it_lets_an_editor_of_its_keeper_write(cast: Any, advice: Any, name: str) -> None:
    ENTRY_ACTIONS[name](cast.zarina, advice)


def test_it_gives_nobody_an_entry_of_another_organisation(cast: Any) -> None:
    with pytest.raises(Refused):
        actions.create_party(
            actor=cast.aygun, facts=PartyFacts(kind="media", names={"en": "Paper"}), maintainer=cast.centre
        )


def test_it_lets_every_editor_keep_what_nobody_keeps(cast: Any) -> None:
    party = Party.objects.create(kind="media", names={"en": "Paper"})
    assert actions.edit_party(
        actor=cast.aygun, party=party, facts=PartyFacts(kind="media", names={"en": "News"})
    ).changed == ("names",)


@pytest.fixture
def queue(settings: Any) -> Any:
    """Tasks wait in the database, as they do outside of tests."""
    from django_tasks_db.models import DBTaskResult

    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    return DBTaskResult.objects


def test_it_looks_for_lapsed_consents_every_day(db: None, queue: Any) -> None:
    drop_lapsed_daily.call()
    waiting = queue.get()
    assert timezone.localdate(waiting.run_after) == timezone.localdate() + dt.timedelta(days=1)


def test_it_keeps_one_look_waiting_however_often_it_is_started(db: None, queue: Any) -> None:
    drop_lapsed_daily.call()
    drop_lapsed_daily.call()
    assert queue.count() == 1


def test_it_looks_again_tomorrow_where_a_look_failed(db: None, queue: Any, monkeypatch: Any) -> None:
    def fail() -> None:
        raise OSError("no room on the disk")

    monkeypatch.setattr("hamroh.directory.tasks.drop_lapsed", fail)
    with pytest.raises(OSError, match="no room"):
        drop_lapsed_daily.call()
    assert queue.count() == 1


def test_it_takes_lapsed_entries_out_by_the_daily_look(cast: Any) -> None:
    party, _given = listed_group(cast)
    with time_machine.travel(timezone.now() + dt.timedelta(days=301), tick=False):
        drop_lapsed_daily.enqueue()
        assert is_shown(party) == (False, False)
