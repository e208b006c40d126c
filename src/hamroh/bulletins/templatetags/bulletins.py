"""Filters of the room's pages."""

from django import template
from django.utils.translation import get_language

from hamroh.bulletins import telling
from hamroh.bulletins.models import Issue
from hamroh.bulletins.states import LetterLife

register = template.Library()


@register.filter
def issue_period(row: Issue) -> str:
    """From which month to which."""
    return telling.period(row.from_date, row.until_date, get_language() or "en")


@register.filter
def issue_look(state: str) -> str:
    """The look's state of an issue."""
    return {"draft": "none", "asked": "care", "out": "done", "withdrawn": "risk"}.get(str(state), "none")


@register.filter
def letter_word(state: str) -> str:
    """A letter's state in words."""
    return str(LetterLife.states[state].label)
