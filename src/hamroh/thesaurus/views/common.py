"""What the editors' pages share."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.forms import BaseForm
from django.http import HttpRequest
from django.utils.translation import get_language

from hamroh.thesaurus.actions import EditRefused
from hamroh.vault import once

PAGE = "thesaurus/desk/"


def lang() -> str:
    return get_language() or settings.LANGUAGE_CODE


def written(request: HttpRequest, form: BaseForm, action: Callable[[], Any]) -> bool:
    """Run an action once for this form; what it refuses is said beside the form, which keeps what was typed."""
    try:
        once.write(request, lambda: str(getattr(action(), "pk", "") or ""))
    except EditRefused as refused:
        form.add_error(None, str(refused))
        return False
    return True


def seen_of(request: HttpRequest) -> int:
    """Which state of the concept the form was made from."""
    try:
        return int(request.POST.get("seen", ""))
    except ValueError as error:
        raise BadRequest("a form without the state it was made from") from error
