"""Catalogues of texts: extracted from code and templates, updated, checked and compiled without any outside program."""

import io
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parent.parent
LANGUAGES = ("az", "ru", "tg")
KEYWORDS = {
    **dict.fromkeys(("_", "said", "gettext", "gettext_lazy", "gettext_noop")),
    **dict.fromkeys(("ngettext", "ngettext_lazy", "ungettext"), (1, 2)),
    **dict.fromkeys(("_p", "pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
#: catalogues of rooms, and those of libraries' texts, which no code of ours names
_PLACES = ("*", "pages/wording")
#: texts of a library's scripts, which stand in no code of ours either
_SCRIPTS = "pages/wording/scripts/*/LC_MESSAGES/djangojs.po"
HEADER = """# Texts of hamroh.{room} in the language "{lang}".
msgid ""
msgstr ""
"Language: {lang}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""
PLACEHOLDER = re.compile(r"%\(\w+\)[sdif]|%[sd]|\{\w*\}")


@dataclass(frozen=True)
class Fault:
    """One text that a reader would meet in the wrong language, or broken."""

    room: str
    lang: str
    text: str
    reason: str

    def __str__(self) -> str:
        return f"{self.room}/{self.lang}: {self.reason}: {self.text!r}"


def rooms() -> list[str]:
    """Names of the rooms that have texts of their own."""
    return [folder.parent.name for folder in sorted(PACKAGE.glob("*/apps.py")) if any(_said(folder.parent.name))]


def catalogue_path(room: str, lang: str) -> Path:
    return PACKAGE / room / "locale" / lang / "LC_MESSAGES" / "django.po"


def texts_of(room: str) -> Catalog:
    """Every text of one room, as its code and its templates say it now."""
    found = Catalog(charset="utf-8")
    for place, message, context, notes in _said(room):
        found.add(message, locations=[(place, 0)], auto_comments=notes, context=context)
    return found


def _said(room: str) -> Iterator[tuple[str, str | tuple[str, ...], str | None, list[str]]]:
    """Where a room says what, file by file."""
    for path in sorted((PACKAGE / room).rglob("*")):
        for message, context, notes in _messages(path):
            yield str(path.relative_to(PACKAGE)), message, context, notes


def _messages(path: Path) -> Iterator[tuple[str | tuple[str, ...], str | None, list[str]]]:
    if path.suffix == ".py" and "migrations" not in path.parts:
        source = path.read_text(encoding="utf-8")
    elif path.suffix in {".html", ".txt", ".xml"} and "templates" in path.parts:
        source = _python_of_template(path)
    else:
        return
    if "gettext" not in source and "_(" not in source:
        return
    for _line, message, notes, context in extract(
        "python", io.BytesIO(source.encode()), KEYWORDS, ("Translators:",), {"encoding": "utf-8"}
    ):
        yield message, context, notes


def _python_of_template(path: Path) -> str:
    """What Django makes of a template for extractors, without the indents that mean something only in Python."""
    from django.utils.translation.template import templatize

    lines = templatize(path.read_text(encoding="utf-8"), origin=str(path)).splitlines()
    return "\n".join(line.strip() for line in lines)


def known(room: str, lang: str) -> Catalog:
    """The texts of one room as they stand translated now."""
    return _read(catalogue_path(room, lang), lang)


def update(room: str, lang: str) -> bool:
    """Bring one catalogue up to date with the code; true when the file changed."""
    path, text = catalogue_path(room, lang), render(room, lang)
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return True


def render(room: str, lang: str) -> str:
    """The catalogue as it should stand: the texts of now, with the translations that are known."""
    kept, fresh = known(room, lang), Catalog(locale=lang, charset="utf-8")
    for message in texts_of(room):
        if message.id:
            old = kept.get(key(message), message.context)
            same_kind = old is not None and bool(old.pluralizable) == bool(message.pluralizable)
            fresh.add(
                message.id,
                old.string if old is not None and same_kind else "",
                locations=message.locations,
                auto_comments=message.auto_comments,
                flags={"fuzzy"} if old is not None and old.fuzzy else (),
                context=message.context,
            )
    return HEADER.format(room=room, lang=lang, plurals=fresh.plural_forms) + _body(fresh)


def key(message: Message) -> str:
    """The text in code that a message translates."""
    return message.id if isinstance(message.id, str) else message.id[0]


def _read(path: Path, lang: str) -> Catalog:
    if not path.exists():
        return Catalog(locale=lang, charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=lang, charset="utf-8", ignore_obsolete=True, abort_invalid=True)


def _body(catalogue: Catalog) -> str:
    out = io.BytesIO()
    write_po(out, catalogue, width=120, omit_header=True, sort_output=True, include_lineno=False)
    return out.getvalue().decode()


def faults(room: str, lang: str) -> list[Fault]:
    """What is wrong in one catalogue: a missing, doubtful or unused text, a lost placeholder, a plural form too few."""
    catalogue, texts = known(room, lang), texts_of(room)
    found = []
    for wanted in texts:
        message = catalogue.get(key(wanted), wanted.context) if wanted.id else None
        if wanted.id and (reason := _fault(message, catalogue.num_plurals)):
            found.append(Fault(room, lang, key(wanted), reason))
    unused = [m for m in catalogue if m.id and texts.get(key(m), m.context) is None]
    return found + [Fault(room, lang, key(message), "no longer used") for message in unused]


def _fault(message: Message | None, plurals: int) -> str | None:
    if message is None:
        return "not in the catalogue"
    forms = [form or "" for form in (message.string if isinstance(message.string, tuple | list) else [message.string])]
    if not all(forms):
        return "not translated"
    if message.fuzzy:
        return "marked as doubtful"
    if message.pluralizable and len(forms) != plurals:
        return f"needs {plurals} plural forms"
    asked = [message.id] if isinstance(message.id, str) else list(message.id)
    allowed = {frozenset(PLACEHOLDER.findall(text)) for text in asked}
    if any(frozenset(PLACEHOLDER.findall(form)) not in allowed for form in forms):
        return "placeholders differ"
    return None


def compile_stale() -> int:
    """Compile every catalogue that is newer than its compiled form; returns how many were written."""
    written = 0
    patterns = (*(f"{place}/locale/*/LC_MESSAGES/django.po" for place in _PLACES), _SCRIPTS)
    for source in sorted(each for pattern in patterns for each in PACKAGE.glob(pattern)):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime_ns < source.stat().st_mtime_ns:
            _compile(source, target)
            written += 1
    return written


def _compile(source: Path, target: Path) -> None:
    """Write beside and move into place: processes that start together read a whole file."""
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    with beside.open("wb") as file:
        write_mo(file, _read(source, source.parent.parent.name))
    beside.replace(target)
