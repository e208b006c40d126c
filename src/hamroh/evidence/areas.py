"""Countries, their regions and groups of countries: their codes, what statistics call them, and their names in four languages."""

import functools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from hamroh.kernel.datafiles import rows
from hamroh.kernel.text.folding import fold as bare

COUNTRIES = "places/countries.csv"
WORLD = "WLD"
#: what hangs on a name in a printed table: asterisks, daggers, raised figures, a number in brackets
_MARKS = re.compile(r"(?:\s*(?:[*†‡§¹²³⁰⁴-⁹]|\[[0-9a-z]{1,2}\]|\([0-9a-z]{1,2}\)|(?<=\w)\d{1,2}/))+\s*$")
#: a name is looked for by so many of its first letters
_LETTERS = 3
_FLOAT = re.compile(r"\d{1,4}(?:\.0+)?")


@dataclass(frozen=True, slots=True)
class Area:
    """``code`` is ISO 3166 alpha-3, that of a region by ISO 3166-2, or ``WLD``; ``kind`` is country, region, group, or rest for people whom no country counts."""

    code: str
    kind: str
    iso2: str = ""
    m49: str = ""

    @property
    def is_group(self) -> bool:
        return self.kind == "group"


def area_name(code: str, lang: str = "en") -> str:
    """The name of an area in a language, else in English; the code itself where there is none."""
    return _names(lang).get(code) or _names("en").get(code, code)


def area(code: str) -> Area | None:
    """The area of a code as figures carry it."""
    return _areas().get(code)


def find_area(text: str) -> Area | None:
    """The area that a cell means: by alpha-3, alpha-2, M49 (also ``643.0``), ISO 3166-2 or a name with footnote marks."""
    text = text.strip()
    found = _by_code().get(text.upper()) or _by_name().get(fold(text))
    if found is None and _FLOAT.fullmatch(text):
        return _by_code().get(str(int(float(text))).zfill(3))
    return found


def areas_like(text: str) -> tuple[str, ...]:
    """Codes of the area that a text means, or else of all whose name in some language begins with it, spelt with or without marks."""
    if found := find_area(text):
        return (found.code,)
    wanted = bare(text)
    if len(wanted) < _LETTERS:
        return ()
    return tuple(
        code for code, names in _bare_names() if any(name.startswith(wanted) or f" {wanted}" in name for name in names)
    )


def countries() -> tuple[Area, ...]:
    """All countries that are today, by their codes."""
    return tuple(each for each in _areas().values() if each.kind == "country" and each.iso2)


def regions_of(country: str) -> tuple[Area, ...]:
    """The regions of a country that have a code of ISO 3166-2."""
    mine = _areas()[country].iso2 + "-"
    return tuple(each for each in _areas().values() if each.kind == "region" and each.code.startswith(mine))


@functools.cache
def _bare_names() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Every area with its names in four languages in their barest spelling."""
    return tuple(
        (code, tuple(bare(_names(lang).get(code, "")) for lang in ("en", "az", "ru", "tg"))) for code in _areas()
    )


def fold(name: str) -> str:
    """A name without footnote marks, accents, case, points and small words, as a key to compare by."""
    bare = unicodedata.normalize("NFKD", _MARKS.sub("", name.strip()))
    plain = "".join(each for each in bare.casefold() if not unicodedata.combining(each)).replace("&", " and ")
    words = re.sub(r"[^\w]+", " ", plain.replace("'", "").replace("’", "")).split()
    return " ".join("saint" if word == "st" else word for word in words if word != "the")


@functools.cache
def _table() -> tuple[dict[str, str], ...]:
    return tuple(rows(COUNTRIES))


@functools.cache
def _areas() -> dict[str, Area]:
    found = {each["code"]: Area(each["code"], each["kind"], each["iso2"], each["m49"]) for each in _table()}
    return {**found, **{code: Area(code, "region") for _unit, code in _regions()}}


def _regions() -> Iterator[tuple[str, str]]:
    """Units of the gazetteer with a code of ISO 3166-2, with their ids; a unit may have two."""
    for unit in rows("places/units.csv"):
        yield from ((unit["id"], code) for code in unit["iso"].split() if "-" in code)


@functools.cache
def _by_code() -> dict[str, Area]:
    found: dict[str, Area] = {code: each for code, each in _areas().items() if each.kind == "region"}
    for row in _table():
        for code in (row["code"], row["iso2"], row["m49"], *row["other"].split("|")):
            if code:
                found.setdefault(code, _areas()[row["code"]])
    return found


@functools.cache
def _by_name() -> dict[str, Area]:
    found: dict[str, Area] = {}
    for row in sorted(_table(), key=lambda row: row["kind"] == "group"):
        names = (*row["names"].split("|"), *(_names(lang).get(row["code"], "") for lang in ("en", "az", "ru", "tg")))
        for name in filter(None, map(fold, names)):
            found.setdefault(name, _areas()[row["code"]])
    for lang in ("en", "az", "ru", "tg"):
        for _unit, code in _regions():
            found.setdefault(fold(_names(lang).get(code, code)), _areas()[code])
    return found


@functools.cache
def _names(lang: str) -> dict[str, str]:
    """Names by code: of this table where it says one, else of the gazetteer, else of CLDR."""
    from babel import Locale

    known, units = Locale(lang).territories, _unit_names(lang)
    found = {code: units[unit] for unit, code in _regions() if unit in units}
    for row in _table():
        iso2 = row["iso2"]
        if name := row[lang] or (units.get(iso2.lower()) or known.get(iso2, "") if iso2 else ""):
            found[row["code"]] = name
    return found


@functools.cache
def _unit_names(lang: str) -> dict[str, str]:
    said = rows("places/unit_names.csv")
    return {each["unit"]: each["name"] for each in said if each["lang"] == lang and each["kind"] == "preferred"}
