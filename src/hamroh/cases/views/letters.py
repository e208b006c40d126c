"""Letters of a case: which may be written, what is missing, and the letter as a file."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from hamroh.accounts import policy
from hamroh.cases import lettering, selectors
from hamroh.cases.actions import letters as actions
from hamroh.cases.actions.referrals import CannotRefer, To
from hamroh.cases.forms.letters import LetterForm, as_initial, follow
from hamroh.cases.models import Case, Matter, Official
from hamroh.cases.selectors import linking, officials
from hamroh.cases.selectors import referrals as reads
from hamroh.cases.views.matters import require_form
from hamroh.cases.views.referrals import name_of, to_whom
from hamroh.kernel.letters import Letter, letters

PAGE = "cases/letters/"
#: fields of the page: in which language its words stand, and the button that puts them into another
SAID_IN, AGAIN = "said_in", "again"


def _matters(case: Case) -> list[Matter]:
    return list(Matter.objects.filter(case=case).order_by("ended_date", "opened_date"))


@login_required
@require_safe
def case_letters(request: HttpRequest, code: str) -> HttpResponseBase:
    """Which letters may be written here."""
    case, _decision = selectors.case_of(actor=request.user, code=code, verb="case.write")
    lang = _reading(case)
    found = [{"code": each.code, "title": each.title[lang]} for each in lettering.fitting(_matters(case), case)]
    return render(request, f"{PAGE}list.html", {"case": case, "letters": found, "lang": lang})


def _reading(case: Case) -> str:
    """The reader's language where letters of the country are written in it, else the country's own."""
    langs = letters()["referral_letter"].languages[case.country]
    return get_language() if get_language() in langs else langs[0]


@never_cache
@login_required
@require_form
def case_letter(request: HttpRequest, code: str, letter: str) -> HttpResponseBase:
    """What the file says for a letter and what is missing; then the letter as a file, of which nothing is kept."""
    case, decision = selectors.case_of(actor=request.user, code=code)
    policy.require(request.user, "case.write", case)
    matters = _matters(case)
    found = next((each for each in lettering.fitting(matters, case) if each.code == letter), None)
    if found is None:
        raise policy.Refused("no such letter for this case")
    matter = next((each for each in matters if found.fits(each.kind, case.country)), None)
    langs = found.languages[case.country]
    lang = _one_of(langs, request.POST.get("lang"), _reading(case))
    of = lettering.filed(case, decision, request.user, lang, matter)  # type: ignore[arg-type]
    typed: Any = request.POST
    if (said_in := _one_of(langs, typed.get(SAID_IN), lang)) != lang:
        before = lettering.filed(case, decision, request.user, said_in, matter)  # type: ignore[arg-type]
        typed = follow(typed, before.facts, of.facts)
    to = _open_to(case)
    form = LetterForm(
        typed if request.method == "POST" and AGAIN not in typed else None, facts=found.facts, languages=langs,
        to=[(key, label) for key, (label, _to) in to.items()],
        initial={**as_initial(of.facts), "lang": lang, **{name: typed.get(name) for name in typed}},
    )  # fmt: skip
    if form.is_valid() and _noted(request, case, found, form, to):
        return _handed_out(case, found, of, form)
    return _asked(request, case, found, of, form)


def _open_to(case: Case) -> dict[str, tuple[Any, To]]:
    """Those to whom her yes stands: what the form calls each, and who it is."""
    houses: list[Any] = [*reads.agreed_organisations(case=case), *linking.agreed_services(case=case)]
    named = {str(each.pk): (name_of(each), to_whom(each)) for each in houses}
    return named | {kind: (Official(kind).label, To(official=kind)) for kind in officials.open_officials(case=case)}


def _noted(request: HttpRequest, case: Case, letter: Letter, form: LetterForm, to: dict[str, tuple[Any, To]]) -> bool:
    """Whether it may go out and is written down; else the form says why not."""
    told: dict[str, Any] = form.cleaned_data
    whom = to.get(told.get("to", ""))
    try:
        actions.hand_out_letter(
            actor=request.user, case=case, letter=letter.code, lang=told["lang"], form=told["form"], purpose=told["purpose"],
            to=whom[1] if whom else None, addressed=form.addressed,
        )  # fmt: skip
    except CannotRefer as fault:
        form.add_error(None, str(fault))
        return False
    return True


def _one_of(langs: Sequence[str], asked: str | None, otherwise: str) -> str:
    return asked if asked and asked in langs else otherwise


def _asked(request: HttpRequest, case: Case, letter: Letter, of: lettering.Filed, form: LetterForm) -> HttpResponseBase:
    lang = _reading(case)
    draft = lettering.written(letter, case, lang, of, of.facts)
    missing = [lettering.FACTS[name] for name in draft.missing]
    context = {"case": case, "title": letter.title[lang], "form": form, "missing": missing, "lang": lang}
    return render(request, f"{PAGE}letter.html", context, status=422 if form.errors else 200)


def _handed_out(case: Case, letter: Letter, of: lettering.Filed, form: LetterForm) -> HttpResponse:
    told: dict[str, Any] = form.cleaned_data
    mime, made = lettering.FORMS[told["form"]]
    content = made(lettering.written(letter, case, told["lang"], of, form.told))
    response = HttpResponse(content, content_type=mime)
    response.headers["Content-Disposition"] = f'attachment; filename="{case.code}.{told["form"]}"'
    return response
