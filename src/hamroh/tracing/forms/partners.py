"""Forms of partners: an offer and its answer, a search with its purpose, an answer, and letting somebody search again."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.accounts.models import Organisation, User
from hamroh.tracing.actions.looking import REASON
from hamroh.tracing.actions.partnering import MOST_MONTHS, MOST_PER_HOUSE, MOST_PER_PERSON, Terms
from hamroh.tracing.models import PER_HOUSE, PER_PERSON, PartnerSays, Purpose
from hamroh.tracing.selectors.partners import Like

_OFF = {"autocomplete": "off"}
_SHORT = {"min_length": _("Say a little more: at least 10 characters.")}


def _number(label: Any, most: int, initial: int) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"inputmode": "numeric", **_OFF})
    return forms.IntegerField(label=label, min_value=1, max_value=most, initial=initial, widget=widget)


def _words(label: Any, rows: int, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=2000, widget=forms.Textarea(attrs={"rows": rows, **_OFF}), error_messages=_SHORT, **more
    )


def _contact() -> forms.CharField:
    return forms.CharField(
        label=_("How are our officers reached?"), max_length=200, widget=forms.TextInput(attrs=_OFF),
        help_text=_("A telephone or an address of the office. The other side reads it beside an answer."),
    )  # fmt: skip


class Offer(forms.Form):
    """What is offered to another organisation."""

    partner = forms.ChoiceField(label=_("To which organisation?"))
    words = _words(
        _("What do both sides agree to?"), 4, min_length=REASON,
        help_text=_("What the searches are for, who may make them, what becomes of what was learned."),
    )  # fmt: skip
    contact = _contact()
    per_person = _number(_("Searches a day of one person, at most"), MOST_PER_PERSON, PER_PERSON)
    per_house = _number(_("Searches a day of the whole organisation, at most"), MOST_PER_HOUSE, PER_HOUSE)
    months = _number(_("For how many months?"), MOST_MONTHS, MOST_MONTHS)

    def __init__(self, *args: Any, partners: Sequence[tuple[Organisation, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._partners = {str(each.pk): each for each, _name in partners}
        self.fields["partner"].choices = [  # type: ignore[attr-defined]
            ("", _("choose one")),
            *((str(each.pk), name) for each, name in partners),
        ]

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if told.get("per_person") and told.get("per_house") and told["per_person"] > told["per_house"]:
            self.add_error("per_house", _("The whole organisation makes at least as many as one person."))
        return told

    @property
    def to(self) -> Organisation:
        return self._partners[self.cleaned_data["partner"]]

    def terms(self) -> Terms:
        told = self.cleaned_data
        return Terms(told["words"], told["contact"], told["per_person"], told["per_house"], told["months"])


class Acceptance(forms.Form):
    contact = _contact()


class Looking(forms.Form):
    """One search: what for."""

    purpose = forms.ChoiceField(label=_("Why do you search?"), choices=Purpose.choices, widget=forms.RadioSelect)
    words = _words(
        _("In your own words"), 2, min_length=REASON,
        help_text=_("Supervisors read it. Name nobody."),
    )  # fmt: skip


class Answering(forms.Form):
    """What is answered: somebody of our lists, who stays here, or nobody."""

    who = forms.ChoiceField(label=_("What do you answer?"), widget=forms.RadioSelect)
    officer = forms.ChoiceField(label=_("With whom can the other side talk?"), required=False)

    def __init__(self, *args: Any, found: Sequence[Like], officers: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._officers = {str(each.pk): each for each in officers}
        there = pgettext_lazy("partner answer", "There may be somebody: %(name)s")
        self.fields["who"].choices = [  # type: ignore[attr-defined]
            *((str(each.record.pk), there % {"name": each.name}) for each in found),
            (PartnerSays.NOBODY, _("Nobody on our lists is this person.")),
        ]
        self.fields["officer"].choices = [(pk, str(each)) for pk, each in self._officers.items()]  # type: ignore[attr-defined]

    @property
    def record_id(self) -> UUID | None:
        who = self.cleaned_data["who"]
        return None if who == PartnerSays.NOBODY else UUID(who)

    @property
    def named(self) -> User | None:
        return self._officers.get(self.cleaned_data["officer"])


class Lifting(forms.Form):
    words = _words(
        _("What did you learn, and why may the person search again?"), 3, min_length=REASON,
    )  # fmt: skip
