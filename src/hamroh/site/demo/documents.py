"""Entries that the founding documents name: listed, never verified, their telephones as printed."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db import transaction

from hamroh.accounts.models import User
from hamroh.directory import actions
from hamroh.directory.actions import (
    ChannelFacts,
    LegalBasisFacts,
    LocationFacts,
    NameFacts,
    OfficerFacts,
    PartyFacts,
    PhoneFacts,
    RelationFacts,
    ServiceFacts,
    SourceFacts,
)
from hamroh.directory.models import Party, Service
from hamroh.directory.models.parties import CONSENT_KINDS
from hamroh.kernel import datafiles

Record = dict[str, Any]


def load_documents(editors: dict[str, User], tick: Callable[[], None]) -> None:
    """Bring the documents' parties and services in as drafts and list those that may be listed."""
    officers = list(_records("officers.yml"))
    for record in in_order(list(_records("parties.yml"))):
        party = _load_party(record, officers, editor_of(editors, record.get("country")))
        _list(party, editor_of(editors, record.get("country")), wanted=record.get("listed", True))
        tick()
    for record in _records("services.yml"):
        _load_service(record, editors)
        tick()


def in_order(records: list[Record]) -> Iterator[Record]:
    """Parents before their parts, otherwise as in the file."""
    waiting, seen = records, set[str]()
    while waiting:
        ready = [record for record in waiting if record.get("part_of") in (None, *seen)]
        yield from ready
        seen |= {record["key"] for record in ready}
        left = [record for record in waiting if record["key"] not in seen]
        if len(left) == len(waiting):
            raise ValueError(f"parts without a whole: {[record['key'] for record in left]}")
        waiting = left


def editor_of(editors: dict[str, User], country: str | None) -> User:
    return editors["az"] if country == "az" else editors["tj"]


def _load_party(record: Record, officers: list[Record], editor: User) -> Party:
    with transaction.atomic():
        stored = Party.objects.filter(key=record["key"]).first()
        return stored or actions.create_party(actor=editor, facts=_party_facts(record, officers), key=record["key"])


def _party_facts(record: Record, officers: list[Record]) -> PartyFacts:
    return PartyFacts(
        kind=record["kind"],
        names=record["names"],
        other_names=tuple(NameFacts(text=text, kind="printed") for text in record.get("printed_names", ())),
        description=record.get("description", {}),
        gender_focal_point=record.get("gender_focal_point", False),
        founded=record.get("founded", ""),
        closed=record.get("closed", ""),
        country=record.get("country", ""),
        seat=record.get("seat", ""),
        sources=_sources(record),
        phones=tuple(_phone(row) for row in record.get("phones", ())),
        channels=tuple(ChannelFacts(**row) for row in record.get("channels", ())),
        locations=_locations(record),
        officers=tuple(_officer(row) for row in officers if row["party"] == record["key"]),
        legal_bases=_legal_bases(record),
        relations=(RelationFacts(kind="part_of", target=record["part_of"]),) if record.get("part_of") else (),
    )


def _phone(row: Record) -> PhoneFacts:
    return PhoneFacts(number=row["number"], kind=row.get("kind", "voice"), printed=row["printed"])


def _officer(row: Record) -> OfficerFacts:
    return OfficerFacts(
        names=row["names"], posts=row["posts"], public_office=True, as_of=row["as_of"], citation=row["source"]
    )


def _locations(record: Record) -> tuple[LocationFacts, ...]:
    if "address" not in record:
        return ()
    line, printed = record["address"]["line"], record["address"]["printed"]
    return (
        LocationFacts(
            confidentiality="public",
            unit=str(record.get("seat") or record.get("country") or ""),
            address={"en": line},
            printed=printed,
        ),
    )


def _legal_bases(record: Record) -> tuple[LegalBasisFacts, ...]:
    return tuple(LegalBasisFacts(**row) for row in record.get("legal_bases", ()))


def _sources(record: Record) -> tuple[SourceFacts, ...]:
    return tuple(SourceFacts(**row) for row in record["sources"])


def _load_service(record: Record, editors: dict[str, User]) -> None:
    if Service.objects.filter(key=record["key"]).exists():
        return
    party = Party.objects.select_related("country").get(key=record["party"])
    editor = editor_of(editors, party.country.key if party.country else None)
    facts = ServiceFacts(
        names=record["names"],
        kinds=tuple(record["kinds"]),
        eligibility=record.get("eligibility", {}),
        cost=record.get("cost", "not_stated"),
        traits=tuple(record.get("traits", ())),
        areas=tuple(record.get("areas", ())),
        sources=_sources(record),
        secret=record.get("secret_place", False),
    )
    service = actions.create_service(actor=editor, party=party, facts=facts, key=record["key"])
    _list(service, editor, wanted=party.state == "listed")


def _list(entry: Any, editor: User, *, wanted: bool) -> None:
    """List a draft; groups without registration stay drafts, since nobody asked them."""
    unasked = isinstance(entry, Party) and entry.kind in CONSENT_KINDS
    if wanted and not unasked and entry.state == "draft":
        actions.list_entry(actor=editor, entry=entry)


def _records(name: str) -> Iterator[Record]:
    yield from datafiles.document(f"demo/{name}")["records"]
