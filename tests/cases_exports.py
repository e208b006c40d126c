"""What is taken out of cases in tests."""

from typing import Any

from cases_world import OF_A_HOUSE, THERE
from hamroh.cases.actions import exports
from hamroh.cases.models import Export
from hamroh.cases.selectors.exports import Scope

WORDS = "Суд дар Кӯлоб бо мактуби 14 мепурсад."


def asked(actor: Any, house: Any, *, case: Any = None, query: str = "", **more: Any) -> Export:
    """Somebody asks for cases, by a password unless it is said otherwise."""
    purpose = more.pop("purpose", "court" if case else "work")
    told = {"parts": ["cases", "people"], "words": WORDS, "locked_by": "password", "recipient": ""} | more
    return exports.ask_export(actor=actor, wish=exports.Wish(scope=Scope(house, purpose, query, case), **told))


OF_A_HOUSE.add("export")
THERE["export"] = lambda office, case: asked(office.farzona, office.centre, case=case).pk
