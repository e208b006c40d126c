"""Forms about what came in: what is said of it, an answer that is put right, what it becomes, which question fills which field."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.fieldwork import showing
from hamroh.fieldwork.outcomes import Field, Outcome
from hamroh.fieldwork.states import ReviewStates

_OFF = {"autocomplete": "off"}


class Reviewed(forms.Form):
    """What a supervisor says; the button that was pressed is the state."""

    words = forms.CharField(
        label=_("Words to whoever sent it"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3, **_OFF}),
        help_text=_("What is wrong, and what would put it right. Needed where it has issues or is rejected."),
    )  # fmt: skip
    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    after = forms.ChoiceField(
        choices=[(name, name) for name in ReviewStates.states if name not in ("received", "edited")],
        widget=forms.HiddenInput, required=False,
    )  # fmt: skip


class Mended(forms.Form):
    """One answer, asked as the form asks it, and why it is changed."""

    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, column: showing.Column, before: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.column = column
        self.fields["value"] = _asked(column, before)
        self.fields["reason"] = forms.CharField(
            label=_("Why is it changed?"),
            min_length=3,
            max_length=500,
            widget=forms.Textarea(attrs={"rows": 2, **_OFF}),
        )
        self.order_fields(["value", "reason", "seen"])

    @property
    def value(self) -> Any:
        """The answer as it is kept: a number as one, several choices as a list, nothing as None."""
        told = self.cleaned_data["value"]
        if told in ("", None, []):
            return None
        if self.column.kind == "integer":
            return int(told)
        if self.column.kind in ("decimal", "range"):
            return float(told)
        return told.isoformat() if hasattr(told, "isoformat") else told


def _asked(column: showing.Column, before: Any) -> forms.Field:
    """The field of a question by its kind."""
    facts: dict[str, Any] = {"label": column.label, "required": False, "initial": before}
    if column.kind == "select_one" and column.choices:
        return forms.ChoiceField(choices=[("", _("Not answered")), *column.choices.items()], **facts)
    if column.kind in ("select_multiple", "rank") and column.choices:
        return forms.MultipleChoiceField(
            choices=list(column.choices.items()), widget=forms.CheckboxSelectMultiple, **facts
        )
    if column.kind == "integer":
        return forms.IntegerField(widget=forms.NumberInput(attrs={"inputmode": "numeric", **_OFF}), **facts)
    if column.kind in ("decimal", "range"):
        return forms.FloatField(
            widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "any", **_OFF}), **facts
        )
    if column.kind == "date":
        return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **facts)
    return forms.CharField(max_length=6000, widget=forms.Textarea(attrs={"rows": 2, **_OFF}), **facts)


class Becomes(forms.Form):
    """What a submission becomes: the target, and each field with what the answers propose."""

    def __init__(
        self, *args: Any, outcome: Outcome, targets: Sequence[Any], proposed: Mapping[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.outcome = outcome
        if outcome.choose_label:
            self.fields["chosen"] = forms.ChoiceField(label=outcome.choose_label, choices=list(targets))
        for each in outcome.fields:
            self.fields[f"f_{each.code}"] = _field(each, proposed.get(each.code, ""))

    @property
    def values(self) -> dict[str, str]:
        told = self.cleaned_data
        return {
            each.code: str(told[f"f_{each.code}"] if told[f"f_{each.code}"] is not None else "").strip()
            for each in self.outcome.fields
        }

    @property
    def chosen(self) -> str:
        return str(self.cleaned_data.get("chosen", ""))


def _field(each: Field, first: str) -> forms.Field:
    facts: dict[str, Any] = {"label": each.label, "required": each.required, "initial": first, "help_text": each.help}
    if each.choices:
        choices = [*([] if each.required and first else [("", "–")]), *each.choices]
        return forms.ChoiceField(choices=choices, **facts)
    if each.kind == "date":
        return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **facts)
    if each.kind == "number":
        return forms.DecimalField(
            widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "any", **_OFF}), **facts
        )
    if each.kind == "long":
        return forms.CharField(max_length=6000, widget=forms.Textarea(attrs={"rows": 4, **_OFF}), **facts)
    return forms.CharField(max_length=200, widget=forms.TextInput(attrs=_OFF), **facts)


class Mapped(forms.Form):
    """Which question fills which field of an outcome."""

    def __init__(
        self, *args: Any, outcome: Outcome, asked: Sequence[tuple[str, str]], told: Mapping[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for each in outcome.fields:
            self.fields[each.code] = forms.ChoiceField(
                label=each.label,
                choices=[("", _("none of them")), *asked],
                required=False,
                initial=told.get(each.code, ""),
            )

    def told(self) -> dict[str, str]:
        return {name: value for name, value in self.cleaned_data.items() if value}


class TakeOut(forms.Form):
    words = forms.CharField(
        label=_("What for, and who gets it?"), min_length=10, max_length=500, widget=forms.Textarea(attrs={"rows": 3, **_OFF}),
        help_text=_("Kept with the file, and read by who lets it go."),
        error_messages={"min_length": _("Say a little more: at least 10 characters.")},
    )  # fmt: skip


class Narrowed(forms.Form):
    """The filters of the list."""

    form = forms.ChoiceField(label=pgettext_lazy("fieldwork", "Form"), required=False)
    state = forms.ChoiceField(
        label=pgettext_lazy("submission", "State"), required=False, choices=[("", _("All")), *ReviewStates.choices()]
    )
    place = forms.ChoiceField(label=_("Place"), required=False)
    who = forms.ChoiceField(label=_("Who sent it"), required=False)
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    mark = forms.ChoiceField(
        label=_("Only those"), required=False,
        choices=[
            ("", _("All")), ("clash", _("that came twice with other content")), ("missing", _("whose files are missing")),
            ("shut", _("that are sealed to another key")),
        ],
    )  # fmt: skip

    def __init__(self, *args: Any, choices: Mapping[str, Sequence[tuple[str, str]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, found in choices.items():
            self.fields[name].choices = [("", _("All")), *found]  # type: ignore[attr-defined]
