"""Editions as files. What is public is made once for each content and kept in the home; a draft is made for who asks and kept nowhere."""

import dataclasses
import hashlib
import json
import os
import secrets
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from hamroh.evidence.booking import book
from hamroh.evidence.models import Edition
from hamroh.evidence.presenting import manifest, present
from hamroh.evidence.presenting.page import Line, Mark, Page
from hamroh.evidence.presenting.reading import reading, since
from hamroh.web import dates
from hamroh.web.texts import pick

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
#: files that are kept; those nobody asked for longest go first
_KEPT = 400


@dataclass(frozen=True, slots=True)
class Made:
    """A file; ``name`` is neutral, ``tag`` names its content."""

    content: bytes
    name: str
    mime: str
    tag: str


def published_file(edition: Edition, lang: str, form: str) -> Made:
    """A published edition, with what was said of it since."""
    page = published_page(edition, lang)
    tag = _tag(page, form)
    path = settings.HOME.folder("made") / f"{tag}.{form}"
    try:
        content = path.read_bytes()
        os.utime(path)
    except FileNotFoundError:
        content = made(page, form)
        _keep(path, content)
    return _named(edition, lang, form, content, tag)


def draft_file(edition: Edition, lang: str, form: str) -> Made:
    """An edition as it is now."""
    page = present(manifest(edition), lang, state=edition.state)
    return _named(edition, lang, form, made(page, form), "")


def made(page: Page, form: str) -> bytes:
    """The page as ``pdf`` or ``docx``."""
    if form == "pdf":
        from hamroh.evidence.pdf import pdf

        return pdf(page)
    from hamroh.evidence.word import word

    return word(page)


def published_page(edition: Edition, lang: str) -> Page:
    """The frozen page with its errata and endorsements."""
    later = since(edition)
    errata = tuple(
        Mark("erratum", f"{dates.day(each.made_at.date(), lang)}: {pick(each.texts, lang)}") for each in later.errata
    )
    endorsed = tuple(Line(each.body, detail=dates.day(each.endorsed_date, lang)) for each in later.endorsements)
    return dataclasses.replace(reading(edition, lang).page, errata=errata, endorsements=endorsed)


def _named(edition: Edition, lang: str, form: str, content: bytes, tag: str) -> Made:
    return Made(content, f"{edition.code}-{lang}.{form}", TYPES[form], tag)


def _tag(page: Page, form: str) -> str:
    """Names what the file says and how it is set: another text or another way to set it is another file."""
    said = json.dumps(dataclasses.asdict(book(page)), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(f"{form}|{_ways()}|{said}".encode()).hexdigest()


@cache
def _ways() -> str:
    """The files that say how an edition is set."""
    here = Path(__file__).parent
    parts = [here / "typst" / "profile.typ", *(here / f"{name}.py" for name in ("pdf", "word", "booking"))]
    return hashlib.sha256(b"".join(each.read_bytes() for each in parts)).hexdigest()


def _keep(path: Path, content: bytes) -> None:
    """Written whole or not at all; the oldest give way."""
    fresh = path.with_suffix(f".{secrets.token_hex(4)}")
    fresh.write_bytes(content)
    fresh.replace(path)
    held = sorted(path.parent.glob("*.*"), key=lambda each: each.stat().st_mtime)
    for each in held[:-_KEPT]:
        each.unlink(missing_ok=True)
