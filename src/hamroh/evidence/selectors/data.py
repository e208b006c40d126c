"""An edition as data for the rules: what ``kernel.figures.read_profile`` reads, made of blocks, figures and notes."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from hamroh.evidence.models import Block, BlockKind, Concept, Edition, Observation, Series, Source
from hamroh.kernel.datafiles import document
from hamroh.kernel.figures import Finding, Profile, examine, read_profile
from hamroh.kernel.figures.reading import NotANumber, read_loosely

_RULES = ("kind", "unit", "signed", "timeless", "part_of", "share", "per", "balance", "mirror")


def edition_data(edition: Edition) -> dict[str, Any]:
    """The edition in the form of ``data/profile/*.yml``: tables as printed, single figures, sources, notes, claims, texts."""
    blocks = list(edition.blocks.order_by("position", "key"))
    figures = figures_of(blocks)
    notes = list(edition.printed_notes.select_related("source").order_by("number"))
    named = {block.content.get("frame", {}).get("source", "") for block in blocks} - {""}
    sources = with_cited(
        {each for each in ({f.source_id for f in figures.values()} | {n.source_id for n in notes}) if each}, named
    )
    return {
        "area": edition.profile.area, "date": edition.apparatus.get("date") or f"{edition.created_at:%Y-%m}",
        "sources": {each.key: _source(each, sources) for each in sorted(sources.values(), key=lambda each: each.key)},
        "notes": {note.number: {"ibid": note.ibid} if note.ibid else {"source": note.source.key if note.source else ""} for note in notes},
        "tables": {block.key: _table(block, figures) for block in blocks if block.kind == BlockKind.TABLE},
        "figures": [_single(block, figures) for block in blocks if block.kind == BlockKind.FIGURE and block.content.get("obs") in figures],
        "claims": [claim for block in blocks for claim in block.content.get("claims", ())],
        "texts": {block.key: text for block in blocks for text in [_text(block)] if text},
    }  # fmt: skip


def vocabulary_data() -> dict[str, Any]:
    """Concepts as the database has them, with the groups of countries that the package knows."""
    concepts = {
        each.key: {name: getattr(each, name) for name in _RULES if getattr(each, name)}
        for each in Concept.objects.all()
    }
    return {"concepts": concepts, "groups": document("profile/concepts.yml").get("groups", {})}


def kernel_profile(edition: Edition) -> Profile:
    """The edition as the rules read it. Raises ``Unreadable`` with every fault."""
    return read_profile(edition_data(edition), vocabulary_data())


def findings(edition: Edition) -> list[Finding]:
    """What the rules say of the edition as it is now."""
    return list(examine(kernel_profile(edition)))


def figures_of(blocks: Iterable[Block]) -> dict[str, Observation]:
    """The figures that blocks show, by their codes; three queries, since many figures share a series and a source."""
    wanted = {code for block in blocks for code in codes_in(block.content)}
    rows = list(Observation.objects.filter(code__in=wanted))
    series = Series.objects.select_related("indicator__concept", "vintage__source")
    series_by_key = series.in_bulk({each.series_id for each in rows})
    sources = Source.objects.in_bulk({key for each in rows for key in (each.source_id, each.quoted_in_id) if key})
    for each in rows:
        each.series = series_by_key[each.series_id]
        each.source = sources[each.source_id] if each.source_id else None
        each.quoted_in = sources[each.quoted_in_id] if each.quoted_in_id else None
    return {each.code: each for each in rows}


def codes_in(content: Mapping[str, Any]) -> Iterator[str]:
    """Codes of the figures that a block's content names, wherever in it."""
    from hamroh.evidence.references import references

    said = content.get("obs") or ()
    yield from [said] if isinstance(said, str) else (code for _label, code in said)
    for row in content.get("rows", ()):
        if not isinstance(row, str):  # a chart names rows of its table
            yield from (code for code in row.get("cells", ()) if code)
    for item in content.get("items", ()):
        if item.get("obs"):
            yield item["obs"]
    yield from content.get("values", {}).values()
    for text in content.get("texts", {}).values():
        yield from references(text)


def with_cited(wanted: Iterable[UUID], keys: Iterable[str] = ()) -> dict[UUID, Source]:
    """Sources by their ids, or named by ``keys``, with those that they cite, to the last; one query however long the chains are."""
    every, found, named = Source.objects.in_bulk(), dict[UUID, Source](), frozenset(keys)
    waiting = [*wanted, *(pk for pk, each in every.items() if each.key in named)]
    while waiting:
        each = every[waiting.pop()]
        if each.pk not in found:
            found[each.pk] = each
            waiting += [each.cites_id] if each.cites_id else []
    return found


def _source(source: Source, sources: Mapping[UUID, Source]) -> dict[str, Any]:
    said = {"title": source.title, "kind": source.kind, "issued": source.issued or None}
    return {**said, "cites": sources[source.cites_id].key} if source.cites_id else said


def _table(block: Block, figures: Mapping[str, Observation]) -> dict[str, Any]:
    frame = {"section": block.section, **block.content.get("frame", {})}
    rows = [
        {**row, "cells": [_cell(figures[code], frame) if code in figures else "" for code in row["cells"]]}
        for row in block.content.get("rows", ())
    ]
    title = block.content.get("title", {})
    return {"title": title.get("en") or next(iter(title.values()), ""), **frame, "rows": rows}


def _cell(figure: Observation, frame: Mapping[str, Any]) -> str:
    """A cell as it is printed; a figure that was printed elsewhere in another notation, or nowhere, in that of this table."""
    decimal, scale = frame.get("decimal", "."), int(frame.get("thousands", 0))
    try:
        read = read_loosely(figure.printed, decimal, str(frame.get("nil", "")))
    except NotANumber:
        return _plain(figure, decimal, scale)
    said = (None if each is None else each.scaleb(scale) for each in (read.value, read.low, read.high))
    same = tuple(said) == (figure.value, figure.low, figure.high)
    return figure.printed if same else _plain(figure, decimal, scale)


def _plain(figure: Observation, decimal: str, scale: int) -> str:
    """The number by itself; nothing where there is a range or none."""
    return "" if figure.value is None else f"{figure.value.scaleb(-scale).normalize():f}".replace(".", decimal)


def _single(block: Block, figures: Mapping[str, Observation]) -> dict[str, Any]:
    figure = figures[block.content["obs"]]
    thousands = int(figure.detail.get("thousands", 0))
    said: dict[str, Any] = {
        "id": block.key, "concept": figure.series.indicator.concept.key, "area": figure.series.area, "printed": figure.printed,
        "period": figure.period or None, "flags": figure.flags, "source": figure.source.key if figure.source else "",
        "section": block.section, "origin": figure.series.dims.get("origin"), "destination": figure.series.dims.get("destination"),
        **{name: figure.detail[name] for name in ("definition", "note", "parts", "shares", "thousands") if name in figure.detail},
    }  # fmt: skip
    for name in ("value", "low", "high"):
        number = getattr(figure, name)
        said[name] = None if number is None else str(number.scaleb(-thousands).normalize())
    if figure.low is not None and figure.high is None:
        said["high"] = "Infinity"
    return said


def _text(block: Block) -> str:
    return "\n\n".join(text for _lang, text in sorted(block.content.get("texts", {}).items()))
