"""In which district a form was filled: where a question offers districts by the keys of our places, its answer says so."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from hamroh.directory.models import AdminUnit

_KEY = re.compile(r"[a-z]{2}(?:-[a-z0-9]+)+")


def place_in(questions: list[dict[str, Any]], answers: Mapping[str, Any] | None) -> AdminUnit | None:
    """The nearest place that an answer names; None, and nothing is asked of the database, where none looks like one."""
    keys = set(_keys(questions, answers or {}))
    found = list(AdminUnit.objects.filter(key__in=keys)) if keys else []
    return max(found, key=lambda unit: len(unit.key), default=None)


def _keys(questions: list[dict[str, Any]], answers: Mapping[str, Any]) -> Iterator[str]:
    for each in questions:
        value = answers.get(each["path"]) if each["kind"] == "select_one" and not each["repeat"] else None
        if isinstance(value, str) and _KEY.fullmatch(value):
            yield value
