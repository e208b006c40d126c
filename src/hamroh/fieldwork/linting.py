"""What a form's sheets let happen that its makers did not mean. Plain Python, no Django: rows in, remarks out.

A remark is a mapping that can be stored: ``code`` (worded in ``remarks``), ``level`` (``risk``, ``care``, ``hint``), ``sheet``, ``row``,
``cell``, ``facts``.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hamroh.fieldwork import personal
from hamroh.fieldwork.xforms import Described, code_of

RISK, CARE, HINT = "risk", "care", "hint"
Remark = dict[str, Any]
Row = Mapping[str, str]
#: columns that are said in each language, as forms spell them -> how they are called here
_SPOKEN = {"label", "hint", "guidance_hint", "constraint_message", "required_message"}
_ALIASES = {
    "caption": "label", "constraint_msg": "constraint_message", "constraintmsg": "constraint_message", "requiredmsg": "required_message",
    "relevance": "relevant", "calculate": "calculation", "value": "name", "list name": "list_name", "constraint message": "constraint_message",
    "required message": "required_message",
}  # fmt: skip
_EXPRESSIONS = (
    "calculation",
    "relevant",
    "constraint",
    "default",
    "choice_filter",
    "repeat_count",
    "required",
    "trigger",
)
#: what the filler in the browser does not do: kinds of questions, looks, calls
_KINDS_NOT_THERE = ("barcode", "audit", "start-geopoint", "background-audio", "osm", "select_one_external")
_LOOKS_NOT_THERE = ("signature", "draw", "annotate", "printer", "bearing", "image-map", "hidden-answer", "masked")
_STYLES_NOT_THERE = ("theme-grid",)
_CALLS_NOT_THERE = ("last-saved",)
_GUARDS = re.compile(r"\b(if|coalesce)\s*\(")
_DIVIDES = re.compile(r"\bdiv\b")
_YES = ("yes", "true", "true()", "y", "1")


@dataclass(frozen=True)
class Sheet:
    """A sheet as it was brought: its heads in order, its rows by head."""

    heads: Sequence[str]
    rows: Sequence[Row]


def lint(sheets: Mapping[str, Sheet], form: Described) -> list[Remark]:
    """Everything that a form's maker should look at, the gravest first."""
    found = [*_languages(sheets, form), *_survey(sheets), *_choices(sheets), *_personal(sheets, form)]
    order = {RISK: 0, CARE: 1, HINT: 2}
    return sorted(found, key=lambda each: order[each["level"]])


def lint_form(form: Described) -> list[Remark]:
    """What can be told of a form that came without its sheets."""
    found = [
        _remark("language_without_code", HINT, facts={"language": each}) for each in form.languages if not code_of(each)
    ]
    for each in form.questions:
        what = personal.asked_for(each)
        if what:
            found.append(_remark(f"asks_{what}", _weight(what), facts={"name": each["name"]}))
        if _divides(each["calculation"]):
            found.append(_remark("divides", CARE, facts={"name": each["name"]}))
    return found


# -- languages


def _languages(sheets: Mapping[str, Sheet], form: Described) -> Iterator[Remark]:
    for name in ("survey", "choices"):
        sheet = sheets.get(name, Sheet((), ()))
        said = {language for head in sheet.heads for base, language in [_split(head)] if base in _SPOKEN and language}
        for language in sorted(said):
            if not code_of(language):
                yield _remark("language_without_code", CARE, name, facts={"language": language})
        for number, head in enumerate(sheet.heads):
            base, language = _split(head)
            if base == "label" and not language and (said or form.questions):
                yield _remark("label_without_language", CARE, name, 1, _cell(number, 1), facts={"column": head})
        yield from _untranslated(name, sheet)


def _untranslated(name: str, sheet: Sheet) -> Iterator[Remark]:
    """Texts that are said in one language and not in another one of the same sheet."""
    spoken: dict[str, dict[str, int]] = {}
    for number, head in enumerate(sheet.heads):
        base, language = _split(head)
        if base in _SPOKEN and language:
            spoken.setdefault(base, {})[language] = number
    languages = {language for heads in spoken.values() for language in heads}
    for base, heads in spoken.items():
        for language in sorted(languages - set(heads)):
            yield _remark("column_missing", CARE, name, facts={"column": base, "language": language})
        for number, row in _numbered(sheet):
            told = {language: row.get(sheet.heads[at], "").strip() for language, at in heads.items()}
            for language in sorted(language for language, words in told.items() if not words and any(told.values())):
                yield _remark(
                    "translation_missing", CARE, name, number, _cell(heads[language], number),
                    facts={"column": base, "language": language},
                )  # fmt: skip


# -- questions


def _survey(sheets: Mapping[str, Sheet]) -> Iterator[Remark]:
    sheet = sheets.get("survey", Sheet((), ()))
    used = _used(sheets)
    languages = sorted({language for head in sheet.heads for _base, language in [_split(head)] if language})
    for number, row in _numbered(sheet):
        plain = _plain(row)
        yield from _expressions(sheet, number, row)
        yield from _messages(sheet, number, row, plain, languages)
        yield from _not_in_the_browser(number, plain)
        if plain.get("type") == "calculate" and plain.get("name", "") not in used:
            yield _remark("calculated_for_nothing", HINT, "survey", number, facts={"name": plain.get("name", "")})
    style = " ".join(_plain(row).get("style", "") for _number, row in _numbered(sheets.get("settings", Sheet((), ()))))
    for each in _STYLES_NOT_THERE:
        if each in style:
            yield _remark("not_in_the_browser", HINT, "settings", facts={"what": each})


def _expressions(sheet: Sheet, number: int, row: Row) -> Iterator[Remark]:
    for at, head in enumerate(sheet.heads):
        words = row.get(head, "")
        if _split(head)[0] not in _EXPRESSIONS or not words:
            continue
        if _divides(words):
            yield _remark(
                "divides", CARE, "survey", number, _cell(at, number), facts={"name": _plain(row).get("name", "")}
            )
        if "once(" in words.replace(" ", ""):
            yield _remark("once", HINT, "survey", number, _cell(at, number))
        for call in _CALLS_NOT_THERE:
            if call in words:
                yield _remark("not_in_the_browser", HINT, "survey", number, _cell(at, number), facts={"what": call})


def _divides(words: str) -> bool:
    """Whether it divides and nothing looks first whether the divisor is there."""
    return bool(_DIVIDES.search(words)) and not _GUARDS.search(words)


def _messages(sheet: Sheet, number: int, row: Row, plain: Row, languages: Sequence[str]) -> Iterator[Remark]:
    asks = {
        "required_message": plain.get("required", "").lower() in _YES, "constraint_message": bool(plain.get("constraint", "")),
    }  # fmt: skip
    if plain.get("type", "").startswith(("calculate", "begin", "end", "note")):
        return
    for column, asked in asks.items():
        if asked and not any(row.get(head, "").strip() for head in sheet.heads if _split(head)[0] == column):
            yield _remark(
                "message_missing", CARE, "survey", number, facts={"column": column, "languages": ", ".join(languages)}
            )


def _not_in_the_browser(number: int, plain: Row) -> Iterator[Remark]:
    kind, look = plain.get("type", "").split(" ")[0], plain.get("appearance", "").split()
    found = [kind] if kind in _KINDS_NOT_THERE else []
    found += [each for each in look if each.partition("(")[0] in _LOOKS_NOT_THERE or each.startswith("ex:")]
    for what in found:
        yield _remark("not_in_the_browser", HINT, "survey", number, facts={"what": what})


def _used(sheets: Mapping[str, Sheet]) -> set[str]:
    """Names that something on the sheets refers to."""
    words = " ".join(words for sheet in sheets.values() for row in sheet.rows for words in row.values())
    saved = {
        _plain(row).get("name", "")
        for _number, row in _numbered(sheets.get("survey", Sheet((), ())))
        if row.get("save_to")
    }
    return {each.strip() for each in re.findall(r"\$\{([^}]+)\}", words)} | saved


# -- lists


def _choices(sheets: Mapping[str, Sheet]) -> Iterator[Remark]:
    lists: dict[str, Counter[str]] = {}
    for number, row in _numbered(sheets.get("choices", Sheet((), ()))):
        plain = _plain(row)
        names = lists.setdefault(plain.get("list_name", ""), Counter())
        name = plain.get("name", "")
        names[name] += 1
        if name and names[name] == 2:
            yield _remark(
                "choice_twice", CARE, "choices", number, facts={"name": name, "list": plain.get("list_name", "")}
            )
        if name != "".join(name.split()):
            yield _remark("choice_with_blank", CARE, "choices", number, facts={"name": name})


# -- people


def _personal(sheets: Mapping[str, Sheet], form: Described) -> Iterator[Remark]:
    rows = {_plain(row).get("name", ""): number for number, row in _numbered(sheets.get("survey", Sheet((), ())))}
    for each in form.questions:
        what = personal.asked_for(each)
        if what:
            yield _remark(
                f"asks_{what}", _weight(what), "survey", rows.get(each["name"], 0), facts={"name": each["name"]}
            )


def _weight(what: str) -> str:
    return HINT if what in ("face", "voice") else RISK


# -- sheets


def _numbered(sheet: Sheet) -> Iterator[tuple[int, Row]]:
    """Rows with the number that the sheet shows beside them."""
    return ((number, row) for number, row in enumerate(sheet.rows, start=2) if row)


def _plain(row: Row) -> Row:
    """A row by bare heads: of columns that are said in languages the first that has words."""
    found: dict[str, str] = {}
    for head, words in row.items():
        found.setdefault(_split(head)[0], words.strip())
    return found


def _split(head: str) -> tuple[str, str]:
    """A head as its column and its language: ``label::Tajik (tg)``."""
    base, _colon, language = head.replace("::", ":").partition(":")
    base = base.strip().lower()
    return _ALIASES.get(base, base), "" if base in (
        "bind",
        "body",
        "media",
        "instance",
        "control",
    ) else language.strip()


def _cell(column: int, row: int) -> str:
    """A cell as sheets name it: the third of the second row is C2."""
    letters = ""
    column += 1
    while column:
        column, left = divmod(column - 1, 26)
        letters = chr(65 + left) + letters
    return f"{letters}{row}"


def _remark(code: str, level: str, sheet: str = "", *at: Any, facts: Mapping[str, str] | None = None) -> Remark:
    """``at`` is the row, and the cell where one is meant."""
    row, cell = (*at, "") if len(at) == 1 else at or (0, "")
    return {"code": code, "level": level, "sheet": sheet, "row": row, "cell": cell, "facts": dict(facts or {})}
