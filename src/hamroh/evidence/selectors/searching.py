"""The search within figures and profiles: the public index, asked for what is of this room."""

from hamroh.evidence.selectors.documents import EDITION, MEASURE, SOURCE
from hamroh.search.selectors import FacetValue, Results, results
from hamroh.thesaurus.selectors.queries import expansions

KINDS = (EDITION, MEASURE, SOURCE)


def found(*, query: str, kind: str, lang: str, page: int = 1) -> Results:
    """What answers to the words, widened by the thesaurus; of one kind, or of all of this room."""
    wanted = [kind] if kind in KINDS else list(KINDS)
    return results(query=query, language=lang, expansions=expansions(query, lang), facets={"kind": wanted}, page=page)


def kinds(asked: Results) -> list[FacetValue]:
    """How much of each kind was found."""
    return [each for each in asked.facets.get("kind", ()) if each.value in KINDS]
