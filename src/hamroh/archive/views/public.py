"""What everybody sees of the archive: the tree, an item with its player and words, the timeline, people, sets for lessons, a feed."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hamroh.archive import selectors, words
from hamroh.archive.exchange import descriptions
from hamroh.archive.models import TeachingSet
from hamroh.archive.selectors import public as reads
from hamroh.archive.views.serving import kept_nowhere, shown_or_404
from hamroh.kernel.consented import Span
from hamroh.kernel.cues import Said, webvtt
from hamroh.kernel.text import fold
from hamroh.thesaurus.selectors import names
from hamroh.web import atom, dates
from hamroh.web.texts import LANGUAGES, pick

PAGE = "archive/public/"
_LONGEST = 200


@require_safe
@kept_nowhere
def home(request: HttpRequest) -> HttpResponse:
    """The ways in: the tree, what was released last, the timeline, sets for lessons."""
    context = {
        "tops": selectors.tops(),
        "newest": selectors.newest(),
        "sets": reads.teaching_sets()[:6],
        "feed": f"/feeds/archive.{_lang()}.atom",
    }
    return render(request, f"{PAGE}home.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@kept_nowhere
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """A whole with what lies in it, or an item as far as its narrators allow; what is looked for in its words comes by POST."""
    one = shown_or_404(code)
    if one.unit.level != "item":
        return render(request, f"{PAGE}whole.html", {"one": one, "parts": selectors.parts_of(one.unit)})
    return render(request, f"{PAGE}item.html", {"one": one, **_telling(request, one)})


def _telling(request: HttpRequest, one: selectors.Shown) -> dict[str, Any]:
    asked = request.GET.get("text", "")
    told = selectors.told(one, asked if asked in LANGUAGES else _lang())
    sought = request.POST.get("words", "").replace("\0", " ").strip()[:_LONGEST]
    at = _moment(request, one)
    return {
        "told": told, "lines": [_line(cue, sought, at) for cue in told.cues], "sought": sought, "at": at,
        "concepts": names({each.pk for segment, _span in told.segments for each in segment.concepts.all()}, _lang()),
        "found": sum(_is_in(sought, cue.text) for cue in told.cues) if sought else 0,
        "tongues": [(code, dict(settings.LANGUAGES).get(code, code), code == told.lang) for code in told.langs],
        "answers": words.answers(one.public), "cite": _citation(one, at),
        "address": request.build_absolute_uri(request.path) + (f"?t={at // 1000}" if at else ""),
    }  # fmt: skip


def _line(cue: Any, sought: str, at: int) -> dict[str, Any]:
    return {
        "cue": cue,
        "second": cue.start // 1000,
        "hit": bool(sought) and _is_in(sought, cue.text),
        "here": at and cue.start <= at < cue.end,
    }


def _is_in(sought: str, text: str) -> bool:
    return fold(sought) in fold(text)


def _moment(request: HttpRequest, one: selectors.Shown) -> int:
    """The moment that an address names, in milliseconds; 0 for none."""
    asked = request.GET.get("t", "")
    moment = int(asked) * 1000 if asked.isascii() and asked.isdigit() and len(asked) < 7 else 0
    return moment if moment <= one.duration else 0


def _citation(one: selectors.Shown, at: int) -> str:
    """Who, what, which archive, its code, the moment and the day of reading."""
    lang = _lang()
    who = ", ".join(pick(names, lang).text for names in one.names)
    parts = [who, pick(one.unit.titles, lang).text, pick(one.unit.organisation.names, lang).text, one.unit.reference]
    moment = [words.clock(at)] if at else []
    read = _("read on %(day)s") % {"day": dates.day(timezone.localdate(), lang)}
    return ". ".join(part for part in [*parts, *moment, read] if part)


@require_safe
@kept_nowhere
def captions(request: HttpRequest, code: str, lang: str) -> HttpResponse:  # noqa: ARG001 - a view
    """The words as WebVTT, for players."""
    one = shown_or_404(code)
    told = selectors.told(one, lang)
    if not told.cues or told.lang != lang:
        raise Http404
    said = [Said(each.start, each.end, each.text, each.speaker) for each in told.cues]
    return HttpResponse(webvtt.write(said, lang), content_type="text/vtt; charset=utf-8")


@require_safe
@kept_nowhere
def description(request: HttpRequest, code: str) -> HttpResponse:  # noqa: ARG001 - a view
    """A unit and what is public in it as EAD3, for other archives."""
    one, below = selectors.with_parts(shown_or_404(code).unit)
    if one is None:
        raise Http404
    answer = HttpResponse(descriptions.written(one, below, _lang()), content_type="application/xml; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="archive-{one.unit.code}.xml"'
    return answer


@require_safe
@kept_nowhere
def timeline(request: HttpRequest) -> HttpResponse:
    """What happened, from the oldest on, each with its printed source."""
    rows = list(selectors.moments())
    open_units: dict[Any, Any] = {
        each.unit.pk: each.unit for each in selectors.shown(_units(row.unit_id for row in rows))
    }
    return render(request, f"{PAGE}timeline.html", {"rows": [(row, open_units.get(row.unit_id)) for row in rows]})


def _units(ids: Any) -> Any:
    from hamroh.archive.models import Unit

    return Unit.objects.filter(pk__in=[each for each in ids if each])


@require_safe
@kept_nowhere
def people(request: HttpRequest) -> HttpResponse:
    """Those who acted in public, as printed sources name them, with what they did."""
    lang = _lang()
    found: dict[str, list[Any]] = {}
    for row in selectors.moments():
        for person in row.people:
            found.setdefault(pick(person, lang).text, []).append(row)
    return render(request, f"{PAGE}people.html", {"people": sorted(found.items())})


@require_safe
@kept_nowhere
def sets(request: HttpRequest) -> HttpResponse:
    """Sets for lessons."""
    return render(request, f"{PAGE}sets.html", {"sets": reads.teaching_sets()})


@require_safe
@kept_nowhere
def teaching_set(request: HttpRequest, code: str) -> HttpResponse:
    """One set as a sheet to print: only what may be taught with, and words only where they may be quoted."""
    found = TeachingSet.objects.filter(code=code, state="released").select_related("organisation").first()
    if found is None:
        raise Http404
    lines = [(each, _span_words(each.span)) for each in selectors.taught(found, _lang())]
    return render(request, f"{PAGE}set.html", {"set": found, "lines": lines, "less": found.lines.count() - len(lines)})


def _span_words(span: Span | None) -> str:
    return f"{words.clock(span.start)}–{words.clock(span.end)}" if span else ""


@require_safe
@kept_nowhere
def feed(request: HttpRequest, lang: str) -> HttpResponse:
    """What was released last, in Atom."""
    if lang not in LANGUAGES:
        raise Http404
    with override(lang):
        rows = selectors.newest(atom.MOST)
        made = atom.Feed(_("Archive: what is new"), lang, f"/{lang}/archive/", [_entry(each, lang) for each in rows])
        return atom.answer(request, made)


def _entry(one: selectors.Shown, lang: str) -> atom.Entry:
    unit = one.unit
    return atom.Entry(
        f"urn:uuid:{unit.pk}", pick(unit.titles, lang).text, f"/{lang}/archive/u/{unit.code}/", unit.changed_at,
        pick(unit.abouts, lang).text, unit.first_released_at,
    )  # fmt: skip


def _lang() -> str:
    return get_language() or "en"
