"""Filters of the room's pages."""

from typing import Any

from django import template

from hamroh.projects import showing
from hamroh.web.texts import pick

register = template.Library()
register.filter("project_status", showing.shown_status)
register.filter("project_days", showing.period)
register.filter("progress_said", showing.shown_progress)
register.filter("plain_number", showing.number)
register.filter("party_named", showing.party_name)
register.filter("by_role", showing.by_role)


@register.filter
def project_look(state: str) -> str:
    """The look's state of an activity, a campaign or a risk."""
    return showing.LOOKS.get(str(state), "none")


@register.filter
def figure_said(row: Any) -> str:
    """A figure as it was written: a number, or words."""
    if row is None:
        return ""
    return showing.number(row.value) if row.value is not None else str(row.words)


@register.filter
def days_said(row: Any) -> str:
    """First and last day of an activity or a campaign, as far as they are known."""
    first, last = showing.said_day(row.starts), showing.said_day(row.ends)
    return f"{first} – {last}" if first and last and first != last else first or last


@register.filter
def dimensions_said(row: Any) -> str:
    """The part that a figure is of."""
    parts = [f"{name}: {code}" for name, code in sorted(row.dimensions.items())]
    place = pick(row.place.names, showing.lang()).text if row.place else ""
    return ", ".join([*([place] if place else []), *parts])


@register.filter
def language_said(code: str) -> str:
    """A language in its own words."""
    from hamroh.directory.forms.fields import SPOKEN

    return dict(SPOKEN).get(code, code)


@register.filter
def people_said(row: Any) -> str:
    """Who they were, as far as it is known."""
    from hamroh.training.models import Age, Sex

    words = (
        row.group, Sex(row.sex).label if row.sex in Sex.values else "", Age(row.age).label if row.age in Age.values else row.age
    )  # fmt: skip
    return ", ".join(str(word) for word in words if word)
