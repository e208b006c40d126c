"""What the register writes: projects and what stands beside them, results, activities, campaigns, lessons."""

from hamroh.projects.actions import activities, frame, parts, results
from hamroh.projects.actions.frame import NotNow
from hamroh.projects.actions.parts import change_part, note_part, take_back
from hamroh.projects.actions.projects import ProjectTold, change_project, make_project
from hamroh.projects.actions.results import (
    Aimed,
    Reached,
    approve_actual,
    change_period,
    drop_period,
    plan_periods,
    withdraw_actual,
    write_actual,
)

__all__ = [
    "Aimed", "NotNow", "ProjectTold", "Reached", "activities", "approve_actual", "change_part", "change_period", "change_project",
    "drop_period", "frame", "make_project", "note_part", "parts", "plan_periods", "results", "take_back", "withdraw_actual", "write_actual",
]  # fmt: skip
