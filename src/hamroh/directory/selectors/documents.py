"""What the public index is told about parties and services: nothing that is not public."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.utils import timezone

from hamroh.directory.models import AdminUnit, Party, Service, UnitAncestor
from hamroh.directory.models.entries import Entry
from hamroh.directory.models.parties import CONSENT_KINDS, ListingConsent
from hamroh.search.documents import Document, Part, Passage
from hamroh.thesaurus.models import Concept, ConceptAncestor, Label, LabelKind
from hamroh.web.batches import in_batches

PARTY, SERVICE = "party", "service"
#: what is missing when a check lies long back, or never happened
_FRESH, _STALE, _NEVER = 1.0, 0.6, 0.3


def search_documents(codes: Iterable[str] | None = None) -> Iterator[Document]:
    """Documents of public parties and services: all, or those with these codes."""
    today = timezone.localdate()
    parties, services = Party.objects.public(today), Service.objects.public(today)
    if codes is not None:
        wanted = list(codes)
        parties, services = parties.filter(code__in=wanted), services.filter(code__in=wanted)
    yield from party_documents(parties, today)
    yield from service_documents(services, today)


def party_documents(parties: QuerySet[Party], today: dt.date) -> Iterator[Document]:
    rows = (
        parties.annotate(last_date=_last_date("pk", today))
        .select_related("seat", "country")
        .prefetch_related("name_rows", _labelled("subjects"), *_ancestries("seat", "country"), "phones")
    )
    for party in in_batches(rows):
        subjects = list(party.subjects.all())
        facets = {
            "room": ["directory"],
            "kind": [party.kind],
            "subject": _concepts_above(subjects),
            "place": _units_above(unit for unit in (party.seat, party.country) if unit),
            "speaks": sorted({lang for phone in party.phones.all() for lang in phone.languages}),
        }
        passages = [
            *_texts(Part.TITLE, party.names),
            *(Passage(Part.NAME, row.lang, row.text) for row in party.name_rows.all()),
            *_subject_passages(subjects),
            *_place_passages([party.seat or party.country]),
            *_texts(Part.BODY, party.description),
            *_texts(Part.BODY, party.mandate),
        ]
        yield Document(
            kind=PARTY,
            record_id=party.code,
            address=f"/{{lang}}/directory/{party.code}/",
            titles=party.names,
            passages=list(dict.fromkeys(passages)),
            summaries=party.description or party.mandate,
            facets=facets,
            quality=freshness(party, today),
            last_date=party.last_date if party.kind in CONSENT_KINDS else None,
        )


def service_documents(services: QuerySet[Service], today: dt.date) -> Iterator[Document]:
    rows = (
        services.annotate(last_date=_last_date("party", today))
        .select_related("party")
        .prefetch_related("party__name_rows", _labelled("kinds"), *_ancestries("areas__unit"), "areas", "phones")
    )
    for service in in_batches(rows):
        kinds = list(service.kinds.all())
        facets = {
            "room": ["directory"],
            "kind": [SERVICE],
            "subject": _concepts_above(kinds),
            "place": _units_above(area.unit for area in service.areas.all()),
            "speaks": sorted(service.languages),
        }
        passages = [
            *_texts(Part.TITLE, service.names),
            *_texts(Part.NAME, service.party.names),
            *(Passage(Part.NAME, row.lang, row.text) for row in service.party.name_rows.all()),
            *_subject_passages(kinds),
            *_place_passages(area.unit for area in service.areas.all()),
            *_texts(Part.BODY, service.description),
            *_texts(Part.BODY, service.eligibility),
        ]
        yield Document(
            kind=SERVICE,
            record_id=service.code,
            address=f"/{{lang}}/directory/s/{service.code}/",
            titles=service.names,
            passages=list(dict.fromkeys(passages)),
            summaries=service.description,
            facets=facets,
            quality=freshness(service, today),
            last_date=service.last_date if service.party.kind in CONSENT_KINDS else None,
        )


def _last_date(party: str, today: dt.date) -> Subquery:
    """The last day of the consents that hold today."""
    consents = ListingConsent.objects.current(today).filter(party=OuterRef(party)).order_by("-expires_date")
    return Subquery(consents.values("expires_date")[:1])


def freshness(entry: Entry, today: dt.date) -> float:
    """How far an entry may be trusted today, from 0 to 1."""
    if entry.verified_date is None:
        return _NEVER
    return _STALE if entry.is_overdue(today) else _FRESH


def _texts(part: Part, texts: Mapping[str, str]) -> Iterator[Passage]:
    return (Passage(part, lang, text) for lang, text in texts.items())


def _subject_passages(concepts: Iterable[Concept]) -> Iterator[Passage]:
    return (Passage(Part.SUBJECT, label.lang, label.text) for concept in concepts for label in concept.labels.all())


def _place_passages(units: Iterable[AdminUnit | None]) -> Iterator[Passage]:
    """What its places and those around them are called today; the nearest weighs more."""
    for unit in units:
        for row in unit.ancestry.all() if unit else ():
            part = Part.SUBJECT if row.distance == 0 else Part.BODY
            yield from _texts(part, row.ancestor.names)


def _concepts_above(concepts: Iterable[Concept]) -> list[str]:
    """Keys of the concepts and of everything broader."""
    own = {concept.key for concept in concepts}
    return sorted(own | {row.ancestor.key for concept in concepts for row in concept.ancestry.all()})


def _units_above(units: Iterable[AdminUnit]) -> list[str]:
    """Keys of the places and of everything they lie in."""
    return sorted({row.ancestor.key for unit in units for row in unit.ancestry.all()})


def _labelled(field: str) -> Prefetch[Any, Any, Any]:
    ancestry = Prefetch("ancestry", ConceptAncestor.objects.select_related("ancestor"))
    labels = Prefetch("labels", Label.objects.exclude(kind=LabelKind.HIDDEN))  # these are found by, never shown
    return Prefetch(field, Concept.objects.prefetch_related(labels, ancestry))


def _ancestries(*fields: str) -> list[Prefetch[Any, Any, Any]]:
    above = UnitAncestor.objects.select_related("ancestor")
    return [Prefetch(f"{field}__ancestry", above) for field in fields]
