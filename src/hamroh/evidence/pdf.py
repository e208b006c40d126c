"""An edition as PDF by typst: a tagged book (PDF/UA-1, PDF/A-2a) of what the page says. All words are data there, never markup."""

import dataclasses
import datetime as dt
import functools
import json
from pathlib import Path
from typing import Any

from django.utils import timezone

from hamroh.evidence.booking import book
from hamroh.evidence.presenting.page import Page

TEMPLATES = Path(__file__).parent / "typst"
#: what a reader's program may rely on: read aloud in order, and kept for ever
STANDARDS = ["ua-1", "a-2a"]


@functools.cache
def fonts() -> Any:
    """The fonts that come with typst and no other: an edition looks the same on every machine, and Libertinus has every letter of ours."""
    import typst

    return typst.Fonts(include_system_fonts=False)


def pdf(page: Page) -> bytes:
    """The edition to be printed. Where a sign in it is in no font of ours, the standards are not claimed, and the rest is the same."""
    import typst

    data = json.dumps(dataclasses.asdict(book(page)), ensure_ascii=False)
    try:
        return _compiled(data, STANDARDS, made_at(page))
    except typst.TypstError:
        return _compiled(data, [], made_at(page))


def made_at(page: Page) -> dt.datetime:
    """The day that the file bears: that of publication, so that an edition gives the same file each time; today for a draft."""
    try:
        day = dt.date.fromisoformat(page.published[:10])
    except ValueError:
        day = timezone.now().date()
    return dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)


def _compiled(data: str, standards: list[Any], at: dt.datetime) -> bytes:
    import typst

    found = typst.compile(
        TEMPLATES / "profile.typ", root=TEMPLATES, font_paths=fonts(), sys_inputs={"edition": data}, format="pdf", pdf_standards=standards,
        timestamp=at,
    )  # fmt: skip
    assert isinstance(found, bytes)
    return found


def picture(svg: str, ppi: int = 180) -> bytes:
    """A chart as PNG, for programs that show no SVG."""
    import typst

    source = (
        '#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg), format: "svg", width: 420pt)'
    )
    found = typst.compile(source.encode(), font_paths=fonts(), sys_inputs={"svg": svg}, format="png", ppi=ppi)
    assert isinstance(found, bytes)
    return found
