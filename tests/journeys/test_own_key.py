"""One's own key in a real browser: made by a passkey that derives (WebAuthn PRF), locating records opened, the screen locked."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from door import give_phone
from screens import arrive, looked_at

pytestmark = [pytest.mark.urls("sealedroom.urls"), pytest.mark.usefixtures("fresh_keys")]
PASSWORD, WORDS = "a long walk to the river", "seven quiet rivers below the pass"
PLACE = "кӯчаи Рӯдакӣ 1, дари кабуд"
KEY = "/accounts/security/key/"
SIZES = {"phone": {"width": 360, "height": 740}, "wide": {"width": 1280, "height": 800}}
#: hands everything that the authenticator derived to the test, and nothing else changes
LISTEN = """
  const asked = CredentialsContainer.prototype.get;
  CredentialsContainer.prototype.get = async function (options) {
    const made = await asked.call(this, options);
    const first = made.getClientExtensionResults().prf?.results?.first;
    if (first) window.prfs = [...(window.prfs ?? []), [...new Uint8Array(first)]];
    if (first) await window.heard([...new Uint8Array(first)]);
    return made;
  };
"""


@pytest.fixture
def door(live_server: Any) -> str:
    return str(live_server.url).replace("127.0.0.1", "localhost")


@pytest.fixture(autouse=True)
def installation(settings: Any, monkeypatch: Any) -> None:
    settings.IS_DEMO = False
    monkeypatch.setattr("hamroh.vault.providers.COST", {"memory_cost": 64, "time_cost": 1, "parallelism": 1})


@pytest.fixture
def lawyer(transactional_db: None) -> Any:
    """A lawyer of a house that has held its recovery drill."""
    from hamroh.accounts.models import Membership, Organisation, Role, User
    from hamroh.vault import actions

    centre = Organisation.objects.create(code="centre", names={"en": "Migrant support centre"}, country="tj")
    user = User.objects.create_user("rustam", PASSWORD, display_name="Rustam Saidov", language="tg")
    Membership.objects.create(user=user, organisation=centre, role=Role.LAWYER)
    papers = actions.make_recovery(actor=user, organisation_id=centre.pk)
    actions.hold_drill(actor=user, organisation_id=centre.pk, papers=papers[:2])
    return user


def plug_in(page: Page, *, derives: bool) -> None:
    """A phone that makes passkeys; whether it derives secrets is what authenticators differ in."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "ctap2Version": "ctap2_1", "transport": "internal", "hasResidentKey": True,
        "hasUserVerification": True, "hasPrf": derives, "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def come_in(page: Page, door: str, phone: Any, to: str = KEY) -> None:
    page.goto(f"{door}/accounts/sign-in/?next={to}")
    page.fill("[name=username]", "rustam")
    page.fill("[name=password]", PASSWORD)
    page.locator("form:has([name=password]) button").click()
    page.fill("[name=code]", phone.code())
    page.locator("form:has([name=code]) button").click()
    arrive(page, to)


def add_passkey(page: Page, door: str) -> None:
    page.goto(f"{door}/accounts/security/passkey/")
    page.fill("[name=name]", "blue key")
    page.click("form[data-passkey] button")
    page.wait_for_load_state()
    expect(page.locator("form[data-passkey]")).to_have_count(0)
    page.goto(f"{door}{KEY}")


def make_by_passphrase(page: Page, door: str) -> None:
    page.goto(f"{door}{KEY}make/")
    page.fill("[name=passphrase]", WORDS)
    page.fill("[name=again]", WORDS)
    page.locator("form:has([name=passphrase]) button").click()
    arrive(page, KEY)


def a_place(user: Any) -> str:
    """Made as by her own hand: nothing of her private key is needed for it."""
    from hamroh.vault import members
    from sealedroom import actions

    house = user.memberships.get().organisation
    with members.offered(lambda: pytest.fail("nothing is opened here"), user_id=user.pk):
        row = actions.add_shelter(actor=user, organisation=house, code="S1", address=PLACE)
    return f"/desk/sealed/shelters/{row.pk}/"


def test_it_makes_a_key_by_a_passkey_and_opens_a_place_by_it(
    page: Page, door: str, lawyer: Any, complaints: list[str]
) -> None:
    derived: list[bytes] = []
    sent: list[str] = []
    page.expose_function("heard", lambda first: derived.append(bytes(first)))
    page.add_init_script(LISTEN)
    page.on("request", lambda asked: sent.append(asked.post_data or ""))
    plug_in(page, derives=True)
    come_in(page, door, give_phone(lawyer))
    add_passkey(page, door)
    page.get_by_role("link", name=re.compile("blue key")).click()
    page.click("form[data-passkey] button")
    arrive(page, KEY)
    expect(page.locator("form[action$='/shut/'] button")).to_be_visible()
    place = a_place(lawyer)
    page.goto(f"{door}{place}")
    expect(page.locator("#address")).to_have_text(PLACE)
    page.goto(f"{door}{KEY}")
    page.click("form[action$='/shut/'] button")
    page.goto(f"{door}{place}")
    page.wait_for_url("**/key/open/**")
    page.click("form[data-passkey] button")
    arrive(page, place)
    expect(page.locator("#address")).to_have_text(PLACE)
    assert len(derived) == 2
    assert derived[0] == derived[1]
    assert not leaked(derived[0], sent)


def leaked(secret: bytes, sent: list[str]) -> list[str]:
    """What the browser sent that holds the secret, as numbers, in hex or in base64."""
    from base64 import b64encode, urlsafe_b64encode

    shapes = {secret.hex(), b64encode(secret).decode().rstrip("="), urlsafe_b64encode(secret).decode().rstrip("=")}
    shapes.add(",".join(map(str, secret[:8])))
    return [body[:80] for body in sent if any(shape in body for shape in shapes)]


def test_it_keeps_what_was_typed_while_it_asks(page: Page, door: str, lawyer: Any, complaints: list[str]) -> None:
    plug_in(page, derives=True)
    come_in(page, door, give_phone(lawyer))
    make_by_passphrase(page, door)
    add_passkey(page, door)
    page.get_by_role("link", name=re.compile("blue key")).click()
    page.click("form[data-passkey] button")
    arrive(page, KEY)
    place = a_place(lawyer)
    page.goto(f"{door}{place}")
    other = page.context.new_page()
    other.goto(f"{door}{KEY}")
    other.click("form[action$='/shut/'] button")
    page.fill("[name=address]", 'кӯчаи нав 5, "дари сурх"')
    page.fill("[name=note]", "one line\nand another")
    page.get_by_role("button", name="Move").click()
    expect(page.locator("[name=own_key_passphrase]")).to_be_visible()
    page.fill("[name=own_key_passphrase]", "words of somebody else")
    page.locator("form:has([name=own_key_passphrase]) button").click()
    expect(page.locator(".field.bad")).to_be_visible()
    page.click("form[data-passkey] button")
    arrive(page, place)
    expect(page.locator("#address")).to_have_text('кӯчаи нав 5, "дари сурх"')


def test_it_says_why_where_a_passkey_derives_nothing(page: Page, door: str, lawyer: Any, complaints: list[str]) -> None:
    plug_in(page, derives=False)
    come_in(page, door, give_phone(lawyer))
    add_passkey(page, door)
    expect(page.locator("main")).to_contain_text("blue key")
    assert page.locator("a[href*='/key/passkey/']").count() == 0
    from allauth.mfa.models import Authenticator

    row = Authenticator.objects.get(type=Authenticator.Type.WEBAUTHN)
    page.goto(f"{door}{KEY}passkey/{row.pk}/")
    page.click("form[data-passkey] button")
    expect(page.locator("form[data-passkey] .fault")).to_be_visible()
    from hamroh.vault import members

    assert not members.has_key(lawyer.pk)


def test_it_shows_nothing_after_the_lock(page: Page, door: str, lawyer: Any) -> None:
    """The husband with her phone: a locked screen, the Back button, and even her password show no place."""
    come_in(page, door, give_phone(lawyer))
    make_by_passphrase(page, door)
    place = a_place(lawyer)
    page.goto(f"{door}{place}")
    expect(page.locator("#address")).to_have_text(PLACE)
    with page.expect_response("**/accounts/lock/"):
        for _each in range(3):
            page.keyboard.press("Shift")
    expect(page.locator("#address")).to_be_hidden()
    page.goto(f"{door}/accounts/sign-in/")
    page.go_back()
    expect(page.locator("body")).to_be_visible()
    assert PLACE not in page.content()
    page.goto(f"{door}/accounts/confirm/?next={place}")
    page.fill("[name=password]", PASSWORD)
    page.locator("form:has([name=password]) button").click()
    page.wait_for_url("**/key/open/**")
    assert PLACE not in page.content()


def test_it_asks_for_the_key_before_a_covered_place_is_seen_again(
    page: Page, door: str, lawyer: Any, complaints: list[str]
) -> None:
    """Her password opens the screen and not the place; what she typed is still there when she opens that, too."""
    come_in(page, door, give_phone(lawyer))
    make_by_passphrase(page, door)
    page.goto(f"{door}{a_place(lawyer)}")
    page.fill("[name=note]", "half typed")
    page.keyboard.press("Escape")
    with page.expect_response("**/accounts/lock/"):
        for _each in range(3):
            page.keyboard.press("Shift")
    veil = page.locator(".veil")
    veil.locator("[name=password]").fill(PASSWORD)
    veil.locator("[name=password]").press("Enter")
    expect(veil.locator("[name=own_key_passphrase]")).to_be_visible()
    expect(page.locator("#address")).to_be_hidden()
    veil.locator("[name=own_key_passphrase]").fill("words of somebody else")
    veil.locator("[name=own_key_passphrase]").press("Enter")
    expect(veil.locator("form[data-again] .fault")).to_be_visible()
    expect(page.locator("#address")).to_be_hidden()
    veil.locator("[name=own_key_passphrase]").fill(WORDS)
    veil.locator("[name=own_key_passphrase]").press("Enter")
    expect(veil).to_have_count(0)
    expect(page.locator("#address")).to_have_text(PLACE)
    expect(page.locator("[name=note]")).to_have_value("half typed")


def test_it_works_without_scripts_by_the_passphrase(browser: Any, door: str, lawyer: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    bare = context.new_page()
    come_in(bare, door, give_phone(lawyer))
    make_by_passphrase(bare, door)
    place = a_place(lawyer)
    bare.goto(f"{door}{KEY}")
    bare.click("form[action$='/shut/'] button")
    bare.goto(f"{door}{place}")
    bare.fill("[name=own_key_passphrase]", WORDS)
    bare.locator("form:has([name=own_key_passphrase]) button").click()
    arrive(bare, place)
    expect(bare.locator("#address")).to_have_text(PLACE)
    context.close()


@pytest.mark.parametrize(("lang", "size"), looked_at("az", "wide"))
def test_it_hinders_nobody_on_its_way(  # noqa: PLR0917 - fixtures
    page: Page, door: str, lawyer: Any, lang: str, size: str, serious_faults: Any, overflow: Any, shot: Any
) -> None:
    page.set_viewport_size(SIZES[size])
    page.context.add_cookies([{"name": "lang", "value": lang, "url": door}])
    plug_in(page, derives=True)
    seen: dict[str, list[Any]] = {}

    def look(name: str) -> None:
        shot(page, f"key-{name}-{lang}-{size}")
        seen[name] = [serious_faults(page), overflow(page) > 0]

    come_in(page, door, give_phone(lawyer))
    look("none")
    page.goto(f"{door}{KEY}make/")
    look("make")
    page.fill("[name=passphrase]", "short")
    page.locator("form:has([name=passphrase]) button").click()
    look("too-short")
    make_by_passphrase(page, door)
    look("only-one")
    add_passkey(page, door)
    page.locator("a[href*='/key/passkey/']").click()
    look("passkey")
    page.click("form[data-passkey] button")
    arrive(page, KEY)
    look("two")
    place = a_place(lawyer)
    page.click("form[action$='/shut/'] button")
    page.goto(f"{door}{place}")
    look("open")
    page.goto(f"{door}{KEY}lost/")
    look("lost")
    page.goto(f"{door}{KEY}passphrase/")
    look("passphrase")
    hold_back(page, door, place)
    look("held-back")
    page.goto(f"{door}/desk/notices/")
    look("notices")
    page.goto(f"{door}/accounts/security/")
    look("security")
    assert {name: faults for name, faults in seen.items() if faults != [[], False]} == {}


def hold_back(page: Page, door: str, place: str) -> None:
    """Send a form of the place while the key is shut, as from a page that stood open."""
    page.goto(f"{door}{KEY}open/")
    page.fill("[name=own_key_passphrase]", WORDS)
    page.locator("form:has([name=own_key_passphrase]) button").click()
    page.goto(f"{door}{place}")
    other = page.context.new_page()
    other.goto(f"{door}{KEY}")
    other.click("form[action$='/shut/'] button")
    other.close()
    page.fill("[name=address]", PLACE)
    page.locator("form[action$='/move/'] button").click()
    expect(page.locator("[name=own_key_passphrase]")).to_be_visible()
