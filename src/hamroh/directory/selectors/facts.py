"""An entry read back as the facts that would write it."""

import dataclasses
from typing import Any, TypeVar

from django.db import models
from django.db.models import Exists, OuterRef

from hamroh.directory.facts import (
    CapacityFacts,
    ChannelFacts,
    IdentifierFacts,
    LegalBasisFacts,
    LocationFacts,
    NameFacts,
    OfficerFacts,
    PartyFacts,
    PhoneFacts,
    RelationFacts,
    ScheduleFacts,
    ServiceFacts,
    SourceFacts,
)
from hamroh.directory.models import AdminUnit, Location, Party, Phone, Schedule, Service
from hamroh.thesaurus.models import Concept

Facts = TypeVar("Facts")


def party_facts(party: Party) -> PartyFacts:
    """Everything typed about a party; saving it again changes nothing."""
    return facts_of(
        PartyFacts,
        party,
        country=_key(party.country),
        seat=_key(party.seat),
        subjects=_concept_keys(party.subjects),
        sources=_sources(party),
        other_names=tuple(facts_of(NameFacts, row) for row in party.name_rows.order_by("pk")),
        phones=_phones(party.phones.filter(service=None, location=None)),
        channels=tuple(facts_of(ChannelFacts, row) for row in party.channels.order_by("pk")),
        locations=tuple(map(_location, party.locations.select_related("unit").order_by("pk"))),
        officers=tuple(facts_of(OfficerFacts, row, id=str(row.pk)) for row in party.officers.order_by("pk")),
        legal_bases=tuple(facts_of(LegalBasisFacts, row) for row in party.legal_bases.order_by("pk")),
        relations=tuple(
            facts_of(RelationFacts, row, target=row.target.key or row.target.code)
            for row in party.relations.select_related("target").order_by("pk")
        ),
        identifiers=tuple(facts_of(IdentifierFacts, row) for row in party.identifiers.order_by("pk")),
    )


def service_facts(service: Service) -> ServiceFacts:
    """Everything typed about a service; saving it again changes nothing."""
    places = service.at_locations.select_related("location").order_by("pk")
    return facts_of(
        ServiceFacts,
        service,
        kinds=_concept_keys(service.kinds),
        sources=_sources(service),
        documents=tuple(service.documents),
        areas=tuple(service.areas.order_by("pk").values_list("unit__key", flat=True)),
        locations=tuple(_name(row.location) for row in places),
        schedules=tuple(map(_schedule, service.schedules.select_related("unit", "location").order_by("pk"))),
        phones=_phones(service.phones.all()),
        capacities=tuple(facts_of(CapacityFacts, row, id=str(row.pk)) for row in service.capacities.order_by("pk")),
        secret=hasattr(service, "secret_place"),
    )


def changed_fields(before: Any, after: Any) -> tuple[str, ...]:
    """Names of the facts that differ."""
    names = [field.name for field in dataclasses.fields(before)]
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))


def facts_of(kind: type[Facts], row: models.Model, **given: Any) -> Facts:
    """The facts of a row: its fields by name, lists as tuples, with ``given`` instead where it has something else."""
    names = [field.name for field in dataclasses.fields(kind) if field.name not in given]  # type: ignore[arg-type]
    values = {name: getattr(row, name) for name in names if name != "id"}
    return kind(**{name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}, **given)


def _phones(rows: models.QuerySet[Phone]) -> tuple[PhoneFacts, ...]:
    return tuple(facts_of(PhoneFacts, row, id=str(row.pk)) for row in rows.order_by("pk"))


def _location(row: Location) -> LocationFacts:
    return facts_of(
        LocationFacts, row, unit=_key(row.unit), key=row.key or "", id=str(row.pk), phones=_phones(row.phones.all())
    )


def _schedule(row: Schedule) -> ScheduleFacts:
    where = _name(row.location) if row.location else ""
    return facts_of(ScheduleFacts, row, id=str(row.pk), unit=_key(row.unit), location=where)


def _sources(entry: Party | Service) -> tuple[SourceFacts, ...]:
    return tuple(SourceFacts(**source) for source in entry.sources)


def _concept_keys(concepts: Any) -> tuple[str, ...]:
    """Keys; the whole address of a concept whose key another vocabulary has too."""
    twins = Concept.objects.in_use().filter(key=OuterRef("key")).exclude(pk=OuterRef("pk"))
    rows = concepts.annotate(shared=Exists(twins)).order_by("key", "uri")
    return tuple(row.uri if row.shared else row.key for row in rows)


def _name(location: Location) -> str:
    return location.key or str(location.pk)


def _key(unit: AdminUnit | None) -> str:
    return unit.key if unit else ""
