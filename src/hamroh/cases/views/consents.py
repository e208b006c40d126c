"""Consent: what she agreed to, read out and answered; what went out before she took it back."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.cases import reaching, selectors
from hamroh.cases.actions.consent import ConsentRefused, answer_consent
from hamroh.cases.forms.safety import ConsentForm
from hamroh.cases.models import Answer, Case, Official, Part, Person, Purpose
from hamroh.cases.selectors import consents as asked
from hamroh.cases.selectors import linking
from hamroh.cases.views.reaching import require_form
from hamroh.kernel import consents
from hamroh.vault import once, opening

#: officials are asked about one by one: what each question is called
OFFICIALS: dict[str, Any] = {
    Official.POLICE.value: gettext_lazy("That the police is told"),
    Official.MAHALLA.value: gettext_lazy("That the mahalla or the municipality is told"),
    Official.RELIGIOUS.value: gettext_lazy("That a religious leader is told"),
}


@login_required
@require_safe
def overview(request: HttpRequest, code: str) -> HttpResponseBase:
    """Every purpose with her newest answer; what can be asked."""
    case, decision = selectors.case_of(actor=request.user, code=code)
    found = asked.agreed(case=case, decision=decision)
    context = {
        "case": case,
        "found": found,
        "purposes": [
            *((code, label) for code, label in Purpose.choices if code != Purpose.OFFICIAL),
            *OFFICIALS.items(),
        ],
        "may": policy.allowed(request.user, "case.write", case),
    }
    return render(request, "cases/consents/overview.html", context)


@login_required
@require_form
def ask(request: HttpRequest, code: str, purpose: str) -> HttpResponseBase:
    """The words to be read out, and her answer."""
    case, decision = selectors.case_of(actor=request.user, code=code, verb="case.write")
    official = purpose if purpose in OFFICIALS else ""
    if not official and (purpose not in Purpose.values or purpose == Purpose.OFFICIAL):
        raise policy.Refused("no such purpose")
    lang = get_language() or "en"
    meant = Purpose.OFFICIAL if official else Purpose(purpose)
    form = _form(request, case, decision, meant)
    if form.is_valid() and _answered(request, case, form, {"purpose": meant, "official": official, "lang": lang}):
        return redirect("cases:consents", code=code)
    context = {
        "case": case, "title": OFFICIALS.get(purpose) or meant.label, "form": form, **_texts(purpose, lang),
        "childs": consents.current("child").read_in(lang)[0] if "about" in form.fields else "",
    }  # fmt: skip
    return render(request, "cases/consents/ask.html", context, status=422 if form.errors else 200)


def _texts(purpose: str, lang: str) -> dict[str, Any]:
    """Words and advice, with the organisation's name where one is chosen already."""
    text = consents.current(purpose)
    words, advice = text.read_in(lang)
    of_the_state = (
        consents.current(Purpose.OFFICIAL).read_in(lang)[1] if purpose in (Purpose.SHARE, Purpose.TRANSFER) else ""
    )
    return {
        "words": words.replace(consents.ORGANISATION, _("the organisation that you choose below")),
        "advice": advice,
        "of_the_state": of_the_state,
        "version": text.version,
    }


def _form(request: HttpRequest, case: Case, decision: policy.Decision, purpose: str) -> ConsentForm:
    people = list(asked.answerers(case=case))
    names = {row.pk: opening.open_each(row, ("name",), decision=decision, purpose="consent")["name"] for row in people}
    choices = [(str(row.pk), f"{names[row.pk]}, {row.get_part_display()}") for row in people]
    children = [(str(row.pk), str(names[row.pk])) for row in people if row.part == Part.CHILD]
    return ConsentForm(
        request.POST or None, purpose=purpose, today=reaching.today_there(case), children=children, answerers=choices,
        others=Organisation.objects.exclude(pk=case.organisation_id).order_by("code"), services=linking.offered(case=case),
    )  # fmt: skip


def _answered(request: HttpRequest, case: Case, form: ConsentForm, asked: dict[str, Any]) -> bool:
    """Whether it is written down; ``asked`` is the question: its purpose, which official, in which language."""
    told = form.cleaned_data
    facts: dict[str, Any] = {name: told.get(name) for name in ("to_organisation", "to_service", "until_date")}
    people: dict[str, Any] = {
        name: Person.objects.filter(case=case, pk=told[name]).first() if told.get(name) else None
        for name in ("person", "about")
    }

    def answer() -> str:
        row = answer_consent(
            actor=request.user, case=case, answer=told["answer"], way=told["way"], words=told["words"],
            advised=bool(told.get("advised")), **asked, **facts, **people,
        )  # fmt: skip
        return str(row.pk)

    try:
        once.write(request, answer)
    except ConsentRefused as fault:
        form.add_error(None, str(fault))
        return False
    if told["answer"] == Answer.GIVEN:
        messages.success(request, _("Written down."))
    else:
        messages.success(request, _("Written down. What was shared by it is closed now."))
    return True
