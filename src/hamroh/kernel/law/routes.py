"""By which treaty a judgment of one state goes to another: a dated table with the certainty of each way."""

import datetime as dt
import functools
from collections.abc import Mapping
from dataclasses import dataclass

from hamroh.kernel.datafiles import rows
from hamroh.kernel.law.packs import load
from hamroh.kernel.law.rules import LANGS, Act, Certainty

TABLE = "law/routes.csv"
ANYWHERE = "*"


@dataclass(frozen=True)
class Route:
    """A way from one state to another (ISO 3166, ``EU``): its treaties, the others that may serve, since when, how certain, and why.

    No treaty means that there is none or that none is known; several, that it is open which one holds.
    """

    origin: str
    destination: str
    treaties: tuple[Act, ...]
    others: tuple[Act, ...]
    since: dt.date | None
    certainty: Certainty
    why: Mapping[str, str]


def route(origin: str, destination: str, on: dt.date) -> Route | None:
    """The way for a judgment on a day, or None where the table has none: the more exact line goes before the one for all origins."""
    fitting = [each for each in routes() if each.destination == destination and (each.since or on) <= on]
    for start in (origin, ANYWHERE):
        if found := next((each for each in fitting if each.origin == start), None):
            return found
    return None


@functools.cache
def routes() -> tuple[Route, ...]:
    """The table of ways."""
    acts = {rule.act.code: rule.act for rule in load().rules.values()}
    return tuple(
        Route(
            origin=row["origin"],
            destination=row["destination"],
            treaties=tuple(acts[code] for code in row["treaty"].split()),
            others=tuple(acts[code] for code in row["other"].split()),
            since=dt.date.fromisoformat(row["since"]) if row["since"] else None,
            certainty=Certainty(row["certainty"]),
            why={lang: row[lang] for lang in LANGS},
        )
        for row in rows(TABLE)
    )
