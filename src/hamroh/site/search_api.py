"""Search for programs: the same hits in the same order as the search page."""

from html import unescape
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils.html import strip_tags
from ninja import Query, Router

from hamroh.directory.api.schemas import Hits
from hamroh.site.searching import find

router = Router(tags=["Search"])
MOST_WORDS = 200


@router.get("/search", response=Hits, summary="Everything public that meets some words")
def search(
    request: HttpRequest,  # noqa: ARG001 - every operation is handed the request
    q: Annotated[str, Query(max_length=MOST_WORDS, description="Words in any of the four languages.")],
    lang: Literal["en", "az", "ru", "tg"] = "en",
    kind: Annotated[str, Query(description="Only records of this kind, such as service.")] = "",
    page: Annotated[int, Query(ge=1)] = 1,
) -> Any:
    """Words stand in the address here: a program that asks for somebody must not keep its addresses."""
    found = find(q, language=lang, facets={"kind": [kind]} if kind else None, page=page).results
    items = [
        {
            "kind": hit.kind,
            "code": hit.record_id,
            "title": _bare(hit.title),
            "address": hit.address.replace("{lang}", lang),
        }
        for hit in found.hits
    ]
    return {"total": found.total, "page": found.page, "pages": found.pages, "items": items}


def _bare(title: str) -> str:
    """The title without its marks."""
    return unescape(strip_tags(title))
