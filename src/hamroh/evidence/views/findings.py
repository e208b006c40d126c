"""What the rules find in an edition, and who answers for it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hamroh.accounts import policy
from hamroh.evidence import actions
from hamroh.evidence.actions import EditRefused
from hamroh.evidence.forms.profiles import AnswerForm
from hamroh.evidence.models import Edition
from hamroh.evidence.selectors import editing
from hamroh.evidence.selectors.answers import examined
from hamroh.evidence.views.common import PAGE
from hamroh.kernel.figures import Severity
from hamroh.vault import once


@login_required
@require_safe
def findings(request: HttpRequest, code: str) -> HttpResponse:
    """Everything that the rules find: errors, warnings, what is told."""
    return _page(request, editing.edition_on_desk(actor=request.user, code=code))


def _page(request: HttpRequest, edition: Edition, form: AnswerForm | None = None) -> HttpResponse:
    seen = examined(edition)
    words = {
        Severity.ERROR: _("Errors: each is mended or answered for before the edition is approved"),
        Severity.WARNING: _("Warnings: to be read"),
        Severity.INFO: _("To know"),
    }
    groups = [
        (said, [each for each in seen.found if each.finding.severity is weight]) for weight, said in words.items()
    ]
    told = form.data.get("fingerprint", "") if form else ""
    gone = form is not None and told not in {each.fingerprint for each in seen.found}
    context = {
        "edition": edition, "seen": seen, "groups": groups, "answer": AnswerForm(), "failed": form, "told": told, "gone": gone,
        "may_answer": policy.allowed(request.user, "evidence.answer_finding", edition) and not edition.is_frozen,
    }  # fmt: skip
    return render(request, f"{PAGE}findings.html", context, status=422 if form else 200)


@login_required
@require_POST
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """Answer for a finding with a reason."""
    edition = editing.edition_on_desk(actor=request.user, code=code, verb="evidence.answer_finding")
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            once.write(
                request,
                lambda: str(
                    actions.answer_finding(
                        actor=request.user,
                        edition=edition,
                        fingerprint=form.cleaned_data["fingerprint"],
                        reasons=form.reasons,
                    ).pk
                ),
            )
        except EditRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Answered."))
            return redirect(_back(request, edition))
    return _page(request, edition, form)


@login_required
@require_POST
def take_back(request: HttpRequest, code: str) -> HttpResponse:
    """Take an answer back: the finding is open again."""
    edition = editing.edition_on_desk(actor=request.user, code=code, verb="evidence.answer_finding")
    try:
        actions.take_answer_back(
            actor=request.user, edition=edition, fingerprint=request.POST.get("fingerprint", "")[:64]
        )
    except EditRefused as refused:
        messages.error(request, str(refused))
    return redirect(_back(request, edition))


def _back(request: HttpRequest, edition: Edition) -> Any:
    """To the block whose page was left, else to all findings, where the finding stands."""
    key, where = request.POST.get("from", ""), {"code": edition.code}
    if key and edition.blocks.filter(key=key).exists():
        return reverse("evidence-desk:block", kwargs={**where, "key": key})
    return f"{reverse('evidence-desk:findings', kwargs=where)}#f-{request.POST.get('fingerprint', '')[:12]}"
