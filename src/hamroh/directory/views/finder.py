"""The pages of the help finder: one question a page, then cards; addresses and titles say nothing."""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from hamroh.directory.actions import report_problem
from hamroh.directory.finder_codes import ANY_HELP, ANYWHERE, LANGUAGES, Choice, Filter, Step
from hamroh.directory.forms.finder import PlaceForm, ReportForm, WordsForm
from hamroh.directory.models import AdminUnit
from hamroh.directory.selectors import finder, finder_cards, finder_words, places
from hamroh.directory.templatetags.finder import language_name
from hamroh.web.decorators import sensitive, wordless
from hamroh.web.views import See

neutral = sensitive(title=gettext_lazy("Places and opening hours"))
"""What every page of the help finder is called in the history and in the list of tabs."""


def choice_of(values: QueryDict) -> Choice:
    """The codes of an address or of a form; a code given several times is a list."""
    return Choice.from_codes({name: ".".join(map(str, given)) for name, given in values.lists()})


@require_safe
@neutral
def start(request: HttpRequest) -> HttpResponse:
    """The first open question, the one that is being changed, or the results."""
    question = finder.asked(choice_of(request.GET), actor=request.user, now=timezone.now())
    step = _asked_step(request) or question.choice.step
    if step == Step.NEED:
        return _ask_need(request, question, WordsForm())
    if step == Step.PLACE:
        return _ask_place(request, question, PlaceForm())
    if step == Step.LANGUAGE:
        return _ask_language(request, question)
    return _show_results(request, question)


@csrf_exempt  # it writes nothing, and a cookie against forgery would be a trace
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@wordless
@neutral
def words(request: HttpRequest) -> HttpResponse:
    """Free words lead on to an address of codes; unknown ones come back in their field with suggestions."""
    if request.method != "POST":
        return See(reverse("finder:start"))
    form, choice = WordsForm(request.POST), choice_of(request.POST)
    understood = finder_words.Understood(None)
    if form.is_valid():
        understood = finder_words.understand(
            form.cleaned_data["w"],
            actor=request.user,
            choice=choice,
            now=timezone.now(),
            unchecked=shows_unchecked(),
        )
        if understood.choice:
            return See(reverse("finder:start") + understood.choice.query())
        form.add_error("w", _("We do not know these words yet. Try another word, or choose a sentence."))
    return _ask_need(
        request, finder.asked(choice, actor=request.user, now=timezone.now()), form, suggested=understood.suggested
    )


@csrf_exempt  # as above
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@wordless
@neutral
def place(request: HttpRequest) -> HttpResponse:
    """A typed name leads on to its place, or to a choice between the places that are called so."""
    if request.method != "POST":
        return See(reverse("finder:start"))
    form, choice = PlaceForm(request.POST), choice_of(request.POST)
    if form.is_valid():
        typed = form.cleaned_data["v"]
        found = finder_words.meant(typed, actor=request.user)
        if finder_words.is_sure(found, typed):
            return See(reverse("finder:start") + choice.change(place=found[0].unit.code).query())
        if found:
            codes = ".".join(one.code for one in found)
            return See(reverse("finder:start") + choice.query(d=int(Step.PLACE), m=codes))
        form.add_error("v", _("We do not know a place of this name. Try the name of the district, or choose below."))
    return _ask_place(request, finder.asked(choice, actor=request.user, now=timezone.now()), form)


@require_safe
@neutral
def entry(request: HttpRequest, code: str) -> HttpResponse:
    """Everything about one service."""
    details, question = _details(request, code), _question(request)
    if details is None:
        return not_here(request, question)
    return _page(request, "entry", question, details=details, thanks="t" in request.GET)


@csrf_exempt  # anybody may report without a cookie; a flood is counted, not stored
@require_http_methods(["GET", "HEAD", "POST"])
@neutral
def report(request: HttpRequest, code: str) -> HttpResponse:
    """Something is wrong here: fixed choices, nothing else is asked."""
    details, question = _details(request, code), _question(request)
    if details is None:
        return not_here(request, question)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        report_problem(entry=details.service, reason=form.cleaned_data["reason"])
        return See(reverse("finder:entry", args=[code]) + question.choice.query(t=1))
    again = request.path + question.choice.query() if form.errors else ""
    return _page(request, "report", question, form=form, details=details, again=again)


@require_safe
@neutral
def leaflet(request: HttpRequest, code: int) -> HttpResponse:
    """A sheet to print and lay out: addresses of a place under a neutral heading."""
    now = timezone.now()
    question = finder.asked(Choice(needs=(ANY_HELP,), place=code), actor=request.user, now=now)
    if question.place is None:
        return not_here(request, question)
    groups = finder_cards.sheet(question, actor=request.user, now=now)
    return _page(request, "leaflet", question, groups=groups, today=now.date())


def shows_unchecked() -> bool:
    """Only a demonstration shows what was printed in old documents and never checked."""
    return bool(settings.IS_DEMO)


def _question(request: HttpRequest) -> finder.Asked:
    values = request.POST if request.method == "POST" else request.GET
    return finder.asked(choice_of(values), actor=request.user, now=timezone.now())


def not_here(request: HttpRequest, question: finder.Asked) -> HttpResponse:
    """What was once shown here is not public any more, or never was: a page that leads on, and as traceless as the others."""
    return _page(request, "not_here", question, status=404)


def _details(request: HttpRequest, code: str) -> finder_cards.Details | None:
    return finder_cards.details(code, actor=request.user, now=timezone.now(), unchecked=shows_unchecked())


def _asked_step(request: HttpRequest) -> Step | None:
    asked = request.GET.get("d", "")
    return Step(int(asked)) if asked in {str(int(step)) for step in Step} else None


def _ask_need(request: HttpRequest, question: finder.Asked, form: WordsForm, **more: Any) -> HttpResponse:
    choice = question.choice
    needs = [
        (need, choice.change(needs=(need.code,), kinds=(), called=()).query())
        for need in finder.needs(actor=request.user)
    ]
    any_help = choice.change(needs=(ANY_HELP,), kinds=(), called=()).query()
    suggested = [need.code for need in more.get("suggested", ())]
    return _page(
        request,
        "need",
        question,
        form=form,
        needs=needs,
        suggested=[row for row in needs if row[0].code in suggested],
        any_help=any_help,
        again=_asked_again(choice, Step.NEED) if form.errors else "",
    )


def _ask_place(request: HttpRequest, question: finder.Asked, form: PlaceForm) -> HttpResponse:
    lang = get_language() or "en"
    inside, more = _open_unit(request), finder.have_parts()
    parts = (
        finder.parts_of(inside, actor=request.user, lang=lang)
        if inside
        else finder.countries(actor=request.user, lang=lang, now=timezone.now())
    )
    return _page(
        request,
        "place",
        question,
        form=form,
        inside=inside,
        whole=question.choice.change(place=inside.code).query() if inside else "",
        anywhere=question.choice.change(place=ANYWHERE).query(),
        parts=[(part, _way_into(question.choice, part, more)) for part in parts],
        meant=[
            (one, question.choice.change(place=one.unit.code).query())
            for one in finder_words.meant_by_codes(request.GET.get("m", ""), actor=request.user)
        ],
        again=_asked_again(question.choice, Step.PLACE) if form.errors else "",
    )


def _open_unit(request: HttpRequest) -> AdminUnit | None:
    code = request.GET.get("u", "")
    return places.unit_by_code(actor=request.user, code=int(code)) if code.isdecimal() and len(code) < 7 else None


def _way_into(choice: Choice, part: AdminUnit, more: frozenset[Any]) -> str:
    """On to its parts where it has some, else it is chosen."""
    if part.pk in more:
        return choice.change(place=None).query(d=int(Step.PLACE), u=part.code)
    return choice.change(place=part.code).query()


def _ask_language(request: HttpRequest, question: finder.Asked) -> HttpResponse:
    named = [(number, language_name(code)) for number, code in enumerate(LANGUAGES) if code]
    ways = [
        (name, question.choice.change(language=number).query()) for number, name in [(0, _("Any language")), *named]
    ]
    return _page(request, "language", question, languages=ways)


def _show_results(request: HttpRequest, question: finder.Asked) -> HttpResponse:
    now, actor = timezone.now(), request.user
    results = finder.find(question, actor=actor, now=now, unchecked=shows_unchecked())
    cards = finder_cards.cards([*results.found, *results.unchecked], question, actor=actor, now=now)
    return _page(
        request,
        "results",
        question,
        results=results,
        cards=cards[: len(results.found)],
        unchecked=cards[len(results.found) :],
        named=question.choice.is_by_name and bool(cards or results.parties),
        contacts=finder_cards.contacts(results.parties, actor=actor),
        today=now.date(),
        first=(results.page - 1) * finder.PAGE + 1,
        earlier=replace(question.choice, page=results.page - 1).query(),
        later=replace(question.choice, page=results.page + 1).query(),
        live=True,
        wider=[] if results.found else finder.wider(question, actor=actor, now=now),
        filters=[(wanted, wanted in question.choice.filters) for wanted in Filter],
    )


def _asked_again(choice: Choice, step: Step) -> str:
    """The address of a question whose answer was not understood."""
    return reverse("finder:start") + choice.query(d=int(step))


def _page(
    request: HttpRequest, name: str, question: finder.Asked, *, again: str = "", status: int = 200, **more: Any
) -> HttpResponse:
    """``again`` is the address of the question that stands here once more, since its answer could not be taken."""
    routes = finder.danger_routes(question.place, actor=request.user, lang=get_language() or "en")
    choice = question.choice
    context = {
        "question": question,
        "choice": choice,
        "query": choice.query(),
        "routes": routes,
        "again": again,
        **more,
    }
    if not choice.is_by_name:
        by_name = choice.change(needs=(), kinds=(), filters=frozenset())
        context["called"] = [(one, replace(by_name, called=(one.code,)).query()) for one in question.parties]
    return render(request, f"directory/finder/{name}.html", context, status=422 if again else status)
