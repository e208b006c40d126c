"""An issue as a paper, made in memory by typst: at most twelve pages. Words are data there, never markup."""

import datetime as dt
import io
import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hamroh.bulletins.models import Issue, Kind, Paper
from hamroh.bulletins.pictures import as_jpeg, contents, fonts
from hamroh.bulletins.telling import Chart, Part, Told, told
from hamroh.web import dates

TEMPLATES = Path(__file__).parent / "typst"
MOST_PAGES = 12
_STANDARDS = ["ua-1"]


def paper_of(issue: Issue, lang: str) -> bytes:
    """The paper in one language: as it was printed, or printed anew where what it says has changed since."""
    said = told(issue, lang)
    kept = Paper.objects.filter(issue=issue, lang=lang, digest=said.digest).first()
    if kept is not None:
        return bytes(kept.content)
    made = pdf(said, issue.released_at or timezone.now())
    if issue.state == "out":
        Paper.objects.update_or_create(
            issue=issue, lang=lang, defaults={"organisation_id": issue.organisation_id, "digest": said.digest, "content": made}
        )  # fmt: skip
    return made


def pages_of(content: bytes) -> int:
    """How many pages a paper has."""
    from pypdf import PdfReader

    return len(PdfReader(io.BytesIO(content)).pages)


def pdf(said: Told, at: dt.datetime) -> bytes:
    """What is told as a paper. Where a sign in it is in no font of ours, the standard is not claimed, and the rest is the same."""
    import typst

    with translation.override(said.lang):
        data = json.dumps(data_of(said), ensure_ascii=False)
    try:
        return _compiled(data, _STANDARDS, at.replace(microsecond=0))
    except typst.TypstError:
        return _compiled(data, [], at.replace(microsecond=0))


def _compiled(data: str, standards: list[Any], at: dt.datetime) -> bytes:
    import typst

    found = typst.compile(
        TEMPLATES / "bulletin.typ", root=TEMPLATES, font_paths=fonts(), sys_inputs={"bulletin": data}, format="pdf",
        pdf_standards=standards, timestamp=at,
    )  # fmt: skip
    assert isinstance(found, bytes)
    return found


def data_of(said: Told) -> dict[str, Any]:
    """Everything that stands on the paper, in order, as texts."""
    files = contents((part.picture.code for part in said.parts if part.picture), "large")
    body = [part for part in said.parts if part.is_article and not part.is_band]
    parts = [_part(part, files) for part in body]
    with translation.override(said.lang):
        address = reverse("bulletins-public:issue", kwargs={"code": said.code})
    cover = next((each for each in parts if each["picture"] and not each["is_foreword"]), None)
    return {
        "cover": cover["picture"] if cover else None,
        "lang": said.lang, "house": said.house, "title": said.title, "lead": said.lead, "period": said.period,
        "name": pgettext("room", "Bulletin"), "address": f"{settings.PUBLIC_URL.rstrip('/')}{address}",
        "band": [[row.text, row.name] for row in said.band.rows[:4]] if said.band else [],
        "band_source": next((part.source for part in said.parts if part.is_band), ""),
        "contents": {"title": _("In this bulletin"), "rows": [[part.key, part.title] for part in body if part.title]},
        "parts": parts,
        "feet": [{"title": part.title, "kind": part.kind, "lines": list(part.paragraphs)} for part in said.parts if not part.is_article],
        "words": {
            "source": pgettext("figures", "Source"), "story": _("Told with her consent, under no name. She may take it back at any time."),
            "withheld": _("× is withheld, so that nobody can be recognised."),
        },
    }  # fmt: skip


def _part(part: Part, files: dict[str, bytes] | Any) -> dict[str, Any]:
    picture = part.picture
    shown = files.get(picture.code) if picture else None
    return {
        "key": part.key, "kind": part.kind_word, "title": part.title, "lang": part.lang, "paragraphs": list(part.paragraphs),
        "quote": part.quote, "source": part.source, "is_story": part.is_story, "is_foreword": part.kind == Kind.FOREWORD,
        "picture": {"bytes": list(as_jpeg(shown, 1000, 78)), "alt": picture.alt, "credit": picture.credit} if picture and shown else None,
        "chart": _chart(part.chart) if part.chart else None,
    }  # fmt: skip


def _chart(chart: Chart) -> dict[str, Any]:
    """Bars are drawn by the paper itself, each with its name and number: a table that one sees."""
    widest = max((row.value or 0 for row in chart.rows), default=0)
    shares = [row.value / widest if row.value and widest else 0 for row in chart.rows]
    return {
        "unit": chart.unit, "rows": [[row.name, row.text, share] for row, share in zip(chart.rows, shares, strict=True)],
        "withheld": chart.withheld,
    }  # fmt: skip


def name_of(issue: Issue, lang: str) -> str:
    """A file's name that says what and when."""
    return f"bulletin-{issue.code}-{dates.partial(f'{issue.until_date:%Y}', lang)}.{lang}.pdf"
