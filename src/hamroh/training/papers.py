"""Certificates as a paper, made in memory by typst. Words are data there, never markup."""

import datetime as dt
import functools
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from hamroh.directory.models import Party
from hamroh.training.models import Round
from hamroh.training.showing import period
from hamroh.web import dates, squares
from hamroh.web.texts import pick

TEMPLATES = Path(__file__).parent / "typst"


@functools.cache
def fonts() -> Any:
    """The fonts that come with typst and no other: a certificate looks the same on every machine."""
    import typst

    return typst.Fonts(include_system_fonts=False)


def certificates_pdf(
    row: Round, papers: Sequence[Mapping[str, str]], bearers: Sequence[Party], lang: str, check: str
) -> bytes:  # fmt: skip
    """All certificates of a round, a page each, in the words of one language. ``check`` is the address where a code is checked."""
    import typst

    found = typst.compile(
        TEMPLATES / "certificate.typ", root=TEMPLATES, font_paths=fonts(), format="pdf",
        sys_inputs={"papers": json.dumps(data_of(row, papers, bearers, lang, check), ensure_ascii=False)},
    )  # fmt: skip
    assert isinstance(found, bytes)
    return found


def data_of(
    row: Round, papers: Sequence[Mapping[str, str]], bearers: Sequence[Party], lang: str, check: str
) -> dict[str, Any]:  # fmt: skip
    """Everything that stands on the papers, as texts."""
    course, hours = row.course, row.course.hours
    place = str(pick(row.place.names, lang)) if row.place else ""
    lines = [part for part in (place, period(row.starts, row.ends) if row.starts else "") if part]
    outline = [
        f"{each['title']} ({hours_words(each['hours'])})" if each.get("hours") else str(each["title"]) for each in course.outline
    ]  # fmt: skip
    return {
        "lang": lang, "title": pgettext("paper", "Certificate"), "took_part": _("took part in the course"), "course": str(pick(course.names, lang)),
        "hours": hours_words(hours) if hours else "", "lines": lines, "outline": {"title": _("What was taught"), "rows": outline[:10]},
        "bearers": [str(pick(each.names, lang)) for each in bearers] or [str(pick(row.organisation.names, lang))],
        "sign": _("Signature and stamp"), "check": {"title": _("Is this paper valid? Check its code:"), "address": check},
        "papers": [
            {"name": each["name"], "code": each["code"], "issued": dates.day(dt.date.fromisoformat(each["issued"]), lang),
             "square": squares.runs(f"{check}?k={each['code']}")}
            for each in papers
        ],
    }  # fmt: skip


def hours_words(hours: int) -> str:
    return ngettext("%(hours)s hour", "%(hours)s hours", hours) % {"hours": hours}
