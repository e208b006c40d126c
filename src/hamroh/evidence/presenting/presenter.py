"""A manifest in one language: what `page.Page` holds."""

from collections.abc import Iterator, Mapping
from typing import Any

from hamroh.evidence.areas import area_name
from hamroh.evidence.presenting.blocks import BlockPresenter
from hamroh.evidence.presenting.citing import Notes
from hamroh.evidence.presenting.page import Page, PageBlock, Section
from hamroh.web.texts import pick

Manifest = Mapping[str, Any]
_IMPRINT = ("authors", "editor", "publisher", "isbn", "date", "place")


def present(made: Manifest, lang: str, *, state: str = "draft", digest: str = "", published: str = "") -> Page:
    """The edition in ``lang``, with fallbacks marked; the same manifest gives the same page. Nothing is looked up in the database."""
    edition = made["edition"]
    notes = Notes(made["sources"], lang)
    blocks = BlockPresenter(made, lang, notes)
    sections = tuple(_section(each, lang, blocks) for each in made["sections"])
    title = str(pick(edition["titles"], lang)) or f"{area_name(edition['area'], lang)}, {edition['label']}"
    apparatus = edition["apparatus"]
    return Page(
        code=edition["code"], lang=lang, title=title, area=edition["area"], area_name=area_name(edition["area"], lang), label=edition["label"],
        state=state, as_of=edition["as_of"], sections=sections, notes=notes.lines(), acronyms=tuple(_acronyms(apparatus, lang)),
        imprint=tuple((name, str(_told(apparatus[name], lang))) for name in _IMPRINT if apparatus.get(name)),
        disclaimer=_told(apparatus.get("disclaimer"), lang), cite_as=_cite(edition, title, lang), digest=digest, published=published,
        languages=tuple(edition["languages"] or ("en",)),
    )  # fmt: skip


def _section(said: Mapping[str, Any], lang: str, blocks: BlockPresenter) -> Section:
    made: tuple[PageBlock, ...] = tuple(block for each in said["blocks"] if (block := blocks.block(each)) is not None)
    return Section(said["code"], str(pick(said["titles"], lang)), int(said["level"]), made)


def _acronyms(apparatus: Mapping[str, Any], lang: str) -> Iterator[tuple[str, str]]:
    for short, long in sorted(apparatus.get("acronyms", {}).items()):
        yield short, _told(long, lang)


def _told(said: Any, lang: str) -> str:
    """A text that may be kept per language."""
    return str(pick(said, lang)) if isinstance(said, Mapping) else str(said or "")


def _cite(edition: Mapping[str, Any], title: str, lang: str) -> str:
    """How to name the edition in a work of one's own: author, year, title, publisher."""
    apparatus = edition["apparatus"]
    author = _told(apparatus.get("authors"), lang) or str(pick(edition["maintainer"], lang))
    publisher = _told(apparatus.get("publisher"), lang)
    year = str(edition["date"])[:4]
    return ". ".join(
        part for part in (f"{author} ({year})" if year else author, title, publisher, edition["code"]) if part
    )
