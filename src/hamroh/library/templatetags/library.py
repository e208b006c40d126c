"""What only pages of the library say: titles in other languages, details by their names, kinds of files."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hamroh.library.models import Record
from hamroh.library.rules import DETAIL_LABELS, DETAILS
from hamroh.web.texts import pick

register = template.Library()
_KINDS = {
    "application/pdf": "PDF",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word",
    "application/vnd.oasis.opendocument.text": "ODT",
    "application/epub+zip": "EPUB",
}


@register.filter
def other_languages(texts: Mapping[str, str]) -> list[tuple[str, str]]:
    """(language, text) of the languages that are not shown already."""
    shown = pick(texts, get_language() or "en").lang
    return [(code, text) for code, text in texts.items() if text and code != shown]


@register.filter
def details_of(record: Record) -> list[tuple[Any, str]]:
    """(label, value) of what only its kind has."""
    return [
        (DETAIL_LABELS[name], value) for name in DETAILS.get(record.kind, ()) if (value := record.details.get(name))
    ]


@register.filter
def is_address(value: str) -> bool:
    """Whether a value is a web address."""
    return value.startswith(("http://", "https://"))


@register.filter
def language_called(code: str) -> str:
    """A language by its own name."""
    return str(dict(settings.LANGUAGES).get(code, code))


@register.filter
def file_kind(media_type: str) -> str:
    """A type of files as people call it."""
    return _KINDS.get(media_type) or (_("picture") if media_type.startswith("image/") else _("text"))


@register.filter
def safe_schema(schema: str) -> SafeString:
    """JSON that was written without any sign that could end the element it stands in."""
    return mark_safe(schema)  # noqa: S308 - see citing.formats.schema_org
