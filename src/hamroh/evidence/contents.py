"""What the content of a block may hold, by kind; docs/reference/profiles.md shows each. Whatever else is sent falls away."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from hamroh.kernel.figures import Role
from hamroh.web.texts import LANGUAGES

MOST_LETTERS, MOST_TITLE = 40_000, 400
MOST_ROWS, MOST_COLUMNS, MOST_ITEMS = 400, 60, 200
SHAPES = ("line", "bar", "stacked", "range")
STATUSES = ("open", "accepted", "under_way", "done", "rejected")
#: what a table's frame may hold: words, lists of words, and the rest by name
_FRAME_WORDS = (
    "concept",
    "rows_are",
    "time",
    "decimal",
    "nil",
    "source",
    "origin",
    "destination",
    "area",
    "whole",
    "section",
)
_FRAME_LISTS = ("columns", "concepts", "partial")
_CODE = re.compile(r"[\w.\-]{1,60}")
_ADDRESS = re.compile(r"https?://[^\s\"'<>]{3,480}")
Content = Mapping[str, Any]


class Unfit(ValueError):
    """A block cannot hold this; the message says why."""


def cleaned(kind: str, content: Content) -> dict[str, Any]:
    """The content with what its kind has and nothing else. Unfit where a part is not as it must be."""
    return {name: value for name, value in _KINDS[kind](content).items() if value not in (None, "", {}, [])} | _kept(
        kind, content
    )


def texts(said: Any, most: int = MOST_TITLE) -> dict[str, str]:
    """``{lang: text}`` in our languages, without empty ones."""
    if not isinstance(said, Mapping):
        return {}
    found = {
        lang: str(said[lang]).replace("\r\n", "\n").replace("\x00", "").strip() for lang in LANGUAGES if said.get(lang)
    }
    if any(len(text) > most for text in found.values()):
        raise Unfit(_("The text is too long."))
    return {lang: text for lang, text in found.items() if text}


def lacking(kind: str, content: Content, languages: Iterable[str]) -> list[str]:
    """Languages in which a block says less than in another."""
    said = list(_spoken(kind, content))
    return [lang for lang in languages if any(each and not each.get(lang) for each in said)]


def _kept(kind: str, content: Content) -> dict[str, Any]:
    """What must be there even where it is empty."""
    if kind in ("narrative", "caveat", "recommendation"):
        return {"texts": texts(content.get("texts"), MOST_LETTERS)}
    return {"rows": _rows(content)} if kind == "table" else {}


def _spoken(kind: str, content: Content) -> Iterable[Mapping[str, str]]:
    """Texts per language that a reader of each language needs."""
    for name in ("texts", "title", "label", "alt", "addressee"):
        yield content.get(name) or {}
    if kind == "table":
        # a row that stands for a country is called by its name in every language; a label without a language is English
        yield from (
            {"en": row.get("label", ""), **(row.get("labels") or {})}
            for row in content.get("rows", ())
            if not row.get("key")
        )
        yield from content.get("frame", {}).get("column_labels", ())


def _figure(content: Content) -> dict[str, Any]:
    return {"obs": _code(content.get("obs")), "label": texts(content.get("label"))}


def _table(content: Content) -> dict[str, Any]:
    return {"title": texts(content.get("title")), "rows": _rows(content), "frame": _frame(content.get("frame") or {})}


def _rows(content: Content) -> list[dict[str, Any]]:
    rows, frame = list(content.get("rows") or ()), content.get("frame") or {}
    wide = len(frame.get("columns") or ()) or max((len(row.get("cells") or ()) for row in rows), default=0)
    if len(rows) > MOST_ROWS or wide > MOST_COLUMNS:
        raise Unfit(
            _("A table has at most %(rows)s rows and %(columns)s columns.")
            % {"rows": MOST_ROWS, "columns": MOST_COLUMNS}
        )
    return [_row(row, wide) for row in rows]


def _row(row: Content, wide: int) -> dict[str, Any]:
    cells = [_code(code) if code else None for code in row.get("cells") or ()]
    if len(cells) != wide:
        raise Unfit(_("The row “%(row)s” has %(cells)s cells, the table has %(columns)s columns.") % {"row": _word(row.get("label")), "cells": len(cells), "columns": wide})  # fmt: skip
    role = _word(row.get("role")) or Role.ITEM.value
    if role not in set(Role):
        raise Unfit(_("That is no role of a row."))
    more = {
        name: row[name]
        for name in (
            "printed_label",
            "concept",
            "definition",
            "period",
            "note",
            "source",
            "flags",
            "origin",
            "destination",
        )
        if row.get(name)
    }
    plain = {
        "label": _word(row.get("label"), MOST_TITLE),
        "role": role,
        "group": _word(row.get("group")),
        "key": _word(row.get("key")),
    }
    said = {"labels": texts(row.get("labels"))}
    return {name: value for name, value in {**plain, **said, **more}.items() if value} | {"cells": cells}


def _frame(frame: Content) -> dict[str, Any]:
    said: dict[str, Any] = {name: _word(frame.get(name)) for name in _FRAME_WORDS}
    said |= {name: [_word(each) for each in frame.get(name) or ()] for name in _FRAME_LISTS}
    said |= {"thousands": int(frame.get("thousands") or 0), "note": frame.get("note")}
    said["sums"] = {_word(whole): [_word(part) for part in parts] for whole, parts in (frame.get("sums") or {}).items()}
    said["column_labels"] = [texts(each) for each in frame.get("column_labels") or ()]
    kept = {name: value for name, value in said.items() if value not in (None, "", {}, [], 0)}
    return kept if frame.get("unit_printed", True) else {**kept, "unit_printed": False}


def _chart(content: Content) -> dict[str, Any]:
    shape = content.get("shape") or "line"
    if shape not in SHAPES:
        raise Unfit(_("That is no shape of a chart."))
    pairs = [[_label(label), _code(code)] for label, code in content.get("obs") or ()]
    if not content.get("of") and not pairs:
        raise Unfit(_("Say which table or which figures the chart shows."))
    own = {
        "of": _word(content.get("of")),
        "rows": [_word(each, MOST_TITLE) for each in content.get("rows") or ()],
        "obs": pairs,
    }
    return {"title": texts(content.get("title")), "alt": texts(content.get("alt"), 2000), "shape": shape, **own}


def _map(content: Content) -> dict[str, Any]:
    values = {_word(unit): _code(code) for unit, code in (content.get("values") or {}).items()}
    return {
        "title": texts(content.get("title")), "alt": texts(content.get("alt"), 2000), "area": _word(content.get("area")), "values": values,
    }  # fmt: skip


def _prose(content: Content) -> dict[str, Any]:
    return {"claims": [_claim(each) for each in content.get("claims") or ()]}


def _claim(said: Content) -> dict[str, Any]:
    """What a text says in words of a series, for the rules to compare."""
    if said.get("says") not in ("rising", "falling"):
        raise Unfit(_("A series is said to be rising or falling."))
    words = {name: _word(said.get(name), MOST_TITLE) for name in ("id", "says", "table", "series", "section")}
    periods = (
        {"periods": max(2, min(int(said["periods"]), MOST_COLUMNS))} if str(said.get("periods", "")).isdecimal() else {}
    )
    return {name: word for name, word in words.items() if word} | periods


def _ranked(content: Content) -> dict[str, Any]:
    items = [
        {name: value for name, value in {"area": _word(each.get("area")), "obs": _code(each.get("obs"), empty=True), "label": texts(each.get("label"))}.items() if value}
        for each in content.get("items") or ()
    ]  # fmt: skip
    return {"title": texts(content.get("title")), "items": _few(items), "source": _word(content.get("source"))}


def _directory(content: Content) -> dict[str, Any]:
    return {"title": texts(content.get("title")), "query": _query(content), "as_of": _day(content.get("as_of"))}


def _laws(content: Content) -> dict[str, Any]:
    items = [
        {name: value for name, value in {"title": texts(each.get("title")), "date": _word(each.get("date")), "url": _address(each.get("url"))}.items() if value}
        for each in content.get("items") or ()
    ]  # fmt: skip
    return {**_directory(content), "items": _few(items)}


def _recommendation(content: Content) -> dict[str, Any]:
    status = content.get("status") or "open"
    if status not in STATUSES:
        raise Unfit(_("That is no state of a recommendation."))
    day = _day(content.get("status_date"))
    return {"addressee": texts(content.get("addressee")), "status": status, "status_date": day}


def _label(said: Any) -> Any:
    """A label per language, or one word for all: a year, the code of a place."""
    return texts(said) if isinstance(said, Mapping) else _word(said, MOST_TITLE)


def _query(content: Content) -> dict[str, Any]:
    said = {_word(name): value for name, value in (content.get("query") or {}).items() if value}
    return {
        name: [_word(each) for each in value] if isinstance(value, list) else _word(value)
        for name, value in said.items()
    }


def _few(items: list[Any]) -> list[Any]:
    if len(items) > MOST_ITEMS:
        raise Unfit(_("A list has at most %(most)s lines.") % {"most": MOST_ITEMS})
    return items


def _word(said: Any, most: int = 120) -> str:
    found = str(said if said is not None else "").replace("\x00", "").strip()
    if len(found) > most:
        raise Unfit(_("The text is too long."))
    return found


def _code(said: Any, *, empty: bool = False) -> str:
    found = _word(said)
    if not _CODE.fullmatch(found) and not (empty and not found):
        raise Unfit(_("Choose a figure."))
    return found


def _address(said: Any) -> str:
    found = _word(said, 500)
    if found and not _ADDRESS.fullmatch(found):
        raise Unfit(_("An address begins with https:// or http://."))
    return found


def _day(said: Any) -> str:
    try:
        return dt.date.fromisoformat(str(said)).isoformat() if said else ""
    except ValueError as fault:
        raise Unfit(_("That is no day.")) from fault


_KINDS: dict[str, Callable[[Content], dict[str, Any]]] = {
    "figure": _figure, "table": _table, "chart": _chart, "map": _map, "narrative": _prose, "caveat": _prose,
    "ranked": _ranked, "directory": _directory, "laws": _laws, "recommendation": _recommendation,
}  # fmt: skip
