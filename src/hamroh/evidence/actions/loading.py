"""A printed profile as data becomes an edition: sources, notes, figures cell by cell, and blocks that show them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from hamroh.accounts import policy
from hamroh.evidence.actions.dressing import PLACES, blocks, dressed
from hamroh.evidence.actions.recording import dates, series_of
from hamroh.evidence.actions.vocabulary import load_vocabulary
from hamroh.evidence.models import (
    Block,
    BlockKind,
    Edition,
    Indicator,
    Observation,
    PrintedNote,
    Profile,
    Series,
    Source,
    Template,
    Vintage,
)
from hamroh.kernel.figures import Figure, read_profile
from hamroh.kernel.figures.model import Table
from hamroh.vault import journal

#: what a table's block keeps of the data beside its rows
_FRAME = (
    "concept", "concepts", "rows_are", "columns", "time", "decimal", "nil", "thousands", "sums", "partial", "whole",
    "unit_printed", "source", "note", "origin", "destination", "area", "section", "column_labels",
)  # fmt: skip
Data = Mapping[str, Any]


@transaction.atomic
def load_profile(
    *,
    actor: Any,
    profile: Profile,
    template: Template,
    label: str,
    data: Data,
    prefix: str,
    printed_in: str = "",
    texts: Data | None = None,
    around: Iterable[Data] = (),
) -> Edition:
    """A draft edition from ``data`` (``data/profile/azerbaijan-2008.yml`` shows the form), its figures named after ``prefix``.

    ``printed_in`` is the key of the source in which they were read, ``texts`` what everything is called in other languages, ``around`` the blocks
    that stand around the figures. Raises ``kernel.figures.Unreadable`` with every fault of the data.
    """
    policy.require(actor, "evidence.edit", profile)
    data = dressed(data, texts or {})
    read = read_profile(data)
    edition = Edition.objects.create(
        profile=profile, organisation=profile.maintainer, template=template, label=label, titles=data.get("titles", {}),
        languages=data.get("languages", ["en"]), apparatus={"date": str(data["date"]), **data.get("apparatus", {})},
    )  # fmt: skip
    loader = Loader(edition, prefix, load_vocabulary(), load_sources(data.get("sources", {})), printed_in)
    loader.notes(data.get("notes", {}))
    for at, table in enumerate(read.tables):
        loader.table(table, data["tables"][table.id], at)
    raw = {each["id"]: each for each in data.get("figures", ())}
    for at, figure in enumerate(read.singles):
        loader.single(figure, raw[figure.id], at)
    loader.save()
    Block.objects.bulk_create([*_claims(edition, data), *blocks(edition, around)])
    journal.record(
        actor=actor, verb="evidence.load_profile", about=edition, facts={"figures": len(loader.observations)}
    )
    return edition


def load_sources(said: Mapping[str, Data]) -> dict[str, Vintage]:
    """Sources with the release of their own date, made where there are none; the releases by the key of their source."""
    for key, facts in said.items():
        source, _made = Source.objects.get_or_create(key=key, defaults=_source(facts))
        Vintage.objects.get_or_create(source=source, label=source.issued or "1", defaults={"released": source.issued})
    for key, facts in said.items():
        if facts.get("cites"):
            Source.objects.filter(key=key).update(cites=Source.objects.get(key=facts["cites"]))
    rows = Vintage.objects.filter(source__key__in=said).select_related("source").order_by("recorded_at")
    return {each.source.key: each for each in rows}


def _source(facts: Data) -> dict[str, Any]:
    told = ("title", "kind", "issued", "publisher", "authors", "url", "licence")
    return {name: facts[name] for name in told if name in facts}


def _claims(edition: Edition, data: Data) -> Iterator[Block]:
    """What the printed text says in words of a series: the text itself is not carried over, the claim is."""
    said = data.get("claim_texts", {})
    for at, claim in enumerate(data.get("claims", ())):
        yield Block(
            edition=edition, key=f"claim-{at + 1}", section=claim.get("section", ""), position=9000 + at,
            kind=BlockKind.NARRATIVE, content={"texts": said.get(claim["id"], {}), "claims": [dict(claim)]},
        )  # fmt: skip


@dataclass
class Loader:
    """Gathers figures and blocks of one edition, and saves them at once."""

    edition: Edition
    prefix: str
    indicators: Mapping[str, Indicator]
    vintages: dict[str, Vintage]
    printed_in: str
    observations: list[Observation] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    _series: dict[tuple[str, Any, str, str], Series] = field(default_factory=dict)

    def notes(self, said: Mapping[Any, Data]) -> None:
        PrintedNote.objects.bulk_create(
            PrintedNote(edition=self.edition, number=int(number), source=self._source(each.get("source", "")), ibid=each.get("ibid"))
            for number, each in said.items()
        )  # fmt: skip

    def table(self, table: Table, said: Data, at: int) -> None:
        rows = [
            {**{name: value for name, value in raw.items() if name != "cells"}, "cells": cells}
            for raw, cells in zip(said["rows"], self._cells(table, _kept(said)), strict=True)
        ]
        content = {
            "title": said.get("titles", {"en": table.title}),
            "rows": rows,
            "frame": {k: said[k] for k in _FRAME if k in said},
        }
        self._block(table.id, said, at, BlockKind.TABLE, content)

    def _cells(self, table: Table, told: Data) -> Iterator[list[str]]:
        for number, row in enumerate(table.rows, 1):
            codes = []
            for column, cell in enumerate(row.cells, 1):
                code = f"{self.prefix}-{table.id}-{number}-{column}"
                part = {"part": cell.definition} if cell.definition in table.columns else {}
                self._observe(code, cell, part, f"{table.id}, {row.label}, {table.columns[column - 1]}", told)
                codes.append(code)
            yield codes

    def single(self, figure: Figure, said: Data, at: int) -> None:
        code = f"{self.prefix}-{figure.id}"
        self._observe(code, figure, {}, f"§ {figure.section}, {figure.id}", said)
        self._block(figure.id, said, at, BlockKind.FIGURE, {"obs": code, "label": said.get("label", {})})

    def _observe(self, code: str, figure: Figure, dims: dict[str, str], locator: str, told: Data) -> None:
        dims = {**dims, "origin": figure.origin, "destination": figure.destination}
        unlimited = figure.high is not None and figure.high.is_infinite()
        named = {"definition": figure.definition, "note": figure.note, "section": figure.section}
        said = figure.value is not None or figure.low is not None or figure.high is not None
        self.observations.append(Observation(
            code=code, series=self._series_of(figure, dims), value=figure.value, low=figure.low,
            high=None if unlimited else figure.high, qualifier=">=" if unlimited else "", printed=figure.printed,
            missing="" if said else _missing(figure.printed), flags=sorted(figure.flags), source=self._source(figure.source),
            quoted_in=self._source(self.printed_in), locator=locator, notes=dict(told.get("notes", {})),
            detail={**_kept(told), **{name: value for name, value in named.items() if value not in (None, "")}},
            **dates(figure.period.text if figure.period else ""),
        ))  # fmt: skip

    def _series_of(self, figure: Figure, dims: dict[str, str]) -> Series:
        vintage = self.vintages.get(figure.source) or self._unsaid()
        key = (figure.concept, vintage.pk, figure.area, str(sorted(dims.items())))
        if key not in self._series:
            self._series[key] = series_of(self.indicators[figure.concept], vintage, figure.area, dims)
        return self._series[key]

    def _unsaid(self) -> Vintage:
        """Where a figure names no source: the work in which it was read, or nobody."""
        if self.printed_in:
            return self.vintages[self.printed_in]
        if "" not in self.vintages:
            self.vintages[""] = load_sources({"not-named": {"title": "No source named", "kind": "statement"}})[
                "not-named"
            ]
        return self.vintages[""]

    def _source(self, key: str) -> Source | None:
        return self.vintages[key].source if key else None

    def _block(self, key: str, said: Data, at: int, kind: BlockKind, content: dict[str, Any]) -> None:
        self.blocks.append(Block(
            edition=self.edition, key=key, section=str(said.get("section", "")), slot=said.get("slot", ""), position=PLACES[kind] + at,
            kind=kind, content=content,
        ))  # fmt: skip

    def save(self) -> None:
        Observation.objects.bulk_create(self.observations)
        Block.objects.bulk_create(self.blocks)


def _kept(told: Data) -> dict[str, Any]:
    """What rules and readers need of a figure beside its number."""
    return {name: told[name] for name in ("parts", "shares", "thousands") if told.get(name)}


def _missing(printed: str) -> str:
    """Why a cell of a printed table has no number, as far as its sign tells: nobody says what a dash or a blank means."""
    return "O" if printed.strip().upper() in ("N/A", "NA", "..", "…") else "N"
