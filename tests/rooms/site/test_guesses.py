"""Ten thousand guesses from fifty addresses over real HTTP: few are looked at, and the owner comes in all the while."""

import http.client
import json
import random
import re
import secrets
import subprocess
import sys
import threading
import time
import urllib.parse
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from service import Service, surroundings
from softkey import SoftKey

PASSWORD = "a long walk to the river"
ADDRESSES, HANDS, AT_MOST = 50, 8, 60
#: one name as a guesser may spell it: each must count as the same
SPELLINGS = ("zarina", "Zarina", "ZARINA", "  zarina ", "ｚａｒｉｎａ")
READY = """
import json, sys, django
django.setup()
from allauth.mfa.webauthn.internal import auth
from softkey import SoftKey
from hamroh.accounts.models import Membership, Organisation, Role, User
centre = Organisation.objects.create(code="centre", names={"en": "Centre"}, country="tj")
zarina = User.objects.create_user("zarina", "a long walk to the river", display_name="Zarina")
Membership.objects.create(user=zarina, organisation=centre, role=Role.EDITOR)
key = SoftKey(str(zarina.pk), "localhost", sys.argv[1])
auth.WebAuthn.add(zarina, "phone", key.registration())
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
private = key.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
print(json.dumps({"user": str(zarina.pk), "id": key.id.hex(), "private": private}))
"""


class Browser:
    """Cookies and one connection from one address of this machine."""

    def __init__(self, port: int, address: str) -> None:
        self.port, self.address = port, address
        self.cookies: dict[str, str] = {"lang": "en"}
        self.connection: http.client.HTTPConnection | None = None

    def ask(self, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        """Status and text of an answer; a dropped connection is made anew once."""
        try:
            return self._ask(path, form)
        except (http.client.HTTPException, OSError):
            self.connection = None
            return self._ask(path, form)

    def _ask(self, path: str, form: dict[str, str] | None) -> tuple[int, str]:
        if self.connection is None:
            self.connection = http.client.HTTPConnection(
                "127.0.0.1", self.port, timeout=60, source_address=(self.address, 0)
            )
        told = {"Host": f"localhost:{self.port}", "Cookie": "; ".join(f"{n}={v}" for n, v in self.cookies.items())}
        body = None
        if form is not None:
            body = urllib.parse.urlencode({**form, "csrfmiddlewaretoken": self.cookies["csrftoken"]})
            told |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://localhost:{self.port}"}
        self.connection.request("GET" if form is None else "POST", path, body, told)
        answer = self.connection.getresponse()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie" and (found := re.match(r"([^=]+)=([^;]*)", value)):
                self.cookies[found[1]] = found[2].strip('"')
        return answer.status, answer.read().decode()

    def guess(self, chance: random.Random, number: int) -> str:
        """One try: what the door said of it."""
        if "csrftoken" not in self.cookies:
            self.ask("/accounts/sign-in/")
        self.cookies["device"] = secrets.token_urlsafe(32)
        form = {"username": chance.choice(SPELLINGS), "password": f"{chance.random()} {number}"}
        status, said = self.ask("/accounts/sign-in/", form)
        if status == 200 and "Too many tries" in said:
            return "not looked at"
        return "looked at" if status == 200 and "do not fit" in said else f"{status}"

    def by_password(self) -> tuple[int, str]:
        self.ask("/accounts/sign-in/")
        return self.ask("/accounts/sign-in/", {"username": "zarina", "password": PASSWORD})

    def second_step(self, key: SoftKey) -> tuple[int, str]:
        """After the password she shows her passkey, since she has one."""
        page = self.ask("/accounts/second-step/")[1]
        options = json.loads(
            page.partition('id="passkey-options" type="application/json">')[2].partition("</script>")[0]
        )
        return self.ask("/accounts/second-step/", {"credential": json.dumps(key.answer(options))})

    def by_passkey(self, key: SoftKey) -> tuple[int, str]:
        self.ask("/accounts/sign-in/")
        options = json.loads(self.ask("/accounts/sign-in/passkey/")[1])
        return self.ask("/accounts/sign-in/passkey/", {"credential": json.dumps(key.answer(options))})

    def is_in(self) -> bool:
        return self.ask("/desk/")[0] == 200

    def sign_out(self) -> None:
        self.ask("/accounts/sign-out/", {})


@pytest.fixture
def service(tmp_path: Path, blank_home: Callable[..., Path]) -> Iterator[Service]:
    made = Service(blank_home(tmp_path / "home"))
    yield made
    made.kill()


@pytest.fixture
def passkey(service: Service) -> SoftKey:
    """The owner and her passkey; the door is open."""
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    origin = f"http://localhost:{service.port}"
    environment = surroundings(service.home) | {"PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "-c", READY, origin]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    key = SoftKey(told["user"], "localhost", origin)
    key.id, key.private = bytes.fromhex(told["id"]), load_pem_private_key(told["private"].encode(), None)
    service.start()
    return key


def flood(port: int, guesses: int, said: Counter[str]) -> list[threading.Thread]:
    """Hands that guess in turn from their share of the addresses."""
    lock, left = threading.Lock(), iter(range(guesses))

    def work(hand: int) -> None:
        browsers = [Browser(port, f"127.0.1.{n}") for n in range(1, ADDRESSES + 1) if n % HANDS == hand]
        chance = random.Random(hand)
        for number in left_of(lock, left):
            word = browsers[number % len(browsers)].guess(chance, number)
            with lock:
                said[word] += 1

    hands = [threading.Thread(target=work, args=(hand,), daemon=True) for hand in range(HANDS)]
    for hand in hands:
        hand.start()
    return hands


def left_of(lock: threading.Lock, left: Iterator[int]) -> Iterator[int]:
    while True:
        with lock:
            number = next(left, None)
        if number is None:
            return
        yield number


@pytest.mark.parametrize("guesses", [400, pytest.param(10_000, marks=pytest.mark.long)])
def test_it_looks_at_few_and_lets_the_owner_in(
    service: Service, passkey: SoftKey, guesses: int, record_property: Any
) -> None:
    at_home = Browser(service.port, "127.0.2.1")
    assert comes_by_password(at_home, passkey)
    at_home.sign_out()
    assert not at_home.is_in()
    said: Counter[str] = Counter()
    began = time.monotonic()
    hands = flood(service.port, guesses, said)
    while said.total() < guesses // 2 and any(hand.is_alive() for hand in hands):
        time.sleep(0.05)
    came = {
        "known device": comes_by_password(at_home, passkey),
        "passkey": comes_by_passkey(Browser(service.port, "127.0.2.2"), passkey),
    }
    stranger = Browser(service.port, "127.0.2.3").by_password()
    for hand in hands:
        hand.join(1800)
    seconds = time.monotonic() - began
    record_property("guesses", {"said": dict(said), "seconds": round(seconds, 1), "owner": came})
    print(f"{guesses} guesses in {seconds:.1f} s: {dict(said)}; the owner: {came}")
    assert set(said) == {"looked at", "not looked at"}
    assert said.total() == guesses
    assert 0 < said["looked at"] <= AT_MOST
    assert came == {"known device": True, "passkey": True}
    assert "Too many tries" in stranger[1]
    assert told(service.log) == {
        "accounts.sign_in_failed": said["looked at"],
        "accounts.sign_in_limited": said["not looked at"] + 1,
    }


def comes_by_password(browser: Browser, passkey: SoftKey) -> bool:
    return browser.by_password()[0] == 302 and browser.second_step(passkey)[0] == 302 and browser.is_in()


def comes_by_passkey(browser: Browser, passkey: SoftKey) -> bool:
    return browser.by_passkey(passkey)[0] == 302 and browser.is_in()


def told(log: Path) -> dict[str, int]:
    """What the security log counted, for itself."""
    lines = log.read_text(encoding="utf-8").splitlines()
    events = Counter(json.loads(line)["event"] for line in lines if line.startswith('{"at"'))
    return {name: count for name, count in events.items() if name.startswith("accounts.sign_in_")}
