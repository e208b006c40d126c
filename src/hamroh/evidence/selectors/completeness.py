"""How far editions fill their template: slot by slot for one edition, slots by countries for many."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hamroh.evidence.models import Block, Edition, Observation, Template
from hamroh.evidence.outline import Fill, Part, Shown, Slot, fill, is_old, outline
from hamroh.evidence.selectors.data import codes_in
from hamroh.evidence.selectors.editing import editions_on_desk
from hamroh.evidence.selectors.published import newest_editions


@dataclass(frozen=True, slots=True)
class SlotState:
    """A slot of an edition: how it stands, and the blocks in it."""

    slot: Slot
    fill: Fill
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class PartState:
    """A section of an edition: its slots, then the blocks that stand in none."""

    code: str
    titles: Mapping[str, str]
    level: int
    slots: tuple[SlotState, ...]
    others: tuple[Block, ...]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """All blocks of the section."""
        return (*(block for each in self.slots for block in each.blocks), *self.others)


@dataclass(frozen=True, slots=True)
class Cell:
    """How a slot stands in one edition; ``count`` blocks are in it."""

    edition: Edition
    fill: Fill
    count: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """Slots as rows, editions as columns; ``shares`` are how many of the required slots each edition fills, and of how many."""

    template: Template
    editions: tuple[Edition, ...]
    parts: tuple[tuple[Part, tuple[tuple[Slot, tuple[Cell, ...]], ...]], ...]
    shares: tuple[tuple[int, int], ...]


def contents(edition: Edition) -> list[PartState]:
    """Every section with its slots and blocks, in the template's order; sections that it does not know come last."""
    blocks = list(edition.blocks.order_by("position", "key"))
    shown, on = shown_blocks([edition], {edition.pk: blocks})[edition.pk], as_of(edition)
    by_key = {block.key: block for block in blocks}
    parts = outline(edition.template.sections)
    named = {code: (titles, level) for code, titles, level in ((part.code, part.titles, part.level) for part in parts)}
    unknown = sorted({block.section for block in blocks} - named.keys())
    made, taken = list[tuple[str, list[SlotState]]](), set[str]()
    for part in parts:
        states = []
        for slot in part.slots:
            state, there = fill(slot, shown, on)
            taken |= {each.key for each in there}
            states.append(SlotState(slot, state, tuple(by_key[each.key] for each in there)))
        made.append((part.code, states))
    made += [(code, []) for code in unknown]
    return [
        PartState(code, *named.get(code, ({}, code.count(".") + 1)), tuple(states), _others(blocks, code, taken))
        for code, states in made
    ]


def matrix(template: Template, editions: Iterable[Edition]) -> Matrix:
    """Slots by editions for one template; as many queries for twelve countries as for one."""
    columns = [each for each in editions if each.template_id == template.pk]
    shown, parts = shown_blocks(columns), outline(template.sections)
    rows = tuple((part, tuple((slot, _cells(slot, columns, shown)) for slot in part.slots)) for part in parts)
    return Matrix(template, tuple(columns), rows, tuple(_share(rows, at) for at in range(len(columns))))


def desk_matrix(*, actor: Any, key: str = "") -> Matrix | None:
    """The newest edition of every profile that ``actor`` may see, against the newest version of a template; None where there is none."""
    editions = newest_of_each(editions_on_desk(actor=actor))
    keys = {each.template.key for each in editions}
    chosen = key if key in keys else next(iter(sorted(keys)), "")
    template = max((each.template for each in editions if each.template.key == chosen), key=_version, default=None)
    return matrix(template, editions) if template else None


def public_matrices() -> list[Matrix]:
    """The newest published edition of every profile against its template, a matrix for each template; as few queries for many countries."""
    editions = sorted(newest_editions(), key=lambda each: each.profile.area)
    templates = Template.objects.in_bulk({each.template_id for each in editions})
    return [
        matrix(template, editions) for template in sorted(templates.values(), key=lambda each: (each.key, each.version))
    ]


def newest_of_each(editions: Iterable[Edition]) -> list[Edition]:
    """Of each profile the edition that comes first."""
    found = dict[Any, Edition]()
    for each in editions:
        found.setdefault(each.profile_id, each)
    return list(found.values())


def as_of(edition: Edition) -> dt.date:
    """The day by which the age of its figures is judged: its own, else that of the printed one, else when it was begun."""
    if edition.as_of:
        return edition.as_of
    year, _dash, month = str(edition.apparatus.get("date", ""))[:7].partition("-")
    if year.isdigit():
        return dt.date(int(year), int(month) if month.isdigit() else 12, 1)
    return edition.created_at.date()


def shown_blocks(
    editions: Sequence[Edition], blocks: Mapping[Any, Sequence[Block]] | None = None
) -> dict[Any, list[Shown]]:
    """The blocks of editions as slots see them, by the edition's id; two queries."""
    by_edition = blocks or _blocks_of(editions)
    codes = {code for rows in by_edition.values() for block in rows for code in codes_in(block.content)}
    told = Observation.objects.filter(code__in=codes).values_list(
        "code", "series__indicator__concept__key", "last_date"
    )
    facts = {code: (concept, last) for code, concept, last in told}
    return {each.pk: [_shown(block, facts) for block in by_edition.get(each.pk, ())] for each in editions}


def old_blocks(edition: Edition, states: Iterable[PartState]) -> set[str]:
    """Keys of blocks whose figures are older than their slot lets them be."""
    on, shown = as_of(edition), {each.key: each for each in shown_blocks([edition])[edition.pk]}
    return {
        block.key
        for part in states
        for state in part.slots
        for block in state.blocks
        if is_old(state.slot, [shown[block.key]], on)
    }


def _blocks_of(editions: Iterable[Edition]) -> dict[Any, list[Block]]:
    found = defaultdict[Any, list[Block]](list)
    for block in Block.objects.filter(edition__in=[each.pk for each in editions]).order_by("position", "key"):
        found[block.edition_id].append(block)
    return found


def _shown(block: Block, facts: Mapping[str, tuple[str, dt.date | None]]) -> Shown:
    told = [facts[code] for code in codes_in(block.content) if code in facts]
    days = [last for _concept, last in told if last]
    concepts = frozenset(concept for concept, _last in told)
    return Shown(block.key, block.section, block.slot, block.kind, concepts, max(days, default=None))


def _cells(slot: Slot, editions: Iterable[Edition], shown: Mapping[Any, list[Shown]]) -> tuple[Cell, ...]:
    states = ((each, *fill(slot, shown[each.pk], as_of(each))) for each in editions)
    return tuple(Cell(each, state, len(there)) for each, state, there in states)


def _share(rows: Iterable[tuple[Part, tuple[tuple[Slot, tuple[Cell, ...]], ...]]], at: int) -> tuple[int, int]:
    asked = [cells[at].fill for _part, slots in rows for slot, cells in slots if slot.required]
    return sum(each not in (Fill.MISSING, Fill.FREE) for each in asked), len(asked)


def _others(blocks: Iterable[Block], section: str, taken: set[str]) -> tuple[Block, ...]:
    return tuple(block for block in blocks if block.section == section and block.key not in taken)


def _version(template: Template) -> tuple[int, ...]:
    return tuple(int(part) for part in template.version.split(".") if part.isdigit())
