"""The web edition: a published page with what was said of it since, and its body as HTML, made once a process."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import groupby

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from hamroh.evidence.models import Edition, Endorsement, Erratum
from hamroh.evidence.presenting.page import Note, Page, PageBlock, Section
from hamroh.evidence.presenting.presenter import present
from hamroh.evidence.selectors.published import content_of, published_editions

#: pages and bodies that a process keeps at hand; a frozen edition never changes
_KEPT = 128


@dataclass(frozen=True, eq=False)
class Reading:
    """A page with what its readers need beside it: where each note is cited, and acronyms as a pattern."""

    page: Page

    @cached_property
    def cited_in(self) -> dict[int, dict[str, str]]:
        """Where each note is cited, in order: "Table 1", or the section, with the first block there."""
        found: dict[int, dict[str, str]] = defaultdict(dict)
        for section in self.page.sections:
            for block in section.blocks:
                for number in sorted(set(notes_of(block)) - {0}):
                    found[number].setdefault(block.label or section.code, block.key)
        return found

    @property
    def notes(self) -> list[tuple[Note, list[tuple[str, str]]]]:
        """Each note with the places that cite it: the key of a block, and its words."""
        cited = self.cited_in
        return [(note, [(key, place) for place, key in cited.get(note.number, {}).items()]) for note in self.page.notes]

    def alone(self, code: str) -> "Reading | None":
        """One section by itself, with the notes that it leads to; a heading with what stands directly beneath it."""
        filled = [section for section, _runs_ in self.sections]
        section = next((each for each in filled if each.code == code), None)
        if section is None:
            return None
        below = () if section.blocks else tuple(each for each in filled if each.code.startswith(f"{code}."))
        cited = {number for each in (section, *below) for block in each.blocks for number in notes_of(block)}
        notes = tuple(each for each in self.page.notes if each.number in cited)
        return Reading(replace(self.page, sections=(section, *below), notes=notes))

    @property
    def sections(self) -> list[tuple[Section, list[tuple[str, list[PageBlock]]]]]:
        """Sections with something in them or beneath them; their blocks in runs of one kind, so that figures stand together."""
        return [(each, _runs(each.blocks)) for each in self.page.sections if self._is_filled(each)]

    def _is_filled(self, section: Section) -> bool:
        return any(
            each.blocks for each in self.page.sections if each is section or each.code.startswith(f"{section.code}.")
        )

    @cached_property
    def acronyms(self) -> re.Pattern[str] | None:
        shorts = sorted((escape(short) for short, _long in self.page.acronyms), key=len, reverse=True)
        return re.compile(rf"(?<!\w)({'|'.join(map(re.escape, shorts))})(?!\w)") if shorts else None

    @cached_property
    def _long(self) -> Mapping[str, str]:
        return {escape(short): escape(long) for short, long in self.page.acronyms}

    def explained(self, text: str) -> SafeString:
        """A text with its acronyms told in full to who asks."""
        safe = escape(text)
        if self.acronyms is None:
            return safe
        told = self.acronyms.sub(lambda found: f'<abbr title="{self._long[found[1]]}">{found[1]}</abbr>', safe)
        return mark_safe(told)  # noqa: S308 - both parts were escaped


def _runs(blocks: tuple[PageBlock, ...]) -> list[tuple[str, list[PageBlock]]]:
    return [(kind, list(run)) for kind, run in groupby(blocks, key=lambda each: each.kind)]


def notes_of(block: PageBlock) -> Iterator[int]:
    """Numbers of the notes that a block leads to; 0 where a figure has none."""
    yield block.note
    if block.number:
        yield block.number.note
    yield from (run.number.note for paragraph in block.paragraphs for run in paragraph if run.number)
    yield from (line.number.note for line in block.lines if line.number)
    yield from (cell.note for row in (block.table.rows if block.table else ()) for cell in row.cells)


def reading(edition: Edition, lang: str) -> Reading:
    """A published edition in one language."""
    frozen = edition.frozen
    return _reading(frozen.digest, edition.state, frozen.frozen_at.date().isoformat(), lang)


@lru_cache(maxsize=_KEPT)
def _reading(digest: str, state: str, published: str, lang: str) -> Reading:
    with override(lang):
        return Reading(present(content_of(digest), lang, state=state, digest=digest, published=published))


def body(edition: Edition, lang: str) -> SafeString:
    """The contents, sections and notes as HTML."""
    return _body(edition.frozen.digest, reading(edition, lang))


@lru_cache(maxsize=_KEPT)
def _body(digest: str, made: Reading) -> SafeString:  # noqa: ARG001 - what is remembered by
    return rendered(made)


def section_body(edition: Edition, lang: str, code: str) -> SafeString | None:
    """One section as HTML, made once a process; None where there is no such section."""
    return _section_body(reading(edition, lang), code)


@lru_cache(maxsize=_KEPT * 4)
def _section_body(made: Reading, code: str) -> SafeString | None:
    alone = made.alone(code)
    return rendered(alone, alone=True) if alone else None


def rendered(made: Reading, *, alone: bool = False) -> SafeString:
    """The body of any page, of a draft too; ``alone`` leaves out what is said of the whole."""
    with override(made.page.lang):
        return render_to_string(
            "evidence/public/_body.html", {"reading": made, "page": made.page, "lang": made.page.lang, "alone": alone}
        )


@dataclass(frozen=True)
class Since:
    """What was said of an edition after it was frozen, and the other editions of its profile."""

    errata: tuple[Erratum, ...]
    endorsements: tuple[Endorsement, ...]
    others: tuple[Edition, ...]


def since(edition: Edition) -> Since:
    """Three queries."""
    return Since(
        tuple(edition.errata.select_related("observation").order_by("made_at")),
        tuple(edition.endorsements.order_by("endorsed_date")),
        tuple(each for each in published_editions(edition.profile_id) if each.pk != edition.pk),
    )
