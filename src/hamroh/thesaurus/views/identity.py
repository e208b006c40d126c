"""Lasting addresses of vocabularies and concepts: they lead to the page, or to the data in the form that was asked for."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request, override
from django.views.decorators.http import require_safe

from hamroh.thesaurus import exchange, selectors
from hamroh.thesaurus.models import Concept, Status
from hamroh.thesaurus.selectors import programs
from hamroh.thesaurus.views.sharing import refused, shared
from hamroh.web.views import See

#: concepts of a vocabulary that is written out while somebody waits
MOST_AT_ONCE = 20_000
_HTML = "text/html"


@require_safe
def scheme(request: HttpRequest, code: str) -> HttpResponse:
    """A vocabulary: to its page, or to its data."""
    selectors.scheme(code)
    return _lead(request, reverse("scheme-id", args=[code]), reverse_page="thesaurus:scheme", parts=[code])


@require_safe
def scheme_data(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """A whole vocabulary as a file."""
    found = selectors.scheme(code)
    if form not in exchange.FORMS:
        raise Http404(form)
    if Concept.objects.filter(scheme=found)[MOST_AT_ONCE:].exists():
        return refused(403, "This vocabulary is too large to be written out while you wait. Ask for its concepts.")
    content = exchange.kept_export(scheme=found, form=form, labels=request.GET.get("labels") == "xl")
    response = _file(content, form)
    response["Content-Disposition"] = f'attachment; filename="{code}.{form}"'
    return shared(request, response, programs.changed_at(scheme=found))


@require_safe
def concept(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """A concept: to its page, or to its data; 410 with what stands in its place where it is no longer used."""
    found, form = _named(code, key)
    if form:
        return _data(request, found, form)
    if found.status == Status.DEPRECATED:
        return _gone(request, found)
    address = reverse("concept-id", args=[code, found.key])
    return _lead(request, address, reverse_page="thesaurus:concept", parts=[code, found.key])


def _named(code: str, key: str) -> tuple[Concept, str]:
    """The concept with the whole key; else the one before the ending, and the ending's form."""
    try:
        return selectors.concept_by(code, key), ""
    except Http404:
        name, dot, form = key.rpartition(".")
        if not dot or form not in exchange.MEDIA_TYPES:
            raise
        return selectors.concept_by(code, name), form


def _lead(request: HttpRequest, address: str, *, reverse_page: str, parts: list[str]) -> HttpResponse:
    form = _wanted(request)
    if form == _HTML:
        with override(get_language_from_request(request)):
            response: HttpResponse = See(reverse(reverse_page, args=parts))
    elif form:
        response = See(f"{address}.{form}")
    else:
        response = refused(406, f"There are: {' '.join([_HTML, *exchange.MEDIA_TYPES.values()])}")
    response["Access-Control-Allow-Origin"] = "*"
    patch_vary_headers(response, ("Accept", "Accept-Language"))
    return response


def _data(request: HttpRequest, found: Concept, form: str) -> HttpResponse:
    gone = found.status == Status.DEPRECATED
    content = exchange.export_concept(actor=None, scheme=found.scheme, uri=found.uri, form=form)
    response = _file(content, form)
    response.status_code = 410 if gone else 200
    return shared(request, response, programs.changed_at(concept=found))


def _gone(request: HttpRequest, found: Concept) -> HttpResponse:
    """What was here, and what stands in its place, in the form that was asked for."""
    form = _wanted(request)
    if form and form != _HTML:
        response = _data(request, found, form)
    else:
        lang = get_language_from_request(request)
        with override(lang):
            page = selectors.concept_page(found.scheme.code, found.key, lang)
            response = render(request, "thesaurus/gone.html", {"concept": page}, status=410)
        response["Access-Control-Allow-Origin"] = "*"
    if found.replaced_by:
        response["Link"] = f'<{found.replaced_by.uri}>; rel="successor-version"'
    patch_vary_headers(response, ("Accept", "Accept-Language"))
    return response


def _file(content: bytes, form: str) -> HttpResponse:
    media = exchange.FORMS[form]
    is_text = form != "xlsx"
    return HttpResponse(content, content_type=f"{media}; charset=utf-8" if is_text else media)


def _wanted(request: HttpRequest) -> str:
    """The form that the asker likes best: an ending, ``text/html``, or nothing where we have none that is liked."""
    if (asked := request.GET.get("format", "")) in exchange.MEDIA_TYPES:
        return asked
    best = request.get_preferred_type([_HTML, *exchange.MEDIA_TYPES.values()])
    return next((form for form, media in exchange.MEDIA_TYPES.items() if media == best), best or "")
