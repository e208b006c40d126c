"""Letters on the case's page."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from hamroh.accounts.policy import Decision
from hamroh.cases import panels
from hamroh.cases.models import Case


def _shown(_actor: Any, case: Case, _decision: Decision) -> dict[str, Any]:
    return {"case": case}


panels.declare(
    panels.Panel("letters", 70, "cases/letters/panel.html", _shown, title=_("Letters"), quiet=lambda _shown: True)
)
