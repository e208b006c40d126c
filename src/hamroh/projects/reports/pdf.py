"""A report as PDF by typst (PDF/UA-1, PDF/A-2a): all words are data there, never markup."""

import dataclasses
import datetime as dt
import functools
import json
from pathlib import Path
from typing import Any

from hamroh.projects.reports.paper import Paper

TEMPLATES = Path(__file__).parent / "typst"
#: what a reader's program may rely on: read aloud in order, and kept for ever
STANDARDS = ["ua-1", "a-2a"]


@functools.cache
def fonts() -> Any:
    """The fonts that come with typst and no other: a report looks the same on every machine."""
    import typst

    return typst.Fonts(include_system_fonts=False)


def pdf(paper: Paper, day: dt.date) -> bytes:
    """The report to be printed, of the day that it bears. Where a sign is in no font of ours the standards are not claimed, and the rest is the same."""
    import typst

    data = json.dumps(dataclasses.asdict(paper), ensure_ascii=False)
    try:
        return _compiled(data, STANDARDS, day)
    except typst.TypstError:
        return _compiled(data, [], day)


def _compiled(data: str, standards: list[Any], day: dt.date) -> bytes:
    import typst

    found = typst.compile(
        TEMPLATES / "report.typ", root=TEMPLATES, font_paths=fonts(), sys_inputs={"report": data}, format="pdf", pdf_standards=standards,
        timestamp=dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC),
    )  # fmt: skip
    assert isinstance(found, bytes)
    return found


def picture(svg: str) -> bytes:
    """A picture as PNG, for programs that show no SVG."""
    import typst

    source = (
        '#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg), format: "svg", width: 420pt)'
    )
    found = typst.compile(source.encode(), font_paths=fonts(), sys_inputs={"svg": svg}, format="png", ppi=180)
    assert isinstance(found, bytes)
    return found
