"""Figures on pages: named by their code, never typed. The room that keeps figures lies above this one and tells them by ``settings.FIGURES_ON_PAGES``."""

import re
from collections.abc import Collection, Mapping
from typing import Any, Protocol
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.module_loading import import_string

from hamroh.web.texts import Text

_AT_THE_END = re.compile(r"/figure/([^/]{1,60})/?$")


class ShownFigure(Protocol):
    """A published figure in words of one language; ``corrected_by`` is the address of the one that holds instead, or nothing."""

    amount: str
    unit: str
    concept: Text
    area: str
    period: str
    part: str
    source: str
    source_address: str
    address: str
    flags: tuple[str, ...]
    corrected_by: str


def shown_figures(codes: Collection[str], lang: str) -> Mapping[str, ShownFigure]:
    """Those of these figures that are public now, by their codes; a constant number of queries."""
    if not codes:
        return {}
    found: Mapping[str, ShownFigure] = import_string(settings.FIGURES_ON_PAGES)(codes=codes, lang=lang)
    return found


def codes_in(body: Any) -> set[str]:
    """The codes of the figures that a page shows."""
    return {block.value["code"] for block in body if block.block_type == "figure"}


def code_said(told: str) -> str:
    """The code in what was pasted: the code itself, or the address of the figure's page.

    >>> code_said("https://hamroh.example/tg/evidence/figure/ab2c3d4e/?as_of=2026-05-01")
    'ab2c3d4e'
    """
    path = urlsplit(told.strip()).path
    found = _AT_THE_END.search(path)
    return found[1] if found else told.strip()
