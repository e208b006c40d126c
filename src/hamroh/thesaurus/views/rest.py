"""The interface that programs made for Skosmos read: ``/rest/v1/``. All of it is public, and read only."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from hamroh.thesaurus import exchange, selectors
from hamroh.thesaurus.exchange import jsonld
from hamroh.thesaurus.graph import SKOS
from hamroh.thesaurus.models import Scheme
from hamroh.thesaurus.selectors import programs
from hamroh.thesaurus.views import rest_shapes as shapes
from hamroh.thesaurus.views.sharing import JSON, JSON_LD, as_json, refused, shared

_MOST, _LONGEST = 1000, 400
#: names of forms that their programs send, beside media types
_FORMS = {media: form for form, media in exchange.MEDIA_TYPES.items()} | {JSON: "jsonld"}

View = Callable[..., HttpResponse]


class Wrong(ValueError):
    """A parameter that is missing or no sense; the message is for the program's author."""


def _endpoint(view: View) -> View:
    """Answers in JSON; what is not there is 404 and what is asked wrongly is 400, both in plain words."""

    @require_safe
    def answer(request: HttpRequest, code: str = "", **parts: str) -> HttpResponse:
        try:
            of = [selectors.scheme(code)] if code else []
            found = view(request, *of, **parts)
        except Wrong as wrong:
            return refused(400, f"Bad Request : {wrong}")
        except Http404:
            return refused(404, "Not Found : There is nothing here by this name.")
        return as_json(request, found) if isinstance(found, dict) else found

    return answer


@_endpoint
def vocabularies(request: HttpRequest) -> Any:
    """Every vocabulary with its title."""
    return shapes.vocabularies(selectors.schemes(_lang(request, needed=True)), _lang(request))


@_endpoint
def search(request: HttpRequest, scheme: Scheme | None = None) -> Any:
    """Labels that meet a pattern, in one vocabulary or in some or all."""
    pattern = _text(request, "query")
    wanted = programs.Wanted(
        schemes=[scheme.code] if scheme else _text(request, "vocab").split(),
        lang=_lang(request),
        shown_in=_text(request, "labellang")[:35],
        parent=_text(request, "parent"),
        group=_text(request, "group"),
    )
    if not pattern and not wanted.parent and not wanted.group:
        raise Wrong("query parameter missing")
    limit, offset = _number(request, "maxhits", 100, least=1), _number(request, "offset", 0, most=100_000)
    found: list[programs.Hit] = []
    if _asks_for_concepts(_text(request, "type")):
        found = programs.hits(pattern or "*", wanted, limit=limit, offset=offset)
    if _text(request, "unique").lower() in ("1", "true", "yes", "on"):
        found = list({hit.thing.id: hit for hit in reversed(found)}.values())[::-1]
    fields = _text(request, "fields").split()
    return shapes.search(found, wanted, fields, _more(found, fields, wanted.shown_in or wanted.lang or "en"))


@_endpoint
def lookup(request: HttpRequest, scheme: Scheme) -> Any:
    """Concepts by a label, the nearest spelling and kind first."""
    label = _text(request, "label")
    if not label:
        raise Wrong("label parameter missing")
    wanted = programs.Wanted([scheme.code], _lang(request))
    found = shapes.nearest(programs.hits(label.replace("*", " "), wanted, limit=100), label)
    if not found:
        raise Http404(label)
    return shapes.lookup(found, wanted)


@_endpoint
def types(request: HttpRequest, scheme: Scheme | None = None) -> Any:
    """The kinds of things that there are."""
    return shapes.types(_lang(request, needed=scheme is None), scheme)


@_endpoint
def vocabulary(request: HttpRequest, scheme: Scheme) -> Any:
    """One vocabulary."""
    return shapes.vocabulary(scheme, programs.languages_of(scheme), _lang(request))


@_endpoint
def vocabulary_statistics(request: HttpRequest, scheme: Scheme) -> Any:
    """How many concepts and groups it has."""
    return shapes.vocabulary_statistics(scheme, programs.concept_counts(scheme), _lang(request))


@_endpoint
def label_statistics(request: HttpRequest, scheme: Scheme) -> Any:
    """How many labels of each kind it has in each language."""
    return shapes.label_statistics(scheme, programs.label_counts(scheme), _lang(request))


@_endpoint
def top_concepts(request: HttpRequest, scheme: Scheme) -> Any:
    """Where its hierarchy begins."""
    lang = _language(request, scheme)
    return shapes.top_concepts(scheme, programs.tops_of(scheme, lang), lang)


@_endpoint
def label(request: HttpRequest, scheme: Scheme | None = None) -> Any:
    """Labels of a concept in one language."""
    concept, lang = _concept(request, scheme), _language(request, scheme)
    (thing,) = programs.things([concept], lang)
    return shapes.label(thing, programs.labels_of([concept.pk]).get(concept.pk, []), lang)


@_endpoint
def around(request: HttpRequest, scheme: Scheme, *, relation: str) -> Any:
    """What is directly broader, narrower or related."""
    concept, lang = _concept(request, scheme), _language(request, scheme)
    found = programs.things(programs.around(concept, relation), lang)
    return shapes.around(concept.uri, relation, found, lang)


@_endpoint
def transitive(request: HttpRequest, scheme: Scheme, *, relation: str) -> Any:
    """The concept with all that is broader, or with what is narrower."""
    concept, lang = _concept(request, scheme), _language(request, scheme)
    limit = _number(request, "limit", 1000, least=1, most=5000)
    rows = programs.ancestors(concept)[:limit] if relation == "broader" else programs.descendants(concept, limit)
    found = programs.things(rows, lang)
    ids = [thing.id for thing in found]
    if relation == "broader":
        direct = programs.broader_among(ids)
    else:
        direct = {pk: [one.uri for one in below] for pk, below in programs.narrower_among(ids, lang).items()}
    return shapes.transitive(concept.uri, relation, found, direct, lang)


@_endpoint
def children(request: HttpRequest, scheme: Scheme) -> Any:
    """What is directly narrower, and whether anything is narrower still."""
    concept, lang = _concept(request, scheme), _language(request, scheme)
    return shapes.children(concept.uri, programs.things(programs.around(concept, "narrower"), lang), lang)


@_endpoint
def hierarchy(request: HttpRequest, scheme: Scheme) -> Any:
    """The way down from the top to the concept, with what stands beside the way."""
    concept, lang = _concept(request, scheme), _language(request, scheme)
    found = programs.things(programs.ancestors(concept), lang)
    ids = [thing.id for thing in found]
    above, below = programs.broader_among(ids), programs.narrower_among(ids, lang)
    return shapes.hierarchy(concept.uri, scheme, found, (above, below), lang)


@_endpoint
def groups(request: HttpRequest, scheme: Scheme) -> Any:
    """Its groups."""
    lang = _language(request, scheme)
    return shapes.groups(programs.groups_of(scheme, lang), lang)


@_endpoint
def group_members(request: HttpRequest, scheme: Scheme) -> Any:
    """What stands in a group."""
    uri, lang = _uri(request), _language(request, scheme)
    return shapes.group_members(uri, *programs.members_of(scheme, uri, lang), lang)


@_endpoint
def mappings(request: HttpRequest, scheme: Scheme) -> Any:
    """Matches of a concept in other vocabularies, as JSKOS."""
    concept = _concept(request, scheme)
    rows = list(concept.mappings.order_by("kind", "uri").values_list("kind", "uri"))
    said = exchange.about(actor=None, scheme=scheme, uris=[concept.uri])
    return shapes.mappings(concept, scheme, rows, jsonld.document(said))


@_endpoint
def letters(request: HttpRequest, scheme: Scheme) -> Any:
    """Letters under which there are labels."""
    lang = _language(request, scheme)
    return shapes.letters([letter for letter, _ in selectors.letters(scheme.code, lang).letters], lang)


@_endpoint
def letter(request: HttpRequest, scheme: Scheme, *, initial: str) -> Any:
    """Labels under a letter; ``*`` gives all, ``0-9`` and ``!*`` those that begin with no letter."""
    lang = _language(request, scheme)
    limit, offset = _number(request, "limit", _MOST), _number(request, "offset", 0, most=10_000_000)
    wanted = {"0-9": "#", "!*": "#"}.get(initial, initial)
    rows = programs.indexed(scheme, lang, "" if wanted == "*" else wanted[:4], limit or _MOST, offset)
    return shapes.letter(rows, lang)


@_endpoint
def changed(request: HttpRequest, scheme: Scheme, *, new: bool) -> Any:
    """Concepts that came, or that were changed, the latest first."""
    lang, limit = _language(request, scheme), _number(request, "limit", 200)
    rows = programs.changes(scheme, lang, new=new, limit=limit or 200, offset=_number(request, "offset", 0, most=10**6))
    return shapes.changed(rows, lang)


@_endpoint
def data(request: HttpRequest, scheme: Scheme | None = None) -> Any:
    """All that is said of a concept, in the form that was asked for; without one, the way to the whole vocabulary."""
    form = _form(request)
    if not form:
        return refused(406, f"Not Acceptable : Unsupported format. Supported MIME types are: {' '.join(_FORMS)}")
    if scheme is not None and not request.GET.get("uri"):
        return redirect("scheme-data", scheme.code, form)
    concept = _concept(request, scheme)
    content = exchange.export_concept(actor=None, scheme=concept.scheme, uri=concept.uri, form=form)
    media = request.GET.get("format", "") if request.GET.get("format") == JSON else exchange.MEDIA_TYPES[form]
    response = HttpResponse(content, content_type=f"{media}; charset=utf-8")
    response["Vary"] = "Accept"
    return shared(request, response)


@require_safe
def description(request: HttpRequest) -> HttpResponse:
    """The interface described for programs that make other programs (OpenAPI)."""
    return as_json(request, shapes.openapi())


def _more(found: list[programs.Hit], fields: list[str], lang: str) -> Mapping[Any, dict[str, Any]]:
    """What further fields say of the concepts that were found."""
    ids = list({hit.thing.id for hit in found})
    more: dict[Any, dict[str, Any]] = {pk: {} for pk in ids}
    if {"prefLabel", "altLabel", "hiddenLabel"} & set(fields):
        for pk, labels in programs.labels_of(ids).items():
            more[pk] |= shapes.all_labels(labels, fields)
    for relation in ("broader", "narrower", "related"):
        if relation in fields:
            for pk, others in programs.neighbours(ids, relation, lang).items():
                more[pk][relation] = [shapes.reference(thing) for thing in others]
    return more


def _concept(request: HttpRequest, scheme: Scheme | None) -> Any:
    return programs.concept_of(_uri(request), scheme.code if scheme else "")


def _uri(request: HttpRequest) -> str:
    uri = _text(request, "uri")
    if not uri:
        raise Wrong("uri parameter missing")
    return uri


def _text(request: HttpRequest, name: str) -> str:
    """A parameter; NUL is no text for every database."""
    return request.GET.get(name, "").replace("\0", "").strip()[:_LONGEST]


def _lang(request: HttpRequest, *, needed: bool = False) -> str:
    lang = _text(request, "lang")[:35]
    if needed and not lang:
        raise Wrong("lang parameter missing")
    return lang


def _language(request: HttpRequest, scheme: Scheme | None) -> str:
    """The language asked for; without one, English or the vocabulary's first."""
    if lang := _lang(request):
        return lang
    known = list(scheme.titles) if scheme else []
    return "en" if "en" in known or not known else known[0]


def _number(request: HttpRequest, name: str, default: int, *, least: int = 0, most: int = _MOST) -> int:
    text = _text(request, name)
    if not text:
        return default
    if not (text.isascii() and text.isdecimal()) or int(text[:9]) < least:
        raise Wrong(f"{name} parameter is invalid")
    return min(int(text[:9]), most)


def _asks_for_concepts(said: str) -> bool:
    kinds = said.replace(SKOS, "skos:").split()
    return not kinds or "skos:Concept" in kinds


def _form(request: HttpRequest) -> str:
    asked = request.GET.get("format", "")
    if asked:
        return _FORMS.get(asked, asked if asked in exchange.MEDIA_TYPES else "")
    if not request.headers.get("Accept"):
        return "jsonld"
    return _FORMS.get(request.get_preferred_type([JSON_LD, *_FORMS]) or "", "")
