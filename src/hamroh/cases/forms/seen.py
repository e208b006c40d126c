"""What a form changes may be changed by somebody else while it is open: the form carries how it stood then.

Where it stands otherwise when the form comes back, nothing is written: both versions are shown, and what was typed stays.
"""

import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django import forms
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hamroh.cases.models import Case
from hamroh.web import dates

#: the hidden field that carries it
STOOD = "stood"
_SALT = "hamroh.cases.stood"
#: what the form changes, by the names of its fields, read anew at each call
Stands = Callable[[], Mapping[str, Any]]


class ChangedMeanwhile(Exception):
    """What the form changes is not any more as its reader saw it; the form says so, field by field."""


class _Watched:
    def __init__(self, case: Case, stands: Stands) -> None:
        self.case, self.stands = case, stands

    def require(self, seen: str) -> None:
        """Hold the case, and raise ChangedMeanwhile where it is not any more as it was seen."""
        Case.objects.select_for_update().filter(pk=self.case.pk).values_list("pk").get()
        if seen and seen != _mark(self.stands()):
            raise ChangedMeanwhile


def watch(form: forms.Form, case: Case, stands: Stands) -> None:
    """Let a form carry how what it changes stood when it was opened; ``unless_changed`` compares."""
    form.watched = _Watched(case, stands)  # type: ignore[attr-defined]
    form.fields[STOOD] = _field(_mark(stands()))


def unless_changed(form: forms.BaseForm, act: Callable[[], Any]) -> Any:
    """Write, unless somebody else wrote since the form was opened: ChangedMeanwhile then. No other write of the case goes between."""
    watched: _Watched | None = getattr(form, "watched", None)
    if watched is None:
        return act()
    seen = form.cleaned_data.pop(STOOD, "")
    field = form.fields.pop(STOOD)
    try:
        with transaction.atomic():
            watched.require(seen)
            return act()
    except BaseException:
        form.fields[STOOD] = field
        raise


def say_changed(form: forms.BaseForm) -> None:
    """Show beside each field what stands there now; sent once more, the form counts over that."""
    stands = form.watched.stands()  # type: ignore[attr-defined]
    words = (
        _("Somebody changed this while you were writing"),
        _("Nothing was written over, and what you typed stands below. Compare, then save again if it is to count."),
    )
    form.add_error(None, ". ".join(words))
    for name in [name for name in form.fields if name in stands]:
        now = _said(form.fields[name], stands[name])
        if now != _said(form.fields[name], form[name].value()):
            form.add_error(name, _("It says now: %(value)s") % {"value": now or _("nothing")})
    data: Any = form.data.copy()  # type: ignore[attr-defined] # what was sent is a QueryDict
    data[form.add_prefix(STOOD)] = _mark(stands)
    form.data = data


def _field(mark: str) -> forms.CharField:
    return forms.CharField(required=False, max_length=64, widget=forms.HiddenInput, initial=mark)


def _mark(stands: Mapping[str, Any]) -> str:
    """A keyed hash: the page tells nothing by it that it does not show."""
    told = json.dumps(stands, sort_keys=True, default=str, ensure_ascii=False)
    return salted_hmac(_SALT, told, algorithm="sha256").hexdigest()[:32]


def _flat(choices: Any) -> Iterator[tuple[Any, Any]]:
    """Choices without their groups."""
    for key, word in choices:
        yield from word if isinstance(word, list | tuple) else [(key, word)]


def _said(field: forms.Field, value: Any) -> str:
    """A value as its reader knows it: the word of a choice, a day, a clock, the text itself."""
    if isinstance(field, forms.ChoiceField):
        words = {str(key): str(word) for key, word in _flat(field.choices)}
        chosen = value if isinstance(value, list | tuple) else [value]
        return ", ".join(words.get(str(each), str(each)) for each in chosen if each not in (None, ""))
    if isinstance(field, forms.DateField) and value:
        return dates.partial(str(value), get_language() or "en")
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    return "" if value is None else str(value).replace("\r\n", "\n").strip()
