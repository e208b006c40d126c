"""Reading a draft: its contents, one section after the other, or whole on one page; each block with what was said of it."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from hamroh.accounts import policy
from hamroh.evidence.models import Edition, Round
from hamroh.evidence.presenting.page import Page, PageBlock, Section
from hamroh.evidence.presenting.reading import notes_of
from hamroh.evidence.selectors import reviewing as reads
from hamroh.evidence.views.common import draft_page

PAGE = "evidence/review/"
Beside = dict[str, list[reads.Exchange]]


@dataclass(frozen=True)
class Part:
    """A section with its blocks, each with what was said of it."""

    section: Section
    blocks: list[tuple[PageBlock, list[reads.Exchange]]] = field(default_factory=list)

    @property
    def said(self) -> int:
        """How many comments stand in it."""
        return sum(len(found) for _block, found in self.blocks)


def place(edition: Edition, page: Page, key: str) -> str:
    """The address where a block of the draft is read; that of the contents for what is said of the whole."""
    section = next((each for each in page.sections if any(block.key == key for block in each.blocks)), None)
    if section is None:
        return reverse("evidence-review:draft", kwargs={"code": edition.code}) + "#whole"
    return reverse("evidence-review:part", kwargs={"code": edition.code, "section": section.code}) + f"#{key}"


@login_required
@require_safe
def draft(request: HttpRequest, code: str) -> HttpResponseBase:
    """What the draft holds, section by section, with how much was said of each; what was said of the whole."""
    row, page, beside = _read(request, code)
    parts = _parts(page, beside)
    rest = [each for key, found in beside.items() if key not in _keys(page) for each in found]
    return _shown(request, "draft", row, page=page, parts=parts, rest=rest)


@login_required
@require_safe
def part(request: HttpRequest, code: str, section: str) -> HttpResponseBase:
    """One section, with the way to the one before and the one behind it."""
    row, page, beside = _read(request, code)
    parts = _parts(page, beside)
    at = next((at for at, each in enumerate(parts) if each.section.code == section), None)
    if at is None:
        raise Http404
    near = {"before": parts[at - 1] if at else None, "after": parts[at + 1] if at + 1 < len(parts) else None}
    cited = {number for block in parts[at].section.blocks for number in notes_of(block)}
    noted = {"notes": [each for each in page.notes if each.number in cited]}
    return _shown(request, "part", row, page=page, part=parts[at], number=at + 1, all=len(parts), noted=noted, **near)


@login_required
@require_safe
def whole(request: HttpRequest, code: str) -> HttpResponseBase:
    """The draft as one page, to be printed or searched through."""
    row, page, beside = _read(request, code)
    return _shown(request, "whole", row, page=page, parts=_parts(page, beside))


def _read(request: HttpRequest, code: str) -> tuple[Edition, Page, Beside]:
    row = reads.edition_in_review(actor=request.user, code=code)
    return row, draft_page(row), reads.by_block(reads.exchanges(actor=request.user, edition=row))


def _parts(page: Page, beside: Beside) -> list[Part]:
    return [
        Part(section, [(block, beside.get(block.key, [])) for block in section.blocks])
        for section in page.sections
        if section.blocks
    ]


def _keys(page: Page) -> set[str]:
    return {block.key for section in page.sections for block in section.blocks}


def _shown(request: HttpRequest, template: str, row: Edition, **more: Any) -> HttpResponseBase:
    held: Round | None = row.rounds.filter(state="open").first()
    may = held is not None and bool(policy.allowed(request.user, "evidence.comment", row))
    return render(request, f"{PAGE}{template}.html", {"edition": row, "round": held, "may": may, **more})
