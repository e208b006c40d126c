"""Forms of campaigns: the plan, areas, visits, findings, what is done about them."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.fieldwork.actions.campaigns import Plan
from hamroh.fieldwork.models import Campaign, Severity, VisitKind

_OFF = {"autocomplete": "off"}
_DAY = {"type": "date"}
_NUMBER = forms.NumberInput(attrs={"inputmode": "numeric", **_OFF})


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"), **more)


class Planning(forms.Form):
    """The plan, in the reader's language; texts of other languages stay as they are."""

    title = forms.CharField(label=_("What is the campaign called?"), max_length=160, widget=forms.TextInput(attrs=_OFF))
    question = forms.CharField(
        label=_("What is to be found out?"), max_length=600, widget=forms.Textarea(attrs={"rows": 3, **_OFF})
    )
    from_date = _day(_("From"))
    until_date = _day(_("Until"))
    forms_of = forms.MultipleChoiceField(
        label=_("Which forms are filled?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    asked = forms.ChoiceField(
        label=_("The question of the first picture"), required=False,
        help_text=_("Its answers are drawn in per cent, once they were let out as figures."),
    )  # fmt: skip
    remark = forms.CharField(
        label=_("What must stand inside each picture?"), required=False, max_length=200, widget=forms.TextInput(attrs=_OFF),
        help_text=_("Such as: the numbers of this exercise are invented."),
    )  # fmt: skip

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], asked: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["forms_of"].choices = choices  # type: ignore[attr-defined]
        self.fields["asked"].choices = [("", "–"), *asked]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("from_date") and told.get("until_date") and told["until_date"] < told["from_date"]:
            self.add_error("until_date", _("It ends before it begins."))
        return told

    def plan(self, lang: str, before: Campaign | None = None) -> Plan:
        told = self.cleaned_data

        def said(texts: Any, name: str) -> dict[str, str]:
            return {key: text for key, text in {**(texts or {}), lang: told[name].strip()}.items() if text}

        return Plan(
            said(before and before.titles, "title"), said(before and before.questions, "question"), told["from_date"],
            told["until_date"], said(before and before.remarks, "remark"), told["asked"],
        )  # fmt: skip


class AnArea(forms.Form):
    """One area: a place that is named already gets other numbers."""

    place = forms.ChoiceField(label=_("District"))
    party = forms.CharField(
        label=_("Which organisation goes?"), required=False, max_length=20, widget=forms.TextInput(attrs=_OFF),
        help_text=_("Its code in the directory."),
    )  # fmt: skip
    visits = forms.IntegerField(label=_("How many visits?"), min_value=0, max_value=10_000, initial=1, widget=_NUMBER)
    interviews = forms.IntegerField(
        label=_("How many talks?"), min_value=0, max_value=100_000, initial=0, widget=_NUMBER
    )

    def __init__(self, *args: Any, places: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [("", "–"), *places]  # type: ignore[attr-defined]


class Team(forms.Form):
    people = forms.MultipleChoiceField(
        label=_("Who is of the team?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = people  # type: ignore[attr-defined]


class AVisit(forms.Form):
    place = forms.ChoiceField(label=_("District"))
    on_date = _day(_("Day of the visit"))
    kind = forms.ChoiceField(label=_("What was visited?"), choices=VisitKind.choices)
    party = forms.ChoiceField(label=_("Which organisation went?"), required=False)
    interviews = forms.IntegerField(
        label=_("With how many people did you talk?"), min_value=0, max_value=10_000, initial=0, widget=_NUMBER
    )
    words = forms.CharField(
        label=_("What was seen, without names"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, **_OFF}),
    )

    def __init__(self, *args: Any, places: Sequence[Any], parties: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [("", "–"), *places]  # type: ignore[attr-defined]
        self.fields["party"].choices = [("", "–"), *parties]  # type: ignore[attr-defined]


class AFinding(forms.Form):
    severity = forms.ChoiceField(label=_("How grave is it?"), choices=Severity.choices, widget=forms.RadioSelect)
    place = forms.ChoiceField(label=_("District"), required=False)
    words = forms.CharField(
        label=_("What was found, without names"), min_length=10, max_length=2000, widget=forms.Textarea(attrs={"rows": 4, **_OFF}),
        error_messages={"min_length": _("Say a little more: at least 10 characters.")},
    )  # fmt: skip

    def __init__(self, *args: Any, places: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [("", "–"), *places]  # type: ignore[attr-defined]


class AFollowUp(forms.Form):
    words = forms.CharField(
        label=pgettext_lazy("finding", "What is to be done?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, **_OFF}),
    )
    person = forms.ChoiceField(label=_("Who does it?"))
    until_date = _day(_("Until when?"))

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", "–"), *people]  # type: ignore[attr-defined]
