"""How questions and answers read: in the reader's language where the form has it, and held back where it must be."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hamroh.fieldwork.xforms import FILES
from hamroh.web import dates
from hamroh.web.texts import pick

#: what asks nothing, and what the telephone says of itself
_SILENT = frozenset({"group", "repeat", "note", "meta", "hidden"})
#: answers in somebody's own words
WORDS = frozenset({"text"})
TRACKS = frozenset({"geopoint", "geotrace", "geoshape"})
CHOSEN = frozenset({"select_one", "select_multiple", "rank"})
NUMBERS = frozenset({"integer", "decimal", "range"})
Answers = Mapping[str, Any]


@dataclass(frozen=True)
class Column:
    """A question as a reader meets it; ``choices`` are words by the names that stand in answers."""

    path: str
    name: str
    kind: str
    label: str
    choices: Mapping[str, str]
    repeat: str
    is_personal: bool

    @property
    def is_file(self) -> bool:
        return self.kind in FILES

    @property
    def counts(self) -> bool:
        """Whether answers can be counted: choices and numbers."""
        return bool(self.choices) or self.kind in NUMBERS


def columns(questions: Iterable[Mapping[str, Any]], lang: str) -> list[Column]:
    """The questions that are asked, in their order."""
    return [
        Column(
            each["path"], each["name"], each["kind"], pick(each["labels"], lang).text or each["name"],
            {one["name"]: pick(one["labels"], lang).text or one["name"] for one in each["choices"] or ()},
            each["repeat"] or "", bool(each["personal"]),
        )
        for each in questions if each["kind"] not in _SILENT
    ]  # fmt: skip


def repeats(questions: Iterable[Mapping[str, Any]], lang: str) -> dict[str, str]:
    """Groups that are asked again and again, by their paths."""
    return {
        each["path"]: pick(each["labels"], lang).text or each["name"] for each in questions if each["kind"] == "repeat"
    }


def is_held(column: Column, *, about_children: bool, leaves: bool) -> bool:
    """Whether an answer stands nowhere: of children what tells who they are, and in tables and files (``leaves``) their own words too."""
    if not about_children:
        return False
    return column.is_personal or column.kind in TRACKS or (leaves and (column.kind in WORDS or column.is_file))


def said(column: Column, value: Any, lang: str) -> str:
    """An answer in words; a place is rounded, so that it tells an area and no house."""
    if value is None or value == "":
        return ""
    if column.kind in CHOSEN:
        chosen = value if isinstance(value, list) else [value]
        return ", ".join(column.choices.get(str(each), str(each)) for each in chosen)
    if column.kind in TRACKS:
        return area_of(str(value))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return dates.number(value, lang)
    return _day(str(value), lang) if column.kind == "date" else str(value)


def _day(text: str, lang: str) -> str:
    try:
        return dates.day(dt.date.fromisoformat(text[:10]), lang)
    except ValueError:
        return text


def area_of(point: str) -> str:
    """About where a point is, to a tenth of a degree: some ten kilometres. Of a line or an outline its first point."""
    found = rounded(point)
    return "" if found is None else _("about %(lat)s, %(lon)s") % {"lat": found[0], "lon": found[1]}


def rounded(point: str) -> tuple[float, float] | None:
    """Latitude and longitude of a point's area."""
    numbers = point.split(";", maxsplit=1)[0].split()
    try:
        lat, lon = (round(float(each), 1) for each in numbers[:2])
    except ValueError:
        return None
    return (lat, lon) if abs(lat) <= 90 and abs(lon) <= 180 else None


def not_shown() -> str:
    """What stands in the place of an answer that is held back."""
    return pgettext("answer", "not shown")


@dataclass(frozen=True)
class Line:
    """One question with its answer on the page of a submission. ``at`` names the answer for an edit: its path, with the row of a repeat."""

    column: Column
    answer: str
    at: str
    is_held: bool = False


@dataclass(frozen=True)
class Part:
    """Answers under one heading: the form itself, or one row of what is asked again and again."""

    title: str
    lines: Sequence[Line]


def parts(questions: Sequence[Mapping[str, Any]], answers: Answers, lang: str, *, about_children: bool) -> list[Part]:
    """A submission as it is read: the form, then each repeat with its rows."""
    asked = columns(questions, lang)
    found = [Part("", list(_lines([each for each in asked if not each.repeat], answers, "", lang, about_children)))]
    for path, title in repeats(questions, lang).items():
        inner = [each for each in asked if each.repeat == path]
        for number, row in enumerate(rows_of(answers, path), 1):
            lines = list(_lines(inner, row, f"{path}[{number}]", lang, about_children))
            found.append(Part(f"{title} {number}", lines))
    return found


def _lines(asked: Sequence[Column], answers: Answers, within: str, lang: str, about_children: bool) -> Iterator[Line]:
    for each in asked:
        if each.path in answers:
            held = is_held(each, about_children=about_children, leaves=False)
            words = not_shown() if held else said(each, answers[each.path], lang)
            yield Line(each, words, f"{within}{each.path.removeprefix(each.repeat) if within else each.path}", held)


def rows_of(answers: Answers, path: str) -> list[Answers]:
    """The rows of a repeat, wherever it stands: a repeat within another gives the rows of all of them."""
    if isinstance(answers.get(path), list):
        return [row for row in answers[path] if isinstance(row, Mapping)]
    found: list[Answers] = []
    for key, value in answers.items():
        if path.startswith(f"{key}/") and isinstance(value, list):
            for row in value:
                found += rows_of(row, path) if isinstance(row, Mapping) else []
    return found


def at_path(answers: dict[str, Any], at: str) -> tuple[dict[str, Any], str] | None:
    """Where an answer stands that ``at`` names: the mapping that holds it and its key; None where nothing is named so.

    Rows of a repeat are named by their number, as in ``/data/pupil[2]/age``.
    """
    head, mark, rest = at.partition("[")
    if not mark:
        return (answers, at)
    number, _mark, tail = rest.partition("]")
    found = rows_of(answers, head)
    if not number.isdecimal() or not 1 <= int(number) <= len(found):
        return None
    row = found[int(number) - 1]
    return (row, f"{head}{tail}") if isinstance(row, dict) else None
