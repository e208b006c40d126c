"""What pages of results, campaigns and days share."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from hamroh.accounts.models import Organisation
from hamroh.cases.actions.lettinggo import NotLetGo
from hamroh.cases.selectors import districts
from hamroh.directory.models import AdminUnit
from hamroh.fieldwork.actions.campaigns import CampaignRefused
from hamroh.fieldwork.actions.days import DayRefused
from hamroh.fieldwork.actions.reviewing import NotReviewed
from hamroh.fieldwork.outcomes import NotCarried
from hamroh.vault import once

require_form = require_http_methods(["GET", "HEAD", "POST"])
PAGE, PAGE_LINES = "fieldwork/", 25
REFUSALS = (CampaignRefused, DayRefused, NotReviewed, NotLetGo, NotCarried)


def written(request: HttpRequest, form: Any, act: Callable[[], str]) -> str:
    """What the action answers; empty where it is refused, which the form or the next page says."""
    return once.write_or_tell(request, form, act, refusals=REFUSALS)


def lang_of() -> str:
    return get_language() or "en"


def places_of(house: Organisation) -> list[Any]:
    """The districts of the house's country, by region, for a field."""
    return [(region, found) if region else ("–", found) for region, found in districts.choices(country=house.country)]


def place_of(key: str) -> AdminUnit | None:
    return AdminUnit.objects.filter(key=key).first() if key else None
