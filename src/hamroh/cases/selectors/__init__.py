"""Reads of cases."""

from hamroh.cases.selectors.advice import advice_lines, by_age, day_lines, day_of, days, place_of, talks, tally
from hamroh.cases.selectors.files import Line, case_of, cases, clients, lines, people
from hamroh.cases.selectors.team import colleagues, errands, filtered, kept_filter, kept_filters, load, soon, workers
from hamroh.cases.selectors.working import (
    encounters,
    goal_of,
    moves,
    names_of_people,
    needs,
    note,
    notes,
    notes_on_children,
    services,
)

__all__ = [
    "Line", "advice_lines", "by_age", "case_of", "cases", "clients", "colleagues", "day_lines", "day_of",
    "days", "encounters", "errands", "filtered", "goal_of", "kept_filter", "kept_filters", "lines", "load", "moves",
    "names_of_people", "needs", "note", "notes", "notes_on_children", "people", "place_of", "services", "soon",
    "talks", "tally", "workers",
]  # fmt: skip
