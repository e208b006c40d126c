"""Feeds of new records: of all, of a kind, about a concept."""

from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import override
from django.utils.translation import pgettext as _p
from django.views.decorators.http import require_safe

from hamroh.library import selectors
from hamroh.library.models import Record, RecordKind
from hamroh.thesaurus.models import Concept
from hamroh.thesaurus.selectors import names
from hamroh.web.atom import MOST, Entry, Feed, answer
from hamroh.web.texts import LANGUAGES, pick


@require_safe
def everything(request: HttpRequest, lang: str) -> HttpResponse:
    """New records of all kinds."""
    return _answer(request, lang, "", selectors.newest(limit=MOST))


@require_safe
def kind(request: HttpRequest, kind: str, lang: str) -> HttpResponse:
    """New records of one kind."""
    if kind not in RecordKind.values:
        raise Http404
    with override(lang):
        title = str(RecordKind(kind).label)
    return _answer(request, lang, title, selectors.newest(kind=kind, limit=MOST))


@require_safe
def concept(request: HttpRequest, scheme: str, key: str, lang: str) -> HttpResponse:
    """New records about a concept and everything narrower."""
    found = Concept.objects.filter(scheme__code=scheme, key=key).first()
    if found is None:
        raise Http404
    title = names([found.pk], lang)[found.pk].text if found else ""
    return _answer(request, lang, title, selectors.newest(concept=found, limit=MOST))


def _answer(request: HttpRequest, lang: str, title: str, records: Iterable[Record]) -> HttpResponse:
    if lang not in LANGUAGES:
        raise Http404
    with override(lang):
        head = _p("room", "Library")
        path = reverse("library:home")
        entries = [_entry(record, lang) for record in records]
    return answer(request, Feed(f"{head}: {title}" if title else head, lang, path, entries))


def _entry(record: Record, lang: str) -> Entry:
    return Entry(
        ident=f"urn:uuid:{record.pk}",
        title=pick(record.titles, lang).text,
        path=reverse("library:record", args=[record.code]),
        changed_at=record.changed_at,
        published_at=record.published_at,
        summary=pick(record.abstracts, lang).text,
        categories=(str(RecordKind(record.kind).label),),
    )
