"""An alert in the words of the standard: what is written at the desk becomes a message, and what is wrong with it becomes words."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from hamroh.accounts.zones import zone_of
from hamroh.directory.models import AdminUnit
from hamroh.emergencies.models import Alert, Hazard, Status
from hamroh.kernel import alerts as cap
from hamroh.web.texts import LANGUAGES, pick

#: stands before every headline of an alert that is not real, whatever else is written
MARKS = {
    Status.EXERCISE: {"en": "EXERCISE", "az": "TƏLİM", "ru": "УЧЕНИЕ", "tg": "МАШҚ"},
    Status.TEST: {"en": "TEST", "az": "SINAQ", "ru": "ТЕСТ", "tg": "САНҶИШ"},
}
#: what kind of danger a hazard is, in the standard's words, unless somebody says otherwise
CATEGORY_OF = {
    "mudflow": "Geo", "landslide": "Geo", "avalanche": "Geo", "earthquake": "Geo", "flood": "Met", "flash_flood": "Met", "storm": "Met",
    "heat": "Met", "cold": "Met", "drought": "Met", "fire": "Fire", "wildfire": "Fire", "epidemic": "Health", "insects": "Env",
    "technological": "CBRNE", "conflict": "Security", "other": "Other",
}  # fmt: skip
LABELS: dict[str, dict[str, Any]] = {
    "category": {
        "Geo": pgettext_lazy("category", "Earth: landslide, mudflow, earthquake"), "Met": pgettext_lazy("category", "Weather and flood"),
        "Safety": pgettext_lazy("category", "Safety in general"), "Security": pgettext_lazy("category", "Security, conflict"),
        "Rescue": pgettext_lazy("category", "Rescue"), "Fire": pgettext_lazy("category", "Fire"),
        "Health": pgettext_lazy("category", "Health"), "Env": pgettext_lazy("category", "Environment"),
        "Transport": pgettext_lazy("category", "Transport"), "Infra": pgettext_lazy("category", "Water, power, communication"),
        "CBRNE": pgettext_lazy("category", "Poison, radiation, explosion"), "Other": pgettext_lazy("category", "Other"),
    },
    "urgency": {
        "Immediate": pgettext_lazy("urgency", "At once"), "Expected": pgettext_lazy("urgency", "Within the next hour"),
        "Future": pgettext_lazy("urgency", "Soon, not within the hour"), "Past": pgettext_lazy("urgency", "Nothing any more"),
        "Unknown": pgettext_lazy("urgency", "Not known"),
    },
    "severity": {
        "Extreme": pgettext_lazy("severity", "Extreme: many lives are in danger"), "Severe": pgettext_lazy("severity", "Severe: lives or homes are in danger"),
        "Moderate": pgettext_lazy("severity", "Moderate: possible danger"), "Minor": pgettext_lazy("severity", "Minor: little danger"),
        "Unknown": pgettext_lazy("severity", "Not known"),
    },
    "certainty": {
        "Observed": pgettext_lazy("certainty", "It was seen"), "Likely": pgettext_lazy("certainty", "Likely"),
        "Possible": pgettext_lazy("certainty", "Possible"), "Unlikely": pgettext_lazy("certainty", "Unlikely"),
        "Unknown": pgettext_lazy("certainty", "Not known"),
    },
    "response": {
        "Evacuate": pgettext_lazy("response", "Leave the area"), "Shelter": pgettext_lazy("response", "Take shelter where you are"),
        "Prepare": pgettext_lazy("response", "Get ready"), "Avoid": pgettext_lazy("response", "Keep away"),
        "Execute": pgettext_lazy("response", "Do as was agreed before"), "Monitor": pgettext_lazy("response", "Listen for news"),
        "Assess": pgettext_lazy("response", "Find out more"), "AllClear": pgettext_lazy("response", "The danger is over"),
        "None": pgettext_lazy("response", "Nothing"),
    },
}  # fmt: skip


def message_of(alert: Alert, sent: dt.datetime, units: Mapping[str, AdminUnit] | None = None) -> cap.Message:
    """The message that this alert is, were it sent at that moment."""
    house, zone = alert.organisation, zone_of(alert.organisation)
    places = units if units is not None else units_of(alert.areas)
    refers = alert.refers_to
    return cap.Message(
        identifier=f"{house.code}-{alert.code}", sender=f"{house.code}@{urlsplit(settings.PUBLIC_URL).hostname or 'localhost'}",
        sent=cap.said_at(sent.astimezone(zone)), status=alert.status, kind=alert.kind, scope="Public", note=_note(alert.status),
        references=(*refers.references, refers.reference) if refers else (),
        infos=tuple(_info(alert, lang, places, zone) for lang in LANGUAGES if alert.texts.get(lang)),
    )  # fmt: skip


def units_of(keys: Sequence[str]) -> dict[str, AdminUnit]:
    """The places of an alert, by key, in the order in which they were named."""
    found = AdminUnit.objects.in_bulk(list(keys), field_name="key")
    return {key: found[key] for key in keys if key in found}


def _note(status: str) -> str:
    marks = MARKS.get(Status(status), {})
    return ". ".join(marks[lang] for lang in LANGUAGES) + "." if marks else ""


def marked(status: str, lang: str, words: str) -> str:
    """A headline with what says that it is not real."""
    mark = MARKS.get(Status(status), {}).get(lang, "")
    return f"{mark}: {words}" if mark and not words.startswith(mark) else words


def _info(alert: Alert, lang: str, places: Mapping[str, AdminUnit], zone: dt.tzinfo) -> cap.Info:
    facts, text = alert.facts, alert.texts[lang]
    with translation.override(lang):
        event = str(Hazard(alert.hazard).label)
        web = settings.PUBLIC_URL.rstrip("/") + reverse("alerts:one", kwargs={"code": alert.code})
    return cap.Info(
        lang=lang, categories=(facts["category"],), event=event, responses=tuple(facts.get("responses", ())), urgency=facts["urgency"],
        severity=facts["severity"], certainty=facts["certainty"], onset=_at(facts.get("onset"), zone), expires=_at(facts["expires"], zone),
        sender_name=pick(alert.organisation.names, lang).text, headline=marked(alert.status, lang, text.get("headline", "")),
        description=text.get("description", ""), instruction=text.get("instruction", ""), web=web, contact=facts.get("contact", ""),
        areas=tuple(_area(unit, lang, facts.get("radius")) for unit in places.values()),
    )  # fmt: skip


def _at(text: str | None, zone: dt.tzinfo) -> str:
    return cap.said_at(dt.datetime.fromisoformat(text).astimezone(zone)) if text else ""


def _area(unit: AdminUnit, lang: str, radius: int | None) -> cap.Area:
    """A place in words, by codes, and as a circle where its middle is known and somebody said how wide. We have no boundaries of districts."""
    circle = (
        (f"{unit.latitude:g},{unit.longitude:g} {radius}",)
        if radius and unit.latitude is not None and unit.longitude is not None
        else ()
    )
    codes = [("hamroh-unit", unit.key), *((("ISO3166-2", unit.iso),) if "-" in unit.iso else ())]
    return cap.Area(words=pick(unit.names, lang).text, circles=circle, codes=tuple(codes))


def faults_of(alert: Alert, now: dt.datetime) -> list[cap.Fault]:
    """What is wrong with an alert, were it sent now."""
    return cap.check(message_of(alert, now), now)


def missing_languages(alert: Alert) -> list[str]:
    """Languages in which nothing is written yet."""
    return [lang for lang in LANGUAGES if not alert.texts.get(lang)]


def words_of(fault: cap.Fault) -> str:
    """A fault in words."""
    return f"{fault.where}: {_words().get(fault.code, fault.code)}"


def _words() -> dict[str, str]:
    return {
        "missing": _("this is missing."), "name": _("no spaces, commas, < or & may stand in it."), "unknown": _("the standard does not know this word."),
        "time": _("a moment is written like 2026-11-23T10:00:00+05:00."), "time_z": _("write the zone as +05:00 or -00:00, not as Z."),
        "exercise_note": _("an exercise says so in its note."), "refers_to_nothing": _("an update or a cancellation says which alert it means."),
        "reference": _("a reference is sender,identifier,sent."), "refers_to_itself": _("it refers to itself."),
        "refers_ahead": _("it refers to something that was sent later."), "too_many": _("there are too many."),
        "no_info": _("nothing is said in any language."), "language_twice": _("this language stands there twice."),
        "languages_differ": _("this differs between languages."), "language": _("this is no language."), "long": _("more than 160 signs are cut off on telephones."),
        "web": _("this is no address."), "no_end": _("say until when it holds."), "ends_early": _("it ends before it begins."),
        "ends_before_onset": _("it ends before the danger begins."), "over": _("it is over already."), "no_area": _("say where."),
        "area_words": _("a place needs a name."), "polygon_form": _("points are written as latitude,longitude with spaces between."),
        "polygon_short": _("a polygon has at least four points."), "polygon_open": _("the last point of a polygon is the first one again."),
        "coordinate": _("there is no such point on the earth."), "circle_form": _("a circle is latitude,longitude and kilometres."),
        "radius": _("this circle is too wide."), "code": _("a code has a name and a value."), "unsayable": _("there is a sign in it that XML cannot say."),
    }  # fmt: skip
