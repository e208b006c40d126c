"""Forms of courses and rounds."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.accounts.models import User
from hamroh.directory.forms.fields import SPOKEN, TextsField, languages_field
from hamroh.directory.forms.named import PartyField, PlaceField
from hamroh.training.actions import CourseTold, Group, RoundTold
from hamroh.training.models import Age, Bearing, Course, CourseKind, Round, Sex
from hamroh.web.fields import Line, SomeDay, choice, whole

_PART = re.compile(r"(.+?)\s*[:;,]\s*(\d{1,3})\s*$")
_NOT_SAID = _("not said")
_MOST = 100_000


class OutlineField(forms.CharField):
    """Parts of a course, one a line, each with its hours behind a colon; the value is a list of both."""

    def __init__(self, label: Any) -> None:
        super().__init__(
            label=label, required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}),
            help_text=_("One a line, with its hours: Money in and out: 4"),
        )  # fmt: skip

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        return "\n".join(
            f"{each['title']}: {each['hours']}" if each.get("hours") else str(each["title"]) for each in value
        )

    def clean(self, value: Any) -> list[dict[str, Any]]:
        return [_part(line.strip()) for line in super().clean(value).splitlines() if line.strip()]


def _part(line: str) -> dict[str, Any]:
    found = _PART.fullmatch(line)
    return {"title": found[1][:200], "hours": int(found[2])} if found else {"title": line[:200]}


class CourseForm(forms.Form):
    kind = choice(_("What kind of course?"), CourseKind.choices)
    names = TextsField(label=_("What is it called?"), help_text=_("In one language at least. Name no person."))
    objectives = TextsField(label=_("What can people do after it?"), required=False, rows=3)
    outline = OutlineField(_("What is taught, part by part"))
    hours = whole(_("How many hours?"), most=2000)
    languages = languages_field(_("In which languages?"))

    def clean_names(self) -> dict[str, str]:
        names: dict[str, str] = self.cleaned_data["names"]
        if any(len(text) > 160 for text in names.values()):
            raise ValidationError(said("A title has at most 160 signs."))
        return names

    @classmethod
    def of(cls, row: Course) -> dict[str, Any]:
        return {name: getattr(row, name) for name in ("kind", "names", "objectives", "outline", "hours", "languages")}

    @property
    def told(self) -> CourseTold:
        return CourseTold(**self.cleaned_data)


class RoundForm(forms.Form):
    number = whole(_("Which number has this round?"), least=1, most=999)
    of_number = whole(_("Of how many?"), least=1, most=999)
    place = PlaceField(label=_("Where?"), required=False)
    spot = Line(_("In which house or room?"), required=False)
    starts = SomeDay(_("First day"), required=False)
    ends = SomeDay(_("Last day"), required=False)
    language = choice(_("In which language?"), SPOKEN, empty=_NOT_SAID)
    places = whole(_("For how many people?"), least=1, most=5000)
    takes_sign_ups = forms.BooleanField(
        label=_("People may sign up on the public page"),
        required=False,
        help_text=_("Once the round is announced, until it begins."),
    )
    source = Line(
        _("Where is this told?"),
        length=300,
        required=False,
        help_text=_("A document and its page, where the round is from one."),
    )
    remarks = TextsField(label=_("What is not known, and why?"), required=False)

    @classmethod
    def of(cls, row: Round) -> dict[str, Any]:
        return {name: getattr(row, name) for name in cls.base_fields} | {"place": row.place.key if row.place else ""}

    @property
    def told(self) -> RoundTold:
        return RoundTold(**self.cleaned_data)


class Person(forms.ModelChoiceField):  # type: ignore[type-arg] # generic for the checker alone
    """One of the people who work here."""

    def among(self, people: list[User]) -> None:
        self.queryset = User.objects.filter(pk__in=[each.pk for each in people]).order_by("display_name")


class NameTrainer(forms.Form):
    user = Person(
        queryset=User.objects.none(), label=_("Who trains?"), help_text=_("She will know who is in this round.")
    )

    def __init__(self, *args: Any, people: list[User], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["user"].among(people)  # type: ignore[attr-defined]


class Bring(forms.Form):
    name = Line(pgettext_lazy("trainer", "Who is it?"), required=False)
    party = PartyField(_("From which organisation?"), required=False, help_text=_("As the directory names it."))


class Bear(forms.Form):
    party = PartyField(_("Which organisation?"), help_text=_("As the directory names it."))
    bearing = choice(_("What does it do?"), Bearing.choices, radio=True)


class Parent(forms.Form):
    parent = Line(
        _("Code of the earlier round"),
        length=12,
        help_text=_("Those who train here learned there, though nobody says who of them they were."),
    )


class Give(forms.Form):
    title = Line(_("What was given?"), length=200)
    language = choice(_("In which language?"), SPOKEN, empty=_NOT_SAID)
    copies = whole(_("How many copies?"), most=_MOST)
    record_code = Line(_("Its code in the library"), length=20, required=False)


class Count(forms.Form):
    number = whole(_("How many people?"), least=1, most=_MOST, required=True)
    at_least = forms.BooleanField(label=_("There were more than that"), required=False)
    sex = choice(pgettext_lazy("sex", "Women or men?"), Sex.choices, empty=_NOT_SAID)
    age = choice(_("Age"), Age.choices, empty=_NOT_SAID)
    agency = Line(_("From which agency or organisation?"), required=False)
    country = Line(_("From which country?"), length=2, required=False, help_text=_("Two letters: TJ, AF, AZ."))
    role = Line(_("As what: officials, border officers, families?"), length=80, required=False)

    def clean_country(self) -> str:
        return two_letters(self.cleaned_data["country"])

    @property
    def told(self) -> Group:
        return Group(**self.cleaned_data)


def two_letters(typed: str) -> str:
    """The code of a country; ValidationError for anything else."""
    if typed and not (len(typed) == 2 and typed.isascii() and typed.isalpha()):
        raise ValidationError(said("Two letters: TJ, AF, AZ."))
    return typed.upper()


class Before(forms.Form):
    before = whole(
        _("How many of those who were only counted had been in an earlier round?"),
        most=_MOST,
        help_text=_("Empty where nobody can say: then what was reached is told as a range."),
    )
