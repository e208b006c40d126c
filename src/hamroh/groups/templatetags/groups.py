"""Filters of the room's pages."""

from decimal import Decimal
from typing import Any

from django import template

from hamroh.groups import showing

register = template.Library()
_STATES = {
    "forming": "now", "active": "done", "resting": "care", "closed": "none", "asked": "care", "promised": "now", "given": "done",
    "refused": "risk", "dropped": "none", "drafted": "care", "sent": "now", "granted": "done", "reported": "done",
}  # fmt: skip


@register.filter
def state_of(code: Any) -> str:
    """The look's state of where a group, help or an application stands."""
    return _STATES.get(str(code), "none")


@register.filter
def money(value: Decimal | None, currency: str) -> str:
    """An amount with its money."""
    return showing.money(value, currency)


@register.filter
def partner(row: Any) -> str:
    """With whom a memorandum is, or who is asked for money."""
    return showing.partner(row)
