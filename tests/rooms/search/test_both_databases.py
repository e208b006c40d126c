"""Both databases give the same hits in the same order."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hamroh.search import actions, selectors
from hamroh.site.benches import queries
from postgres import standing_in, undone
from search_documents import document

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
WORDS = "алимент алименти ҳуқуқ хукук суд суди qadın qadınlar qadin usaq uşaq court courts aid legal".split()  # noqa: SIM905
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)
langs = st.sampled_from(queries.LANGUAGES)


def ask(documents, asked):
    with undone():
        actions.index_documents(documents)
        return [_answer(query, lang) for query, lang in asked]


def _answer(query, lang):
    page = selectors.results(query=query, language=lang)
    return page.total, [(hit.record_id, hit.score, hit.snippet) for hit in page.hits], page.facets, page.did_you_mean


def test_it_gives_the_same_hits_for_every_committed_query(postgres_database):
    asked = [(judged.text, lang) for lang in queries.LANGUAGES for judged in queries.queries(lang)]
    documents = queries.corpus()
    on_sqlite = ask(documents, asked)
    with standing_in(postgres_database):
        assert ask(documents, asked) == on_sqlite


@given(
    titles=st.lists(st.tuples(langs, texts, texts, st.floats(0, 1)), min_size=1, max_size=12),
    asked=st.lists(st.tuples(texts, langs), min_size=1, max_size=4),
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_it_gives_the_same_hits_for_any_records(postgres_database, titles, asked):
    documents = [
        document(f"r{number}", {lang: title}, {lang: body}, quality=quality)
        for number, (lang, title, body, quality) in enumerate(titles)
    ]
    on_sqlite = ask(documents, asked)
    with standing_in(postgres_database):
        assert ask(documents, asked) == on_sqlite
