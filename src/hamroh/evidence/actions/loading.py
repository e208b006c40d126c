"""A printed profile as data becomes an edition: sources, notes, figures cell by cell, and blocks that show them."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.evidence.actions.dressing import PLACES, blocks, dressed
from hamroh.evidence.actions.recording import dates, prefer
from hamroh.evidence.actions.vocabulary import load_vocabulary
from hamroh.evidence.models import (
    Block,
    BlockKind,
    Edition,
    EstimateChoice,
    FindingAnswer,
    Indicator,
    Observation,
    PrintedNote,
    Profile,
    Series,
    Source,
    Template,
    Vintage,
    dims_key,
)
from hamroh.evidence.selectors.answers import examined
from hamroh.kernel.figures import Figure, Finding, read_profile
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
        languages=data.get("languages", ["en"]), as_of=_day(data.get("as_of")), apparatus={"date": str(data["date"]), **data.get("apparatus", {})},
    )  # fmt: skip
    wanted = {figure.concept for figure in read.figures()}
    loader = Loader(edition, prefix, _indicators(wanted), load_sources(data.get("sources", {})), printed_in)
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


def _day(said: Any) -> dt.date | None:
    return dt.date.fromisoformat(str(said)) if said else None


def load_sources(said: Mapping[str, Data]) -> dict[str, Vintage]:
    """Sources with the release of their own date, made where there are none; the releases by the key of their source."""
    held = {each.key: each for each in Source.objects.filter(key__in=said)}
    made = {key: Source(key=key, **_source(facts)) for key, facts in said.items() if key not in held}
    Source.objects.bulk_create(made.values())
    sources = {**held, **made}
    for key, facts in said.items():
        if facts.get("cites") and sources[key].cites_id != sources[facts["cites"]].pk:
            Source.objects.filter(key=key).update(cites=sources[facts["cites"]])
    Vintage.objects.bulk_create(
        (Vintage(source=each, label=each.issued or "1", released=each.issued) for each in sources.values()),
        ignore_conflicts=True,
    )
    rows = Vintage.objects.filter(source__key__in=said).select_related("source").order_by("recorded_at")
    return {each.source.key: each for each in rows}


def _indicators(wanted: set[str]) -> Mapping[str, Indicator]:
    """Indicators by their codes; the vocabulary is brought up to date where one is wanted that nobody has."""
    held = {each.code: each for each in Indicator.objects.select_related("concept")}
    return held if wanted <= held.keys() else load_vocabulary()


def _source(facts: Data) -> dict[str, Any]:
    told = ("title", "kind", "issued", "publisher", "authors", "url", "licence")
    return {name: facts[name] for name in told if name in facts}


def _claims(edition: Edition, data: Data) -> Iterator[Block]:
    """What the printed text says in words of a series: the text itself is not carried over, the claim is."""
    said = data.get("claim_texts", {})
    for at, claim in enumerate(data.get("claims", ())):
        yield Block(
            edition=edition, key=f"claim-{at + 1}", section=claim.get("section", ""), position=PLACES[BlockKind.FIGURE] - 100 + at,
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
    _series: dict[tuple[Any, ...], Series] = field(default_factory=dict)
    _new: list[Series] = field(default_factory=list)

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
        self._save_series()
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
            high=None if unlimited else figure.high, qualifier=">=" if unlimited else told.get("qualifier", ""), printed=figure.printed,
            missing="" if said else told.get("missing", _missing(figure.printed)), flags=sorted(figure.flags), source=self._source(figure.source),
            quoted_in=self._source(self.printed_in), locator=locator, notes=dict(told.get("notes", {})),
            detail={**_kept(told), **{name: value for name, value in named.items() if value not in (None, "")}},
            **dates(figure.period.text if figure.period else ""),
        ))  # fmt: skip

    def _series_of(self, figure: Figure, dims: dict[str, str]) -> Series:
        vintage = self.vintages.get(figure.source) or self._unsaid()
        dims = {name: value for name, value in dims.items() if value}
        if not self._series:
            self._series = {_name(each): each for each in Series.objects.filter(vintage__in=self.vintages.values())}
        one = Series(
            indicator=self.indicators[figure.concept],
            vintage=vintage,
            area=figure.area,
            dims=dims,
            dims_key=dims_key(dims),
        )
        if _name(one) not in self._series:
            self._series[_name(one)] = one
            self._new.append(one)
        return self._series[_name(one)]

    def _save_series(self) -> None:
        Series.objects.bulk_create(self._new)
        self._new = []

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
        self._save_series()
        Observation.objects.bulk_create(self.observations)
        Block.objects.bulk_create(self.blocks)


def _name(series: Series) -> tuple[Any, ...]:
    return series.indicator_id, series.vintage_id, series.area, series.dims_key


def _kept(told: Data) -> dict[str, Any]:
    """What rules and readers need of a figure beside its number."""
    return {name: told[name] for name in ("parts", "shares", "thousands") if told.get(name)}


def _missing(printed: str) -> str:
    """Why a cell of a printed table has no number, as far as its sign tells: nobody says what a dash or a blank means."""
    return "O" if printed.strip().upper() in ("N/A", "NA", "..", "…") else "N"


# -- what stands beside an edition, as data ---------------------------------------------------------------------------


@transaction.atomic
def open_profile(*, actor: Any, organisation: Organisation, area: str, key: str, names: Mapping[str, str]) -> Profile:
    """The profile of a country, without an edition yet: ``load_profile`` makes the first."""
    policy.require(actor, "evidence.edit", Profile(maintainer=organisation))
    profile = Profile.objects.create(area=area, key=key, names=dict(names), maintainer=organisation)
    journal.record(actor=actor, verb="evidence.open_profile", about=profile, facts={"area": area})
    return profile


@transaction.atomic
def load_choices(*, actor: Any, told: Iterable[Data]) -> list[EstimateChoice]:
    """Which of several estimates is preferred, as a file tells it: ``among``, ``preferred`` (or none) and ``reasons``."""
    told = list(told)
    codes = {code for each in told for code in each["among"]}
    held = {
        each.code: each
        for each in Observation.objects.filter(code__in=codes).select_related("series__indicator__concept")
    }
    return [
        prefer(
            actor=actor, among=[held[code] for code in each["among"]], reasons=each["reasons"],
            preferred=held[each["preferred"]] if each["preferred"] else None,
        )
        for each in told
    ]  # fmt: skip


@transaction.atomic
def load_answers(*, actor: Any, edition: Edition, told: Iterable[Data]) -> int:
    """Answer at once for errors that the rules find, as a file tells it: ``rule``, the beginning of ``where``, ``reason``; how many."""
    policy.require(actor, "evidence.answer_finding", edition)
    told = list(told)
    made = [
        FindingAnswer(
            edition=edition, fingerprint=judged.fingerprint, rule=judged.finding.rule, reason=reason, answered_by=actor
        )
        for judged in examined(edition).blocking
        if (reason := _reason(judged.finding, told))
    ]
    FindingAnswer.objects.bulk_create(made)
    journal.record(actor=actor, verb="evidence.load_answers", about=edition, facts={"answers": len(made)})
    return len(made)


def _reason(finding: Finding, told: Iterable[Data]) -> str:
    of_rule = (each for each in told if each["rule"] == finding.rule and finding.where[0].startswith(each["where"]))
    return next((each["reason"] for each in of_rule), "")
