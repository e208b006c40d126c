"""Templates of reports as the package brings them: sections with words in four languages, what each asks and which figures it draws."""

import functools
from dataclasses import dataclass
from typing import Any

from hamroh.kernel.datafiles import DataError, document
from hamroh.projects.reports.paper import DRAWS
from hamroh.web.texts import LANGUAGES

#: template -> its file in the data folder
TEMPLATES = {"half_year": "reports/half_year.yml", "short": "reports/short.yml"}


@dataclass(frozen=True)
class Section:
    """``asks`` is what the officer is asked to write; ``draws`` names the figures that stand beneath her words."""

    code: str
    titles: dict[str, str]
    asks: dict[str, str]
    draws: tuple[str, ...]
    needs_words: bool


@dataclass(frozen=True)
class Template:
    code: str
    titles: dict[str, str]
    sections: tuple[Section, ...]

    @property
    def draws(self) -> tuple[str, ...]:
        return tuple(name for section in self.sections for name in section.draws)

    @property
    def needs_words(self) -> tuple[str, ...]:
        return tuple(section.code for section in self.sections if section.needs_words)


@functools.cache
def template(code: str) -> Template:
    """A template by its code; DataError names what is wrong with its file."""
    said = document(TEMPLATES[code])
    sections = tuple(_section(TEMPLATES[code], each) for each in said["sections"])
    codes = [section.code for section in sections]
    if len(set(codes)) != len(codes):
        raise DataError(f"{TEMPLATES[code]}: a section stands twice")
    return Template(code, _texts(TEMPLATES[code], said["titles"]), sections)


def _section(file: str, said: dict[str, Any]) -> Section:
    draws = tuple(said.get("draws", ()))
    if unknown := sorted(set(draws) - DRAWS):
        raise DataError(f"{file}: nothing is called {', '.join(unknown)}")
    return Section(
        said["code"], _texts(file, said["titles"]), _texts(file, said["asks"]), draws, bool(said.get("needs_words"))
    )


def _texts(file: str, texts: dict[str, str]) -> dict[str, str]:
    if missing := [lang for lang in LANGUAGES if not texts.get(lang)]:
        raise DataError(f"{file}: a text is missing in {', '.join(missing)}")
    return texts
