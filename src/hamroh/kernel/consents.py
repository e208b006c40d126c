"""The words that are read out before somebody agrees, by purpose, version and language; and who is asked for a child.

A text that was read to somebody is never changed: a new wording is a new version. Its digest is stored with each answer.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from hamroh.kernel.datafiles import DataError, document

FILE = "safety/consents.yml"
LANGS, PARTS = ("tg", "az", "ru", "en"), ("words", "advice")
#: a mark in a text where an organisation's name is read
ORGANISATION = "{organisation}"


@dataclass(frozen=True)
class Text:
    """What is read out for a purpose: ``words``, and ``advice`` on consequences where the purpose asks for it."""

    purpose: str
    version: str
    words: Mapping[str, str]
    advice: Mapping[str, str]

    def version_in(self, lang: str) -> str:
        """The version as it is stored: which wording, in which language."""
        return f"{self.version}/{self._lang(lang)}"

    def digest(self, lang: str) -> str:
        """SHA-256 of the words and the advice in a language."""
        lang = self._lang(lang)
        return hashlib.sha256(f"{self.words[lang]}\n\n{self.advice.get(lang, '')}".encode()).hexdigest()

    def read_in(self, lang: str) -> tuple[str, str]:
        """Words and advice."""
        lang = self._lang(lang)
        return self.words[lang], self.advice.get(lang, "")

    def _lang(self, lang: str) -> str:
        return lang if lang in self.words else "en"


@cache
def texts() -> dict[str, tuple[Text, ...]]:
    """All versions by purpose, the newest last; DataError where a language is missing."""
    found: dict[str, tuple[Text, ...]] = {}
    for purpose, versions in document(FILE)["purposes"].items():
        found[purpose] = tuple(_text(purpose, row) for row in versions)
    return found


def current(purpose: str) -> Text:
    """What is read out today."""
    return texts()[purpose][-1]


def of_version(purpose: str, stored: str) -> Text | None:
    """The text that was read, by the version stored with an answer."""
    version = stored.rpartition("/")[0]
    return next((text for text in texts().get(purpose, ()) if text.version == version), None)


def _text(purpose: str, row: dict[str, Any]) -> Text:
    words, advice = ({lang: " ".join(told.split()) for lang, told in (row.get(part) or {}).items()} for part in PARTS)
    for told in (words, advice):
        if (told or told is words) and (missing := [lang for lang in LANGS if not told.get(lang)]):
            raise DataError(f"{FILE}: {purpose} {row['version']} lacks {', '.join(missing)}")
    return Text(purpose, row["version"], words, advice)


class Asked(StrEnum):
    """Who is asked about a child's data, besides or instead of the guardian."""

    GUARDIAN = "guardian"
    GUARDIAN_AND_CHILD = "guardian_and_child"
    CHILD_AND_GUARDIAN_TOLD = "child_and_guardian_told"


def asked_of(age: int | None) -> Asked:
    """Who is asked for a child of this age in full years; where it is not known, both.

    After the inter-agency guidance on caring for child survivors (International Rescue Committee and UNICEF): to 5 the guardian;
    6 to 14 the guardian's consent and the child's assent; from 15 the child's own consent, the guardian's as far as it is safe.
    """
    if age is None or 6 <= age < 15:
        return Asked.GUARDIAN_AND_CHILD
    return Asked.GUARDIAN if age < 6 else Asked.CHILD_AND_GUARDIAN_TOLD
