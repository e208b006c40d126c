"""Somebody asks on her phone what she is owed: on the page, without script, and the same either way."""

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from answers import shown

TJ, AZ = 1438, 6294
YEAR = dt.datetime.now(dt.UTC).year
TOLD = {"b1": f"5.{YEAR - 12}", "b2": f"11/{YEAR - 7}", "i": "900,50", "s": f"3.{YEAR - 1}", "p": "750"}
#: what is typed, read by the script and by the server
BOTH = """async (told) => {
  const form = document.querySelector("form[data-shares]");
  for (const [name, value] of Object.entries(told)) form.elements[name].value = value;
  const there = await (await fetch(form.action, {method: "POST", body: new URLSearchParams(new FormData(form))})).text();
  form.requestSubmit();
  return [document.body.outerHTML, there];
}"""


@pytest.fixture(autouse=True)
def needs_no_rows(transactional_db: None) -> None:
    """The pages stand on data files alone; the directory may be empty."""


@pytest.fixture
def without_script(browser: Browser, home: str) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640})
    context.add_cookies([{"name": "seen", "value": "1", "url": home}])
    yield context.new_page()
    context.close()


def write(page: Page, told: dict[str, str]) -> None:
    for name, value in told.items():
        page.locator(f"main [name={name}]").fill(value)


def made(many: int) -> Iterator[dict[str, str]]:
    """Answers of every sort, as they are typed: known and unknown, far back, in any money, more sent than owed."""
    chance = random.Random(20261122)
    for _each in range(many):
        children = chance.randint(1, 6)
        told = {
            f"b{n}": f"{chance.randint(1, 12)}.{chance.randint(YEAR - 17, YEAR - 1)}" for n in range(1, children + 1)
        }
        told |= {f"b{n}": "" for n in range(children + 1, 7)}
        told["i"] = chance.choice(
            ["", f"{chance.randint(1, 10 ** chance.randint(1, 9) - 1)}.{chance.randint(0, 99):02}"]
        )
        told["s"] = chance.choice(["", f"{chance.randint(1, 12)}.{chance.randint(YEAR - 7, YEAR - 1)}"])
        told["p"] = chance.choice(["", "0", f"{chance.randint(1, 10**6)},{chance.randint(0, 9)}"])
        told["c"] = chance.choice(["TJS", "AZN", "RUB"])
        yield told


@pytest.mark.parametrize(
    ("lang", "country"),
    [("az", AZ), ("tg", TJ), *(pytest.param(lang, AZ, marks=pytest.mark.long) for lang in ("en", "ru"))],
)
def test_it_says_the_same_on_the_page_as_the_server(warned, home, lang, country):
    page = warned.new_page()
    page.goto(f"{home}/{lang}/info/r/1?b={country}")
    differing = []
    for told in made(25):
        here, there = (shown(text) for text in page.evaluate(BOTH, told))
        differing += [(told, here, there)] if here != there or len(here) < 100 else []
    assert differing == []


def test_it_sends_and_keeps_nothing(warned, home):
    page = warned.new_page()
    page.goto(f"{home}/az/info/r/1?b={AZ}")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    write(page, TOLD)
    page.keyboard.press("Enter")
    page.locator("#a .fig").first.wait_for()
    assert "300,17 manat" in page.locator("#a .answer").inner_text()
    assert sent == []
    assert page.evaluate("[localStorage.length, sessionStorage.length, history.state]") == [0, 0, None]
    assert [cookie["name"] for cookie in warned.cookies()] == ["seen"]
    assert page.evaluate("document.activeElement.id") == "sum"
    page.reload()
    assert page.locator("main [name=b1]").input_value() == ""


def test_it_answers_without_script(without_script, home):
    page = without_script
    page.goto(f"{home}/tg/info/r/")
    page.get_by_role("link", name="Тоҷикистон").click()
    page.get_by_role("link", name="Ӯ барои фарзандон пул намефиристад").click()
    page.locator("main [name=i]").fill("1e999")
    page.keyboard.press("Enter")
    page.locator(".errors").wait_for()
    write(page, TOLD | {"i": "1200"})
    page.locator("main form button").click()
    assert "400,00 сомонӣ" in page.locator("#a .answer").inner_text()
    assert page.url == f"{home}/tg/info/r/1?b={TJ}#a"
    assert page.title() == "Ҷойҳо ва соатҳои корӣ"


def test_it_asks_anew_after_back_from_an_answer_that_could_not_be_read(warned, home):
    page = warned.new_page()
    page.goto(f"{home}/ru/info/r/1?b={AZ}")
    write(page, {"b1": "5.2014", "i": "-5"})
    page.keyboard.press("Enter")
    page.locator(".fault").wait_for()
    assert page.locator("main [name=i]").input_value() == "-5"
    page.reload()
    assert page.locator("main [name=i]").input_value() == ""
    assert page.locator(".fault").count() == 0


@pytest.mark.parametrize("lang", ["tg", "az", *(pytest.param(lang, marks=pytest.mark.long) for lang in ("en", "ru"))])
def test_it_hinders_nobody(warned, home, lang, serious_faults, overflow):
    page = warned.new_page()
    page.set_viewport_size({"width": 320, "height": 700})
    faults: list[Any] = []
    for address in ("", f"1?b={AZ}", f"3?b={TJ}"):
        page.goto(f"{home}/{lang}/info/r/{address}")
        if address.startswith("1"):
            write(page, TOLD)
            page.keyboard.press("Enter")
        faults += [(address, fault) for fault in serious_faults(page)] + ([address] if overflow(page) else [])
        page.set_viewport_size({"width": 640, "height": 700})
        page.evaluate("document.documentElement.style.fontSize = '225%'")
        faults += [f"{address} in letters of twice the size"] if overflow(page) else []
        page.set_viewport_size({"width": 320, "height": 700})
    assert faults == []


def test_it_is_light(warned, home, first_view):
    seen = first_view(warned.new_page(), f"{home}/tg/info/r/1?b={TJ}")
    assert (seen["requests"] <= 5, seen["bytes"] <= 40 * 1024, seen["hosts"]) == (True, True, set())


def test_it_prints_the_answer_without_the_questions(warned, home):
    page = warned.new_page()
    page.goto(f"{home}/az/info/r/1?b={AZ}")
    write(page, TOLD)
    page.keyboard.press("Enter")
    page.emulate_media(media="print")
    assert page.locator("#a .fig").first.is_visible()
    assert page.locator("#a .facts").is_visible()
    assert not page.locator("main form").is_visible()
