"""Forms of a referral: what is said before it is accepted, what after, and answers."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.cases.actions.referrals import BORN, CONTACT, MATTERS, NAME, STORY, Wanted
from hamroh.cases.models import AgeBand, Domain, Official, Urgency

CHOSEN = {
    NAME: _("Her name"), BORN: _("When she was born"), CONTACT: _("How she is reached safely, with her rules"),
    STORY: _("Her story as the file says it"), MATTERS: _("Her legal matters"),
}  # fmt: skip
DAYS = [("7", _("A week")), ("14", _("Two weeks")), ("30", _("A month"))]
ON = [("0", _("Not any more")), ("30", _("A month")), ("90", _("Three months"))]


class Envelope(forms.Form):
    """What is read before it is accepted: as little as lets somebody say yes or no."""

    #: whether the case itself goes over
    hands_over = False
    age = forms.ChoiceField(label=_("How old is she?"), choices=AgeBand.choices)
    district = forms.CharField(
        label=_("In which district, in words that she agreed to?"), max_length=80, required=False,
        help_text=_("No village and no street. It may stay empty."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    need = forms.ChoiceField(label=_("What does she need?"), choices=Domain.choices)
    urgency = forms.ChoiceField(
        label=pgettext_lazy("referral", "How soon?"), choices=Urgency.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Say how soon.")},
    )  # fmt: skip
    days = forms.ChoiceField(label=_("How long may they take to answer?"), choices=DAYS, initial="14")

    def wanted(self, today: dt.date) -> Wanted:
        told = self.cleaned_data
        return Wanted(
            age=told["age"], district=told["district"], need=told["need"], urgency=told["urgency"],
            until_date=today + dt.timedelta(days=int(told["days"])), chosen=told.get("chosen", ()),
            copies=[UUID(pk) for pk in told.get("copies", ())], transfer=self.hands_over,
            reads_on=int(told.get("reads_on") or 0), children=[UUID(pk) for pk in told.get("children", ())],
        )  # fmt: skip


class NewReferral(Envelope):
    to = forms.ChoiceField(
        label=_("To whom?"), widget=forms.RadioSelect, help_text=_("Those to whom she said yes."),
        error_messages={"required": _("Choose to whom she is referred.")},
    )  # fmt: skip
    chosen = forms.MultipleChoiceField(
        label=_("What do they get once they accept?"), required=False, choices=list(CHOSEN.items()),
        widget=forms.CheckboxSelectMultiple, help_text=_("Only what she agreed to and what they need."),
    )  # fmt: skip
    children = forms.MultipleChoiceField(
        label=_("Name and birth of which children?"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Only on the yes of the guardian and, by its age, of the child itself. It is looked at again when they accept."),
    )  # fmt: skip
    copies = forms.MultipleChoiceField(
        label=_("Copies of evidence"), required=False, widget=forms.CheckboxSelectMultiple
    )
    field_order = ("to",)

    def __init__(
        self, *args: Any, to: Sequence[tuple[str, str]], copies: Sequence[tuple[str, str]],
        children: Sequence[tuple[str, str]] = (), **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        for name, choices in {"to": to, "copies": copies, "children": children}.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]
            if name != "to" and not choices:
                del self.fields[name]


class NewTransfer(NewReferral):
    """The case goes over; who works on it may go on reading it for a while, or not."""

    hands_over = True
    reads_on = forms.ChoiceField(
        label=_("How long do those who work on it now go on reading it?"), initial="30", choices=ON,
        widget=forms.RadioSelect, help_text=_("A supervisor reads it as long as it is kept."),
    )  # fmt: skip


class OfficialReferral(Envelope):
    official = forms.ChoiceField(
        label=_("To whom?"), widget=forms.RadioSelect, help_text=_("Those to whom she said yes."),
        error_messages={"required": _("Choose to whom she is referred.")},
    )  # fmt: skip
    field_order = ("official",)

    def __init__(self, *args: Any, open_to: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["official"].choices = [each for each in Official.choices if each[0] in open_to]  # type: ignore[attr-defined]


class Answered(forms.Form):
    """What an official answered."""

    after = forms.ChoiceField(
        label=pgettext_lazy("referral", "What came of it?"), widget=forms.RadioSelect,
        error_messages={"required": _("Choose what came of it.")},
    )  # fmt: skip
    words = forms.CharField(
        label=_("In a sentence"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, after: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["after"].choices = after  # type: ignore[attr-defined]


class Reason(forms.Form):
    """Why it is declined, for who sent it."""

    words = forms.CharField(
        label=_("Why?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Who sent it reads this. Name nobody."), error_messages={"required": _("Say why, in a sentence.")},
    )  # fmt: skip


class Feedback(forms.Form):
    """What came of it, for who sent it."""

    words = forms.CharField(
        label=_("What came of it, in a sentence?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Who sent it reads this. Say only what she agrees to."),
        error_messages={"required": _("Say in a sentence what came of it.")},
    )  # fmt: skip
