"""Forms of gatherings and of what they asked."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.directory.forms.fields import TextsField
from hamroh.directory.forms.named import PartiesField, PartyField, PlaceField
from hamroh.training.actions import Ask, GatheringTold
from hamroh.training.models import Asked, Gathering, GatheringKind, Recommendation
from hamroh.training.states import RecommendationLife
from hamroh.web.fields import Line, SomeDay, choice, day


class GatheringForm(forms.Form):
    kind = choice(_("What kind of gathering?"), GatheringKind.choices)
    titles = TextsField(label=_("What is it called?"), help_text=_("In one language at least. Name no person."))
    abouts = TextsField(label=_("What was it about?"), required=False, rows=3)
    on_date = SomeDay(pgettext_lazy("gathering", "When?"), required=False)
    place = PlaceField(label=_("Where?"), required=False)
    parties = PartiesField(_("Which organisations met?"), help_text=_("As the directory names them, one a line."))
    source = Line(_("Where is this told?"), length=300, required=False)
    remarks = TextsField(label=_("What is not known, and why?"), required=False)
    is_public = forms.BooleanField(
        label=_("Anybody may read this"),
        required=False,
        help_text=_("With what was asked of whom, and what became of it."),
    )

    @classmethod
    def of(cls, row: Gathering) -> dict[str, Any]:
        plain = {name: getattr(row, name) for name in cls.base_fields if name not in ("place", "parties")}
        return plain | {"place": row.place.key if row.place else "", "parties": list(row.parties.all())}

    @property
    def told(self) -> GatheringTold:
        return GatheringTold(**self.cleaned_data)


class AskForm(forms.Form):
    kind = choice(pgettext_lazy("asked", "What is it?"), Asked.choices, radio=True)
    texts = TextsField(label=_("What is to be done?"), rows=3, help_text=_("In one language at least. Name no person."))
    addressee = PartyField(_("Who must act?"), required=False, help_text=_("As the directory names it."))
    addressee_name = Line(_("Or who is not in the directory"), length=200, required=False)
    due_date = day(_("By when?"), required=False)

    @property
    def told(self) -> Ask:
        return Ask(**self.cleaned_data)


class MoveForm(forms.Form):
    after = choice(_("What became of it?"), [], radio=True)
    words = Line(_("What is known of it? If it was refused or lapsed: why?"), length=500, required=False)

    def __init__(self, *args: Any, row: Recommendation, **options: Any) -> None:
        super().__init__(*args, **options)
        after = [(name, RecommendationLife.states[name].label) for name in RecommendationLife.moves(row.state)]
        self.fields["after"].choices = after  # type: ignore[attr-defined]
