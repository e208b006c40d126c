"""How much danger somebody is in, from her answers: level, reasons, who has to look and when to ask again. No clock.

The questions stand in ``data/safety/risk.yml`` with their weights. A screen is a help to think and no judgement: a worker may
set another level and says why.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from hamroh.kernel.datafiles import DataError, document

FILE = "safety/risk.yml"
LANGS = ("tg", "az", "ru", "en")


class Said(StrEnum):
    """Her answer to one question; what was not asked is missing."""

    YES = "yes"
    NO = "no"
    UNSAID = "unsaid"


class Level(StrEnum):
    """How much danger; unknown where nothing was asked."""

    UNKNOWN = "unknown"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True)
class Question:
    """One question. A yes adds ``weight``; where it ``alone`` makes the danger high, one is enough.

    ``urgent``: a supervisor looks within the hour; ``plan``: a safety plan is opened; ``first``: it is asked at intake.
    """

    code: str
    group: str
    weight: int
    texts: Mapping[str, str]
    alone: bool = False
    urgent: bool = False
    plan: bool = False
    first: bool = False


@dataclass(frozen=True)
class Tool:
    """The questions of a version in their order, from which score danger is medium or high, and after how many days to ask again."""

    version: str
    questions: tuple[Question, ...]
    groups: Mapping[str, Mapping[str, str]]
    medium: int
    high: int
    days: Mapping[str, int]

    @property
    def first(self) -> tuple[Question, ...]:
        return tuple(question for question in self.questions if question.first)


@dataclass(frozen=True)
class Screened:
    """What the answers come to. ``reasons`` are codes of questions answered yes, the heaviest first; ``open_`` those nobody answered."""

    level: Level
    score: int
    reasons: tuple[str, ...]
    open_: tuple[str, ...]
    is_urgent: bool
    needs_plan: bool
    days: int


def screen(tool: Tool, answers: Mapping[str, str]) -> Screened:
    """Level and reasons of answers by code; ValueError for a code or an answer that the tool does not have."""
    known = {question.code for question in tool.questions}
    if strange := set(answers) - known:
        raise ValueError(f"no such questions: {', '.join(sorted(strange))}")
    said = {code: Said(answer) for code, answer in answers.items()}
    yes = [question for question in tool.questions if said.get(question.code) is Said.YES]
    left = tuple(each.code for each in tool.questions if said.get(each.code, Said.UNSAID) is Said.UNSAID)
    score = sum(question.weight for question in yes)
    level = _level(tool, yes, score, nothing=len(left) == len(tool.questions))
    days = tool.days[level] if not left or level is Level.HIGH else min(tool.days[level], tool.days["open"])
    heaviest = sorted(yes, key=lambda question: (not question.alone, -question.weight))
    return Screened(
        level=level, score=score, reasons=tuple(question.code for question in heaviest), open_=left,
        is_urgent=any(question.urgent for question in yes), needs_plan=any(question.plan for question in yes), days=days,
    )  # fmt: skip


def _level(tool: Tool, yes: list[Question], score: int, *, nothing: bool) -> Level:
    if any(question.alone for question in yes) or score >= tool.high:
        return Level.HIGH
    if score >= tool.medium:
        return Level.MEDIUM
    return Level.UNKNOWN if nothing else Level.LOW


@cache
def tool() -> Tool:
    """The questions in force; DataError where the file lacks something."""
    told = document(FILE)
    questions = tuple(_question(row) for row in told["questions"])
    if len({question.code for question in questions}) != len(questions):
        raise DataError(f"{FILE}: a code stands twice")
    if missing := {each.group for each in questions} - set(told["groups"]):
        raise DataError(f"{FILE}: unknown groups {missing}")
    return Tool(
        version=told["version"], questions=questions, groups=told["groups"], medium=told["medium"], high=told["high"],
        days=told["days"],
    )  # fmt: skip


def _question(row: dict[str, Any]) -> Question:
    if missing := [lang for lang in LANGS if not row["texts"].get(lang)]:
        raise DataError(f"{FILE}: {row['code']} lacks {', '.join(missing)}")
    marks = set(row.get("marks", ()))
    return Question(
        code=row["code"], group=row["group"], weight=row["weight"], texts=row["texts"], alone="alone" in marks,
        urgent="urgent" in marks, plan="plan" in marks, first="first" in marks,
    )  # fmt: skip
