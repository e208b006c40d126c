"""Writes on the archive."""

from hamroh.archive.actions.bringing import Brought, bring_tree
from hamroh.archive.actions.common import ArchiveRefused, EditedMeanwhile
from hamroh.archive.actions.consenting import add_voice, erase_unit, record_consent, withdraw
from hamroh.archive.actions.copies import add_media, describe_media, original, remove_media, stamp_ended, sweep_copies
from hamroh.archive.actions.describing import add_unit, close_unit, edit_unit, move_unit, release_unit, reopen_unit
from hamroh.archive.actions.teaching import (
    add_line,
    add_set,
    edit_set,
    load_moments,
    move_set,
    order_lines,
    remove_moment,
    write_moment,
)
from hamroh.archive.actions.telling import (
    remove_segment,
    remove_transcript,
    write_segment,
    write_segments,
    write_transcript,
)

__all__ = [
    "ArchiveRefused", "Brought", "EditedMeanwhile", "add_line", "add_media", "add_set", "add_unit", "add_voice", "bring_tree", "close_unit", "describe_media", "edit_set",
    "edit_unit", "erase_unit", "load_moments", "move_set", "move_unit", "order_lines", "original", "record_consent", "release_unit", "remove_media",
    "remove_moment", "remove_segment", "remove_transcript", "reopen_unit", "stamp_ended", "sweep_copies", "withdraw", "write_moment", "write_segment", "write_segments", "write_transcript",
]  # fmt: skip
