"""A woman plans on her phone: nothing leaves the page, the server says the same, what she keeps is sealed, and leaving erases it."""

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from answers import shown

TODAY = dt.datetime.now(dt.UTC).date()
NEXT = TODAY.year + 1
TOLD = {
    "h": "500", "k": "2", "i1a": "20000", "i1m": "4-10", "i2a": "600", "e1a": "900", "e4a": "400", "e4m": "9",
    "d1a": "600", "d1p": "100", "t1a": "3000", "t1b": f"5.{NEXT}", "r1a": "0,12", "r1d": f"5.1.{TODAY.year}",
}  # fmt: skip
CHOSEN = {"i1c": "RUB", "d1k": "shop", "t1k": "animal"}
#: what is typed, read by the script and by the server: words and bars of both
BOTH = """async (told) => {
  const form = document.getElementById("b");
  form.reset();
  for (const [name, value] of Object.entries(told)) form.elements[name].value = value;
  const there = await (await fetch(form.action, {method: "POST", body: new URLSearchParams(new FormData(form))})).text();
  form.requestSubmit();
  const bars = (page) => [...page.querySelectorAll("#a rect, #a path")].map((each) => [...each.attributes].map((at) => at.value).join(" "));
  const other = new DOMParser().parseFromString(there, "text/html");
  const sent = (page) => [...page.querySelectorAll("#w input[type=hidden]")].map((each) => each.value).join(" ");
  return [document.body.outerHTML, there, bars(document), bars(other), sent(document), sent(other)];
}"""
SECRET = "anor gilos tut bodom"


@pytest.fixture(autouse=True)
def needs_no_rows(transactional_db: None) -> None:
    """The page stands on data files alone."""


@pytest.fixture
def without_script(browser: Browser, home: str) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 700})
    context.add_cookies([{"name": "seen", "value": "1", "url": home}])
    yield context.new_page()
    context.close()


def write(page: Page) -> None:
    """Type a plan: folds are opened as she would."""
    for fold in page.locator("#b > details > summary, #b fieldset > details > summary").all():
        fold.click()
    for name, value in TOLD.items():
        page.locator(f"#b [name={name}]").fill(value)
    for name, value in CHOSEN.items():
        page.locator(f"#b [name={name}]").select_option(value)


def _squeezed(page: str) -> str:
    """Words without the spaces between them: a template has some that a script has not."""
    return "".join(shown(page).split())


def made(many: int) -> Iterator[dict[str, str]]:
    """Households of every sort, as they are typed."""
    chance = random.Random(20261123)

    def amount() -> str:
        return chance.choice(
            ["", f"{chance.randint(0, 10 ** chance.randint(1, 9) - 1)}{chance.choice(['', '.5', ',07'])}"]
        )

    def months() -> str:
        return chance.choice(["", "9", "4-10", "11 - 2", "1, 5;9", "12"])

    def month() -> str:
        return f"{chance.randint(1, 12)}.{chance.randint(NEXT - 2, NEXT + 2)}"

    money = ["TJS", "RUB", "USD", "AZN"]
    for _each in range(many):
        told = {"m": chance.choice(["TJS", "AZN"]), "h": amount(), "k": chance.choice(["", "3"])}
        told |= {"s": chance.choice(["now", "half", "stops", "late"]), "l": str(chance.randint(1, 6))}
        for n in range(1, 6):
            told |= {
                f"i{n}a": amount(),
                f"i{n}c": chance.choice(money),
                f"i{n}m": months(),
                f"i{n}s": chance.choice("0123x"),
            }
        for n in range(1, 11):
            told |= {f"e{n}a": amount(), f"e{n}m": months()}
        for n in range(1, 4):
            told |= {
                f"d{n}a": amount(),
                f"d{n}c": chance.choice(money),
                f"d{n}p": amount(),
                f"d{n}r": chance.choice(["", "2,5", "8"]),
            }
            told |= {f"d{n}f": chance.choice(["", month()]), f"t{n}a": amount(), f"t{n}s": amount(), f"t{n}b": month()}
        told |= {"g1a": amount(), "g1m": months(), "r1c": "RUB", "r1a": "0,1234", "r1d": "5.11.2026", "r2c": "USD"}
        if chance.random() < 0.5:
            told |= {"r2a": "10.9", "r2d": "1/2/2026"}
        yield told


@pytest.mark.parametrize(
    ("lang", "many"),
    [("az", 25), ("tg", 25), *(pytest.param(lang, 200, marks=pytest.mark.long) for lang in ("en", "ru"))],
)
def test_it_reckons_on_the_page_as_the_server(warned, home, lang, many):
    page = warned.new_page()
    page.goto(f"{home}/{lang}/budget/")
    differing = []
    for told in made(many):
        here, there, bars, other_bars, sent, other_sent = page.evaluate(BOTH, told)
        same = _squeezed(here) == _squeezed(there) and bars == other_bars and sent == other_sent
        differing += [] if same and len(shown(here)) > 300 else [(told, shown(here), shown(there))]
    assert differing == []


def test_it_sends_and_keeps_nothing_while_it_is_used(warned, home, shot, complaints):
    page = warned.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{home}/tg/budget/", wait_until="networkidle")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    write(page)
    page.locator("#b button").click()
    expect(page.locator("#a .chart").first).to_be_visible()
    page.locator("#b [name=s][value=stops]").check()
    expect(page.locator("#a .st")).to_have_class("st risk big")
    page.locator("#b [name=i1a]").fill("abc")
    page.locator("#b button").click()
    expect(page.locator("#b .fault")).to_have_count(1)
    shot(page, "budget-tg-360")
    assert sent == []
    stored = "(async () => [localStorage.length, sessionStorage.length, (await caches.keys()).length, (await navigator.serviceWorker.getRegistrations()).length])()"
    assert page.evaluate(stored) == [0, 0, 0, 0]
    assert [cookie["name"] for cookie in warned.cookies()] == ["seen"]
    assert page.title() == "Ҷойҳо ва соатҳои корӣ"


def kept(page: Page) -> list[Any]:
    return list(page.evaluate(
        "(async () => [localStorage.length, (await caches.keys()).length, (await navigator.serviceWorker.getRegistrations()).length])()"
    ))  # fmt: skip


def ask(page: Page, what: str, secret: str) -> None:
    fold = page.locator("#k details").first
    if not fold.evaluate("(each) => each.open"):
        fold.locator("summary").click()
    page.locator("#words-of-hers").fill(secret)
    page.locator(f"[data-do={what}]").click()


def told(page: Page, name: str) -> None:
    expect(page.locator("#told")).to_have_text(str(page.locator("#told").get_attribute(f"data-{name}")))


def test_it_keeps_her_plan_sealed_opens_it_without_a_line_and_leaving_erases_it(warned, home):
    page = warned.new_page()
    page.goto(f"{home}/tg/budget/", wait_until="networkidle")
    ask(page, "open", SECRET)
    told(page, "shut")  # as with other words: nobody learns from it whether anything is kept
    write(page)
    ask(page, "keep", "short")
    told(page, "weak")
    ask(page, "keep", SECRET)
    told(page, "kept")
    page.wait_for_function(
        "navigator.serviceWorker.ready.then(() => caches.open('n')).then((kept) => kept.keys()).then((keys) => keys.length > 5)"
    )
    assert kept(page) == [1, 1, 1]
    assert "20000" not in str(page.evaluate("atob(localStorage.getItem('n'))"))
    warned.set_offline(True)
    page.goto(f"{home}/tg/budget/")
    assert page.locator("#b [name=i1a]").input_value() == ""
    ask(page, "open", "others others")
    told(page, "shut")
    ask(page, "open", SECRET)
    told(page, "opened")
    assert page.locator("#b [name=i1a]").input_value() == TOLD["i1a"]
    expect(page.locator("#a .chart").first).to_be_visible()
    page.evaluate("dispatchEvent(new Event('hamroh:leave'))")
    page.wait_for_function("caches.keys().then((keys) => !keys.length)")
    assert (kept(page), page.locator("#b [name=i1a]").input_value()) == ([0, 0, 0], "")


def test_it_takes_her_plan_along_as_a_file_and_reads_no_other(warned, home, tmp_path):
    page = warned.new_page()
    page.goto(f"{home}/az/budget/")
    write(page)
    page.locator("#k details").last.locator("summary").click()
    with page.expect_download() as begun:
        page.locator("[data-do=write]").click()
    path = tmp_path / "notes.csv"
    begun.value.save_as(path)
    assert (begun.value.suggested_filename, "i1a" in path.read_text()) == ("notes.csv", True)
    (tmp_path / "other.csv").write_text("<img src=x onerror=alert(1)>,1\n")
    page.locator("#file-of-hers").set_input_files(tmp_path / "other.csv")
    told(page, "unread")
    page.reload()
    page.locator("#file-of-hers").set_input_files(path)
    told(page, "opened")
    assert page.locator("#b [name=t1b]").input_value() == TOLD["t1b"]


def test_it_answers_without_script(without_script, home):
    page = without_script
    page.goto(f"{home}/ru/budget/")
    page.locator("#b [name=i1a]").fill("1500")
    page.locator("#b [name=e1a]").fill("900,50")
    page.locator("#b button").click()
    assert page.locator("#a tbody tr").first.inner_text().split("\t")[1:3] == ["1\N{NO-BREAK SPACE}500", "900,50"]
    assert (page.title(), page.locator("#k").is_visible()) == ("Места и часы работы", False)


def test_it_hinders_nobody_and_prints_on_a5(warned, home, serious_faults, overflow, shot):
    page = warned.new_page()
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(f"{home}/az/budget/")
    write(page)
    page.locator("#b [name=t1b]").press("Enter")
    expect(page.locator("#a .chart").first).to_be_visible()
    assert page.evaluate("document.activeElement.id") == "sum"
    assert (serious_faults(page), overflow(page)) == ([], 0)
    page.set_viewport_size({"width": 1280, "height": 900})
    shot(page, "budget-az-1280")
    page.emulate_media(media="print")
    assert (page.locator("#b").is_visible(), page.locator("#a .chart").first.is_visible()) == (False, True)
