"""Creating and editing parties."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.directory import phones, rules
from hamroh.directory.actions.check import Check, joined, plain_fields, save_rows
from hamroh.directory.actions.entries import lock, name_key, new_keeper, order_names, refuse_stale
from hamroh.directory.actions.indexing import index_parties
from hamroh.directory.facts import PartyFacts, PhoneFacts
from hamroh.directory.models import (
    AdminUnit,
    Channel,
    LegalBasis,
    Location,
    Officer,
    Party,
    PartyIdentifier,
    PartyName,
    PartyRelation,
    Phone,
    Service,
)
from hamroh.directory.selectors.facts import changed_fields, party_facts
from hamroh.vault import journal


class Edited(NamedTuple):
    """An entry after an edit, and the names of the facts that changed; none when nothing did."""

    entry: Any
    changed: tuple[str, ...]


@transaction.atomic
def create_party(*, actor: Any, facts: PartyFacts, key: str = "", maintainer: Organisation | None = None) -> Party:
    """A new draft, kept by ``maintainer`` or else by the organisation the actor edits for; raises FactsRefused."""
    party = Party(kind=facts.kind, maintainer=new_keeper(actor, maintainer))
    policy.require(actor, "directory.edit", party)
    check = Check()
    name_key(check, party, key)
    _write(check, party, facts)
    journal.record(actor=actor, verb="directory.create_party", about=party, facts={"kind": party.kind})
    return party


@transaction.atomic
def edit_party(*, actor: Any, party: Party, facts: PartyFacts, seen: dt.datetime | None = None) -> Edited:
    """Make the party equal to ``facts``; raises FactsRefused, or EditedMeanwhile if it changed after ``seen``."""
    party = lock(party)
    policy.require(actor, "directory.edit", party)
    refuse_stale(party, seen)
    before = party_facts(party)
    check = Check()
    with transaction.atomic():
        _write(check, party, facts)
        changed = changed_fields(before, party_facts(party))
        if not changed:
            transaction.set_rollback(True)
    if not changed:
        return Edited(Party.objects.get(pk=party.pk), ())
    journal.record(actor=actor, verb="directory.edit_party", about=party, facts={"changed": list(changed)})
    index_parties([party])
    return Edited(party, changed)


def _write(check: Check, party: Party, facts: PartyFacts) -> None:
    for name, value in plain_fields(Party, facts).items():
        setattr(party, name, value)
    party.seat = check.unit("seat", facts.seat)
    party.country = check.unit("country", facts.country) or country_of(party.seat)
    subjects = check.concepts("subjects", facts.subjects)
    check.problems += rules.problems_of_party(facts)
    order_names(party, (name.text for name in facts.other_names))
    check.checked("", party)
    rows = _Rows.read(check, party, facts)
    check.finish()
    party.save()
    party.subjects.set(subjects)
    rows.save(party)


@dataclass(frozen=True)
class _Rows:
    """The checked rows of a party, before they are stored."""

    names: list[PartyName]
    channels: list[Channel]
    officers: list[Officer]
    legal_bases: list[LegalBasis]
    relations: list[PartyRelation]
    identifiers: list[PartyIdentifier]
    phones: list[Phone]
    locations: list[tuple[Location, list[Phone]]]

    @classmethod
    def read(cls, check: Check, party: Party, facts: PartyFacts) -> "_Rows":
        return cls(
            names=[
                check.row(f"other_names.{n}", PartyName, row, party=party) for n, row in enumerate(facts.other_names)
            ],
            channels=[check.row(f"channels.{n}", Channel, row, party=party) for n, row in enumerate(facts.channels)],
            officers=[check.row(f"officers.{n}", Officer, row, party=party) for n, row in enumerate(facts.officers)],
            legal_bases=[
                check.row(f"legal_bases.{n}", LegalBasis, row, party=party) for n, row in enumerate(facts.legal_bases)
            ],
            relations=_relations(check, party, facts),
            identifiers=_identifiers(check, party, facts),
            phones=phone_rows(check, "phones", facts.phones, party),
            locations=_locations(check, party, facts),
        )

    def save(self, party: Party) -> None:
        save_rows(party.name_rows.all(), self.names, lambda row: (row.kind, row.lang, row.text))
        save_rows(party.channels.all(), self.channels, lambda row: (row.kind, row.value))
        save_rows(party.officers.all(), self.officers, lambda row: row.names)
        save_rows(party.legal_bases.all(), self.legal_bases, lambda row: (row.kind, row.number, row.titles))
        save_rows(party.relations.all(), self.relations, lambda row: (row.kind, row.target_id, row.since))
        save_rows(party.identifiers.all(), self.identifiers, lambda row: (row.scheme, row.value))
        save_rows(party.locations.all(), [row for row, _phones in self.locations], _same_location)
        for location, numbers in self.locations:
            for phone in numbers:
                phone.location = location
        numbers = self.phones + [phone for _row, each in self.locations for phone in each]
        save_rows(party.phones.filter(service=None), numbers, lambda row: (row.number, row.location_id))


def _same_location(row: Location) -> Any:
    return row.key or (row.kind, row.unit_id, row.names, row.address)


def _relations(check: Check, party: Party, facts: PartyFacts) -> list[PartyRelation]:
    rows = {}
    for place, relation in enumerate(facts.relations):
        field = f"relations.{place}"
        target = check.party(f"{field}.target", relation.target)
        row = check.row(field, PartyRelation, relation, source=party, target=target)
        if target == party:
            check.refuse(f"{field}.target", _("An entry stands in relation to another one, not to itself."))
        rows[row.kind, row.target_id, row.since] = row
    return list(rows.values())


def _identifiers(check: Check, party: Party, facts: PartyFacts) -> list[PartyIdentifier]:
    rows = {}
    for place, identifier in enumerate(facts.identifiers):
        row = check.row(f"identifiers.{place}", PartyIdentifier, identifier, party=party)
        taken = PartyIdentifier.objects.filter(scheme=row.scheme, value=row.value).exclude(party=party)
        if taken.exists():
            check.refuse(f"identifiers.{place}.value", _("Another entry has this identifier."))
        rows[row.scheme, row.value] = row
    return list(rows.values())


def _locations(check: Check, party: Party, facts: PartyFacts) -> list[tuple[Location, list[Phone]]]:
    rows = []
    for place, location in enumerate(facts.locations):
        field = f"locations.{place}"
        unit = check.unit(f"{field}.unit", location.unit)
        row = check.row(field, Location, location, party=party, unit=unit, key=location.key.strip() or None)
        rows.append((row, phone_rows(check, f"{field}.phones", location.phones, party)))
    _refuse_taken_keys(check, party, [row for row, _phones in rows])
    _refuse_addresses_of_shelters(check, party, [row for row, _phones in rows])
    return rows


def _refuse_taken_keys(check: Check, party: Party, rows: list[Location]) -> None:
    keys = [row.key for row in rows if row.key]
    taken = set(Location.objects.filter(key__in=keys).exclude(party=party).values_list("key", flat=True))
    for place, row in enumerate(rows):
        if row.key in taken or keys.count(row.key or "") > 1:
            check.refuse(f"locations.{place}.key", _("Another entry has this key."))


def _refuse_addresses_of_shelters(check: Check, party: Party, rows: list[Location]) -> None:
    """A place that a shelter is linked to must not gain lines afterwards."""
    linked = Location.objects.filter(party=party, at_services__service__secret_place__isnull=False)
    known = {_same for stored in linked for _same in (str(stored.pk), stored.key) if _same}
    for place, row in enumerate(rows):
        if known & {str(row.pk), row.key} and rules.tells_where(row):
            check.refuse(f"locations.{place}.address", rules.shelter_advice())


def phone_rows(
    check: Check, field: str, numbers: tuple[PhoneFacts, ...], party: Party, service: Service | None = None
) -> list[Phone]:
    """Checked rows of telephone numbers, normalised by the country of the party."""
    rows = []
    for place, facts in enumerate(numbers):
        row = check.row(joined(field, str(place)), Phone, facts, party=party, service=service)
        try:
            row.number, row.dialable = rules.dialled(facts, party.country.iso if party.country else "")
        except phones.NumberRefused:
            check.refuse(joined(field, str(place), "number"), rules.number_advice(facts))
        rows.append(row)
    return rows


def country_of(unit: AdminUnit | None) -> AdminUnit | None:
    """The country that a place lies in."""
    if unit is None:
        return None
    return AdminUnit.objects.filter(level="country", descendancy__unit=unit).first()
