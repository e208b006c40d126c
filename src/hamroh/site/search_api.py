"""Search for programs: the same hits in the same order as the search page."""

from html import unescape
from typing import Annotated, Any, Literal

from django.http import HttpRequest, QueryDict
from django.utils.html import strip_tags
from ninja import Field, Query, Router, Schema

from hamroh.directory.api.schemas import Page
from hamroh.search.selectors import Results
from hamroh.site import search_asked

router = Router(tags=["Search"])
MOST_WORDS = 200


class Reason(Schema):
    """A part of the question, the words of the record that meet it and their language; ``why`` says how one became the other."""

    typed: str
    found: str
    lang: str
    why: str


class Value(Schema):
    """A value of a facet, and how many of the hits have it."""

    value: str
    count: int


class Hit(Schema):
    """A public record; ``address`` is its page in the language that was asked for, ``why`` says what meets the question."""

    kind: str
    code: str
    title: str
    address: str
    why: list[Reason]


class Hits(Page):
    items: list[Hit]
    facets: dict[str, list[Value]]


class Question(Schema):
    """What is asked for; values of one list are alternatives, different lists narrow each other down."""

    q: str = Field(max_length=MOST_WORDS, description="Words in any of the four languages.")
    lang: Literal["en", "az", "ru", "tg"] = "en"
    room: list[str] = Field([], description="Only of these rooms, such as library.")
    kind: str = Field("", description="Only records of this kind, such as service.")
    place: list[str] = Field([], description="Keys of places; what lies in them is among them.")
    subject: list[str] = Field([], description="Keys of concepts; narrower ones are among them.")
    language: list[str] = Field([], description="Written in these languages.")
    since: str = Field("", pattern=r"^(\d{4})?$", description="From this year on.")
    until: str = Field("", pattern=r"^(\d{4})?$", description="Up to this year.")
    page: int = Field(1, ge=1)


@router.get("/search", response=Hits, summary="Everything public that meets some words")
def search(request: HttpRequest, asked: Annotated[Question, Query()]) -> Any:  # noqa: ARG001 - every operation is handed the request
    """Words stand in the address here: a program that asks for somebody must not keep its addresses."""
    said = QueryDict(mutable=True)
    for name, value in asked.dict(exclude={"lang", "page"}).items():
        said.setlist(name, [each for each in (value if isinstance(value, list) else [value]) if each])
    return _answer(search_asked.read(said).find(asked.lang, asked.page).results, asked.lang)


def _answer(found: Results, lang: str) -> dict[str, Any]:
    items = [
        {
            "kind": hit.kind,
            "code": hit.record_id,
            "title": _bare(hit.title),
            "address": hit.address.replace("{lang}", lang),
            "why": hit.reasons,
        }
        for hit in found.hits
    ]
    return {"total": found.total, "page": found.page, "pages": found.pages, "items": items, "facets": found.facets}


def _bare(title: str) -> str:
    """The title without its marks."""
    return unescape(strip_tags(title))
