"""Sums and shares as people type them: with a point or a comma, in any script's digits, and never with a sign."""

import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hamroh.kernel.law.money import plain
from hamroh.vault.rules import digits

_NUMBER = re.compile(r"\d{1,12}(?:[.,]\d{1,6})?")
_SHARE = re.compile(r"(\d{1,5})(?:/(\d{1,5}))?|(\d{1,2}(?:[.,]\d{1,2})?|100)%")


def squeezed(typed: str) -> str:
    """What was typed without spaces, its digits as 0 to 9."""
    return "".join(digits(sign) if sign.isdecimal() else sign for sign in typed if not sign.isspace())


class Sum(forms.CharField):
    """A number from nought on, with a point or a comma: ``1250.50``; at most ``places`` decimals, so that 1,250 is not read as 1.25."""

    def __init__(self, *, places: int = 2, **options: Any) -> None:
        self.places = places
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(**{"max_length": 24, "widget": widget, **options})

    def to_python(self, value: Any) -> Any:
        typed = squeezed(super().to_python(value) or "")
        if not typed:
            return ""
        if not _NUMBER.fullmatch(typed):
            raise forms.ValidationError(_("Write a number without a minus, such as 1250.50."))
        number = Decimal(typed.replace(",", "."))
        if -int(number.as_tuple().exponent) > self.places:
            raise forms.ValidationError(
                _("There are too many digits behind the point: is it a thousand? Write 1250 or 1250.50.")
            )
        return plain(number)


class Share(forms.CharField):
    """A share of income, ``1/4`` or ``25%``, as a fraction in text."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 12, "widget": forms.TextInput(attrs={"autocomplete": "off"}), **options})

    def to_python(self, value: Any) -> Any:
        return share_of(super().to_python(value) or "")


def share_of(value: str) -> str:
    typed = squeezed(value)
    if not typed:
        return ""
    found = _SHARE.fullmatch(typed)
    if not found or (found[2] and not int(found[2])):
        raise forms.ValidationError(_("Write a share as 1/4 or 25%."))
    share = Fraction(int(found[1]), int(found[2] or 1)) if found[1] else Fraction(found[3].replace(",", ".")) / 100
    if not 0 < share <= 1 or share.denominator > 10_000:
        raise forms.ValidationError(_("A share is more than nothing and at most the whole: 1/4 or 25%."))
    return str(share)
