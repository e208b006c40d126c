"""The link of a referral and its code, for who refers her: each is shown once, in the answer that makes it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from hamroh.cases import selectors
from hamroh.cases.actions import links as actions
from hamroh.cases.actions.moving import AtRest
from hamroh.cases.actions.referrals import CannotRefer
from hamroh.cases.models import Case, Referral
from hamroh.cases.selectors import linking
from hamroh.cases.selectors import referrals as reads
from hamroh.web import squares

PAGE = "cases/links/"
#: the secret stands behind the question mark: what logs tell of a request is its path
KEY = "k"


@never_cache
@login_required
@require_POST
def make_link(request: HttpRequest, code: str, referral: UUID) -> HttpResponseBase:
    """A new link as a letter to be printed or read aloud; the answer is no redirect, since the secret is kept nowhere."""
    case, row = _one(request, code, referral)
    try:
        secret = linking.spelled(actions.make_link(actor=request.user, referral=row))
    except (CannotRefer, AtRest) as fault:
        return _not_now(request, row, fault)
    page = request.build_absolute_uri(reverse("letter:open"))
    address = f"{page}?{KEY}={secret}"
    context = {
        "case": case, "row": row, "page": page, "secret": secret, "address": address,
        "drawing": squares.drawn(address, _("A picture of the address, for a telephone")),
        "link": linking.open_link(referral_id=row.pk), "most": actions.MOST_WRONG,
    }  # fmt: skip
    return render(request, f"{PAGE}letter.html", context)


@never_cache
@login_required
@require_POST
def make_code(request: HttpRequest, code: str, referral: UUID) -> HttpResponseBase:
    """The code to be told by voice, and the numbers at which the directory knows the service."""
    case, row = _one(request, code, referral)
    try:
        told = actions.make_code(actor=request.user, referral=row)
    except (CannotRefer, AtRest) as fault:
        return _not_now(request, row, fault)
    half = actions.CODE_LENGTH // 2
    numbers = linking.numbers(row.to_service) if row.to_service else []
    context = {"case": case, "row": row, "code": f"{told[:half]} {told[half:]}", "numbers": numbers}
    return render(request, f"{PAGE}code.html", context)


def _one(request: HttpRequest, code: str, referral: UUID) -> tuple[Case, Referral]:
    case, _decision = selectors.case_of(actor=request.user, code=code, verb="case.write")
    return case, reads.row_of(case=case, pk=referral)


def _not_now(request: HttpRequest, row: Referral, fault: Exception) -> HttpResponseBase:
    closed = _("This case is closed. A supervisor or its owner reopens it before anything is written.")
    messages.error(request, closed if isinstance(fault, AtRest) else str(fault))
    return redirect("cases:referral", code=row.case.code, referral=row.pk)
