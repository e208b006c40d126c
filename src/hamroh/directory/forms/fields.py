"""Fields that the desk needs: a text in four languages, a place by name, lists of short answers."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hamroh.directory import selectors
from hamroh.directory.models import AdminUnit
from hamroh.web.texts import pick

KEYED = re.compile(r"\[([a-z0-9-]+)\]\s*$")
#: in which languages people are helped, by ISO 639 code
SPOKEN = (("tg", "тоҷикӣ"), ("az", "azərbaycanca"), ("ru", "русский"), ("en", "English"), ("uz", "oʻzbekcha"),
          ("ky", "кыргызча"), ("fa", "فارسی"), ("tr", "Türkçe"), ("ka", "ქართული"), ("kk", "қазақша"))  # fmt: skip


class TextsWidget(forms.Widget):
    """One input a language, each with its own label."""

    template_name = "directory/widgets/texts.html"
    per_language = True

    def __init__(self, rows: int = 1, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.rows = rows

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        texts = value if isinstance(value, Mapping) else {}
        context["widget"] |= {
            "rows": self.rows,
            "languages": [
                {"code": code, "label": label, "name": f"{name}_{code}", "text": texts.get(code, "")}
                for code, label in settings.LANGUAGES
            ],
        }
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, str]:  # noqa: ARG002
        typed = {code: data.get(f"{name}_{code}", "").strip() for code, _label in settings.LANGUAGES}
        return {code: text for code, text in typed.items() if text}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:  # noqa: ARG002
        return not any(f"{name}_{code}" in data for code, _label in settings.LANGUAGES)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_{settings.LANGUAGES[0][0]}" if id_ else id_


class TextsField(forms.Field):
    """A text per language; other languages that are stored stay as they are."""

    def __init__(self, *, rows: int = 1, **kwargs: Any) -> None:
        super().__init__(widget=TextsWidget(rows), **kwargs)

    def to_python(self, value: Any) -> dict[str, str]:
        return dict(value or {})

    def has_changed(self, initial: Any, data: Any) -> bool:
        return dict(initial or {}) != dict(data or {})


class UnitField(forms.CharField):
    """A place typed by name; what is kept is its key. Several that fit are named to choose from."""

    def prepare_value(self, value: Any) -> Any:
        """A stored key is shown with the place's name; typed words are given back as they were."""
        if not value or KEYED.search(str(value)):
            return value
        unit = AdminUnit.objects.filter(key=value).first()
        return shown_unit(unit) if unit else value

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        return unit_key(typed) if typed else ""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(self.prepare_value(initial) or "") != str(data or "").strip()


def shown_unit(unit: AdminUnit) -> str:
    """A place as the desk writes it: name and key, so that it is found again without doubt."""
    return f"{pick(unit.names, get_language() or 'en')} [{unit.key}]"


def unit_key(typed: str) -> str:
    """The key of the place that was typed; ValidationError names the places that it may be."""
    if match := KEYED.search(typed):
        return match.group(1)
    found = selectors.units_found(actor=None, text=typed, limit=6)
    exact = [hit for hit in found if hit.found.match in ("exact", "folded")] or found
    if len({hit.unit.pk for hit in exact}) == 1:
        return exact[0].unit.key
    if not exact:
        raise ValidationError(_("No place has this name. Check the spelling, or write the district it lies in."))
    choices = ", ".join(shown_unit(hit.unit) for hit in exact)
    raise ValidationError(_("Several places may be meant. Write one of these: %(choices)s") % {"choices": choices})


class UnitsField(forms.CharField):
    """Places, one a line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 3}), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, str) or not value:
            return value or ""
        units = AdminUnit.objects.in_bulk(list(value), field_name="key")
        return "\n".join(shown_unit(units[key]) for key in value if key in units)

    def clean(self, value: Any) -> tuple[str, ...]:
        lines = [line.strip() for line in super().clean(value).splitlines()]
        return tuple(dict.fromkeys(unit_key(line) for line in lines if line))


class KeysField(forms.CharField):
    """Keys of concepts, parted by commas or lines."""

    def prepare_value(self, value: Any) -> Any:
        return (value or "") if isinstance(value, str) or not value else ", ".join(value)

    def clean(self, value: Any) -> tuple[str, ...]:
        return tuple(word for word in re.split(r"[,\s]+", super().clean(value)) if word)


class ChoicesField(forms.MultipleChoiceField):
    """Several of a fixed list, as check boxes; the value is a tuple."""

    def __init__(self, *, choices: Iterable[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(choices=list(choices), widget=forms.CheckboxSelectMultiple, required=False, **kwargs)

    def clean(self, value: Any) -> tuple[str, ...]:
        return tuple(super().clean(value))


def languages_field(label: Any) -> ChoicesField:
    return ChoicesField(choices=SPOKEN, label=label)
