"""Words for what was found in a form: faults that hinder it, and what its makers should look at."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from hamroh.fieldwork.linting import Remark

#: what is said of each code; what stands in brackets comes from the form, and is text of whoever made it
WORDS: dict[str, Any] = {
    # files that are no form
    "empty": gettext_lazy("The file is empty."),
    "large": gettext_lazy("The file is larger than 5 MB. A form is small: put lists and pictures beside it."),
    "kind": gettext_lazy("This is no workbook (xlsx, xls) and no XForm (xml)."),
    "damaged": gettext_lazy("The workbook is damaged or locked by a password. Save it anew and send it again."),
    "workbook": gettext_lazy("The workbook is damaged or locked by a password. Save it anew and send it again."),
    "bomb": gettext_lazy("The workbook unfolds to far more than it weighs. Save it anew and send it again."),
    "macros": gettext_lazy("The workbook holds macros. Save it without them (xlsx) and send it again."),
    "slow": gettext_lazy("The workbook took too long to read. Is there more in it than the form?"),
    "xml_large": gettext_lazy("The form is too large."),
    "xml_entities": gettext_lazy("The form holds entities or a document type, which are not read."),
    "xml_deep": gettext_lazy("The form is too deeply nested."),
    "xml_crowded": gettext_lazy("The form is too large."),
    "xml_broken": gettext_lazy("The form is no well-formed XML."),
    "xml_model": gettext_lazy("This is XML, but no XForm: it has no model."),
    "xml_instance": gettext_lazy("This is XML, but no XForm: it has no model."),
    "xml_form_id": gettext_lazy("The form does not say its name: give its first element an id."),
    # faults of sheets
    "kind_unknown": gettext_lazy("There is no question of the type “%(value)s”. Look at how it is spelled."),
    "list_unknown": gettext_lazy("The list “%(value)s” is not on the sheet choices."),
    "no_survey": gettext_lazy("The workbook has no sheet “survey”."),
    "no_choices": gettext_lazy("A question asks to choose, but there is no sheet “choices”."),
    "no_name": gettext_lazy("A question or a group has no name."),
    "no_type": gettext_lazy("A question has no type."),
    "names_001": gettext_lazy("The name “%(value)s” stands twice in the same group. Names are told apart within a group."),
    "names_008": gettext_lazy("A name begins with a letter and holds letters, digits, hyphens, dots and underscores."),
    "names_009": gettext_lazy("A name begins with a letter and holds letters, digits, hyphens, dots and underscores."),
    "pyref_001": gettext_lazy("What refers to a question is written ${name}."),
    "pyref_003": gettext_lazy("Something refers to “%(q)s”, and there is no question of this name."),
    "pyref_004": gettext_lazy("Something refers to “%(q)s”, and several questions bear this name."),
    "label_001": gettext_lazy("A choice has no label."),
    "header_003": gettext_lazy("The sheet lacks a column that it needs."),
    "survey_001": gettext_lazy("A group or a repeat ends that did not begin."),
    "survey_002": gettext_lazy("A group or a repeat begins and does not end."),
    # what to look at
    "language_without_code": gettext_lazy("The language “%(language)s” has no code. Write it in brackets: Tajik (tg)."),
    "label_without_language": gettext_lazy("A column of labels says no language. Write label::Tajik (tg)."),
    "column_missing": gettext_lazy("There is no column “%(column)s” in %(language)s."),
    "translation_missing": gettext_lazy("“%(column)s” is not said in %(language)s."),
    "message_missing": gettext_lazy("There is no “%(column)s”: whoever fills reads an English sentence."),
    "divides": gettext_lazy("It divides without looking whether the divisor is empty or nought. Use if() or coalesce()."),
    "once": gettext_lazy("once() keeps its first value, also where it was wrong."),
    "calculated_for_nothing": gettext_lazy("“%(name)s” is reckoned and nothing in the form uses it."),
    "choice_twice": gettext_lazy("A choice stands twice in its list."),
    "choice_with_blank": gettext_lazy("The name of a choice holds a blank: of several answers it cannot be told apart."),
    "not_in_the_browser": gettext_lazy("“%(what)s” works in the app for telephones, not in the browser."),
    "formula": gettext_lazy("A sheet reckons with formulas: what they gave when it was saved was taken."),
    "asks_name": gettext_lazy("“%(name)s” asks for a person’s name."),
    "asks_phone": gettext_lazy("“%(name)s” asks for a telephone number."),
    "asks_address": gettext_lazy("“%(name)s” asks where somebody lives."),
    "asks_document": gettext_lazy("“%(name)s” asks for a document’s number."),
    "asks_school": gettext_lazy("“%(name)s” asks which school it is: with class and sex that can be one child."),
    "asks_birth": gettext_lazy("“%(name)s” asks for the day of birth. An age is enough."),
    "asks_place": gettext_lazy("“%(name)s” asks for an exact place."),
    "asks_face": gettext_lazy("“%(name)s” asks for a picture: let no face be on it."),
    "asks_voice": gettext_lazy("“%(name)s” records a voice, by which a person is known."),
}  # fmt: skip
LEVELS = {
    "risk": pgettext_lazy("remark on a form", "Risk"), "care": pgettext_lazy("remark on a form", "To mend"),
    "hint": pgettext_lazy("remark on a form", "Hint"),
}  # fmt: skip
#: how each level looks
STATES = {"risk": "risk", "care": "care", "hint": "none"}
#: places of one remark that are shown
_SHOWN = 12


@dataclass(frozen=True)
class Told:
    """One thing to say of a form, with all the places where it is so."""

    words: str
    level: str
    level_word: str
    state: str
    where: str
    #: what the library says where it has no words of ours
    is_foreign: bool


def told(remarks: Iterable[Remark]) -> list[Told]:
    """Remarks in words, those that say the same in one line."""
    lines: dict[tuple[str, str, str], list[Remark]] = {}
    for each in remarks:
        lines.setdefault((said(each), each["level"], each["sheet"]), []).append(each)
    return [
        Told(words, level, str(LEVELS[level]), STATES[level], _where(sheet, each), each[0]["code"] not in WORDS)
        for (words, level, sheet), each in lines.items()
    ]


def said(remark: Remark) -> str:
    """What one remark says."""
    words = WORDS.get(remark["code"])
    if words is None:
        return str(remark["facts"].get("words", remark["code"]))
    return str(words) % _Facts(remark["facts"])


class _Facts(dict[str, Any]):
    def __init__(self, facts: Mapping[str, Any]) -> None:
        super().__init__(facts)

    def __missing__(self, key: str) -> str:
        return "?"


def _where(sheet: str, remarks: list[Remark]) -> str:
    """The sheet and the cells, or the rows where no cell is meant."""
    cells = [each["cell"] or str(each["row"]) for each in remarks if each["cell"] or each["row"]]
    if not cells:
        return sheet
    shown = ", ".join(cells[:_SHOWN]) + ("…" if len(cells) > _SHOWN else "")
    words = _("sheet %(sheet)s, cell %(cells)s") if remarks[0]["cell"] else _("sheet %(sheet)s, row %(cells)s")
    return words % {"sheet": sheet or "survey", "cells": shown}


def risks(remarks: Iterable[Remark]) -> bool:
    """Whether something among them endangers people."""
    return any(each["level"] == "risk" for each in remarks)
