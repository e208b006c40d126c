"""Moments of recordings in a template."""

from collections.abc import Mapping
from typing import Any

from django import template

from hamroh.archive import words

register = template.Library()


@register.filter
def clock(milliseconds: int) -> str:
    """1:02 or 1:02:03."""
    return words.clock(milliseconds)


@register.filter
def seconds(milliseconds: int) -> int:
    """Whole seconds, as addresses name a moment."""
    return milliseconds // 1000


@register.filter
def called(names: Mapping[Any, Any], key: Any) -> str:
    """The name of a concept, by what the view found for it."""
    found = names.get(key)
    return found.text if found else ""
