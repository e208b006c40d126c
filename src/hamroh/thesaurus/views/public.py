"""The public pages of the vocabularies."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from hamroh.search import selectors as search
from hamroh.thesaurus import selectors
from hamroh.thesaurus.forms import LookUpForm

_MOST_USES = 10


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """All vocabularies, and what begins as typed."""
    form = LookUpForm(request.GET if request.GET.get("q") else None)
    form.fields["q"].widget.attrs |= {"data-lookup": reverse("thesaurus:offered"), "autocomplete": "off"}
    typed = form.cleaned_data["q"] if form.is_valid() else ""
    context = {
        "schemes": selectors.schemes(_lang()),
        "typed": typed,
        "found": selectors.concept_lookup(typed, _lang(), limit=30),
        "form": form,
    }
    return render(request, "thesaurus/home.html", context)


@require_safe
@cache_control(no_store=True, private=True)
def offered(request: HttpRequest) -> HttpResponse:
    """Labels that begin as typed, while one types."""
    found = selectors.concept_lookup(request.GET.get("q", "").replace("\0", "")[:100], _lang())
    return JsonResponse({"found": list(dict.fromkeys(each.label for each in found))})


@require_safe
def scheme(request: HttpRequest, code: str) -> HttpResponse:
    """One vocabulary: what it is, its fields, its alphabet."""
    context = {
        "scheme": selectors.scheme_line(code, _lang()),
        "groups": selectors.groups(code, _lang()),
        "alphabet": selectors.letters(code, _lang()),
    }
    return render(request, "thesaurus/scheme.html", context)


@require_safe
def tree(request: HttpRequest, code: str) -> HttpResponse:
    """The hierarchy from its top."""
    page = selectors.tree(code, _lang(), request.GET.get("page", "1"))
    return render(request, "thesaurus/tree.html", {"scheme": selectors.scheme_line(code, _lang()), "page": page})


@require_safe
def letters(request: HttpRequest, code: str) -> HttpResponse:
    """The list in the order of a language's own alphabet, a letter at a time."""
    asked = _word(request, "in") or _lang()
    alphabet = selectors.letters(code, asked)
    letter = _word(request, "letter") or (alphabet.letters[0][0] if alphabet.letters else "")
    context = {
        "scheme": selectors.scheme_line(code, _lang()),
        "alphabet": alphabet,
        "letter": letter,
        "asked": asked,
        "page": selectors.letter(code, alphabet.lang, letter, _lang(), request.GET.get("page", "1")),
    }
    return render(request, "thesaurus/letters.html", context)


@require_safe
def group(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """The concepts of one group."""
    line, page = selectors.group(code, key, _lang(), request.GET.get("page", "1"))
    context = {"scheme": selectors.scheme_line(code, _lang()), "group": line, "page": page}
    return render(request, "thesaurus/group.html", context)


@require_safe
def concept(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """One concept, and the public records that are about it."""
    page = selectors.concept_page(code, key, _lang())
    uses = search.records_about(facet="subject", value=key, language=_lang(), limit=_MOST_USES)
    return render(request, "thesaurus/concept.html", {"concept": page, "uses": uses})


def _word(request: HttpRequest, name: str) -> str:
    """A short word of the address; NUL is no text for every database."""
    return request.GET.get(name, "").replace("\0", "")[:35]


def _lang() -> str:
    return get_language() or settings.LANGUAGE_CODE
