"""The case read from its beginning, and put on paper."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from hamroh.cases import panels, selectors, story
from hamroh.vault import journal

PRINT = gettext_noop("print")


@login_required
@require_safe
def story_of(request: HttpRequest, code: str) -> HttpResponseBase:
    """What happened, the newest first."""
    case, decision = selectors.case_of(actor=request.user, code=code)
    name = selectors.clients(actor=request.user, ids=[case.pk]).get(case.pk)
    context = {"case": case, "name": name, "moments": story.of(request.user, case, decision)}
    return render(request, "cases/work/story.html", context)


@login_required
@require_safe
def print_of(request: HttpRequest, code: str) -> HttpResponseBase:
    """The file as this reader may read it, for paper; the journal says that it was made for that."""
    case, decision = selectors.case_of(actor=request.user, code=code)
    journal.opened(
        actor_id=request.user.pk, verb=decision.verb, record=("cases.case", str(case.pk)), fields=("story",),
        purpose=PRINT, organisation_id=case.organisation_id,
    )  # fmt: skip
    context = {
        "case": case,
        "name": selectors.clients(actor=request.user, ids=[case.pk]).get(case.pk),
        "panels": panels.of(request.user, case, decision),
        "moments": story.of(request.user, case, decision),
        "now": timezone.now(),
        "newest": "",
    }
    return render(request, "cases/work/print.html", context)
