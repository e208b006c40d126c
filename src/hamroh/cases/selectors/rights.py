"""What the pages for everybody show of her rights: the guides of the kernel in one language, and who can help, from the directory."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from hamroh.cases import lawbook
from hamroh.directory.finder_codes import Choice
from hamroh.directory.selectors import finder, finder_cards
from hamroh.kernel.law import Certainty, Rule
from hamroh.kernel.law.reasons import phrase
from hamroh.kernel.rights import STATES, Guide, Matter, Saying, matters

#: unit codes of the states, as addresses carry them
CODES = {"TJ": 1438, "AZ": 6294}
_MOST_CARDS = 3


@dataclass(frozen=True)
class Place:
    """Where she lives, as far as she said: the code that addresses carry, whose law holds there ("" where none of ours), the unit itself."""

    code: int | None = None
    state: str = ""
    near: finder.Place | None = None

    @property
    def query(self) -> str:
        return Choice(place=self.code).query()


@dataclass(frozen=True)
class State:
    """One of our states, to be chosen: its code, what it is called by language, and the end of an address that means it."""

    code: str
    names: Mapping[str, str]
    query: str


@dataclass(frozen=True)
class Source:
    """A rule beside what stands on it: as it is cited, who stated it where the text itself was not seen, the day it was to be read again,
    what it says."""

    cited: str
    stated_by: str
    late: dt.date | None
    says: str = ""


@dataclass(frozen=True)
class Point:
    """A saying in the reader's language with its sources."""

    text: str
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Told:
    """A guide in the reader's language, as it may be told on a day."""

    law: tuple[Point, ...]
    steps: tuple[Point, ...]
    limits: tuple[Point, ...]
    papers: tuple[Point, ...]
    ask: tuple[Point, ...]
    owed: Mapping[str, Point]


def place_of(code: int | None, *, actor: Any, now: dt.datetime) -> Place:
    """The place of a code: a state of ours, or a unit in one; nothing for any other code."""
    if not code:
        return Place()
    near = finder.asked(Choice(place=code), actor=actor, now=now).place
    own = {number: state for state, number in CODES.items()}.get(code, "")  # known before any place is loaded
    state = own or (near.country.iso if near else "")
    return Place(code, state, near) if state in STATES else Place()


def states(lang: str) -> list[State]:
    """Our states; that of the reader's language comes first."""
    found = [State(state, phrase(f"state/{state}"), Place(code, state).query) for state, code in CODES.items()]
    return sorted(found, key=lambda state: (state.code == "AZ") != (lang == "az"))


def all_matters() -> list[Matter]:
    """Every matter by the packs alone, in the order of its number: for its title."""
    return list(matters().values())


def matter_of(number: int, on: dt.date) -> Matter | None:
    """A matter on the rules as they read on a day."""
    return matters(lawbook.book(on)).get(number)


def guide_of(matter: Matter, state: str, on: dt.date) -> Guide:
    """What may be told of a matter to everybody on a day."""
    return matter.guides[state].on(on)


def told(guide: Guide, lang: str, on: dt.date) -> Told:
    """A guide in words."""

    def points(sayings: Iterable[Saying]) -> tuple[Point, ...]:
        return tuple(point(saying, lang, on) for saying in sayings)

    return Told(
        law=points(guide.law),
        steps=points(guide.steps),
        limits=points(guide.limits),
        papers=points(guide.papers),
        ask=points(guide.ask),
        owed={about: point(saying, lang, on) for about, saying in guide.owed.items()},
    )


def point(saying: Saying, lang: str, on: dt.date) -> Point:
    return Point(saying.said(lang), tuple(_source(rule, lang, on) for rule in saying.rules))


def _source(rule: Rule, lang: str, on: dt.date) -> Source:
    stated = rule.source.title if rule.certainty is Certainty.B and rule.source else ""
    numbered = not rule.article or any(letter.isdigit() for letter in rule.article)  # "practice" is no article
    cited = rule.cited(lang) if numbered else rule.act.titles[lang]
    return Source(cited, stated, rule.review if rule.stale(on) else None, rule.told(lang))


@dataclass(frozen=True)
class Help:
    """Who helps in a matter: cards of the first services, how many there are, and the finder's address of all of them."""

    cards: tuple[finder_cards.Card, ...]
    total: int
    query: str


def help_for(matter: Matter, place: Place, *, actor: Any, now: dt.datetime) -> Help:
    """The services of the directory that fit the need of a matter where she lives."""
    choice = Choice(needs=(matter.need,), place=place.code)
    question = finder.asked(choice, actor=actor, now=now)
    if not (question.needs and question.place):
        return Help((), 0, choice.query())
    results = finder.find(question, actor=actor, now=now)
    cards = finder_cards.cards(results.found[:_MOST_CARDS], question, actor=actor, now=now)
    return Help(tuple(cards), results.total, choice.query())
