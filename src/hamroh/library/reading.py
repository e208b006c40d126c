"""Taking the words out of a file, page by page. Runs as a process of its own (``python -m hamroh.library.reading``), without Django.

A file from outside may be made to eat the machine: the process is held to so much memory and so much time, and whatever becomes of it,
who started it goes on. What it found comes out as lines of JSON: ``{"page": 1, "text": "..."}``, or at the end ``{"trouble": "locked"}``.
"""

import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hamroh.kernel import epub

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
EPUB = "application/epub+zip"
READABLE = (PDF, DOCX, ODT, EPUB)
#: of memory (bytes), of the processor and of the clock (seconds), of pages, of text (signs)
MEMORY, SECONDS, WAIT = 768 * 2**20, 60, 90
#: somebody waits while a file is only looked at
LOOK = 15
MOST_PAGES, MOST_TEXT = 3000, 20_000_000
_MOST_ON_A_PAGE = 200_000
#: words on what stands for a page where the form has none
_WORDS_A_PAGE = 600
_TEXT_NAMESPACE = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


@dataclass(frozen=True)
class Taken:
    """Pages with their text; ``trouble`` says why they are not all, or none: ``locked``, ``active``, ``broken``, ``slow``, ``long``."""

    pages: tuple[tuple[int, str], ...]
    trouble: str = ""


def take_text(path: Path, mime: str, *, only_look: bool = False) -> Taken:
    """The text of a file, taken in a process of its own; ``only_look`` asks only whether it may be kept."""
    command = [sys.executable, "-m", "hamroh.library.reading", mime, str(path), "look" if only_look else "read"]
    try:
        done = subprocess.run(  # noqa: S603 - ourselves
            command, capture_output=True, timeout=LOOK if only_look else WAIT, check=False, env=_environment()
        )
    except subprocess.TimeoutExpired:
        return Taken((), "slow")
    return _understood(done.stdout, done.returncode)


def _environment() -> dict[str, str]:
    """Nothing of ours: no key and no address of a database is in reach of a file that takes the reader over."""
    return {
        "PYTHONPATH": ":".join(part for part in sys.path if part),
        "PYTHONIOENCODING": "utf-8",
        "OMP_NUM_THREADS": "1",
    }


def _understood(out: bytes, code: int) -> Taken:
    pages: list[tuple[int, str]] = []
    trouble = "broken" if code else ""
    for line in out.splitlines():
        try:
            said = json.loads(line)
        except ValueError:
            trouble = trouble or "broken"  # cut in the middle of a line
            continue
        if "trouble" in said:
            trouble = str(said["trouble"])[:40]
        else:
            pages.append((int(said["page"]), str(said["text"])))
    return Taken(tuple(pages), trouble)


# ---- within the process


class Trouble(Exception):
    """Why the file is not read."""


def pages_of(path: Path, mime: str, *, only_look: bool) -> Iterator[str]:
    """The text of each page; raises Trouble."""
    if mime == PDF:
        return _of_pdf(path, only_look=only_look)
    if mime == EPUB:
        return _in_pages(epub.paragraphs(path, only_look=only_look))
    if only_look:
        return iter(())
    return _in_pages(_of_docx(path) if mime == DOCX else _of_odt(path))


def _of_pdf(path: Path, *, only_look: bool) -> Iterator[str]:
    from pypdf import PdfReader

    reader = PdfReader(path)
    if reader.is_encrypted:
        raise Trouble("locked")
    if _is_active(reader):
        raise Trouble("active")
    if len(reader.pages) > MOST_PAGES:
        raise Trouble("long")
    if only_look:
        return
    for page in reader.pages:
        yield page.extract_text() or ""


def _is_active(reader: Any) -> bool:
    """Whether it runs something or starts a program as it is opened."""
    root = reader.trailer["/Root"]
    names = root.get("/Names")
    names = names.get_object() if names is not None else {}
    opened = root.get("/OpenAction")
    opened = opened.get_object() if opened is not None else {}
    kind = opened.get("/S") if isinstance(opened, dict) else ""
    return "/JavaScript" in names or "/EmbeddedFiles" in names or kind in ("/JavaScript", "/Launch")


def _of_docx(path: Path) -> Iterator[str]:
    from docx import Document

    body: Any = Document(str(path)).element.body
    for paragraph in body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"):
        yield "".join(node.text or "" for node in paragraph.iter() if node.tag.endswith("}t"))


def _of_odt(path: Path) -> Iterator[str]:
    from defusedxml.ElementTree import fromstring

    with zipfile.ZipFile(path) as archive:
        root = fromstring(archive.read("content.xml"))
    for node in root.iter():
        if node.tag in (f"{_TEXT_NAMESPACE}p", f"{_TEXT_NAMESPACE}h"):
            yield "".join(node.itertext())


def _in_pages(paragraphs: Iterator[str]) -> Iterator[str]:
    """Paragraphs in lots of about a page: a document without pages is cited by nothing finer."""
    held: list[str] = []
    words = 0
    for paragraph in paragraphs:
        if paragraph.strip():
            held.append(paragraph)
            words += len(paragraph.split())
        if words >= _WORDS_A_PAGE:
            yield "\n".join(held)
            held, words = [], 0
    if held:
        yield "\n".join(held)


def _limit() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it writes to its pipe only


def _say(**what: Any) -> None:
    print(json.dumps(what), flush=True)


def main(mime: str, path: str, how: str) -> None:
    """Say the pages of a file, or the trouble with it."""
    _limit()
    left = MOST_TEXT
    try:
        for number, text in enumerate(pages_of(Path(path), mime, only_look=how == "look"), start=1):
            shown = text.replace("\0", " ").encode("utf-8", "replace").decode()[: min(left, _MOST_ON_A_PAGE)]
            left -= len(shown)
            _say(page=number, text=shown)
            if left <= 0 or number >= MOST_PAGES:
                raise Trouble("long")  # noqa: TRY301 - said like any other
    except (Trouble, epub.Trouble) as trouble:
        _say(trouble=str(trouble))
    except MemoryError:
        _say(trouble="long")
    except Exception:  # noqa: BLE001 - whatever a hostile file does to its reader, it cannot be read
        _say(trouble="broken")


if __name__ == "__main__":
    main(*sys.argv[1:4])
