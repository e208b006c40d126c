"""Words about a report for who writes it: what was found, and what a template can draw."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hamroh.kernel.reporting import Finding, Flaw
from hamroh.projects.reports import told

LANGUAGE_NAMES = {"en": "English", "az": "Azərbaycanca", "ru": "Русский", "tg": "Тоҷикӣ"}


def finding(each: Finding, content: Mapping[str, Any], lang: str) -> dict[str, str]:
    """A finding in words: what it is about, what is wrong, and in which section it is mended."""
    if each.flaw is Flaw.NO_WORDS:
        section = next(row for row in content["sections"] if row["code"] == each.about)
        about = f"{told.text(section['titles'], lang)} ({LANGUAGE_NAMES.get(each.lang, each.lang)})"
        return {"about": about, "words": told.flaw(each.flaw), "section": each.about}
    if each.flaw is Flaw.NO_CONSENT:
        return {"about": pgettext("report", "Stories"), "words": told.flaw(each.flaw), "section": ""}
    labels = content["figures"].get(each.about, {}).get("labels", {})
    return {"about": told.text(labels, lang), "words": told.flaw(each.flaw), "section": ""}


def drawn() -> dict[str, str]:
    """What a template draws from a project, in words."""
    return {
        "progress": _("Progress of the indicators"), "activities": pgettext("report", "Activities"), "map": _("Map of the regions"),
        "trainings": _("Trainings"), "campaigns": _("Campaigns"), "money": pgettext("report", "Money"), "risks": pgettext("report", "Risks"),
        "lessons": pgettext("report", "What was learned"),
    }  # fmt: skip
