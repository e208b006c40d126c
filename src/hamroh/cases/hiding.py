"""Where somebody is, on the case's page: the same words whether there is a place or not, and whoever reads them."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from hamroh.accounts.policy import Decision
from hamroh.cases import panels
from hamroh.cases.models import Case

PLACE = 88


def shown(_actor: Any, case: Case, _decision: Decision) -> Mapping[str, Any]:
    """Nothing is asked of the database: the panel is the way to a page."""
    return {"case": case}


# folded always: whether there is a place changes nothing on the page
panels.declare(
    panels.Panel(
        "places", PLACE, "cases/whereabouts/panel.html", shown, title=_("Where she is now"), quiet=lambda _shown: True
    )
)
