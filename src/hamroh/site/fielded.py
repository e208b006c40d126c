"""What a form about damage becomes: a card of an emergency. Two rooms that do not know each other meet here."""

import datetime as dt
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _

from hamroh.accounts import policy
from hamroh.directory.forms.fields import unit_key
from hamroh.directory.models import AdminUnit
from hamroh.emergencies.actions import NotNow, enter_card
from hamroh.emergencies.actions.damage import Told
from hamroh.emergencies.models import Event, Source
from hamroh.emergencies.words import EFFECT_WORDS
from hamroh.fieldwork.outcomes import Became, Carrying, Field, NotCarried, Outcome, declare
from hamroh.kernel.damage import EFFECTS, Count, Known
from hamroh.web.texts import pick

#: what a form may say where there were some and nobody knows how many
_SOME = {"?", "+", "-1", "yes", "some", "unknown"}


def _source(value: Any) -> str:
    return str(value) if str(value) in Source.values else ""


FIELDS = (
    Field("on_date", _("Of which day are the figures?"), kind="date", required=True),
    Field("source", _("Who says it?"), required=True, choices=Source.choices, reads=_source),
    Field("source_name", _("Which office, medium or organisation?"), required=True),
    Field("place", _("District, where the form does not say it")),
    *(
        Field(name, EFFECT_WORDS[name], help=_("A number; 0 for none; ? where nobody knows how many."))
        for name in EFFECTS
    ),
    Field("words", _("Anything else that the source said"), kind="long"),
)


def _events(actor: Any, submission: Any) -> list[tuple[str, Any]]:
    """Open emergencies of the organisation in which she may enter a card."""
    rows = Event.objects.filter(organisation_id=submission.organisation_id, state="open").order_by("-started_at")
    lang = get_language() or "en"
    return [(row.code, pick(row.titles, lang).text) for row in policy.visible(actor, "damage.enter", rows)]


def _to_card(told: Carrying) -> Became:
    """A card of the chosen emergency, known by its submission: it comes in once."""
    event = _event(told)
    values, row = told.values, told.submission
    counts = {name: count for name in EFFECTS if (count := _count(values.get(name, ""), name)) is not None}
    card = Told(
        place=_place(values.get("place", ""), row.place), source=values["source"], source_name=values["source_name"][:120],
        on_date=_day(values["on_date"]), counts=counts, words=values.get("words", "")[:2000], origin=f"form:{row.code}",
    )  # fmt: skip
    try:
        made = enter_card(actor=told.actor, event=event, told=card)
    except NotNow as fault:
        raise NotCarried(str(fault)) from None
    return Became("emergencies.damagecard", str(made.pk), event.code)


def _event(told: Carrying) -> Event:
    rows = Event.objects.filter(organisation_id=told.submission.organisation_id, code=told.chosen)
    event: Event | None = policy.visible(told.actor, "damage.enter", rows).first()
    if event is None:
        raise NotCarried(said("Choose the emergency."))
    return event


def _count(typed: str, name: str) -> Count | None:
    text = typed.strip().lower()
    if not text:
        return None
    if text in _SOME:
        return Count(Known.SOME)
    try:
        number = Decimal(text)
        return Count(Known.NUMBER, int(number)) if number else Count(Known.NONE)
    except (InvalidOperation, ValueError, OverflowError):
        raise NotCarried(said("Write a number, 0 for none, ? where nobody knows how many."), name) from None


def _day(typed: str) -> dt.date:
    try:
        return dt.date.fromisoformat(typed[:10])
    except ValueError:
        raise NotCarried(said("Write the day like 23.11.2026."), "on_date") from None


def _place(typed: str, there: AdminUnit | None) -> AdminUnit:
    if not typed.strip() and there is not None:
        return there
    try:
        unit = AdminUnit.objects.filter(key=unit_key(typed)).first()
    except ValidationError as fault:
        raise NotCarried(" ".join(fault.messages), "place") from None
    if unit is None:
        raise NotCarried(said("Say where it is: a place that the directory knows."), "place")
    return unit


def _card_at(actor: Any, row: Any) -> str:
    event = policy.visible(actor, "event.see", Event.objects.filter(code=row.code)).first()
    return reverse("emergencies:card", kwargs={"code": event.code, "card": row.record_id}) if event else ""


declare(
    Outcome(
        "damage", _("A card of damage"), FIELDS, _to_card, address=_card_at, choose=_events, choose_label=_("Emergency"),
        offered=lambda actor, submission: bool(_events(actor, submission)),
    )
)  # fmt: skip
