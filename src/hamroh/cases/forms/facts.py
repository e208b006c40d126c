"""The base of forms of an alimony matter: what they hold is told as ``facts``, and long ones ask one question at a time."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hamroh.cases.forms.matters import Day

LINE = 200
KNOWN = [("yes", _("Yes")), ("no", _("No")), ("", _("Not known"))]
#: the fields of one question; the first of them names it
Page = tuple[str, ...]


def lang() -> str:
    return get_language() or "en"


def line(label: Any, *, required: bool = False, **options: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, max_length=LINE, required=required, widget=widget, **options)


def choice(label: Any, choices: Any, *, required: bool = True, **options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=required, widget=forms.RadioSelect, **options)


def a_day(label: Any, *, required: bool = False, **options: Any) -> Day:
    return Day(label=label, required=required, **options)


def ordered(form: forms.Form) -> None:
    first, last = form.cleaned_data.get("first"), form.cleaned_data.get("last")
    if first and last and last < first:
        form.add_error("last", _("The last day is before the first."))


class Fact(forms.Form):
    """The base of them: ``currency`` is the obligation's, ``state`` the country whose law counts."""

    def __init__(
        self, *args: Any, currency: str = "", state: str = "", children: Iterable[Any] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.owed_in, self.state, self.children = currency, state, list(children)
        self.prepare()

    @property
    def pages(self) -> list[Page]:
        """The questions in their order, where they are asked one at a time; none where one page asks for all."""
        return []

    #: fields that are seldom needed: they stand under a fold
    rare: tuple[str, ...] = ()

    def prepare(self) -> None:
        """What hangs on the matter, before anything is read."""

    @property
    def usual(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in self.rare]

    @property
    def folded(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name in self.rare]

    @property
    def opens(self) -> bool:
        """Whether something stands under the fold, or is wrong there."""
        return any(bound.errors or bound.value() for bound in self.folded)

    @property
    def facts(self) -> dict[str, Any]:
        """What was told, as JSON; what was left empty, or belongs to no question, is not in it."""
        asked = {name for page in self.pages for name in page} or set(self.fields)
        told = {name: value for name, value in self.cleaned_data.items() if name in asked}
        return {name: _plain(value) for name, value in told.items() if value not in (None, "", ())}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value
