"""Marks of XML, written as text: nothing that XML cannot say gets in, whatever a record holds."""

import re
from collections.abc import Iterable, Iterator, Mapping
from xml.sax.saxutils import escape

_UNSAYABLE = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_QUOTED = {'"': "&quot;", "\n": "&#10;", "\t": "&#9;", "\r": "&#13;"}
#: tags of languages and codes of MARC 21 for those that are written here
MARC_LANGUAGES = {"en": "eng", "az": "aze", "ru": "rus", "tg": "tgk"}


def said(text: str) -> str:
    """The text as it stands between marks."""
    return escape(_UNSAYABLE.sub("", text))


def attributes(given: Mapping[str, str]) -> str:
    """Attributes that hold something, each after a space."""
    return "".join(f' {name}="{escape(_UNSAYABLE.sub("", value), _QUOTED)}"' for name, value in given.items() if value)


def mark(name: str, text: str, **given: str) -> str:
    """One element with its text; a line below in a name stands for a colon (``xml_lang``). Nothing at all where there is no text."""
    named = {key.replace("_", ":"): value for key, value in given.items()}
    return f"<{name}{attributes(named)}>{said(text)}</{name}>" if text else ""


def around(name: str, inside: Iterable[str], **given: str) -> str:
    """An element around others; nothing at all where there are none."""
    whole = "".join(inside)
    named = {key.replace("_", ":"): value for key, value in given.items()}
    return f"<{name}{attributes(named)}>{whole}</{name}>" if whole else ""


def in_each(name: str, texts: Mapping[str, str]) -> Iterator[str]:
    """The element once for each language that says something."""
    for lang, text in texts.items():
        yield mark(name, text, xml_lang=lang)
