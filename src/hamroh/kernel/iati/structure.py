"""Whether a file is built as the standard wants it: what stands where and how often, which marks are there, what codes say."""

import datetime as dt
import functools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import groupby
from typing import Any, Literal

from hamroh.kernel.datafiles import DataError, document

XML = "{http://www.w3.org/XML/1998/namespace}"
FILE = "iati/structure.yml"
#: parts that the file as a whole may be
ROOTS = ("iati-activities", "iati-organisations")
_PIECE = re.compile(r"(?P<name>[\w-]+)(?P<often>[?*+]?)")
_MARK = re.compile(r"@(?P<name>(?:xml:)?[\w-]+)(?P<must>!?)(?::(?P<kind>\w+))?")
_OFTEN = {"": (1, 1), "?": (0, 1), "*": (0, None), "+": (1, None)}
_POINT = re.compile(r"\s*-?\d+(\.\d+)?\s+-?\d+(\.\d+)?\s*", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d(Z|[+-]\d\d:\d\d)?", re.ASCII)
_NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)", re.ASCII)
Code = Literal[
    "root", "unknown", "order", "missing", "twice", "mark_missing", "mark_unknown", "mark_value", "text_value"
]


@dataclass(frozen=True)
class Misbuilt:
    """One thing that stands wrong: by code, the path of the part, the name it is about and what stands there."""

    code: Code
    path: str
    name: str
    held: str = ""


@dataclass(frozen=True)
class _Mark:
    must: bool
    kind: str


@dataclass(frozen=True)
class _Shape:
    pieces: dict[str, tuple[int, int | None]]
    marks: dict[str, _Mark]
    text: str


@functools.cache
def _shapes() -> dict[str, _Shape]:
    return {name: _shape(name, said) for name, said in document(FILE)["elements"].items()}


@functools.cache
def _unread() -> frozenset[str]:
    return frozenset(document(FILE)["unread"])


@functools.cache
def _lists() -> dict[str, frozenset[str]]:
    return {name: frozenset(codes) for name, codes in document(FILE)["lists"].items()}


def _shape(name: str, said: str) -> _Shape:
    pieces: dict[str, tuple[int, int | None]] = {}
    marks: dict[str, _Mark] = {}
    text = ""
    for word in said.split():
        if word.startswith("="):
            text = word[1:]
        elif found := _MARK.fullmatch(word):
            marks[found["name"]] = _Mark(bool(found["must"]), found["kind"] or "")
        elif found := _PIECE.fullmatch(word):
            pieces[found["name"]] = _OFTEN[found["often"]]
        else:
            raise DataError(f"{FILE}: {name} says {word!r}")
    return _Shape(pieces, marks, text)


def misbuilt(root: Any) -> Iterator[Misbuilt]:
    """Everything in a file that is not built as the standard wants it; ``root`` is its outermost element."""
    if root.tag not in ROOTS:
        yield Misbuilt("root", "/", str(root.tag))
        return
    waiting: list[tuple[Any, str, str]] = [(root, "", f"/{root.tag}")]
    while waiting:
        element, above, path = waiting.pop()
        if element.tag in _unread():
            continue
        shape = _shapes().get(f"{above}/{element.tag}") or _shapes()[element.tag]
        held = [each for each in element if isinstance(each.tag, str) and not each.tag.startswith("{")]
        yield from _marked(element, shape, path)
        yield from _worded(element, shape, path)
        yield from _ordered([each.tag for each in held], shape, path)
        known = [each for each in held if each.tag in shape.pieces]
        waiting += [(each, element.tag, step) for each, step in zip(known, _steps(known, path), strict=True)][::-1]


def _steps(held: Sequence[Any], path: str) -> Iterator[str]:
    """The path of each part: numbered where there may be several of a name."""
    seen: dict[str, int] = {}
    for each in held:
        seen[each.tag] = seen.get(each.tag, 0) + 1
        yield f"{path}/{each.tag}[{seen[each.tag]}]"


def _ordered(names: Sequence[str], shape: _Shape, path: str) -> Iterator[Misbuilt]:
    places = {name: at for at, name in enumerate(shape.pieces)}
    last = -1
    for name, _group in groupby(names):
        if name not in places:
            yield Misbuilt("unknown", path, name)
        elif places[name] < last:
            yield Misbuilt("order", path, name)
        last = max(last, places.get(name, -1))
    for name, (least, most) in shape.pieces.items():
        count = names.count(name)
        if count < least:
            yield Misbuilt("missing", path, name)
        elif most is not None and count > most:
            yield Misbuilt("twice", path, name)


def _marked(element: Any, shape: _Shape, path: str) -> Iterator[Misbuilt]:
    held = {str(name).replace(XML, "xml:"): str(value) for name, value in element.attrib.items()}
    for name, mark in shape.marks.items():
        if mark.must and name not in held:
            yield Misbuilt("mark_missing", path, name)
    for name, value in held.items():
        if name in shape.marks:
            if not _fits(value, shape.marks[name].kind):
                yield Misbuilt("mark_value", path, name, value[:40])
        elif not name.startswith("{"):
            yield Misbuilt("mark_unknown", path, name)


def _worded(element: Any, shape: _Shape, path: str) -> Iterator[Misbuilt]:
    text = element.text or ""
    if shape.text and not _fits(text, shape.text):
        yield Misbuilt("text_value", path, str(element.tag), text.strip()[:40])


def _fits(value: str, kind: str) -> bool:
    if not kind:
        return True
    if kind in _lists():
        return value in _lists()[kind]
    return _KINDS[kind](value.strip())


def _is_day(text: str) -> bool:
    if not _DAY.fullmatch(text):
        return False
    try:
        dt.date.fromisoformat(text[:10])
    except ValueError:
        return False
    return True


def _is_moment(text: str) -> bool:
    try:
        dt.datetime.fromisoformat(text)
    except ValueError:
        return False
    return "T" in text


def _is_number(text: str) -> bool:
    try:
        return bool(_NUMBER.fullmatch(text)) and Decimal(text).is_finite()
    except InvalidOperation:
        return False


_KINDS: dict[str, Callable[[str], bool]] = {
    "day": _is_day,
    "moment": _is_moment,
    "number": _is_number,
    "whole": lambda text: text.isascii() and text.isdecimal(),
    "year": lambda text: text.isascii() and text.isdecimal() and int(text) > 0,
    "flag": lambda text: text in ("0", "1", "true", "false"),
    "uri": lambda text: not any(sign.isspace() for sign in text) and "<" not in text,
    "words": bool,
    "point": lambda text: bool(_POINT.fullmatch(text)),
    "currency": lambda text: bool(re.fullmatch(r"[A-Z]{3}", text)),
    "country": lambda text: bool(re.fullmatch(r"[A-Z]{2}|XK", text)),
}
