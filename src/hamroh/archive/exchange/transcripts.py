"""Transcripts and indexes of parts from files, and as files."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from hamroh.archive.models import Unit
from hamroh.archive.selectors.facts import spans_of
from hamroh.kernel.cues import CuesRefused, Part, Said, ohms, plain, webvtt
from hamroh.web.texts import pick

LARGEST = 4_000_000


class FileRefused(ValueError):
    """It cannot be read; the message says where and why."""


@dataclass(frozen=True)
class Brought:
    """What a file says: cues in one language, maybe in a second, and parts."""

    said: list[Said]
    other_lang: str = ""
    other_said: tuple[Said, ...] = ()
    parts: tuple[Part, ...] = ()


def read(content: bytes, duration: int = 0) -> Brought:
    """Cues and parts of a file, told by its first signs. FileRefused."""
    if len(content) > LARGEST:
        raise FileRefused(_("The text is too long."))
    try:
        if content.lstrip()[:1] == b"<":
            found = ohms.read(content)
            return Brought(list(found.said), found.other_lang, tuple(found.other_said), tuple(found.parts))
        text = content.decode("utf-8-sig")
        return Brought(webvtt.read(text) if text.startswith("WEBVTT") else plain.read(text, duration))
    except UnicodeDecodeError:
        raise FileRefused(_("The text is not in UTF-8. Save it anew and send it again.")) from None
    except CuesRefused as refused:
        raise FileRefused(told(refused)) from None


def told(refused: CuesRefused) -> str:
    """What is wrong, and in which line, in words."""
    faults = {
        "header": _("It does not begin as WebVTT has to."), "times": _("A time is missing or cannot be read."),
        "order": _("A time does not come after the one before."), "late": _("A time is beyond a day."),
        "settings": _("A setting of a cue is none that WebVTT knows."), "arrow": _("There is an arrow among the words."),
        "tag": _("There is a tag that WebVTT does not know."), "signs": _("There are signs in it that are no text."),
        "long": _("The text is too long."), "many": _("There are too many cues."), "empty": _("There is nothing in it that is said at a time."),
        "xml": _("It is no XML that can be read."), "record": _("It is no cache file of OHMS."),
        "point": _("A part of the index has no time."), "sync": _("The times of the lines cannot be read."),
    }  # fmt: skip
    said = faults.get(refused.fault, refused.fault)
    return f"{said} {_('Line %(line)d.') % {'line': refused.line}}" if refused.line else said


def segments_of(brought: Brought, lang: str) -> list[dict[str, Any]]:
    """Columns of segments from the parts of a file, in its two languages."""
    other = brought.other_lang
    return [
        {
            "start": each.start, "titles": _both(lang, each.title or "–", other, each.other_title),
            "synopses": _both(lang, each.synopsis, other, each.other_synopsis),
            "keywords": {code: list(words) for code, words in ((lang, each.keywords), (other, each.other_keywords)) if code and words},
        }
        for each in brought.parts
    ]  # fmt: skip


def _both(lang: str, text: str, other: str, other_text: str) -> dict[str, str]:
    return {code: said for code, said in ((lang, text), (other, other_text)) if code and said}


def as_ohms(unit: Unit) -> bytes:
    """A cache file of OHMS: the original, the first translation, and the index of parts."""
    transcripts = list(unit.transcripts.order_by("-is_original", "lang").prefetch_related("cues"))
    lang = transcripts[0].lang if transcripts else (unit.languages or ["en"])[0]
    other = transcripts[1] if len(transcripts) > 1 else None
    parts = [_part(each, lang, other.lang if other else "") for each, _span in spans_of(unit, unit.segments.all())]
    record = ohms.Record(
        pick(unit.titles, lang).text, lang, other.lang if other else "", max((each.duration for each in unit.media.all()), default=0), parts,
        said_in(transcripts[0]) if transcripts else [], said_in(other) if other else [],
    )  # fmt: skip
    return ohms.write(record)


def _part(segment: Any, lang: str, other: str) -> Part:
    return Part(
        segment.start, pick(segment.titles, lang).text, pick(segment.synopses, lang).text, tuple(segment.keywords.get(lang, ())), (), "",
        segment.titles.get(other, ""), segment.synopses.get(other, ""), tuple(segment.keywords.get(other, ())),
    )  # fmt: skip


def said_in(transcript: Any) -> list[Said]:
    return [Said(each.start, each.end, each.text, each.speaker) for each in transcript.cues.all()]
