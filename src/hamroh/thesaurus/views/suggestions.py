"""Suggestions at the desk: make one, discuss, vote, decide; and the plain form for the public."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hamroh.accounts import policy, workplace
from hamroh.thesaurus import actions
from hamroh.thesaurus.actions import EditRefused
from hamroh.thesaurus.editing_forms import DecideForm, DeskSuggestForm, RemarkForm, SuggestForm, VoteForm
from hamroh.thesaurus.models import Concept, Label, LabelKind, Scheme, Suggestion, SuggestionKind
from hamroh.thesaurus.selectors import concept_by, editing, scheme
from hamroh.thesaurus.selectors.names import Name, names, title
from hamroh.thesaurus.selectors.suggesting import suggestion_lines, suggestion_page
from hamroh.thesaurus.states import WAITING
from hamroh.thesaurus.views.common import PAGE, lang, written
from hamroh.web.views import See

_PER_PAGE = 30


@login_required
@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """Suggestions that wait, or those that are decided."""
    rows = editing.suggestions_seen(actor=request.user)
    decided = request.GET.get("show") == "decided"
    rows = rows.exclude(state__in=WAITING) if decided else rows.filter(state__in=WAITING)
    page = Paginator(rows.order_by("-received_date", "pk"), _PER_PAGE).get_page(request.GET.get("page"))
    lines = suggestion_lines(page.object_list, lang())
    return render(request, f"{PAGE}suggestions.html", {"page": page, "lines": lines, "decided": decided})


@login_required
@require_safe
def suggestion(request: HttpRequest, suggestion: str) -> HttpResponse:
    """One suggestion with its discussion, its votes and its decision."""
    return _page(request, _one(request, suggestion))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def suggest(request: HttpRequest, home: str, word: str = "") -> HttpResponse:
    """Somebody at work suggests a change of a concept, or a concept that is missing."""
    policy.require(request.user, "thesaurus.suggest")
    base, about = _about(home, word)
    form = DeskSuggestForm(
        request.POST if request.method == "POST" else None, layer=base, words=words_of(about), is_new=about is None
    )
    made: list[Suggestion] = []

    def write() -> Suggestion:
        said = dict(form.cleaned_data)
        kind = said.pop("kind", SuggestionKind.CONCEPT.value)
        made.append(
            actions.suggest(
                actor=request.user,
                organisation=workplace.current(request),
                scheme=base,
                kind=kind,
                concept=about,
                **said,
            )
        )
        return made[0]

    if form.is_valid() and written(request, form, write):
        messages.success(request, _("Your suggestion waits for the editors."))
        return See(reverse("thesaurus-desk:suggestions"))
    context = {"form": form, "home": base, "name": _name(about), "concept": about}
    return render(request, f"{PAGE}suggest.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def say(request: HttpRequest, suggestion: str) -> HttpResponse:
    """Say something about it."""
    found, form = _one(request, suggestion, "thesaurus.discuss"), RemarkForm(request.POST)
    if form.is_valid() and written(
        request,
        form,
        lambda: actions.discuss(
            actor=request.user,
            suggestion=found,
            text=form.cleaned_data["text"],
            organisation=workplace.current(request),
        ),
    ):
        return See(f"{_address(found)}#remarks")
    return _page(request, found, remark=form)


@login_required
@require_POST
def vote(request: HttpRequest, suggestion: str) -> HttpResponse:
    """Be for it, against it or neither."""
    found, form = _one(request, suggestion, "thesaurus.discuss"), VoteForm(request.POST)
    if form.is_valid() and written(
        request, form, lambda: actions.vote(actor=request.user, suggestion=found, choice=form.cleaned_data["choice"])
    ):
        return See(f"{_address(found)}#votes")
    return _page(request, found, vote=form)


@login_required
@require_POST
def decide(request: HttpRequest, suggestion: str) -> HttpResponse:
    """Accept or reject it for a vocabulary that one keeps."""
    found = _one(request, suggestion, "thesaurus.decide")
    layers = {row.code: row for row in editing.may_decide(request.user, found)}
    if not layers:
        raise Http404
    form = DecideForm(request.POST, _titles(layers))
    if form.is_valid() and written(
        request,
        form,
        lambda: actions.decide(
            actor=request.user,
            suggestion=found,
            layer=layers[form.cleaned_data["layer"]],
            to=form.cleaned_data["to"],
            reason=form.cleaned_data["reason"],
        ),
    ):
        messages.success(request, _("Decided."))
        return See(_address(found))
    return _page(request, found, decision=form)


@login_required
@require_POST
def withdraw(request: HttpRequest, suggestion: str) -> HttpResponse:
    """Take back one's own."""
    found = _one(request, suggestion)
    try:
        actions.withdraw(actor=request.user, suggestion=found)
    except EditRefused as refused:
        messages.error(request, str(refused))
    return See(_address(found))


@csrf_exempt  # anybody may suggest without a cookie, which would be a trace; a flood is counted, not stored
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def public_suggest(request: HttpRequest, code: str, key: str = "") -> HttpResponse:
    """A plain form for everybody: a word and a fixed reason. A machine that fills every field is thanked, nothing is kept."""
    base, about = _about(code, key)
    form = SuggestForm(request.POST if request.method == "POST" else None, words=words_of(about), is_new=about is None)
    if form.is_valid() and _suggested(form, base, about):
        return See(reverse("thesaurus:thanks"))
    context = {"form": form, "home": base, "name": _name(about), "concept": about}
    return render(request, "thesaurus/suggest.html", context, status=422 if form.errors else 200)


def _suggested(form: SuggestForm, base: Scheme, about: Concept | None) -> bool:
    said = dict(form.cleaned_data)
    if said.pop("website"):
        return True
    kind = said.pop("kind", SuggestionKind.CONCEPT.value)
    try:
        actions.suggest_publicly(scheme=base, concept=about, kind=kind, **said)
    except EditRefused as refused:
        form.add_error("text", str(refused))
        return False
    return True


@never_cache
@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """The same words for every suggestion."""
    return render(request, "thesaurus/thanks.html")


def words_of(about: Concept | None) -> list[str]:
    """What a concept is called now."""
    if about is None:
        return []
    rows = Label.objects.filter(concept=about).exclude(kind=LabelKind.HIDDEN).order_by("lang", "sort_key")
    return list(dict.fromkeys(rows.values_list("text", flat=True)))


def _about(home: str, word: str) -> tuple[Scheme, Concept | None]:
    if not word:
        return scheme(home), None
    found = concept_by(home, word)
    return found.scheme, found


def _name(about: Concept | None) -> Any:
    return names([about.pk], lang()).get(about.pk, Name(about.key, "", "")) if about else None


def _one(request: HttpRequest, pk: str, verb: str = "thesaurus.suggest") -> Suggestion:
    policy.require(request.user, verb)
    found = editing.suggestions_seen(actor=request.user).filter(pk=pk).first()
    if found is None:
        raise Http404(pk)
    return found


def _address(found: Suggestion) -> str:
    return reverse("thesaurus-desk:suggestion", kwargs={"suggestion": found.pk})


def _titles(layers: dict[str, Scheme]) -> dict[str, str]:
    return {code: title(row.titles, lang()) or code for code, row in layers.items()}


def _page(request: HttpRequest, found: Suggestion, **forms: Any) -> HttpResponse:
    layers = {row.code: row for row in editing.may_decide(request.user, found)}
    waits = found.state in WAITING
    page = suggestion_page(found, actor=request.user, lang=lang())
    talks = waits and bool(policy.allowed(request.user, "thesaurus.discuss"))
    context = {
        "page": page,
        "waits": waits,
        "remark": forms.get("remark") or (RemarkForm() if talks else None),
        "vote": forms.get("vote") or (VoteForm(initial={"choice": page.own_vote}) if talks else None),
        "decision": forms.get("decision") or (DecideForm(None, _titles(layers)) if waits and layers else None),
        "may_withdraw": waits and found.made_by_id == request.user.pk,
    }
    wrong = any(form.errors for form in forms.values())
    return render(request, f"{PAGE}suggestion.html", context, status=422 if wrong else 200)
