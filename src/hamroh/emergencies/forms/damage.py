"""Forms of damage: cards by source, households by alias, what they received and were offered."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.directory.forms.fields import ChoicesField
from hamroh.directory.forms.named import PlaceField
from hamroh.emergencies.actions.damage import Hit, Told
from hamroh.emergencies.forms.fields import CountField, line, number
from hamroh.emergencies.models import MEMBERS, AidKind, Barn, House, OfferAnswer, Plot, Source
from hamroh.emergencies.words import EFFECT_WORDS, MEMBER_WORDS, SECTOR_WORDS
from hamroh.kernel.damage import EFFECTS
from hamroh.web.fields import choice, day, paragraph


class NewCard(forms.Form):
    place = PlaceField(label=_("Place"), help_text=_("As wide as what the source speaks of."))
    spot = line(_("Where there?"), required=False, help_text=_("A street, bridge or field. No house of anybody."))
    source = choice(_("Who says it?"), Source.choices, radio=True)
    source_name = line(
        _("Which office, medium or organisation?"),
        help_text=_("Always written alike, so that it is counted as one source. No person."),
    )
    on_date = day(_("Of which day are the figures?"))
    sectors = ChoicesField(label=_("What else was hit?"), choices=list(SECTOR_WORDS.items()))
    words = paragraph(_("Anything else that the source said"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in EFFECTS:
            self.fields[f"n_{name}"] = CountField(EFFECT_WORDS[name])

    @property
    def counted(self) -> list[Any]:
        return [self[f"n_{name}"] for name in EFFECTS]

    def told(self) -> Told:
        typed = self.cleaned_data
        counts = {name: typed[f"n_{name}"] for name in EFFECTS if typed.get(f"n_{name}")}
        return Told(
            place=typed["place"], source=typed["source"], source_name=typed["source_name"], on_date=typed["on_date"], counts=counts,
            sectors=typed["sectors"], spot=typed["spot"], words=typed["words"],
        )  # fmt: skip


class HouseholdForm(forms.Form):
    alias = line(
        _("What do we call this household?"), help_text=_("An alias that only we know. No name, no number of a paper.")
    )
    place = PlaceField(label=_("District or town"), help_text=_("Not the village, where people know each other."))
    house = choice(pgettext_lazy("household", "House"), House.choices)
    barn = choice(pgettext_lazy("household", "Barn"), Barn.choices)
    plot = choice(_("How much of the plot is lost?"), Plot.choices)
    livestock = line(_("Livestock lost"), required=False, help_text=_("Such as: two sheep, one cow."))
    words = paragraph(_("What else was lost, and what is needed most?"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in MEMBERS:
            self.fields[f"p_{name}"] = number(MEMBER_WORDS[name], most=50)

    @property
    def lived(self) -> list[Any]:
        return [self[f"p_{name}"] for name in MEMBERS]

    @property
    def asked(self) -> list[Any]:
        return [self[name] for name in self.fields if not name.startswith("p_")]

    def hit(self) -> Hit:
        typed = self.cleaned_data
        members = {name: typed[f"p_{name}"] for name in MEMBERS if typed.get(f"p_{name}")}
        losses = {name: typed[name] for name in ("house", "barn", "plot", "livestock", "words") if typed[name]}
        return Hit(alias=typed["alias"], place=typed["place"], members=members, losses=losses)


def initial_of(shown: dict[str, Any]) -> dict[str, Any]:
    """What stands in the form of a household that is there."""
    return {
        "alias": shown["alias"], "place": shown["row"].place.key, **shown["losses"],
        **{f"p_{name}": number for name, number in shown["members"].items()},
    }  # fmt: skip


class NewAid(forms.Form):
    kind = choice(_("What did it receive?"), AidKind.choices)
    on_date = day(_("When?"))
    giver = line(_("From whom?"))
    days = number(_("For how many days does it last?"), most=730)
    words = paragraph(_("Anything else"))

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("giver", "days", "words") if self.cleaned_data[name]}


class NewOffer(forms.Form):
    place = PlaceField(label=_("Where was it offered to move?"))
    on_date = day(_("When did it answer?"))
    by = line(_("Who offered it?"))
    terms = paragraph(_("What was offered: land, house, transport, money?"))
    answer = choice(_("What did it answer?"), OfferAnswer.choices, radio=True)
    why = paragraph(
        _("Why, in its own words?"), help_text=_("A refusal needs its reason: it says what help was missing.")
    )

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("by", "terms", "why") if self.cleaned_data[name]}


class CardsFile(forms.Form):
    file = forms.FileField(
        label=_("Cards of damage"), help_text=_("CSV or XLSX with the columns of DesInventar, at most 2,000 rows."),
        error_messages={"required": _("Choose the file."), "empty": _("The file is empty.")},
    )  # fmt: skip
