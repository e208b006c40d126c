"""What changed in a vocabulary, as a feed."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from hamroh.thesaurus import selectors
from hamroh.thesaurus.selectors import programs
from hamroh.web import atom


@require_safe
def changes(request: HttpRequest, code: str, lang: str) -> HttpResponse:
    """Concepts that came or were changed, the latest first, with what changed last."""
    if lang not in dict(settings.LANGUAGES):
        raise Http404(lang)
    scheme = selectors.scheme(code)
    with override(lang):
        line = selectors.scheme_line(code, lang)
        rows = programs.changes(scheme, lang, new=False, limit=atom.MOST)
        kinds = programs.last_kinds(scheme, rows)
        entries = [_entry(row, kinds[row.thing.id]) for row in rows]
        title = _("What changed: %(title)s") % {"title": line.title}
        return atom.answer(request, atom.Feed(title, lang, reverse("thesaurus:scheme", args=[code]), entries))


def _entry(row: programs.ChangeLine, kinds: list[str]) -> atom.Entry:
    said = " · ".join(kinds)
    if row.replacing:
        said += " → " + row.replacing.name.text
    page = reverse("thesaurus:concept", args=[row.thing.scheme, row.thing.key])
    return atom.Entry(row.thing.uri, row.thing.name.text, page, row.changed_at, said)
