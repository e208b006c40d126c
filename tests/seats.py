"""Somebody at a telephone, in journeys in which several people take part."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from screens import enter

PHONE = {"width": 360, "height": 740}


class Seat:
    """Somebody at a telephone in a language, whose pages fit, hinder nobody, and are kept as pictures."""

    def __init__(self, request: Any, browser: Any, home: str, user: Any, lang: str) -> None:
        self.journey = request.module.__name__.rpartition("test_")[2]
        context = browser.new_context(viewport=PHONE)
        enter(context, home, user, lang)
        context.add_cookies([{"name": "seen", "value": "1", "url": home}])
        self.page: Page = context.new_page()
        self.home, self.lang, self.user = home, lang, user
        self._overflow, self._faults, self._shot = (
            request.getfixturevalue(name) for name in ("overflow", "serious_faults", "shot")
        )

    def at(self, address: str, name: str = "") -> "Seat":
        answer = self.page.goto(self.home + address)
        assert (address, answer and answer.status, self._overflow(self.page)) == (address, 200, 0)
        if name:
            assert self._faults(self.page) == []
            self._shot(self.page, f"{self.journey}-{name}-{self.lang}")
        return self

    def unfold(self) -> None:
        """On a telephone the sections of a page may be folded."""
        self.page.evaluate("document.querySelectorAll('main details').forEach(each => { each.open = true })")

    def fill(self, **typed: str) -> "Seat":
        for name, value in typed.items():
            choice = self.page.locator(f"main [name={name}][value='{value}']")
            box = self.page.locator(f"main input[type=checkbox][name={name}]")
            if choice.count() and choice.first.evaluate("each => each.tagName") != "OPTION":
                choice.first.check()
            elif box.count():
                box.check()
            elif self.page.locator(f"main select[name={name}]").count():
                self.page.locator(f"main select[name={name}]").select_option(value)
            else:
                self.page.locator(f"main [name={name}]").fill(value)
        return self

    def send(self, form: str = "main form.ask") -> "Seat":
        with self.page.expect_navigation():
            self.page.locator(f"{form} button.btn").first.click()
        assert self.page.locator(".error-summary, [role=alert]").count() == 0
        return self

    def bring(self, address: str, file: Path) -> "Seat":
        """Bring a file in, as it came on a stick."""
        self.at(address).page.locator("main input[type=file]").set_input_files(file)
        return self.send()

    def seen(self) -> str:
        return self.page.content()

    def words(self) -> str:
        """What stands on the page itself, as it is read."""
        return self.page.locator("main").inner_text()
