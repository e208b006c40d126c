"""Organizations, services, locations and services at locations as HSDS objects, in one language."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

from hamroh.directory.exchange.hsds.parts import (
    Object,
    address,
    attribute,
    capacity,
    day,
    kept,
    label,
    languages,
    line_of_units,
    moment,
    part_id,
    phone,
    said,
    schedule,
    service_area,
)
from hamroh.directory.models import Channel, Location, Officer, Party, PartyIdentifier, Service, ServiceAtLocation
from hamroh.directory.models.parties import LegalStatus
from hamroh.directory.models.services import Confidentiality, Cost

YEAR = re.compile(r"\d{4}")
#: HSDS knows no consultation that comes to a place
LOCATION_TYPES = {"physical": "physical", "mobile": "physical", "postal": "postal", "virtual": "virtual"}


def organization(party: Party, lang: str) -> Object:
    """The fields of a party that are not lists."""
    own = {channel.kind: channel.value for channel in party.channels.all() if not channel.printed}
    founded = YEAR.match(party.founded)
    name = said(party.names, lang)
    status = LegalStatus(party.legal_status)
    whole = next(iter(party.wholes), None)  # type: ignore[attr-defined] # prefetched
    return kept(
        id=str(party.id),
        name=name,
        alternate_name=_other_name(party, name),
        description=said(party.description, lang) or said(party.mandate, lang) or name,
        email=own.get("email"),
        website=own.get("web"),
        year_incorporated=int(founded[0]) if founded else None,
        legal_status=label(status, lang) if status != LegalStatus.NOT_STATED else None,
        parent_organization_id=str(whole.target_id) if whole else None,
        **_entry(party),
        kind=party.kind,
    )


def organization_full(party: Party, lang: str, *, services: Callable[[Service], Object] | None = None) -> Object:
    """A party with everything on it; of its services the names, or what ``services`` makes of each."""
    return organization(party, lang) | kept(
        phones=[phone(row, lang) for row in party.phones.all()],
        contacts=[contact(row, lang) for row in party.officers.all() if _in_office(row)],
        locations=[location(row, lang) for row in party.locations.all()],
        organization_identifiers=[identifier(row) for row in party.identifiers.all()],
        attributes=[attribute(concept, party.id, "organization", lang) for concept in party.subjects.all()],
        printed_contacts=[printed_contact(row) for row in party.channels.all() if row.printed],
        services=[services(row) if services else _named(row, lang) for row in _services(party)],
    )


def _named(row: Service, lang: str) -> Object:
    return {"id": str(row.id), "name": said(row.names, lang), "status": row.operation}


def service(row: Service, lang: str) -> Object:
    """The fields of a service that are not lists, with its organization."""
    name = said(row.names, lang)
    cost = label(Cost(row.cost), lang) if row.cost != Cost.NOT_STATED else ""
    return kept(
        id=str(row.id),
        organization_id=str(row.party_id),
        name=name,
        alternate_name=next((text for text in row.names.values() if text and text != name), None),
        description=said(row.description, lang),
        status=row.operation,
        application_process=said(row.how_to_apply, lang),
        fees_description="; ".join(filter(None, (cost, said(row.cost_note, lang)))),
        eligibility_description=said(row.eligibility, lang),
        minimum_age=row.minimum_age,
        maximum_age=row.maximum_age,
        assured_date=day(row.verified_date),
        alert=said(row.alert, lang),
        last_modified=moment(row.updated_at),
        organization=organization(row.party, lang),
        **_entry(row),
        traits=row.traits,
        when_calling=said(row.when_calling, lang),
        do_not=said(row.do_not, lang),
    ) | {"crisis": row.crisis, "secret_place": is_hidden(row)}


def service_full(row: Service, lang: str, today: dt.date) -> Object:
    """A service with everything on it; one with a secret place shows no place and no capacity at all."""
    hidden = is_hidden(row)
    places = [] if hidden else row.at_locations.all()
    schedules = [schedule(each, lang, today) for each in row.schedules.all() if not (hidden and each.location_id)]
    return service(row, lang) | kept(
        phones=phones_of(row, lang),
        schedules=schedules,
        service_areas=[service_area(area, lang) for area in row.areas.all()],
        service_at_locations=[service_at_location(place, lang) for place in places],
        languages=languages(row.id, row.languages, lang, service_id=str(row.id)),
        cost_options=_cost_options(row, lang),
        required_documents=_documents(row, lang),
        attributes=[attribute(concept, row.id, "service", lang) for concept in row.kinds.all()],
        capacities=[] if hidden else list(filter(None, map(capacity, row.capacities.all()))),
    )


def phones_of(row: Service, lang: str) -> list[Object]:
    """The service's own numbers and, where its place is secret, the number to ask."""
    own = list(row.phones.all())
    ask = row.secret_place.ask if is_hidden(row) else None
    asked = [ask] if ask and ask.id not in {each.id for each in own} else []
    return [phone(each, lang) for each in (*own, *asked)]


def is_hidden(row: Service) -> bool:
    """Has the service a secret place?"""
    return hasattr(row, "secret_place")


def location(row: Location, lang: str) -> Object:
    """A place; what could tell where a hidden one is (name, address, way, entrance) is told of public ones only."""
    public = row.confidentiality == Confidentiality.PUBLIC
    units = [said(unit.names, lang) for unit in line_of_units(row.unit)]
    told = kept(
        name=said(row.names, lang),
        transportation=said(row.directions, lang),
        addresses=address(row, lang),
        accessibility=_accessibility(row, lang),
        printed=row.printed,
    )
    return (
        kept(
            id=str(row.id),
            location_type=LOCATION_TYPES[row.kind],
            organization_id=str(row.party_id),
            name=units[0] if units else None,
            description=", ".join(units),
            phones=[phone(each, lang) for each in row.phones.all()],
            unit=row.unit.key if row.unit else None,
        )
        | (told if public else {})
        | {"confidentiality": row.confidentiality, "mobile": row.kind == Location.Kind.MOBILE}
    )


def service_at_location(row: ServiceAtLocation, lang: str) -> Object:
    public = row.location.confidentiality == Confidentiality.PUBLIC
    return kept(
        id=str(row.id),
        service_id=str(row.service_id),
        location_id=str(row.location_id),
        description=said(row.note, lang) if public else None,
        location=location(row.location, lang),
    )


def service_at_location_full(row: ServiceAtLocation, lang: str, today: dt.date) -> Object:
    """With its service and its hours at this place."""
    here = [each for each in row.service.schedules.all() if each.location_id in (None, row.location_id)]
    return service_at_location(row, lang) | {
        "service": service(row.service, lang),
        "schedules": [schedule(each, lang, today) for each in here],
    }


def contact(row: Officer, lang: str) -> Object:
    return kept(
        id=str(row.id), organization_id=str(row.party_id), name=said(row.names, lang), title=said(row.posts, lang)
    )


def identifier(row: PartyIdentifier) -> Object:
    return {
        "id": part_id(row.party_id, f"identifier:{row.scheme}:{row.value}"),
        "organization_id": str(row.party_id),
        "identifier_scheme": row.scheme,
        "identifier_type": row.scheme,
        "identifier": row.value,
    }


def printed_contact(row: Channel) -> Object:
    """An address that only a printed source gives: shown as such, never as the organization's own."""
    return {"kind": row.kind, "value": row.value, "printed": row.printed}


def _in_office(row: Officer) -> bool:
    return bool(row.names) and not row.until


def _entry(row: Party | Service) -> Object:
    return kept(
        names=row.names, verified_on=day(row.verified_date), next_review=day(row.next_review_date), sources=row.sources
    )


def _other_name(party: Party, name: str) -> str | None:
    rows = [row.text for row in party.name_rows.all() if row.kind in ("short", "other") and row.text != name]
    return next(iter(rows), None) or next((text for text in party.names.values() if text and text != name), None)


def _services(party: Party) -> list[Service]:
    return party.public_services  # type: ignore[attr-defined,no-any-return] # prefetched


def _cost_options(row: Service, lang: str) -> list[Object]:
    if row.cost == Cost.NOT_STATED:
        return []
    free: dict[str, Any] = {"amount": 0} if row.cost == Cost.FREE else {}
    told = {"id": part_id(row.id, "cost"), "service_id": str(row.id), "option": label(Cost(row.cost), lang)}
    return [told | free | kept(amount_description=said(row.cost_note, lang))]


def _documents(row: Service, lang: str) -> list[Object]:
    texts = [document if isinstance(document, str) else said(document, lang) for document in row.documents]
    return [
        {"id": part_id(row.id, f"document:{number}"), "service_id": str(row.id), "document": text}
        for number, text in enumerate(texts)
        if text
    ]


def _accessibility(row: Location, lang: str) -> list[Object]:
    text = said(row.accessibility, lang)
    if not text:
        return []
    return [{"id": part_id(row.id, "accessibility"), "location_id": str(row.id), "description": text}]
