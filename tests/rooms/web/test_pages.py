"""The first pages, the footer's, and those for when something goes wrong."""

import re
from html import unescape

import pytest
from django.core.exceptions import SuspiciousOperation
from django.test import Client, override_settings
from django.urls import path

from hamroh.site.urls import urlpatterns as site_patterns

LANGUAGES = ("en", "az", "ru", "tg")
PAGES = ("", "about/", "about/safety/", "about/accessibility/", "about/contact/")
HREF = re.compile(r'href="(/[^"#]*)"')


def broken(request):
    raise ZeroDivisionError


def damaged(request):
    raise SuspiciousOperation


urlpatterns = [path("broken", broken), path("damaged", damaged), *site_patterns]
handler500 = "hamroh.web.views.server_error"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_it_opens_in_its_language(client, db, lang, page):
    answer = client.get(f"/{lang}/{page}")
    assert answer.status_code == 200
    assert f'<html lang="{lang}"' in answer.content.decode()


def test_it_offers_four_languages_at_the_root(client, db):
    html = client.get("/").content.decode()
    assert {lang for lang in LANGUAGES if f'<section lang="{lang}"' in html} == set(LANGUAGES)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_offers_every_working_room_at_the_root_in_each_language(client, db, lang):
    from hamroh.site.doors import ROOMS, open_doors

    html = client.get("/").content.decode()
    assert [door["href"] for door in open_doors(ROOMS, lang) if f'href="{door["href"]}"' not in html] == []


@pytest.mark.parametrize("address", ["/", *(f"/{lang}/{page}" for lang in LANGUAGES for page in PAGES)])
def test_it_has_no_dead_link(client, db, address):
    links = {unescape(link) for link in HREF.findall(client.get(address).content.decode())}
    links = {link for link in links if not link.startswith(("/static/", "/exit"))}
    assert {link: code for link in links if (code := client.get(link, follow=True).status_code) != 200} == {}


def test_it_links_no_room_that_does_not_exist():
    from hamroh.site.doors import Door, open_doors

    assert open_doors((Door("never-built/", "Never"),), "en") == []


def test_it_marks_the_room_that_the_reader_is_in():
    from hamroh.site.doors import ROOMS, open_doors

    here = [door["href"] for door in open_doors(ROOMS, "tg", "/tg/directory/some/") if door["here"]]
    assert here == ["/tg/directory/"]


@pytest.mark.parametrize(("lang", "name"), [("en", "Hamroh"), ("az", "Həmrah"), ("ru", "Хамрох"), ("tg", "Ҳамроҳ")])
def test_it_spells_its_name_per_language(client, db, lang, name):
    assert f"<span>{name}<small>" in client.get(f"/{lang}/").content.decode()


@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", "Do not call."), ("az", "Zəng etməyin."), ("ru", "Не звоните."), ("tg", "Занг назанед.")],
)
def test_it_says_on_every_page_that_this_is_a_demonstration(client, db, lang, words):
    assert words in client.get(f"/{lang}/about/").content.decode()


@override_settings(IS_DEMO=False)
def test_it_says_nothing_of_a_demonstration_in_earnest(client, db):
    assert 'class="demo"' not in client.get("/en/").content.decode()


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "This page is not here"),
        ("az", "Belə səhifə yoxdur"),
        ("ru", "Такой страницы нет"),
        ("tg", "Ин саҳифа ин ҷо нест"),
    ],
)
def test_it_says_in_the_language_that_a_page_is_missing(client, db, lang, words):
    answer = client.get(f"/{lang}/nothing-here/")
    assert answer.status_code == 404
    assert words in answer.content.decode()


@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.parametrize("words", ["Something broke here", "Xəta bizdədir", "Сбой у нас", "Хато аз мост"])
def test_it_owns_up_to_a_fault_in_four_languages(words):
    answer = Client(raise_request_exception=False).get("/broken")
    assert answer.status_code == 500
    assert words in answer.content.decode()


@override_settings(ROOT_URLCONF=__name__)
def test_it_says_when_a_request_is_damaged(db):
    assert Client(raise_request_exception=False).get("/damaged").status_code == 400


def test_it_keeps_a_form_without_its_token_out_and_says_what_to_do(db):
    answer = Client(enforce_csrf_checks=True).post("/language", {"language": "tg"})
    assert answer.status_code == 403
    assert "Nothing was sent." in answer.content.decode()


@override_settings(CONTACT_EMAIL="office@example.org")
def test_it_names_the_address_for_letters(client, db):
    assert 'href="mailto:office@example.org"' in client.get("/en/about/contact/").content.decode()


def test_it_keeps_the_desk_out_of_search_engines(client):
    assert "Disallow: /desk/" in client.get("/robots.txt").content.decode()


def test_it_shows_a_sign_that_tells_nothing(client):
    assert client.get("/favicon.ico")["Content-Type"] == "image/svg+xml"
