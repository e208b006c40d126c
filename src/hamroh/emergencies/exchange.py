"""Cards of damage as DesInventar has them: out as CSV and XLSX, in from either. Words that somebody wrote never travel along."""

import csv
import datetime as dt
import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl import Workbook

from hamroh.cases import workbooks
from hamroh.directory.exchange.tables import FileRefused as TableRefused
from hamroh.directory.exchange.tables import read_tables
from hamroh.directory.forms.fields import unit_key
from hamroh.directory.models import AdminUnit
from hamroh.emergencies.actions.damage import Told
from hamroh.emergencies.models import DamageCard, Event, Hazard, Source
from hamroh.kernel.damage import EFFECTS, MOST, SECTORS, Count, Known
from hamroh.web.texts import pick

TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
MOST_ROWS, LARGEST = 2_000, 5 * 2**20
#: the columns of a card that are not counted, and ours at the end
HEAD = ("serial", "level0", "name0", "evento", "glide", "lugar", "fechano", "fechames", "fechadia", "fuentes")
TAIL = ("hamroh_source", "hamroh_exercise")
COUNTED = [column for number, flag in EFFECTS.values() for column in (number, flag) if column]
COLUMNS = (*HEAD, *dict.fromkeys([*COUNTED, *SECTORS.values()]), *TAIL)
#: how a card says "there were some"; with nought beside it nobody knows how many
YES = -1
#: the first signs of a cell that a spreadsheet would run
_RUN = ("=", "+", "-", "@", "\t", "\r")


class FileRefused(ValueError):
    """The file cannot be read; the message says why and what to do."""


def written(event: Event, cards: Sequence[DamageCard], form: str) -> bytes:
    """The cards of an event, the newest first, one a row."""
    rows = [[row.get(column, "") for column in COLUMNS] for row in (_row(event, card) for card in cards)]
    return {"csv": _csv, "xlsx": _xlsx}[form](rows)


def _row(event: Event, card: DamageCard) -> dict[str, Any]:
    row: dict[str, Any] = {
        "serial": str(card.pk)[:13], "level0": card.place.key, "name0": pick(card.place.names, "en").text,
        "evento": Hazard(event.hazard).value.upper(), "glide": event.glide, "lugar": card.spot, "fechano": card.on_date.year,
        "fechames": card.on_date.month, "fechadia": card.on_date.day, "fuentes": card.source_name, "hamroh_source": card.source,
        "hamroh_exercise": int(event.is_exercise),
    }  # fmt: skip
    for name, each in card.counts.items():
        number, flag = EFFECTS[name]
        row[number] = each["value"]
        if flag:
            row[flag] = 0 if each["known"] == Known.NONE else YES
        elif each["known"] == Known.SOME:
            row[number] = YES
    return row | {SECTORS[name]: YES for name in card.sectors if name in SECTORS}


def _csv(rows: Sequence[Sequence[Any]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([f"'{cell}" if isinstance(cell, str) and cell.startswith(_RUN) else cell for cell in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _xlsx(rows: Sequence[Sequence[Any]]) -> bytes:
    book = Workbook()
    page = book.active
    page.title = "DesInventar"
    for at, line in enumerate((COLUMNS, *rows), 1):
        for beside, value in enumerate(line, 1):
            if value != "":
                workbooks.put(page.cell(at, beside), value)
    return workbooks.saved(book)


# -- in --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Fate:
    """What becomes of a row: a card, or the reason why there is none."""

    number: int
    told: Told | None = None
    fault: str = ""


def read(name: str, content: bytes) -> list[Fate]:
    """What would become of each row of a file; FileRefused for a file that is none. Nothing is written."""
    if len(content) > LARGEST:
        raise FileRefused(_("The file is too large: at most 5 MB."))
    try:
        (table, *_others) = read_tables(PurePath(name).name, content)
    except TableRefused as fault:
        raise FileRefused(str(fault)) from None
    header = [title.strip().casefold() for title in table.header]
    if not {"level0", "fuentes"} <= set(header):
        raise FileRefused(_("These are no cards of damage: the columns level0 and fuentes are missing."))
    if len(table.lines) > MOST_ROWS:
        raise FileRefused(_("The file has too many rows: at most 2,000."))
    return list(_fates(header, table.lines))


def _fates(header: Sequence[str], lines: Sequence[Any]) -> Iterator[Fate]:
    places: dict[str, AdminUnit | None] = {}
    for line in lines:
        cell = {title: line.cells[at].strip() for at, title in enumerate(header) if at < len(line.cells)}
        if any(header[at] in COLUMNS for at in line.formulas if at < len(header)):
            yield Fate(line.number, fault=_("A formula stands where a value should."))
            continue
        try:
            yield Fate(line.number, _told(cell, places))
        except ValidationError as fault:
            yield Fate(line.number, fault=" ".join(fault.messages))


def _told(cell: Mapping[str, str], places: dict[str, AdminUnit | None]) -> Told:
    typed = cell.get("level0") or cell.get("name0") or ""
    if typed not in places:
        key = typed if AdminUnit.objects.filter(key=typed).exists() else unit_key(typed)
        places[typed] = AdminUnit.objects.filter(key=key).first()
    place, source = places[typed], cell.get("fuentes", "").strip()
    if place is None or not source:
        raise ValidationError(_("A card needs its place and its source."))
    counts = {name: count for name, columns in EFFECTS.items() if (count := _count(cell, *columns)) is not None}
    sectors = [name for name, column in SECTORS.items() if _whole(cell.get(column, "")) == YES]
    if not counts and not sectors:
        raise ValidationError(_("Nothing is counted in this row."))
    kind = cell.get("hamroh_source", "") or Source.OFFICIAL
    if kind not in Source.values:
        raise ValidationError(_("This kind of source is not known."))
    told = Told(
        place=place,
        source=kind,
        source_name=source[:120],
        on_date=_day(cell),
        counts=counts,
        sectors=sectors,
        spot=cell.get("lugar", "")[:120],
    )
    return Told(**{**vars(told), "origin": _origin(cell, told)})


def _origin(cell: Mapping[str, str], told: Told) -> str:
    """What a row is known by: a file that is brought twice makes no card twice."""
    whole = "|".join([str(told.place.pk), *(f"{name}={cell.get(name, '')}" for name in COLUMNS)])
    return "file:" + hashlib.sha256(whole.encode()).hexdigest()[:40]


def _day(cell: Mapping[str, str]) -> dt.date:
    try:
        return dt.date(*(int(cell.get(name, "")) for name in ("fechano", "fechames", "fechadia")))
    except (ValueError, OverflowError):
        raise ValidationError(_("The day cannot be read.")) from None


def _count(cell: Mapping[str, str], number: str, flag: str) -> Count | None:
    value, said = _whole(cell.get(number, "")), _whole(cell.get(flag, "")) if flag else None
    if value is not None and value > 0:
        return Count(Known.NUMBER, value)
    if YES in (value, said):
        return Count(Known.SOME)
    return Count(Known.NONE) if value == 0 and (said == 0 or not flag) else None


def _whole(typed: str) -> int | None:
    """A whole number; None where the cell is empty. ValidationError for anything else."""
    if not typed:
        return None
    try:
        value = float(typed)
        whole = int(value)
    except (ValueError, OverflowError):
        raise ValidationError(_("A number cannot be read: %(typed)s") % {"typed": typed[:20]}) from None
    if whole != value or not YES <= whole <= MOST:
        raise ValidationError(_("A number cannot be read: %(typed)s") % {"typed": typed[:20]})
    return whole
