"""A search as a feed: what came last of all that it finds. The address says everything, nothing is kept by us."""

from html import unescape

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hamroh.search.selectors import Arrival
from hamroh.site import search_asked
from hamroh.web import atom


@require_safe
def search_feed(request: HttpRequest, lang: str) -> HttpResponse:
    """The newest records that meet every word and choice of a search, in one language."""
    if lang not in dict(settings.LANGUAGES):
        raise Http404
    wanted = search_asked.read(request.GET)
    with translation.override(lang):
        entries = [_entry(one) for one in wanted.newest(lang, atom.MOST)]
        title = _("Search: %(words)s") % {"words": wanted.query} if wanted.query else _("Newest of everything public")
    path = f"/{lang}/search/?{request.GET.urlencode()}"
    return atom.answer(request, atom.Feed(title, lang, path, entries))


def _entry(one: Arrival) -> atom.Entry:
    hit = one.hit
    return atom.Entry(
        ident=atom.absolute(f"/id/record/{hit.kind}/{hit.record_id}"), title=_bare(hit.title), path=hit.address,
        changed_at=one.came_at, summary=_bare(hit.snippet), categories=(hit.kind,),
    )  # fmt: skip


def _bare(text: str) -> str:
    return unescape(strip_tags(text))
