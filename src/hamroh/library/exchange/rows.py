"""One record as a file or another centre says it, before anything is looked up: every reader makes these."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from hamroh.library.models import ContributorRole, RecordKind

#: signs of one text; what is longer is refused, never cut
LONGEST = 20_000
#: values of one field
MOST_VALUES = 500
#: three letters of MARC and ISO 639-2, and names as lists have them -> our tags
_LANGUAGES = {
    "eng": "en", "english": "en", "английский": "en", "ingilis": "en", "англисӣ": "en",
    "aze": "az", "azerbaijani": "az", "azərbaycan": "az", "азербайджанский": "az", "озарбойҷонӣ": "az",
    "rus": "ru", "russian": "ru", "русский": "ru", "русӣ": "ru",
    "tgk": "tg", "tajik": "tg", "таджикский": "tg", "тоҷикӣ": "tg", "tacik": "tg",
    "per": "fa", "fas": "fa", "tur": "tr", "kat": "ka", "geo": "ka", "uzb": "uz", "kir": "ky", "kaz": "kk", "ger": "de", "deu": "de",
    "fre": "fr", "fra": "fr", "ukr": "uk", "spa": "es", "ara": "ar", "hye": "hy", "arm": "hy",
}  # fmt: skip
_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_CYRILLIC, _TAJIK, _AZERBAIJANI = (
    re.compile(r"[а-яё]", re.IGNORECASE),
    re.compile(r"[ғӣқӯҳҷ]", re.IGNORECASE),
    re.compile(r"[əğıƏĞİ]"),
)
_DATE = re.compile(r"(\d{4})(?:[-/.](\d{1,2}))?(?:[-/.](\d{1,2}))?")
_BACKWARDS = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")


@dataclass(frozen=True)
class Name:
    """Somebody who made it, as printed."""

    names: Mapping[str, str]
    role: str = ContributorRole.AUTHOR
    is_body: bool = False


@dataclass(frozen=True)
class Term:
    """What it is about in the file's own words: a label in some language, or the address of a concept."""

    label: str = ""
    uri: str = ""


@dataclass(frozen=True)
class Fault:
    """Why a row cannot come in, or what was left out of it: ``field`` as the file has it."""

    field: str
    message: str


@dataclass
class Row:
    """One record of a file. ``number`` is its line or place there, ``key`` its own name; ``within`` is the key or code of what it lies in.

    ``details`` may hold more than its kind has: what has no place is said in ``left_out``. ``subjects`` are alternatives: a group is one
    notion in several languages. ``is_gone`` is a record that another centre took back.
    """

    number: int
    key: str = ""
    kind: str = RecordKind.PUBLICATION
    titles: dict[str, str] = field(default_factory=dict)
    abstracts: dict[str, str] = field(default_factory=dict)
    languages: list[str] = field(default_factory=list)
    date: str = ""
    names: list[Name] = field(default_factory=list)
    subjects: list[tuple[Term, ...]] = field(default_factory=list)
    within: str = ""
    printed_in: str = ""
    place: str = ""
    publisher: str = ""
    details: dict[str, str] = field(default_factory=dict)
    licence: str = ""
    rights: dict[str, str] = field(default_factory=dict)
    act: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    left_out: list[Fault] = field(default_factory=list)
    stamp: str = ""
    is_gone: bool = False
    #: fields that the file speaks of, where it has a say over empty ones (a table has, a list of citations has not)
    speaks_of: frozenset[str] = frozenset()


def language_of(said: str) -> str:
    """The tag of a language as files name it: ``tg``, ``tgk``, ``Tajik``, ``tg-Cyrl``; empty for none."""
    plain = said.strip()
    known = _LANGUAGES.get(plain.casefold())
    if known:
        return known
    tag = plain.replace("_", "-").split("-")[0].lower()
    return _LANGUAGES.get(tag, tag if _TAG.fullmatch(tag) and len(tag) < 4 else "")


def written_in(text: str, likely: Iterable[str] = ()) -> str:
    """The language of a text by its letters, where nobody says it; ``likely`` are those of the record."""
    of_record = [each for each in likely if each]
    if _TAJIK.search(text):
        return "tg"
    if _AZERBAIJANI.search(text):
        return "az"
    fitting = [each for each in of_record if bool(_CYRILLIC.search(text)) == (each in ("ru", "tg", "uk", "ky", "kk"))]
    if fitting:
        return fitting[0]
    return "ru" if _CYRILLIC.search(text) else "en"


def put(texts: dict[str, str], text: str, lang: str, likely: Iterable[str] = ()) -> None:
    """Add a text in its language; a second one in the same language comes after the first."""
    text = tidy(text)
    if text:
        lang = lang or written_in(text, likely)
        texts[lang] = f"{texts[lang]} = {text}" if texts.get(lang) not in (None, text) else text


def tidy(text: str) -> str:
    """Without signs that nothing can show, and without blanks around."""
    kept = "".join(
        sign
        for sign in text.replace("\r\n", "\n")
        if sign in "\n\t" or (sign.isprintable() or sign in "\u200c\u200d\xad")
    )
    return re.sub(r"[ \t]+", " ", kept).strip()


def date_of(said: str) -> str:
    """A partial date in one of the usual ways to write it; empty where there is none."""
    text = said.strip().strip("[]©c. ")
    if found := _BACKWARDS.search(text):
        return _checked(found[3], found[2], found[1])
    found = _DATE.search(text)
    return _checked(*found.groups()) if found else ""


def _checked(year: str, month: str | None, day: str | None) -> str:
    parts = [year]
    for each, most in ((month, 12), (day, 31)):
        if not each or not 1 <= int(each) <= most:
            break
        parts.append(f"{int(each):02d}")
    return "-".join(parts)
