"""The editors of a party and of a service: one form for what there is once, formsets for rows."""

import dataclasses
import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils.dateparse import parse_datetime
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hamroh.directory import actions
from hamroh.directory.forms import rows
from hamroh.directory.forms.fields import ChoicesField, KeysField, TextsField, UnitField, UnitsField, languages_field
from hamroh.directory.models import Party, PartyKind
from hamroh.directory.models.entries import Visibility
from hamroh.directory.models.parties import LegalStatus
from hamroh.directory.models.services import Cost, Operation, Trait
from hamroh.kernel import terms
from hamroh.web.texts import pick


class PartyForm(forms.Form):
    names = TextsField(label=_("Name"), help_text=_("In each language in which it has one."))
    kind = forms.ChoiceField(label=_("What it is"), choices=PartyKind.choices)
    description = TextsField(rows=3, label=_("What it does"), required=False)
    mandate = TextsField(rows=2, label=_("Mandate"), required=False)
    gender_focal_point = forms.BooleanField(label=_("Has a gender focal point"), required=False)
    legal_status = forms.ChoiceField(label=_("Legal status"), choices=LegalStatus.choices)
    country = UnitField(label=_("Country"), required=False)
    seat = UnitField(label=_("Seat"), required=False, help_text=_("District or city, such as Kulob."))
    founded = forms.CharField(
        label=_("Founded"), required=False, max_length=10, help_text=_("A year, a month or a day: 2008, 2008-10.")
    )
    closed = forms.CharField(label=_("Closed"), required=False, max_length=10)
    subjects = KeysField(label=_("Subjects"), required=False, help_text=_("Keys from the thesaurus, parted by commas."))
    visibility = forms.ChoiceField(label=_("Who may see it"), choices=Visibility.choices)


class ServiceForm(forms.Form):
    names = TextsField(label=_("Name"), help_text=_("Short: what kind of help it is."))
    kinds = ChoicesField(choices=(), label=_("Kinds of help"))
    description = TextsField(rows=3, label=_("What exactly happens there"), required=False)
    eligibility = TextsField(label=_("For whom"), required=False)
    minimum_age = forms.IntegerField(label=_("From age"), required=False, min_value=0, max_value=120)
    maximum_age = forms.IntegerField(label=_("To age"), required=False, min_value=0, max_value=120)
    cost = forms.ChoiceField(label=_("Cost"), choices=Cost.choices)
    cost_note = TextsField(label=_("About the cost"), required=False)
    how_to_apply = TextsField(rows=2, label=_("How to come to it"), required=False)
    when_calling = TextsField(label=_("What happens when she calls"), required=False)
    do_not = TextsField(label=_("What not to do"), required=False)
    alert = TextsField(label=_("Notice"), required=False)
    languages = languages_field(_("Languages spoken"))
    traits = ChoicesField(choices=Trait.choices, label=_("Good to know"))
    crisis = forms.BooleanField(label=_("Help in danger now"), required=False)
    secret = forms.BooleanField(
        label=_("Its place is secret: one asks the hotline"),
        required=False,
        help_text=_("No address is kept. Untie it from every place first."),
    )
    areas = UnitsField(
        label=_("For people of"),
        required=False,
        help_text=_("One place a line. A district counts with everything in it."),
    )
    locations = ChoicesField(choices=(), label=_("Where"))
    operation = forms.ChoiceField(label=_("Running?"), choices=Operation.choices)
    visibility = forms.ChoiceField(label=_("Who may see it"), choices=Visibility.choices)


class RowSet(BaseFormSet):  # type: ignore[type-arg]
    """Rows of one kind; an emptied row is one taken away."""

    def values(self) -> tuple[Any, ...]:
        return tuple(form.typed() for form in self.kept)

    @property
    def kept(self) -> list[Any]:
        """Forms in the order of facts, so that a problem of row 2 lands at row 2."""
        return [form for form in self.forms if form.is_row and not form.cleaned_data.get(DELETION_FIELD_NAME)]


class Editor:
    """An entry on the desk: reads ``facts`` from what was typed, puts problems where they belong.

    ``seen`` is when the entry was last saved as this page knew it.
    """

    form_class: type[forms.Form]
    row_forms: dict[str, tuple[type[rows.RowForm], Any]]
    facts_class: type[Any]

    def __init__(self, data: Any = None, *, initial: Any = None, seen: dt.datetime | None = None) -> None:
        self.initial = initial
        self.seen = parse_datetime(data.get("seen", "")) if data else seen
        start = _values(initial)
        self.form = self.form_class(data, initial=start)
        more = data.get("more", "") if data else ""
        self.rows = {name: self._row_set(name, data, start.get(name, ()), more) for name in self.row_forms}
        self.adds_row = bool(more)

    def _row_set(self, name: str, data: Any, start: Iterable[Any], more: str) -> RowSet:
        kind, label = self.row_forms[name]
        made: Any = formset_factory(kind, formset=RowSet, extra=1, can_delete=True, max_num=60, validate_max=True)
        if data and more == name:
            data = data.copy()
            data[f"{name}-TOTAL_FORMS"] = str(min(60, int(data.get(f"{name}-TOTAL_FORMS", "0") or 0) + 1))
        row_set: RowSet = made(data, prefix=name, initial=[_values(row) for row in start])
        row_set.title = label  # type: ignore[attr-defined]
        return row_set

    def is_valid(self) -> bool:
        valid = [self.form.is_valid(), *(row_set.is_valid() for row_set in self.rows.values())]
        return all(valid)

    def facts(self) -> Any:
        """The typed facts; what no field shows stays as it was."""
        known = {field.name for field in dataclasses.fields(self.facts_class)}
        typed = {name: value for name, value in self.form.cleaned_data.items() if name in known}
        typed |= {name: row_set.values() for name, row_set in self.rows.items()}
        return dataclasses.replace(self.initial, **typed) if self.initial else self.facts_class(**typed)

    def show(self, refused: actions.FactsRefused) -> None:
        """Put each problem at its field, or at the top where no field shows it."""
        for problem in refused.problems:
            name, _dot, rest = problem.field.partition(".")
            if name in self.rows:
                self._show_in_row(name, rest, problem.message)
            else:
                self.form.add_error(name if name in self.form.fields else None, problem.message)

    def _show_in_row(self, name: str, rest: str, message: str) -> None:
        place, _dot, field = rest.partition(".")
        kept = self.rows[name].kept
        if place.isdigit() and int(place) < len(kept):
            form = kept[int(place)]
            form.add_error(field if field in form.fields else None, message)
        else:
            self.form.add_error(None, message)

    @property
    def faults(self) -> list[tuple[str, str]]:
        """Everything to be put right, as pairs of the field's anchor and the words."""
        return [
            (f"#{form[name].auto_id}" if name in form.fields else "", str(error))
            for form in self.forms
            for name, errors in form.errors.items()
            for error in errors
        ]

    @cached_property
    def forms(self) -> list[forms.Form]:
        """Every form with a field, in the order of the page."""
        return [self.form, *(form for row_set in self.rows.values() for form in row_set.forms)]


class PartyEditor(Editor):
    form_class = PartyForm
    facts_class = actions.PartyFacts
    row_forms = {
        "other_names": (rows.NameRow, _("Other names")),
        "phones": (rows.PhoneRow, _("Phones")),
        "channels": (rows.ChannelRow, _("E-mail and web")),
        "locations": (rows.LocationRow, _("Places")),
        "officers": (rows.OfficerRow, _("People who hold a post")),
        "legal_bases": (rows.LegalBasisRow, _("Legal basis")),
        "relations": (rows.RelationRow, _("Ties to others")),
        "sources": (rows.SourceRow, _("Sources")),
    }


class ServiceEditor(Editor):
    form_class = ServiceForm
    facts_class = actions.ServiceFacts
    row_forms = {
        "schedules": (rows.ScheduleRow, _("Hours and visits")),
        "phones": (rows.PhoneRow, _("Phones of this service")),
        "capacities": (rows.CapacityRow, _("Free places")),
        "sources": (rows.SourceRow, _("Sources")),
    }

    def __init__(self, *args: Any, party: Party, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form.fields["kinds"].choices = kinds_of_help()  # type: ignore[attr-defined]
        self.form.fields["locations"].choices = places_of(party)  # type: ignore[attr-defined]


def kinds_of_help() -> list[tuple[str, str]]:
    """Concepts of help services with their short labels in the reader's language."""
    lang = get_language() or "en"
    return [(kind.concept, pick(kind.label, lang).text) for kind in terms.load().services]


def places_of(party: Party) -> list[tuple[str, str]]:
    """The party's places by the name that facts use."""
    lang = get_language() or "en"
    found = party.locations.select_related("unit").order_by("pk")
    return [(row.key or str(row.pk), _place_label(row, lang)) for row in found]


def _place_label(row: Any, lang: str) -> str:
    parts = (pick(row.unit.names, lang).text if row.unit else "", pick(row.address, lang).text)
    return ", ".join(part for part in parts if part) or row.get_kind_display()


def _values(facts: Any) -> dict[str, Any]:
    """Facts as a form's initial values."""
    if facts is None:
        return {}
    return {field.name: getattr(facts, field.name) for field in dataclasses.fields(facts)}


__all__ = ["Editor", "PartyEditor", "ServiceEditor"]
