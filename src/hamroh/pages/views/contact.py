"""The contact page: says honestly what happens with a letter, takes it without a trace, and that help is elsewhere."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from hamroh.accounts import limits
from hamroh.pages import actions, selectors
from hamroh.pages.forms.contact import LetterForm
from hamroh.vault.errors import VaultSealed
from hamroh.web.decorators import sensitive, wordless
from hamroh.web.views import See

#: letters from one household: three at once, then one in ten minutes
FROM_ONE = limits.Limit("page-letter", 3, 600)
_TITLE = gettext_lazy("Information")


@csrf_exempt  # anybody may write without a cookie, which would be a trace
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive(title=_TITLE)
@wordless
def write(request: HttpRequest) -> HttpResponse:
    """The form, and what was typed in it wherever something is missing."""
    houses = list(selectors.taking_letters())
    if not houses:
        return See(reverse("contact"))
    form = LetterForm(request.POST or None, houses=houses, lang=get_language() or "en")
    if request.method == "POST" and form.is_valid():
        if form.is_from_a_machine or _sealed(request, form, houses):
            return See(reverse("pages:letter-sent"))
    elif request.method == "POST":
        form = _once_more(form)
    return render(request, "pages/public/letter.html", {"form": form})


def _once_more(form: LetterForm) -> LetterForm:
    """What was typed stays; a stamp that was not ours is made anew, so that sending it again helps."""
    if form.non_field_errors():
        again: Any = form.data.copy()  # type: ignore[attr-defined]  # what was posted is a QueryDict
        again["made"] = form.fields["made"].initial
        form.data = again
    return form


def _sealed(request: HttpRequest, form: LetterForm, houses: list[Any]) -> bool:
    told = form.cleaned_data
    house = next(each for each in houses if each.code == told["to"])
    if not limits.take(FROM_ONE, limits.address(request)):
        form.add_error(
            None, _("So many letters came from where you are that no more are taken for now. Try again in ten minutes.")
        )
        return False
    try:
        actions.take_letter(
            organisation=house, words=told["words"], way_back=told["way_back"], lang=get_language() or "en"
        )
    except (actions.TooMany, VaultSealed):
        form.add_error(None, _("Letters cannot be taken now. Your letter was not kept. Try again tomorrow."))
        return False
    return True


@require_safe
@sensitive(title=_TITLE)
def sent(request: HttpRequest) -> HttpResponse:
    """The same words for everybody: the page does not know what was written."""
    return render(request, "pages/public/letter_sent.html")
