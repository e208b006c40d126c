"""The way of a judgment across a border: its treaty, its rules, and the papers that go with it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from hamroh.cases import lawbook
from hamroh.cases.selectors.law import LawLine, law_lines
from hamroh.kernel.law import Act, Certainty, Route, route
from hamroh.kernel.matters import papers

#: what goes with a judgment by the conventions of Minsk and Chisinau and by the law of the requested states
PACK = ("judgment", "in_force", "summons", "translation", "application")
#: what the requested state's own law says of foreign judgments
OWN_LAW = {"AZ": ("az.cpc.458_468.foreign",), "RU": ("ru.gpk.409_417.foreign", "ru.gpk.54_3.minsk_order")}


@dataclass(frozen=True)
class WayAbroad:
    """A way: the line of the dated table, the rules of its treaties, and the papers."""

    route: Route
    treaties: tuple[Act, ...]
    others: tuple[Act, ...]
    law: list[LawLine]
    papers: list[Mapping[str, str]]

    @property
    def to_verify(self) -> bool:
        return self.route.certainty is Certainty.C

    @property
    def is_open(self) -> bool:
        """Whether it is open which of several treaties holds."""
        return len(self.treaties) > 1


def way(origin: str, to: str, on: dt.date) -> WayAbroad | None:
    """The way from one state to another on a day, None where the table has none."""
    found = route(origin, to, on)
    if found is None:
        return None
    acts = {act.code for act in (*found.treaties, *found.others)}
    book = lawbook.book(on)
    rules = [rule for rule in book.pack("treaty") if rule.act.code in acts]
    rules += [book.rules[code] for code in OWN_LAW.get(to, ())]
    names = papers()
    return WayAbroad(found, found.treaties, found.others, law_lines(rules, on), [names[code] for code in PACK])
