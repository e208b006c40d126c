"""What may leave: querysets of public entries with everything beneath them that may be told."""

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from hamroh.directory.models import (
    Location,
    Officer,
    Party,
    PartyRelation,
    Phone,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
)
from hamroh.thesaurus.models import BROADER_KINDS, Concept, ConceptAncestor, Relation, Status

UNIT = "unit__parent__parent__parent"


def concepts() -> QuerySet[Concept]:
    """Approved concepts with their labels, notes and broader concepts."""
    broader = Relation.objects.filter(kind__in=BROADER_KINDS, target__status=Status.APPROVED).order_by("id")
    return (
        Concept.objects.filter(status=Status.APPROVED)
        .select_related("scheme")
        .prefetch_related("labels", "notes", Prefetch("relations", queryset=broader))
        .order_by("scheme__code", "key")
    )


def locations() -> QuerySet[Location]:
    phones = Phone.objects.filter(service__isnull=True).order_by("id")
    return Location.objects.select_related(UNIT).order_by("id").prefetch_related(Prefetch("phones", queryset=phones))


def organizations(today: dt.date, *, full: bool = False, full_service: bool = False) -> QuerySet[Party]:
    """Public parties; ``full`` brings everything that hangs on them, ``full_service`` all of their services too."""
    part_of = PartyRelation.objects.filter(kind=PartyRelation.Kind.PART_OF, target__in=Party.objects.public(today))
    found = (
        Party.objects.public(today)
        .order_by("id")
        .prefetch_related(
            "name_rows", "channels", Prefetch("relations", queryset=part_of.order_by("id"), to_attr="wholes")
        )
    )
    if not (full or full_service):
        return found
    own = services(today, full=True) if full_service else Service.objects.public(today).order_by("id")
    listed = Prefetch("services", queryset=own, to_attr="public_services")
    return found.prefetch_related(*_under_organizations(today), listed)


def services(today: dt.date, *, full: bool = False) -> QuerySet[Service]:
    """Public services with their organization; ``full`` brings everything that hangs on them."""
    found = (
        Service.objects.public(today)
        .select_related("secret_place__ask")
        .order_by("id")
        .prefetch_related(Prefetch("party", queryset=organizations(today)))
    )
    return found.prefetch_related(*_under_services(today)) if full else found


def services_at_locations(today: dt.date) -> QuerySet[ServiceAtLocation]:
    """Where public services are given, except of services whose place is secret."""
    public = Service.objects.public(today).filter(secret_place__isnull=True)
    return (
        ServiceAtLocation.objects.filter(service__in=public, location__in=public_locations(today))
        .order_by("id")
        .prefetch_related(
            Prefetch("service", queryset=services(today)),
            Prefetch("location", queryset=locations()),
            Prefetch("service__schedules", queryset=Schedule.objects.select_related(UNIT, "location").order_by("id")),
        )
    )


def public_locations(today: dt.date) -> QuerySet[Location]:
    """Locations of public parties, except those where only a service with a secret place is given."""
    hidden = ServiceAtLocation.objects.filter(location=OuterRef("pk"), service__secret_place__isnull=False)
    return locations().filter(~Exists(hidden), party__in=Party.objects.public(today))


def _under_organizations(today: dt.date) -> list[Any]:
    phones = Phone.objects.filter(service__isnull=True, location__isnull=True).order_by("id")
    return [
        "identifiers",
        Prefetch("phones", queryset=phones),
        Prefetch("officers", queryset=Officer.objects.public(today).order_by("id")),
        Prefetch("locations", queryset=public_locations(today)),
        Prefetch("subjects", queryset=concepts()),
    ]


def _under_services(today: dt.date) -> list[Any]:
    places = ServiceAtLocation.objects.filter(location__in=public_locations(today)).order_by("id")
    return [
        "capacities",
        Prefetch("phones", queryset=Phone.objects.order_by("id")),
        Prefetch("schedules", queryset=Schedule.objects.select_related(UNIT, f"location__{UNIT}").order_by("id")),
        Prefetch("areas", queryset=ServiceArea.objects.select_related(UNIT).order_by("id")),
        Prefetch("at_locations", queryset=places.prefetch_related(Prefetch("location", queryset=locations()))),
        Prefetch("kinds", queryset=concepts()),
    ]


def used_concepts(today: dt.date) -> QuerySet[Concept]:
    """The approved concepts that public entries carry, and every broader one."""
    carried = ConceptAncestor.objects.filter(
        Q(concept__in=Service.kinds.through.objects.filter(service__in=Service.objects.public(today)).values("concept"))
        | Q(concept__in=Party.subjects.through.objects.filter(party__in=Party.objects.public(today)).values("concept"))
    )
    return concepts().filter(pk__in=carried.values("ancestor"))
