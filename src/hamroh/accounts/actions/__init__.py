"""Writes on people, their roles, and the ways in."""

from hamroh.accounts.actions.entering import (
    add_app,
    add_passkey,
    end_sessions,
    note_sign_in,
    print_codes,
    remove_factor,
    set_password,
)
from hamroh.accounts.actions.links import (
    LinkSpent,
    accept_as,
    accept_as_new,
    agree_to_factor_reset,
    ask_for_factor_reset,
    invite,
    link_for_password,
    link_from_shell,
    take_back,
    use_for_factor,
    use_for_password,
)
from hamroh.accounts.actions.people import RolesClash, add_member, change_role, clash, end_role, give_role

__all__ = [
    "LinkSpent",
    "RolesClash",
    "accept_as",
    "accept_as_new",
    "add_app",
    "add_member",
    "add_passkey",
    "agree_to_factor_reset",
    "ask_for_factor_reset",
    "change_role",
    "clash",
    "end_role",
    "end_sessions",
    "give_role",
    "invite",
    "link_for_password",
    "link_from_shell",
    "note_sign_in",
    "print_codes",
    "remove_factor",
    "set_password",
    "take_back",
    "use_for_factor",
    "use_for_password",
]
