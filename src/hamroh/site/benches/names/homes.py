"""Where people come from, and how the name of a home is written: in several languages, by its former name, with a slip."""

import functools
import random
from bisect import bisect
from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate

from hamroh.kernel.datafiles import rows

HOMES = "names/homes.csv"
_OFTEN = {"city": 3, "district": 2, "town": 1}
#: which of a home's languages a convention of names writes
LANGUAGE = {
    "tg": "tg", "az": "az", "ru": "ru", "azcyr": "ru", "uzcyr": "ru", "ky": "ru", "uz": "local", "fa": "fa",
}  # fmt: skip
_FORMER, _WITH_KIND, _UNLIKE = 0.12, 0.08, 0.35
_KINDS = {
    "tg": ("шаҳри {}", "ноҳияи {}", "н. {}"),
    "ru": ("г. {}", "{} район", "р-н {}"),
    "az": ("{} rayonu", "{} şəhəri"),
}
_DEFAULT_KINDS = ("{} city", "{} district", "{}")


@dataclass(frozen=True, slots=True)
class Home:
    """A place of origin: its spellings by language, today's and former ones."""

    key: str
    names: tuple[tuple[str, tuple[str, ...]], ...]
    former: tuple[tuple[str, tuple[str, ...]], ...] = ()


def homes(people: str) -> Callable[[random.Random], Home]:
    """A draw among the homes of a people, towns more often than villages' districts."""
    found, sums = _homes(people)
    return lambda chance: found[min(bisect(sums, chance.random() * sums[-1]), len(found) - 1)]


def home_written(home: Home, convention: str, chance: random.Random) -> str:
    """A home's name as somebody writes it who writes names by this convention; at times in another language or by its former name."""
    lang = LANGUAGE.get(convention, "en")
    if chance.random() < _UNLIKE:
        lang = ("en", "ru", "en", "ru", "tg", "az")[int(chance.random() * 6)]
    names, former = dict(home.names), dict(home.former)
    known = (
        (former if chance.random() < _FORMER else names).get(lang) or names.get(lang) or names.get("en") or names["ru"]
    )
    name = known[int(chance.random() * len(known))]
    if chance.random() < _WITH_KIND and lang != "fa" and " " not in name:
        kinds = _KINDS.get(lang, _DEFAULT_KINDS)
        return kinds[int(chance.random() * len(kinds))].format(name)
    return name


@functools.cache
def _homes(people: str) -> tuple[list[Home], list[float]]:
    weighted = (
        _listed(people)
        if people in {"uz", "ky", "da", "ru"}
        else _of_gazetteer({"tg": "tj"}.get(people, people), people)
    )
    weighted.sort(key=lambda pair: -pair[1])
    return [home for home, _often in weighted], list(
        accumulate(often / (rank + 10) for rank, (_h, often) in enumerate(weighted))
    )


def _listed(people: str) -> list[tuple[Home, float]]:
    found = []
    for row in rows(HOMES):
        if row["people"] == people:
            names = tuple((lang, tuple(row[lang].split("|"))) for lang in ("local", "ru", "en", "fa") if row[lang])
            found.append((Home(f"{people}-{row['en']}", names), float(row["often"])))
    return found


def _of_gazetteer(country: str, people: str) -> list[tuple[Home, float]]:
    """Cities, districts and towns of a country, with the names of the package's table of places."""
    persian = {row["unit"]: row for row in rows(HOMES) if row["people"] == people}
    levels = {row["id"]: row["level"] for row in rows("places/units.csv")}
    spelled: dict[str, dict[bool, dict[str, tuple[str, ...]]]] = {}
    for row in rows("places/unit_names.csv"):
        unit, is_former = row["unit"], row["kind"] == "former"
        if unit.startswith(country) and levels[unit] in _OFTEN and row["kind"] in {"preferred", "other", "former"}:
            by_lang = spelled.setdefault(unit, {False: {}, True: {}})[is_former]
            by_lang[row["lang"]] = (*by_lang.get(row["lang"], ()), row["name"])
    found = []
    for unit, kinds in spelled.items():
        in_persian = (("fa", tuple(persian[unit]["fa"].split("|"))),) if unit in persian else ()
        often = 3.0 * int(persian[unit]["often"]) if unit in persian else float(_OFTEN[levels[unit]])
        found.append((Home(unit, (*kinds[False].items(), *in_persian), tuple(kinds[True].items())), often))
    return found
