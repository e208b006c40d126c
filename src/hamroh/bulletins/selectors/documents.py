"""What the public index is told of bulletins: issues that are out, with what may be told today."""

from collections.abc import Iterable, Iterator

from hamroh.bulletins.models import Issue
from hamroh.bulletins.telling import Told, told
from hamroh.search.documents import Document, Part, Passage
from hamroh.web.texts import LANGUAGES

BULLETIN, ROOM = "bulletin", "bulletins"
_QUALITY = 0.5


def search_documents() -> Iterator[Document]:
    """Documents of all that is public here."""
    yield from issue_documents()


def issue_documents(codes: Iterable[str] | None = None) -> Iterator[Document]:
    """Issues that are out: all, or those with these codes."""
    rows = Issue.objects.filter(state="out").select_related("organisation")
    rows = rows if codes is None else rows.filter(code__in=list(codes))
    for row in rows.order_by("pk"):
        yield _document(row, {lang: told(row, lang) for lang in LANGUAGES if row.titles.get(lang)})


def _document(row: Issue, said: dict[str, Told]) -> Document:
    passages = [each for lang, found in said.items() for each in _passages(lang, found)]
    facets = {
        "room": [ROOM], "kind": [BULLETIN], "year": [str(row.until_date.year)], "language": sorted(said),
    }  # fmt: skip
    return Document(
        kind=BULLETIN, record_id=row.code, address=f"/{{lang}}/bulletins/{row.code}/", titles=row.titles,
        passages=list(dict.fromkeys(passages)), summaries=row.leads, facets=facets, quality=_QUALITY,
    )  # fmt: skip


def _passages(lang: str, found: Told) -> Iterator[Passage]:
    yield Passage(Part.TITLE, lang, found.title)
    if found.lead:
        yield Passage(Part.BODY, lang, found.lead)
    for part in found.parts:
        if part.lang == lang:
            yield from (Passage(Part.BODY, lang, words) for words in (part.title, *part.paragraphs) if words)
