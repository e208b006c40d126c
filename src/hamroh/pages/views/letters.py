"""The desk's pages of letters: who may read them opens one at a time, for a purpose, and says when it was answered."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_POST

from hamroh import vault
from hamroh.accounts import policy
from hamroh.pages import actions, keeping, selectors
from hamroh.pages.models import Letter

_EACH = 30


@login_required
@require_GET
def letters(request: HttpRequest) -> HttpResponse:
    """Letters to her organisations, by day; none is opened here."""
    policy.require(request.user, "pages.letter")
    page = Paginator(selectors.open_letters(actor=request.user), _EACH).get_page(request.GET.get("page"))
    return render(request, "pages/desk/letters.html", {"page": page, "due": keeping.due_dates(page)})


@login_required
@sensitive_variables()
@require_GET
def letter(request: HttpRequest, pk: str) -> HttpResponse:
    """One letter, opened; that it was is written down."""
    rows = Letter.objects.select_related("organisation", "answered_by").filter(pk=pk)
    found, decision = policy.fetch(request.user, "pages.letter", rows)
    words = vault.open(found, "words", decision=decision, purpose="answer")
    way_back = vault.open(found, "way_back", decision=decision, purpose="answer")
    due = keeping.due_dates([found])[found.pk]
    return render(
        request, "pages/desk/letter.html", {"letter": found, "words": words, "way_back": way_back, "due": due}
    )


@login_required
@require_POST
def answered(request: HttpRequest, pk: str) -> HttpResponseBase:
    """It was answered, or nothing of it is needed any more."""
    found, _decision = policy.fetch(request.user, "pages.answer_letter", Letter.objects.filter(pk=pk))
    if request.POST.get("do") == "erase":
        actions.erase_letter(actor=request.user, letter=found)
        return redirect(reverse("pages-desk:letters"))
    actions.mark_answered(actor=request.user, letter=found)
    return redirect(reverse("pages-desk:letters"))
