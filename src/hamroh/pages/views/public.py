"""The public side: lists of a shelf, a page in its language, its picture for who shares it, and feeds."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language, pgettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from hamroh.pages import quizzes, selectors
from hamroh.pages.models import Article, PageKind, Picture
from hamroh.pages.sharing import shared_picture
from hamroh.web import atom
from hamroh.web.decorators import exit_button
from hamroh.web.views import See

ON_A_SHEET = 20


def _lang() -> str:
    return get_language() or settings.LANGUAGE_CODE


def _titles() -> dict[str, str]:
    return {
        "news": pgettext("page", "News"),
        "stories": pgettext("page", "Stories"),
        "campaigns": pgettext("page", "Campaigns"),
    }


@require_safe
@exit_button
def shelf(request: HttpRequest, shelf: str) -> HttpResponse:
    """Pages of one kind in the reader's language, the newest first."""
    page = Paginator(selectors.listed(shelf, _lang()), ON_A_SHEET).get_page(request.GET.get("page"))
    context = {"page": page, "shelf": shelf, "title": _titles()[shelf], "titles": _titles()}
    return render(request, "pages/public/shelf.html", context)


@require_safe
@exit_button
def rights(request: HttpRequest) -> HttpResponse:
    """Know your rights: the quizzes, and what editors wrote about rights."""
    context = {"pages": selectors.listed("rights", _lang())[:ON_A_SHEET], "quizzes": quizzes.quizzes().values()}
    return render(request, "pages/public/rights.html", context)


@require_safe
@exit_button
def article(request: HttpRequest, shelf: str, code: str) -> HttpResponse:
    """A page in the reader's language; where it is not in it, the languages that it is in."""
    page = selectors.public_article(code, _lang())
    if page is None:
        return _elsewhere(request, code)
    if page.shelf != shelf:
        return See(page.path_in_language)
    return render(request, "pages/public/article.html", {"page": page})


def _elsewhere(request: HttpRequest, code: str) -> HttpResponse:
    others = selectors.languages_of(code)
    if not others:
        raise Http404
    names = dict(settings.LANGUAGES)
    found = [(lang, names[lang], page) for lang, page in others.items()]
    return render(request, "pages/public/elsewhere.html", {"others": found})


@require_safe
@cache_control(max_age=86400, public=True)
def share(request: HttpRequest, shelf: str, code: str) -> HttpResponse:  # noqa: ARG001 - a view
    """The picture that others show beside a link to the page."""
    page = selectors.public_article(code, _lang())
    if page is None:
        raise Http404
    return HttpResponse(shared_picture(page.title, page.said_day, page.lang), content_type="image/png")


@require_safe
@cache_control(max_age=86400, public=True)
def picture(request: HttpRequest, code: str, size: str) -> HttpResponse:  # noqa: ARG001 - a view
    """A picture in one of its widths."""
    found = Picture.objects.filter(code=code).only(size).first()
    if found is None:
        raise Http404
    return HttpResponse(bytes(getattr(found, size)), content_type="image/webp")


@require_safe
def feed(request: HttpRequest, lang: str) -> HttpResponse:
    """News, stories and campaigns in one language."""
    if lang not in dict(settings.LANGUAGES):
        raise Http404
    with translation.override(lang):
        title, path = pgettext("page", "News"), reverse("pages:shelf", kwargs={"shelf": "news"})
        return atom.answer(
            request, atom.Feed(title, lang, path, [_entry(each) for each in selectors.newest(lang, atom.MOST)])
        )


def _entry(page: Article) -> atom.Entry:
    return atom.Entry(
        ident=atom.absolute(f"/id/page/{page.code}/{page.lang}"), title=page.title, path=page.path_in_language,
        changed_at=page.last_published_at or page.latest_revision_created_at, summary=page.summary,
        published_at=page.first_published_at, categories=(str(PageKind(page.kind)),),
    )  # fmt: skip
