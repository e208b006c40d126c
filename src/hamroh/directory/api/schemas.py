"""What the public API tells, typed; texts are objects by language."""

import datetime as dt
from typing import Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

Texts = dict[str, str]


class Named(Schema):
    key: str
    names: Texts


class Place(Named):
    """An administrative unit; ``parent`` is the key of what it lies in, ``code`` its neutral number in addresses."""

    code: int
    level: str
    parent: str | None
    iso: str
    latitude: float | None
    longitude: float | None


class Number(Schema):
    """``dialable`` is false where a source printed the number and nobody checked it: do not call."""

    number: str
    kind: str
    languages: list[str]
    safe_to_call: str
    dialable: bool
    printed: str
    note: Texts


class Where(Schema):
    """A place that may be told: ``address`` only of public ones, of others the district."""

    id: UUID
    kind: str
    confidentiality: str
    place: str | None
    names: Texts
    address: Texts
    phones: list[Number]


class Hours(Schema):
    """Every week on ``days``, or once on ``date`` in ``place``."""

    days: list[str]
    date: dt.date | None
    opens_at: dt.time | None
    closes_at: dt.time | None
    place: str | None


class Checked(Schema):
    """When a person last checked it; null where nobody has."""

    verified_on: dt.date | None = Field(alias="verified_date")
    next_review_on: dt.date | None = Field(alias="next_review_date")
    sources: list[dict[str, Any]]


class PartyShort(Checked):
    id: UUID
    code: str
    kind: str
    names: Texts
    seat: str | None


class ServiceShort(Checked):
    id: UUID
    code: str
    party: str
    names: Texts
    kinds: list[str]
    areas: list[str]
    cost: str
    languages: list[str]
    traits: list[str]
    crisis: bool
    secret_place: bool
    operation: str


class Service(ServiceShort):
    """``secret_place``: nothing of where it is kept; call its number."""

    description: Texts
    eligibility: Texts
    minimum_age: int | None
    maximum_age: int | None
    cost_note: Texts
    how_to_apply: Texts
    documents: list[Texts]
    when_calling: Texts
    do_not: Texts
    alert: Texts
    phones: list[Number]
    places: list[Where]
    hours: list[Hours]


class Party(PartyShort):
    description: Texts
    mandate: Texts
    legal_status: str
    founded: str
    subjects: list[str]
    phones: list[Number]
    places: list[Where]
    services: list[ServiceShort]


class Need(Schema):
    """What happened, in her words, and the kinds of help it leads to, best first."""

    code: int
    sentences: Texts
    headings: Texts
    crisis_first: bool
    leads_to: list[str]


class Page(Schema):
    total: int
    page: int
    pages: int


class Parties(Page):
    items: list[PartyShort]


class Services(Page):
    items: list[ServiceShort]


class Places(Page):
    items: list[Place]
