"""What a vocabulary's releases changed, for everybody."""

import csv
import io

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hamroh.thesaurus import selectors
from hamroh.thesaurus.selectors import releasing
from hamroh.thesaurus.views.common import lang

#: how a cell of a table begins that a spreadsheet would take for a formula
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@require_safe
def releases(request: HttpRequest, code: str) -> HttpResponse:
    """All releases, the newest first."""
    context = {
        "scheme": selectors.scheme_line(code, lang()),
        "released": releasing.releases(selectors.scheme(code)),
    }
    return render(request, "thesaurus/releases.html", context)


@require_safe
def release(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """One release: what it added, changed and took out of use."""
    found = releasing.release_by(code, number)
    context = {
        "scheme": selectors.scheme_line(code, lang()),
        "release": found,
        "parts": releasing.parts(found.difference, lang()),
    }
    return render(request, "thesaurus/release.html", context)


@require_safe
def release_csv(request: HttpRequest, code: str, number: str) -> HttpResponse:  # noqa: ARG001 - the same for everybody
    """The same as a table."""
    found = releasing.release_by(code, number)
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(["change", "language", "concept", "name", "before", "now"])
    writer.writerows([_plain(cell) for cell in row] for row in releasing.table(found.difference, lang()))
    response = HttpResponse("\ufeff" + written.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{code}-{found.number}.csv"'
    return response


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
