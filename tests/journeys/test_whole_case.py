"""One family from the village to the closing: what a lawyer does in weeks, through the pages alone."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

PHONE = {"width": 360, "height": 740}


pytestmark = pytest.mark.usefixtures("demonstration")


class Desk:
    """A page with somebody at it, who fills forms by their names."""

    def __init__(self, page: Page, home: str, user: Any) -> None:
        from django.test import Client

        self.page, self.home = page, home
        client = Client()
        client.force_login(user)
        cookies = {"sessionid": client.cookies["sessionid"].value, "lang": "en"}
        page.context.add_cookies([{"name": name, "value": value, "url": home} for name, value in cookies.items()])
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]

    def at(self, address: str) -> "Desk":
        self.page.goto(self.home + address)
        return self

    def fill(self, **typed: str) -> "Desk":
        """Choices are ticked, other fields typed; folds are opened first."""
        for fold in self.page.locator("main form details:not([open]) summary").all():
            fold.click()
        for name, value in typed.items():
            pick = self.page.locator(f"main [name={name}][value='{value}']")
            if pick.count():
                pick.first.check()
            elif self.page.locator(f"main select[name={name}]").count():
                self.page.locator(f"main select[name={name}]").select_option(value)
            else:
                self.page.locator(f"main [name={name}]").fill(value)
        return self

    def send(self) -> "Desk":
        """The first button of the page's form; whatever is refused is said by the test."""
        with self.page.expect_navigation():
            self.page.locator("main form.ask button.btn").first.click()
        return self

    def tap(self, what: str) -> None:
        self.page.get_by_role("button", name=what, exact=True).click()


def taken_in(desk: Desk) -> str:
    """An intake in the village while the line is away for a moment; the address of the case."""
    desk.at("/desk/cases/new/").tap("A day in the village")
    desk.tap("She agrees, by her word")
    desk.fill(name="Савринисо Назарова", born="1994")
    desk.page.context.set_offline(True)
    desk.tap("Go on")
    expect(desk.page.get_by_text("There is no line to the server")).to_be_visible()
    desk.page.context.set_offline(False)
    expect(desk.page.get_by_role("heading", name="How may we reach her safely?")).to_be_visible()
    desk.tap("A call")
    desk.fill(value="+992 93 555-00-12", pretext="аз курси дӯзандагӣ").tap("Go on")
    desk.fill(words="Шавҳарам се сол боз хабар надорад.").tap("Go on")
    desk.fill(lines="Ёсин 2015").tap("Go on")
    desk.fill(name="Бахтиёр Назаров", since="2023-04").tap("Go on")
    desk.page.get_by_label("Do his relatives insult you").check()
    desk.tap("Go on")
    desk.fill(words="Алимент барои кӯдак").tap("Go on")
    desk.tap("Open the case")
    expect(desk.page.get_by_role("heading", name="Contact her only like this")).to_be_visible()
    return desk.page.url.removeprefix(desk.home)


def under_way(desk: Desk, case: str) -> None:
    """A goal in her words, and the moves until work goes on."""
    desk.at(f"{case}needs/new/").fill(domain="legal", goal="Мехоҳам, ки пули фарзанд ояд.").send()
    for state in ("assessed", "planned", "active"):
        desk.at(f"{case}move/{state}/").send()


def owed(desk: Desk, matter: str) -> None:
    """The child, the order, his wage; the sheet says what is owed."""
    person = desk.at(f"{matter}alimony/new/child/").page.locator("main [name=person]").first.get_attribute("value")
    desk.fill(person=person or "", last="2033-05-01").send()
    desk.at(f"{matter}alimony/new/decision/").fill(how="share").send().fill(share="1/4").send()
    desk.fill(since="2026-03-01").send().fill(basis="judgment", paper="2-114, 01.02.2026").send()
    wage = {
        "first": "2026-03-01",
        "last": "2026-10-31",
        "situation": "known",
        "amount": "2400",
        "paper": "from his work",
    }
    desk.at(f"{matter}alimony/new/income/").fill(**wage).send()
    desk.at(f"{matter}alimony/new/period/").send().fill(last="2026-10-31").send().fill(on="2026-11-01").send().send()


def closed(desk: Desk, browser: Any, case: str, office: Any) -> None:
    """The matter ends, the goal has its outcome, she asks for the closing and a supervisor approves."""
    from hamroh.cases.models import Case, Need

    for need in Need.objects.filter(planned_date__isnull=False):
        desk.at(f"{case}needs/{need.pk}/outcome/").fill(outcome="partly").send()
    desk.at(f"{case}move/closing/").fill(words="Пул меояд, ӯ розӣ аст.").send()
    other = Desk(browser.new_page(), desk.home, office.manizha)
    other.at(f"{case}move/closed/").send()
    assert Case.objects.get().status == "closed"
    other.page.close()


def calendar_says(desk: Desk, case: str) -> None:
    """The calendar that a telephone fetches has the hearing, by code and time alone."""
    desk.at("/desk/cases/calendar/").page.locator("main form button.btn").first.click()
    address = desk.page.get_by_text("/cal/calendar.ics?k=").first.text_content() or ""
    feed = desk.page.request.get(address.strip()).text()
    code = case.rstrip("/").rpartition("/")[2]
    assert code in feed
    assert "Савринисо" not in feed


def test_it_goes_from_the_village_to_the_closing(page: Page, browser: Any, home: str, office: Any, shot: Any) -> None:
    from hamroh.cases.models import Matter

    desk = Desk(page, home, office.farzona)
    case = taken_in(desk)
    under_way(desk, case)
    desk.at(f"{case}matters/new/").fill(kind="alimony", country="TJ").send()
    matter = f"{case}matters/{Matter.objects.get().pk}/"
    owed(desk, matter)
    expect(desk.at(f"{matter}alimony/sheet/").page.get_by_text("4,800.00 TJS").first).to_be_visible()
    shot(page, "whole-case-sheet")
    with page.expect_download() as claim:
        desk.at(f"{case}letters/alimony_claim/").fill(lang="tg", form="pdf", purpose="for the court")
        page.locator("main form.ask button.btn").first.click()
    assert claim.value.path().read_bytes().startswith(b"%PDF")
    desk.at(f"{matter}hearings/new/").fill(on="2026-12-14", at="10:00").send()
    calendar_says(desk, case)
    payment = {"on": "2026-08-10", "amount": "800", "kind": "transfer", "paper": "slip 7"}
    desk.at(f"{matter}alimony/new/payment/").fill(**payment).send()
    expect(desk.at(f"{matter}alimony/sheet/").page.get_by_text("4,000.00 TJS").first).to_be_visible()
    closed(desk, browser, case, office)
