"""A real browser on a real server, and what every journey checks on its way."""

import gzip
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import BrowserContext, Page, Response, expect

#: the browser's own loop runs in this thread, and Django would refuse the database beside it
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
ARTEFACTS = Path(__file__).resolve().parents[2] / "artefacts"
CHROMIUM = os.environ.get("HAMROH_CHROMIUM", "/usr/bin/chromium")
#: pixels of a picture: Chromium's own limit is 16,384, and memory ends before it on a small machine
TALLEST, WIDEST = 8_000, 1280
#: seconds after which a browser that answers no more is given up
LONGEST = 600
#: a machine that does many things at once is slow, not wrong: what is waited for may take this many milliseconds
expect.set_options(timeout=30_000)
#: rules that find nothing serious are not asked (a fault is as grave as its rule), and style sheets are not fetched once more for axe
LOOK = """() => {
  const slight = axe._audit.rules.filter((rule) => ['minor', 'moderate'].includes(rule.impact)).map((rule) => rule.id)
  const rules = Object.fromEntries(slight.map((id) => [id, {enabled: false}]))
  return axe.run({resultTypes: ['violations'], preload: false, rules}).then((said) => said.violations)
}"""
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def settle(page: Page) -> None:
    """Wait until what a click asked for is here whole: a page that has just begun has no element yet."""
    page.wait_for_load_state("load")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("journey")
            item.add_marker(pytest.mark.timeout(LONGEST))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "headless": True, "args": FLAGS}


@pytest.fixture
def home(live_server: Any) -> str:
    """The address of the site under test."""
    return str(live_server.url)


@pytest.fixture
def warned(context: BrowserContext, home: str) -> BrowserContext:
    """A visitor to whom the way out was explained before."""
    context.add_cookies([{"name": "seen", "value": "1", "url": home}])
    return context


@pytest.fixture
def shot() -> Callable[[Page, str], Path]:
    """Keep a picture of the page as an artefact: of the whole, or of its beginning where the browser could not paint so much at once."""

    def take(page: Page, name: str) -> Path:
        ARTEFACTS.mkdir(exist_ok=True)
        path = ARTEFACTS / f"{name}.png"
        settle(page)
        height = min(int(page.evaluate("document.documentElement.scrollHeight")), TALLEST)
        width = page.viewport_size["width"] if page.viewport_size else WIDEST
        page.screenshot(path=path, full_page=True, clip={"x": 0, "y": 0, "width": width, "height": height})
        return path

    return take


@pytest.fixture
def serious_faults() -> Callable[[Page], list[str]]:
    """What axe finds serious or critical on the page, by WCAG 2.2 AA and the best practices."""

    def find(page: Page) -> list[str]:
        settle(page)
        page.evaluate(AXE_SCRIPT)
        found = page.evaluate(LOOK)
        return [
            f"{fault['id']}: {fault['nodes'][0]['html'][:160]}"
            for fault in found
            if fault["impact"] in {"serious", "critical"}
        ]

    return find


@pytest.fixture
def first_view() -> Callable[[Page, str], dict[str, Any]]:
    """Open an address with an empty cache; count requests, gzipped bytes and the hosts that were asked."""

    def load(page: Page, address: str) -> dict[str, Any]:
        answers: list[Response] = []

        def keep(answer: Response) -> None:
            answers.append(answer)

        page.context.new_cdp_session(page).send("Network.clearBrowserCache")
        page.on("response", keep)
        page.goto(address, wait_until="networkidle")
        page.remove_listener("response", keep)
        asked = [answer for answer in answers if not answer.url.startswith("data:")]
        return {
            "requests": len(asked),
            "bytes": sum(_weight(answer) for answer in asked),
            "hosts": {urlsplit(answer.url).netloc for answer in asked} - {urlsplit(address).netloc},
        }

    return load


def _weight(answer: Response) -> int:
    if not answer.ok:
        return 0
    body = answer.body()
    return len(body) if answer.url.endswith(".woff2") else len(gzip.compress(body, 6))


@pytest.fixture
def overflow() -> Callable[[Page], int]:
    """Pixels by which the page is wider than its window."""

    def measure(page: Page) -> int:
        settle(page)
        return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))

    return measure


@pytest.fixture
def complaints(page: Page) -> Iterator[list[str]]:
    """What the browser complained of: refused scripts and styles, and faults of our own scripts."""
    heard: list[str] = []
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on(
        "console",
        lambda line: heard.append(line.text) if line.type == "error" and "Security Policy" in line.text else None,
    )
    yield heard
    assert heard == []


@pytest.fixture
def demonstration(settings: Any, transactional_db: None, fresh_keys: None) -> None:
    """One factor is enough there, on this machine."""
    settings.IS_DEMO = True


@pytest.fixture
def office(demonstration: None) -> Any:
    """A reception centre with its people, on settled keys."""
    from cases_world import open_office
    from vault_keys import settled

    office = open_office()
    settled(office.centre, office.other)
    return office
