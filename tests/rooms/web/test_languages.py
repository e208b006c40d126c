"""The language switch keeps the page."""

import pytest
from django.test import RequestFactory

from hamroh.web.switch import translate, ways
from hamroh.web.texts import capitalised


@pytest.mark.parametrize(
    ("path", "there"),
    [
        ("/", "/tg/"),
        ("/ru/", "/tg/"),
        ("/ru/info/?a=4&b=2", "/tg/info/?a=4&b=2"),
        ("/en/directory/x/", "/tg/directory/x/"),
        ("/desk/directory/", None),
    ],
)
def test_it_finds_the_same_page_in_another_language(path, there):
    assert translate(path, "tg") == there


def test_it_sends_typed_words_by_post_and_never_in_the_address():
    request = RequestFactory().post("/ru/info/w/", {"w": "он не звонит", "a": "4"})
    way = next(way for way in ways(request, "ru") if way.lang == "tg")
    assert (way.href, way.fields) == ("/tg/info/w/", (("w", "он не звонит"), ("a", "4")))


def test_it_gives_a_posted_form_a_token_where_it_had_one():
    request = RequestFactory().post("/ru/x/", {"csrfmiddlewaretoken": "old", "a": "4"})
    fields = dict(next(way for way in ways(request, "ru") if way.lang == "az").fields)
    assert fields["csrfmiddlewaretoken"] not in {"", "old"}


def test_it_marks_the_language_that_is_read():
    assert [way.lang for way in ways(RequestFactory().get("/az/"), "az") if way.current] == ["az"]


def test_it_switches_a_page_outside_the_languages_by_a_cookie(client, db):
    answer = client.post("/language", {"language": "tg", "next": "/accounts/sign-in/"})
    assert (answer.status_code, answer.url, answer.cookies["lang"].value) == (302, "/accounts/sign-in/", "tg")


@pytest.mark.parametrize(
    ("lang", "label", "shown"),
    [("az", "istifadəçi adı", "İstifadəçi adı"), ("ru", "имя", "Имя"), ("en", "in use", "In use"), ("az", "", "")],
)
def test_it_capitalises_by_the_rules_of_the_language(lang, label, shown):
    assert capitalised(label, lang) == shown
