"""Printed copies by region and date, and the sheet of them on paper."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hamroh.accounts import policy
from hamroh.directory.models import AdminUnit, Party
from hamroh.library import actions, selectors
from hamroh.library.forms.desk import CopiesForm
from hamroh.library.models import Record
from hamroh.vault import once


@login_required
@require_http_methods(["GET", "POST"])
def copies(request: HttpRequest, code: str) -> HttpResponse:
    """What went where, and one more parcel."""
    found = selectors.record_on_desk(actor=request.user, code=code)
    form = CopiesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            once.write(request, lambda: _recorded(request, found, form))
        except actions.FactsRefused as refused:
            for problem in refused.problems:
                form.add_error(problem.field, problem.message)
        else:
            messages.success(request, _("Written down."))
            return redirect("library-desk:copies", code=code)
    context = _context(found) | {"form": form}
    return render(request, "library/desk/copies.html", context, status=422 if form.errors else 200)


def _recorded(request: HttpRequest, record: Record, form: CopiesForm) -> str:
    typed = dict(form.cleaned_data)
    unit = AdminUnit.objects.get(key=typed.pop("unit"))
    receiver = Party.objects.filter(code=typed.pop("receiver") or None).first()
    actions.record_copies(actor=request.user, record=record, unit=unit, receiver=receiver, **typed)
    return ""


@login_required
@require_POST
def remove(request: HttpRequest, code: str, row: uuid.UUID) -> HttpResponse:
    """Take back a line that was written by mistake."""
    found = selectors.record_on_desk(actor=request.user, code=code, verb="library.edit")
    line = found.distributions.select_related("unit", "record").filter(pk=row).first()
    if line is None:
        raise policy.Refused
    actions.remove_copies(actor=request.user, row=line)
    messages.success(request, _("Taken away."))
    return redirect("library-desk:copies", code=code)


@login_required
@require_GET
def sheet(request: HttpRequest, code: str) -> HttpResponse:
    """The distribution on paper, with room for signatures."""
    found = selectors.record_on_desk(actor=request.user, code=code)
    return render(request, "library/desk/sheet.html", _context(found) | {"today": timezone.localdate()})


def _context(record: Record) -> dict[str, object]:
    by_region = selectors.copies_by_region(record)
    return {
        "record": record,
        "rows": selectors.distributions(record),
        "regions": by_region,
        "in_all": selectors.copies_in_all(by_region),
    }
