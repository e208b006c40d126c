"""Fields that the room's forms share: amounts, themes, dimensions, currencies, addresses."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _

from hamroh.kernel.text import fold
from hamroh.thesaurus.models import Concept
from hamroh.thesaurus.selectors import concept_lookup, names
from hamroh.web.fields import OFF, Line

NOT_SAID = _("not said")
_CONCEPT = re.compile(r"\[([^\[\]\s]{1,120})\]\s*$")
_MOST_FOUND = 6


class Amount(forms.DecimalField):
    """A number as people write it: 1 250,50 and 1250.50 are one. An exponent is no amount."""

    def __init__(self, label: Any, *, digits: int = 20, places: int = 4, **more: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", **OFF})
        super().__init__(label=label, max_digits=digits, decimal_places=places, widget=widget, **more)

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        typed = re.sub(r"[\s\u00a0\u202f]", "", str(value)) if value not in (None, "") else ""
        if typed and not re.fullmatch(r"[-−]?\d{1,24}(?:[.,]\d{1,8})?", typed):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(typed.replace(",", ".").replace("−", "-"))

    def prepare_value(self, value: Any) -> Any:
        """Without the noughts that a table adds."""
        return f"{value.normalize():f}" if isinstance(value, Decimal) else value


class ThemesField(forms.CharField):
    """Themes of the thesaurus, one a line, by a name in any language; the value is a list of concepts."""

    def __init__(self, label: Any, **more: Any) -> None:
        more = {"help_text": _("Words of the thesaurus in any language, one a line."), **more}
        super().__init__(
            label=label, required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3, **OFF}), **more
        )

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list | tuple):
            return value
        called = names([each.pk for each in value], get_language() or "en")
        return "\n".join(f"{called[each.pk].text} [{each.key}]" if each.pk in called else each.key for each in value)

    def clean(self, value: Any) -> list[Concept]:
        lines = [line.strip() for line in super().clean(value).splitlines()]
        return list(dict.fromkeys(_concept(line) for line in lines if line))


def _concept(typed: str) -> Concept:
    key = match[1] if (match := _CONCEPT.search(typed)) else ""
    if not key:
        found = concept_lookup(typed, get_language() or "en", limit=_MOST_FOUND)
        exact = [each for each in found if fold(each.label) == fold(typed)]
        keys = {each.key for each in exact or found}
        if len(keys) > 1:
            listed = ", ".join(f"{each.title} [{each.key}]" for each in found)
            raise ValidationError(said("Several may be meant. Write one of these: %(choices)s") % {"choices": listed})
        key = keys.pop() if keys else ""
    row = Concept.objects.filter(key=key).order_by("pk").first() if key else None
    if row is None:
        raise ValidationError(said("The thesaurus does not know “%(words)s”.") % {"words": typed[:80]})
    return row


class PairsField(forms.CharField):
    """Dimensions of a figure, one a line: ``sex: f``. The value is ``{name: code}``."""

    def __init__(self, label: Any, **more: Any) -> None:
        super().__init__(
            label=label, required=False, max_length=400, widget=forms.Textarea(attrs={"rows": 2, **OFF}), **more
        )

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(f"{name}: {code}" for name, code in value.items()) if isinstance(value, dict) else value

    def clean(self, value: Any) -> dict[str, str]:
        pairs: dict[str, str] = {}
        for line in filter(None, (line.strip() for line in super().clean(value).splitlines())):
            name, colon, code = (part.strip() for part in line.partition(":"))
            if not colon or not name or not code or name in pairs:
                raise ValidationError(said("Write one a line, like sex: f."))
            pairs[name] = code
        return pairs


class Currency(Line):
    """Three capital letters: TJS, AZN, USD."""

    def __init__(self, label: Any, **more: Any) -> None:
        super().__init__(label, length=3, help_text=_("Three letters: TJS, AZN, USD, EUR."), **more)

    def clean(self, value: Any) -> str:
        typed = super().clean(value).upper()
        if not re.fullmatch(r"[A-Z]{3}", typed):
            raise ValidationError(said("Three letters: TJS, AZN, USD, EUR."))
        return typed


class Address(forms.URLField):
    """An address on the internet that opens in a browser: nothing else is ever made a link."""

    def __init__(self, label: Any, **more: Any) -> None:
        super().__init__(
            label=label, required=False, max_length=500, assume_scheme="https", widget=forms.URLInput(attrs=OFF), **more
        )

    def clean(self, value: Any) -> str:
        address = str(super().clean(value))
        if address and not address.startswith(("https://", "http://")):
            raise ValidationError(said("Write an address that begins with https:// or http://."))
        return address
