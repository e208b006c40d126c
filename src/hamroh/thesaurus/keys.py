"""Keys of concepts and groups inside addresses."""

from django.urls import register_converter
from django.urls.converters import StringConverter, get_converters


class Key(StringConverter):
    """Any text without a slash that a database can hold."""

    regex = r"[^/\x00]+"


class Number(StringConverter):
    """The number of a release."""

    regex = r"[0-9A-Za-z][0-9A-Za-z.-]{0,19}?"


def register() -> None:
    """Let addresses name ``<vocabulary_key:...>`` and ``<release_number:...>``; may be called more than once."""
    if "vocabulary_key" not in get_converters():
        register_converter(Key, "vocabulary_key")
        register_converter(Number, "release_number")
