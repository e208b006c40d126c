"""The small objects of HSDS: phones, addresses, schedules, languages, attributes and their like."""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import get_global
from django.utils.translation import gettext
from django.utils.translation import override as speaking

from hamroh.directory.models import AdminUnit, Capacity, Location, Phone, Schedule, ServiceArea
from hamroh.directory.models.services import Confidentiality
from hamroh.thesaurus.models import Concept, Label, LabelKind, Scheme
from hamroh.web.texts import pick

Object = dict[str, Any]
ICAL_KINDS = {"fax": "fax", "text": "text"}
EN = "en"


def kept(**fields: Any) -> Object:
    """The fields that say something; HSDS leaves out what is not known."""
    return {name: value for name, value in fields.items() if value not in (None, "", [], {})}


def said(texts: Any, lang: str) -> str:
    """The text in ``lang`` or its fallback."""
    return pick(texts, lang).text


def part_id(record_id: uuid.UUID, part: str) -> str:
    """A lasting id for a part that has no row of its own."""
    return str(uuid.uuid5(record_id, part))


def label(choice: Any, lang: str) -> str:
    with speaking(lang):
        return str(choice.label)


def day(date: dt.date | None) -> str | None:
    return date.isoformat() if date else None


def moment(instant: dt.datetime) -> str:
    """An instant with milliseconds, in UTC."""
    return instant.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def line_of_units(unit: AdminUnit | None) -> Iterator[AdminUnit]:
    """The unit and what it lies in, up to the country."""
    while unit is not None:
        yield unit
        unit = unit.parent


@cache
def utc_offset(territory: str, on: dt.date) -> float | None:
    """Hours from UTC where the whole country shares one time; None where it does not, or is not known."""
    zones = [zone for zone, where in get_global("zone_territories").items() if where == territory]
    noon = dt.datetime.combine(on, dt.time(12), tzinfo=dt.UTC)
    offsets = {noon.astimezone(ZoneInfo(zone)).utcoffset() for zone in zones}
    if len(offsets) != 1:
        return None
    return (offsets.pop() or dt.timedelta()).total_seconds() / 3600


def clock(time: dt.time | None, offset: float | None) -> str | None:
    """``09:00+05:00``; without an offset where the zone is not known."""
    if time is None:
        return None
    zone = dt.timezone(dt.timedelta(hours=offset)) if offset is not None else None
    return time.replace(tzinfo=zone).isoformat(timespec="minutes")


def phone(row: Phone, lang: str) -> Object:
    """A number; ``dialable`` is false and ``printed`` says where, when a source printed it and nobody checked."""
    with speaking(lang):
        hotline = str(Phone.Kind.HOTLINE.label) if row.kind == Phone.Kind.HOTLINE else ""
        unchecked = (
            gettext("Printed %(where)s, not checked: do not call") % {"where": row.printed} if row.printed else ""
        )
    owner = {"service_id": row.service_id, "location_id": row.location_id}
    links = {name: str(value) for name, value in owner.items() if value} or {"organization_id": str(row.party_id)}
    return kept(
        id=str(row.id),
        **links,
        number=row.number,
        type=ICAL_KINDS.get(row.kind, "voice"),
        description="; ".join(filter(None, (hotline, said(row.note, lang), unchecked))),
        languages=languages(row.id, row.languages, lang, phone_id=str(row.id)),
        safe_to_call=row.safe_to_call,
        dialable=row.dialable,
        printed=row.printed,
    )


def languages(owner: uuid.UUID, codes: Iterable[str], lang: str, **link: str) -> list[Object]:
    names = Locale.parse(lang).languages
    return [
        kept(id=part_id(owner, f"language:{code}"), **link, name=names.get(code, code), code=code) for code in codes
    ]


def address(location: Location, lang: str) -> list[Object]:
    """The address of a public place; nothing for every other place, whatever its record may hold."""
    lines = said(location.address, lang)
    if location.confidentiality != Confidentiality.PUBLIC or location.kind == Location.Kind.VIRTUAL or not lines:
        return []
    units = list(line_of_units(location.unit))
    return [
        {
            "id": part_id(location.id, "address"),
            "location_id": str(location.id),
            "address_1": lines,
            "city": said(units[0].names, lang) if units else "",
            "state_province": said(units[-2].names, lang) if len(units) > 1 else "",
            "postal_code": "",
            "country": units[-1].iso if units else "",
            "address_type": "postal" if location.kind == Location.Kind.POSTAL else "physical",
        }
    ]


def schedule(row: Schedule, lang: str, today: dt.date) -> Object:
    """A weekly rule, or one day of a mobile consultation (``count`` 1)."""
    units = list(line_of_units(row.unit or (row.location.unit if row.location else None)))
    offset = utc_offset(units[-1].iso if units else "", row.date or today)
    once = kept(dtstart=day(row.date), until=day(row.date), count=1) if row.date else {}
    weekly = kept(freq="WEEKLY", interval=1, byday=",".join(row.days)) if row.days else {}
    told = row.location is None or row.location.confidentiality == Confidentiality.PUBLIC
    return kept(
        id=str(row.id),
        service_id=str(row.service_id),
        location_id=str(row.location_id) if row.location_id else None,
        valid_from=day(row.date or row.valid_from),
        valid_to=day(row.date or row.valid_to),
        timezone=offset,
        **once,
        **weekly,
        opens_at=clock(row.opens_at, offset),
        closes_at=clock(row.closes_at, offset),
        description=said(units[0].names, lang) if row.unit else None,
        notes=said(row.note, lang) if told else None,
        unit=row.unit.key if row.unit else None,
    )


def service_area(row: ServiceArea, lang: str) -> Object:
    units = [said(unit.names, lang) for unit in line_of_units(row.unit)]
    return kept(
        id=str(row.id),
        service_id=str(row.service_id),
        name=units[0],
        description=", ".join(units),
        unit=row.unit.key,
    )


def capacity(row: Capacity) -> Object | None:
    """As in HSDS 3.1: what is available, when somebody said so; None where only the maximum is known."""
    if row.available is None:
        return None
    unit = {"id": part_id(row.service_id, f"unit:{row.unit}"), "name": row.unit}
    return kept(
        id=str(row.id),
        service_id=str(row.service_id),
        unit=unit,
        maximum=row.maximum,
        updated=moment(row.updated_at),
    ) | {"available": row.available}


def attribute(concept: Concept, owner: uuid.UUID, entity: str, lang: str) -> Object:
    return {
        "id": part_id(owner, f"attribute:{concept.id}"),
        "link_id": str(owner),
        "link_entity": entity,
        "taxonomy_term_id": str(concept.id),
        "taxonomy_term": taxonomy_term(concept, lang),
    }


def preferred(concept: Concept, lang: str) -> tuple[str, str]:
    """The preferred label and its language."""
    rows: list[Label] = [row for row in concept.labels.all() if row.kind == LabelKind.PREFERRED]
    found = pick({row.lang: row.text for row in rows}, lang)
    return found.text or concept.key, found.lang


def taxonomy_term(concept: Concept, lang: str) -> Object:
    """A concept; ``description`` is its definition, or its label again where it has none."""
    name, spoken = preferred(concept, lang)
    notes = {row.lang: row.text for row in concept.notes.all() if row.kind == "definition"}
    broader = next(iter(concept.relations.all()), None)
    return kept(
        id=str(concept.id),
        code=f"{concept.scheme.code}:{concept.key}",
        name=name,
        description=said(notes, lang) or name,
        parent_id=str(broader.target_id) if broader else None,
        taxonomy=said(concept.scheme.titles, lang) or concept.scheme.code,
        language=spoken,
        taxonomy_id=str(concept.scheme_id),
        term_uri=concept.uri,
    )


def taxonomy(scheme: Scheme, lang: str) -> Object:
    title = said(scheme.titles, lang) or scheme.code
    return kept(
        id=str(scheme.id),
        name=title,
        description=scheme.source or title,
        uri=scheme.uri,
        version=scheme.version,
        licence=scheme.licence,
    )
