"""Fields that take a record or an entry of the directory by its name: what is typed is looked up, several that fit are named."""

import re
from abc import ABC, abstractmethod
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.directory.models import Party
from hamroh.kernel.text import fold
from hamroh.library.models import Record
from hamroh.web.texts import pick

KEYED = re.compile(r"\[([A-Za-z0-9.-]+)\]\s*$")
_CODE = re.compile(r"[0-9a-z]{8}")
_MOST = 6


class NamedField(forms.CharField, ABC):
    """Something that is typed by its name; what is kept is its code. The page shows both."""

    def prepare_value(self, value: Any) -> Any:
        if not value or KEYED.search(str(value)):
            return value
        found = self.rows().filter(code=value).first() if _CODE.fullmatch(str(value)) else None
        return shown(found) if found else value

    def clean(self, value: Any) -> str:
        typed = str(super().clean(value) or "").strip()
        if not typed:
            return ""
        if match := KEYED.search(typed):
            typed = match[1]
        if _CODE.fullmatch(typed) and self.rows().filter(code=typed).exists():
            return typed
        return self._by_name(typed)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(self.prepare_value(initial) or "") != str(data or "").strip()

    def _by_name(self, typed: str) -> str:
        found = self.named(typed)
        whole = [row for row in found if fold(typed) in {fold(name) for name in _names(row).values()}]
        found = whole if len(whole) == 1 else found
        if len(found) == 1:
            return str(found[0].code)
        if not found:
            raise ValidationError(self.unknown())
        raise ValidationError(
            _("Several may be meant. Write one of these: %(choices)s") % {"choices": ", ".join(map(shown, found))}
        )

    @abstractmethod
    def rows(self) -> Any:
        """What may be chosen from."""

    @abstractmethod
    def named(self, typed: str) -> list[Any]:
        """Those whose name holds every typed word."""

    @abstractmethod
    def unknown(self) -> str:
        """What is said where nothing has the name."""


class PartyField(NamedField):
    """A public entry of the directory."""

    def rows(self) -> Any:
        return Party.objects.public(timezone.localdate())

    def named(self, typed: str) -> list[Any]:
        return _holding(self.rows(), "folded_names", typed)

    def unknown(self) -> str:
        return _("No entry of the directory has this name. Leave it empty, or add the entry there first.")


class RecordField(NamedField):
    """A record that is public or the actor's own; ``kinds`` narrows. ``actor`` is set by who makes the form."""

    def __init__(self, *, kinds: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kinds = kinds
        self.actor: Any = None

    def rows(self) -> Any:
        public, mine = Record.objects.public(), policy.visible(self.actor, "library.see_draft", Record.objects.all())
        rows = Record.objects.filter(Q(pk__in=public.values("pk")) | Q(pk__in=mine.values("pk")))
        return rows.filter(kind__in=self.kinds) if self.kinds else rows

    def named(self, typed: str) -> list[Any]:
        return _holding(self.rows(), "folded_titles", typed)

    def unknown(self) -> str:
        return _("No record has this title. Write a word of its title, or its code.")


def shown(row: Any) -> str:
    """A row as the desk writes it: name and code, so that it is found again without doubt."""
    return f"{pick(_names(row), get_language() or 'en')} [{row.code}]"


def _names(row: Any) -> dict[str, str]:
    return dict(getattr(row, "titles", None) or getattr(row, "names", {}))


def _holding(rows: Any, field: str, typed: str) -> list[Any]:
    for word in fold(typed).split()[:8]:
        rows = rows.filter(**{f"{field}__contains": word})
    return list(rows.order_by("code")[:_MOST]) if fold(typed) else []
