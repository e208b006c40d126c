"""Reading of the knowledge files in `hamroh.data`: CSV and YAML that open with `#` lines naming source, licence and date."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).resolve().parent.parent / "data"


#: written in C where the library was built so: it reads ten times faster
_READER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TRUTH = "tag:yaml.org,2002:bool"
#: takes true and false alone as such, as YAML does since 1.2: *no* is an answer, a language and a country
_LOADER: Any = type("_Loader", (_READER,), {
    "yaml_implicit_resolvers": {
        first: [each for each in resolvers if each[0] != _TRUTH]
        for first, resolvers in _READER.yaml_implicit_resolvers.items()
    }
})  # fmt: skip
_LOADER.add_implicit_resolver(_TRUTH, re.compile(r"^(?:true|false)$"), ["t", "f"])


class DataError(ValueError):
    """A knowledge file is not as it must be; the text lists each fault."""


def head(name: str) -> dict[str, str]:
    """What the `#` lines of a data file say: `{"source": ..., "licence": ..., "date": ...}`; `name` is relative to the data folder."""
    said = {}
    for line in _lines(name):
        if not line.startswith("#"):
            break
        key, colon, value = line[1:].partition(":")
        if colon:
            said[key.strip()] = value.strip()
    return said


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a CSV data file as dictionaries of stripped text, without its `#` lines."""
    lines = (line for line in _lines(name) if not line.startswith("#"))
    for row in csv.DictReader(lines, strict=True):
        yield {column: (value or "").strip() for column, value in row.items()}


def document(name: str) -> dict[str, Any]:
    """The content of a YAML data file."""
    content = yaml.load((DATA / name).read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - a safe one
    if not isinstance(content, dict):
        raise DataError(f"{name}: a mapping is expected")
    return content


def _lines(name: str) -> Iterator[str]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from file
