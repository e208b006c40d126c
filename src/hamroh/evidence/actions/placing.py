"""Figures that are recorded and put into an edition in one step: one figure, another in its place, a whole table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.evidence.actions.editing import EditRefused, add_block, edit_block, next_key, require_unfrozen
from hamroh.evidence.actions.loading import Loader
from hamroh.evidence.actions.recording import RecordingRefused, record_observation, record_source
from hamroh.evidence.models import Block, Edition, Indicator, Observation, Source, Vintage
from hamroh.evidence.pasting import Pasted
from hamroh.evidence.selectors.data import vocabulary_data
from hamroh.kernel.figures import Unreadable, read_profile
from hamroh.vault import journal

#: a figure that corrects another at the same place in the same source is told from it by a number
_CORRECTIONS = 20


@dataclass(frozen=True, slots=True)
class Cited:
    """Where figures come from: a source that is known by ``key``, or a new one; and the place in it."""

    key: str = ""
    title: str = ""
    kind: str = "publication"
    issued: str = ""
    locator: str = ""

    def vintage(self, actor: Any, organisation: Any) -> Vintage:
        """Its newest release, the source recorded where it is new."""
        if not self.title:
            found = (
                Vintage.objects.filter(source__key=self.key).select_related("source").order_by("-recorded_at").first()
            )
            if found is None:
                raise RecordingRefused(_("There is no source of this name. Give its title, and it is recorded."))
            return found
        made = record_source(
            actor=actor, key=self.key or _free_key(self.title), title=self.title, kind=self.kind, organisation=organisation, issued=self.issued
        )  # fmt: skip
        return made.vintages.get()


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a pasted table counts, and how it is written; ``concepts`` is one for all cells, or one a column."""

    pasted: Pasted
    title: Mapping[str, str]
    concepts: Sequence[str]
    area: str
    rows_are: str = ""
    time: str = ""
    period: str = ""
    decimal: str = "."
    nil: str = ""
    thousands: int = 0
    roles: Sequence[str] = ()
    keys: Sequence[str] = ()
    missing: str = ""
    lang: str = "en"

    def data(self, section: str, source: str) -> dict[str, Any]:
        """The table as ``data/profile/*.yml`` has it."""
        pasted = self.pasted
        when = {"period": self.period} if self.period else {}
        rows = [
            {
                "label": row.label,
                "role": role,
                "key": key,
                "labels": {self.lang: row.label},
                "cells": list(row.cells),
                **when,
            }
            for row, role, key in zip(pasted.rows, self.roles, self.keys, strict=True)
        ]
        counted = {"concept": self.concepts[0]} if len(self.concepts) == 1 else {"concepts": list(self.concepts)}
        nil = {"nil": self.nil} if self.nil else {}
        return {
            "title": next(iter(self.title.values()), ""), "section": section, "columns": list(pasted.columns), "rows": rows, "area": self.area,
            "rows_are": self.rows_are, "time": self.time, "decimal": self.decimal, "thousands": self.thousands, "source": source,
            **counted, **nil,
        }  # fmt: skip


@transaction.atomic
def record_figure(
    *, actor: Any, edition: Edition, section: str, slot: str, label: Mapping[str, str], indicator: Indicator, cited: Cited, facts: Mapping[str, Any]
) -> Block:  # fmt: skip
    """A new figure, and the block that shows it."""
    policy.require(actor, "evidence.edit", edition)
    require_unfrozen(edition)
    made = _observed(actor, edition, indicator, cited, facts)
    return add_block(
        actor=actor, edition=edition, kind="figure", section=section, slot=slot, content={"obs": made.code, "label": dict(label)}
    )  # fmt: skip


@transaction.atomic
def replace_figure(
    *,
    actor: Any,
    block: Block,
    old: Observation,
    indicator: Indicator,
    cited: Cited,
    facts: Mapping[str, Any],
    seen: int,
) -> Block:
    """A figure that corrects another, put in its place wherever the block shows that; the old one stays recorded."""
    policy.require(actor, "evidence.edit", block)
    require_unfrozen(block.edition)
    made = _observed(actor, block.edition, indicator, cited, {**facts, "supersedes": old})
    return edit_block(actor=actor, block=block, content=_swapped(block.content, old.code, made.code), seen=seen)


@transaction.atomic
def record_table(*, actor: Any, edition: Edition, section: str, slot: str, sheet: Sheet, cited: Cited) -> Block:
    """A pasted table: every cell a figure with the same citation, and the block that shows them. EditRefused with what cannot be read."""
    policy.require(actor, "evidence.edit", edition)
    stored, key = require_unfrozen(edition), next_key(edition, "table", section)
    vintage = cited.vintage(actor, edition.organisation)
    said = sheet.data(section, vintage.source.key)
    try:
        read = read_profile(_profile(stored, key, said, vintage.source), vocabulary_data())
    except Unreadable as unreadable:
        raise EditRefused("; ".join(unreadable.faults[:5])) from unreadable
    loader = Loader(stored, f"{stored.code}-{key}", _indicators(), {vintage.source.key: vintage}, "")
    loader.table(read.tables[0], said, 0)
    made = loader.observations
    for number, each in enumerate(made, 1):
        each.code, each.recorded_by = f"{stored.code}-{key}-{number}", actor
        each.locator = ", ".join(part for part in (cited.locator[:80], f"{key} {number}") if part)
        each.missing = sheet.missing if each.missing and sheet.missing else each.missing
    codes = iter(each.code for each in made)
    rows = [{**row, "cells": [next(codes) for _cell in row["cells"]]} for row in loader.blocks[0].content["rows"]]
    Observation.objects.bulk_create(made)
    content = {**loader.blocks[0].content, "title": dict(sheet.title), "rows": rows}
    journal.record(actor=actor, verb="evidence.record_table", about=stored, facts={"block": key, "figures": len(made)})
    return add_block(actor=actor, edition=stored, kind="table", section=section, slot=slot, content=content, key=key)


def _observed(
    actor: Any, edition: Edition, indicator: Indicator, cited: Cited, facts: Mapping[str, Any]
) -> Observation:
    vintage = cited.vintage(actor, edition.organisation)
    given = {"area": edition.profile.area, **facts}
    for number in range(1, _CORRECTIONS):
        locator = cited.locator if number == 1 else f"{cited.locator[:110]} [{number}]"
        try:
            with transaction.atomic():
                return record_observation(actor=actor, indicator=indicator, vintage=vintage, locator=locator, **given)
        except IntegrityError as taken:
            if not given.get("supersedes"):
                raise RecordingRefused(
                    _("This figure is recorded already: same source, place in it, and time.")
                ) from taken
    raise RecordingRefused(_("This figure was corrected too often."))


def _swapped(content: Any, old: str, new: str) -> Any:
    """The content with one figure's name in place of another's."""
    if isinstance(content, dict):
        return {name: _swapped(value, old, new) for name, value in content.items()}
    if isinstance(content, list):
        return [_swapped(value, old, new) for value in content]
    if isinstance(content, str):
        return new if content == old else content.replace(f"{{{{obs:{old}}}}}", f"{{{{obs:{new}}}}}")
    return content


def _profile(edition: Edition, key: str, said: Mapping[str, Any], source: Source) -> dict[str, Any]:
    sources = {source.key: {"title": source.title, "kind": source.kind, "issued": source.issued or None}}
    return {"area": edition.profile.area, "date": "2100", "sources": sources, "tables": {key: said}}


def _indicators() -> dict[str, Indicator]:
    return {each.code: each for each in Indicator.objects.select_related("concept")}


def _free_key(title: str) -> str:
    stem = slugify(title)[:60] or "source"
    held = set(Source.objects.filter(key__startswith=stem).values_list("key", flat=True))
    return next(key for key in (stem, *(f"{stem}-{number}" for number in range(2, len(held) + 3))) if key not in held)
