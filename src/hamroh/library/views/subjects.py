"""What a record is about: chosen from the thesaurus, with suggestions out of its own words."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hamroh.library import actions, selectors
from hamroh.library.models import Record
from hamroh.thesaurus.models import Concept
from hamroh.thesaurus.selectors import concept_lookup


@login_required
@require_http_methods(["GET", "POST"])
def subjects(request: HttpRequest, code: str) -> HttpResponse:
    """One press takes a suggestion, a found concept, or a subject away."""
    found = selectors.record_on_desk(actor=request.user, code=code, verb="library.edit")
    if request.method == "POST":
        return _written(request, found)
    lang, typed = get_language() or "en", request.GET.get("q", "").strip()[:100]
    context = {
        "record": found,
        "subjects": selectors.subjects_on_desk(found, lang),
        "suggestions": selectors.suggested_subjects(found, lang),
        "typed": typed,
        "hits": concept_lookup(typed, lang, limit=12) if typed else [],
    }
    return render(request, "library/desk/subjects.html", context)


def _written(request: HttpRequest, record: Record) -> HttpResponse:
    scheme, _slash, key = request.POST.get("add", "")[:300].partition("/")
    concept = Concept.objects.in_use().filter(scheme__code=scheme, key=key).first() if key else None
    if concept is not None:
        suggested = request.POST.get("how") == "suggested"
        actions.add_subject(actor=request.user, record=record, concept=concept, suggested=suggested)
        messages.success(request, _("Added."))
    taken = request.POST.get("remove", "")
    gone = record.subjects.filter(pk=taken).first() if taken.isascii() and taken.isdigit() else None
    if gone is not None:
        actions.remove_subject(actor=request.user, subject=gone)
        messages.success(request, _("Taken away."))
    return redirect("library-desk:subjects", code=record.code)
