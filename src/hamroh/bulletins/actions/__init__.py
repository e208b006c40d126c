"""What bulletins write: issues and their sections, readers, letters."""

from hamroh.bulletins.actions.following import follow_story, follow_time
from hamroh.bulletins.actions.frame import NotNow
from hamroh.bulletins.actions.issues import ask_for_release, begin_issue, change_issue, release_issue, withdraw_issue
from hamroh.bulletins.actions.readers import (
    TooMany,
    ask_for_it,
    confirm,
    drop_address,
    forget_unconfirmed,
    leave,
    note_bounce,
)
from hamroh.bulletins.actions.sections import Told, change_section, drop_section, move_section, take, write_section
from hamroh.bulletins.actions.sending import can_send, mark_stuck, send_due, send_issue, settle, waits_for_relay

__all__ = [
    "NotNow", "Told", "TooMany", "ask_for_it", "ask_for_release", "begin_issue", "can_send", "change_issue", "change_section", "confirm",
    "drop_address", "drop_section", "follow_story", "follow_time", "forget_unconfirmed", "leave", "mark_stuck", "move_section",
    "note_bounce", "release_issue", "send_due", "send_issue", "settle", "take", "waits_for_relay", "withdraw_issue", "write_section",
]  # fmt: skip
