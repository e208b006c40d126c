"""What a case's page is made of: each part of the room hands over its panel, so that no page knows all of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from hamroh.accounts.policy import Decision
from hamroh.cases.models import Case


@dataclass(frozen=True)
class Panel:
    """One section of a case's page.

    ``shown`` gives the template's facts for somebody whose decision opens the case; it opens what it shows and nothing more.
    ``place`` orders the panels.
    """

    code: str
    place: int
    template: str
    shown: Callable[[Any, Case, Decision], Mapping[str, Any]]


_panels: dict[str, Panel] = {}


def declare(panel: Panel) -> None:
    """Called when the room is loaded."""
    _panels[panel.code] = panel


def of(actor: Any, case: Case, decision: Decision) -> list[dict[str, Any]]:
    """All panels of a case with what they show, in their order."""
    found = sorted(_panels.values(), key=lambda panel: panel.place)
    return [
        {"code": panel.code, "template": panel.template, "panel": panel.shown(actor, case, decision)} for panel in found
    ]
