"""The search page over everything public."""

import pytest

from hamroh.search import actions
from hamroh.search.documents import Document, Part, Passage

pytestmark = pytest.mark.django_db


@pytest.fixture
def records():
    rows = [
        ("a", {"tg": "Кӯмаки ҳуқуқӣ ба занон", "ru": "Правовая помощь женщинам"}, {"tg": "Ройгон ва беном."}),
        ("b", {"az": "Aliment tutulmasında yardım"}, {"az": "Hüquqşünas <b>pulsuz</b> ərizə yazır."}),
    ]
    actions.index_documents(
        Document(
            "service",
            key,
            f"/{{lang}}/directory/s/{key}/",
            titles,
            [Passage(Part.BODY, *body) for body in texts.items()],
        )
        for key, titles, texts in rows
    )


def test_it_answers_in_the_reader_s_language(client, records):
    page = client.get("/tg/search/", {"q": "хукуки"}).content.decode()
    assert 'href="/tg/directory/s/a/"' in page
    assert "<mark>ҳуқуқӣ</mark>" in page


def test_it_shows_texts_of_records_as_text(client, records):
    page = client.get("/az/search/", {"q": "pulsuz aliment"}).content.decode()
    assert "&lt;b&gt;<mark>pulsuz</mark>&lt;/b&gt;" in page


def test_it_keeps_nothing_in_a_cache(client, records):
    assert "no-store" in client.get("/ru/search/", {"q": "помощь"})["Cache-Control"]


def test_it_shows_only_the_field_before_a_question(client, records):
    page = client.get("/en/search/").content.decode()
    assert 'name="q"' in page
    assert 'id="results"' not in page


def test_it_says_the_next_step_where_nothing_is_found(client, records):
    page = client.get("/en/search/", {"q": "zzzzqqqq"}).content.decode()
    assert 'href="/en/directory/"' in page


@pytest.mark.parametrize(
    "query", ['"><script>alert(1)</script>', "a" * 100_000, "\0", "'); DROP TABLE x; --", "🤝" * 50]
)
def test_it_survives_what_is_typed_against_it(client, records, query):
    response = client.get("/en/search/", {"q": query, "page": "99999999", "kind": "\0", "without": query[:500]})
    assert response.status_code == 200
    assert b"<script>alert" not in response.content


def test_it_narrows_by_a_chosen_value(client, records):
    page = client.get("/en/search/", {"language": "az"}).content.decode()
    assert "/en/directory/s/b/" in page
    assert "/en/directory/s/a/" not in page
