"""Rule packs: reading them from tables, refusing a broken one by line and reason, and finding a rule by what it is for."""

import datetime as dt
import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from hamroh.kernel.datafiles import DATA, DataError, head, rows
from hamroh.kernel.law.announced import Announced
from hamroh.kernel.law.rules import InForce, Rule
from hamroh.kernel.law.tables import Faults, Shelf, keyed, lines, read_act, read_meanings, read_source, read_titles

PACKS = ("tj", "az", "ru", "treaty")


class Role(StrEnum):
    """What a rule is for where sums and days are worked out."""

    SHARES = "shares"
    FIXED = "fixed"
    START = "start"
    CLAIM_LOOKBACK = "claim_lookback"
    WRIT_LOOKBACK = "writ_lookback"
    FAULT = "fault"
    OFFICER = "officer"
    UNPROVED_INCOME = "unproved_income"
    PARTIAL_MONTH = "partial_month"
    EXCHANGE = "exchange"
    NO_SETOFF = "no_setoff"
    RELIEF = "relief"
    PENALTY = "penalty"
    PENALTY_CHANGE = "penalty_change"
    INDEX = "index"
    CHANGE = "change"
    END = "end"
    FLOOR = "floor"
    COUNTING = "counting"
    DAYS_OFF = "days_off"
    MINIMUM_WAGE = "minimum_wage"
    AVERAGE_WAGE = "average_wage"
    SUBSISTENCE_CHILD = "subsistence_child"


#: parameters that a rule must have, known or not, to be of use for a role
NEEDED: Mapping[Role, tuple[str, ...]] = {
    Role.SHARES: ("share_1", "share_2", "share_3plus"),
    Role.START: ("start",),
    Role.CLAIM_LOOKBACK: ("lookback_years",),
    Role.WRIT_LOOKBACK: ("lookback_years",),
    Role.UNPROVED_INCOME: ("fallback_income",),
    Role.PARTIAL_MONTH: ("method", "money_rounding"),
    Role.EXCHANGE: ("rate",),
    Role.PENALTY: ("rate_per_day_percent",),
    Role.INDEX: ("index",),
    Role.END: ("until_age",),
    **dict.fromkeys((Role.MINIMUM_WAGE, Role.AVERAGE_WAGE, Role.SUBSISTENCE_CHILD), ("value", "currency")),
}


@dataclass(frozen=True, eq=False)
class Book:
    """All packs together: rules by id, as they read on the day for which the book was opened, and the rules for a role in a state.

    ``versions`` are the texts of a rule that was changed, in the order in which they begin; ``announced`` the days off that states
    announced; ``edition`` names the last change, and is empty for the packs alone.
    """

    rules: Mapping[str, Rule]
    roles: Mapping[tuple[Role, str], tuple[Rule, ...]]
    versions: Mapping[str, tuple[Rule, ...]] = field(default_factory=dict)
    announced: tuple[Announced, ...] = ()
    edition: str = ""

    def texts(self, rule: str) -> tuple[Rule, ...]:
        """All texts of a rule in the order in which they begin; KeyError where there is no such rule."""
        return self.versions.get(rule) or (self.rules[rule],)

    def on(self, rule: str, day: dt.date) -> Rule:
        """A rule as it reads on a day; the last text before it, or else the first, where none is in force then."""
        found = self.texts(rule)
        begun = [each for each in found if each.in_force(day) is not InForce.NO]
        return (begun or [each for each in found if not each.since or each.since.first <= day] or [found[0]])[-1]

    def pack(self, code: str) -> tuple[Rule, ...]:
        """The rules of a pack: ``tj``, ``az``, ``ru``, ``treaty``."""
        return tuple(rule for rule in self.rules.values() if rule.pack == code)

    def of(self, role: Role, state: str) -> tuple[Rule, ...]:
        """The rules for a role in a state (``AZ``), in the order of the table."""
        return self.roles.get((role, state), ())

    def one(self, role: Role, state: str, on: dt.date | None = None) -> Rule | None:
        """The rule for a role in a state, in force on a day; None where no pack has one."""
        fitting = (rule for rule in self.of(role, state) if on is None or rule.in_force(on) is not InForce.NO)
        return next(fitting, None)


@functools.cache
def load() -> Book:
    """The packs of the package; DataError lists each fault."""
    return read_book({path.stem: path.read_text(encoding="utf-8") for path in (DATA / "law").glob("*.csv")})


@functools.cache
def matters() -> Mapping[str, Mapping[str, str]]:
    """What rules are about, by code and language."""
    return {row.pop("code"): row for row in rows("law/matters.csv")}


@functools.cache
def pack_day(state: str) -> str:
    """The day on which the pack of a state was written."""
    return head(f"law/{state.lower()}.csv")["date"]


def read_book(tables: Mapping[str, str]) -> Book:
    """A book from the texts of its tables by name (``tj``, ``acts``, ``roles`` ...); DataError lists each fault by table and line."""
    if lacking := [
        name for name in (*PACKS, "acts", "sources", "names", "meanings", "matters", "roles") if name not in tables
    ]:
        raise DataError(f"no table {', '.join(lacking)}")
    faults = Faults()
    shelf = Shelf(
        acts=keyed("acts", tables["acts"], read_act, faults),
        sources=keyed("sources", tables["sources"], read_source, faults),
        names=keyed("names", tables["names"], read_titles, faults),
        meanings=keyed("meanings", tables["meanings"], read_meanings, faults),
        matters=keyed("matters", tables["matters"], read_titles, faults),
    )
    rules: dict[str, Rule] = {}
    for pack in PACKS:
        rules |= keyed(pack, tables[pack], functools.partial(shelf.rule, pack), faults)
    for table, named in (("names", shelf.names), ("meanings", shelf.meanings)):
        for name in named.keys() - rules.keys():
            faults.add(table, 0, f"{name} is no rule")
    roles = _roles(tables["roles"], rules, faults)
    if faults.found:
        raise DataError("\n".join(faults.found))
    return Book(rules, roles)


def _roles(text: str, rules: Mapping[str, Rule], faults: Faults) -> dict[tuple[Role, str], tuple[Rule, ...]]:
    roles: dict[tuple[Role, str], tuple[Rule, ...]] = {}
    for number, row in lines(text):
        try:
            role, rule = _role(row, rules)
        except (KeyError, ValueError) as fault:
            faults.add("roles", number, f"{fault} is not there" if isinstance(fault, KeyError) else str(fault))
        else:
            key = (role, row["state"])
            roles[key] = (*roles.get(key, ()), rule)
    return roles


def _role(row: Mapping[str, str], rules: Mapping[str, Rule]) -> tuple[Role, Rule]:
    role, rule = Role(row["role"]), rules[row["rule"]]
    if lacking := [each for each in NEEDED.get(role, ()) if each not in rule.parameters]:
        raise ValueError(f"{rule.id} lacks {', '.join(lacking)}")
    return role, rule
