"""Whether what somebody tells shows trafficking in persons, element by element, with reasons. No clock, and no label.

The questions stand in ``data/safety/trafficking.yml``. What comes of them is a help to think: people identify, not a table.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from hamroh.kernel.datafiles import DataError, document
from hamroh.kernel.risk import Said

FILE = "safety/trafficking.yml"
LANGS = ("tg", "az", "ru", "en")


class Strength(StrEnum):
    """How much one indicator says."""

    STRONG = "strong"
    MEDIUM = "medium"
    WEAK = "weak"


class Element(StrEnum):
    """What trafficking is made of: somebody was brought, by such means, to be exploited. The values are the groups of questions."""

    ROAD = "road"
    LIES = "lies"
    FORCE = "force"
    WEAKNESS = "weakness"
    USE = "use"


#: by which somebody is brought to what she did not choose; of a child none is needed
MEANS = (Element.LIES, Element.FORCE, Element.WEAKNESS)


class Shows(StrEnum):
    """How much of one element was told of."""

    THERE = "there"
    SOME = "some"
    NOTHING = "nothing"
    OPEN = "open"


class Finding(StrEnum):
    """What all elements together come to."""

    STRONG = "strong"
    SOME = "some"
    NOTHING = "nothing"
    OPEN = "open"


@dataclass(frozen=True)
class Indicator:
    """One question. ``danger``: somebody looks after her safety before anything else."""

    code: str
    group: Element
    strength: Strength
    texts: Mapping[str, str]
    danger: bool = False


@dataclass(frozen=True)
class Tool:
    """The questions of a version, in their order, and the titles of their groups."""

    version: str
    questions: tuple[Indicator, ...]
    groups: Mapping[str, Mapping[str, str]]

    def of(self, group: str) -> tuple[Indicator, ...]:
        return tuple(each for each in self.questions if each.group == group)


@dataclass(frozen=True)
class Examined:
    """What the answers come to: each element, the indicators behind it (the strongest first), and what was left open."""

    finding: Finding
    elements: Mapping[Element, Shows]
    reasons: tuple[Indicator, ...]
    open_: tuple[Indicator, ...]
    needs_means: bool
    is_danger: bool


def examine(tool: Tool, answers: Mapping[str, str], *, is_child: bool) -> Examined:
    """What answers by code come to; ValueError for a code or an answer that the tool does not have.

    Strong: brought and exploited by some means; of a child, brought and exploited: what was promised or threatened does not matter.
    """
    if strange := set(answers) - {each.code for each in tool.questions}:
        raise ValueError(f"no such questions: {', '.join(sorted(strange))}")
    said = {code: Said(answer) for code, answer in answers.items()}
    elements = {element: _shows(tool.of(element), said) for element in Element}
    yes = [each for each in tool.questions if said.get(each.code) is Said.YES]
    order = list(Strength)
    return Examined(
        finding=_finding(elements, is_child=is_child), elements=elements,
        reasons=tuple(sorted(yes, key=lambda each: order.index(each.strength))),
        open_=tuple(each for each in tool.questions if said.get(each.code, Said.UNSAID) is Said.UNSAID),
        needs_means=not is_child, is_danger=any(each.danger for each in yes),
    )  # fmt: skip


def _shows(questions: tuple[Indicator, ...], said: Mapping[str, Said]) -> Shows:
    counts = Counter(each.strength for each in questions if said.get(each.code) is Said.YES)
    if _is_there(counts[Strength.STRONG], counts[Strength.MEDIUM], counts[Strength.WEAK]):
        return Shows.THERE
    if counts:
        return Shows.SOME
    answered = all(said.get(each.code, Said.UNSAID) is Said.NO for each in questions)
    return Shows.NOTHING if answered else Shows.OPEN


def _is_there(strong: int, medium: int, weak: int) -> bool:
    """Two strong; one strong and one other; three medium; or two medium and one weak."""
    return strong >= 2 or (strong and medium + weak >= 1) or medium >= 3 or bool(medium >= 2 and weak)


def _finding(elements: Mapping[Element, Shows], *, is_child: bool) -> Finding:
    told = (Shows.THERE, Shows.SOME)
    means = is_child or any(elements[each] is Shows.THERE for each in MEANS)
    if elements[Element.USE] is Shows.THERE and means and elements[Element.ROAD] in told:
        return Finding.STRONG
    if any(shows in told for shows in elements.values()):
        return Finding.SOME
    asked = [shows for shows in elements.values() if shows is not Shows.OPEN]
    return Finding.NOTHING if len(asked) == len(elements) else Finding.OPEN


@cache
def tool() -> Tool:
    """The questions in force; DataError where the file lacks something."""
    told = document(FILE)
    questions = tuple(_indicator(row) for row in told["questions"])
    if len({each.code for each in questions}) != len(questions):
        raise DataError(f"{FILE}: a code stands twice")
    if set(told["groups"]) != set(Element) or {each.group for each in questions} != set(Element):
        raise DataError(f"{FILE}: each element has a title and questions")
    return Tool(told["version"], questions, told["groups"])


def _indicator(row: dict[str, Any]) -> Indicator:
    if missing := [lang for lang in LANGS if not row["texts"].get(lang)]:
        raise DataError(f"{FILE}: {row['code']} lacks {', '.join(missing)}")
    return Indicator(
        code=row["code"], group=Element(row["group"]), strength=Strength(row["strength"]), texts=row["texts"],
        danger="danger" in row.get("marks", ()),
    )  # fmt: skip
