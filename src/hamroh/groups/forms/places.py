"""Forms of places to stay: why one is opened, what stands there, who stays, who is let in."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.groups.forms.fields import number
from hamroh.web.fields import OFF, Line, day, paragraph

#: why somebody opens a place; the code stands in the journal
WHY = [
    ("bring", pgettext_lazy("why a place is opened", "To bring somebody there")),
    ("visit", pgettext_lazy("why a place is opened", "To visit, or to fetch somebody")),
    ("danger", pgettext_lazy("why a place is opened", "Somebody there is in danger now")),
    ("check", pgettext_lazy("why a place is opened", "To see whether it still holds")),
]


class Why(forms.Form):
    """Asked before it is opened."""

    why = forms.ChoiceField(
        label=_("Why do you open it now?"), choices=WHY, widget=forms.RadioSelect,
        error_messages={"required": _("Choose why. It is written down beside your name.")},
    )  # fmt: skip


class Place(forms.Form):
    host = Line(_("Alias of who takes somebody in"), length=60)
    capacity = number(_("For how many people?"), least=1, most=50)
    where = forms.CharField(
        label=_("Where is it?"), max_length=400, widget=forms.Textarea(attrs={"rows": 2, **OFF}),
        help_text=_("Write it so that somebody who must go there finds it."),
    )  # fmt: skip
    group = Line(_("Code of the group"), length=12, required=False)
    words = paragraph(
        _("What else must they know who open it?"),
        help_text=_("Who else knows the place, and what to say at the door."),
    )


class Stay(forms.Form):
    referral = Line(_("Code of the referral"), length=12)
    people = number(_("How many people, children too?"), least=1, most=30)
    from_date = day(_("Since which day?"))
    words = paragraph(_("What else must those know who look after her?"))


class LetIn(forms.Form):
    """Somebody who has a key of her own."""

    user = forms.ChoiceField(label=_("Who may open it, too?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, people: Sequence[tuple[str, Any]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["user"].choices = people  # type: ignore[attr-defined]
