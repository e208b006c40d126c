"""Facts become rows: keys are looked up, fields are checked, and everything wrong is said at once."""

import dataclasses
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from hamroh.directory.facts import FactsRefused, Problem
from hamroh.directory.models import AdminUnit, Party
from hamroh.thesaurus.models import Concept

Row = TypeVar("Row", bound=models.Model)
LANG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
PARTIAL_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
#: fields that hold a year, a month or a day
PARTIAL_DATES = ("since", "until", "as_of", "issued", "founded", "closed")


class Check:
    """Gathers what is wrong with some facts; ``finish`` raises it."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._units: dict[str, AdminUnit] = {}

    def refuse(self, field: str, message: str) -> None:
        self.problems.append(Problem(field, message))

    def finish(self) -> None:
        if self.problems:
            raise FactsRefused(self.problems)

    def row(self, field: str, model: type[Row], facts: Any, **given: Any) -> Row:
        """An unsaved row of ``facts`` with ``given`` beside it, its fields checked against the model."""
        row = self.checked(field, model(**(plain_fields(model, facts) | given)))
        if getattr(facts, "id", ""):
            row.pk = facts.id
        return row

    def checked(self, field: str, row: Row) -> Row:
        """The row, after its fields were held against the model and the forms of texts and dates."""
        keys = [key.name for key in row._meta.concrete_fields if key.is_relation]  # noqa: SLF001
        try:
            row.clean_fields(exclude=keys)
        except ValidationError as error:
            for name, errors in error.error_dict.items():
                self.refuse(joined(field, name), _said(errors[0]))
        for name in PARTIAL_DATES:
            if (value := getattr(row, name, "")) and not PARTIAL_DATE.fullmatch(str(value)):
                self.refuse(
                    joined(field, name), _("Write a year, a month or a day, such as 2008, 2008-10 or 2008-10-31.")
                )
        for name, texts in _texts_of(row):
            if any(not LANG.fullmatch(lang) for lang in texts):
                self.refuse(joined(field, name), _("Give the language of each text by its code, such as tg or az."))
        return row

    def unit(self, field: str, key: str) -> AdminUnit | None:
        """The place with this key; None for no key."""
        if not key:
            return None
        found = self._units.get(key) or AdminUnit.objects.filter(key=key).first()
        if found is None:
            self.refuse(field, _("No place has this key. Look it up in the list of places."))
        else:
            self._units[key] = found
        return found

    def concepts(self, field: str, keys: Iterable[str]) -> list[Concept]:
        """The concepts with these keys or URIs, in that order and each once."""
        wanted = list(dict.fromkeys(keys))
        rows = Concept.objects.in_use().filter(models.Q(key__in=wanted) | models.Q(uri__in=wanted))
        by_name: dict[str, list[Concept]] = {}
        for row in rows:
            by_name.setdefault(row.uri, []).append(row)
            by_name.setdefault(row.key, []).append(row)
        for place, key in enumerate(wanted):
            if len(by_name.get(key, ())) != 1:
                self.refuse(joined(field, str(place)), _concept_advice(key in by_name))
        return [by_name[key][0] for key in wanted if len(by_name.get(key, ())) == 1]

    def party(self, field: str, name: str) -> Party | None:
        """The party with this key or code."""
        found = Party.objects.filter(models.Q(key=name) | models.Q(code=name)).first()
        if found is None:
            self.refuse(field, _("No entry has this key or code."))
        return found


def _concept_advice(known: bool) -> str:
    if known:
        return _("Several vocabularies have this key. Give the full address of the concept.")
    return _("No concept has this key. Look it up in the thesaurus.")


def joined(*parts: str) -> str:
    return ".".join(part for part in parts if part)


def plain_fields(model: type[models.Model], facts: Any) -> dict[str, Any]:
    """The facts that the model has a plain field for, as the field stores them."""
    names = {field.name for field in model._meta.concrete_fields if not field.is_relation}  # noqa: SLF001
    return {
        field.name: plain(getattr(facts, field.name))
        for field in dataclasses.fields(facts)
        if field.name in names - {"id"}
    }


def plain(value: Any) -> Any:
    """Tidied: texts without outer blanks and empty ones left out, tuples as lists."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, Mapping):
        tidy = {str(key): plain(item) for key, item in value.items()}
        return {key: item for key, item in tidy.items() if item}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return plain(dataclasses.asdict(value))
    return value


def _texts_of(row: models.Model) -> Iterable[tuple[str, Mapping[str, str]]]:
    for field in row._meta.concrete_fields:  # noqa: SLF001
        value = getattr(row, field.attname)
        if isinstance(value, Mapping) and field.name not in ("registration", "sort_keys", "initials"):
            yield field.name, value


def _said(error: ValidationError) -> str:
    """Django's sentence; a wrong choice is not repeated, since it may hold what must not be told."""
    if error.code in ("invalid_choice", "invalid"):
        return _("This is not one of the choices.")
    return str(error.messages[0])


def save_rows(stored: Iterable[Row], wanted: Iterable[Row], same: Callable[[Row], Any]) -> None:
    """Make the stored rows equal to the wanted ones; those with the same key, or the same by ``same``, keep their key."""
    left = {str(row.pk): row for row in stored}
    for row in wanted:
        twin = left.get(str(row.pk)) or next((other for other in left.values() if same(other) == same(row)), None)
        if twin is None:
            row.pk = row._meta.pk.get_default()  # noqa: SLF001 - a key from outside is never trusted
            row.save(force_insert=True)
            continue
        del left[str(twin.pk)]
        row.pk = twin.pk
        if _values(row) != _values(twin):
            row.save(force_update=True)
    for row in left.values():
        row.delete()


def _values(row: models.Model) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}  # noqa: SLF001
