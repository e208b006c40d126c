"""Keys of concepts and groups inside addresses."""

from django.urls import register_converter
from django.urls.converters import StringConverter, get_converters


class Key(StringConverter):
    """Any text without a slash that a database can hold."""

    regex = r"[^/\x00]+"


def register() -> None:
    """Let addresses name ``<vocabulary_key:...>``; may be called more than once."""
    if "vocabulary_key" not in get_converters():
        register_converter(Key, "vocabulary_key")
