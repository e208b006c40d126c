"""One small form for each kind of row that an entry has several of; field names are those of the facts."""

import dataclasses
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hamroh.directory import actions
from hamroh.directory.forms.fields import TextsField, UnitField, languages_field
from hamroh.directory.models import Channel, LegalBasis, Location, PartyName, PartyRelation, Phone
from hamroh.directory.models.services import Confidentiality

DAYS = (("MO", _("Monday")), ("TU", _("Tuesday")), ("WE", _("Wednesday")), ("TH", _("Thursday")),
        ("FR", _("Friday")), ("SA", _("Saturday")), ("SU", _("Sunday")))  # fmt: skip


class RowForm(forms.Form):
    """A row: ``facts`` is the class of facts it makes."""

    facts: type[Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.MultipleChoiceField):
                field.initial = (
                    field.initial or next(iter(field.widget.choices))[0]
                )  # as a browser sends an untouched row

    @property
    def is_row(self) -> bool:
        """Whether this is a row at all: a stored one, or a new one in which something was typed."""
        return bool(self.initial) or self.has_changed()

    @property
    def is_open(self) -> bool:
        """Whether the page shows it unfolded: there is something to put right, or it was just typed."""
        return self.is_bound and (bool(self.errors) or (not self.initial and self.has_changed()))

    def typed(self) -> Any:
        """The typed facts, over the stored ones, so that nothing is lost that the form does not show."""
        known = {field.name for field in dataclasses.fields(self.facts)}
        stored = {name: value for name, value in self.initial.items() if name in known}
        typed = {name: value for name, value in self.cleaned_data.items() if name in known}
        return self.facts(**(stored | typed))


class NameRow(RowForm):
    facts = actions.NameFacts
    text = forms.CharField(label=_("Name"), max_length=400)
    lang = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=(("", "–"), ("tg", "тоҷикӣ"), ("az", "azərbaycanca"), ("ru", "русский"), ("en", "English")),
    )
    kind = forms.ChoiceField(label=_("Kind of name"), choices=PartyName.Kind.choices)
    since = forms.CharField(label=_("Since"), required=False, max_length=10)
    until = forms.CharField(label=_("Until"), required=False, max_length=10)


class PhoneRow(RowForm):
    facts = actions.PhoneFacts
    number = forms.CharField(label=_("Number"), max_length=40)
    kind = forms.ChoiceField(label=_("Kind"), choices=Phone.Kind.choices)
    safe_to_call = forms.ChoiceField(label=_("Safe to call?"), choices=Phone.Safe.choices, initial=Phone.Safe.UNKNOWN)
    languages = languages_field(_("Spoken there"))
    printed = forms.CharField(
        label=_("Only printed somewhere, never checked: where and when"), required=False, max_length=60
    )


class ChannelRow(RowForm):
    facts = actions.ChannelFacts
    kind = forms.ChoiceField(label=_("Kind"), choices=Channel.Kind.choices)
    value = forms.CharField(label=_("Address"), max_length=200)


class LocationRow(RowForm):
    facts = actions.LocationFacts
    unit = UnitField(label=_("District or city"))
    kind = forms.ChoiceField(label=_("Kind"), choices=Location.Kind.choices)
    confidentiality = forms.ChoiceField(
        label=_("What may be told"), choices=Confidentiality.choices, initial=Confidentiality.AREA_ONLY
    )
    address = TextsField(
        label=_("Address"),
        required=False,
        help_text=_("Only of a public place. Never the address of a shelter or a home."),
    )
    directions = TextsField(label=_("How to find it"), required=False)


class OfficerRow(RowForm):
    facts = actions.OfficerFacts
    names = TextsField(label=_("Name"))
    posts = TextsField(label=_("Post"), required=False)
    public_office = forms.BooleanField(label=_("Holds a public office"), required=False)
    since = forms.CharField(label=_("Since"), required=False, max_length=10)
    until = forms.CharField(label=_("Until"), required=False, max_length=10)


class LegalBasisRow(RowForm):
    facts = actions.LegalBasisFacts
    kind = forms.ChoiceField(label=_("Kind"), choices=LegalBasis.Kind.choices)
    titles = TextsField(label=_("Title"))
    number = forms.CharField(label=_("Number"), required=False, max_length=60)
    issued = forms.CharField(label=_("Date"), required=False, max_length=10)


class RelationRow(RowForm):
    facts = actions.RelationFacts
    kind = forms.ChoiceField(label=_("This entry is"), choices=PartyRelation.Kind.choices)
    target = forms.CharField(label=_("Key or code of the other entry"), max_length=120)


class SourceRow(RowForm):
    facts = actions.SourceFacts
    title = forms.CharField(label=_("Source"), max_length=300)
    locator = forms.CharField(label=_("Where in it"), required=False, max_length=120)
    as_of = forms.CharField(label=_("As of"), required=False, max_length=20)


class ScheduleRow(RowForm):
    facts = actions.ScheduleFacts
    days = forms.MultipleChoiceField(
        label=_("Every week on"), choices=DAYS, required=False, widget=forms.CheckboxSelectMultiple
    )
    date = forms.DateField(
        label=_("Or once on"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    unit = UnitField(label=_("In which place"), required=False)
    opens_at = forms.TimeField(
        label=_("From"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    closes_at = forms.TimeField(
        label=_("To"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    note = TextsField(label=_("Note"), required=False)

    def clean_days(self) -> tuple[str, ...]:
        return tuple(self.cleaned_data["days"])


class CapacityRow(RowForm):
    facts = actions.CapacityFacts
    unit = forms.CharField(label=_("Of what"), max_length=30)
    available = forms.IntegerField(label=_("Free now"), required=False, min_value=0)
    maximum = forms.IntegerField(label=_("In all"), required=False, min_value=0)
