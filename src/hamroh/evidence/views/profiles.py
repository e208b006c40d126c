"""The desk of country profiles: which there are, one edition with everything it consists of."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hamroh.accounts import policy
from hamroh.evidence.selectors import editing as reads

PAGE = "evidence/desk/"


@login_required
@require_safe
def profiles(request: HttpRequest) -> HttpResponse:
    """Editions that are being written or reviewed, and those that are public, by country."""
    policy.require(request.user, "evidence.see_draft")
    return render(request, f"{PAGE}profiles.html", {"editions": reads.editions_on_desk(actor=request.user)})


@login_required
@require_safe
def edition(request: HttpRequest, code: str) -> HttpResponse:
    """One edition."""
    return render(request, f"{PAGE}edition.html", {"edition": reads.edition_on_desk(actor=request.user, code=code)})
