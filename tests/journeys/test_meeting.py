"""A meeting on a telephone of 360 pixels, in Tajik, whose line is cut: taken along, recorded, reloaded in the middle, there once."""

import datetime as dt
from typing import Any

import pytest
from django.conf import settings as conf
from playwright.sync_api import BrowserContext, Page, expect

PHONE = {"width": 360, "height": 740}
PIN = "730519"
#: everything that the browser keeps, as text in which a word would be found
DUMP = """async () => {
  const db = await new Promise((yes) => { const asked = indexedDB.open("hamroh-meetings"); asked.onsuccess = () => yes(asked.result); });
  const plain = (value) => value instanceof Uint8Array || value instanceof ArrayBuffer ? new TextDecoder("utf-8").decode(value)
    : value && typeof value === "object" ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)])) : value;
  const found = {};
  for (const name of db.objectStoreNames) {
    const store = db.transaction(name).objectStore(name);
    found[name] = await new Promise((yes) => { const asked = store.getAll(); asked.onsuccess = () => yes(asked.result.map(plain)); });
  }
  db.close();
  return JSON.stringify([found, {...localStorage}, {...sessionStorage}]);
}"""


@pytest.fixture(autouse=True)
def demonstration(settings: Any, transactional_db: None, fresh_keys: None) -> None:
    """One factor is enough there, on this machine."""
    settings.IS_DEMO = True


@pytest.fixture
def group(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Sitora's group by the clock of this machine, as browsers have no other: one meeting was held, the second is today."""
    import groups_world
    import meetings_world
    from hamroh.vault import journal
    from vault_keys import settled

    today = dt.datetime.now(dt.UTC).date()
    monkeypatch.setattr(groups_world, "TODAY", today)
    circle = groups_world.open_circle()
    settled(circle.office.centre, circle.office.other)
    with journal.openings("task"):
        monkeypatch.setattr(meetings_world, "FIRST", today - dt.timedelta(days=14))
        group, _cycle = meetings_world.saving(circle, 5)
        meetings_world.met(circle, group, today - dt.timedelta(days=14))
    return circle, group


def signed_in(context: BrowserContext, user: Any) -> None:
    from django.test import Client

    client = Client()
    client.force_login(user)
    session = client.cookies[conf.SESSION_COOKIE_NAME].value
    context.add_cookies(
        [{"name": conf.SESSION_COOKIE_NAME, "value": session, "domain": "localhost", "path": "/"},
         {"name": "lang", "value": "tg", "domain": "localhost", "path": "/"}]
    )  # fmt: skip


def unlock(page: Page) -> None:
    page.get_by_label("PIN").fill(PIN)
    page.get_by_role("button", name="Кушодан").click()


def step(page: Page, name: str) -> None:
    page.locator(".step", has_text=name).click()


def back(page: Page) -> None:
    page.get_by_role("button", name="Бозгашт").click()


def taken_along(page: Page, home: str, code: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{home}/desk/groups/meetings/{code}/take/")
    page.locator("#pin").fill(PIN)
    page.locator("#again").fill(PIN)
    page.get_by_role("button", name="Бо худ гирифтан").click()
    expect(page.get_by_role("button", name="Кушодан")).to_be_visible()


def save(page: Page) -> None:
    """Two shares of the first member, by thumb and by keyboard; everybody pays into the social fund."""
    step(page, "Пасандоз")
    plus = page.get_by_role("button", name="Zwqxalias1: Саҳмҳо +")
    plus.click()
    plus.focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Омадагон ба фонди иҷтимоӣ").click()


def lend_and_decide(page: Page) -> None:
    step(page, "Қарзҳо")
    page.get_by_label("Аъзо").select_option(label="Zwqxalias2")
    page.get_by_label("Чӣ қадар?").fill("9999")
    page.get_by_role("button", name="Илова кардан").click()
    expect(page.get_by_role("alert").filter(has_text="зиёд аст")).to_be_visible()
    page.get_by_label("Чӣ қадар?").fill("20")
    page.get_by_role("button", name="Илова кардан").click()
    back(page)
    step(page, "Қарорҳо")
    page.get_by_label("Чӣ қарор карданд?").fill("Тухмӣ мехарем")
    page.get_by_role("button", name="Илова кардан").click()
    back(page)


def count(page: Page) -> None:
    """Fifty dirams are missing: that is asked about."""
    step(page, "Пӯшидани вохӯрӣ")
    page.get_by_label("Дар хазинаи пасандоз шумурда шуд").fill("40")
    page.get_by_label("Дар фонди иҷтимоӣ шумурда шуд").fill("8,50")
    page.get_by_role("button", name="Пӯшидан ва фиристодан").click()
    expect(page.get_by_text("Хазина ва дафтар баробар нестанд", exact=False)).to_be_visible()
    page.get_by_label("Агар аз дафтар фарқ кунад").fill("Танга гум шуд")


def test_it_holds_a_meeting_without_a_line_and_brings_it_home_once(
    page: Page, home: str, group: Any, serious_faults: Any, shot: Any
) -> None:
    from hamroh.groups.models import Entry, Meeting, Parcel

    circle, saving = group
    signed_in(page.context, circle.sitora)
    taken_along(page, home, saving.code)
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    page.context.clear_cookies(name=conf.SESSION_COOKIE_NAME)
    page.context.set_offline(True)
    page.reload()
    unlock(page)
    page.get_by_role("button", name="Оғоз").click()
    step(page, "Кӣ омадааст")
    page.locator("fieldset.who").nth(1).get_by_role("radio", name="Нест").check()
    page.get_by_role("button", name="Боқӣ ҳама ҳозиранд").click()
    assert serious_faults(page) == []
    shot(page, "meeting_attendance_tg_360")
    back(page)
    save(page)
    shot(page, "meeting_savings_tg_360")
    page.reload()  # the battery was changed
    unlock(page)
    expect(page.locator(".step", has_text="Пасандоз")).to_contain_text("Саҳм: 2")
    lend_and_decide(page)
    assert not [word for word in ("Zwqx", "Тухмӣ", PIN) if word in page.evaluate(DUMP)]
    count(page)
    shot(page, "meeting_close_tg_360")
    page.get_by_role("button", name="Пӯшидан ва фиристодан").click()
    expect(page.get_by_text("алоқаро интизор аст", exact=False)).to_be_visible()
    assert Meeting.objects.count() == 1
    page.context.set_offline(False)
    expect(page.get_by_text("Фиристода шуд", exact=False)).to_be_visible()
    assert (Meeting.objects.count(), Parcel.objects.count(), Entry.objects.filter(meeting__number=2).count()) == (
        2,
        1,
        1,
    )
    row = Meeting.objects.get(number=2)
    assert (row.state, row.came, row.expected) == ("closed", 4, 5)
    page.reload()
    expect(page.get_by_text("Дар ин телефон гурӯҳ нест", exact=False)).to_be_visible()
    assert '"groups":[],"waiting":[]' in page.evaluate(DUMP)


def test_it_wipes_itself_when_it_was_called_back(page: Page, home: str, group: Any) -> None:
    from hamroh.groups.actions import carrying
    from hamroh.groups.models import Carried, Meeting
    from hamroh.vault import journal

    circle, saving = group
    signed_in(page.context, circle.sitora)
    taken_along(page, home, saving.code)
    unlock(page)
    page.get_by_role("button", name="Оғоз").click()
    expect(page.locator(".step").first).to_be_visible()
    with journal.openings("task"):
        carrying.revoke(actor=circle.manizha, group=saving, carried=Carried.objects.get().pk)
    page.reload()
    expect(page.get_by_text("бозхонда шуд", exact=False).first).to_be_visible()
    assert '"groups":[],"waiting":[]' in page.evaluate(DUMP)
    assert Meeting.objects.count() == 1
