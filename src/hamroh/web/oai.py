"""What a room hands to harvesters (OAI-PMH): its public records and what it took back, in words that every format can be made of."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

Texts = Mapping[str, str]


@dataclass(frozen=True)
class Named:
    """Who had a hand in a record, as printed, per language; ``role`` is a MARC relator code (aut, edt, trl, ill, tch, isb, ivr, ive)."""

    names: Texts
    role: str = "aut"
    is_body: bool = False


@dataclass(frozen=True)
class About:
    """What a record is about: the lasting address of a concept, where there is one, and what it is called."""

    names: Texts
    uri: str = ""


@dataclass(frozen=True)
class Within:
    """What a record lies in, and where in it; ``key`` names that in the same room, ``address`` is its page with ``{lang}`` in it."""

    titles: Texts
    key: str = ""
    address: str = ""
    volume: str = ""
    number: str = ""
    pages: str = ""
    issn: str = ""


@dataclass(frozen=True)
class Description:
    """A public record as other centres see it. Nothing that is not public may be in it.

    ``kind`` is the room's own word (article, oral_history), ``dcmi_type`` one of DCMI's (Text, Sound, MovingImage, StillImage, Collection).
    ``dates`` are further ones by name (``adopted``, ``in_force``), partial as they are known; ``address`` is the page with ``{lang}`` in it;
    ``identifiers`` are printed numbers by their kind (isbn, issn, doi, number). ``languages`` are those of the thing itself.
    """

    titles: Texts
    kind: str
    address: str
    dcmi_type: str = "Text"
    names: Sequence[Named] = ()
    abstracts: Texts = field(default_factory=dict)
    subjects: Sequence[About] = ()
    places: Sequence[Texts] = ()
    publisher: Texts = field(default_factory=dict)
    place: str = ""
    date: str = ""
    dates: Mapping[str, str] = field(default_factory=dict)
    languages: Sequence[str] = ()
    media_types: Sequence[str] = ()
    extent: str = ""
    edition: str = ""
    identifiers: Mapping[str, str] = field(default_factory=dict)
    urls: Sequence[str] = ()
    part_of: Within | None = None
    rights: Texts = field(default_factory=dict)
    licence: str = ""
    notes: Sequence[Texts] = ()


@dataclass(frozen=True)
class Offered:
    """One record with its stamp; ``key`` names it in the room and never changes.

    One that was taken back has no description, but keeps its sets: who harvests by set is told of it, too.
    """

    key: str
    stamp: dt.datetime
    sets: Sequence[str] = ()
    description: Description | None = None
    is_deleted: bool = False


@dataclass(frozen=True)
class Wanted:
    """What a harvester asks a room for: stamps from ``since`` to ``until`` inclusive, one set, what comes after ``after``, at most so many.

    Records come by (stamp, key); ``after`` is that of the last one that was given. Without ``described`` only stamps, sets and what was taken back are needed.
    """

    since: dt.datetime | None = None
    until: dt.datetime | None = None
    only_set: str = ""
    after: tuple[dt.datetime, str] | None = None
    most: int = 100
    described: bool = True


@dataclass(frozen=True)
class Shelf:
    """A room's records for harvesters, named in ``settings.OAI_PRODUCERS``.

    ``room`` begins every identifier and is the set of all its records. ``offered`` answers one page with a number of queries that does
    not grow with it, ``single`` one record by its key (withdrawn ones too, None for what never was public), ``counted`` how many there are
    in all, ``sets`` what may be asked for by name, ``earliest`` the oldest stamp.
    """

    room: str
    offered: Callable[[Wanted], Sequence[Offered]]
    single: Callable[[str], Offered | None]
    counted: Callable[[Wanted], int]
    sets: Callable[[], Mapping[str, Texts]]
    earliest: Callable[[], dt.datetime | None]
