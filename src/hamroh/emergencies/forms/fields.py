"""Fields that the room's forms share: lines, moments, counts that may be unknown."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hamroh.accounts.models import User
from hamroh.kernel.damage import MOST, Count, Known
from hamroh.vault.rules import digits
from hamroh.web.fields import OFF, whole, without_controls

#: what is typed where there were some and nobody knows how many
SOME = ("?", "+", "-1")
MOMENT = "%Y-%m-%dT%H:%M"
ON_A_WALL = _("This hangs on a wall: no names of people, no addresses, no telephone numbers.")


def line(label: Any, *, required: bool = True, length: int = 120, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, required=required, widget=forms.TextInput(attrs=OFF), **more)


def moment(label: Any, *, required: bool = True, **more: Any) -> forms.DateTimeField:
    """Day and time by the clock of the organisation, which the view has set."""
    widget = forms.DateTimeInput(format=MOMENT, attrs={"type": "datetime-local"})
    return forms.DateTimeField(
        label=label, required=required, widget=widget, input_formats=[MOMENT, "%d.%m.%Y %H:%M"],
        error_messages={"invalid": _("Write day and time like 23.11.2026 14:30.")}, **more,
    )  # fmt: skip


def number(label: Any, *, required: bool = False, most: int = MOST, **more: Any) -> forms.IntegerField:
    return whole(label, most=most, required=required, **more)


class Person(forms.ModelChoiceField):  # type: ignore[type-arg] # generic for the checker alone
    """One of the people who help here."""

    def __init__(self, label: Any, **more: Any) -> None:
        super().__init__(queryset=User.objects.none(), label=label, **more)

    def among(self, people: list[User]) -> None:
        self.queryset = User.objects.filter(pk__in=[each.pk for each in people]).order_by("display_name")


class CountField(forms.CharField):
    """A number, ``0`` for none, ``?`` where there were some and nobody knows how many; empty where nobody looked."""

    def __init__(self, label: Any) -> None:
        super().__init__(
            label=label, required=False, max_length=12, widget=forms.TextInput(attrs={"inputmode": "text", **OFF})
        )

    def prepare_value(self, value: Any) -> Any:
        return typed_count(value) if isinstance(value, Count) else value

    def clean(self, value: Any) -> Any:
        return read_count(without_controls(super().clean(value) or ""))


def read_count(typed: str) -> Count | None:
    """The count that a text says; None where it is empty. ValidationError for any other text."""
    plain = "".join(digits(sign) or sign for sign in typed.strip()).replace(" ", "").replace("\N{NO-BREAK SPACE}", "")
    if not plain:
        return None
    if plain in SOME:
        return Count(Known.SOME)
    if not plain.isascii() or not plain.isdecimal() or int(plain) > MOST:
        raise ValidationError(_("Write a number, 0 for none, ? where nobody knows how many."))
    return Count(Known.NUMBER, int(plain)) if int(plain) else Count(Known.NONE)


def typed_count(count: Count) -> str:
    """A count as it is typed."""
    return {Known.SOME: "?", Known.NONE: "0"}.get(count.known, str(count.value))
