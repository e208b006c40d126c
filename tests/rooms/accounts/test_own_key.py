"""One's own key: made, opened, shut; by a passphrase and by a passkey; and who cannot."""

import json
import time
from base64 import b64encode
from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from derivingkey import HOST, DerivingKey
from door import CONFIRM, come_in, give_phone
from hamroh.accounts import actions, factors, limits, ownkey
from hamroh.accounts.models import Notice, Session
from hamroh.vault import journal, members
from hamroh.vault.errors import MemberLocked
from hamroh.vault.models import MemberLock

WORDS = "seven quiet rivers below the pass"
KEY, OPEN, MAKE = "/accounts/security/key/", "/accounts/security/key/open/", "/accounts/security/key/make/"
PASSPHRASE, REMOVE = "/accounts/security/key/passphrase/", "/accounts/security/key/remove/"
URL_SAFE = bytes.maketrans(b"+/", b"-_")


@pytest.fixture(autouse=True)
def quick_stretching(monkeypatch) -> None:
    monkeypatch.setattr("hamroh.vault.providers.COST", {"memory_cost": 64, "time_cost": 1, "parallelism": 1})


@pytest.fixture
def client() -> Client:
    client = Client(SERVER_NAME=HOST)
    client.cookies["lang"] = "en"
    return client


@pytest.fixture
def keyed(inside, lawyer) -> Client:
    """She has a key under a passphrase, and has just made it."""
    answer = inside.post(MAKE, {"passphrase": WORDS, "again": WORDS})
    assert answer["Location"] == KEY
    return inside


@pytest.fixture
def shut(keyed) -> Client:
    keyed.post("/accounts/security/key/shut/")
    return keyed


def is_open(client: Client) -> bool:
    return "It lies open here" in client.get(KEY).content.decode()


def told(user) -> list[tuple[str, dict]]:
    lines = journal.history(user).filter(verb__contains="key") | journal.history(user).filter(verb__contains="lock")
    lines |= journal.history(user).filter(verb__contains="passphrase")
    return [(line.verb, line.facts) for line in reversed(lines)]


# ---- making it


def test_it_makes_a_key_that_lies_open(keyed, lawyer) -> None:
    assert is_open(keyed)
    assert members.unlock(lawyer.pk, WORDS)
    assert told(lawyer) == [("accounts.make_key", {"lock": "passphrase", "again": False})]
    assert Notice.objects.get(user=lawyer).about == "key"


@pytest.mark.parametrize(
    ("passphrase", "again", "why"),
    [
        ("short words", "short words", "at least 15 characters"),
        ("aaaaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaaaaa", "too easy"),
        ("a long walk to the river", "a long walk to the river", "This is your password"),
        (WORDS, WORDS + "!", "not alike"),
    ],
)
def test_it_takes_no_weak_passphrase(inside, lawyer, passphrase, again, why) -> None:
    answer = inside.post(MAKE, {"passphrase": passphrase, "again": again})
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert passphrase not in answer.content.decode()
    assert not members.has_key(lawyer.pk)


def test_it_makes_none_before_she_shows_who_she_is(inside, lawyer) -> None:
    with time_machine.travel(time.time() + 360):
        assert inside.post(MAKE, {"passphrase": WORDS, "again": WORDS})["Location"].startswith(CONFIRM)
    assert not members.has_key(lawyer.pk)


def test_it_makes_none_while_a_second_factor_is_missing(client, cast, lawyer) -> None:
    client.force_login(lawyer)
    for address in (KEY, MAKE, OPEN):
        assert client.get(address)["Location"].startswith("/accounts/security/")
    assert not members.has_key(lawyer.pk)


def test_it_makes_a_new_one_only_for_who_knows_what_it_means(shut, lawyer) -> None:
    before = members.fingerprint(lawyer.pk)
    assert shut.post(MAKE, {"passphrase": WORDS, "again": WORDS}).status_code == 422
    assert members.fingerprint(lawyer.pk) == before
    shut.post(MAKE, {"passphrase": WORDS, "again": WORDS, "sure": "on"})
    assert members.fingerprint(lawyer.pk) != before
    assert told(lawyer)[-1] == ("accounts.make_key", {"lock": "passphrase", "again": True})


# ---- opening it, and how it shuts


def test_it_opens_by_the_passphrase_and_goes_on(shut, lawyer) -> None:
    assert not is_open(shut)
    answer = shut.post(OPEN, {"own_key_passphrase": WORDS, "next": "/desk/?day=1"})
    assert answer["Location"] == "/desk/?day=1"
    assert is_open(shut)
    assert told(lawyer)[-1] == ("accounts.open_key", {"lock": "passphrase"})


def test_it_opens_for_nobody_who_took_the_cookie_before(shut) -> None:
    thief = Client(SERVER_NAME=HOST)
    thief.cookies[settings.SESSION_COOKIE_NAME] = shut.cookies[settings.SESSION_COOKIE_NAME].value
    assert thief.get(KEY).status_code == 200
    shut.post(OPEN, {"own_key_passphrase": WORDS})
    assert is_open(shut)
    assert thief.get(KEY).status_code == 302


def test_it_goes_on_to_no_other_site(shut) -> None:
    answer = shut.post(OPEN, {"own_key_passphrase": WORDS, "next": "https://elsewhere.example/"})
    assert answer["Location"] == KEY


def test_it_says_what_was_wrong_and_writes_it_down(shut, lawyer) -> None:
    answer = shut.post(OPEN, {"own_key_passphrase": "words of somebody else"})
    assert answer.status_code == 422
    assert "not the passphrase" in answer.content.decode()
    assert "words of somebody else" not in answer.content.decode()
    assert not is_open(shut)
    assert told(lawyer)[-1] == ("accounts.open_key_failed", {"lock": "passphrase"})


def test_it_shuts_by_hand(shut) -> None:
    assert not is_open(shut)


def by_the_lock(client) -> None:
    client.post("/accounts/lock/")


def by_the_lock_and_her_password(client) -> None:
    client.post("/accounts/lock/")
    client.post(CONFIRM, {"password": "a long walk to the river"})


def by_signing_out(client) -> None:
    client.post("/accounts/sign-out/")


def by_leaving(client) -> None:
    client.post("/exit")


def by_a_new_password(client) -> None:
    client.post("/accounts/security/password/", {"password": "four birds over a cold river"})


ENDS = [by_the_lock, by_the_lock_and_her_password, by_signing_out, by_leaving, by_a_new_password]


@pytest.mark.parametrize("way", ENDS, ids=lambda way: way.__name__)
def test_it_shuts_with_the_screen_and_the_session(keyed, way) -> None:
    assert is_open(keyed)
    way(keyed)
    assert not is_open(keyed)


def test_it_stays_open_under_the_new_id_when_she_shows_who_she_is(keyed) -> None:
    before = keyed.cookies[settings.SESSION_COOKIE_NAME].value
    keyed.post(CONFIRM, {"password": "a long walk to the river"})
    assert is_open(keyed)
    assert keyed.cookies[settings.SESSION_COOKIE_NAME].value != before
    old = Client(SERVER_NAME=HOST)
    old.cookies[settings.SESSION_COOKIE_NAME] = before
    assert old.get(KEY).status_code == 302


def test_it_shuts_after_a_while_without_use(keyed) -> None:
    for minute in (4, 8, 11):
        with time_machine.travel(time.time() + 60 * minute):
            keyed.post("/accounts/here/")
            assert is_open(keyed) == (minute < 10)


def test_it_stays_shut_when_the_screen_that_locked_itself_is_opened(keyed) -> None:
    """Signs of life are noted by the minute, so a screen can lock itself a little before the key's own time is over."""
    Session.objects.update(seen_at=timezone.now() - timedelta(minutes=10, seconds=1))
    keyed.post(CONFIRM, {"password": "a long walk to the river"})
    assert not is_open(keyed)


def test_it_shuts_a_key_that_a_slower_request_put_back(keyed) -> None:
    """Two requests at once: the slower one writes the session as it was before the lock."""
    before = bytes(Session.objects.get().payload)
    keyed.post("/accounts/lock/")
    Session.objects.update(payload=before)
    keyed.post(CONFIRM, {"password": "a long walk to the river"})
    assert not is_open(keyed)


def test_it_lies_open_in_one_session_only(keyed, cast, lawyer, phone) -> None:
    other = Client(SERVER_NAME=HOST)
    other.cookies["lang"] = "en"
    with time_machine.travel(time.time() + 60):
        come_in(other, lawyer, cast.password, phone)
        assert not is_open(other)
        assert is_open(keyed)


def test_it_is_no_more_open_once_it_was_made_anew(keyed, lawyer) -> None:
    members.create(lawyer.pk, WORDS)
    request = SimpleNamespace(session=keyed.session, user=lawyer)
    with pytest.raises(MemberLocked):
        ownkey.private_key(request)


# ---- guesses


def test_it_looks_at_few_of_many_guesses_and_lets_her_in_again(shut, lawyer, caplog) -> None:
    caplog.set_level("INFO", logger="hamroh.security")
    answers = [shut.post(OPEN, {"own_key_passphrase": f"a wrong guess no {n}"}) for n in range(12)]
    looked = sum("not the passphrase" in answer.content.decode() for answer in answers)
    assert looked == limits.PASSPHRASE.at_once
    assert len([line for line in told(lawyer) if line[0] == "accounts.open_key_failed"]) == looked
    assert "accounts.open_key_limited" in caplog.text
    shut.post(OPEN, {"own_key_passphrase": WORDS})
    assert not is_open(shut)
    with time_machine.travel(time.time() + limits.PASSPHRASE.every + 1):
        shut.post(OPEN, {"own_key_passphrase": WORDS})
        assert is_open(shut)


def test_it_looks_at_few_guesses_from_many_sessions(lawyer) -> None:
    assert sum(limits.may_try_passphrase(f"session-{n}", lawyer) for n in range(60)) == limits.PASSPHRASES.at_once


# ---- other ways to open it


def give_passkey(client: Client, key: DerivingKey, name: str = "blue key") -> Authenticator:
    options = client.get("/accounts/security/passkey/").context["passkey"]
    assert options["publicKey"]["extensions"]["prf"] == {}
    client.post("/accounts/security/passkey/", {"name": name, "credential": key.made(options)})
    return Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN).latest("pk")


def add(client: Client, key: DerivingKey, factor: Authenticator):
    page = client.get(f"{KEY}passkey/{factor.pk}/")
    return client.post(f"{KEY}passkey/{factor.pk}/", key.shown(page.context["passkey"], "new_lock"))


def open_by(client: Client, key: DerivingKey):
    return client.post(OPEN, key.shown(client.get(OPEN).context["passkey"]))


@pytest.fixture
def blue(keyed) -> DerivingKey:
    """A passkey that opens her key, beside the passphrase."""
    key = DerivingKey()
    factor = give_passkey(keyed, key)
    assert add(keyed, key, factor)["Location"] == KEY
    keyed.post("/accounts/security/key/shut/")
    return key


def test_it_opens_by_a_passkey(keyed, blue, lawyer) -> None:
    assert not is_open(keyed)
    open_by(keyed, blue)
    assert is_open(keyed)
    lock = next(name for name in members.locks_of(lawyer.pk) if name != "passphrase")
    assert told(lawyer)[-1] == ("accounts.open_key", {"lock": lock})
    assert set(Notice.objects.filter(user=lawyer).values_list("about", flat=True)) == {"key", "lock"}


def test_it_makes_a_key_by_a_passkey_alone(inside, lawyer) -> None:
    key = DerivingKey()
    factor = give_passkey(inside, key)
    add(inside, key, factor)
    assert is_open(inside)
    assert list(members.locks_of(lawyer.pk)) == [f"passkey-{factor.pk}"]
    page = inside.get(KEY).content.decode()
    assert "Only one way is left" in page


def test_it_takes_each_answer_once(keyed, blue) -> None:
    answer = blue.shown(keyed.get(OPEN).context["passkey"])
    keyed.post(OPEN, answer)
    keyed.post("/accounts/security/key/shut/")
    assert keyed.post(OPEN, answer).status_code == 422
    assert not is_open(keyed)


def test_it_opens_by_no_passkey_that_only_signs_in(keyed, blue, lawyer) -> None:
    other = DerivingKey()
    give_passkey(keyed, other, "red key")
    options = keyed.get(OPEN).context["passkey"]
    assert len(options["publicKey"]["allowCredentials"]) == 1
    sent = other.shown(options)
    sent = sent | {"own_key_derived": "A" * 43}
    assert keyed.post(OPEN, sent).status_code == 422
    assert not is_open(keyed)


def test_it_opens_by_no_secret_without_its_passkey(keyed, blue, lawyer) -> None:
    """Who stole only what the browser sent once has no passkey to answer the next question."""
    options = keyed.get(OPEN).context["passkey"]
    stolen, thief = blue.shown(options)["own_key_derived"], DerivingKey()
    thief.id = blue.id
    sent = thief.shown(options) | {"own_key_derived": stolen}
    assert keyed.post(OPEN, sent).status_code == 422
    assert not is_open(keyed)


def test_it_says_which_passkey_cannot(keyed, lawyer) -> None:
    give_passkey(keyed, DerivingKey(derives=False), "old key")
    page = keyed.get(KEY).content.decode()
    assert "old key cannot open a key" in page
    assert "Let it open by: old key" not in page


def test_it_adds_a_way_only_for_who_has_just_opened_it(shut, lawyer) -> None:
    factor = give_passkey(shut, DerivingKey())
    assert shut.get(f"{KEY}passkey/{factor.pk}/")["Location"].startswith(OPEN)
    shut.post(OPEN, {"own_key_passphrase": WORDS})
    assert shut.get(f"{KEY}passkey/{factor.pk}/").status_code == 200
    with time_machine.travel(time.time() + 301):
        assert shut.get(f"{KEY}passkey/{factor.pk}/")["Location"].startswith(OPEN)


def test_it_adds_no_passkey_of_somebody_else(keyed, cast) -> None:
    theirs = Authenticator.objects.create(user=cast.aygun, type=Authenticator.Type.WEBAUTHN, data={"name": "x"})
    assert keyed.get(f"{KEY}passkey/{theirs.pk}/").status_code == 404


def test_it_keeps_the_salt_fresh_for_each_lock(keyed, blue, lawyer) -> None:
    (name,) = [name for name in members.locks_of(lawyer.pk) if name != "passphrase"]
    before = members.locks_of(lawyer.pk)[name]
    open_by(keyed, blue)
    keyed.post(REMOVE, {"lock": name})
    add(keyed, blue, Authenticator.objects.get(type=Authenticator.Type.WEBAUTHN))
    assert members.locks_of(lawyer.pk)[name] != before


# ---- changing and removing


def test_it_changes_the_passphrase(shut, lawyer) -> None:
    new = "nine loud kettles above the town"
    sent = {"old": WORDS, "passphrase": new, "again": new}
    assert shut.post(PASSPHRASE, sent)["Location"] == KEY
    assert members.unlock(lawyer.pk, new)
    assert told(lawyer)[-1] == ("accounts.change_passphrase", {"lock": "passphrase"})


def test_it_changes_no_passphrase_without_the_old_one(keyed, lawyer) -> None:
    new = "nine loud kettles above the town"
    answer = keyed.post(PASSPHRASE, {"old": "something else that is long", "passphrase": new, "again": new})
    assert answer.status_code == 422
    assert members.unlock(lawyer.pk, WORDS)
    assert told(lawyer)[-1][0] == "accounts.open_key_failed"


def test_it_ends_sessions_where_the_key_may_have_lain_open(keyed, cast, lawyer, phone) -> None:
    other = Client(SERVER_NAME=HOST)
    with time_machine.travel(time.time() + 60):
        come_in(other, lawyer, cast.password, phone)
        new = "nine loud kettles above the town"
        keyed.post(PASSPHRASE, {"old": WORDS, "passphrase": new, "again": new})
        assert other.get(KEY).status_code == 302
        assert is_open(keyed)


def test_it_removes_the_last_way_only_for_who_is_sure(keyed, lawyer) -> None:
    assert keyed.post(REMOVE, {"lock": "passphrase"}).status_code == 422
    assert members.locks_of(lawyer.pk)
    keyed.post(REMOVE, {"lock": "passphrase", "sure": "1"})
    assert members.locks_of(lawyer.pk) == {}
    assert "all ways to it were taken away" in keyed.get(OPEN).content.decode()


def test_it_removes_nothing_while_the_key_is_shut(shut, lawyer) -> None:
    assert shut.post(REMOVE, {"lock": "passphrase", "sure": "1"})["Location"].startswith(OPEN)
    assert members.locks_of(lawyer.pk)


def test_it_keeps_a_passkey_that_alone_opens_the_key(inside, lawyer) -> None:
    key = DerivingKey()
    factor = give_passkey(inside, key)
    add(inside, key, factor)
    answer = inside.post(f"/accounts/security/remove/{factor.pk}/")
    assert answer.status_code == 422
    assert "last way to your key" in answer.content.decode()


def test_it_takes_the_lock_of_a_passkey_that_is_removed(keyed, blue, lawyer) -> None:
    factor = factors.of(lawyer).get(type=factors.PASSKEY)
    keyed.post(f"/accounts/security/remove/{factor.pk}/")
    assert list(members.locks_of(lawyer.pk)) == ["passphrase"]


def test_it_takes_the_locks_of_passkeys_when_two_people_reset_the_second_factor(keyed, blue, lawyer) -> None:
    from hamroh.accounts.models import LinkKind

    actions.link_from_shell(user=lawyer, kind=LinkKind.SECOND_FACTOR)
    assert list(members.locks_of(lawyer.pk)) == ["passphrase"]


def test_it_stays_shut_after_a_new_password(shut, cast, lawyer) -> None:
    """Nothing of the door opens it: neither a new password nor a link for one."""
    membership = lawyer.memberships.get()
    secret = actions.link_for_password(actor=cast.temur, membership=membership)
    shut.get(f"/accounts/link/{secret}/")
    shut.post("/accounts/link/", {"password": "four birds over a cold river"})
    with pytest.raises(members.WrongSecret):
        members.unlock(lawyer.pk, "four birds over a cold river")


def test_it_says_what_happens_when_nothing_opens_it(keyed, lawyer) -> None:
    page = keyed.get(f"{KEY}lost/").content.decode()
    assert "hamroh recovery readmit centre rustam" in page
    assert members.fingerprint(lawyer.pk) in page


# ---- what a thief finds


def everything() -> bytes:
    """All rows of all tables, as bytes."""
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.django_table_names(only_existing=True):
            cursor.execute(f'SELECT * FROM "{table}"')
            found += [value for row in cursor.fetchall() for value in row]
    plain = (bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode() for value in found)
    return b"\0".join(plain)


def shapes_of(secret: bytes) -> set[bytes]:
    """A secret as it is, in hex, and in the base64 of wherever it may begin."""
    inner = {b64encode(bytes(shift) + secret)[4:-4] for shift in range(3)}
    return {secret, secret.hex().encode(), *inner, *(each.translate(URL_SAFE) for each in inner)}


def test_it_keeps_nothing_that_opens_the_key(keyed, blue, lawyer) -> None:
    open_by(keyed, blue)
    private = members.unlock(lawyer.pk, WORDS)
    salt = next(salt for name, salt in members.locks_of(lawyer.pk).items() if name != "passphrase")
    loot = everything()
    for secret in (bytes(private), blue.prf(salt), blue.derived(salt), WORDS.encode()):
        assert [shape for shape in shapes_of(secret) if shape in loot] == []
    assert MemberLock.objects.count() == 2


def test_it_keeps_no_derived_secret_that_a_browser_sends_unasked(inside) -> None:
    key = DerivingKey()
    options = inside.get("/accounts/security/passkey/").context["passkey"]
    answer = json.loads(key.made(options))
    answer["clientExtensionResults"]["prf"] = {"enabled": True, "results": {"first": "Y2FuYXJ5LWluLXRoZS1wcmY"}}
    inside.post("/accounts/security/passkey/", {"name": "x", "credential": json.dumps(answer)})
    kept = Authenticator.objects.get(type=Authenticator.Type.WEBAUTHN).data["credential"]
    assert kept["clientExtensionResults"]["prf"] == {"enabled": True}


def test_it_opens_no_session_that_was_copied_to_another_person(keyed, cast, lawyer) -> None:
    """Whoever writes to the tables gives his session her content: it does not open, and he is signed out."""
    thief = Client(SERVER_NAME=HOST)
    thief.cookies["lang"] = "en"
    phone = give_phone(cast.temur)
    with time_machine.travel(time.time() + 60):
        come_in(thief, cast.temur, cast.password, phone)
    hers = Session.objects.get(user=lawyer)
    Session.objects.filter(user=cast.temur).update(payload=hers.payload, user=lawyer)
    assert thief.get(KEY).status_code == 302
