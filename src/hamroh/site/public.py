"""The first pages and those that the footer leads to."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from hamroh.directory.finder_codes import Choice
from hamroh.directory.selectors import finder
from hamroh.site.doors import ROOMS, open_doors
from hamroh.web.decorators import View, exit_button

MOST_NEEDS = 12
#: The desk and what is typed into a search belong to nobody's index.
ROBOTS = (
    "User-agent: *\nDisallow: /desk/\nDisallow: /accounts/\nDisallow: /exit\nDisallow: /edit/\nDisallow: /*/info/\n"
)
#: a plain sheet: nothing that tells which page is open
FAVICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">'
    '<path fill="#fff" stroke="#6b7076" d="M3.5 1.5h6l3 3v10h-9z"/></svg>'
)


@require_safe
@exit_button
def front(request: HttpRequest) -> HttpResponse:
    """The root: four languages, and the doors of every working room in each."""
    return render(request, "site/front.html", {"tongues": [_tongue(lang, name) for lang, name in settings.LANGUAGES]})


def _tongue(lang: str, name: str) -> dict[str, object]:
    with override(lang):
        doors = [{**door, "title": str(door["title"])} for door in open_doors(ROOMS, lang)]
        return {"lang": lang, "name": name, "motto": _("companion on the road"), "doors": doors, "own": _("Hamroh")}


@require_safe
@exit_button
def home(request: HttpRequest) -> HttpResponse:
    """The first page in one language: two doors for her, then what happened, then the rooms for who does this work."""
    lang = get_language() or settings.LANGUAGE_CODE
    doors = sorted(open_doors(ROOMS, lang), key=lambda door: door["work"])
    facts = {
        "doors": doors[:2],
        "work": [door for door in doors[2:] if door["work"]],
        "needs": [(need, _address(need.code)) for need in finder.needs(actor=request.user)[:MOST_NEEDS]],
        "routes": finder.danger_routes(None, actor=request.user, lang=lang),
    }
    return render(request, "site/home.html", facts)


def _address(need: int) -> str:
    return reverse("finder:start") + Choice(needs=(need,)).query()


def _page(name: str) -> View:
    @require_safe
    @exit_button
    def page(request: HttpRequest) -> HttpResponse:
        return render(request, f"site/{name}.html", {"contact_email": settings.CONTACT_EMAIL})

    return page


about, safety, accessibility, contact = (_page(name) for name in ("about", "safety", "accessibility", "contact"))


@require_safe
@cache_control(max_age=86400, public=True)
def robots(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view
    told = f"{ROBOTS}\nSitemap: {settings.PUBLIC_URL.rstrip('/')}/sitemap.xml\n"
    return HttpResponse(told, content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(max_age=86400, public=True)
def favicon(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view
    return HttpResponse(FAVICON, content_type="image/svg+xml")
