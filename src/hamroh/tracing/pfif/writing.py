"""A file of version 1.4, in the order of the standard. Values are escaped; what no XML can hold is left out."""

import re
from collections.abc import Iterable, Mapping, Sequence
from xml.sax.saxutils import escape

from hamroh.tracing.pfif.standard import EXTENSION, NAMESPACE, NOTE, OURS, PERSON, Person

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: a reader turns a bare carriage return into a new line
_ENTITIES = {"\r": "&#13;"}


def written(people: Iterable[Person]) -> bytes:
    """The people of a file as XML in UTF-8."""
    head = f'<pfif:pfif xmlns:pfif="{NAMESPACE}" xmlns:hamroh="{EXTENSION}">'
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', head]
    for each in people:
        lines += ["  <pfif:person>", *_fields(each.fields, PERSON, "pfif", 4), *_fields(each.ours, OURS, "hamroh", 4)]
        for note in each.notes:
            lines += ["    <pfif:note>", *_fields(note.fields, NOTE, "pfif", 6), "    </pfif:note>"]
        lines.append("  </pfif:person>")
    return "\n".join([*lines, "</pfif:pfif>", ""]).encode()


def _fields(values: Mapping[str, str], order: Sequence[str], prefix: str, indent: int) -> list[str]:
    if unknown := set(values) - set(order):
        raise KeyError(f"the format has no {', '.join(sorted(unknown))}")
    return [
        f"{' ' * indent}<{prefix}:{name}>{said(values[name])}</{prefix}:{name}>" for name in order if values.get(name)
    ]  # fmt: skip


def said(text: str) -> str:
    """A text as it stands in XML.

    >>> said("Тоҷ & <Азиз>")
    'Тоҷ &amp; &lt;Азиз&gt;'
    """
    return escape(_NO_XML.sub("", text), _ENTITIES)
