"""How reports to donors stand on pages."""

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from hamroh.projects.models import DonorReport
from hamroh.projects.reports import told
from hamroh.projects.reports.parts import Block
from hamroh.projects.reports.words import LANGUAGE_NAMES

register = template.Library()
_LOOKS = {"draft": "now", "proposed": "care", "approved": "done", "replaced": "none", "dropped": "none"}


@register.filter
def report_look(state: str) -> str:
    """The shape of a state."""
    return _LOOKS[state]


@register.filter
def report_period(row: DonorReport) -> str:
    return told.days(row.starts, row.ends, get_language() or "en")


@register.filter
def language_itself(code: str) -> str:
    """What a language calls itself."""
    return LANGUAGE_NAMES.get(code, code)


@register.filter
def drawing(block: Block) -> SafeString:
    """The picture of a report: drawn by us, every text in it escaped there, and frozen with its digest."""
    return mark_safe(block.svg)  # noqa: S308 - made by the charts of our own, which escape every text
