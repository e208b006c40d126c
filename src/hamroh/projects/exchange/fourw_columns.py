"""The table of who does what where, when and for whom: its columns, their humanitarian tags and their words in each language.

The tags are the contract: a file is read by them whatever its headings say and in whatever order its columns stand.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.projects.states import WorkLife
from hamroh.web.texts import LANGUAGES

WORK, PEOPLE = "4W", "for_whom"
#: by what a file may say that something is so
YES = frozenset({"x", "yes", "1", "true"})


@dataclass(frozen=True)
class Column:
    """A column: ``name`` in the code, ``tag`` in the file."""

    name: str
    tag: str
    label: str | Promise
    width: int = 16


_WHAT = {"en": _("What (English)"), "az": _("What (Azerbaijani)"), "ru": _("What (Russian)"), "tg": _("What (Tajik)")}
COLUMNS = (
    Column("id", "#activity+code+id", pgettext_lazy("4W", "Number"), 14),
    Column("project", "#activity+code+project", pgettext_lazy("4W", "Project"), 18),
    Column("who", "#org+name", pgettext_lazy("4W", "Who"), 28),
    Column("who_id", "#org+code+id", pgettext_lazy("4W", "Number in the directory"), 12),
    *(Column(f"what_{lang}", f"#activity+name+i_{lang}", _WHAT[lang], 36) for lang in LANGUAGES),
    Column("sector", "#sector+code", pgettext_lazy("4W", "Sector"), 10),
    Column("adm0", "#country+name", pgettext_lazy("4W", "Country")),
    Column("adm1", "#adm1+name", pgettext_lazy("4W", "Province or region")),
    Column("adm2", "#adm2+name", pgettext_lazy("4W", "District or city")),
    Column("adm3", "#adm3+name", pgettext_lazy("4W", "Jamoat, town or municipality")),
    Column("place_id", "#loc+code+id", pgettext_lazy("4W", "Number of the place")),
    Column("spot", "#loc+name", pgettext_lazy("4W", "Spot"), 24),
    Column("is_hidden", "#meta+hidden", pgettext_lazy("4W", "Place is not told outside (x)"), 10),
    Column("starts", "#date+start", pgettext_lazy("4W", "From"), 12),
    Column("ends", "#date+end", pgettext_lazy("4W", "Until"), 12),
    Column("state", "#status", pgettext_lazy("4W", "Where it stands"), 12),
    Column("indicator", "#indicator+code", pgettext_lazy("4W", "Indicator"), 12),
    Column("source", "#meta+source", pgettext_lazy("4W", "Source"), 24),
    Column("remark", "#meta+remark", pgettext_lazy("4W", "Remark"), 24),
    Column("changed_at", "#date+updated", pgettext_lazy("4W", "Last changed"), 26),
)
PEOPLE_COLUMNS = (
    Column("activity", "#activity+code+id", pgettext_lazy("4W", "Number of the activity"), 14),
    Column("group", "#reached+group", pgettext_lazy("4W", "Group"), 28),
    Column("sex", "#reached+sex", pgettext_lazy("4W", "Sex"), 8),
    Column("age", "#reached+age", pgettext_lazy("4W", "Age"), 10),
    Column("number", "#reached+num", pgettext_lazy("4W", "How many"), 10),
    Column("at_least", "#reached+min", pgettext_lazy("4W", "At least (x)"), 10),
)
SHEETS = {WORK: COLUMNS, PEOPLE: PEOPLE_COLUMNS}


def sheet_title(sheet: str, lang: str) -> str:
    """What a sheet is called."""
    with translation.override(lang):
        return sheet if sheet == WORK else str(pgettext_lazy("4W", "For whom"))


def labels(columns: tuple[Column, ...], lang: str) -> list[str]:
    """The headings of columns in a language."""
    with translation.override(lang):
        return [str(each.label) for each in columns]


def names_by_heading(columns: tuple[Column, ...]) -> dict[str, str]:
    """Columns by their heading in any language, folded."""
    return {
        label.casefold(): column.name
        for lang in LANGUAGES
        for column, label in zip(columns, labels(columns, lang), strict=True)
    }


def states_by_word() -> dict[str, str]:
    """Where an activity stands, by its word in any language and by its code."""
    found = {state: state for state, _label in WorkLife.choices()}
    for lang in LANGUAGES:
        with translation.override(lang):
            found |= {str(label).casefold(): state for state, label in WorkLife.choices()}
    return found


def state_word(state: str, lang: str) -> str:
    with translation.override(lang):
        words: dict[str, Any] = dict(WorkLife.choices())
        return str(words[state])


def change_words(names: Iterable[str]) -> list[str]:
    """What was changed in a row, by the headings that a reader knows."""
    said = {column.name: column.label for column in COLUMNS} | {
        "whats": pgettext_lazy("4W", "What"), "who_name": pgettext_lazy("4W", "Who"), "place": pgettext_lazy("4W", "Where"),
        "reach": pgettext_lazy("4W", "For whom"),
    }  # fmt: skip
    return list(dict.fromkeys(str(said[name]) for name in names))
