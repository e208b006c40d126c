"""Pages that every room shares."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """The page for a form whose protection token is missing or too old."""
    return render(request, "web/form_expired.html", status=403)
