"""Pages of certificates: who gets one, what is shown of it, the papers to be printed."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from hamroh.accounts import policy
from hamroh.training import actions, papers, selectors
from hamroh.training.models import Shows
from hamroh.training.views.frame import PAGE, at, at_desk, done, may, require_form, written
from hamroh.web.texts import LANGUAGES

#: whoever was there so often gets a certificate proposed
ENOUGH = 0.8


@at_desk
@require_form
def certificates(request: HttpRequest, code: str) -> HttpResponseBase:
    """Who has a certificate and who may get one: proposed to those who were there four times of five."""
    row, decision = selectors.round_of(actor=request.user, code=code, verb="learner.write")
    if request.method == "POST" and (address := written(request, None, lambda: _issued(request, row))):
        return redirect(address)
    shares, found = selectors.shares(round=row), selectors.certificates(round=row)
    lines = []
    for each in selectors.roster(round=row, decision=decision):
        there, told = shares.get(each.row.pk, (0, 0))
        paper = found.get(each.row.pk)
        lines.append({
            "each": each, "share": (there, told), "paper": paper, "has_name": each.row.name_index is not None,
            "proposed": bool(told) and there >= ENOUGH * told and each.row.left_date is None,
        })  # fmt: skip
    context = {
        "round": row, "lines": lines, "shows": Shows.choices, "languages": [(each, translation.get_language_info(each)["name_local"] if each != "tg" else "тоҷикӣ") for each in LANGUAGES],
        "may": may(request, row, "learner.write"), "back": at("round", row),
    }  # fmt: skip
    return render(request, f"{PAGE}certificates.html", context)


def _issued(request: HttpRequest, row: object) -> str:
    chosen = []
    for text in request.POST.getlist("person"):
        try:
            chosen.append(UUID(text))
        except ValueError:
            continue
    number = actions.issue_certificates(actor=request.user, round=row, people=chosen)  # type: ignore[arg-type]
    said = ngettext("%(number)s certificate was issued.", "%(number)s certificates were issued.", number)
    messages.success(request, said % {"number": number})
    return at("certificates", row)


@at_desk
@require_POST
def press(request: HttpRequest, code: str, certificate: UUID) -> HttpResponseBase:
    """What is shown of a certificate, as its holder wishes; or it does not count any more."""
    row, _decision = selectors.round_of(actor=request.user, code=code, verb="learner.write")

    def act() -> None:
        if request.POST.get("do") == "revoke":
            actions.revoke_certificate(actor=request.user, round=row, certificate=certificate)
        else:
            shows = request.POST.get("shows", "")
            actions.show_certificate(actor=request.user, round=row, certificate=certificate, shows=shows)

    return done(request, act, at("certificates", row))


@at_desk
@require_safe
def file(request: HttpRequest, code: str) -> HttpResponseBase:
    """All valid certificates of a round as one PDF, a page each, in a language of choice."""
    row, decision = selectors.round_of(actor=request.user, code=code, verb="learner.read")
    lang = request.GET.get("lang", "")
    lang = lang if lang in LANGUAGES else row.language if row.language in LANGUAGES else "en"
    found = selectors.papers(round=row, decision=decision)
    if not found:
        raise policy.Refused("no certificates of this round")
    bearers = [each.party for each in selectors.beside(round=row).borne if each.bearing != "donor"]
    with translation.override(lang):
        made = papers.certificates_pdf(row, found, bearers, lang, request.build_absolute_uri("/verify/"))
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="papers.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer
