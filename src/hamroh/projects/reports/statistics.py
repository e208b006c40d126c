"""Statistics in a report: cells of tables that left for donors or for everybody, and no other count of the people who are helped."""

from collections.abc import Mapping
from typing import Any

from hamroh.projects.models import Actual, DonorReport
from hamroh.projects.reports import told
from hamroh.projects.reports.figures import Figures, labelled
from hamroh.statistics import selectors
from hamroh.vault.models import Audience

OUTSIDE = frozenset({Audience.DONOR, Audience.PUBLIC})
#: between a release and its cell, in the source of a figure
CELL = "#"
Tables = Mapping[str, Any]


def outside(actor: Any, report: DonorReport) -> Tables:
    """Tables of the house that a donor may read, by their ids, the newest first."""
    rows = selectors.released_tables(actor=actor, organisation_id=report.organisation_id)
    return {str(each.pk): each for each in rows if each.audience in OUTSIDE}


def tables(report: DonorReport, known: Tables, found: Figures) -> list[dict[str, Any]]:
    """The tables that the report names, cell by cell; what is withheld says so."""
    return [_table(known[pk], found) for pk in report.tables if pk in known]


def _table(table: Any, found: Figures) -> dict[str, Any]:
    titles = told.everywhere(lambda _lang: table.title)
    source = {"kind": "release", "words": str(table.digest)[:16], "code": str(table.pk)}
    rows = []
    for key, count in table.cells.items():
        labels = told.everywhere(lambda _lang, key=key: table.label(key))
        name = found.add(
            f"s:{table.pk}:{key}", labelled(titles, labels), count, source, record=table.digest, withheld=count is None
        )
        rows.append({"labels": labels, "figures": [name]})
    return {"titles": titles, "columns": [told.everywhere(lambda _lang: table.unit)], "rows": rows}


def is_released(row: Actual, known: Tables) -> bool:
    """Whether a figure that claims to be of a released cell is just that: the table left for donors and its cell says this number."""
    release, _hash, cell = row.source_ref.partition(CELL)
    table = known.get(release)
    return table is not None and row.value is not None and table.value(cell) == row.value
