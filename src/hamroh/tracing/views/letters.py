"""Letters that wait to be read before they go, and places that were told to a lawyer."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from hamroh.accounts import policy
from hamroh.accounts.workplace import here
from hamroh.tracing.actions import letters as actions
from hamroh.tracing.forms import found as forms
from hamroh.tracing.models import Ground, ReleasedPlace
from hamroh.tracing.reading import seen_in
from hamroh.tracing.selectors import found as reads
from hamroh.tracing.views.requests import PAGE, PAGE_LINES, doors, require_form, written
from hamroh.vault import opening


@login_required
@require_safe
def waiting(request: HttpRequest) -> HttpResponseBase:
    """Letters that the person may read, the oldest first."""
    policy.require(request.user, "tracing.read_letter")
    rows = reads.to_read(actor=request.user, organisation=here(request))
    page = Paginator(rows, PAGE_LINES).get_page(request.GET.get("page"))
    return render(request, f"{PAGE}letters/list.html", {"page": page, **doors(request)})


@login_required
@require_form
def read(request: HttpRequest, letter: UUID) -> HttpResponseBase:
    """One letter, what was found in it, and what becomes of it."""
    row, decision = reads.letter_of(actor=request.user, pk=letter)
    form = forms.ReadForm(request.POST or None)

    def act() -> str:
        told = form.cleaned_data
        actions.read(actor=request.user, letter=row, after=told["after"], found=form.found(), words=told["words"])
        return reverse("tracing:letters")

    if form.is_valid() and (address := written(request, form, act)):
        messages.success(request, _("Written down."))
        return redirect(address)
    body = opening.open_each(row, ("body",), decision=decision, purpose="letter")["body"]
    context = {"letter": row, "body": body, "seen": seen_in(str(body)), "form": form}
    return render(request, f"{PAGE}letters/read.html", context, status=422 if form.errors else 200)


# -- places --------------------------------------------------------------------------------------------------------

LOCATE = "tracing.locate"


@login_required
@require_safe
def places(request: HttpRequest) -> HttpResponseBase:
    """Places that were told to the lawyer who asks; nothing is opened."""
    policy.require(request.user, "case.read")
    rows = ReleasedPlace.objects.select_related("release__request", "release__matter").order_by("-made_at", "pk")
    return render(request, f"{PAGE}places/list.html", {"rows": policy.visible(request.user, LOCATE, rows)})


@login_required
@never_cache
@require_form
def place(request: HttpRequest, place: UUID) -> HttpResponseBase:
    """One place, opened after its lawyer said why."""
    rows = ReleasedPlace.objects.filter(pk=place).select_related("release__request", "release__matter")
    row, decision = policy.fetch(request.user, LOCATE, rows)
    form, shown = forms.Opened(request.POST or None), None
    if form.is_valid():
        purpose = f"place: {form.cleaned_data['why']}"
        shown = opening.open_each(row, ("address", "facts"), decision=decision, purpose=purpose)
    context = {"row": row, "form": form, "shown": shown, "ground": Ground(row.release.ground).label}
    return render(request, f"{PAGE}places/page.html", context, status=422 if form.errors else 200)
