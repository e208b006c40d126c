"""What somebody was told."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from hamroh.accounts import actions, policy, selectors
from hamroh.accounts.views import paths
from hamroh.accounts.workplace import here

MOST = 100


@login_required
@require_GET
def notices(request: HttpRequest) -> HttpResponseBase:
    policy.require(request.user, "desk.open")
    told = selectors.notices(actor=request.user, organisation=here(request), most=MOST)
    return render(request, "accounts/notices.html", {"told": told})


@login_required
@require_POST
def read_notices(request: HttpRequest) -> HttpResponseBase:
    actions.read_notices(actor=request.user)
    return redirect(paths.asked_for(request) or "day:notices")
