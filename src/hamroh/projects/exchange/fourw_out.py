"""Activities as a workbook: one row each, for whom on a sheet beside it. For others nothing goes along that is not told outside."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from hamroh.cases import workbooks
from hamroh.directory.models import AdminUnit, UnitAncestor
from hamroh.projects.exchange.fourw_columns import (
    COLUMNS,
    PEOPLE,
    PEOPLE_COLUMNS,
    WORK,
    Column,
    labels,
    sheet_title,
    state_word,
)
from hamroh.projects.exchange.iati_rows import bodies
from hamroh.projects.models import Activity, ProjectParty
from hamroh.projects.selectors.projects import SHARED
from hamroh.web.texts import LANGUAGES, pick

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: what is not for others, and the nearest that a place is told to them: country, region, district
_OURS = ("spot", "source", "remark", "is_hidden", "changed_at")
_TOLD = 3
Chains = dict[UUID, list[AdminUnit]]


def workbook(activities: Iterable[Activity], lang: str, *, for_others: bool = False) -> bytes:
    """The workbook of these activities, each with its rows of ``reach`` at hand."""
    rows = _told(activities) if for_others else list(activities)
    chains = chains_of({each.place_id for each in rows if each.place_id})
    book = Workbook()
    sheets = (
        (WORK, COLUMNS, [cells(each, chains, lang, for_others=for_others) for each in rows]),
        (PEOPLE, PEOPLE_COLUMNS, [line for each in rows for line in people(each)]),
    )
    for at, (name, columns, lines) in enumerate(sheets):
        page = book.active if at == 0 else book.create_sheet()
        page.title = sheet_title(name, lang)
        _fill(page, columns, lines, lang)
    return workbooks.saved(book)


def _told(activities: Iterable[Activity]) -> list[Activity]:
    """What others may read: no hidden place, no project that is ours alone, nobody whom a file may not name."""
    rows = [
        each
        for each in activities
        if not each.is_hidden and (each.project is None or each.project.visibility in SHARED)
    ]
    named = bodies({each.who_id for each in rows if each.who_id}, timezone.now().date())
    typed = ProjectParty.objects.filter(
        project__in={each.project_id for each in rows if each.project_id}, is_hidden=False
    ).exclude(name="")
    shown = {(project, name.casefold()) for project, name in typed.values_list("project_id", "name")}
    for each in rows:
        if each.who_id and each.who_id not in named:
            each.who = None
        if (each.project_id, each.who_name.casefold()) not in shown:
            each.who_name = ""
    return rows


def _fill(page: Any, columns: tuple[Column, ...], lines: Sequence[dict[str, Any]], lang: str) -> None:
    for at, (column, label) in enumerate(zip(columns, labels(columns, lang), strict=True), 1):
        page.column_dimensions[get_column_letter(at)].width = column.width
        page.cell(1, at).font = Font(bold=True)
        workbooks.put(page.cell(1, at), label)
        workbooks.put(page.cell(2, at), column.tag)
        for down, line in enumerate(lines, 3):
            if (value := line[column.name]) != "":
                workbooks.put(page.cell(down, at), value)
    page.freeze_panes = "B3"


def chains_of(places: Iterable[UUID]) -> Chains:
    """From the country down to each place."""
    found: Chains = defaultdict(list)
    rows = UnitAncestor.objects.filter(unit__in=set(places)).select_related("ancestor").order_by("unit_id", "-distance")
    for row in rows:
        found[row.unit_id].append(row.ancestor)
    return found


def cells(row: Activity, chains: Chains, lang: str, *, for_others: bool = False) -> dict[str, Any]:
    """One activity by the names of the columns."""
    chain = chains.get(row.place_id, []) if row.place_id else []
    chain = chain[:_TOLD] if for_others else chain
    levels = [*chain[:3], *chain[-1:]] if len(chain) > 4 else chain
    said = {
        "id": row.code, "project": row.project.reference if row.project else "", "who": _who(row, lang), "who_id": row.who.code if row.who else "",
        "sector": row.sector, "place_id": chain[-1].key if chain else "", "spot": row.spot, "is_hidden": "x" if row.is_hidden else "",
        "starts": row.starts, "ends": row.ends, "state": state_word(row.state, lang), "indicator": row.indicator.code if row.indicator else "",
        "source": row.source, "remark": row.remark, "changed_at": row.changed_at.isoformat(),
    }  # fmt: skip
    said |= {f"what_{each}": row.whats.get(each, "") for each in LANGUAGES}
    said |= {f"adm{depth}": pick(levels[depth].names, lang).text if depth < len(levels) else "" for depth in range(4)}
    return said | dict.fromkeys(_OURS, "") if for_others else said


def _who(row: Activity, lang: str) -> str:
    return pick(row.who.names, lang).text if row.who else row.who_name


def people(row: Activity) -> Iterator[dict[str, Any]]:
    """For whom an activity was, by the names of the columns."""
    for each in row.reach.all():
        yield {
            "activity": row.code, "group": each.group, "sex": each.sex, "age": each.age, "number": each.number,
            "at_least": "x" if each.at_least else "",
        }  # fmt: skip
