"""Forms of what two people are to each other, of judging whether two are one, and of a supervisor's decision."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.cases.forms.dates import PartialDateField, as_typed, order_of
from hamroh.cases.kinship import CHILD, COUPLE, GUARDIAN, KINDS, LEGAL, SOCIAL
from hamroh.cases.models import ConflictEnd, Same

_GROUPS = {COUPLE: _("Husband and wife"), CHILD: _("Parent and child"), GUARDIAN: _("Guardian and ward")}
NOT_SAID = ("", _("Not known yet"))


def _kinds() -> list[tuple[str, Any]]:
    """Each kind as the first of the two: wife (of her husband)."""
    return [(code, lazystr(kind.first)) for code, kind in KINDS.items()]


def _legal() -> list[tuple[Any, Any]]:
    groups = [(words, list(LEGAL[group].items())) for group, words in _GROUPS.items()]
    return [NOT_SAID, *groups]


class Statuses(forms.Form):
    """How two people live and how they stand in law, each on its own."""

    kind = forms.ChoiceField(label=_("What is the first to the second?"), choices=_kinds)
    social = forms.ChoiceField(
        label=_("How do they live?"), choices=[NOT_SAID, *SOCIAL.items()], required=False,
        help_text=_("Of husband and wife: what people know, whatever a register says."),
    )  # fmt: skip
    legal = forms.ChoiceField(
        label=_("How do they stand in law?"), choices=_legal, required=False,
        help_text=_("What a certificate or a court says. Leave it open until you have seen it."),
    )  # fmt: skip
    since = PartialDateField(label=_("From"))
    until = PartialDateField(label=_("To"))
    evidence = forms.CharField(
        label=_("What shows it?"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A certificate, witnesses of the nikoh, the message of talaq, photographs."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        group = KINDS[told["kind"]].group if told.get("kind") in KINDS else None
        if group and told.get("social") and group != COUPLE:
            self.add_error("social", _("Only husband and wife are asked this. Leave it open here."))
        if group and told.get("legal") and told["legal"] not in LEGAL[group]:
            self.add_error("legal", _("This does not go with what they are to each other."))
        since, until = told.get("since"), told.get("until")
        if since and until and order_of(until)[: len(since)] < order_of(since)[: len(until)]:
            self.add_error("until", _("The end is before the beginning."))
        return told

    def facts(self) -> dict[str, Any]:
        return {key: value for key, value in self.cleaned_data.items() if value and key not in ("first", "second")}


class Relation(Statuses):
    """Two people of the case, and what they are to each other."""

    first = forms.ChoiceField(label=_("The first of the two"))
    second = forms.ChoiceField(label=_("The second of the two"))
    field_order = ["first", "kind", "second"]

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first", "second"):
            self.fields[name].choices = people  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if told.get("first") and told.get("first") == told.get("second"):
            self.add_error("second", _("Choose two different people."))
        return told


def initial_of(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What stands in the form of a relationship that is known."""
    return {**facts, "since": as_typed(facts.get("since")), "until": as_typed(facts.get("until"))}


class Judging(forms.Form):
    """Whether two people of files are one."""

    answer = forms.ChoiceField(label=_("What do you say?"), choices=Same.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("Why?"), required=False, max_length=600, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What you know beyond these two pages. It can be read with them later."),
    )  # fmt: skip


class Deciding(forms.Form):
    """What a supervisor says of somebody in two files."""

    end = forms.ChoiceField(label=_("What do you say?"), choices=ConflictEnd.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=pgettext_lazy("decision", "Your reason"), min_length=10, max_length=600, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"min_length": _("Say a little more: at least 10 characters.")},
    )  # fmt: skip
