"""What differs between two editions of a profile, as a page and as a table."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from hamroh.accounts import policy
from hamroh.evidence import differences, freezing
from hamroh.evidence.models import Edition
from hamroh.evidence.presenting.page import Page
from hamroh.evidence.presenting.presenter import present
from hamroh.evidence.selectors import reviewing as reads
from hamroh.evidence.views.reviewing import figures_in, lang_of, shown

#: what became of a block
_WORDS = {
    differences.ADDED: pgettext_lazy("block", "new"), differences.REMOVED: pgettext_lazy("block", "gone"),
    differences.CHANGED: pgettext_lazy("block", "changed"), differences.MOVED: pgettext_lazy("block", "in another section"),
}  # fmt: skip
COLUMNS = ("block", "place", "change", "before", "after", "before_printed", "after_printed", "before_value", "after_value",
           "before_period", "after_period", "percent")  # fmt: skip


@dataclass(frozen=True)
class Row:
    """A changed figure as it is read: the title of its block, its place there, and both numbers."""

    change: differences.FigureChange
    title: str
    place: str
    before: str
    after: str


def _both(request: HttpRequest, code: str, other: str) -> tuple[Edition, Edition]:
    """The edition that is read, and the one that it is held beside: of one profile, and open to whoever asks."""
    row = reads.edition_in_review(actor=request.user, code=code)
    second = next((each for each in reads.comparable(actor=request.user, edition=row) if each.code == other), None)
    if second is None:
        raise policy.Refused("no such edition for this person")
    return row, second


@login_required
@require_safe
def page(request: HttpRequest, code: str, other: str) -> HttpResponseBase:
    """Figure by figure and block by block; what is the same is only counted."""
    row, second = _both(request, code, other)
    made = {each.pk: freezing.manifest_of(each) for each in (row, second)}
    found = differences.difference(made[second.pk], made[row.pk])
    before, after = (present(made[each.pk], lang_of(), state=each.state) for each in (second, row))
    return shown(
        request, "difference", row, other=second, rows=list(_rows(found, before, after)), same=len(found.figures) - len(found.moved_figures),
        blocks=_blocks(found, _titles(before) | _titles(after)),
    )  # fmt: skip


def _rows(found: differences.Difference, before: Page, after: Page) -> Iterator[Row]:
    was, now, titles = _figures(before), _figures(after), _titles(before) | _titles(after)
    for each in found.moved_figures:
        first, then = was.get((each.block, each.before), ("", "")), now.get((each.block, each.after), ("", ""))
        place = then[0] or first[0] or each.place
        yield Row(each, titles.get(each.block, each.block), place, first[1], then[1])


def _blocks(found: differences.Difference, titles: Mapping[str, str]) -> list[dict[str, Any]]:
    return [{"key": each.key, "title": titles.get(each.key, ""), "word": _WORDS[each.kind]} for each in found.blocks]


def _figures(page: Page) -> dict[tuple[str, str], tuple[str, str]]:
    """Where a figure stands in its block, and its number, in words of the reader."""
    return {
        (block.key, code): (where, number)
        for section in page.sections
        for block in section.blocks
        for code, said in figures_in(block)
        for where, _colon, number in [said.rpartition(": ")]
    }


def _titles(page: Page) -> dict[str, str]:
    return {
        block.key: f"{block.label} {block.title}".strip() or block.key
        for section in page.sections
        for block in section.blocks
    }


@login_required
@require_safe
def csv_file(request: HttpRequest, code: str, other: str) -> HttpResponseBase:
    """Every figure of either edition, also those that are the same."""
    row, second = _both(request, code, other)
    before, after = freezing.manifest_of(second), freezing.manifest_of(row)
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(COLUMNS)
    for each in differences.difference(before, after).figures:
        was, now = before["figures"].get(each.before, {}), after["figures"].get(each.after, {})
        table.writerow([_safe(cell) for cell in _cells(each, was, now)])
    answer = HttpResponse(out.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="difference-{second.code}-{row.code}.csv"'
    return answer


def _cells(change: differences.FigureChange, was: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    said = [change.block, change.place, change.kind, change.before, change.after]
    for name in ("printed", "value", "period"):
        said += [was.get(name) or "", now.get(name) or ""]
    return [*said, "" if change.percent is None else str(change.percent)]


def _safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; a number below nothing stays one."""
    starts = cell[:1] in ("=", "+", "@", "\t", "\r") or (cell[:1] == "-" and not cell[1:2].isdigit())
    return f"'{cell}" if starts else cell
