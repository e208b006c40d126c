"""What pages, imports and the demo say about a party or a service: one typed value for every door.

A value holds everything that can be typed about an entry, so that saving it makes the entry equal to it. Units,
concepts and other parties are named by their keys. ``id`` of a row is its own key once it is stored.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from hamroh.directory.models.entries import Visibility
from hamroh.directory.models.parties import LegalStatus, PartyName
from hamroh.directory.models.services import Confidentiality, Cost, Location, Operation, Phone

Texts = Mapping[str, str]


@dataclass(frozen=True)
class Problem:
    """What is wrong with one field and what to do; ``field`` is a path such as ``phones.0.number``. Never the value."""

    field: str
    message: str


class FactsRefused(ValueError):
    """The facts break a rule; ``problems`` says which, field by field, without repeating what was typed."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{problem.field}: {problem.message}" for problem in self.problems))


@dataclass(frozen=True, kw_only=True)
class SourceFacts:
    title: str
    locator: str = ""
    as_of: str = ""


@dataclass(frozen=True, kw_only=True)
class NameFacts:
    text: str
    lang: str = ""
    kind: str = PartyName.Kind.OTHER
    since: str = ""
    until: str = ""


@dataclass(frozen=True, kw_only=True)
class PhoneFacts:
    """A number that may be dialled, unless ``printed`` or ``invented``.

    ``printed`` names the source of a number that nobody has checked: it is kept as printed there. ``invented`` marks
    one of a demonstration, which must reach nobody.
    """

    number: str
    kind: str = Phone.Kind.VOICE
    languages: tuple[str, ...] = ()
    safe_to_call: str = Phone.Safe.UNKNOWN
    note: Texts = field(default_factory=dict)
    printed: str = ""
    invented: bool = False
    id: str = ""


@dataclass(frozen=True, kw_only=True)
class ChannelFacts:
    kind: str
    value: str
    printed: str = ""


@dataclass(frozen=True, kw_only=True)
class LocationFacts:
    """``key`` is the keeper's lasting name of the place; ``address`` and ``directions`` only where it is public."""

    kind: str = Location.Kind.PHYSICAL
    confidentiality: str = Confidentiality.AREA_ONLY
    unit: str = ""
    names: Texts = field(default_factory=dict)
    address: Texts = field(default_factory=dict)
    directions: Texts = field(default_factory=dict)
    accessibility: Texts = field(default_factory=dict)
    printed: str = ""
    phones: tuple[PhoneFacts, ...] = ()
    key: str = ""
    id: str = ""


@dataclass(frozen=True, kw_only=True)
class OfficerFacts:
    names: Texts
    posts: Texts = field(default_factory=dict)
    public_office: bool = False
    since: str = ""
    until: str = ""
    as_of: str = ""
    citation: str = ""
    id: str = ""


@dataclass(frozen=True, kw_only=True)
class LegalBasisFacts:
    kind: str
    titles: Texts
    number: str = ""
    issued: str = ""
    citation: str = ""


@dataclass(frozen=True, kw_only=True)
class RelationFacts:
    """``target`` is the key or the code of the other party."""

    kind: str
    target: str
    since: str = ""
    until: str = ""
    citation: str = ""


@dataclass(frozen=True, kw_only=True)
class IdentifierFacts:
    scheme: str
    value: str


@dataclass(frozen=True, kw_only=True)
class PartyFacts:
    """Everything typed about a party. ``registration`` has ``number``, ``date`` and ``authority``."""

    kind: str
    names: Texts
    other_names: tuple[NameFacts, ...] = ()
    description: Texts = field(default_factory=dict)
    mandate: Texts = field(default_factory=dict)
    gender_focal_point: bool = False
    legal_status: str = LegalStatus.NOT_STATED
    registration: Texts = field(default_factory=dict)
    founded: str = ""
    closed: str = ""
    country: str = ""
    seat: str = ""
    subjects: tuple[str, ...] = ()
    visibility: str = Visibility.PUBLIC
    sources: tuple[SourceFacts, ...] = ()
    phones: tuple[PhoneFacts, ...] = ()
    channels: tuple[ChannelFacts, ...] = ()
    locations: tuple[LocationFacts, ...] = ()
    officers: tuple[OfficerFacts, ...] = ()
    legal_bases: tuple[LegalBasisFacts, ...] = ()
    relations: tuple[RelationFacts, ...] = ()
    identifiers: tuple[IdentifierFacts, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ScheduleFacts:
    """Weekly on ``days`` (MO..SU), or once on ``date``; ``location`` is a key or id of a location of the party."""

    days: tuple[str, ...] = ()
    date: dt.date | None = None
    unit: str = ""
    location: str = ""
    opens_at: dt.time | None = None
    closes_at: dt.time | None = None
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    note: Texts = field(default_factory=dict)
    id: str = ""


@dataclass(frozen=True, kw_only=True)
class CapacityFacts:
    unit: str
    available: int | None = None
    maximum: int | None = None
    id: str = ""


@dataclass(frozen=True, kw_only=True)
class ServiceFacts:
    """Everything typed about a service.

    ``kinds`` are keys of concepts, ``areas`` of units; ``locations`` are keys or ids of locations of its party.
    ``secret`` says that it has a secret place, and there is no field for where: one asks the hotline.
    """

    names: Texts
    kinds: tuple[str, ...] = ()
    description: Texts = field(default_factory=dict)
    eligibility: Texts = field(default_factory=dict)
    minimum_age: int | None = None
    maximum_age: int | None = None
    cost: str = Cost.NOT_STATED
    cost_note: Texts = field(default_factory=dict)
    how_to_apply: Texts = field(default_factory=dict)
    documents: tuple[Texts, ...] = ()
    when_calling: Texts = field(default_factory=dict)
    do_not: Texts = field(default_factory=dict)
    alert: Texts = field(default_factory=dict)
    languages: tuple[str, ...] = ()
    traits: tuple[str, ...] = ()
    crisis: bool = False
    operation: str = Operation.ACTIVE
    visibility: str = Visibility.PUBLIC
    sources: tuple[SourceFacts, ...] = ()
    areas: tuple[str, ...] = ()
    locations: tuple[str, ...] = ()
    schedules: tuple[ScheduleFacts, ...] = ()
    phones: tuple[PhoneFacts, ...] = ()
    capacities: tuple[CapacityFacts, ...] = ()
    secret: bool = False
