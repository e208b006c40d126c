"""What pages, imports and the demonstration say about a record: one typed value for every door.

A value holds everything that can be typed about a record, so that saving it makes the record equal to it. Units and concepts are
named by their keys, entries of the directory by key or code, other records by their code.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from hamroh.library.models import ActStatus, ContributorRole

Texts = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class ContributorFacts:
    """Somebody who made the record, in the order in which they are named on it; ``party`` is her entry in the directory."""

    names: Texts
    role: str = ContributorRole.AUTHOR
    is_body: bool = False
    party: str = ""


@dataclass(frozen=True, kw_only=True)
class SubjectFacts:
    """``concept`` is a key or the full address of a concept; ``suggested`` says that the machine found it and somebody took it."""

    concept: str
    is_main: bool = False
    suggested: bool = False


@dataclass(frozen=True, kw_only=True)
class LinkFacts:
    """``target`` is the code of another record, or a word of it by which exactly one is meant."""

    kind: str
    target: str


@dataclass(frozen=True, kw_only=True)
class ArticleFacts:
    """An article of an act; what it says is in our own words."""

    number: str
    titles: Texts = field(default_factory=dict)
    says: Texts = field(default_factory=dict)
    certainty: str = "C"
    id: str = ""


@dataclass(frozen=True, kw_only=True)
class BoundFacts:
    """A country that is bound by an international document."""

    country: str
    signed: str = ""
    bound: str = ""
    how: str = ""
    reservations: Texts = field(default_factory=dict)
    certainty: str = "C"


@dataclass(frozen=True, kw_only=True)
class ActFacts:
    """The legal side: dates may be partial; ``law`` is what the rule packs call it."""

    country: str = ""
    number: str = ""
    adopted: str = ""
    signed: str = ""
    in_force: str = ""
    repealed: str = ""
    status: str = ActStatus.NOT_KNOWN
    status_date: str = ""
    certainty: str = "C"
    official_url: str = ""
    law: str = ""
    articles: tuple[ArticleFacts, ...] = ()
    parties: tuple[BoundFacts, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RecordFacts:
    """Everything typed about a record. ``details`` has the keys that its kind has (``DETAILS``); ``source`` has title, locator, certainty.

    ``act`` is None for kinds that are no law; a law without it gets an empty one.
    """

    kind: str
    titles: Texts
    abstracts: Texts = field(default_factory=dict)
    languages: tuple[str, ...] = ()
    date: str = ""
    part_of: str = ""
    place: str = ""
    publisher: str = ""
    publisher_text: str = ""
    details: Texts = field(default_factory=dict)
    licence: str = ""
    rights: Texts = field(default_factory=dict)
    source: Texts = field(default_factory=dict)
    units: tuple[str, ...] = ()
    contributors: tuple[ContributorFacts, ...] = ()
    subjects: tuple[SubjectFacts, ...] = ()
    links: tuple[LinkFacts, ...] = ()
    act: ActFacts | None = None
