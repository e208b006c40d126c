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
    ``place`` orders the panels. ``title`` is what its heading says, for the list of sections at the head of the page; ``quiet`` tells
    by what is shown that nothing in it waits for anybody (empty, settled, long ago): it is then folded, and opens by a press.
    """

    code: str
    place: int
    template: str
    shown: Callable[[Any, Case, Decision], Mapping[str, Any]]
    title: Any = ""
    quiet: Callable[[Mapping[str, Any]], bool] | None = None


_panels: dict[str, Panel] = {}


def declare(panel: Panel) -> None:
    """Called when the room is loaded."""
    _panels[panel.code] = panel


def of(actor: Any, case: Case, decision: Decision) -> list[dict[str, Any]]:
    """All panels of a case with what they show, in their order."""
    return [
        _laid_open(panel, panel.shown(actor, case, decision))
        for panel in sorted(_panels.values(), key=lambda each: each.place)
    ]


def _laid_open(panel: Panel, shown: Mapping[str, Any]) -> dict[str, Any]:
    is_quiet = panel.quiet is not None and panel.quiet(shown)
    return {
        "code": panel.code, "template": panel.template, "panel": shown, "title": panel.title,
        "is_quiet": bool(panel.title) and is_quiet,
    }  # fmt: skip
