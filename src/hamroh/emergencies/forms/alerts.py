"""The composer of alerts: guided questions, one set of words for each language."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.directory.forms.fields import ChoicesField, TextsField, UnitsField
from hamroh.emergencies.actions.alerts import Draft
from hamroh.emergencies.alerting import CATEGORY_OF, LABELS
from hamroh.emergencies.forms.fields import line, moment, number
from hamroh.emergencies.models import Alert, Event, Hazard, Status
from hamroh.web.fields import choice
from hamroh.web.texts import LANGUAGES

TEXTS = ("headline", "description", "instruction")
LONGEST = {"headline": 200, "description": 4000, "instruction": 4000}


def _statuses(*, real: bool) -> list[tuple[str, Any]]:
    """What an alert may be here: nothing real goes out of a demonstration or an exercise."""
    return [each for each in Status.choices if real or each[0] != Status.ACTUAL]


class AlertForm(forms.Form):
    """Who is warned of what, what they are to do, where, until when."""

    status = choice(pgettext_lazy("alert", "Is it real?"), Status.choices, radio=True, initial=Status.EXERCISE)
    hazard = choice(_("What is the danger?"), Hazard.choices)
    category = choice(
        _("What kind of danger is it?"),
        LABELS["category"].items(),
        empty=pgettext_lazy("category", "As the danger says"),
    )
    urgency = choice(_("How soon must people act?"), LABELS["urgency"].items(), radio=True)
    severity = choice(_("How severe is it?"), LABELS["severity"].items(), radio=True)
    certainty = choice(_("How certain is it?"), LABELS["certainty"].items(), radio=True)
    responses = ChoicesField(label=_("What are people to do?"), choices=list(LABELS["response"].items()))
    areas = UnitsField(label=_("Where?"), help_text=_("Districts or towns, one a line."))
    radius = number(
        _("Kilometres around the middle of each place"),
        most=500,
        help_text=_("Empty: the place is named by its words and its code alone."),
    )
    onset = moment(_("From when is there danger?"), required=False)
    expires = moment(_("Until when does the alert hold?"), help_text=_("Afterwards it leaves the feed by itself."))
    headline = TextsField(
        label=_("One sentence that everybody understands"),
        help_text=_("That it is an exercise is written before it by itself."),
    )
    description = TextsField(label=_("What is happening?"), rows=3)
    instruction = TextsField(label=_("What are people to do, step by step?"), rows=3)
    contact = line(
        _("Whom can people ask?"), required=False, length=200, help_text=_("A telephone of an office. It is public.")
    )

    def __init__(self, *args: Any, event: Event | None = None, alert: Alert | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.event, self.fixed = event, ""
        if alert is not None and alert.refers_to_id is not None:
            del self.fields["status"]
            self.fixed = alert.status
        else:
            self.fields["status"].choices = _statuses(  # type: ignore[attr-defined]
                real=not settings.IS_DEMO and not (event is not None and event.is_exercise)
            )

    def _one_language(self, name: str) -> dict[str, str]:
        texts: dict[str, str] = self.cleaned_data[name]
        if any(len(text) > LONGEST[name] for text in texts.values()):
            raise forms.ValidationError(_("One of the texts is too long."))
        return texts

    def clean_headline(self) -> dict[str, str]:
        return self._one_language("headline")

    def clean_description(self) -> dict[str, str]:
        return self._one_language("description")

    def clean_instruction(self) -> dict[str, str]:
        return self._one_language("instruction")

    def draft(self) -> Draft:
        typed = self.cleaned_data
        facts = {name: typed[name] for name in ("urgency", "severity", "certainty", "radius", "contact") if typed[name]}
        facts |= {
            "category": typed["category"] or CATEGORY_OF[typed["hazard"]], "responses": list(typed["responses"]),
            "expires": typed["expires"].isoformat(), **({"onset": typed["onset"].isoformat()} if typed["onset"] else {}),
        }  # fmt: skip
        texts = {lang: {name: typed[name][lang] for name in TEXTS if typed[name].get(lang)} for lang in LANGUAGES}
        return Draft(
            hazard=typed["hazard"], facts=facts, areas=typed["areas"], texts=texts, event=self.event,
            status=self.fixed or typed["status"],
        )  # fmt: skip


def initial_of(alert: Alert) -> dict[str, Any]:
    """What stands in the form of an alert that is there."""
    from django.utils.dateparse import parse_datetime

    facts = alert.facts
    moments = {name: parse_datetime(facts[name]) for name in ("onset", "expires") if facts.get(name)}
    texts = {name: {lang: text[name] for lang, text in alert.texts.items() if text.get(name)} for name in TEXTS}
    return {
        "status": alert.status, "hazard": alert.hazard, "areas": _keys(alert.areas), "category": facts.get("category", ""), **moments, **texts,
        **{name: facts.get(name) for name in ("urgency", "severity", "certainty", "responses", "radius", "contact")},
    }  # fmt: skip


def _keys(areas: Sequence[str]) -> tuple[str, ...]:
    return tuple(areas)
