"""Somebody who has no mouse: Tab until what is meant has the focus, then a key."""

from playwright.sync_api import Page

#: more presses than any of our forms has fields
PATIENCE = 60


def reach(page: Page, what: str, within: str = "main form.ask") -> None:
    """Tab until something has the focus."""
    for _press in range(PATIENCE):
        page.keyboard.press("Tab")
        if page.locator(f"{within} {what}:focus").count():
            return
    raise AssertionError(f"no key reaches {what}")


def choose(page: Page, what: str, within: str = "main form.ask") -> None:
    reach(page, what, within)
    page.keyboard.press("Space")


def send(page: Page, what: str = "button.btn", within: str = "main form.ask") -> None:
    with page.expect_navigation():
        reach(page, what, within)
        page.keyboard.press("Enter")
