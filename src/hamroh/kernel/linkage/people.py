"""Records of people: every name that somebody bears."""

from collections.abc import Mapping
from typing import Any

from hamroh.kernel.names.bones import Bone, as_name
from hamroh.kernel.names.reading import Hearing, Name, read

Record = Mapping[str, Any]


def checked_name(record: Record) -> str:
    """The name of a record; ValueError where it has none that is a text."""
    name = record.get("name")
    if isinstance(name, str):
        return name
    raise ValueError("it needs a name, a text")


def names_of(record: Record, hear: Hearing | None = None) -> list[Name]:
    """All names that a record says somebody bears: ``name``, those in ``names``, and each with a ``maiden`` surname in its place.

    Where none has a father's name but the record says ``father``, every name gets it. Somebody whose names may not be known has them as
    ``bones``, and nothing else counts.
    """
    if known := record.get("bones"):
        return [as_name(map(Bone.of, each)) for each in known]
    written = [str(each) for each in (record.get("name") or "", *(record.get("names") or ())) if each]
    names = [read(each, hear) for each in written]
    if father := str(record.get("father") or "").split(maxsplit=1):
        names = [_with_father(name, father[0]) for name in names]
    if maiden := str(record.get("maiden") or ""):
        names += [_with_maiden(name, maiden) for name in names]
    return names


def _with_father(name: Name, father: str) -> Name:
    if any(part.role == "patronymic" for part in name.parts):
        return name
    said = read(f"bin {father}")
    return Name(name.written, (*name.parts, *said.parts), name.left_out)


def _with_maiden(name: Name, maiden: str) -> Name:
    kept = tuple(part for part in name.parts if part.role != "surname")
    return Name(name.written, (*kept, *read(maiden).parts), name.left_out)
