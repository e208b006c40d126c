"""The public pages of figures and profiles. What they show was published, or came in from a public file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hamroh.evidence import selectors


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Profiles by country, the newest edition of each."""
    return render(request, "evidence/public/home.html", {"editions": selectors.newest_editions()})
