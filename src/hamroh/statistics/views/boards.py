"""Boards: words first, then figures, then pictures; and the lists behind their numbers."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from hamroh.accounts import policy
from hamroh.accounts.deskpages import at_desk
from hamroh.accounts.workplace import here
from hamroh.kernel.disclosure import ALL
from hamroh.statistics import boards, drawings, scope, words
from hamroh.statistics.boards import BOARDS, Board
from hamroh.statistics.selectors import boards as reads

PAGES, PAGE_LINES = "statistics/boards/", 50


def _board(request: HttpRequest, code: str) -> Board:
    """A board that the reader may see; Refused for any other."""
    found = BOARDS.get(code)
    if found is None:
        raise policy.Refused("no such board")
    scope.require(request.user, found.verb, here(request).pk)
    return found


def _open(request: HttpRequest) -> list[Board]:
    house = here(request).pk
    return [each for each in BOARDS.values() if scope.allowed(request.user, each.verb, house)]


@at_desk
@require_safe
@never_cache
def first(request: HttpRequest) -> HttpResponseBase:
    """The first board that opens to the reader."""
    found = _open(request)
    if not found:
        raise policy.Refused("no board of hers")
    return redirect("boards:board", found[0].code)


@at_desk
@require_safe
@never_cache
def board(request: HttpRequest, board: str) -> HttpResponseBase:
    """One board."""
    found, house = _board(request, board), here(request)
    shown = [(part, part.shown(request.user, house)) for part in boards.parts(board)]
    context = {
        "board": found, "boards": _open(request), "parts": [{"part": part, "shown": each} for part, each in shown if each],
        "may_count": bool(scope.allowed(request.user, "statistics.see", house.pk)),
    }  # fmt: skip
    return render(request, f"{PAGES}board.html", context)


@at_desk
@require_safe
@never_cache
def listing(request: HttpRequest, board: str, code: str) -> HttpResponseBase:
    """All that a number of a board counts."""
    found, house = _board(request, board), here(request)
    told = boards.listing(board, code)
    if told is None:
        raise policy.Refused("no such list")
    page = Paginator(told.rows(request.user, house), PAGE_LINES).get_page(request.GET.get("page"))
    context = {"board": found, "list": told, "page": page, "lines": told.lines(request.user, list(page.object_list))}
    return render(request, f"{PAGES}list.html", context)


@at_desk
@require_safe
@never_cache
def table(request: HttpRequest, release: UUID) -> HttpResponseBase:
    """A table that some organisation let out for everybody."""
    found = _board(request, "network")
    each, name = reads.public_table(actor=request.user, pk=release)
    lang = get_language() or "en"
    known = words.categories(each.register, each.published.shape, lang)
    dimensions = each.published.shape.dimensions
    lines = [_line(cell, each.published.shown.get(cell), known, dimensions) for cell in each.published.shape.cells]
    heads = [words.variable(each.register, one.name) for one in dimensions]
    context = {
        "board": found,
        "table": each,
        "house": name,
        "heads": heads,
        "lines": lines,
        "map": drawings.regions(each),
    }
    return render(request, f"{PAGES}table.html", context)


def _line(cell: tuple[str, ...], count: int | None, known: Any, dimensions: Any) -> dict[str, Any]:
    told = [known[one.name].get(code, code) for one, code in zip(dimensions, cell, strict=True)]
    return {"told": told, "count": count, "is_sum": ALL in cell}
