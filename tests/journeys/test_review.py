"""A profile on its way to the public: commented on by telephone, answered, published by another, and unchangeable from then on."""

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from evidence_world import analysts, printed_edition
from screens import arrive, enter, looked_at

WIDTHS = {"phone": 360, "wide": 1280}
REVIEW = "/desk/evidence/review"
pytestmark = pytest.mark.usefixtures("demonstration")


@pytest.fixture
def people(demonstration: None, cast: Any) -> Any:
    return analysts(cast)


@pytest.fixture
def edition(people: Any) -> Any:
    """The printed profile in a round for which Kamran was asked, every error answered for."""
    from hamroh.evidence.actions import reviewing
    from hamroh.evidence.models import FindingAnswer
    from hamroh.evidence.selectors.answers import examined

    made = printed_edition(people)
    until = timezone.localdate() + dt.timedelta(days=14)
    held = reviewing.open_round(actor=people.nigina, edition=made, deadline_date=until)
    reviewing.ask(actor=people.nigina, round=held, username="kamran", organisation=people.ministry, role="ministry")
    FindingAnswer.objects.bulk_create(
        FindingAnswer(edition=made, fingerprint=each.fingerprint, rule=each.finding.rule, reason="As printed.")
        for each in examined(made).blocking
    )
    return made


def sits(browser: Browser, home: str, who: Any, lang: str, width: int) -> Page:
    """Somebody at a browser of their own."""
    context = browser.new_context(viewport={"width": width, "height": 800})
    enter(context, home, who, lang)
    return context.new_page()


@pytest.fixture
def look(overflow: Any, shot: Any, serious_faults: Any) -> Any:
    """Keep a picture of a page that is no wider than its window; axe finds nothing serious on it."""

    def look_at(page: Page, name: str, *, whole: bool = True) -> None:
        assert overflow(page) == 0, name
        shot(page, f"review-{name}")
        if whole:
            assert serious_faults(page) == [], name

    return look_at


def test_it_goes_from_a_comment_to_what_nobody_can_change(
    browser: Browser, home: str, people: Any, edition: Any, look: Any
) -> None:
    from hamroh.evidence import freezing
    from hamroh.evidence.models import Comment, FrozenEdition

    whole = f"{REVIEW}/{edition.code}"
    part = f"{whole}/draft/s/{edition.blocks.get(key='T1').section}/"
    kamran = sits(browser, home, people.kamran, "az", WIDTHS["phone"])
    kamran.goto(f"{home}{REVIEW}/")
    kamran.locator("main .list a").first.click()
    arrive(kamran, f"{whole}/")
    kamran.locator(f'main a[href="{whole}/draft/"]').click()
    kamran.locator(f'main a[href="{part}"]').first.click()
    kamran.locator("#T1 td a").first.click()
    kamran.locator("textarea[name=text]").fill("Bizim say başqadır: 10 599.")
    look(kamran, "figure-phone-az")
    kamran.locator("main form button").last.click()
    arrive(kamran, part)
    expect(kamran.locator("#T1")).to_contain_text("Bizim say başqadır")
    assert Comment.objects.get().observation.code == "aze08-T1-1-1"

    nigina = sits(browser, home, people.nigina, "tg", WIDTHS["wide"])
    nigina.goto(f"{home}{whole}/comments/")
    nigina.locator("main .note a").first.click()
    nigina.locator("input[name=outcome][value=rejected]").check()
    nigina.locator("textarea[name=reason]").fill("Дар манбаъ ҳамин тавр чоп шудааст.")
    nigina.locator('form[action$="/settle/"] button').click()
    expect(nigina.locator("main .note").first).to_contain_text("Дар манбаъ")
    kamran.goto(f"{home}{part}")
    expect(kamran.locator("#T1")).to_contain_text("Дар манбаъ")
    nigina.goto(f"{home}{whole}/")
    nigina.locator('form[action$="/rounds/1/close/"] button').click()
    nigina.locator("button[value=approve]").click()
    expect(nigina.locator("button[value=approve]")).to_have_count(0)
    assert kamran.goto(f"{home}{whole}/draft/").status == 404  # type: ignore[union-attr]

    davlat = sits(browser, home, people.davlat, "ru", WIDTHS["wide"])
    davlat.goto(f"{home}{whole}/")
    davlat.locator("button[value=publish]").click()
    frozen = FrozenEdition.objects.get()
    expect(davlat.locator(".note.blue")).to_contain_text(frozen.digest)
    look(davlat, "published-wide-ru")

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE evidence_block SET content = '{}'")
    edition.refresh_from_db()
    assert freezing.verify(edition) == []


@pytest.fixture
def known(browser: Browser, people: Any, edition: Any) -> Any:
    return browser, people, edition


@pytest.mark.parametrize(("lang", "size"), looked_at("az", "phone"))
def test_it_reads_and_comments_on_every_screen(known: Any, home: str, lang: str, size: str, look: Any) -> None:
    browser, people, edition = known
    from hamroh.evidence.actions import editing, reviewing

    later = editing.copy_edition(actor=people.nigina, edition=edition, label="2010")
    table = later.blocks.get(key="T1")
    rows = [{**row, "cells": [*row["cells"][1:], row["cells"][0]]} for row in table.content["rows"]]
    editing.edit_block(actor=people.nigina, block=table, content={**table.content, "rows": rows}, seen=1)
    made = reviewing.comment(
        actor=people.kamran, edition=edition, text="Another count.", block_key="T1", figure="aze08-T1-1-1"
    )
    whole = f"{REVIEW}/{edition.code}"
    pages = {
        "edition": f"{whole}/", "draft": f"{whole}/draft/", "comments": f"{whole}/comments/", "mine": f"{REVIEW}/",
        "exchange": f"{whole}/comments/{made.pk}/", "word": f"{whole}/word/", "say": f"{whole}/say/?block=T1",
        "ask": f"{whole}/rounds/1/ask/", "endorse": f"{whole}/endorse/",
        "difference": f"{REVIEW}/{later.code}/difference/{edition.code}/",
    }  # fmt: skip
    page = sits(browser, home, people.nigina, lang, WIDTHS[size])
    for name, address in pages.items():
        assert page.goto(f"{home}{address}").status == 200, name  # type: ignore[union-attr]
        look(page, f"{name}-{size}-{lang}", whole=name != "draft")
