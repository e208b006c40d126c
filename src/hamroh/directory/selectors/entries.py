"""Parties and services as the public and the desk see them."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import models
from django.db.models import Prefetch, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.utils import timezone

from hamroh.accounts import policy
from hamroh.accounts.models import Membership, Role
from hamroh.directory.models import (
    AdminUnit,
    Channel,
    LegalBasis,
    Location,
    Officer,
    Party,
    PartyName,
    PartyRelation,
    Phone,
    Service,
    ServiceArea,
)
from hamroh.directory.models.entries import Visibility
from hamroh.kernel.text import fold, sort_key
from hamroh.thesaurus.models import Concept
from hamroh.thesaurus.selectors import Name, names

Entry = TypeVar("Entry", Party, Service)


def in_order(rows: QuerySet[Entry], lang: str) -> QuerySet[Entry]:
    """By name, in the alphabet of a language; keys are plain ASCII, so both databases sort alike."""
    return rows.order_by(KeyTextTransform(lang, "sort_keys"), "code")


def public_party(*, actor: Any, code: str) -> Party | None:  # noqa: ARG001 - the same for everybody
    """The public entry with this code."""
    return Party.objects.public(timezone.localdate()).filter(code=code).first()


def public_parties(
    *,
    actor: Any,  # noqa: ARG001
    kind: str = "",
    place: AdminUnit | None = None,
    subject: str = "",
    letter: str = "",
    text: str = "",
    focal_points: bool = False,
    lang: str = "en",
) -> QuerySet[Party]:
    """Public parties in the order of a language's alphabet; every filter narrows."""
    rows = Party.objects.public(timezone.localdate())
    if kind:
        rows = rows.filter(kind=kind)
    if place:
        rows = rows.filter(Q(seat__ancestry__ancestor=place) | Q(seat=None, country=place))
    if subject:
        rows = rows.filter(_about(Party.subjects.through, "party", subject))
    if letter:
        rows = rows.filter(**{f"initials__{lang}": letter})
    if focal_points:
        rows = rows.filter(gender_focal_point=True)
    for word in fold(text).split():
        rows = rows.filter(folded_names__contains=word)
    return in_order(rows.select_related("seat", "country"), lang)


def public_service(*, actor: Any, code: str) -> Service | None:  # noqa: ARG001
    """The public service with this code, with everything its page shows."""
    return shown_services().filter(code=code).first()


def services_of(*, actor: Any, party: Party, lang: str = "en") -> list[Service]:  # noqa: ARG001
    """The public services of a party with everything a card shows."""
    return list(in_order(shown_services().filter(party=party), lang))


def shown_services() -> QuerySet[Service]:
    """Public services with all that a page shows of them, in a fixed number of queries."""
    at = Prefetch("at_locations__location", Location.objects.select_related("unit__parent").prefetch_related("phones"))
    return (
        Service.objects.public(timezone.localdate())
        .select_related("party__seat", "party__country", "secret_place__ask")
        .prefetch_related(
            "kinds__labels", "areas__unit", "phones", "party__phones", "schedules__unit", "capacities", at
        )
    )


@dataclass(frozen=True)
class PartyPage:
    """A public entry with everything its page shows, read in a fixed number of queries."""

    party: Party
    subjects: list[tuple[str, Name]]
    names: list[PartyName]
    legal_bases: list[LegalBasis]
    officers: list[Officer]
    relations: list[PartyRelation]
    relations_from: list[PartyRelation]
    locations: list[Location]
    phones: list[Phone]
    channels: list[Channel]
    services: list[Service]


def party_page(*, actor: Any, code: str, lang: str = "en") -> PartyPage | None:
    """The page of a public entry: only what may be told, or None where no public entry has the code."""
    today = timezone.localdate()
    rows = Party.objects.public(today).select_related("seat__parent", "country", "verified_by")
    party = rows.filter(code=code).first()
    if party is None:
        return None
    shown = Party.objects.public(today)
    return PartyPage(
        party=party,
        subjects=_named(party.subjects.all(), lang),
        names=list(party.name_rows.order_by("pk")),
        legal_bases=list(party.legal_bases.order_by("issued", "pk")),
        officers=list(party.officers.public(today).order_by("-since", "pk")),
        relations=list(party.relations.filter(target__in=shown).select_related("target").order_by("kind", "pk")),
        relations_from=list(
            party.relations_from.filter(source__in=shown).select_related("source").order_by("kind", "pk")
        ),
        locations=list(party.locations.select_related("unit__parent").prefetch_related("phones").order_by("pk")),
        phones=list(party.phones.filter(service=None, location=None).order_by("pk")),
        channels=list(party.channels.order_by("kind", "pk")),
        services=services_of(actor=actor, party=party, lang=lang),
    )


def _named(concepts: QuerySet[Concept], lang: str) -> list[tuple[str, Name]]:
    """Concepts as (key, name) in the order of the language's alphabet."""
    keys = dict(concepts.values_list("pk", "key"))
    called = [(keys[pk], name) for pk, name in names(keys, lang).items()]
    return sorted(called, key=lambda pair: sort_key(pair[1].text, lang))


def reachable_by_phone(service: Service) -> bool:
    """Whether anybody can ring for it: at its own number, at its party's or at one of its places."""
    at = Q(location=None) | Q(location__at_services__service=service)
    return Phone.objects.filter(Q(service=service) | Q(party=service.party_id, service=None) & at).exists()


def editable(rows: QuerySet[Entry], actor: Any) -> QuerySet[Entry]:
    """Entries that the actor may edit: of the own organisation, and those that nobody keeps."""
    policy.require(actor, "directory.see_unpublished")
    return rows.filter(Q(maintainer=None) | Q(maintainer__in=_own_organisations(actor)))


def entries_for_desk(
    *,
    actor: Any,
    of: type[Entry],
    text: str = "",
    state: str = "",
    kind: str = "",
    place: AdminUnit | None = None,
    overdue: bool = False,
    mine: bool = False,
    lang: str = "en",
) -> QuerySet[Entry]:
    """Entries an editor sees: all the own and unkept ones, and what others show to everyone or the network."""
    policy.require(actor, "directory.see_unpublished")
    own = Q(maintainer=None) | Q(maintainer__in=_own_organisations(actor))
    shown = Q(state="listed", visibility__in=(Visibility.PUBLIC, Visibility.NETWORK))
    rows: QuerySet[Any] = of._default_manager.filter(own if mine else own | shown)  # noqa: SLF001
    if state:
        rows = rows.filter(state=state)
    if kind:
        rows = rows.filter(Q(kind=kind) if of is Party else _about(Service.kinds.through, "service", kind))
    if place:
        rows = rows.filter(_in(of, place))
    if overdue:
        rows = rows.filter(is_overdue(timezone.localdate()))
    for word in fold(text).split():
        rows = rows.filter(folded_names__contains=word)
    return in_order(rows.select_related("maintainer"), lang)


def _about(links: type[models.Model], of: str, key: str) -> Q:
    """Entries tied to a concept or to anything narrower."""
    return Q(pk__in=links._default_manager.filter(concept__ancestry__ancestor__key=key).values(of))  # noqa: SLF001


def _in(of: type[Any], place: AdminUnit) -> Q:
    """Parties seated in a place, services for a place within it."""
    if of is Party:
        return Q(seat__ancestry__ancestor=place)
    return Q(pk__in=ServiceArea.objects.filter(unit__ancestry__ancestor=place).values("service"))


def entry_for_desk(*, actor: Any, of: type[Entry], code: str) -> Entry:
    """The entry with this code, if the actor may edit it; Refused looks like no such entry."""
    entry = of._default_manager.select_related("maintainer").filter(code=code).first()  # noqa: SLF001
    if entry is None:
        raise policy.Refused
    policy.require(actor, "directory.edit", entry)
    return entry


def is_overdue(today: dt.date) -> Q:
    """Past its review date, or never verified; the same question as ``Entry.is_overdue``."""
    return Q(verified_date=None) | Q(next_review_date__lt=today)


def _own_organisations(actor: Any) -> models.QuerySet[Any]:
    return Membership.objects.current().filter(user=actor, role=Role.EDITOR).values("organisation")
