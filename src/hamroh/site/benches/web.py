"""``hamroh bench web``: how fast a page goes blank, and what a first view weighs, in a real browser."""

import gzip
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from hamroh.site.benches.figures import Figure, percentile

ROUNDS = 40
BUDGET_KB, BUDGET_REQUESTS, BLANK_MS = 40, 5, 100
PAGES = {
    "root": "/",
    "home": "/tg/",
    "finder": "/tg/info/?go=1",
    "rights": "/tg/info/r/1?b=1438&go=1",
    "safety": "/tg/about/safety/",
}
#: From the press to the first task after the next frame: by then the covered page was painted.
MEASURE = """() => new Promise((told) => {
  const before = performance.now();
  document.querySelector(".exit a").click();
  requestAnimationFrame(() => setTimeout(() => told(performance.now() - before)));
})"""


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Silent(WSGIRequestHandler):
    def log_message(self, *_args: Any) -> None: ...


def figures(*, full: bool) -> Iterator[Figure]:  # noqa: ARG001 - the same either way
    """Blanking time, then requests and gzipped kilobytes of the first view of each public kind of page."""
    from playwright.sync_api import sync_playwright

    with _served() as address, sync_playwright() as engine:
        browser = engine.chromium.launch(
            executable_path=os.environ.get("HAMROH_CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        blank = [_blank(browser, address) for _ in range(ROUNDS)]
        yield Figure("web.exit.blank.p50", percentile(blank, 0.5), "ms")
        yield Figure("web.exit.blank.p95", percentile(blank, 0.95), "ms", f"<= {BLANK_MS}")
        for name, path in PAGES.items():
            requests, kilobytes = _first_view(browser, address + path)
            yield Figure(f"web.first-view.{name}.requests", requests, "requests", f"<= {BUDGET_REQUESTS}")
            yield Figure(f"web.first-view.{name}.weight", kilobytes, "KB gz", f"<= {BUDGET_KB}")
        browser.close()


@contextmanager
def _served() -> Iterator[str]:
    """The site of this throw-away home, with its static files collected."""
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)
    from hamroh.site.wsgi import application

    server = make_server("127.0.0.1", 0, application, server_class=_Server, handler_class=_Silent)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def _blank(browser: Any, address: str) -> float:
    """One exit, in milliseconds; the target never answers, as on a slow line."""
    page, waiting = browser.new_page(), []
    page.route("https://**", lambda route: waiting.append(route))  # noqa: PLW0108 - a built-in cannot be a handler
    page.goto(f"{address}/tg/about/safety/", wait_until="networkidle")
    taken = float(page.evaluate(MEASURE))
    for route in waiting:
        route.abort()
    page.close()
    return taken


def _first_view(browser: Any, address: str) -> tuple[int, float]:
    page = browser.new_page()
    answers: list[Any] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - a built-in cannot be a handler
    page.goto(address, wait_until="networkidle")
    asked = [answer for answer in answers if not answer.url.startswith("data:")]
    weight = sum(_gzipped(answer.body()) for answer in asked)
    page.close()
    return len(asked), round(weight / 1024, 1)


def _gzipped(body: bytes) -> int:
    """What is packed already (fonts) does not grow."""
    return min(len(body), len(gzip.compress(body, 6)))
