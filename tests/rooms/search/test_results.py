"""What a search finds, in which order, and what it says of it."""

import pytest

from hamroh.search import actions, selectors
from hamroh.search.documents import Document, Part, Passage

pytestmark = pytest.mark.usefixtures("index")


def document(record_id, titles, body=None, **more):
    passages = [Passage(Part.BODY, lang, text) for lang, text in (body or {}).items()]
    passages += more.pop("passages", [])
    return Document(more.pop("kind", "service"), record_id, f"/{{lang}}/d/{record_id}", titles, passages, **more)


def found(query, language="tg", **more):
    return [hit.record_id for hit in selectors.results(query=query, language=language, **more).hits]


def test_it_finds_an_inflected_form():
    actions.index_documents([document("a", {"tg": "Кӯмаки ҳуқуқӣ ба занон"})])
    assert found("хукуки занонро") == ["a"]
