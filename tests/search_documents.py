"""Small documents, and what a query finds of them."""

from hamroh.search import selectors
from hamroh.search.documents import Document, Part, Passage


def document(record_id, titles, body=None, **more):
    passages = [Passage(Part.BODY, lang, text) for lang, text in (body or {}).items()]
    passages += more.pop("passages", [])
    kind = more.pop("kind", "service")
    return Document(kind, record_id, f"/{{lang}}/d/{record_id}/", titles, passages, **more)


def found(query, language="tg", **more):
    return [hit.record_id for hit in selectors.results(query=query, language=language, **more).hits]


def results(query, language="tg", **more):
    return selectors.results(query=query, language=language, **more)
