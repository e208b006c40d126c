"""A profile is written in a real browser: by keyboard, with a figure that is chosen, a finding that is answered; on a telephone, too."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from screens import enter, looked_at

pytestmark = pytest.mark.usefixtures("demonstration")
WIDTHS = {"phone": 360, "wide": 1280}


@pytest.fixture
def world() -> dict[str, Any]:
    """Nigina, and the printed profile of Azerbaijan with a template."""
    from evidence_world import person, printed_edition
    from hamroh.accounts.models import Organisation, Role
    from hamroh.evidence import actions
    from hamroh.evidence.models import Edition
    from hamroh.kernel.datafiles import document

    names = {"en": "Support centre", "tg": "Маркази дастгирӣ", "az": "Dəstək mərkəzi", "ru": "Центр поддержки"}
    centre = Organisation.objects.create(code="centre", names=names, country="tj", zone="Asia/Dushanbe")
    nigina = person("nigina", "Nigina Rahimova", "tg", centre, Role.ANALYST)
    people = type("People", (), {"nigina": nigina, "centre": centre})
    edition = printed_edition(people)
    template = actions.load_template(document("profile/template-migration-profile.yml"))
    Edition.objects.filter(pk=edition.pk).update(template=template)
    text = actions.add_block(
        actor=nigina, edition=edition, kind="narrative", section="1.1", slot="",
        content={"texts": {"en": "Of {{obs:aze08-BF1}} people, 1,234,567 came from elsewhere."}},
    )  # fmt: skip
    actions.edit_block(actor=nigina, block=text, content={"texts": {"en": "Some people came from elsewhere."}}, seen=1)
    return {"nigina": nigina, "edition": edition, "at": f"/desk/evidence/{edition.code}/", "text": text.key}


@pytest.mark.parametrize(("lang", "size"), looked_at("az", "phone"))
def test_it_fits_and_hinders_nobody(request: Any, page: Page, world: dict[str, Any], lang: str, size: str) -> None:
    home, overflow, faults, shot = (
        request.getfixturevalue(name) for name in ("home", "overflow", "serious_faults", "shot")
    )
    page.set_viewport_size({"width": WIDTHS[size], "height": 800})
    enter(page.context, home, world["nigina"], lang)
    at = world["at"]
    pages = {
        "list": "/desk/evidence/", "matrix": "/desk/evidence/matrix/", "edition": at, "front": f"{at}front/",
        "findings": f"{at}findings/", "add": f"{at}add/", "text": f"{at}b/{world['text']}/", "table": f"{at}b/T1/",
        "figure": f"{at}b/BF5/", "history": f"{at}b/{world['text']}/history/", "paste": f"{at}add/table/",
        "record": f"{at}add/figure/record/", "recommendation": f"{at}add/recommendation/", "chart": f"{at}add/chart/",

    }  # fmt: skip
    for name, address in pages.items():
        page.goto(home + address)
        shot(page, f"evidence-{name}-{lang}-{size}")
        assert (name, overflow(page), faults(page)) == (name, 0, [])


def test_it_is_written_by_keyboard_and_its_finding_answered(page: Page, home: str, world: dict[str, Any]) -> None:
    enter(page.context, home, world["nigina"])
    page.goto(f"{home}{world['at']}add/narrative/?section=1.1")
    page.get_by_role("textbox", name="Text").focus()
    page.keyboard.type("Displaced people were {{}} at the end of 2006. Write to ali@example.org.")
    page.get_by_label("What it counts").focus()
    page.keyboard.type("idps")
    page.keyboard.press("Tab")
    page.get_by_label("Country").fill("Azerbaijan")
    page.get_by_role("button", name="Look", exact=True).focus()
    page.keyboard.press("Enter")
    page.locator('button[value="choose:aze08-6.7g"]').focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="Text")).to_have_value(
        "Displaced people were {{obs:aze08-6.7g}} at the end of 2006. Write to ali@example.org."
    )
    page.get_by_role("button", name="Save").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Saved.")).to_be_visible()
    finding = page.get_by_role("listitem").filter(has_text="PII")
    finding.locator("summary").first.focus()
    page.keyboard.press("Enter")
    finding.locator("textarea").first.fill("An address made up for the example.")
    finding.get_by_role("button", name="Answer", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("An address made up for the example.")).to_be_visible()


def test_it_works_with_script_off(browser: Any, home: str, world: dict[str, Any]) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    enter(context, home, world["nigina"])
    page.goto(f"{home}{world['at']}add/table/?section=1.1")
    page.get_by_label("The table").fill("Country\t2005\t2006\nTotal\t30\t40\nRussia\t30\t40")
    page.get_by_label("Title", exact=False).first.fill("Immigrants")
    page.get_by_label("What it counts").fill("immigrants")
    page.locator("#id_source").fill("statistics-2007")
    page.get_by_role("button", name="Show how it is read").click()
    page.get_by_role("button", name="Record these figures").click()
    expect(page.get_by_role("heading", name="Table T10")).to_be_visible()
    context.close()
