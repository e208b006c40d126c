"""Filters of the room's pages."""

import datetime as dt
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from hamroh.emergencies import showing
from hamroh.web import dates

register = template.Library()


@register.filter
def clock(value: dt.datetime | None) -> SafeString | str:
    """A moment by the clock that the view has set."""
    if not value:
        return ""
    there = timezone.localtime(value)
    return format_html('<time datetime="{}">{}</time>', there.isoformat(), dates.moment(there, get_language() or "en"))


@register.filter
def time_of_day(value: dt.datetime) -> str:
    """The hour alone."""
    return f"{timezone.localtime(value):%H:%M}"


@register.filter
def grave(severity: str) -> str:
    """The look's state of a severity."""
    return showing.STATE_OF.get(severity, "none")


@register.filter
def state_of(code: Any) -> str:
    """The look's state of where a need, a task, an event or an alert stands."""
    known = {
        "open": "care", "partly": "now", "met": "done", "dropped": "none", "given": "care", "taken": "now", "done": "done", "closed": "none",
        "draft": "none", "signing": "care", "issued": "done",
    }  # fmt: skip
    return known.get(str(code), "none")


@register.filter
def hours_since(before: dt.datetime, now: dt.datetime) -> str:
    """Hours and minutes between two moments, as a clock shows them: 2:05."""
    minutes = max(0, int((now - before).total_seconds() // 60))
    return f"{minutes // 60}:{minutes % 60:02}"
