"""A rule of law: what an act says, since when, who read it where, how certain that is, and when it is to be read again."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from hamroh.kernel.law.dates import PartialDate
from hamroh.kernel.law.parameters import Value

LANGS = ("en", "tg", "az", "ru")


class Certainty(StrEnum):
    """A: the text itself was seen. B: a lawyer, an official body or the press states it. C: inferred, nobody saw it."""

    A = "A"
    B = "B"
    C = "C"


class Limit(StrEnum):
    """Why a rule says less than it seems to."""

    HEADING = "heading"  # only the heading was seen: it proves that the act exists
    CONTRADICTED = "contradicted"  # another source says otherwise
    REPEALED = "repealed"  # kept as a warning
    OURS = "ours"  # no act says it: how we work it out
    PAIR = "pair"  # holds between two states only where neither objected to the other


class InForce(StrEnum):
    """Whether a rule is in force on a day, as far as its dates are known."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class Act:
    """A law, a treaty, an order: its number and date as far as they are known, and its title by language."""

    code: str
    number: str
    date: PartialDate | None
    titles: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule was read."""

    code: str
    title: str
    address: str


@dataclass(frozen=True, eq=False)
class Rule:
    """One rule of a pack. ``since`` and ``until`` are its first and last day, None where no day is stated.

    ``text_as_of`` says to which day the copy that was read carries amendments; ``says`` and ``doubt`` are English, in own words;
    ``words`` are the act's own terms by language; ``source`` is None where nobody saw a text. ``meanings`` say in the other languages
    what ``says`` says. ``edition`` names the change that two people released, and is empty for the line of the pack.
    """

    id: str
    pack: str
    matter: str
    act: Act
    article: str
    since: PartialDate | None
    until: PartialDate | None
    text_as_of: PartialDate | None
    review: dt.date
    certainty: Certainty
    verified_by: str
    verified_on: dt.date | None
    source: Source | None
    limits: frozenset[Limit]
    parameters: Mapping[str, Value]
    says: str
    words: Mapping[str, str]
    quote: str
    doubt: str
    names: Mapping[str, str]
    meanings: Mapping[str, str] = field(default_factory=dict)
    edition: str = ""

    def in_force(self, on: dt.date) -> InForce:
        """Whether it is in force on a day: a start known only by its year leaves the days of that year open."""
        if (self.since and on < self.since.first) or (self.until and on > self.until.last):
            return InForce.NO
        if (self.since and on < self.since.last) or (self.until and on > self.until.first):
            return InForce.NOT_KNOWN
        return InForce.YES

    def stale(self, on: dt.date) -> bool:
        """Whether its day of review is past."""
        return on > self.review

    def knows(self, parameter: str) -> bool:
        return self.parameters.get(parameter) is not None

    def told(self, lang: str) -> str:
        """What it says, in a language; empty where nobody wrote it in that one."""
        return self.says if lang == "en" else self.meanings.get(lang, "")

    def cited(self, lang: str) -> str:
        """Act, article and the day of the text that was read: ``Family Code of Azerbaijan, 76.1 (2023-05-30)``."""
        article = f", {self.article}" if self.article else ""
        version = f" ({self.text_as_of})" if self.text_as_of else ""
        return f"{self.act.titles[lang]}{article}{version}"


def weakest(certainties: Iterable[Certainty | None]) -> Certainty | None:
    """The least certain of them; None stands for facts of the case, which lower nothing."""
    return max((each for each in certainties if each), default=None)
