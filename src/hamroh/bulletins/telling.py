"""What an issue says in one language, on the web, on paper and by e-mail: told in one place, so that all three say the same.

Stories are told while those whose they are allow it, and figures as the register let them out; both are read anew each time.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import override

from hamroh.bulletins.figures import Row, rows_of
from hamroh.bulletins.models import Issue, Kind, Look, Section
from hamroh.evidence.charts import Drawing, Point, Series, drawn
from hamroh.pages.models import Allowed, Story
from hamroh.web import dates
from hamroh.web.texts import capitalised, pick


@dataclass(frozen=True)
class Chart:
    """Figures of a section: shown as a picture and always as a table, too."""

    look: str
    title: str
    unit: str
    rows: tuple[Row, ...]
    lang: str

    @property
    def drawn(self) -> SafeString:
        """The bars as SVG; a figure that is withheld has none."""
        shown = [row for row in self.rows if row.value is not None]
        points = tuple(Point(row.text, Decimal(row.value or 0)) for row in shown)
        alt = f"{self.title}. " + "; ".join(f"{row.name}: {row.text}" for row in shown)
        return drawn(
            Drawing("bar", self.title, alt, self.lang, tuple(row.name for row in shown), (Series(self.unit, points),), unit=self.unit)
        )  # fmt: skip

    @property
    def withheld(self) -> bool:
        return any(row.value is None for row in self.rows)

    @property
    def is_drawn(self) -> bool:
        return self.look == Look.BARS and any(row.value for row in self.rows)


@dataclass(frozen=True)
class Shown:
    """A picture beside a section."""

    code: str
    alt: str
    credit: str
    width: int
    height: int


@dataclass(frozen=True)
class Part:
    """A section as it is read. ``lang`` is the language in which it was found."""

    key: str
    kind: str
    kind_word: str
    title: str
    lang: str
    paragraphs: tuple[str, ...]
    quote: str = ""
    source: str = ""
    picture: Shown | None = None
    chart: Chart | None = None
    is_story: bool = False

    @property
    def is_article(self) -> bool:
        return self.kind not in (Kind.DONORS, Kind.CONTACTS)

    @property
    def is_band(self) -> bool:
        """Nothing but the large numbers of the first page."""
        return self.chart is not None and self.chart.look == Look.BAND


@dataclass(frozen=True)
class Told:
    """An issue as it is read in one language."""

    code: str
    house: str
    title: str
    lead: str
    period: str
    lang: str
    parts: tuple[Part, ...] = field(default_factory=tuple)

    @property
    def band(self) -> Chart | None:
        """The large numbers of the first page."""
        return next((part.chart for part in self.parts if part.chart and part.chart.look == Look.BAND), None)

    @property
    def contents(self) -> list[Part]:
        """What stands in its table of contents."""
        return [part for part in self.parts if part.is_article and part.title and not part.is_band]

    @property
    def digest(self) -> str:
        """Of everything that it says."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True, default=str).encode()).hexdigest()


def told(issue: Issue, lang: str) -> Told:
    """The issue in one language, without what may not be told today. A constant number of queries."""
    sections = list(
        Section.objects.filter(issue=issue, gone_at=None)
        .select_related("picture").defer("picture__small", "picture__large").order_by("place", "pk")
    )  # fmt: skip
    stories = allowed_stories(each.story for each in sections if each.story)
    with override(lang):
        rows = rows_of([each.figures for each in sections], lang)
        parts = [_part(each, stories, found, lang) for each, found in zip(sections, rows, strict=True)]
    return Told(
        code=issue.code, house=str(pick(issue.organisation.names, lang)), title=str(pick(issue.titles, lang)),
        lead=str(pick(issue.leads, lang)), period=period(issue.from_date, issue.until_date, lang), lang=lang,
        parts=tuple(each for each in parts if each is not None),
    )  # fmt: skip


def allowed_stories(ids: Iterable[Any]) -> dict[Any, Story]:
    """Of these stories those that may be told in a bulletin today."""
    found = Story.objects.in_bulk([each for each in ids if each])
    return {pk: row for pk, row in found.items() if row.may_be_used(Allowed.BULLETIN)}


def _part(row: Section, stories: Mapping[Any, Story], rows: Sequence[Row], lang: str) -> Part | None:
    """A section; None where there is nothing that may be told."""
    if row.story and row.story not in stories:
        return None
    texts = stories[row.story].texts if row.story else row.texts
    text, title = pick(texts, lang), pick(row.titles, lang)
    chart = None
    if row.figures:
        if not rows:
            return None
        unit = str(pick(row.figures.get("unit"), lang))
        chart = Chart(row.figures.get("look", Look.BARS), title.text, unit, tuple(rows), lang)
    return Part(
        key=str(row.pk)[-8:], kind=row.kind, kind_word=str(Kind(row.kind).label), title=title.text, lang=text.lang if text.text else title.lang,
        paragraphs=tuple(each.strip() for each in text.text.split("\n") if each.strip()), quote=str(pick(row.quotes, lang)),
        source=row.source, picture=_picture(row, lang), chart=chart, is_story=bool(row.story),
    )  # fmt: skip


def _picture(row: Section, lang: str) -> Shown | None:
    found = row.picture
    if found is None:
        return None
    return Shown(found.code, str(pick(found.alts, lang)), found.credit, found.width, found.height)


def period(first: dt.date, last: dt.date, lang: str) -> str:
    """January – June 2011; a month of one year is said once."""
    until = dates.month(last, lang)
    if (first.year, first.month) == (last.year, last.month):
        return capitalised(until, lang)
    begun = dates.month(first, lang)
    if first.year == last.year:
        begun = begun[:-5]
        begun = begun.removesuffix("и") if lang == "tg" else begun
    return f"{capitalised(begun, lang)} – {until}"
