"""Facts of a record become rows: what is named is looked up, fields are checked, everything wrong is said at once."""

import re
from collections.abc import Mapping
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import Model
from django.utils.translation import gettext as _

from hamroh.directory.actions.check import LANG, Check, joined
from hamroh.library.models import HOLDS, Record, RecordKind

Row = TypeVar("Row", bound=Model)
#: a year, a month or a day
PARTIAL_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_DATES = ("date", "adopted", "signed", "in_force", "repealed", "status_date", "bound")
_TEXTS = ("titles", "abstracts", "rights", "names", "says", "reservations")
_WEB = URLValidator(schemes=["http", "https"])


class RecordCheck(Check):
    """The directory's gatherer of problems, with what records of the library know besides."""

    def checked(self, field: str, row: Row) -> Row:
        """The row, after its fields were held against the model and the forms of texts and dates."""
        keys = [key.name for key in row._meta.concrete_fields if key.is_relation]  # noqa: SLF001
        try:
            row.clean_fields(exclude=keys)
        except ValidationError as error:
            for name, errors in error.error_dict.items():
                self.refuse(joined(field, name), _said(errors[0]))
        for name in _DATES:
            value = getattr(row, name, "")
            if value and not PARTIAL_DATE.fullmatch(str(value)):
                self.refuse(
                    joined(field, name), _("Write a year, a month or a day, such as 2008, 2008-10 or 2008-10-31.")
                )
        for name in _TEXTS:
            texts = getattr(row, name, None)
            if isinstance(texts, Mapping) and any(not LANG.fullmatch(lang) for lang in texts):
                self.refuse(joined(field, name), _("Give the language of each text by its code, such as tg or az."))
        return row

    def address(self, field: str, value: str) -> None:
        """Refuse what no browser may be sent to."""
        try:
            if value:
                _WEB(value)
        except ValidationError:
            self.refuse(field, _("Write a web address with https:// before it."))

    def holder(self, kind: str, code: str, organisation: Any) -> Record | None:
        """The series or issue of the same organisation that a record lies in; None for no code."""
        if not code:
            return None
        found = Record.objects.own().filter(code=code, organisation=organisation).first()
        if found is None:
            self.refuse("part_of", _("No record of yours has this code."))
        elif kind not in HOLDS.get(RecordKind(found.kind), set()):
            self.refuse("part_of", _("A record of this kind does not lie in one of that kind."))
        return found

    def record(self, field: str, code: str, organisation: Any) -> Record | None:
        """Another record to lead to: a public one, or one of the same organisation."""
        found = Record.objects.filter(code=code).first()
        if found is None or not (found.organisation_id == organisation.pk or _is_open(found)):
            self.refuse(field, _("No record has this code."))
            return None
        return found


def _is_open(record: Record) -> bool:
    return Record.objects.public().filter(pk=record.pk).exists()


def _said(error: ValidationError) -> str:
    """Django's sentence; a wrong choice is not repeated, since it may hold what must not be told."""
    if error.code in ("invalid_choice", "invalid"):
        return _("This is not one of the choices.")
    return str(error.messages[0])
