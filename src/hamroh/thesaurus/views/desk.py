"""The editors' desk of the vocabularies: bring one, see what would change, go on."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hamroh.accounts import policy
from hamroh.thesaurus import exchange, selectors, tasks, uploads
from hamroh.thesaurus.drafts import DraftRefused
from hamroh.thesaurus.forms import ImportForm

_SHOWN = 20


@login_required
@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """Choose a file; the answer says what it would change, or why it cannot be imported."""
    policy.require(request.user, "thesaurus.import")
    form = ImportForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form, "schemes": selectors.schemes(get_language() or settings.LANGUAGE_CODE)}
    if request.method == "POST" and form.is_valid():
        return _look(request, form, context)
    return render(request, "thesaurus/desk/bring.html", context, status=400 if form.errors else 200)


def _look(request: HttpRequest, form: ImportForm, context: dict[str, Any]) -> HttpResponse:
    content = form.cleaned_data["file"].read()
    options = {name: form.cleaned_data[name] for name in ("code", "layer", "extends")}
    try:
        outcome = exchange.import_file(actor=request.user, content=content, dry_run=True, **options)
    except DraftRefused as refused:
        context["faults"] = exchange.reasons(refused)
        return render(request, "thesaurus/desk/bring.html", context, status=400)
    ticket = uploads.keep(content, owner=str(request.user.pk), options=options)
    shown = {
        "outcome": outcome,
        "ticket": ticket,
        "counts": outcome.difference.counts(),
        "parts": [
            (_("New"), outcome.difference.added[:_SHOWN], len(outcome.difference.added) - _SHOWN),
            (_("Will change"), outcome.difference.changed[:_SHOWN], len(outcome.difference.changed) - _SHOWN),
            (_("No longer used"), outcome.difference.removed[:_SHOWN], len(outcome.difference.removed) - _SHOWN),
        ],
    }
    return render(request, "thesaurus/desk/look.html", shown)


@login_required
@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """Import the file that was looked at."""
    policy.require(request.user, "thesaurus.import")
    ticket = request.POST.get("ticket", "")
    held = uploads.take(ticket, owner=str(request.user.pk))
    if held is None:
        messages.warning(request, _("The file is not kept any more. Choose it again."))
        return redirect("thesaurus-desk:bring")
    content, options = held
    try:
        outcome = exchange.import_file(actor=request.user, content=content, **options)
    except DraftRefused as refused:
        context = {"form": ImportForm(initial=options), "faults": exchange.reasons(refused)}
        return render(request, "thesaurus/desk/bring.html", context, status=409)
    uploads.drop(ticket)
    tasks.index_scheme.enqueue(outcome.code)
    number = sum(
        len(part) for part in (outcome.difference.added, outcome.difference.changed, outcome.difference.removed)
    )
    said = ngettext("%(number)s concept was written.", "%(number)s concepts were written.", number)
    messages.info(request, said % {"number": number})
    return redirect("thesaurus:scheme", outcome.code)
