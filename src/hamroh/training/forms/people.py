"""Forms of people in a round, of their tests, and of signing up."""

import time
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.training.actions import Told
from hamroh.training.forms.courses import two_letters
from hamroh.training.models import Age, Sex
from hamroh.vault.rules import phone_tail
from hamroh.web.fields import Line, choice, day, whole

_NOT_SAID = _("not said")
_MOST_AT_ONCE = 60


class PersonForm(forms.Form):
    name = Line(
        pgettext_lazy("person", "Name"),
        required=False,
        help_text=_("Sealed. Only who trains here and a supervisor read it."),
    )
    alias = Line(_("Or an alias that she chooses"), length=60, required=False)
    phone = Line(
        _("Telephone"),
        length=40,
        required=False,
        help_text=_("With it she counts once, even if she comes to another round."),
    )
    sex = choice(pgettext_lazy("sex", "Woman or man?"), Sex.choices, empty=_NOT_SAID)
    age = choice(_("Age"), Age.choices, empty=_NOT_SAID)
    agency = Line(_("From which agency or organisation?"), required=False)
    country = Line(_("From which country?"), length=2, required=False, help_text=_("Two letters: TJ, AF, AZ."))
    role = Line(_("As what: official, border officer, mother?"), length=80, required=False)

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"]
        if phone and phone_tail(phone) is None:
            raise ValidationError(said("A telephone number has at least 6 digits."))
        return phone

    def clean_country(self) -> str:
        return two_letters(self.cleaned_data["country"])

    @property
    def told(self) -> Told:
        return Told(**self.cleaned_data)


class ManyForm(forms.Form):
    """A list that is written on paper: a name a line, and what all of them have in common."""

    lines = forms.CharField(
        label=_("Names, one a line"), max_length=8000, widget=forms.Textarea(attrs={"rows": 12, "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("A telephone number may follow behind a semicolon: Name; 93 555 00 12"),
    )  # fmt: skip
    sex = choice(pgettext_lazy("sex", "Women or men?"), Sex.choices, empty=_NOT_SAID)
    agency = Line(_("From which agency or organisation?"), required=False)
    country = Line(_("From which country?"), length=2, required=False, help_text=_("Two letters: TJ, AF, AZ."))

    def clean_lines(self) -> list[tuple[str, str]]:
        found = [_line(line) for line in self.cleaned_data["lines"].splitlines() if line.strip()]
        if len(found) > _MOST_AT_ONCE:
            raise ValidationError(said("At most %(number)s people at once.") % {"number": _MOST_AT_ONCE})
        return found

    def clean_country(self) -> str:
        return two_letters(self.cleaned_data["country"])

    @property
    def told(self) -> list[Told]:
        shared = {name: self.cleaned_data[name] for name in ("sex", "agency", "country")}
        return [Told(name=name, phone=phone, **shared) for name, phone in self.cleaned_data["lines"]]


def _line(line: str) -> tuple[str, str]:
    name, _semicolon, phone = line.partition(";")
    if phone.strip() and phone_tail(phone) is None:
        raise ValidationError(said("A telephone number has at least 6 digits: %(line)s") % {"line": line.strip()})
    return name.strip()[:160], phone.strip()[:40]


class Leave(forms.Form):
    on_date = day(
        _("Since which day does she not come any more?"), required=False, help_text=_("Empty: she comes after all.")
    )


# -- tests -----------------------------------------------------------------------------------------------------------


class ScoresForm(forms.Form):
    """Points of each person before and after, and scores that were only counted."""

    most = whole(_("How many points can be reached?"), least=1, most=1000, required=True)
    counted_before = Line(
        _("Before: scores that were only counted"),
        length=1000,
        required=False,
        help_text=_("Points and people: 4:3, 5:12 means that three had 4 points."),
    )
    counted_after = Line(_("After: scores that were only counted"), length=1000, required=False)

    def __init__(self, *args: Any, people: list[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = people
        for each in people:
            for when, label in (("before", _("Before")), ("after", _("After"))):
                name = f"{when}-{each.row.pk}"
                self.fields[name] = _points(f"{each.name}: {label}")
                self.initial.setdefault(name, getattr(each.row, when))

    @property
    def common(self) -> list[Any]:
        return [self["most"], self["counted_before"], self["counted_after"]]

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [
            {"person": each, "before": self[f"before-{each.row.pk}"], "after": self[f"after-{each.row.pk}"]}
            for each in self.people
        ]

    def clean_counted_before(self) -> dict[str, int]:
        return _counted(self.cleaned_data["counted_before"])

    def clean_counted_after(self) -> dict[str, int]:
        return _counted(self.cleaned_data["counted_after"])

    @property
    def scores(self) -> dict[UUID, tuple[Decimal | None, Decimal | None]]:
        told = self.cleaned_data
        return {each.row.pk: (told[f"before-{each.row.pk}"], told[f"after-{each.row.pk}"]) for each in self.people}

    @property
    def counted(self) -> dict[str, dict[str, int]]:
        return {when: self.cleaned_data[f"counted_{when}"] for when in ("before", "after")}


def _points(label: Any) -> forms.DecimalField:
    widget = forms.NumberInput(attrs={"inputmode": "decimal", "step": "any", "autocomplete": "off"})
    return forms.DecimalField(label=label, required=False, min_value=0, max_digits=6, decimal_places=2, widget=widget)


def _counted(typed: str) -> dict[str, int]:
    """``4:3, 5:12`` as points to people; ValidationError for anything else."""
    found: dict[str, int] = {}
    for part in typed.split(","):
        if part.strip():
            points, _colon, people = part.partition(":")
            try:
                score, count = Decimal(points.strip()), int(people)
            except (InvalidOperation, ValueError):
                raise ValidationError(said("Write points and people: 4:3, 5:12.")) from None
            if not (score.is_finite() and 0 <= score <= 1000 and 0 < count <= 100_000):
                raise ValidationError(said("Write points and people: 4:3, 5:12."))
            found[str(score)] = found.get(str(score), 0) + count
    return found


def shown_counted(told: Mapping[str, int] | None) -> str:
    """Counted scores as they are typed."""
    return ", ".join(f"{score}:{people}" for score, people in (told or {}).items())


# -- signing up --------------------------------------------------------------------------------------------------------

_FORGET = {"autocomplete": "off", "spellcheck": "false"}
_SALT = "training.sign-up"
#: seconds between the form and its sending: nobody writes faster, and a form lies open a day at most
FASTEST, OLDEST = 3, 86_400


class SignUpForm(forms.Form):
    """A name and a way to answer; nothing about why."""

    name = forms.CharField(
        label=_("What shall we call you?"), max_length=160, widget=forms.TextInput(attrs=_FORGET),
        error_messages={"required": _("Write a name. It need not be the one in your papers.")},
    )  # fmt: skip
    way_back = forms.CharField(
        label=_("How can we answer? A telephone number or an e-mail address that only you read."), max_length=200,
        widget=forms.TextInput(attrs=_FORGET), error_messages={"required": _("Write a telephone number or an e-mail address.")},
    )  # fmt: skip
    #: people do not see it and leave it empty
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}))
    made = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["made"].initial = signing.dumps(int(time.time()), salt=_SALT)

    def clean(self) -> dict[str, Any]:
        try:
            since = time.time() - float(signing.loads(self.cleaned_data.get("made", ""), salt=_SALT, max_age=OLDEST))
        except signing.BadSignature:
            since = -1.0
        if since < FASTEST:
            raise ValidationError(said("Please look through what you wrote and send it once more."))
        return self.cleaned_data

    @property
    def is_from_a_machine(self) -> bool:
        return bool(self.data.get("website"))

    def once_more(self) -> "SignUpForm":
        """What was typed stays; a stamp that was not ours is made anew, so that sending it again helps."""
        if self.non_field_errors():
            again: Any = self.data.copy()  # type: ignore[attr-defined]  # what was posted is a QueryDict
            again["made"] = self.fields["made"].initial
            self.data = again
        return self


class CheckForm(forms.Form):
    """The code that stands on a certificate."""

    code = Line(_("Code of the certificate"), length=60, help_text=_("Three groups of seven letters and digits."))
