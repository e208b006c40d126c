"""Writes on groups."""

from hamroh.groups.actions.agreed import (
    Agreed,
    add_obligation,
    change_memorandum,
    enter_memorandum,
    keep_scan,
    move_memorandum,
    scan_of,
    settle_obligation,
)
from hamroh.groups.actions.frame import NotNow
from hamroh.groups.actions.funding import Asking, change_application, draft_application, move_application
from hamroh.groups.actions.giving import Given, ask_help, give_support, move_help, repay, settle_support, visit
from hamroh.groups.actions.groups import (
    About,
    begin_facilitating,
    change_group,
    end_facilitating,
    move_group,
    open_group,
)
from hamroh.groups.actions.members import (
    add_member,
    change_member,
    change_session,
    come_back,
    end_role,
    forget_alias,
    give_role,
    leave_group,
    note_session,
)

__all__ = [
    "About", "Agreed", "Asking", "Given", "NotNow", "add_member", "add_obligation", "ask_help", "begin_facilitating", "change_application",
    "change_group", "change_member", "change_memorandum", "change_session", "come_back", "draft_application", "end_facilitating", "end_role",
    "enter_memorandum", "forget_alias", "give_role", "give_support", "keep_scan", "leave_group", "move_application", "move_group",
    "move_help", "move_memorandum", "note_session", "open_group", "repay", "scan_of", "settle_obligation", "settle_support", "visit",
]  # fmt: skip
