"""What a template asks for: sections in order, their slots, and how far blocks fill them. Nothing here asks a database."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

#: kinds of block that show a figure of a concept, for a slot that asks for one
_SHOWING = {
    "figure": frozenset({"figure", "table"}),
    "table": frozenset({"table"}),
    "chart": frozenset({"chart"}),
    "map": frozenset({"map"}),
}


class Fill(StrEnum):
    """How a slot stands: filled, filled with what is too old, empty though required, empty and free to be, several where one is asked."""

    FILLED = "filled"
    OLD = "old"
    MISSING = "missing"
    FREE = "free"
    SEVERAL = "several"


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a section for a block of one kind; ``concepts`` are what its figures count, ``max_age_years`` is 0 where age matters not."""

    key: str
    section: str
    kind: str
    titles: Mapping[str, str]
    required: bool = False
    concepts: frozenset[str] = frozenset()
    max_age_years: int = 0
    many: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A section of a template; ``level`` is 1 for "2" and 2 for "2.1"."""

    code: str
    titles: Mapping[str, str]
    level: int
    slots: tuple[Slot, ...]

    @property
    def number(self) -> str:
        """The code where it is a number that readers know it by."""
        return numbered(self.code)


@dataclass(frozen=True, slots=True)
class Shown:
    """A block as a slot sees it: what it counts, and the last day that its figures speak of."""

    key: str
    section: str
    slot: str
    kind: str
    concepts: frozenset[str] = frozenset()
    newest: dt.date | None = None


class Malformed(ValueError):
    """A template is not as it must be; ``faults`` lists what."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


def numbered(code: str) -> str:
    """The code of a section as it is shown: ``2.1``; nothing for one that has only a name."""
    return code if code[:1].isdigit() else ""


def outline(sections: Iterable[Mapping[str, Any]]) -> tuple[Part, ...]:
    """The sections of a template in order."""
    return tuple(
        Part(str(each["code"]), each.get("titles", {}), int(each.get("level", 1)), tuple(_slots(each)))
        for each in sections
    )


def slots(parts: Iterable[Part]) -> list[Slot]:
    """All slots in order."""
    return [slot for part in parts for slot in part.slots]


def checked(sections: Sequence[Mapping[str, Any]], kinds: Iterable[str]) -> tuple[Part, ...]:
    """The sections, or Malformed with every fault: a code or key twice, a kind that no block has, a title that is lacking."""
    allowed, faults = frozenset(kinds), list[str]()
    codes = [str(each.get("code", "")) for each in sections]
    keys = [str(slot.get("key", "")) for each in sections for slot in each.get("slots", ())]
    faults += [
        f"the code {code!r} is given twice" for code in sorted({each for each in codes if codes.count(each) > 1})
    ]
    faults += [f"the slot {key!r} is given twice" for key in sorted({each for each in keys if keys.count(each) > 1})]
    faults += ["a section has no code" for code in codes if not code] + ["a slot has no key" for key in keys if not key]
    for each in sections:
        faults += [] if each.get("titles") else [f"section {each.get('code')!r} has no title"]
        for slot in each.get("slots", ()):
            faults += (
                [] if slot.get("kind") in allowed else [f"slot {slot.get('key')!r}: no block is a {slot.get('kind')!r}"]
            )
    if faults:
        raise Malformed(faults)
    return outline(sections)


def fits(slot: Slot, block: Shown) -> bool:
    """Whether a block stands in a slot: by name, or, where it names none, since it shows what the slot asks for."""
    if block.slot:
        return block.slot == slot.key
    return bool(slot.concepts & block.concepts) and block.kind in _SHOWING.get(slot.kind, ())


def fill(slot: Slot, blocks: Iterable[Shown], on: dt.date) -> tuple[Fill, list[Shown]]:
    """How a slot stands on a day, and the blocks that stand in it."""
    there = _nearest(slot, [block for block in blocks if fits(slot, block)])
    if not there:
        return (Fill.MISSING if slot.required else Fill.FREE), []
    if is_old(slot, there, on):
        return Fill.OLD, there
    return (Fill.SEVERAL if len(there) > 1 and not slot.many else Fill.FILLED), there


def _nearest(slot: Slot, fitting: list[Shown]) -> list[Shown]:
    """Those that stand in the slot by name; else those of its kind in its section; else of its kind; else all."""
    named = [block for block in fitting if block.slot]
    like = [block for block in fitting if block.kind == slot.kind]
    return named or [block for block in like if block.section == slot.section] or like or fitting


def is_old(slot: Slot, there: Iterable[Shown], on: dt.date) -> bool:
    """Whether the newest figure in a slot is older than the slot lets it be."""
    days = [block.newest for block in there if block.newest]
    return bool(slot.max_age_years and days and on.year - max(days).year > slot.max_age_years)


def _slots(section: Mapping[str, Any]) -> Iterator[Slot]:
    for each in section.get("slots", ()):
        yield Slot(
            str(each["key"]), str(section["code"]), str(each["kind"]), each.get("titles", {}), bool(each.get("required")),
            frozenset(each.get("concepts", ())), int(each.get("max_age_years") or 0), bool(each.get("many")),
        )  # fmt: skip
