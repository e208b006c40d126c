"""Rows of a file for a pool: which column is which, and what becomes of a row. Whoever wrote the file is not trusted."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.tracing.met import Met, lacks_consent
from hamroh.tracing.models import Pool
from hamroh.tracing.pfif import faults, theirs
from hamroh.vault.rules import digits, phone_tail
from hamroh.web.fields import without_controls

#: our fields: what they are called on the page, and what columns may be called in four languages
FIELDS: dict[str, Any] = {
    "name": _("Name"), "father": _("Father’s name"), "maiden": _("Surname before marriage"),
    "spellings": _("Other names and spellings"), "born": _("Year of birth"), "sex": _("Sex"), "place": _("Home place"),
    "phone": _("Telephone"), "note": _("Note"), "consent": _("Has the person agreed?"),
}  # fmt: skip
WORDS = {
    "name": "name full_name имя фио ф_и_о фамилия_имя ном ному_насаб насаб ad adı ad_soyad soyad",
    "father": "father patronymic fathers_name отец отчество имя_отца падар номи_падар ata atası ata_adı",
    "maiden": "maiden maiden_name девичья_фамилия насаби_пеш_аз_издивоҷ qızlıq_soyadı",
    "spellings": "other_names aliases nickname другие_имена прозвище номҳои_дигар лақаб digər_adlar ləqəb",
    "born": "born year birth year_of_birth birth_year date_of_birth dob год год_рождения дата_рождения рождён соли_таваллуд таваллуд сол doğum_ili doğum_tarixi il",
    "sex": "sex gender пол ҷинс cins",
    "place": "home place district village home_place from откуда родом район село место ноҳия деҳа ҷой зодгоҳ rayon kənd yer haralı",
    "phone": "phone telephone tel телефон номер рақам telefon nömrə",
    "note": "note remarks comment примечание заметка эзоҳ қайд qeyd",
    "consent": "consent agreed согласие согласен розигӣ розӣ razılıq razıdır",
}  # fmt: skip
YES = {"yes", "y", "да", "ҳа", "бале", "bəli", "hə", "x", "+", "1", "given", "дал", "дано"}
SEXES = {
    "m": "m", "male": "m", "man": "m", "муж": "m", "мужской": "m", "мужчина": "m", "м": "m", "мард": "m", "kişi": "m", "k": "m",
    "f": "f", "female": "f", "woman": "f", "жен": "f", "женский": "f", "женщина": "f", "ж": "f", "зан": "f", "qadın": "f", "q": "f",
}  # fmt: skip
#: characters that are kept of a cell
LONGEST, LONGEST_NOTE = 120, 1000
FAULTS: dict[str, Any] = {
    "name": pgettext_lazy("row", "No name, or one without letters"),
    "born": pgettext_lazy("row", "The year of birth cannot be read"),
    "sex": pgettext_lazy("row", "The sex cannot be read"),
    "formula": pgettext_lazy("row", "A formula stands where a value should"),
    "long": pgettext_lazy("row", "A cell is too long"),
    "consent": pgettext_lazy("row", "No consent of the person"),
    "twice": pgettext_lazy("row", "Stands in this file already"),
    **faults.FAULTS,
}  # fmt: skip
#: the one column of a file of records of the People Finder Interchange Format, and how such a record is counted that is wiped
RECORDS, EXPIRED = "pfif", "expired"
_YEAR = re.compile(r"(?:19|20)\d\d")
_SPLIT = re.compile(r"[;/|]")


@dataclass(frozen=True)
class Row:
    """A line of a file: its number there, its cells, and columns that hold formulas."""

    number: int
    cells: tuple[str, ...]
    formulas: tuple[int, ...] = ()


def guessed(header: Sequence[str]) -> dict[str, int]:
    """Our fields by the number of the column that is called like them, the first one where several are."""
    found: dict[str, int] = {}
    for at, title in enumerate(header):
        plain = re.sub(r"\W+", "_", title.casefold()).strip("_")
        for name, words in WORDS.items():
            if plain in words.split() and name not in found and at not in found.values():
                found[name] = at
    return found


@dataclass(frozen=True)
class Fate:
    """What becomes of a row: somebody to be taken in, or the code of a fault; ``mark`` is what its home calls a record."""

    number: int
    met: Met | None = None
    fault: str = ""
    mark: str = ""

    @property
    def wipes(self) -> bool:
        """Whether the row says that a record has expired."""
        return self.met is not None and self.met.foreign is not None and self.met.foreign.has_expired

    @property
    def code(self) -> str:
        """By what it is counted."""
        return self.fault or (EXPIRED if self.wipes else "taken")

    @property
    def word(self) -> Any:
        return faults.EXPIRED if self.wipes else FAULTS.get(self.fault, "")


def fates(rows: Iterable[Row], mapping: Mapping[str, int], pool: Pool) -> Iterator[Fate]:
    """What becomes of each row, in order; who stands in the file before is not taken twice."""
    seen: set[tuple[Any, ...]] = set()
    for row in rows:
        fate = read(row, mapping, pool)
        if fate.met is not None:
            key = _key(fate.met)
            if key in seen:
                fate = Fate(row.number, fault="twice", mark=fate.mark)
            seen.add(key)
        yield fate


def _key(met: Met) -> tuple[Any, ...]:
    if met.foreign is not None:
        return (met.foreign.record_id,)
    born = tuple(sorted((met.born or {}).items()))
    return met.name.casefold(), born, met.place.casefold(), phone_tail(met.phone) or ""


def read(row: Row, mapping: Mapping[str, int], pool: Pool) -> Fate:
    """One row by itself."""
    if RECORDS in mapping:
        return _of_record(row, pool)
    if any(at in row.formulas for at in mapping.values()):
        return Fate(row.number, fault="formula")
    cell = {name: row.cells[at] if at < len(row.cells) else "" for name, at in mapping.items()}
    if any(len(value) > (LONGEST_NOTE if name == "note" else LONGEST) for name, value in cell.items()):
        return Fate(row.number, fault="long")
    told = {name: without_controls(value) for name, value in cell.items()}
    name, sex = told.get("name", ""), told.get("sex", "")
    born = years(told.get("born", ""))
    faults = (
        ("name", not any(map(str.isalpha, name))), ("born", bool(told.get("born")) and born is None),
        ("sex", bool(sex) and sex.casefold() not in SEXES),
    )  # fmt: skip
    if fault := next((code for code, wrong in faults if wrong), ""):
        return Fate(row.number, fault=fault)
    agreed = told.get("consent", "")
    met = Met(
        name=name, names=_names(told), born=born, sex=SEXES.get(sex.casefold(), ""), place=told.get("place", ""),
        phone=told.get("phone", ""), note=told.get("note", ""), line=row.number,
        consent={"given": agreed.casefold() in YES, "sign": agreed} if agreed else None,
    )  # fmt: skip
    return Fate(row.number, fault="consent") if lacks_consent(pool, met) else Fate(row.number, met)


def _of_record(row: Row, pool: Pool) -> Fate:
    found, sign = theirs.of_cell(row.cells[0])
    if found.person is None:
        return Fate(row.number, fault=found.fault, mark=found.record_id)
    met = theirs.somebody(found.person, now=timezone.now(), sign=sign, line=row.number)
    if not met.foreign or (not met.foreign.has_expired and lacks_consent(pool, met)):
        return Fate(row.number, fault="consent", mark=found.record_id)
    return Fate(row.number, met, mark=found.record_id)


def _names(told: Mapping[str, str]) -> list[Mapping[str, str]]:
    special: list[Mapping[str, str]] = [
        {"kind": kind, "value": told[kind]} for kind in ("father", "maiden") if told.get(kind)
    ]
    others = [each.strip() for each in _SPLIT.split(told.get("spellings", ""))]
    return [*special, *({"kind": "spelling", "value": each} for each in others if each)]


def years(typed: str) -> dict[str, int] | None:
    """The first and last year in a text (1984, 14.03.1984, 1982-1986); None where there is none, or they make no sense."""
    found = [int(each) for each in _YEAR.findall("".join(digits(sign) or sign for sign in typed))]
    if not found or len(found) > 2 or found[0] > found[-1] or found[-1] - found[0] >= 40:
        return None
    return {"first": found[0], "last": found[-1]}
