"""Forms of what stands under a key of its own: a place, why it is opened, who is let in."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.cases.actions.contact import NEVER, STILL, UNKNOWN
from hamroh.cases.forms.casework import Dated, words

LINE = 400
_QUIET = {"autocomplete": "off", "rows": 2}
#: why somebody opens a place; the code stands in the journal
WHY = [
    ("visit", pgettext_lazy("why", "To visit her, or to fetch her")),
    ("danger", pgettext_lazy("why", "She is in danger now")),
    ("arrange", pgettext_lazy("why", "To arrange help there")),
    ("check", pgettext_lazy("why", "To see whether it still holds")),
]
Choices = Sequence[tuple[str, Any]]


class Why(forms.Form):
    """Asked before it is opened."""

    why = forms.ChoiceField(
        label=_("Why do you open it now?"), choices=WHY, widget=forms.RadioSelect,
        error_messages={"required": _("Choose why. It is written down beside your name.")},
    )  # fmt: skip


class NewPlace(Dated):
    """Where somebody is."""

    person = forms.ChoiceField(
        label=_("Whose place is it?"), widget=forms.RadioSelect,
        error_messages={"required": _("Choose about whom it is.")},
    )  # fmt: skip
    address = forms.CharField(
        label=_("Where is she?"), max_length=LINE, widget=forms.Textarea(attrs=_QUIET),
        help_text=_("Write it so that somebody who must go there finds it."),
        error_messages={"required": _("Write where she is.")},
    )  # fmt: skip
    words = words(
        _("What else must they know who open it?"), hint=_("Who else knows the place, and what to say at the door.")
    )
    field_order = ("person", "address", "on_date", "words")

    def __init__(self, *args: Any, people: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on_date"].label = _("Since which day?")
        self.fields["person"].choices = people  # type: ignore[attr-defined]


class OtherPlace(NewPlace):
    """She is elsewhere now."""

    old_is_safe = forms.ChoiceField(
        label=_("Is the old place still safe?"), widget=forms.RadioSelect,
        choices=[
            (STILL, _("Yes, she can go back there")), (NEVER, _("No, never bring her there again")),
            (UNKNOWN, _("Nobody knows")),
        ],
    )  # fmt: skip
    field_order = ("address", "on_date", "old_is_safe", "words")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["person"]


class LetIn(forms.Form):
    """Somebody who works on the case and has a key of her own."""

    user = forms.ChoiceField(label=_("Who may open it, too?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].choices = people  # type: ignore[attr-defined]
