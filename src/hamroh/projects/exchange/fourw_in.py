"""A workbook of activities that somebody filled in: what would become of each row, told before anything is written."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from hamroh.accounts.models import Organisation
from hamroh.directory import selectors as directory
from hamroh.directory.exchange.tables import FileRefused, Line, Table, read_tables
from hamroh.directory.models import AdminUnit, Party
from hamroh.projects import selectors
from hamroh.projects.exchange.fourw_columns import (
    PEOPLE,
    SHEETS,
    WORK,
    YES,
    Column,
    names_by_heading,
    states_by_word,
)
from hamroh.projects.exchange.fourw_out import chains_of
from hamroh.projects.models import Activity, Indicator, Project
from hamroh.web.texts import LANGUAGES

LARGEST, MOST_ROWS = 5 * 2**20, 5_000
_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?", re.ASCII)
_LENGTHS = {"sector": 20, "spot": 160, "source": 300, "remark": 300, "who_name": 200}
_MOST = 2_000_000_000


@dataclass(frozen=True)
class Fault:
    """What is wrong with a cell: its place in the file (``C7``) and why."""

    cell: str
    words: str


@dataclass
class Fate:
    """What becomes of a row: ``new``, ``changed``, ``same`` or ``refused``."""

    sheet: str
    number: int
    kind: str
    name: str = ""
    told: dict[str, Any] = field(default_factory=dict)
    reach: list[dict[str, Any]] | None = None
    row: Activity | None = None
    seen: dt.datetime | None = None
    changes: tuple[str, ...] = ()
    faults: list[Fault] = field(default_factory=list)


@dataclass
class _Sheet:
    """A sheet whose columns were recognised."""

    kind: str
    title: str
    places: dict[str, int]
    lines: Sequence[Line]

    def cell(self, line: Line, name: str) -> str:
        at = self.places.get(name)
        return line.cells[at] if at is not None and at < len(line.cells) else ""

    def at(self, line: Line, name: str) -> str:
        at = self.places.get(name)
        return f"{get_column_letter(at + 1)}{line.number}" if at is not None else f"{line.number}"


def read(*, actor: Any, organisation: Organisation, name: str, content: bytes) -> list[Fate]:
    """What would become of each row of a file; FileRefused for a file that is none. Nothing is written."""
    if len(content) > LARGEST:
        raise FileRefused(_("The file is too large: at most 5 MB."))
    sheets = {each.kind: each for table in read_tables(PurePath(name).name, content) if (each := _recognised(table))}
    if WORK not in sheets:
        raise FileRefused(_("No sheet has the columns of the table. Begin with the file that Hamroh makes."))
    if any(len(each.lines) > MOST_ROWS for each in sheets.values()):
        raise FileRefused(_("There are more than %(most)s rows. Split the file.") % {"most": MOST_ROWS})
    reader = _Reader(actor, organisation, sheets)
    return list(reader.fates())


def _recognised(table: Table) -> _Sheet | None:
    """A sheet by the tags in its first two rows, or by headings in any language."""
    tags = [(table.header, table.lines), *([(table.lines[0].cells, table.lines[1:])] if table.lines else [])]
    for cells, lines in tags:
        for kind, columns in SHEETS.items():
            by_tag = {column.tag: column.name for column in columns}
            places = {
                by_tag[cell.replace(" ", "")]: at for at, cell in enumerate(cells) if cell.replace(" ", "") in by_tag
            }
            if len(places) > 2:
                return _Sheet(kind, table.name, places, lines)
    for kind, columns in SHEETS.items():
        found = _by_heading(table.header, columns)
        if len(found) > 2:
            return _Sheet(kind, table.name, found, table.lines)
    return None


def _by_heading(header: Sequence[str], columns: tuple[Column, ...]) -> dict[str, int]:
    names = names_by_heading(columns)
    return {names[cell.casefold()]: at for at, cell in reversed(list(enumerate(header))) if cell.casefold() in names}


class _Reader:
    """Reads rows against what the organisation has."""

    def __init__(self, actor: Any, organisation: Organisation, sheets: Mapping[str, _Sheet]) -> None:
        self.organisation, self.sheets = organisation, sheets
        self.held = {
            each.code: each
            for each in selectors.activities(actor=actor, organisation=organisation).select_related("indicator")
        }
        mine = selectors.seen(actor, Project.objects.filter(organisation=organisation), "project.edit")
        self.projects = {each.reference.casefold(): each for each in mine}
        self.indicators = {(each.project_id, each.code): each for each in Indicator.objects.filter(project__in=mine)}
        self.states = states_by_word()
        self.units = {each.key: each for each in AdminUnit.objects.filter(key__in=self._column("place_id"))}
        self.chains = chains_of(each.pk for each in self.units.values())
        self.parties = {
            each.code: each for each in Party.objects.filter(code__in=self._column("who_id"), state="listed")
        }
        self.found: dict[tuple[str, ...], AdminUnit | str] = {}

    def _column(self, name: str) -> set[str]:
        sheet = self.sheets[WORK]
        return {sheet.cell(line, name) for line in sheet.lines}

    def fates(self) -> Iterator[Fate]:
        people, apart = self._people()
        known: set[str] = set()
        for line in self.sheets[WORK].lines:
            sheet = self.sheets[WORK]
            key = sheet.cell(line, "id")
            fate = self._fate(line, people.get(key) if key else None)
            if key and key in known:
                fate.kind, fate.faults = (
                    "refused",
                    [*fate.faults, Fault(sheet.at(line, "id"), _("This number is there twice."))],
                )
            known.add(key)
            yield fate
        yield from apart
        for key in people.keys() - (known - {""}):
            fault = Fault(key[:20], _("No row of the first sheet has this number."))
            yield Fate(self.sheets[PEOPLE].title, 0, "refused", faults=[fault])

    def _fate(self, line: Line, reach: list[dict[str, Any]] | None) -> Fate:
        sheet = self.sheets[WORK]
        fate = Fate(sheet.title, line.number, "new", reach=(reach or []) if PEOPLE in self.sheets else None)
        fate.faults += [
            Fault(f"{get_column_letter(at + 1)}{line.number}", _("A formula stands where a value should."))
            for at in line.formulas
            if at in sheet.places.values()
        ]
        fate.row = self.held.get(sheet.cell(line, "id"))
        for name, make in _CELLS.items():
            if not any(each in sheet.places for each in _NEEDS.get(name, (name,))):
                continue
            try:
                fate.told |= make(self, line, fate)
            except ValidationError as fault:
                fate.faults.append(Fault(sheet.at(line, _NEEDS.get(name, (name,))[0]), " ".join(fault.messages)))
        fate.name = next(iter(fate.told.get("whats", {}).values()), "")[:80]
        self._judge(fate, line)
        return fate

    def _judge(self, fate: Fate, line: Line) -> None:
        sheet = self.sheets[WORK]
        if fate.row is None:
            if not fate.told.get("whats"):
                fate.faults.append(Fault(sheet.at(line, "what_en"), _("Say what is done.")))
            if not fate.told.get("who") and not fate.told.get("who_name"):
                fate.faults.append(Fault(sheet.at(line, "who"), _("Say who does it.")))
        else:
            self._seen(fate, line)
            fate.changes = tuple(name for name, value in fate.told.items() if getattr(fate.row, name) != value)
            if fate.reach is not None and fate.reach != _reach_of(fate.row):
                fate.changes += ("reach",)
            fate.kind = "changed" if fate.changes else "same"
        if fate.faults:
            fate.kind = "refused"

    def _seen(self, fate: Fate, line: Line) -> None:
        """What was changed here since the file was made is not written over."""
        assert fate.row is not None
        text = self.sheets[WORK].cell(line, "changed_at")
        try:
            fate.seen = dt.datetime.fromisoformat(text)
        except ValueError:
            fate.seen = None
        if fate.seen != fate.row.changed_at:
            words = _("This was changed here since the file was made. Take a new file, and put your change in there.")
            fate.faults.append(Fault(self.sheets[WORK].at(line, "changed_at"), words))

    def _people(self) -> tuple[dict[str, list[dict[str, Any]]], list[Fate]]:
        found: dict[str, list[dict[str, Any]]] = defaultdict(list)
        apart: list[Fate] = []
        sheet = self.sheets.get(PEOPLE)
        for line in sheet.lines if sheet else ():
            assert sheet is not None
            faults = [
                Fault(f"{get_column_letter(at + 1)}{line.number}", _("A formula stands where a value should."))
                for at in line.formulas
            ]
            number = sheet.cell(line, "number")
            if not (number.isascii() and number.isdecimal() and int(number) <= _MOST):
                faults.append(Fault(sheet.at(line, "number"), _("This is no whole number.")))
            for name, longest in (("group", 120), ("sex", 1), ("age", 8)):
                if len(sheet.cell(line, name)) > longest:
                    faults.append(
                        Fault(sheet.at(line, name), _("This is too long: at most %(most)s signs.") % {"most": longest})
                    )
            if faults:
                apart.append(Fate(sheet.title, line.number, "refused", faults=faults))
                found.setdefault(sheet.cell(line, "activity"), [])
                continue
            found[sheet.cell(line, "activity")].append({
                "group": sheet.cell(line, "group"), "sex": sheet.cell(line, "sex"), "age": sheet.cell(line, "age"), "number": int(number),
                "at_least": sheet.cell(line, "at_least").casefold() in YES,
            })  # fmt: skip
        return found, apart

    # -- cells -----------------------------------------------------------------------------------------------------------

    def _id(self, line: Line, fate: Fate) -> dict[str, Any]:
        """A number of ours that we do not have is a mistake; whatever else stands there names a new row."""
        key = self.sheets[WORK].cell(line, "id")
        if fate.row is None and self.sheets[WORK].cell(line, "changed_at"):
            raise ValidationError(_("No activity of ours has this number. Leave number and last change empty for a new one: %(key)s") % {"key": key[:20]})  # fmt: skip
        return {}

    def _project(self, line: Line, _fate: Fate) -> dict[str, Any]:
        typed = self.sheets[WORK].cell(line, "project")
        if typed and typed.casefold() not in self.projects:
            raise ValidationError(_("No project of ours has this reference."))
        return {"project": self.projects.get(typed.casefold())}

    def _who(self, line: Line, _fate: Fate) -> dict[str, Any]:
        sheet = self.sheets[WORK]
        code, name = sheet.cell(line, "who_id"), sheet.cell(line, "who")
        if code and code not in self.parties:
            raise ValidationError(_("The directory has no entry of this number."))
        return (
            {"who": self.parties[code], "who_name": ""} if code else {"who": None, "who_name": _short(name, "who_name")}
        )

    def _what(self, line: Line, _fate: Fate) -> dict[str, Any]:
        sheet = self.sheets[WORK]
        return {"whats": {lang: text for lang in LANGUAGES if (text := sheet.cell(line, f"what_{lang}"))}}

    def _text(self, name: str, line: Line) -> dict[str, Any]:
        return {name: _short(self.sheets[WORK].cell(line, name), name)}

    def _place(self, line: Line, _fate: Fate) -> dict[str, Any]:
        sheet = self.sheets[WORK]
        key, names = sheet.cell(line, "place_id"), tuple(sheet.cell(line, f"adm{depth}") for depth in range(4))
        if key:
            if key not in self.units:
                raise ValidationError(_("No place has this number. Leave it empty, and the names are looked up."))
            return {"place": self.units[key]}
        if not any(names):
            return {"place": None}
        if names not in self.found:
            self.found[names] = _unit(names)
        found = self.found[names]
        if isinstance(found, str):
            raise ValidationError(found)
        return {"place": found}

    def _flag(self, line: Line, _fate: Fate) -> dict[str, Any]:
        return {"is_hidden": self.sheets[WORK].cell(line, "is_hidden").casefold() in YES}

    def _day(self, name: str, line: Line) -> dict[str, Any]:
        text = self.sheets[WORK].cell(line, name)
        if text and not _is_day(text):
            raise ValidationError(_("Write a day like 2026-03-18, a month like 2026-03 or a year."))
        return {name: text}

    def _state(self, line: Line, _fate: Fate) -> dict[str, Any]:
        word = self.sheets[WORK].cell(line, "state")
        if word and word.casefold() not in self.states:
            raise ValidationError(_("Write one of these: planned, ongoing, done, stopped."))
        return {"state": self.states[word.casefold()]} if word else {}

    def _indicator(self, line: Line, fate: Fate) -> dict[str, Any]:
        code, project = self.sheets[WORK].cell(line, "indicator"), fate.told.get("project")
        if not code:
            return {"indicator": None}
        found = self.indicators.get((project.pk, code)) if project else None
        if found is None:
            raise ValidationError(_("The project has no indicator of this code."))
        return {"indicator": found}


def _short(text: str, name: str) -> str:
    if len(text) > _LENGTHS[name]:
        raise ValidationError(_("This is too long: at most %(most)s signs.") % {"most": _LENGTHS[name]})
    return text


def _is_day(text: str) -> bool:
    if not _DAY.fullmatch(text):
        return False
    try:
        dt.date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return False
    return True


def _unit(names: tuple[str, ...]) -> AdminUnit | str:
    """The place that the names lead to from the country down, or what to do where they lead to none or to several."""
    within: AdminUnit | None = None
    for name in filter(None, names):
        hits = directory.units_found(actor=None, text=name, within=within.key if within else None, limit=6)
        exact = [hit for hit in hits if hit.found.match in ("exact", "folded")]
        units = list({hit.unit.pk: hit.unit for hit in exact or hits}.values())
        if len(units) != 1 or not exact:
            choices = ", ".join(f"{each.names.get('en') or each.key} = {each.key}" for each in units)
            if not choices:
                return _("No place has this name: %(name)s") % {"name": name[:40]}
            return _("Which place is meant? Write its number: %(choices)s") % {"choices": choices}
        within = units[0]
    assert within is not None
    return within


def _reach_of(row: Activity) -> list[dict[str, Any]]:
    return [
        {name: getattr(each, name) for name in ("group", "sex", "age", "number", "at_least")}
        for each in row.reach.all()
    ]


#: in this order, as an indicator is of the project before it
_CELLS: dict[str, Any] = {
    "id": _Reader._id, "project": _Reader._project, "who": _Reader._who, "what": _Reader._what,  # noqa: SLF001
    "sector": lambda reader, line, _fate: reader._text("sector", line), "place": _Reader._place,  # noqa: SLF001
    "spot": lambda reader, line, _fate: reader._text("spot", line), "is_hidden": _Reader._flag,  # noqa: SLF001
    "starts": lambda reader, line, _fate: reader._day("starts", line), "ends": lambda reader, line, _fate: reader._day("ends", line),  # noqa: SLF001
    "state": _Reader._state, "indicator": _Reader._indicator, "source": lambda reader, line, _fate: reader._text("source", line),  # noqa: SLF001
    "remark": lambda reader, line, _fate: reader._text("remark", line),  # noqa: SLF001
}  # fmt: skip
#: the columns of which one must be there for a cell to be read at all; the first is where a fault is told
_NEEDS = {
    "what": tuple(f"what_{lang}" for lang in LANGUAGES),
    "who": ("who", "who_id"),
    "place": ("place_id", "adm0", "adm1", "adm2", "adm3"),
}
