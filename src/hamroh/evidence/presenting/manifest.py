"""An edition whole, in no language yet: blocks in the order of its template, figures with their sources, lists as of its day.

What is published is the canonical bytes of this, so that a frozen edition shows the same for ever, whatever becomes of the rows.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.utils import timezone

from hamroh.directory.models import Party
from hamroh.evidence.models import Block, BlockKind, Edition, FindingAnswer, Indicator, Observation, Source
from hamroh.evidence.selectors.answers import examined
from hamroh.evidence.selectors.data import figures_of, with_cited
from hamroh.kernel.figures import Finding
from hamroh.web.texts import LANGUAGES

VERSION = 1
#: a list from the directory shows no more
_MOST_LISTED = 200
Manifest = dict[str, Any]


def manifest(edition: Edition) -> Manifest:
    """The edition as its blocks, figures and lists are now, as data that JSON can carry; decimals are strings."""
    blocks = list(edition.blocks.order_by("position", "key"))
    figures = figures_of(blocks)
    notes = list(edition.printed_notes.select_related("source").order_by("number"))
    scales = _scales(blocks)
    sources = with_cited({key for key in _source_ids(figures.values(), blocks, notes) if key})
    return {
        "version": VERSION,
        "edition": _edition(edition),
        "sections": _sections(edition, blocks),
        "figures": {code: _figure(each, scales.get(code, each.detail.get("thousands", 0))) for code, each in sorted(figures.items())},
        "sources": {each.key: _source(each, sources) for each in sorted(sources.values(), key=lambda each: each.key)},
        "lists": {block.key: _listed(block, edition) for block in blocks if block.kind == BlockKind.DIRECTORY},
        "notes": {str(note.number): {"source": note.source.key if note.source else "", "ibid": note.ibid} for note in notes},
        "answers": _answers(edition),
    }  # fmt: skip


def canonical(made: Mapping[str, Any]) -> bytes:
    """The one way to write a manifest down: UTF-8, keys in order, no spaces."""
    return json.dumps(made, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(content: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(content).hexdigest()


def _edition(edition: Edition) -> dict[str, Any]:
    return {
        "code": edition.code, "area": edition.profile.area, "profile": edition.profile.key, "names": edition.profile.names,
        "label": edition.label, "titles": edition.titles, "languages": edition.languages,
        "as_of": edition.as_of.isoformat() if edition.as_of else "", "date": edition.apparatus.get("date", ""),
        "template": {"key": edition.template.key, "version": edition.template.version, "names": edition.template.names},
        "apparatus": edition.apparatus, "maintainer": edition.organisation.names,
    }  # fmt: skip


def _sections(edition: Edition, blocks: Iterable[Block]) -> list[dict[str, Any]]:
    """Sections of the template with their blocks, then those that it does not know; within one, as its slots are ordered."""
    by_section: dict[str, list[Block]] = defaultdict(list)
    for block in blocks:
        by_section[block.section].append(block)
    known = {each["code"]: each for each in edition.template.sections}
    order = [*known, *sorted(set(by_section) - set(known))]
    return [
        {
            "code": code, "titles": known.get(code, {}).get("titles", {}), "level": known.get(code, {}).get("level", code.count(".") + 1),
            "blocks": [_block(each) for each in by_section.get(code, ())],
        }
        for code in order
    ]  # fmt: skip


def _block(block: Block) -> dict[str, Any]:
    return {
        "key": block.key,
        "kind": block.kind,
        "slot": block.slot,
        "version": block.version,
        "content": block.content,
    }


def _figure(figure: Observation, thousands: int) -> dict[str, Any]:
    """A figure with all that is to be known of it; ``thousands`` is the power of ten in which it was printed."""
    indicator, series = figure.series.indicator, figure.series
    return {
        "value": _plain(figure.value), "low": _plain(figure.low), "high": _plain(figure.high), "qualifier": figure.qualifier,
        "printed": figure.printed, "missing": figure.missing, "flags": figure.flags, "period": figure.period, "area": series.area,
        "dims": series.dims, "thousands": thousands, "indicator": indicator.code, **_measure(indicator),
        "source": figure.source.key if figure.source else "", "quoted_in": figure.quoted_in.key if figure.quoted_in else "",
        "locator": figure.locator, "vintage": series.vintage.label, "notes": figure.notes, "recorded": figure.recorded_at.date().isoformat(),
        **{name: figure.detail[name] for name in ("definition", "note", "parts", "shares") if name in figure.detail},
    }  # fmt: skip


def _measure(indicator: Indicator) -> dict[str, Any]:
    concept = indicator.concept
    return {
        "concept": concept.key, "names": indicator.names or concept.names, "kind": concept.kind,
        "definitions": indicator.definitions or concept.definitions, "unit": indicator.unit or concept.unit, "multiplier": indicator.multiplier,
    }  # fmt: skip


def _scales(blocks: Iterable[Block]) -> dict[str, int]:
    """In which power of ten the cells of tables are printed, by the codes of their figures."""
    return {
        code: int(block.content.get("frame", {}).get("thousands", 0))
        for block in blocks
        if block.kind == BlockKind.TABLE
        for row in block.content.get("rows", ())
        for code in row.get("cells", ())
        if code
    }


def _plain(value: Decimal | None) -> str | None:
    """A decimal without noughts at its end, never with an exponent."""
    return None if value is None else f"{value.normalize():f}"


def _source_ids(figures: Iterable[Observation], blocks: Iterable[Block], notes: Iterable[Any]) -> set[Any]:
    figures = list(figures)
    named = {block.content.get("source", "") or block.content.get("frame", {}).get("source", "") for block in blocks}
    by_key = Source.objects.filter(key__in=named - {""}).values_list("pk", flat=True)
    return {
        *by_key,
        *(each.source_id for each in figures), *(each.quoted_in_id for each in figures), *(note.source_id for note in notes),
    }  # fmt: skip


def _source(source: Source, sources: Mapping[Any, Source]) -> dict[str, Any]:
    return {
        "title": source.title, "kind": source.kind, "publisher": source.publisher, "authors": source.authors, "issued": source.issued,
        "url": source.url, "licence": source.licence, "cites": sources[source.cites_id].key if source.cites_id else "",
    }  # fmt: skip


def _listed(block: Block, edition: Edition) -> list[dict[str, Any]]:
    """What the directory has for a block: public entries only, by name."""
    query = block.content.get("query", {})
    rows = Party.objects.public(edition.as_of or timezone.localdate())
    if query.get("kind"):
        kinds = query["kind"] if isinstance(query["kind"], list) else [query["kind"]]
        rows = rows.filter(kind__in=kinds)
    if query.get("country"):
        rows = rows.filter(country__key=query["country"])
    found = rows.order_by("sort_keys__en", "code")[:_MOST_LISTED]
    return [
        {"code": each.code, "names": each.names, "descriptions": each.description, "kind": each.kind} for each in found
    ]


def _answers(edition: Edition) -> list[dict[str, Any]]:
    """Findings that somebody answered for, in words of every language, with the answer."""
    if not edition.answers.filter(withdrawn_at=None).exists():
        return []
    return [_answer(each.finding, each.answer) for each in examined(edition).found if each.answer]


def _answer(finding: Finding, answer: FindingAnswer) -> dict[str, Any]:
    said = {lang: finding.said(lang) for lang in LANGUAGES}
    return {
        "rule": finding.rule, "severity": finding.severity.value, "where": list(finding.where), "said": said, "reason": answer.reason,
        "date": answer.answered_at.date().isoformat(), **({"reasons": answer.reasons} if answer.reasons else {}),
    }  # fmt: skip
