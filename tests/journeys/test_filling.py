"""The filler in a browser: a phone of 360 pixels, in Tajik, whose line is cut."""

import io
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

PHONE = {"width": 360, "height": 740}
PIN = "koh 7 dar 9"
CANARY = "Zwqxmodaram"
#: everything that the browser keeps, as text in which a word would be found
DUMP = """async () => {
  const db = await new Promise((yes) => { const asked = indexedDB.open("hamroh-filler"); asked.onsuccess = () => yes(asked.result); });
  const plain = (value) => value instanceof Uint8Array || value instanceof ArrayBuffer ? new TextDecoder("utf-8").decode(value)
    : value && typeof value === "object" ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)])) : value;
  const found = {};
  for (const name of db.objectStoreNames) {
    const store = db.transaction(name).objectStore(name);
    found[name] = await new Promise((yes) => { const asked = store.getAll(); asked.onsuccess = () => yes(asked.result.map(plain)); });
  }
  return JSON.stringify([found, {...localStorage}, {...sessionStorage}]);
}"""


@pytest.fixture(autouse=True)
def demonstration(settings: Any, transactional_db: None, fresh_keys: None) -> None:
    """One factor is enough there, on this machine."""
    settings.IS_DEMO = True


@pytest.fixture
def field() -> Any:
    from field_world import open_field, opened
    from hamroh.vault import journal
    from vault_keys import settled

    field = open_field()
    settled(field.centre, field.other)
    with journal.openings("task"):
        opened(field)
    return field


@pytest.fixture
def phone(context: BrowserContext, page: Page, home: str, field: Any) -> Page:
    """A browser that was brought in by Madina, who signed out again; its PIN is chosen."""
    from filler_world import browser
    from hamroh.fieldwork.views.filler import COOKIE

    context.set_default_timeout(20_000)
    token = browser(field).token
    context.add_cookies(
        [{"name": COOKIE, "value": token, "domain": "localhost", "path": "/fill/api/"},
         {"name": "lang", "value": "tg", "domain": "localhost", "path": "/"}]
    )  # fmt: skip
    page.set_viewport_size(PHONE)
    page.goto(f"{home}/fill/")
    page.get_by_label("PIN ё ибора").fill(PIN)
    page.get_by_label("Боз ҳамон").fill(PIN)
    page.get_by_role("button", name="Ин PIN-ро гузоштан").click()
    expect(page.get_by_role("heading", name="Варақаҳо барои пур кардан")).to_be_visible()
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    return page


def unlock(page: Page) -> None:
    page.get_by_label("PIN ё ибора").fill(PIN)
    page.get_by_role("button", name="Кушодан", exact=True).click()


def begin(page: Page) -> None:
    page.get_by_role("button", name="Пур кардан").click()
    ready(page)


def ready(page: Page) -> None:
    expect(page.locator(".engine[data-ready=yes]")).to_be_visible()


def photograph() -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.effect_noise((1800, 1000), 40).convert("RGB").save(out, "JPEG")
    return out.getvalue()


def question(page: Page, words: str, nth: int = 0) -> Locator:
    return page.locator(".question-container", has_text=words).nth(nth)


def choose(page: Page, words: str, answer: str) -> None:
    """An answer of a list that opens."""
    question(page, words).get_by_role("combobox").click()
    page.get_by_role("option", name=answer, exact=True).click()


def tick(page: Page, words: str, answer: str, nth: int = 0) -> None:
    question(page, words, nth).get_by_text(answer, exact=True).click()


def write(page: Page, words: str, answer: str, nth: int = 0) -> None:
    box = question(page, words, nth).locator("input, textarea").first
    box.click()
    box.press_sequentially(answer)
    box.press("Tab")


def visit(page: Page) -> None:
    """A visit to a field and a school: questions that appear, a picture, two pupils."""
    choose(page, "Ташкилоти ҷамъиятӣ", "ТҶ 1")
    tick(page, "Вилоят", "Хатлон")
    choose(page, "Ноҳия", "Фархор")
    write(page, "Ҷамоат", CANARY)
    tick(page, "Оё ба майдон рафтед?", "Ҳа")
    write(page, "калонсолон", "12")
    write(page, "18-сола", "5")
    page.locator("input[type=file]").last.set_input_files(
        {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": photograph()}
    )
    write(page, "Хонандагони синф", "28")
    write(page, "Хонандагони ҳозир", "6")
    tick(page, "Ҷинс", "Духтар")
    write(page, "Синну сол", "14")
    tick(page, "Розигии", "Ҳарду розӣ")
    tick(page, "пахта чидааст", "Не")
    page.get_by_role("button", name="Илова кардан").click()
    tick(page, "Ҷинс", "Писар", 1)
    write(page, "Синну сол", "12", 1)
    tick(page, "Розигии", "Розӣ нест", 1)
    tick(page, "Равона кардан", "Не")
    expect(page.locator(".preview-captured-image img")).to_be_visible()


def put_away(page: Page) -> None:
    """The page is hidden, as when another app is opened: what was filled is kept at once."""
    page.evaluate(
        "Object.defineProperty(document, 'visibilityState', {value: 'hidden', configurable: true});"
        "document.dispatchEvent(new Event('visibilitychange'))"
    )
    expect(page.locator(".saved")).to_contain_text("Дар дастгоҳ")


@pytest.fixture
def looked_at(shot: Any, overflow: Any, serious_faults: Any) -> Any:
    """Keep a picture of the page, which fits its window and can be used by everybody."""

    def look(page: Page, name: str) -> None:
        shot(page, name)
        assert (overflow(page), serious_faults(page)) == (0, [])

    return look


def test_it_fills_a_form_with_the_line_cut_and_it_arrives_once(
    phone: Page, field: Any, context: BrowserContext, looked_at: Any, complaints: Any
) -> None:
    from hamroh import vault
    from hamroh.accounts import policy
    from hamroh.fieldwork.models import Submission
    from hamroh.vault import journal

    begin(phone)
    phone.get_by_role("button", name="Ба рӯйхат баргаштан").click()
    context.set_offline(True)
    phone.reload()
    unlock(phone)
    expect(phone.get_by_text("Алоқа нест.")).to_be_visible()
    expect(phone.get_by_role("button", name="Идома додан")).to_have_count(0)  # nothing was said yet
    begin(phone)
    visit(phone)
    put_away(phone)
    assert CANARY not in phone.evaluate(DUMP)
    address = phone.url
    phone.close()

    phone = context.new_page()
    phone.set_viewport_size(PHONE)
    phone.goto(address)
    unlock(phone)
    phone.get_by_role("button", name="Идома додан").click()
    ready(phone)
    expect(phone.locator(".preview-captured-image img")).to_be_visible()
    expect(question(phone, "калонсолон").locator("input")).to_have_value("12")
    phone.get_by_role("button", name="Тамом кардан ва фиристодан").click()
    expect(phone.locator("[data-waits='1']")).to_be_visible()
    expect(phone.get_by_text("Ин ҷо онро касе хонда наметавонад.").first).to_be_visible()
    assert CANARY not in phone.evaluate(DUMP)
    looked_at(phone, "filler-waiting")

    context.set_offline(False)
    phone.get_by_role("button", name="Ҳоло фиристодан").click()
    expect(phone.locator("[data-waits='0']")).to_be_visible()
    row = Submission.objects.get()
    with journal.openings("task"):
        decision = policy.require(field.manizha, "submission.read", row)
        told = vault.open(row, "answers", decision=decision, purpose="test")
    assert (row.is_whole, row.attachments.count()) == (True, 1)
    # the same as JavaRosa works out of these answers
    assert (told["/data/field/child_share"], told["/data/school/absent_pct"]) == ("29.4", "78.6")
    assert len(told["/data/pupil"]) == 2


def test_it_opens_with_no_other_pin_and_waits_after_five(phone: Page) -> None:
    phone.reload()
    for _each in range(6):
        phone.get_by_label("PIN ё ибора").fill("wrong phrase")
        phone.get_by_role("button", name="Кушодан", exact=True).click()
        expect(phone.get_by_role("button", name="Кушодан", exact=True)).to_be_enabled()
    expect(phone.get_by_text("сония интизор шавед")).to_be_visible()
    unlock(phone)
    expect(phone.get_by_role("heading", name="Варақаҳои шумо қулфанд")).to_be_visible()


def test_it_lets_one_window_alone_fill_a_draft(phone: Page, context: BrowserContext, home: str) -> None:
    begin(phone)
    write(phone, "Ҷамоат", "x")
    put_away(phone)
    second = context.new_page()
    second.goto(f"{home}/fill/")
    unlock(second)
    second.get_by_role("button", name="Идома додан").click()
    expect(second.get_by_text("Ин варақа дар равзанаи дигар кушода аст.")).to_be_visible()


def test_it_says_that_a_device_was_revoked_and_shows_it_no_form(phone: Page, home: str) -> None:
    from django.utils import timezone

    from hamroh.fieldwork.models import Device

    Device.objects.update(revoked_at=timezone.now())
    phone.reload()
    unlock(phone)
    expect(phone.get_by_text("Иҷозати ин дастгоҳ бекор карда шуд.")).to_be_visible()
    expect(phone.get_by_role("button", name="Пур кардан")).to_have_count(0)


def test_it_keeps_a_draft_when_a_new_edition_takes_over(phone: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    from hamroh.fieldwork.views import filler

    begin(phone)
    write(phone, "Ҷамоат", "x")
    monkeypatch.setattr(filler, "_edition", lambda _kept: "another")
    phone.evaluate("navigator.serviceWorker.getRegistration('/fill/').then((each) => each.update()).then(() => null)")
    phone.get_by_role("button", name="Истифода бурдан").click()
    unlock(phone)
    phone.get_by_role("button", name="Идома додан").click()
    ready(phone)
    expect(question(phone, "Ҷамоат").locator("input")).to_have_value("x")


def test_it_says_when_there_is_no_room_and_goes_on_with_what_is_filled(phone: Page) -> None:
    begin(phone)
    phone.evaluate(
        "() => { IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); }; }"
    )
    write(phone, "Ҷамоат", "x")
    expect(phone.locator(".saved")).to_contain_text("дар дастгоҳ ҷой нест")
    expect(question(phone, "Ҷамоат").locator("input")).to_have_value("x")


def test_it_takes_no_page_of_the_line_for_an_answer(phone: Page) -> None:
    """A hotspot that asks to pay answers everything with its own page."""
    phone.route("**/fill/api/**", lambda asked: asked.fulfill(status=200, body="<h1>Pay here</h1>"))
    phone.get_by_role("button", name="Варақаҳои навро дидан").click()
    expect(phone.get_by_text("Алоқа нест.")).to_be_visible()
    begin(phone)
    expect(phone.get_by_text("Pay here")).to_have_count(0)


def test_it_runs_nothing_that_a_form_carries(phone: Page) -> None:
    from field_world import small_form
    from hamroh.fieldwork.models import FormVersion

    label = b"<label>&lt;img src=x onerror='window.hit=1'&gt;&lt;script&gt;window.hit=1&lt;/script&gt; [here](javascript:window.hit=1)</label>"
    xml = small_form().replace(b"<label>Words</label>", label).decode()
    FormVersion.objects.update(xml=xml, md5="another")
    phone.get_by_role("button", name="Варақаҳои навро дидан").click()
    expect(phone.get_by_text("Варақаҳо нав шуданд.")).to_be_visible()
    begin(phone)
    links = phone.locator(".engine a").evaluate_all("all => all.map((each) => each.getAttribute('href') || '')")
    assert [link for link in links if link.startswith("javascript")] == []
    assert phone.evaluate("window.hit") is None


def test_it_lets_nobody_delete_what_waits_without_the_pin(phone: Page) -> None:
    phone.evaluate(
        """() => new Promise((yes) => { const asked = indexedDB.open("hamroh-filler"); asked.onsuccess = () => {
          const write = asked.result.transaction("waiting", "readwrite");
          write.objectStore("waiting").put({head: {instance: "uuid:1", parts: 0}, version: "x", at: 1, tries: 1, again: 9e15, refused: "x"}, "uuid:1");
          write.oncomplete = () => yes(); }; })"""
    )
    phone.reload()
    expect(phone.locator("[data-waits='1']")).to_be_visible()
    expect(phone.get_by_role("button", name="Нест кардан")).to_have_count(0)
    unlock(phone)
    expect(phone.get_by_role("button", name="Нест кардан")).to_have_count(1)
