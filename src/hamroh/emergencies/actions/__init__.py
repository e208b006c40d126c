"""Writes on emergencies."""

from hamroh.emergencies.actions.alerts import (
    ask_for_signatures,
    change_alert,
    compose_alert,
    drop_alert,
    refer_to,
    sign_alert,
)
from hamroh.emergencies.actions.damage import (
    change_household,
    enter_card,
    enter_household,
    enter_many,
    give_aid,
    note_offer,
)
from hamroh.emergencies.actions.events import (
    assess,
    change_event,
    close_event,
    close_incident,
    declare_event,
    declare_incident,
    reopen_event,
    write_log,
)
from hamroh.emergencies.actions.frame import NotNow
from hamroh.emergencies.actions.reports import freeze_report
from hamroh.emergencies.actions.work import (
    call_off_shift,
    give_task,
    move_need,
    move_task,
    note_need,
    note_response,
    plan_shift,
    raise_late_tasks,
)

__all__ = [
    "NotNow", "ask_for_signatures", "assess", "call_off_shift", "change_alert", "change_event", "change_household", "close_event",
    "close_incident", "compose_alert", "declare_event", "declare_incident", "drop_alert", "enter_card", "enter_household", "enter_many",
    "freeze_report", "give_aid", "give_task", "move_need", "move_task", "note_need", "note_offer", "note_response", "plan_shift",
    "raise_late_tasks", "refer_to", "reopen_event", "sign_alert", "write_log",
]  # fmt: skip
