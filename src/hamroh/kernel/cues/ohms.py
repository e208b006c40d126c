"""The cache file of OHMS, in which oral history archives exchange an index and a transcript: ``ROOT/record`` with ``index/point``,
``transcript``, ``sync`` and their ``_alt`` for a second language.

``sync`` tells which line of the transcript is reached at which minute: ``1:|12(3)|30(8)``: an interval, then line (word) by interval.
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from hamroh.kernel.cues import MOST_SIGNS, CuesRefused, Part, Said, checked

NAMESPACE = "https://www.weareavp.com/nunncenter/ohms"
_SYNC = re.compile(r"(\d+):((?:\|\d+\(\d+\))*)\|?")
_POINT = re.compile(r"\|(\d+)\((\d+)\)")
_SPEAKER = re.compile(r"([^\W\d_][^:\n]{0,40}):[ \t]+(\S.*)", re.DOTALL)
_LANGUAGES = {"en": "English", "ru": "Russian", "tg": "Tajik", "az": "Azerbaijani"}


@dataclass(frozen=True, slots=True)
class Record:
    """What a cache file tells: parts, and cues in the language of the interview and in a second one."""

    title: str = ""
    lang: str = ""
    other_lang: str = ""
    duration: int = 0
    parts: Sequence[Part] = ()
    said: Sequence[Said] = ()
    other_said: Sequence[Said] = ()


def read(content: bytes) -> Record:
    """The record of a file; entities, foreign documents and what is no such file are refused."""
    if len(content) > MOST_SIGNS:
        raise CuesRefused("long")
    try:
        root = fromstring(content, forbid_dtd=True)
    except ParseError as error:
        raise CuesRefused("xml", error.position[0]) from None
    except (DefusedXmlException, ValueError, LookupError):
        raise CuesRefused("xml") from None
    record = next((each for each in root.iter() if _name(each) == "record"), None)
    if record is None:
        raise CuesRefused("record")
    duration = _clock(_text(record, "duration"))
    return Record(
        _text(record, "title"), _lang(_text(record, "language")), _lang(_text(record, "transcript_alt_lang")), duration,
        [_part(each) for each in record.iter() if _name(each) == "point"],
        _cues(_text(record, "transcript"), _text(record, "sync"), duration),
        _cues(_text(record, "transcript_alt"), _text(record, "sync_alt"), duration),
    )  # fmt: skip


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _text(element: Any, name: str) -> str:
    found = next((each for each in element if _name(each) == name), None)
    return (found.text or "").strip() if found is not None else ""


def _lang(name: str) -> str:
    return next((code for code, each in _LANGUAGES.items() if name.casefold() in (code, each.casefold())), "")


def _part(point: Any) -> Part:
    time = _text(point, "time")
    if not re.fullmatch(r"\d{1,5}(\.\d+)?", time):
        raise CuesRefused("point")
    return Part(
        round(float(time) * 1000), _text(point, "title"), _text(point, "synopsis"), _list(_text(point, "keywords")),
        _list(_text(point, "subjects")), _text(point, "partial_transcript"), _text(point, "title_alt"),
        _text(point, "synopsis_alt"), _list(_text(point, "keywords_alt")),
    )  # fmt: skip


def _list(text: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in text.split(";") if each.strip())


def _clock(text: str) -> int:
    if re.fullmatch(r"\d{1,6}", text):
        return int(text) * 1000
    found = re.fullmatch(r"(?:(\d{1,2}):)?(\d{1,2}):(\d{2})", text)
    return (
        sum(int(part or 0) * by for part, by in zip(found.groups(), (3600, 60, 1), strict=True)) * 1000 if found else 0
    )


def _cues(text: str, sync: str, duration: int) -> list[Said]:
    """Lines of a transcript with their times; between two marks the lines share the time evenly."""
    lines = [each.strip() for each in text.splitlines()]
    if not any(lines):
        return []
    found = _SYNC.fullmatch(sync.replace(" ", "").strip())
    if found is None:
        raise CuesRefused("sync")
    every = int(found.group(1)) * 60_000
    marks = [(0, 0)] + [
        (int(line), every * number) for number, (line, _w) in enumerate(_POINT.findall(found.group(2)), 1)
    ]
    if any(one[0] > other[0] for one, other in itertools.pairwise(marks)) or marks[-1][0] > len(lines):
        raise CuesRefused("sync")
    last = max(duration, marks[-1][1] + max(1, len(lines) - marks[-1][0]) * 1000)
    starts = _starts(marks, len(lines), last)
    ends = [*starts[1:], last]
    return checked([_said(start, end, line) for start, end, line in zip(starts, ends, lines, strict=True) if line])


def _starts(marks: Sequence[tuple[int, int]], count: int, last: int) -> list[int]:
    found: list[int] = []
    for (line, time), (next_line, next_time) in zip(marks, [*marks[1:], (count, last)], strict=True):
        many = next_line - line
        found += [time + (next_time - time) * at // many for at in range(many)]
    return found


def _said(start: int, end: int, line: str) -> Said:
    spoken = _SPEAKER.fullmatch(line)
    return (
        Said(start, max(end, start + 1), spoken.group(2), spoken.group(1))
        if spoken
        else Said(start, max(end, start + 1), line)
    )


def write(record: Record) -> bytes:
    """A cache file. Times of lines are told to the minute: that is all its form holds."""
    register_namespace("", NAMESPACE)
    root = Element(f"{{{NAMESPACE}}}ROOT")
    made = SubElement(root, f"{{{NAMESPACE}}}record")
    _add(made, "version", "5.4")
    _add(made, "title", record.title)
    _add(made, "duration", str(record.duration // 1000))
    _add(made, "language", _LANGUAGES.get(record.lang, record.lang))
    _add(made, "transcript_alt_lang", _LANGUAGES.get(record.other_lang, record.other_lang))
    index = SubElement(made, f"{{{NAMESPACE}}}index")
    for each in record.parts:
        _add_point(index, each)
    for name, said in (("", record.said), ("_alt", record.other_said)):
        _add(made, f"sync{name}", _sync(said))
        _add(made, f"transcript{name}", "\n".join(_line(each) for each in said))
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def _add(parent: Element, name: str, text: str) -> None:
    SubElement(parent, f"{{{NAMESPACE}}}{name}").text = "".join(sign for sign in text if sign in "\n\t" or sign >= " ")


def _add_point(index: Element, each: Part) -> None:
    point = SubElement(index, f"{{{NAMESPACE}}}point")
    told = {
        "time": str(each.start // 1000), "title": each.title, "title_alt": each.other_title, "partial_transcript": each.partial,
        "synopsis": each.synopsis, "synopsis_alt": each.other_synopsis, "keywords": ";".join(each.keywords),
        "keywords_alt": ";".join(each.other_keywords), "subjects": ";".join(each.subjects),
    }  # fmt: skip
    for name, text in told.items():
        _add(point, name, text)


def _line(each: Said) -> str:
    text = " ".join(each.text.split())
    return f"{each.speaker}: {text}" if each.speaker else text


def _sync(said: Sequence[Said]) -> str:
    """The line that is reached at each full minute."""
    if not said:
        return ""
    minutes = range(1, said[-1].start // 60_000 + 1)
    return "1:" + "".join(f"|{sum(each.start < minute * 60_000 for each in said)}(1)" for minute in minutes)
