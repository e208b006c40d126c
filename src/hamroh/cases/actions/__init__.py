"""Writes on cases."""

from hamroh.cases.actions.advising import begin_day, count, give_advice
from hamroh.cases.actions.moving import AtRest, CannotMove, move
from hamroh.cases.actions.opening import Told, add_person, open_case
from hamroh.cases.actions.team import NoPlace, NotHers, OwnedMeanwhile, assign, forget_filter, hand_task, keep_filter
from hamroh.cases.actions.working import (
    Done,
    Settled,
    add_encounter,
    add_need,
    add_note,
    give_service,
    plan_need,
    settle_need,
)

__all__ = [
    "AtRest", "CannotMove", "Done", "NoPlace", "NotHers", "OwnedMeanwhile", "Settled", "Told", "add_encounter", "add_need", "add_note",
    "add_person", "assign", "begin_day", "count", "forget_filter", "give_advice", "give_service", "hand_task",
    "keep_filter", "move", "open_case", "plan_need", "settle_need",
]  # fmt: skip
