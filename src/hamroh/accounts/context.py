"""What every page knows of who is signed in."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from hamroh.accounts import factors, ownkey
from hamroh.accounts.sessions import LOCKS_AFTER
from hamroh.vault import members


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
            "again": _again(request) if ownkey.was_used(request) else None,
        },
        "waived": waived,
    }


def _again(request: Any) -> dict[str, Any]:
    """What the screen lock asks besides on a page that shows what only her own key opens: her password is not enough there."""
    return {
        "to": reverse("accounts:open-key"),
        "by_passphrase": members.PASSPHRASE in members.locks_of(request.user.pk),
        "title": _("Open your key"),
        "label": _("Passphrase of your key"),
        "open": _("Open"),
        "otherwise": _("Open by a passkey"),
    }
