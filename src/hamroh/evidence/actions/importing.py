"""A file of figures becomes a release of its source: everything at once, beside what earlier releases said and over none of it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.evidence.actions.indexing import index_figures
from hamroh.evidence.actions.inserting import insert_rows
from hamroh.evidence.actions.recording import RecordingRefused, dates
from hamroh.evidence.incoming import Incoming, LeftOut
from hamroh.evidence.models import (
    ImportBatch,
    ImportMapping,
    Indicator,
    Observation,
    Series,
    Source,
    SourceKind,
    Vintage,
)
from hamroh.vault import journal
from hamroh.web.codes import new_code
from hamroh.web.ids import uuid7s

#: rows that are kept with the import to be read again; all are counted
MOST_LEFT_OUT = 1000
_AT_ONCE = 2000
_TIMES = ("period", "first_date", "last_date")
_VARYING = (
    "id", "code", "series", *_TIMES, "value", "low", "high", "qualifier", "printed", "missing", "flags", "source", "quoted_in", "locator", "notes", "detail",
)  # fmt: skip
#: what a source may be told of itself
_FACTS = ("title", "kind", "publisher", "authors", "issued", "url", "licence")


@dataclass(frozen=True)
class Release:
    """What a file is a release of: the source by its ``key`` (with ``facts`` where it is new), its ``label``, and the file's ``digest``.

    ``released`` is a partial date. ``language`` is that of notes in the file.
    """

    key: str
    label: str
    digest: str
    released: str = ""
    language: str = "en"
    facts: Mapping[str, str] | None = None


@transaction.atomic
def import_figures(
    *, actor: Any, organisation: Organisation, release: Release, figures: Sequence[Incoming], left_out: Sequence[LeftOut] = (),
    counts: Mapping[str, int] | None = None, mapping: ImportMapping | None = None, faults: Sequence[str] = (), despite: str = "",
    progress: Callable[[int], object] | None = None,
) -> ImportBatch:  # fmt: skip
    """Record all figures as a new release. ``faults`` are what the rules found wrong in the file; with any, ``despite`` says why it comes in.

    Raises RecordingRefused where the release or the very file is here already, and writes nothing then.
    """
    policy.require(actor, "evidence.import", ImportBatch(organisation=organisation))
    if not figures:
        raise RecordingRefused(_("No figure of this file can be brought in."))
    if faults and not despite.strip():
        raise RecordingRefused(_("Something in this file looks wrong. Say why it comes in nevertheless."))
    vintage = _vintage(release)
    series = _series(figures, vintage)
    _record(actor, figures, series, release.language, progress=progress)
    batch = ImportBatch.objects.create(
        organisation=organisation, mapping=mapping, vintage=vintage, digest=release.digest, made_by=actor,
        counts={"added": len(figures), **(counts or {}), **({"faults": len(faults)} if faults else {})},
        left_out=_kept(left_out, faults, despite),
    )  # fmt: skip
    index_figures()
    journal.record(
        actor=actor,
        verb="evidence.import",
        about=batch,
        facts={"source": release.key, "figures": len(figures), "digest": release.digest},
    )
    return batch


def _vintage(release: Release) -> Vintage:
    facts = {name: text for name, text in (release.facts or {}).items() if name in _FACTS and text}
    if not facts.get("title") and not Source.objects.filter(key=release.key).exists():
        raise RecordingRefused(_("There is no source with the key %(key)s. Give its title.") % {"key": release.key})
    source, _made = Source.objects.get_or_create(key=release.key, defaults={"kind": SourceKind.DATABASE, **facts})
    if source.vintages.filter(file_digest=release.digest).exists():
        raise RecordingRefused(_("This very file was brought in from this source already."))
    if source.vintages.filter(label=release.label).exists():
        raise RecordingRefused(
            _("This source has a release “%(label)s” already. Releases are never overwritten: name this one otherwise.")
            % {"label": release.label}
        )
    return Vintage.objects.create(
        source=source,
        label=release.label,
        released=release.released,
        file_digest=release.digest,
        accessed_date=timezone.localdate(),
    )


def _series(figures: Iterable[Incoming], vintage: Vintage) -> dict[tuple[str, str, str], Series]:
    indicators = Indicator.objects.in_bulk({each.indicator for each in figures}, field_name="code")
    made: dict[tuple[str, str, str], Series] = {}
    ids = uuid7s()
    for each in figures:
        if each.key[:3] not in made:
            if each.indicator not in indicators:
                raise RecordingRefused(_("It is not known what %(code)s counts.") % {"code": each.indicator})
            made[each.key[:3]] = Series(
                id=next(ids),
                indicator=indicators[each.indicator],
                vintage=vintage,
                area=each.area,
                dims=dict(each.dims),
                dims_key=each.dims_key,
            )
    rows = ((each.pk, each.indicator_id, each.area, each.dims, each.dims_key) for each in made.values())
    names = ("id", "indicator", "area", "dims", "dims_key")
    insert_rows(Series, names, rows, {"vintage": vintage.pk, "method": {}})
    return made


def _record(
    actor: Any, figures: Sequence[Incoming], series: Mapping[tuple[str, str, str], Series], language: str,
    *, progress: Callable[[int], object] | None,
) -> None:  # fmt: skip
    """Write the figures; their codes share a beginning that is drawn once."""
    constants = {
        "supersedes": None, "recorded_at": timezone.now(), "recorded_by": actor.pk if actor else None
    }  # fmt: skip
    cited = Source.objects.in_bulk({each.cited for each in figures if each.cited}, field_name="key")
    rows = _rows(figures, series, language, {key: each.pk for key, each in cited.items()})
    insert_rows(Observation, _VARYING, _counted(rows, progress), constants)


def _rows(
    figures: Sequence[Incoming], series: Mapping[tuple[str, str, str], Series], language: str, cited: Mapping[str, Any]
) -> Iterator[tuple[Any, ...]]:
    """The columns of ``_VARYING`` for each figure. What the file has from a source that is known here is cited from there."""
    prefix, ids = new_code(), uuid7s()
    own = next(iter(series.values())).vintage.source_id
    times = {each.period: tuple(dates(each.period).get(name) for name in _TIMES) for each in figures}
    for number, each in enumerate(figures, start=1):
        source = cited.get(each.cited, own)
        yield (
            next(ids), f"{prefix}-{number}", series[each.key[:3]].pk, *times[each.period], each.value, each.low, each.high, each.qualifier,
            each.printed, each.missing, each.flags, source, own if source != own else None, _locator(each),
            {language: each.note} if each.note else {}, _detail(each),
        )  # fmt: skip


def _detail(figure: Incoming) -> dict[str, Any]:
    said = {"thousands": figure.thousands, "definition": figure.definition}
    return {name: value for name, value in said.items() if value}


def _counted(rows: Iterable[tuple[Any, ...]], progress: Callable[[int], object] | None) -> Iterator[tuple[Any, ...]]:
    for number, row in enumerate(rows, start=1):
        yield row
        if progress and not number % _AT_ONCE:
            progress(_AT_ONCE)


def _locator(figure: Incoming) -> str:
    """The line of the file, after the place that the file names."""
    return f"{figure.locator[:80]}{', ' if figure.locator else ''}row {figure.line}, {figure.column[:20]}"[:120]


def _kept(left_out: Sequence[LeftOut], faults: Sequence[str], despite: str) -> list[dict[str, Any]]:
    """What is kept of lines that did not come in, after why the file came in nevertheless."""
    return [
        *_despite(faults, despite),
        *({"line": each.line, "code": each.code, "detail": each.detail} for each in left_out[:MOST_LEFT_OUT]),
    ]


def _despite(faults: Sequence[str], despite: str) -> Iterator[dict[str, Any]]:
    for each in faults:
        yield {"line": 0, "code": "despite", "detail": each, "reason": despite.strip()[:400]}


@transaction.atomic
def keep_mapping(
    *,
    actor: Any,
    organisation: Organisation,
    name: str,
    shape: str,
    columns: Mapping[str, Any],
    settled: Mapping[str, Any],
) -> ImportMapping:
    """Keep how files with such a heading are read; one of the same name is brought up to date."""
    policy.require(actor, "evidence.import", ImportMapping(organisation=organisation))
    told = {"shape": shape, "columns": dict(columns), "settled": dict(settled)}
    mapping, made = ImportMapping.objects.update_or_create(organisation=organisation, name=name[:120], defaults=told)
    journal.record(actor=actor, verb="evidence.keep_mapping", about=mapping, facts={"shape": shape, "new": made})
    return mapping
