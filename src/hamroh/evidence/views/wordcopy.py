"""Word copies of a draft: taken, commented on, brought back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from hamroh.accounts import policy
from hamroh.evidence import freezing
from hamroh.evidence.actions import returning
from hamroh.evidence.actions.reviewing import ReviewRefused
from hamroh.evidence.exchange.reviewcopy import WORD, review_copy
from hamroh.evidence.exchange.wordcomments import CopyRefused, Returned, read_copy
from hamroh.evidence.forms import review as forms
from hamroh.evidence.models import Edition
from hamroh.evidence.presenting.presenter import present
from hamroh.evidence.selectors import reviewing as reads
from hamroh.evidence.views.reviewing import require_form, shown
from hamroh.web import dates
from hamroh.web.texts import LANGUAGES

_NAMES = {"en": "English", "az": "Azərbaycanca", "ru": "Русский", "tg": "Тоҷикӣ"}


@login_required
@require_safe
def copy(request: HttpRequest, code: str, lang: str) -> HttpResponseBase:
    """The draft as a Word document in one language."""
    row = reads.edition_in_review(actor=request.user, code=code)
    held = row.rounds.filter(state="open").first()
    with override(lang):
        until = _("Comments are taken until %(day)s.") % {"day": dates.day(held.deadline_date, lang)} if held else ""
    page = present(freezing.manifest_of(row), lang, state=row.state)
    answer = HttpResponse(review_copy(page, held.asks if held else "", until), content_type=WORD)
    answer.headers["Content-Disposition"] = f'attachment; filename="review-{row.code}-{lang}.docx"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


@login_required
@require_form
def word(request: HttpRequest, code: str) -> HttpResponseBase:
    """Take a copy; bring one back with its comments."""
    row = reads.edition_in_review(actor=request.user, code=code)
    may = policy.allowed(request.user, "evidence.comment", row)
    if request.method == "POST" and not may:
        raise policy.Refused("no right to comment")
    form = forms.Upload(request.POST or None, request.FILES or None)
    taken = _taken(request, row, form) if request.method == "POST" and form.is_valid() else None
    languages = [(lang, _NAMES[lang]) for lang in LANGUAGES]
    return shown(request, "word", row, form, may=may, taken=taken, languages=languages)


def _taken(request: HttpRequest, edition: Edition, form: forms.Upload) -> tuple[returning.Taken, Returned] | None:
    """What came in; None where the file or its comments are refused, which the form says. A second time brings nothing twice."""
    try:
        back = read_copy(form.cleaned_data["file"].read(), edition.code, returning.shown_in(edition))
        taken = returning.take_remarks(actor=request.user, edition=edition, remarks=back.remarks)
    except (CopyRefused, ReviewRefused) as refused:
        form.add_error("file", str(refused))
        return None
    if not taken.new:
        messages.info(request, _("The file brought no comment that is new."))
    return taken, back
