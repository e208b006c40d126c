"""Writes of pages, stories, pictures and letters."""

from hamroh.pages.actions.following import index_pages
from hamroh.pages.actions.letters import TooMany, erase_letter, mark_answered, take_letter
from hamroh.pages.actions.moving import CannotForward, forward
from hamroh.pages.actions.pictures import NoPicture, add_picture
from hamroh.pages.actions.quizzes import count_answers
from hamroh.pages.actions.sections import editing_for, ensure_sections, keep_in_step
from hamroh.pages.actions.stories import CannotTell, change_story, record_story, withdraw_story
from hamroh.pages.actions.writing import (
    CannotTranslate,
    approve,
    begin_translation,
    mark_translated,
    publish_now,
    send_to_review,
    take_down,
    write_page,
)

__all__ = [
    "CannotForward", "CannotTell", "CannotTranslate", "NoPicture", "TooMany", "add_picture", "approve", "begin_translation",
    "change_story", "count_answers", "editing_for", "ensure_sections", "erase_letter", "forward", "index_pages", "keep_in_step",
    "mark_answered", "mark_translated", "publish_now", "record_story", "send_to_review", "take_down", "take_letter",
    "withdraw_story", "write_page",
]  # fmt: skip
