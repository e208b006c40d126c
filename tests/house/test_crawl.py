"""Every public page, reached by following links from the root: nothing is dead, leaks or gives anybody away."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from crawler import Visit, sort_of, walk
from django.apps import apps
from django.conf import settings
from django.test import Client
from django.utils.translation import gettext, override
from world import World

from hamroh.site import messages

LEAKS = re.compile(r"\{\{|\{%|%\(\w+\)s|\bNone\b|\bobject at 0x|&lt;(?:span|a|b) ")
#: pages of the help finder: letters and codes only
HELP = re.compile(r"/\w\w/info/(?:w|v|k|k/f|o/|o/c|o/w\.js|p/\d+|r/\d*|e/[2-9a-z]{8}(?:/r)?)?")
NUMBERS, CODES = re.compile(r"\d*(?:\.\d+)*"), re.compile(r"[2-9a-z]{8}(?:\.[2-9a-z]{8})*")
LOADS = {("img", "src"), ("script", "src"), ("iframe", "src"), ("source", "src"), ("link", "href"), ("form", "action")}
REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "list")
SHORTEST = 13


def tables() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


@pytest.fixture(scope="module")
def before(miniature: Any, django_db_blocker: Any) -> dict[str, int]:
    with django_db_blocker.unblock():
        return tables()


#: pages that a form leads to, or that show what few entries have
BESIDE = (
    "search/?q=alimony", "search/?q=qqqqqq", "directory/?q=centre", "directory/?q=qqqqqq", "thesaurus/?q=a",
    "info/?a=0&b=4119", "info/?a=0&b=4119&f=2", "info/?a=0&b=0&c=1", "info/?a=0&b=0&d=3", "info/?a=0&b=0&p=2",
    "info/r/1?b=1438", "info/r/1?b=6294", "info/r/9?b=4119",
    "info/e/{shelter}", "info/e/{visit}", "info/p/4119", "directory/s/{shelter}/", "directory/{group}/",
    "directory/thanks/", "tour/",
)  # fmt: skip


def starts(world: World) -> tuple[str, ...]:
    return tuple(f"/{lang}/{path.format(**asdict(world))}" for lang, _name in settings.LANGUAGES for path in BESIDE)


@pytest.fixture(scope="module")
def visits(before: Any, miniature: World, django_db_blocker: Any) -> list[Visit]:
    with django_db_blocker.unblock():
        return walk(Client(), each=1, most=400, starts=starts(miniature))


@pytest.mark.long
def test_it_finds_no_dead_link_however_far_it_goes(miniature: World, db: None) -> None:
    far = walk(Client(), each=150, most=6000, starts=starts(miniature))
    assert [(visit.address, visit.found_on) for visit in far if visit.answer.status_code != 200] == []


@pytest.fixture(scope="module")
def pages(visits: list[Visit]) -> list[Visit]:
    return [visit for visit in visits if visit.is_page]


def faults(pages: list[Visit], find: Callable[[Visit], Any]) -> list[str]:
    """What was found wrong, with the address."""
    return [f"{visit.address}: {wrong}" for visit in pages if (wrong := find(visit))]


def test_it_reaches_every_sort_of_page(visits: list[Visit]) -> None:
    reached = {sort_of(visit.address)[1] for visit in visits}
    assert {
        "front", "home", "about", "safety", "accessibility", "contact", "search", "finder:start", "finder:entry",
        "finder:report", "finder:leaflet", "finder:keep", "rights:start", "rights:alimony", "rights:matter", "directory:home", "directory:list", "directory:institutions",
        "directory:party", "directory:service", "thesaurus:home", "thesaurus:scheme", "thesaurus:tree",
        "thesaurus:letters", "thesaurus:group", "thesaurus:concept",
    } <= reached  # fmt: skip


def test_it_finds_no_dead_link(visits: list[Visit]) -> None:
    dead = [(visit.address, visit.found_on) for visit in visits if visit.answer.status_code != 200]
    assert dead == []


def test_it_leaks_nothing_of_the_code(pages: list[Visit]) -> None:
    assert faults(pages, lambda visit: [text for _lang, text in visit.page.texts if LEAKS.search(text)]) == []


def test_it_says_its_language(pages: list[Visit]) -> None:
    stated = [visit for visit in pages if visit.lang]
    assert faults(stated, lambda visit: next(visit.page.all("html")).at["lang"] != visit.lang) == []


@pytest.mark.parametrize("name", ["title", "h1", "main"])
def test_it_has_one_of_each(pages: list[Visit], name: str) -> None:
    assert faults(pages, lambda visit: [len(found)] if len(found := [*visit.page.all(name)]) != 1 else None) == []


@pytest.mark.parametrize("name", ["title", "h1"])
def test_it_leaves_no_heading_empty(pages: list[Visit], name: str) -> None:
    assert faults(pages, lambda visit: not visit.page.text_of(name)) == []


def test_it_uses_every_id_once(pages: list[Visit]) -> None:
    def twice(visit: Visit) -> list[str]:
        ids = Counter(tag.at["id"] for tag in visit.page.tags if "id" in tag.at)
        return [name for name, count in ids.items() if count > 1]

    assert faults(pages, twice) == []


def test_it_points_at_what_is_there(pages: list[Visit]) -> None:
    def missing(visit: Visit) -> set[str]:
        pointed = {tag.at[name] for tag in visit.page.tags for name in REFERENCES if name in tag.at}
        targets = {target for each in pointed for target in each.split()}
        targets |= {tag.at["href"][1:] for tag in visit.page.tags if tag.at.get("href", "").startswith("#")}
        return targets - {tag.at.get("id", "") for tag in visit.page.tags}

    assert faults(pages, missing) == []


def test_it_loads_nothing_from_elsewhere(pages: list[Visit]) -> None:
    def foreign(visit: Visit) -> list[str]:
        given = [tag.at.get(name, "") for tag in visit.page.tags for of, name in LOADS if tag.name == of]
        return [address for address in given if urlsplit(address).netloc]

    assert faults(pages, foreign) == []


def test_it_follows_no_link_to_others_with_a_referrer(pages: list[Visit]) -> None:
    def telling(visit: Visit) -> list[str]:
        out = [tag for tag in visit.page.all("a") if urlsplit(tag.at.get("href", "")).netloc]
        return [tag.at["href"] for tag in out if not {"nofollow", "noreferrer"} <= set(tag.at.get("rel", "").split())]

    assert faults(pages, telling) == []


def helps(pages: list[Visit]) -> list[Visit]:
    return [visit for visit in pages if visit.is_help]


def test_it_gives_pages_of_help_a_neutral_title(pages: list[Visit]) -> None:
    def other(visit: Visit) -> str:
        with override(visit.lang):
            neutral = gettext("Places and opening hours")
        return "" if (title := visit.page.text_of("title")) == neutral else title

    assert faults(helps(pages), other) == []


@pytest.mark.parametrize(("header", "value"), [("Cache-Control", "no-store"), ("Referrer-Policy", "no-referrer")])
def test_it_keeps_pages_of_help_nowhere(pages: list[Visit], header: str, value: str) -> None:
    assert faults(helps(pages), lambda visit: visit.answer[header] != value and visit.answer[header]) == []


def test_it_shows_the_way_out_of_help(pages: list[Visit]) -> None:
    def none(visit: Visit) -> bool:
        return not any(tag.at.get("href", "").startswith("/exit?") for tag in visit.page.all("a"))

    assert faults(helps(pages), none) == []


def test_it_writes_only_codes_into_addresses_of_help(pages: list[Visit]) -> None:
    def telling(visit: Visit) -> Iterator[str]:
        for address in {tag.at.get("href") or tag.at.get("action") or "" for tag in visit.page.tags}:
            parts = urlsplit(address)
            if re.match(r"/\w\w/info/", parts.path) and not is_coded(parts.path, parts.query):
                yield address

    assert faults(pages, lambda visit: [*telling(visit)]) == []


def is_coded(path: str, query: str) -> bool:
    pairs = parse_qsl(query, keep_blank_values=True)
    coded = all(len(name) == 1 and (CODES if name == "o" else NUMBERS).fullmatch(value) for name, value in pairs)
    return bool(HELP.fullmatch(path)) and coded


@pytest.mark.parametrize("query", ["b=kulob", "need=7513", "w=lawyerss", "o=divorce", "a=%D0%BD"])
def test_it_knows_a_word_from_a_code(query: str) -> None:
    assert is_coded("/tg/info/", "a=0.7513&b=4119&o=abcd2345")
    assert not is_coded("/tg/info/", query)


def english() -> dict[str, set[str]]:
    """Long texts of ours that another language says otherwise, by that language."""
    found: dict[str, set[str]] = {lang: set() for lang in messages.LANGUAGES}
    for room in messages.rooms():
        for lang in messages.LANGUAGES:
            known = messages.known(room, lang)
            found[lang] |= {
                each.id
                for each in known
                if isinstance(each.id, str) and len(each.id) >= SHORTEST and each.id != each.string
            }
    return found


def test_it_leaves_no_english_in_other_languages(pages: list[Visit]) -> None:
    ours = english()

    def untold(visit: Visit) -> list[str]:
        own = "\n".join(text for lang, text in visit.page.texts if lang in ("", visit.lang))
        return [text for text in ours[visit.lang] if text in own]

    assert faults([visit for visit in pages if visit.lang in ours], untold) == []


def test_it_sets_no_cookie_for_readers(visits: list[Visit]) -> None:
    assert faults(visits, lambda visit: list(visit.answer.cookies)) == []


def test_it_writes_nothing_while_it_is_read(visits: list[Visit], before: dict[str, int], db: None) -> None:
    assert tables() == before
