"""The form on which somebody says what she wants to take out, what for, and how it is locked."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hamroh.cases import parcels
from hamroh.cases.actions.exports import Wish
from hamroh.cases.models import ExportPart, ExportPurpose, Lock
from hamroh.cases.selectors.exports import Scope

WORDS = 1000
#: what one case is taken out for, and what many
OF_ONE = (ExportPurpose.OWN_COPY, ExportPurpose.COURT, ExportPurpose.INSPECTION, ExportPurpose.WORK)
OF_MANY = (ExportPurpose.WORK, ExportPurpose.INSPECTION, ExportPurpose.STATISTICS)


class Ask(forms.Form):
    purpose = forms.ChoiceField(
        label=_("What is it for?"), widget=forms.RadioSelect, error_messages={"required": _("Say what it is for.")}
    )
    words = forms.CharField(
        label=_("Why, and who gets it?"), max_length=WORDS, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For an authority name the law and its letter. A second person reads it before it is let go."),
        error_messages={"required": _("Say in a sentence why, and who gets it.")},
    )  # fmt: skip
    parts = forms.MultipleChoiceField(
        label=_("What goes into it?"), choices=ExportPart.choices, widget=forms.CheckboxSelectMultiple,
        help_text=_("As little as will do. Notes, danger, ways to reach her, evidence and where she is never leave."),
        error_messages={"required": _("Tick at least one.")},
    )  # fmt: skip
    locked_by = forms.ChoiceField(
        label=_("How is it locked?"), choices=Lock.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Say how it is locked.")},
    )  # fmt: skip
    recipient = forms.CharField(
        label=_("The recipient’s key"), required=False, max_length=80,
        help_text=_("It begins with age1. Leave it empty for a password."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scope = scope
        purposes = OF_ONE if scope.case else OF_MANY
        self.fields["purpose"].choices = [(each.value, each.label) for each in purposes]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        self._check_key(str(told.get("recipient", "")))
        if told.get("purpose") == ExportPurpose.STATISTICS and set(told.get("parts", ())) - {ExportPart.CASES}:
            self.add_error("parts", _("To count, only codes, states and weeks leave: no names and no words."))
        return told

    def _check_key(self, key: str) -> None:
        if self.cleaned_data.get("locked_by") != Lock.KEY:
            return
        try:
            parcels.recipient(key)
        except parcels.NoRecipient:
            self.add_error("recipient", _("This is no key of age: it begins with age1. Ask the recipient for it anew."))

    @property
    def wish(self) -> Wish:
        told = self.cleaned_data
        return Wish(
            scope=Scope(self.scope.organisation, told["purpose"], self.scope.query, self.scope.case), parts=told["parts"],
            words=told["words"], locked_by=told["locked_by"],
            recipient=told["recipient"].strip() if told["locked_by"] == Lock.KEY else "",
        )  # fmt: skip
