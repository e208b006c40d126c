"""The public directory: search, lists, institutions, entries, services, and reports of what is wrong."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from hamroh.directory import actions, selectors
from hamroh.directory.forms.finder import ReportForm
from hamroh.directory.forms.public import DirectorySearch
from hamroh.directory.models import Party, PartyKind, Service
from hamroh.directory.selectors.finder_cards import details
from hamroh.kernel.text import alphabet
from hamroh.web.decorators import exit_button
from hamroh.web.views import See

PAGE = 50


def _lang() -> str:
    return get_language() or "en"


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The search, and while nothing is asked the shelves and the alphabet."""
    query = request.GET.get("q", "")[:300]
    chosen = {name: request.GET.get(name, "")[:120] for name in selectors.FACETS}
    if query.strip() or any(chosen.values()):
        return _results(request, query, chosen)
    lang = _lang()
    context = {
        "form": DirectorySearch(None, {}),
        "shelves": selectors.shelves(actor=request.user),
        "focal_points": selectors.focal_points(actor=request.user),
        "letters": selectors.letters(actor=request.user, lang=lang),
    }
    return render(request, "directory/public/home.html", context)


def _results(request: HttpRequest, query: str, chosen: dict[str, str]) -> HttpResponse:
    number = _number(request.GET.get("page", ""))
    found = selectors.found(actor=request.user, query=query, chosen=chosen, lang=_lang(), page=number)
    pages = Paginator(range(min(found.results.total, 1000)), 20).get_page(found.results.page)
    context = {
        "form": DirectorySearch(request.GET, found.choices),
        "found": found,
        "page": pages,
        "narrowed": any(chosen.values()),
        "today": timezone.localdate(),
    }
    return render(request, "directory/public/results.html", context)


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 1


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Parties of one kind, or under one letter, or the gender focal points, in the order of the alphabet."""
    lang, kind, letter = _lang(), request.GET.get("kind", ""), request.GET.get("letter", "")
    if kind not in {"", *PartyKind.values}:
        raise Http404
    if letter not in (selectors.OTHERS, *alphabet(lang)):
        letter = ""  # a letter of another language's alphabet: after a switch of the language all are shown
    focal = request.GET.get("focal") == "1"
    rows = selectors.public_parties(actor=request.user, kind=kind, letter=letter, focal_points=focal, lang=lang)
    context = {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "kind": PartyKind(kind).label if kind else "",
        "letter": letter,
        "focal": focal,
        "letters": selectors.letters(actor=request.user, lang=lang),
        "today": timezone.localdate(),
    }
    return render(request, "directory/public/list.html", context)


@require_GET
def institutions(request: HttpRequest) -> HttpResponse:
    """Institutions with the act they stand on and who has held office in them."""
    context = {"institutions": selectors.institutions(actor=request.user, lang=_lang())}
    return render(request, "directory/public/institutions.html", context)


@require_GET
def party(request: HttpRequest, code: str) -> HttpResponse:
    page = selectors.party_page(actor=request.user, code=code, lang=_lang())
    if page is None:
        raise Http404
    return _party(request, page, ReportForm())


def _party(request: HttpRequest, page: selectors.PartyPage, form: ReportForm) -> HttpResponse:
    context = {"page": page, "party": page.party, "form": form, "today": timezone.localdate()}
    return render(request, "directory/public/party.html", context, status=422 if form.errors else 200)


@require_GET
@exit_button
def service(request: HttpRequest, code: str) -> HttpResponse:
    return _service(request, code, ReportForm())


def _service(request: HttpRequest, code: str, form: ReportForm) -> HttpResponse:
    found = details(code, actor=request.user, now=timezone.now(), unchecked=True)
    if found is None:
        raise Http404
    context = {
        "details": found,
        "card": found.card,
        "service": found.service,
        "party": found.service.party,
        "form": form,
        "today": timezone.localdate(),
    }
    return render(request, "directory/public/service.html", context, status=422 if form.errors else 200)


@csrf_exempt  # anybody may report without a cookie, which would be a trace; a flood is counted, not stored
@never_cache
@require_POST
def report_party(request: HttpRequest, code: str) -> HttpResponse:
    """What somebody says is wrong with a party; a way back, and no word of it is kept in an address."""
    form, page = ReportForm(request.POST), selectors.party_page(actor=request.user, code=code, lang=_lang())
    if page is None:
        raise Http404
    return _reported(form, page.party) or _party(request, page, form)


@csrf_exempt  # anybody may report without a cookie, which would be a trace; a flood is counted, not stored
@never_cache
@require_POST
@exit_button
def report_service(request: HttpRequest, code: str) -> HttpResponse:
    form, found = ReportForm(request.POST), selectors.public_service(actor=request.user, code=code)
    if found is None:
        raise Http404
    return _reported(form, found) or _service(request, code, form)


def _reported(form: ReportForm, entry: Party | Service) -> HttpResponse | None:
    if not form.is_valid():
        return None
    actions.report_problem(entry=entry, reason=form.cleaned_data["reason"])
    return See(reverse("directory:thanks"))


@never_cache
@require_GET
def thanks(request: HttpRequest) -> HttpResponse:
    """The same words for every report: the page does not know what was said."""
    return render(request, "directory/public/thanks.html")
