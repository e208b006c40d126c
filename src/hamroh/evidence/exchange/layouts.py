"""How the lines of a table are read: which line is the heading, what each column is, and what holds for all figures.

A layout is proposed from the heading alone, by what producers and people call their columns; a person confirms or changes it, and it is
kept for the next file with such a heading.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from hamroh.directory.exchange.tables import Line
from hamroh.evidence.areas import find_area, fold
from hamroh.evidence.exchange.values import read_period
from hamroh.kernel.datafiles import document, rows

DIMS = ("origin", "destination", "sex", "age", "residence", "category", "direction", "part")
#: what a column can be beside one that holds figures
ROLES = ("area", "period", "indicator", *DIMS, "unit", "multiplier", "low", "high", "qualifier", "printed", "missing", "flag", "note", "action")  # fmt: skip
#: what only files say that another house like this one wrote
TOLD_BY_US = ("ref_period", "flags", "cited", "variant", "locator", "definition", "texts")
VALUE, SKIP = "value", ""
SHAPES = ("sdmx", "wdi", "unhcr", "undesa", "hdi", "tidy", "crosstab")
#: written by programs: a point before fractions, nothing beside the number
BY_MACHINE = frozenset({"sdmx", "wdi", "unhcr", "undesa", "hdi"})
#: the heading stands within the first lines
_DEEPEST = 40
IMPORTS = "profile/imports.yml"

#: what columns are called, folded; a code of a place goes before its name
_CALLED: Mapping[str, tuple[str, ...]] = {
    "area": (
        "iso3", "iso 3", "iso3 code", "iso 3 code", "country code", "ref area", "geo", "area", "area code", "country", "country name", "economy", "code",
        "country or area", "state", "страна", "государство", "территория", "регион", "region", "ölkə", "olkə", "кишвар", "минтақа", "минтака",
    ),
    "origin": (
        "origin m49", "origin code", "origin iso3", "origin", "countryorigincode", "coo iso", "country of origin iso", "location code of origin",
        "counterpart area", "citizenship", "citizen", "origin name", "country of origin", "countryoriginname", "coo name", "region development group country or area of origin",
        "из страны", "страна происхождения", "гражданство", "mənşə olkəsi", "mənsə olkəsi", "vətəndaslıgı", "кишвари баромад", "шахрвандӣ",
    ),
    "destination": (
        "dest m49", "destination m49", "dest code", "destination code", "destination iso3", "destination", "dest", "countryasylumcode", "coa iso", "country of asylum iso",
        "location code of destination", "location code", "dest name", "destination name", "country of destination", "country of asylum", "countryasylumname",
        "coa name", "region development group country or area of destination", "страна назначения", "təyinat olkəsi", "кишвари таъинот",
    ),
    "period": ("year", "time period", "time", "period", "date", "год", "период", "дата", "il", "tarix", "dovr", "сол", "давра"),
    "value": ("value", "obs value", "persons", "number", "amount", "figure", "значение", "число", "количество", "человек", "qiymət", "say", "sayı", "арзиш", "шумора", "микдор"),
    "indicator": ("source indicator", "indicator code", "series code", "indicator", "series", "population type", "measure", "показатель", "gostərici", "нишондиханда"),
    "sex": ("sex", "gender", "пол", "cins", "чинс", "ҷинс"),
    "age": ("age", "age group", "возраст", "yas", "синну сол"),
    "residence": ("residence", "urbanisation", "место жительства"),
    "category": ("category", "категория", "kateqoriya"),
    "direction": ("direction", "направление"),
    "part": ("part",),
    "unit": ("unit measure", "unit", "единица", "единица измерения", "olcu vahidi", "вохиди ченак"),
    "multiplier": ("unit mult", "multiplier"),
    "low": ("low", "obs low", "value low", "lower bound", "minimum"),
    "high": ("high", "obs high", "value high", "upper bound", "maximum"),
    "qualifier": ("qualifier",),
    "printed": ("printed", "obs printed"),
    "missing": ("missing", "obs missing", "missing reason"),
    "flag": ("obs status", "flag", "flags", "status", "obs flag", "obs flags"),
    "note": ("note", "notes", "comment obs", "comment", "obs comment", "примечание", "qeyd", "эзох"),
    "action": ("action",),
}  # fmt: skip
#: what SDMX calls its columns, ours among them
_SDMX: Mapping[str, str] = {
    "SOURCE_INDICATOR": "indicator", "COUNTERPART_AREA": "origin", "REF_PERIOD": "ref_period", "OBS_FLAGS": "flags", "MISSING_REASON": "missing",
    "OBS_QUALIFIER": "qualifier", "OBS_PRINTED": "printed", "SOURCE": "cited", "VARIANT": "variant", "LOCATOR": "locator",
    "DEFINITION": "definition", "TEXT_DIMS": "texts", "STRUCTURE": SKIP, "STRUCTURE_ID": SKIP, "DATAFLOW": SKIP, "TIME_FORMAT": SKIP,
}  # fmt: skip
#: words for women, men and all together, folded
_SEX_WORDS: Mapping[str, str] = {
    **dict.fromkeys(("f", "female", "females", "women", "girls", "женщины", "женский", "qadın", "qadınlar", "зан", "занон"), "F"),
    **dict.fromkeys(("m", "male", "males", "men", "boys", "мужчины", "мужскои", "kisi", "kisilər", "мард", "мардон"), "M"),
    **dict.fromkeys(("all", "both", "both sexes", "total", "t", "_t", "оба пола", "всего", "cəmi", "хамагӣ", "ҳамагӣ"), ""),
}  # fmt: skip
#: the cells over the years of UN DESA's own tables
_SEXES = (("both sexes", ""), ("female", "F"), ("male", "M"))


@dataclass(frozen=True)
class Layout:
    """``heading`` is the place of the heading among the lines; ``roles`` what each column is; ``values`` the columns of figures, with what their heading says.

    ``settled`` holds for all figures: ``indicator``, ``area``, ``origin``, ``destination``, ``period``, ``sex`` and other dimensions, ``unit``,
    ``multiplier`` (a power of ten), ``decimal``, ``counted_at`` (``destination`` or ``origin``), ``nothing`` (signs and what they mean).
    """

    shape: str
    heading: int
    header: tuple[str, ...]
    roles: Mapping[int, str]
    values: Mapping[int, Mapping[str, str]]
    settled: Mapping[str, Any] = field(default_factory=dict)

    @property
    def by_machine(self) -> bool:
        return self.shape in BY_MACHINE

    @property
    def fingerprint(self) -> str:
        """The heading without its years: next year's file has the same."""
        return "|".join("#" if read_period(each) else fold(each) for each in self.header if each).replace("#|#", "#")[
            :4000
        ]

    def place_of(self, role: str) -> int | None:
        """The first column of a role."""
        return next((place for place, said in sorted(self.roles.items()) if said == role), None)

    def places_of(self, role: str) -> list[int]:
        return [place for place, said in sorted(self.roles.items()) if said == role]

    def said(self) -> list[str]:
        """The role of each column in order, ``value`` for those that hold figures, empty for those that are not read."""
        return [VALUE if at in self.values else self.roles.get(at, SKIP) for at in range(len(self.header))]

    def with_columns(self, said: Sequence[str], settled: Mapping[str, Any]) -> "Layout":
        """The layout as a person chose it."""
        roles = {at: role for at, role in enumerate(said) if role in ROLES or role in TOLD_BY_US}
        chosen = [at for at, role in enumerate(said) if role == VALUE]
        values = {at: self.values.get(at) if at in self.values else _across(self.header[at]) for at in chosen}
        return replace(
            self, roles=roles, values={at: dict(each or {}) for at, each in values.items()}, settled=dict(settled)
        )


def propose(lines: Sequence[Line], shape: str = "") -> Layout:
    """The layout that the heading speaks for; ``shape`` only where it is known."""
    at = find_heading(lines)
    header = tuple(each.strip() for each in lines[at].cells)
    shape = shape or shape_of(header)
    roles = _roles(header, shape)
    values = _value_columns(header, roles, lines[at + 1 : at + 60])
    _say_sexes(values, lines[:at])
    settled = _settled(shape, header, roles, values)
    return Layout(shape, at, header, roles, values, settled)


def find_heading(lines: Sequence[Line]) -> int:
    """The line of the heading: the first of those with most cells that a heading has."""
    scores = [_score(line.cells) for line in lines[:_DEEPEST]]
    return scores.index(max(scores)) if scores else 0


def _score(cells: Sequence[str]) -> float:
    known = sum(1 for each in cells if each and (_role_called(each) or read_period(each) or _called(each)))
    words = sum(1 for each in cells if each and not re.fullmatch(r"[\d., ]+", each))
    return known + (min(words, 5) / 10 if known else 0)


def shape_of(header: Sequence[str]) -> str:
    """Which producer's table, or which kind of table, has such a heading."""
    names = {_folded(each) for each in header if each}
    first = fold(_before_colon(header[0])) if header else ""
    years = sum(bool(read_period(each)) for each in header if each)
    if first in ("dataflow", "structure") or {"obs value", "time period"} <= {
        fold(_before_colon(each)) for each in header
    }:
        return "sdmx"
    if years > 1 and ({"country code", "indicator code"} <= names or {"country code", "series code"} <= names):
        return "wdi"
    if {"countryorigincode", "countryasylumcode"} <= names or {"country of origin", "country of asylum"} <= names:
        return "unhcr"
    if {"origin m49", "dest m49"} <= names or any(each.startswith("location code of") for each in names):
        return "undesa"
    if {"iso3", "hdi"} <= names or any(each.startswith("hdi 1990") for each in names):
        return "hdi"
    return "crosstab" if years > 1 else "tidy"


def _roles(header: Sequence[str], shape: str) -> dict[int, str]:
    found: dict[int, str] = {}
    for at, each in enumerate(header):
        code = _before_colon(each)
        role = _SDMX.get(code, _role_called(code)) if shape == "sdmx" else _role_called(each)
        if role and role != VALUE:
            found[at] = role
    if shape == "unhcr":  # its labels stand beside its codes
        found = {at: role for at, role in found.items() if fold(header[at]) != "population type label"}
    if shape == "undesa":
        found = {
            at: role
            for at, role in found.items()
            if not fold(header[at]).startswith(("notes", "type of data", "index"))
        }
    if shape in ("crosstab", "tidy") and header and not header[0] and 0 not in found:
        found[0] = "area"
    return found


def _value_columns(header: Sequence[str], roles: Mapping[int, str], below: Sequence[Line]) -> dict[int, dict[str, str]]:
    """Columns of figures: those that a time or an indicator heads; else one that is called so; else the last with numbers."""
    across = {at: said for at, each in enumerate(header) if at not in roles and (said := _across(each))}
    if across:
        return across
    if len(sexes := _sexes_across(header, roles)) > 1:
        return sexes
    if "area" not in roles.values() and len(places := _areas_across(header, roles)) > 1:
        return places
    called = [at for at, each in enumerate(header) if at not in roles and _role_called(_before_colon(each)) == VALUE]
    if called:
        return {at: {} for at in called[:1]}
    numbers = [at for at in range(len(header)) if at not in roles and _holds_numbers(below, at)]
    return {at: {} for at in numbers[-1:]}


def _sexes_across(header: Sequence[str], roles: Mapping[int, str]) -> dict[int, dict[str, str]]:
    """Columns for women, for men, and for both."""
    found = {at: sex_code(each) for at, each in enumerate(header) if at not in roles and each}
    return {at: {"sex": sex} if sex else {} for at, sex in found.items() if sex is not None}


def _areas_across(header: Sequence[str], roles: Mapping[int, str]) -> dict[int, dict[str, str]]:
    """Columns for countries, in a table whose lines are years."""
    found = {at: find_area(each) for at, each in enumerate(header) if at not in roles and each}
    return {at: {"area": each.code} for at, each in found.items() if each is not None}


def sex_code(text: str) -> str | None:
    """``F``, ``M``, empty for all together; None where the word is none of these."""
    return _SEX_WORDS.get(fold(text))


def _holds_numbers(lines: Sequence[Line], at: int) -> bool:
    cells = [line.cells[at] for line in lines if at < len(line.cells) and line.cells[at]]
    return bool(cells) and sum(bool(re.match(r"[<>~-]?\d", each)) for each in cells) * 2 > len(cells)


def _across(heading: str) -> dict[str, str]:
    """What a heading says of the figures under it: a time, an indicator, or both (``hdi_1990``)."""
    if period := read_period(heading):
        return {"period": period}
    if indicator := _called(heading):
        return {"indicator": indicator}
    if (found := re.fullmatch(r"([a-z]{2,12})_(\d{4})", heading)) and (indicator := _called(found[1])):
        return {"indicator": indicator, "period": found[2]}
    return {}


def _say_sexes(values: dict[int, dict[str, str]], above: Sequence[Line]) -> None:
    """Years that stand three times under *both sexes*, *male* and *female*."""
    for line in reversed(above[-3:]):
        titles = {
            at: sex for at, cell in enumerate(line.cells) for words, sex in _SEXES if _sex_of(cell) == (words, sex)
        }
        if titles:
            for at, said in values.items():
                before = [place for place in titles if place <= at]
                if before and titles[max(before)]:
                    said["sex"] = titles[max(before)]
            return


def _sex_of(cell: str) -> tuple[str, str] | None:
    plain = cell.casefold()
    return next(((words, sex) for words, sex in _SEXES if re.search(rf"\b{words}s?\b", plain)), None)


def _settled(
    shape: str, header: Sequence[str], roles: Mapping[int, str], values: Mapping[int, Mapping[str, str]]
) -> dict[str, Any]:
    said: dict[str, Any] = {}
    if shape == "undesa":
        said["indicator"] = "UNDESA.MIG.STOCK"
    elif shape == "hdi" and not any("indicator" in each for each in values.values()):
        said["indicator"] = "UNDP.HDI"
    if {"origin", "destination"} <= set(roles.values()):
        said["counted_at"] = "destination"
    if any("million" in fold(header[at]) for at in values):
        said["multiplier"] = 6
    elif any("thousand" in fold(header[at]) for at in values):
        said["multiplier"] = 3
    return said


def _before_colon(text: str) -> str:
    """The code of ``REF_AREA: Reference area`` or ``REF_AREA:Reference area``; a heading in a language of SDMX-CSV stays."""
    return text.partition(":")[0].strip()


@cache
def _role_called(heading: str) -> str:
    return _roles_by_name().get(_folded(heading), "")


def _folded(heading: str) -> str:
    return fold(re.sub(r"[_.]+", " ", heading))


@cache
def _roles_by_name() -> dict[str, str]:
    return {_folded(name): role for role, names in _CALLED.items() for name in names}


def rank_of(role: str, heading: str) -> int:
    """A smaller number for a better column of a role: codes before names."""
    names = [_folded(name) for name in _CALLED.get(role, ())]
    plain = _folded(_before_colon(heading))
    return names.index(plain) if plain in names else len(names)


@cache
def _called(text: str) -> str:
    """The indicator that a heading or a cell means; empty where it means none."""
    known = _indicator_names()
    return known.get(text.strip()) or known.get(_folded(text), "") if text.strip() else ""


def indicator_called(text: str) -> str:
    """The code of the indicator that a cell means, or the cell as it is."""
    return _called(text) or text.strip()


@cache
def _indicator_names() -> dict[str, str]:
    codes = {each["code"]: each["code"] for each in rows("profile/indicators.csv")}
    return {
        **codes,
        **{_folded(name) if not name.isupper() else name: code for name, code in document(IMPORTS)["called"].items()},
    }


def known_sources() -> dict[str, dict[str, str]]:
    """Producers whose files are known, by the key of their source."""
    return dict(document(IMPORTS)["sources"])


#: the source that a shape speaks for
SOURCE_OF = {
    "wdi": "world-bank-wdi",
    "unhcr": "unhcr-refugee-data",
    "undesa": "undesa-migrant-stock",
    "hdi": "undp-hdi",
}


def looks_like_area(cells: Iterable[str]) -> bool:
    """Whether most cells of a column name a country or region."""
    said = [each for each in cells if each]
    return bool(said) and sum(find_area(each) is not None for each in said) * 2 >= len(said)


def sample_of(lines: Sequence[Line], heading: int, at: int) -> Iterator[str]:
    """The first cells of a column."""
    for line in lines[heading + 1 : heading + 30]:
        if at < len(line.cells):
            yield line.cells[at]
