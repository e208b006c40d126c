"""What every page knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language


def shell(request: HttpRequest) -> dict[str, Any]:
    """Language, whether the way out is shown, the neutral title of a sensitive page, whether this is a demonstration."""
    lang = get_language() or settings.LANGUAGE_CODE
    return {
        "lang": lang,
        "is_demo": settings.IS_DEMO,
        "exit_button": getattr(request, "exit_button", False),
        "exit_target": settings.EXIT_TARGETS[lang],
        "neutral_title": getattr(request, "neutral_title", ""),
    }
