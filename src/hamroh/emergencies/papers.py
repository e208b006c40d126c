"""A situation report as a paper, made in memory by typst. Words are data there, never markup."""

import functools
import json
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from hamroh.emergencies.models import Report
from hamroh.web import dates

TEMPLATES = Path(__file__).parent / "typst"


@functools.cache
def fonts() -> Any:
    """The fonts that come with typst and no other: a report looks the same on every machine."""
    import typst

    return typst.Fonts(include_system_fonts=False)


def pdf(row: Report, shown: dict[str, Any], lang: str) -> bytes:
    """The report to be printed, in the words of one language."""
    import typst

    found = typst.compile(
        TEMPLATES / "report.typ", root=TEMPLATES, font_paths=fonts(), format="pdf",
        sys_inputs={"report": json.dumps(data_of(row, shown, lang), ensure_ascii=False)},
    )  # fmt: skip
    assert isinstance(found, bytes)
    return found


def data_of(row: Report, shown: dict[str, Any], lang: str) -> dict[str, Any]:
    """Everything that stands on the paper, in order, as texts."""

    def at(value: Any) -> str:
        return dates.moment(timezone.localtime(value), lang) if value else ""

    head = [
        (_("What happened?"), str(shown["hazard"])), (_("Since"), at(shown["started_at"])), (_("Where?"), ", ".join(shown["areas"])),
        (pgettext("report", "As of"), at(shown["made_at"])), *([(_("GLIDE number"), shown["glide"])] if shown["glide"] else []),
    ]  # fmt: skip
    return {
        "lang": lang, "mark": _("EXERCISE: nothing of this has happened") if shown["is_exercise"] else "",
        "title": _("Situation report %(number)s") % {"number": shown["number"]}, "event": shown["title"].text, "head": head,
        "words": [each["text"] for each in shown["words"][:1]],
        "incidents": {"title": _("Incidents"), "rows": [_incident(each) for each in shown["incidents"]]},
        "sources": {"title": _("Damage, as each source says it"), "note": _("Figures of different sources are never added up: they count the same houses."),
                    "rows": [_source(each, lang) for each in shown["sources"]]},
        "households": {"title": _("Households"), "rows": [[each["title"], each["number"]] for each in shown["households"]]},
        "needs": {"title": pgettext("emergency", "Needs"), "head": [_("What is needed?"), _("Place"), _("Needed"), _("Arrived"), _("Promised"), _("How far")],
                  "rows": [_need(each, lang) for each in shown["needs"]]},
        "tasks": _tasks(shown["tasks"]), "digest": f"SHA-256 {row.digest}",
    }  # fmt: skip


def _incident(each: dict[str, Any]) -> list[str]:
    place = ", ".join(filter(None, (each["place"], each["spot"])))
    return [
        place,
        each["lead"],
        f"{each['severity']}. {each['level']}" if each["is_open"] else pgettext("event", "Closed"),
    ]


def _source(each: dict[str, Any], lang: str) -> dict[str, Any]:
    return {
        "title": f"{each['kind']}: {each['name']}", "until": _("Until %(day)s") % {"day": dates.day(each["until"], lang)},
        "rows": [[str(row["effect"]), str(row["number"])] for row in each["rows"]],
    }  # fmt: skip


def _need(each: dict[str, Any], lang: str) -> list[str]:
    numbers = [
        dates.number(each[name], lang) if each[name] is not None else ""
        for name in ("quantity", "delivered", "promised")
    ]
    return [each["item"], each["place"], *numbers, str(each["state"])]


def _tasks(tasks: dict[str, int]) -> str:
    said = (
        ngettext("%(count)s task is open", "%(count)s tasks are open", tasks["open"]) % {"count": tasks["open"]},
        ngettext("%(count)s is late", "%(count)s are late", tasks["late"]) % {"count": tasks["late"]},
    )
    return ", ".join(said)
