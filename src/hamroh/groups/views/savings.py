"""Pages over a whole cycle: the share-out with its working, a member's passbook, the quarter in figures."""

import csv
import io
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hamroh.accounts import policy
from hamroh.groups import meetingshown as shown
from hamroh.groups.actions import savings as ledger
from hamroh.groups.models import Cycle, Group
from hamroh.groups.quarterwords import FIGURES, figure, lacking
from hamroh.groups.selectors import books
from hamroh.groups.views.frame import at_desk, require_form, written
from hamroh.groups.views.meetings import FOLDER, may_write, to
from hamroh.kernel import savings as kernel
from hamroh.kernel.savings import quarter as quarters
from hamroh.kernel.savings.quarter import Figure

TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def _cycle(group: Group) -> Cycle:
    found = books.cycle_of(group)
    if found is None:
        raise policy.Refused("no cycle of this group")
    return found


@at_desk
@require_form
def share_out(request: HttpRequest, code: str) -> HttpResponseBase:
    """What each would take home now; or what each took home."""
    group, decision = books.group_of(actor=request.user, code=code)
    cycle = _cycle(group)
    if request.method == "POST":
        policy.require(request.user, "savings.write", group)

        def act() -> str:
            ledger.pay_out(actor=request.user, group=group)
            return to("share-out", group)

        if written(request, None, act):
            messages.success(request, _("Shared out. The cycle has ended."))
        return redirect(to("share-out", group))
    told = books.document(cycle, "out", decision)
    told = told or ledger.out_told(kernel.share_out(books.whole_book(cycle, decision)))
    context = {
        "group": group,
        "cycle": cycle,
        "out": shown.out(told, books.called(group, decision), cycle.currency),
        "may_write": may_write(request, group),
    }
    return render(request, f"groups/{FOLDER}share_out.html", context)


@at_desk
@require_safe
def passbook(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """A member's passbook, to be printed small."""
    group, decision = books.group_of(actor=request.user, code=code)
    cycle = _cycle(group)
    names = books.called(group, decision)
    if number not in names:
        raise policy.Refused("no such member of this group")
    rows = shown.passbook(books.passbook(cycle, decision, number), cycle.currency)
    context = {
        "group": group,
        "cycle": cycle,
        "number": number,
        "called": names[number],
        "rows": rows,
        "terms": shown.terms(cycle),
    }
    return render(request, f"groups/{FOLDER}passbook.html", context)


def _quarter(request: HttpRequest, code: str, year: int, quarter: int) -> tuple[Group, str, list[Any], list[Figure]]:
    """The group, its money, what is missing, and the figures where nothing is."""
    group, decision = books.group_of(actor=request.user, code=code)
    if not (2000 <= year <= 2100 and 1 <= quarter <= 4):
        raise policy.Refused("no such quarter")
    told = books.quarter_of(group, decision, year, quarter)
    missing = quarters.lacking(told)
    cycle = books.cycle_of(group)
    return group, cycle.currency if cycle else "", missing, [] if missing else quarters.figures(told)


@at_desk
@require_safe
def quarter(request: HttpRequest, code: str, year: int, quarter: int) -> HttpResponseBase:
    """The quarter in the terms that savings groups report in; or what is missing for it."""
    group, currency, missing, found = _quarter(request, code, year, quarter)
    rows = [
        {"title": FIGURES[each.key][0], "how": FIGURES[each.key][1], "value": figure(each, currency)} for each in found
    ]
    before, after = (year - (quarter == 1), (quarter + 2) % 4 + 1), (year + (quarter == 4), quarter % 4 + 1)
    context = {
        "group": group, "year": year, "quarter": quarter, "rows": rows, "missing": [lacking(each) for each in missing],
        "before": before, "after": after,
    }  # fmt: skip
    return render(request, f"groups/{FOLDER}quarter.html", context)


@at_desk
@require_safe
def quarter_file(request: HttpRequest, code: str, year: int, quarter: int, form: str) -> HttpResponseBase:
    """The same as a table; refused where something is missing."""
    group, currency, missing, found = _quarter(request, code, year, quarter)
    if missing:
        messages.error(request, _("The quarter is not complete, so there is no file."))
        return redirect(to("quarter", group, year=year, quarter=quarter))
    rows: list[list[Any]] = [["group", "year", "quarter", "figure", "unit", "value"]]
    rows += [
        [group.code, year, quarter, each.key, currency if each.unit == "amount" else each.unit, _plain(each)]
        for each in found
    ]
    answer = HttpResponse(_as_csv(rows) if form == "csv" else _as_xlsx(rows), content_type=TYPES[form])
    answer.headers["Content-Disposition"] = f'attachment; filename="quarter-{group.code}-{year}-{quarter}.{form}"'
    return answer


def _plain(each: Figure) -> float | int | str:
    """A number for a program: amounts in whole money, rates in per cent."""
    if each.value is None:
        return ""
    if each.unit == "count":
        return int(each.value)
    return float(round(float(each.value) / (100 if each.unit == "amount" else 1), 2))


def _as_csv(rows: list[list[Any]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def _as_xlsx(rows: list[list[Any]]) -> bytes:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("quarter")
    for row in rows:
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
