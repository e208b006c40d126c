"""What is asked about one act of violence, and how it is counted: its kind, how long she waited to tell of it, how old she was. No clock.

The questions stand in ``data/safety/incident.yml``. A band that her answers do not settle is *not known*; none is guessed.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Any

from hamroh.kernel.datafiles import DataError, document

FILE = "safety/incident.yml"
LANGS = ("tg", "az", "ru", "en")
#: she was asked and does not wish to say; nobody asked, or the answer does not settle it
UNSAID, UNKNOWN = "unsaid", "unknown"
#: several answers to a question that takes several
SEVERAL = "several"
Texts = Mapping[str, str]


class Delay(StrEnum):
    """How long it took until she told of it."""

    DAYS_3 = "d3"
    DAYS_5 = "d5"
    WEEKS_2 = "w2"
    MONTH = "m1"
    LONGER = "longer"


class Age(StrEnum):
    """How old she was on the day."""

    CHILD = "a0"
    TEENS = "a12"
    YOUNG = "a18"
    ADULT = "a26"
    MIDDLE = "a41"
    OLD = "a61"


class Marital(StrEnum):
    """How she lived, as the file says it."""

    MARRIED = "married"
    NIKOH = "nikoh"
    APART = "apart"
    WIDOWED = "widowed"


#: the most days of a band, and the fewest years
_DAYS = ((3, Delay.DAYS_3), (5, Delay.DAYS_5), (14, Delay.WEEKS_2), (31, Delay.MONTH))
_YEARS = ((61, Age.OLD), (41, Age.MIDDLE), (26, Age.ADULT), (18, Age.YOUNG), (12, Age.TEENS), (0, Age.CHILD))


@dataclass(frozen=True)
class Question:
    """One question; ``when`` names the answers to others after which alone it is asked."""

    code: str
    texts: Texts
    answers: Mapping[str, Texts]
    many: bool = False
    when: Mapping[str, str] = field(default_factory=dict)
    hint: Texts = field(default_factory=dict)

    def follows(self, told: Mapping[str, Sequence[str]]) -> bool:
        return all(answer in told.get(code, ()) for code, answer in self.when.items())


@dataclass(frozen=True)
class Tool:
    """The questions of a version in their order."""

    version: str
    questions: Mapping[str, Question]

    def asked(self, told: Mapping[str, Sequence[str]]) -> list[Question]:
        """Those that are asked after what was told."""
        return [each for each in self.questions.values() if each.follows(told)]

    def kept(self, told: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
        """What is to be kept of answers: none to a question that is not asked after them; ValueError for a strange one."""
        for code, said in told.items():
            question = self.questions.get(code)
            if (
                question is None
                or not set(said) <= {*question.answers, UNSAID}
                or (len(said) > 1 and not question.many)
            ):
                raise ValueError(f"no such answer to {code}")
        asked = {each.code for each in self.asked(told)}
        return {code: list(said) for code, said in told.items() if said and code in asked}


@cache
def tool() -> Tool:
    """The questions in force; DataError where the file lacks something."""
    told = document(FILE)
    found = {row["code"]: _question(row) for row in told["questions"]}
    if len(found) != len(told["questions"]):
        raise DataError(f"{FILE}: a code stands twice")
    for each in found.values():
        if any(code not in found or answer not in found[code].answers for code, answer in each.when.items()):
            raise DataError(f"{FILE}: {each.code} follows an answer that there is not")
    return Tool(told["version"], found)


def _question(row: Mapping[str, Any]) -> Question:
    for texts in (row["texts"], row.get("hint") or row["texts"], *row["answers"].values()):
        if missing := [lang for lang in LANGS if not texts.get(lang)]:
            raise DataError(f"{FILE}: {row['code']} lacks {', '.join(missing)}")
    return Question(
        row["code"], row["texts"], row["answers"], bool(row.get("many")), row.get("when") or {}, row.get("hint") or {}
    )


# -- derived -------------------------------------------------------------------------------------------------------


def span(known: Any) -> tuple[dt.date, dt.date] | None:
    """The first and the last day that a partial date ``{"year", "month", "day"}`` may mean; None where no year is known."""
    if not isinstance(known, Mapping) or not known.get("year"):
        return None
    year, month, day = int(known["year"]), known.get("month"), known.get("day")
    first = dt.date(year, int(month or 1), int(day or 1))
    if day and month:
        return first, first
    after = dt.date(year + 1, 1, 1) if not month or int(month) == 12 else dt.date(year, int(month) + 1, 1)
    return first, after - dt.timedelta(days=1)


def delay(happened: Any, told_on: dt.date) -> str:
    """How long she waited; UNKNOWN where the day is not known well enough to say which band it is."""
    days = span(happened)
    if days is None or days[0] > told_on:
        return UNKNOWN
    first, last = days[0], min(days[1], told_on)
    bands = {_delay((told_on - day).days) for day in (first, last)}
    return bands.pop() if len(bands) == 1 else UNKNOWN


def _delay(days: int) -> str:
    return next((band.value for most, band in _DAYS if days <= most), Delay.LONGER.value)


def age(born: Any, on: dt.date) -> str:
    """Her band of age on a day; UNKNOWN where her birth is not known well enough."""
    days = span(born)
    if days is None or days[0] > on:
        return UNKNOWN
    bands = {_age(_years(day, on)) for day in (days[0], min(days[1], on))}
    return bands.pop() if len(bands) == 1 else UNKNOWN


def _years(born: dt.date, on: dt.date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _age(years: int) -> str:
    return next(band.value for least, band in _YEARS if years >= least)


def marital(couples: Iterable[Mapping[str, Any]]) -> str:
    """How she lived by what the file says of her and her husbands; UNKNOWN where it says nothing: nobody is taken for unmarried."""
    found = {_marital(each) for each in couples} - {UNKNOWN}
    order = [each.value for each in Marital]
    return min(found, key=order.index) if found else UNKNOWN


def _marital(facts: Mapping[str, Any]) -> str:
    social, legal = facts.get("social"), facts.get("legal")
    if social == "widowed":
        return Marital.WIDOWED
    if legal == "divorced" or social in ("separated", "left", "talaq", "talaq_sms"):
        return Marital.APART
    if legal == "registered" or social == "registered":
        return Marital.MARRIED
    return Marital.NIKOH if social in ("nikoh", "together") else UNKNOWN


# -- counted -------------------------------------------------------------------------------------------------------

#: by what incidents are counted; besides answers to questions these are derived
DERIVED: Mapping[str, tuple[str, ...]] = {
    "age": tuple(Age), "sex": ("f", "m"), "marital": tuple(Marital), "delay": tuple(Delay),
    "referral": ("ours", "elsewhere", "official", "none"),
}  # fmt: skip
ASKED = ("kind", "denied", "time", "place", "number", "who", "context", "before")
DIMENSIONS = (*ASKED[:1], *DERIVED, *ASKED[1:])


def codes_of(dimension: str) -> tuple[str, ...]:
    """Every category of a dimension, those at the end for what is not known."""
    if dimension in DERIVED:
        return (*DERIVED[dimension], UNKNOWN)
    question = tool().questions[dimension]
    return (*question.answers, *([SEVERAL] if question.many else []), UNSAID, UNKNOWN)


def code_of(dimension: str, facts: Mapping[str, Any]) -> str:
    """Under which category an incident is counted."""
    if dimension in DERIVED:
        said = (facts.get("derived") or {}).get(dimension, UNKNOWN)
        return said if said in DERIVED[dimension] else UNKNOWN
    question, answers = tool().questions[dimension], (facts.get("answers") or {}).get(dimension) or [UNKNOWN]
    known = [each for each in answers if each in question.answers or each in (UNSAID, UNKNOWN)] or [UNKNOWN]
    return known[0] if len(known) == 1 else SEVERAL
