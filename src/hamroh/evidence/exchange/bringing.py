"""A file of statistics from its bytes to what would become of it, and into the room."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from hamroh.accounts.models import Organisation
from hamroh.directory.exchange.tables import FileRefused
from hamroh.evidence.actions import Release, import_figures, keep_mapping, load_vocabulary
from hamroh.evidence.exchange.layouts import SOURCE_OF, Layout, known_sources, propose
from hamroh.evidence.exchange.opening import Grid, digest_of, open_file
from hamroh.evidence.exchange.planning import Plan, make_plan
from hamroh.evidence.exchange.reading import read_lines
from hamroh.evidence.models import ImportBatch, ImportMapping, Indicator, Source

#: more figures than a release of any source has
MOST_FIGURES = 400_000
Progress = Callable[[str, int], object]


@dataclass(frozen=True)
class Looked:
    """A file that was looked at: its table, how it was read, and the plan."""

    grid: Grid
    layout: Layout
    plan: Plan
    digest: str


def table_of(name: str, content: bytes, *, encoding: str = "", sheet: str = "") -> Grid:
    """The table of a file: the sheet that is named, else the one with most lines. Raises FileRefused."""
    grids = [each for each in open_file(name, content, encoding) if not sheet or each.name == sheet]
    if not grids:
        raise FileRefused(_("The workbook has no such sheet."))
    return max(grids, key=lambda each: len(each.lines))


def layout_for(
    grid: Grid, mappings: Sequence[ImportMapping] = (), shape: str = ""
) -> tuple[Layout, ImportMapping | None]:
    """How the table is read: as one with such a heading was before, else as its heading proposes."""
    proposed = propose(grid.lines, shape)
    for each in mappings:
        if each.columns.get("heading") == proposed.fingerprint and not shape:
            return as_kept(proposed, each), each
    return proposed, None


def as_kept(layout: Layout, mapping: ImportMapping) -> Layout:
    return replace(layout, shape=mapping.shape).with_columns(mapping.columns["roles"], mapping.settled)


def kept_columns(layout: Layout) -> dict[str, Any]:
    """What a mapping keeps of a layout's columns. New years at the end of a heading are figures as those before."""
    return {"heading": layout.fingerprint, "roles": layout.said()}


def look(
    *, name: str, content: bytes, source: Source | None = None, layout: Layout | None = None, mappings: Sequence[ImportMapping] = (), shape: str = "",
    settled: Mapping[str, Any] | None = None, encoding: str = "", sheet: str = "", progress: Progress | None = None,
) -> Looked:  # fmt: skip
    """What would become of a file; writes nothing but the vocabulary of the package where it is not there yet. Raises FileRefused."""
    tell = progress or (lambda _step, _count: None)
    tell("open", 0)
    grid = table_of(name, content, encoding=encoding, sheet=sheet)
    layout = layout or layout_for(grid, mappings, shape)[0]
    layout = replace(layout, settled={**layout.settled, **(settled or {})})
    tell("read", 0)
    reading = read_lines(grid.lines, layout, lambda count: tell("read", count))
    if len(reading.figures) > MOST_FIGURES:
        raise FileRefused(_("There are more than %(most)s figures. Split the file.") % {"most": MOST_FIGURES})
    know_indicators({each.indicator for each in reading.figures})
    plan = make_plan(reading, source, lambda step: tell(step, 0))
    return Looked(grid, layout, plan, digest_of(content))


def know_indicators(codes: set[str]) -> None:
    """Bring the vocabulary up to the package's where a file speaks of what the database lacks."""
    if Indicator.objects.filter(code__in=codes).count() < len(codes):
        load_vocabulary()


def know_vocabulary() -> None:
    """Bring the vocabulary in where the database has none yet."""
    if not Indicator.objects.exists():
        load_vocabulary()


def take_in(
    *, actor: Any, organisation: Organisation, looked: Looked, release: Release, mapping: ImportMapping | None = None, despite: str = "",
    progress: Callable[[int], object] | None = None,
) -> ImportBatch:  # fmt: skip
    """Bring in what was looked at. Raises RecordingRefused."""
    plan = looked.plan
    return import_figures(
        actor=actor, organisation=organisation, release=replace(release, digest=looked.digest), figures=plan.figures, left_out=plan.left_out,
        counts=plan.counts, mapping=mapping, faults=[each.code for each in plan.findings if each.severity == "error"], despite=despite,
        progress=progress,
    )  # fmt: skip


def keep_layout(*, actor: Any, organisation: Organisation, name: str, layout: Layout) -> ImportMapping:
    """Keep how the file was read for the next with such a heading."""
    return keep_mapping(
        actor=actor,
        organisation=organisation,
        name=name,
        shape=layout.shape,
        columns=kept_columns(layout),
        settled=layout.settled,
    )


def facts_of_source(key: str) -> dict[str, str]:
    """What the package knows of a producer; empty for others."""
    return dict(known_sources().get(key, {}))


def usual_source(layout: Layout) -> str:
    """The source that the shape of a file speaks for."""
    return SOURCE_OF.get(layout.shape, "")
