"""What every page knows of who is signed in."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from hamroh.accounts import factors
from hamroh.accounts.sessions import LOCKS_AFTER


def shell(request: HttpRequest) -> dict[str, Any]:
    """``lock``: what the screen lock needs, on pages of somebody who is let in; ``waived``: what a demonstration says."""
    waived = _("The second factor is not asked for here.") if factors.is_waived(request) else ""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
        return {"lock": None, "waived": ""}
    return {
        "lock": {
            "lock": reverse("accounts:lock"),
            "confirm": reverse("accounts:confirm"),
            "here": reverse("accounts:here"),
            "seconds": int(LOCKS_AFTER.total_seconds()),
            "by_password": request.user.has_usable_password(),
            "by_click": factors.by_click(request, request.user),
        },
        "waived": waived,
    }
