"""What a filled form says: its envelope (whose it is), and the answer to each question. Plain Python, no Django."""

import contextlib
import datetime as dt
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from hamroh.fieldwork.trees import attribute, bare, child, tree_of
from hamroh.fieldwork.xforms import FILES

#: of an instance's id
LONGEST = 120


@dataclass(frozen=True)
class Change:
    """What a filled form does to a row of a list: makes it, or changes the version that it knew."""

    dataset: str
    id: str
    label: str
    creates: bool
    updates: bool
    base: int | None
    #: what the row belongs to, and where that stands in the form: its children carry what is saved
    path: str = ""
    element: Any = field(default=None, repr=False, compare=False)


@dataclass(frozen=True)
class Envelope:
    """What stands on a filled form before anybody reads its answers."""

    form_id: str
    version: str
    instance_id: str
    deprecates: str = ""
    is_encrypted: bool = False
    #: of an encrypted one: the key under the organisation's key, the file of answers, the sealed signature
    sealed_key: str = ""
    sealed_file: str = ""
    signature: str = ""
    media: tuple[str, ...] = ()
    ended: dt.date | None = None
    changes: tuple[Change, ...] = ()
    root: Any = field(default=None, repr=False, compare=False)


def read_envelope(xml: bytes) -> Envelope:
    """The envelope of a filled form; raises trees.Unreadable."""
    return envelope_of(tree_of(xml))


def envelope_of(root: Element) -> Envelope:
    """The same of a document that was read before."""
    meta = child(root, "meta")
    said = {bare(each.tag): (each.text or "").strip() for each in meta} if meta is not None else {}
    sealed = attribute(root, "encrypted").lower() == "yes"
    return Envelope(
        form_id=attribute(root, "id") or attribute(root, "xmlns"), version=attribute(root, "version"),
        instance_id=said.get("instanceID") or attribute(root, "instanceID"), deprecates=said.get("deprecatedID", ""),
        is_encrypted=sealed, sealed_key=_text(root, "base64EncryptedKey"), sealed_file=_text(root, "encryptedXmlFile"),
        signature=_text(root, "base64EncryptedElementSignature"),
        media=tuple(name for each in root if bare(each.tag) == "media" and (name := _file_of(each))) if sealed else (),
        ended=_ended(root), changes=tuple(_changes(root, f"/{bare(root.tag)}")), root=root,
    )  # fmt: skip


def read_answers(version: Any, xml: bytes) -> dict[str, Any]:
    """The answers of a filled form by the paths of their questions; what was not answered is absent.

    A whole number is ``int``, one with decimals ``float``, several choices a list of their names, everything else the text that was
    sent. A repeat is a list of such mappings, one for each time it was filled. ``version`` needs nothing but ``questions``.
    """
    return answers_of(version, tree_of(xml))


def answers_of(version: Any, root: Element) -> dict[str, Any]:
    """The same of a document that was read before."""
    kinds = {each["path"]: each["kind"] for each in version.questions}
    found: dict[str, Any] = {}
    _read(root, f"/{bare(root.tag)}", kinds, found)
    return found


def file_names(version: Any, root: Element) -> dict[str, str]:
    """The files that the answers name, with the path of the question."""
    wanted = {each["path"] for each in version.questions if each["kind"] in FILES}
    found: dict[str, str] = {}
    _files(root, f"/{bare(root.tag)}", wanted, found)
    audit = _audit(root)
    return found | ({audit: ""} if audit else {})


def _audit(root: Element) -> str:
    meta = child(root, "meta")
    held = child(meta, "audit") if meta is not None else None
    return (held.text or "").strip() if held is not None else ""


def _read(element: Element, path: str, kinds: dict[str, str], into: dict[str, Any]) -> None:
    for each in element:
        here = f"{path}/{bare(each.tag)}"
        kind = kinds.get(here, "")
        if kind == "repeat":
            row: dict[str, Any] = {}
            _read(each, here, kinds, row)
            into.setdefault(here, []).append(row)
        elif kind == "group":
            _read(each, here, kinds, into)
        elif kind and (value := _value((each.text or "").strip(), kind)) is not None:
            into[here] = value


def _value(text: str, kind: str) -> Any:
    if not text:
        return None
    if kind in ("select_multiple", "rank"):
        return text.split()
    with contextlib.suppress(ValueError):
        if kind == "integer":
            return int(text)
        if kind in ("decimal", "range"):
            number = float(text)
            return number if abs(number) < float("inf") else text
    return text


def _files(element: Element, path: str, wanted: set[str], into: dict[str, str]) -> None:
    for each in element:
        here = f"{path}/{bare(each.tag)}"
        name = (each.text or "").strip()
        if here in wanted and name:
            into[name] = here
        _files(each, here, wanted, into)


def _changes(element: Element, path: str) -> list[Change]:
    """Rows of lists that the form makes or changes: an ``entity`` stands in the ``meta`` of what it belongs to."""
    found = []
    for each in element:
        if bare(each.tag) == "meta":
            entity = child(each, "entity")
            if entity is not None and attribute(entity, "dataset"):
                found.append(_change(entity, element, path))
        elif len(each):
            found += _changes(each, f"{path}/{bare(each.tag)}")
    return found


def _change(entity: Element, element: Element, path: str) -> Change:
    base = attribute(entity, "baseVersion")
    return Change(
        dataset=attribute(entity, "dataset"), id=attribute(entity, "id"), label=_text(entity, "label"),
        creates=_is_true(attribute(entity, "create")), updates=_is_true(attribute(entity, "update")),
        base=int(base) if base.isdecimal() and len(base) < 9 else None, path=path, element=element,
    )  # fmt: skip


def _is_true(words: str) -> bool:
    return words.lower() in ("1", "true", "true()")


def _text(element: Element, name: str) -> str:
    found = child(element, name)
    return "" if found is None else (found.text or "").strip()


def _file_of(media: Element) -> str:
    return _text(media, "file") or (media.text or "").strip()


def _ended(root: Element) -> dt.date | None:
    """The day on which it was filled, as its telephone knew it."""
    for name in ("today", "end", "start"):
        with contextlib.suppress(ValueError):
            return dt.date.fromisoformat(_text(root, name)[:10])
    return None
