"""Lists of laws out of the library, or else the rule packs, as of a day."""

import datetime as dt
from typing import Any

from hamroh.kernel.law import load
from hamroh.library.selectors import laws_of as laws_kept

#: packs that there are, and the countries whose laws they hold
LAW_PACKS = {"az": "AZE", "tj": "TJK", "ru": "RUS"}


def laws_of(country: str, on: dt.date) -> list[dict[str, Any]]:
    """The laws of a country that the library has, passed until a day and not lapsed; where it has none, the acts that the rules
    stand in. The oldest first: ``title`` and ``date``."""
    if kept := laws_kept(country, on):
        return [{"title": dict(law["title"]), "date": law["date"]} for law in kept]
    acts = {rule.act.code: rule.act for rule in load().rules.values() if rule.pack.lower() == country.lower()}
    dated = [(str(act.date or ""), code) for code, act in acts.items()]
    passed = sorted((date, code) for date, code in dated if date <= on.isoformat())
    return [{"title": _titled(acts[code]), "date": date} for date, code in passed]


def _titled(act: Any) -> dict[str, str]:
    """Titles with the number, where the act has one."""
    return {lang: f"{title}, {act.number}" if act.number else title for lang, title in act.titles.items() if title}
