"""When a question is asked, in words: the expressions of forms as people read them. What is not understood is shown as it stands."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import pgettext

from hamroh.web.texts import pick

_SELECTED = re.compile(r"selected\(\s*([^\s,()]+)\s*,\s*['\"]([^'\"]*)['\"]\s*\)")
_COMPARED = re.compile(r"([/.][\w./-]*\w)\s*(!=|<=|>=|=|<|>)\s*['\"]([^'\"]*)['\"]")
_PATH = re.compile(r"(?<![\w'\"])(\.\./[\w./-]*\w|/[A-Za-z_][\w./-]*\w)")
_SIGNS = {"=": "=", "!=": "≠", "<": "<", ">": ">", "<=": "≤", ">=": "≥"}


def in_words(expression: str, here: str, questions: Sequence[Mapping[str, Any]], lang: str) -> str:
    """``/data/a ='yes' and /data/n > 0`` as “Did you go? = Yes” and “How many?” > 0, in the reader's language."""
    by_path = {each["path"]: each for each in questions}

    def named(path: str) -> str:
        found = by_path.get(_absolute(path, here))
        return f"“{_label(found, lang)}”" if found else path

    def chosen(path: str, name: str) -> str:
        found = by_path.get(_absolute(path, here))
        choices = (found or {}).get("choices") or []
        return next((pick(each["labels"], lang).text or name for each in choices if each["name"] == name), name)

    words = _SELECTED.sub(lambda found: f"{named(found[1])} = {chosen(found[1], found[2])}", expression)
    words = _COMPARED.sub(lambda found: f"{named(found[1])} {_SIGNS[found[2]]} {chosen(found[1], found[3])}", words)
    words = _PATH.sub(lambda found: named(found[1]), words)
    words = re.sub(r"\band\b", pgettext("between conditions", "and"), words)
    words = re.sub(r"\bor\b", pgettext("between conditions", "or"), words)
    return re.sub(r"\s+", " ", words).strip()


def _absolute(path: str, here: str) -> str:
    """A path that starts from a question, from the root."""
    if path.startswith("/"):
        return path
    parts = here.strip("/").split("/")
    for step in path.split("/"):
        if step == "..":
            parts = parts[:-1]
        elif step not in (".", ""):
            parts.append(step)
    return "/" + "/".join(parts)


def _label(question: Mapping[str, Any], lang: str) -> str:
    return pick(question["labels"], lang).text or str(question["name"])
