"""A workbook becomes a form: pyxform in a process of its own (``python -m hamroh.fieldwork.exchange.xlsforms``), without Django.

A workbook from outside may be made to eat the machine: the process is held to so much memory and time. What it made
comes out as one line of JSON, and so do the faults that it found. Java is not used.
"""

import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from hamroh.fieldwork.linting import Remark, Sheet, lint, lint_form
from hamroh.fieldwork.trees import FORM, Unreadable
from hamroh.fieldwork.xforms import NotAForm, describe

#: of memory (bytes), of the processor and of the clock (seconds), of a workbook and of a form (bytes)
MEMORY, SECONDS, WAIT = 768 * 2**20, 30, 45
LARGEST = 5 * 2**20
#: an archive may unfold to this many bytes, to this many times its size, into this many entries
UNFOLDED, RATIO, ENTRIES = 80 * 2**20, 200, 500
_XLSX, _XLS = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_SHEETS = ("survey", "choices", "settings", "entities", "external_choices")


@dataclass(frozen=True)
class Made:
    """A form that was made of a workbook; or, without ``xml``, the faults that hindered it."""

    xml: bytes = b""
    remarks: list[Remark] = field(default_factory=list)
    faults: list[Remark] = field(default_factory=list)
    #: the list that a form with external choices carries beside it
    itemsets: bytes = b""


def make(content: bytes) -> Made:
    """Make a form of a workbook, or take one that is an XForm already; whatever it is, this returns."""
    fault = _refused(content)
    if fault:
        return Made(faults=[_fault(fault)])
    command = [sys.executable, "-m", "hamroh.fieldwork.exchange.xlsforms"]
    try:
        done = subprocess.run(  # noqa: S603 - ourselves
            command, input=content, capture_output=True, timeout=WAIT, check=False, env=_environment()
        )
    except subprocess.TimeoutExpired:
        return Made(faults=[_fault("slow")])
    return _understood(done.stdout)


def _refused(content: bytes) -> str:
    """Why a file is not even tried; empty where it is."""
    if not content:
        return "empty"
    if len(content) > LARGEST:
        return "large"
    if content.startswith(_XLSX):
        return _refused_archive(content)
    if content.startswith(_XLS) or content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        return ""
    return "kind"


def _names_entities(content: bytes) -> bool:
    """Whether a part of a workbook declares a document type: none that an office program writes does."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
        return any(
            b"<!DOCTYPE" in archive.read(name)[:4000] or b"<!ENTITY" in archive.read(name)[:4000] for name in parts
        )


def _refused_archive(content: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, RuntimeError, ValueError, OSError):
        return "damaged"
    unfolded, packed = sum(entry.file_size for entry in entries), sum(entry.compress_size for entry in entries)
    if len(entries) > ENTRIES or unfolded > UNFOLDED or unfolded > RATIO * max(packed, 1):
        return "bomb"
    names = [entry.filename for entry in entries]
    if any(name.endswith("vbaProject.bin") for name in names):
        return "macros"
    return "" if "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names) else "kind"


def _environment() -> dict[str, str]:
    """Nothing of ours: no key and no address of a database is in reach of a file that takes the reader over."""
    return {
        "PYTHONPATH": ":".join(part for part in sys.path if part),
        "PYTHONIOENCODING": "utf-8",
        "OMP_NUM_THREADS": "1",
    }


def _understood(out: bytes) -> Made:
    try:
        said = json.loads(out)
    except ValueError:
        return Made(faults=[_fault("damaged")])
    return Made(
        said.get("xml", "").encode(), said.get("remarks", []), said.get("faults", []), said.get("itemsets", "").encode()
    )


def _fault(code: str, sheet: str = "", row: int = 0, cell: str = "", **facts: Any) -> Remark:
    shown = {key: str(value)[:300] for key, value in facts.items()}
    return {"code": code, "level": "risk", "sheet": sheet, "row": row, "cell": cell, "facts": shown}


# ---- within the process


def _converted(content: bytes) -> dict[str, Any]:
    """The form of a workbook, with what there is to remark; or its faults."""
    from pyxform.errors import PyXFormError
    from pyxform.xls2json_backends import get_xlsform
    from pyxform.xls2xform import convert

    kind = ".xlsx" if content.startswith(_XLSX) else ".xls"
    if kind == ".xlsx" and _names_entities(content):
        return {"faults": [_fault("xml_entities")]}
    sheets: dict[str, Sheet] = {}
    try:
        sheets = _sheets(get_xlsform(content, file_type=kind))
        warnings: list[str] = []
        made = convert(content, warnings=warnings, validate=False, file_type=kind, form_name="data")
    except PyXFormError as error:
        return {"faults": [_explained(error, sheets)]}
    remarks = [*lint(sheets, describe(made.xform.encode())), *_warned(warnings), *_formulas(content)]
    return {"xml": made.xform, "remarks": remarks, "itemsets": made.itemsets or ""}


def _sheets(book: Any) -> dict[str, Sheet]:
    found = {}
    for name in _SHEETS:
        heads = getattr(book, f"{name}_header", None) or [{}]
        rows = getattr(book, name, None) or []
        found[name] = Sheet(list(heads[0]), [{str(head): str(value) for head, value in row.items()} for row in rows])
    return found


def _explained(error: Any, sheets: Mapping[str, Sheet]) -> Remark:
    """A fault of pyxform: what it says by a code, its sheet, row and cell as far as it tells them."""
    words = " ".join(str(error).split()) or type(error).__name__
    code, facts = _told_apart(words)
    row = _number(facts.pop("row", "") or _found(r"\[?row\s*:?\s*(\d+)", words))
    sheet = facts.pop("sheet", "") or _found(r"[Oo]n the '(\w+)' sheet", words)
    column = facts.pop("column", "") or _found(r"[Tt]he '(\w+)' value", words)
    if code == "kind_unknown" and not row:
        column, row = "type", _row_of(sheets, facts.get("value", ""))
    sheet = sheet or ("survey" if row else "")
    return _fault(code or "pyxform", sheet, row, _cell_of(sheets, sheet or "survey", column, row), words=words, **facts)


#: what pyxform says without a name of its own, by the code that it has here; groups are named as the words want them
_SAID = {
    "kind_unknown": r"Unknown question type '(?P<value>[^']*)'",
    "list_unknown": r"[Ll]ist name not in (?:external )?choices sheet: (?P<value>.+?)(?: Error| in |$)",
    "no_choices": r"There should be a choices sheet",
    "no_name": r"with no name",
    "no_type": r"with no type",
    "choice_twice": r"[Dd]uplicate choice|choices? .* more than once|The 'name' column .* duplicate",
    "workbook": r"not recognized as a supported type|Error reading",
}
#: what it says by a code, most often without telling the code; the longest come first
_TOLD = ("names_", "pyref_", "label_", "survey_", "header_", "range_", "entity_")


def _told_apart(words: str) -> tuple[str, dict[str, str]]:
    from pyxform.errors import ErrorCode

    patterns = {
        each.name.lower(): _pattern(each.value.msg) for each in ErrorCode if each.name.lower().startswith(_TOLD)
    }
    for code, said in {**patterns, **_SAID}.items():
        found = re.search(said, words)
        if found:
            return code, {name: value for name, value in found.groupdict().items() if value}
    if "must have a sheet named" in words or "'survey'" in words:
        return "no_survey", {}
    return "", {}


def _pattern(message: str) -> str:
    """A message of pyxform with places for what it names, as a pattern; a place that comes twice is read once."""
    seen: set[str] = set()

    def place(found: re.Match[str]) -> str:
        name = found[1]
        if name in seen:
            return ".*?"
        seen.add(name)
        return f"(?P<{name}>.*?)"

    escaped = re.escape(" ".join(message.replace("{{", "\x01").replace("}}", "\x02").split()))
    named = re.sub(r"\\\{(\w+)\\\}", place, escaped)
    return named.replace("\x01", re.escape("{")).replace("\x02", re.escape("}")) + "$"


def _row_of(sheets: Mapping[str, Sheet], kind: str) -> int:
    """The row whose question is of this type."""
    rows = enumerate(sheets["survey"].rows if "survey" in sheets else (), start=2)
    return next((number for number, row in rows if row.get("type", "").strip() == kind), 0)


def _cell_of(sheets: Mapping[str, Sheet], sheet: str, column: str, row: int) -> str:
    from hamroh.fieldwork.linting import _cell, _split

    held = sheets.get(sheet)
    if not held or not row or not column:
        return ""
    found = next((at for at, head in enumerate(held.heads) if _split(head)[0] == column), None)
    return "" if found is None else _cell(found, row)


def _warned(warnings: list[str]) -> list[Remark]:
    """What pyxform warns of, except what is remarked here in better words."""
    told = [each for each in warnings if "languages" not in each and "translations" not in each]
    return [
        {**_fault("pyxform", row=_number(_found(r"\[row : (\d+)\]", each)), words=each), "level": "hint"}
        for each in told
    ]


def _formulas(content: bytes) -> list[Remark]:
    """Sheets that reckon: what a formula gave when it was last opened is taken, the formula is not."""
    if not content.startswith(_XLSX):
        return []
    with zipfile.ZipFile(BytesIO(content)) as archive:
        held = [
            name for name in archive.namelist() if name.startswith("xl/worksheets/") and b"<f" in archive.read(name)
        ]
        reckon = [name for name in held if re.search(rb"<f[ >]", archive.read(name))]
    return [{**_fault("formula"), "level": "care"}] if reckon else []


def _found(pattern: str, words: str) -> str:
    found = re.search(pattern, words)
    return found[1] if found else ""


def _number(said: Any) -> int:
    words = str(said or "")
    return int(words) if words.isdecimal() and len(words) < 8 else 0


def _taken(content: bytes) -> dict[str, Any]:
    """A file that is an XForm already, as it is."""
    form = describe(content)
    return {"xml": content.decode("utf-8-sig").strip(), "remarks": lint_form(form)}


def _limit() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # pyxform writes the form to a file of its own before it gives it; forms name nobody
    resource.setrlimit(resource.RLIMIT_FSIZE, (FORM, FORM))


def main() -> None:
    """Say the form of the workbook that comes in, or its faults."""
    content = sys.stdin.buffer.read(LARGEST + 1)
    _limit()
    try:
        said = _converted(content) if content.startswith((_XLSX, _XLS)) else _taken(content)
    except (Unreadable, NotAForm) as fault:
        said = {"faults": [_fault(f"xml_{fault.code}")]}
    except MemoryError:
        said = {"faults": [_fault("bomb")]}
    except RecursionError:
        said = {"faults": [_fault("damaged")]}
    except Exception as fault:  # noqa: BLE001 - whatever a hostile file does to its reader, it cannot be read
        said = {"faults": [_fault("pyxform", words=f"{type(fault).__name__}: {fault}")]}
    print(json.dumps(said), flush=True)


if __name__ == "__main__":
    main()
