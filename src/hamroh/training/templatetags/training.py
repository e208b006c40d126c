"""Filters of the room's pages."""

from typing import Any

from django import template

from hamroh.training import showing
from hamroh.training.models import Round

register = template.Library()


@register.filter
def round_title(row: Round) -> str:
    """Course and number of a round."""
    return showing.title_of(row)


@register.filter
def round_number(row: Round) -> str:
    """The 6th of 12, as a language says it."""
    return showing.number_words(row)


@register.filter
def round_days(row: Round) -> str:
    """From when to when, as far as it is known."""
    return showing.period(row.starts, row.ends)


@register.filter
def language_named(code: str) -> str:
    """A language in its own words."""
    return showing.language_name(code)


@register.filter
def round_look(state: str) -> str:
    """The look's state of a round, a sign-up, a certificate or a recommendation."""
    known = {
        "planned": "none", "announced": "now", "running": "now", "held": "done", "dropped": "none", "waiting": "care", "listed": "now",
        "confirmed": "done", "declined": "none", "valid": "done", "revoked": "risk", "open": "care", "taken_up": "now", "done": "done",
        "refused": "none", "lapsed": "none",
    }  # fmt: skip
    return known.get(str(state), "none")


@register.filter
def gain_said(gain: Any) -> list[str]:
    """What the tests showed, in sentences."""
    return showing.gain_words(gain)
