"""What a room hands to the one public index, and how a record is named there."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Part(StrEnum):
    """Where in a record a text stands; ranking weighs them in this order."""

    TITLE = "title"
    NAME = "name"
    SUBJECT = "subject"
    BODY = "body"


@dataclass(frozen=True)
class Passage:
    """One text of a record in one language."""

    part: Part
    lang: str
    text: str


@dataclass(frozen=True)
class Document:
    """A public record as the index sees it.

    ``kind`` and ``record_id`` name it; ``address`` is its page with ``{lang}`` in it; ``facets`` are values by name
    (concept keys, unit keys, kinds) that already hold every ancestor to roll up to; ``quality`` from 0 to 1 is what
    both databases cut and break ties by; after ``last_date`` no search finds it any more. Nothing that is not public may be in it.
    """

    kind: str
    record_id: str
    address: str
    titles: Mapping[str, str]
    passages: Sequence[Passage]
    summaries: Mapping[str, str] = field(default_factory=dict)
    facets: Mapping[str, Sequence[str]] = field(default_factory=dict)
    quality: float = 0.5
    last_date: dt.date | None = None
