"""WebVTT after its W3C grammar: files that keep to it are read whole, any other is refused with its line.

Of a cue its times, its voice and its words are kept; settings, styles, regions and notes are read and let go. Tags that the grammar does
not know are refused and never carried on.
"""

import html
import re
from collections.abc import Iterable, Sequence

from hamroh.kernel.cues import LONGEST, MOST_SIGNS, CuesRefused, Said, checked, clock

_STAMP = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_TIMES = re.compile(rf"{_STAMP}[ \t]+-->[ \t]+{_STAMP}(?:[ \t]+(.*))?")
_SETTING = re.compile(r"(vertical|line|position|size|align|region):\S+")
_TAG = re.compile(r"<([^>]*)>?")
_KNOWN = re.compile(
    rf"/?(?:c|i|b|u|ruby|rt)(?:\.[^\s.<&]+)*|/?v|/?lang|v(?:\.[^\s.<&]+)*[ \t]+[^\n<&>]+|lang(?:\.[^\s.<&]+)*[ \t]+[^\s<&>]+|{_STAMP}|/"
)
_VOICE = re.compile(r"v(?:\.[^\s.<&]+)*[ \t]+(.+)")
_LET_GO = ("NOTE", "STYLE", "REGION")


def read(text: str) -> list[Said]:
    """The cues of a file."""
    if len(text) > MOST_SIGNS:
        raise CuesRefused("long")
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not re.fullmatch(r"WEBVTT(?:[ \t].*)?", lines[0]):
        raise CuesRefused("header", 1)
    if "\0" in text:
        raise CuesRefused("signs", text[: text.index("\0")].count("\n") + 1)
    return checked([each for at, block in _blocks(lines) for each in _cue(block, at)])


def _blocks(lines: Sequence[str]) -> Iterable[tuple[int, list[str]]]:
    """Runs of lines between empty ones, each with the number of its first; what stands under the header is let go."""
    block: list[str] = []
    start, header = 1, True
    for number, line in enumerate([*lines, ""], start=1):
        if line:
            start = start if block else number
            block.append(line)
            continue
        if block and not header:
            yield start, block
        if header and any("-->" in each for each in block):
            raise CuesRefused("header", start)
        block, header = [], False


def _cue(block: list[str], at: int) -> list[Said]:
    if block[0].split(" ")[0].split("\t")[0] in _LET_GO and "-->" not in block[0]:
        return []
    named = "-->" not in block[0]
    if named and (len(block) == 1 or "-->" not in block[1]):
        raise CuesRefused("times", at)
    number = at + named
    start, end = _times(block[named], number)
    words = block[named + 1 :]
    if any("-->" in each for each in words):
        raise CuesRefused("arrow", number)
    speaker, text = _words("\n".join(words), number + 1)
    return [Said(start, end, text, speaker)] if text else []


def _times(line: str, number: int) -> tuple[int, int]:
    found = _TIMES.fullmatch(line.strip(" \t"))
    if found is None:
        raise CuesRefused("times", number)
    *both, settings = found.groups()
    if any(not _SETTING.fullmatch(each) for each in (settings or "").split()):
        raise CuesRefused("settings", number)
    start, end = _milliseconds(both[:4]), _milliseconds(both[4:])
    if end <= start:
        raise CuesRefused("order", number)
    if end > LONGEST:
        raise CuesRefused("late", number)
    return start, end


def _milliseconds(parts: Sequence[str | None]) -> int:
    hours, minutes, seconds, rest = (int(part or 0) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + rest


def _words(text: str, number: int) -> tuple[str, str]:
    """The first voice and the words without their tags."""
    speaker = ""
    for found in _TAG.finditer(text):
        tag = found.group(1)
        if not found.group(0).endswith(">") or not _KNOWN.fullmatch(tag.strip()):
            raise CuesRefused("tag", number + text[: found.start()].count("\n"))
        voice = _VOICE.fullmatch(tag.strip())
        speaker = speaker or (html.unescape(voice.group(1)).strip() if voice else "")
    plain = html.unescape(_TAG.sub("", text)).replace("\u200e", "").replace("\u200f", "")
    return speaker[:120], " ".join(plain.split())


def write(said: Iterable[Said], lang: str = "") -> str:
    """A file that ``read`` and every player understands."""
    head = f"WEBVTT\nLanguage: {lang}\n" if re.fullmatch(r"[A-Za-z-]{2,8}", lang) else "WEBVTT\n"
    cues = (f"\n{clock(each.start)} --> {clock(each.end)}\n{_voiced(each)}\n" for each in said)
    return head + "".join(cues)


def _voiced(each: Said) -> str:
    text = _escaped(" ".join(each.text.split()))
    name = " ".join(re.sub(r"[<>&\n\r]", " ", each.speaker).split())
    return f"<v {name}>{text}" if name else text


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
