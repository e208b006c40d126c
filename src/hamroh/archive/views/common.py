"""What pages of the archive's desk share."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from hamroh.accounts import policy, workplace
from hamroh.accounts.models import Organisation
from hamroh.archive.actions import ArchiveRefused
from hamroh.archive.exchange.transcripts import FileRefused
from hamroh.archive.models import Unit
from hamroh.vault import once
from hamroh.vault.intake import FileRefused as NotTakenIn

PAGE = "archive/desk/"
require_form = require_http_methods(["GET", "HEAD", "POST"])


def house(request: HttpRequest) -> Organisation:
    """The organisation that somebody works for now."""
    found = workplace.current(request)
    if found is None:
        raise policy.Refused("no role anywhere")
    return found


def typed(request: HttpRequest) -> Any:
    """What was sent, None where the form is only asked for."""
    return request.POST if request.method == "POST" else None


def sent(request: HttpRequest) -> Any:
    return request.FILES if request.method == "POST" else None


def written(request: HttpRequest, form: Any, act: Callable[[], str]) -> str | None:
    """What an action answers, run once for the form; None where it refused, with its reason in the form."""
    try:
        return once.write(request, act)
    except (ArchiveRefused, FileRefused, NotTakenIn) as refused:
        form.add_error(None, str(refused))
        return None


def ask(
    request: HttpRequest, form: Any, act: Callable[[], str], template: str = "form.html", **said: Any
) -> HttpResponse:
    """One form: asked, asked again with what is wrong and all that was typed, or written; ``act`` answers with the next address."""
    if form.is_bound and form.is_valid() and (address := written(request, form, act)):
        return redirect(address)
    return render(request, f"{PAGE}{template}", {"form": form, **said}, status=422 if form.errors else 200)


def at(unit: Unit, anchor: str = "") -> str:
    """The page of a unit on the desk."""
    return reverse("archive-desk:unit", kwargs={"code": unit.code}) + (f"#{anchor}" if anchor else "")
