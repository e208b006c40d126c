"""The second factor: who needs one, and that no way in goes round it."""

import json
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client, override_settings
from django.urls import get_resolver
from django.utils import timezone

from door import CONFIRM, SECOND, SECURITY, SIGN_IN, come_in, give_phone, let_in, password_step
from hamroh.accounts import actions, factors, policy, selectors
from hamroh.accounts.models import BreakGlass, LinkKind, Role, User
from hamroh.accounts.policy.verbs import one_factor_roles
from softkey import SoftKey

NEW_PASSWORD = "four birds over a cold river"


@pytest.mark.parametrize("role", list(Role))
def test_it_lets_one_factor_in_only_where_nothing_sealed_is_seen(client, cast, role) -> None:
    actions.give_role(actor=None, user=cast.rustam, organisation=cast.gender_centre, role=role)
    password_step(client, "rustam", cast.password)
    assert let_in(client) == (role in {Role.EDITOR, Role.ANALYST, Role.PROGRAMME_MANAGER, Role.DONOR})


def test_it_asks_for_the_code_after_the_password(client, cast, lawyer, phone) -> None:
    answer = password_step(client, "rustam", cast.password)
    assert answer["Location"].startswith(SECOND)
    assert not let_in(client)
    client.post(SECOND, {"code": phone.code()})
    assert let_in(client)


def test_it_goes_on_to_the_page_that_was_asked_for(client, cast, lawyer, phone) -> None:
    client.post(SIGN_IN, {"username": "rustam", "password": cast.password, "next": "/desk/?day=1"})
    assert client.post(SECOND, {"code": phone.code()})["Location"] == "/desk/?day=1"


def test_it_refuses_a_wrong_code(client, cast, lawyer, phone) -> None:
    password_step(client, "rustam", cast.password)
    answer = client.post(SECOND, {"code": phone.wrong()})
    assert "does not fit" in answer.content.decode()
    assert not let_in(client)


def test_it_takes_each_code_once(client, cast, lawyer, phone) -> None:
    code = phone.code()
    password_step(client, "rustam", cast.password)
    client.post(SECOND, {"code": code})
    other = Client()
    password_step(other, "rustam", cast.password)
    other.post(SECOND, {"code": code})
    assert not let_in(other)


def test_it_takes_each_printed_code_once(client, cast, lawyer, phone) -> None:
    code = factors.print_codes(lawyer)[3]
    for door, opens in ((client, True), (Client(), False)):
        password_step(door, "rustam", cast.password)
        door.post(SECOND, {"code": f"{code[:5]} {code[5:]}"})
        assert let_in(door) is opens


def test_it_keeps_no_seed_and_no_code_in_clear(lawyer, phone) -> None:
    codes = factors.print_codes(lawyer)
    kept = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))
    assert not [secret for secret in (phone.seed, *codes) if secret in kept]


def test_it_opens_no_seed_that_was_moved_to_another_person(cast, lawyer, phone) -> None:
    from hamroh.accounts.sealing import Unreadable

    Authenticator.objects.update(user=cast.aygun)
    with pytest.raises(Unreadable):
        factors.check_code(cast.aygun, phone.code())


# ---- every way in, with one factor only


def by_password(client, cast, user) -> None:
    password_step(client, user.username, cast.password)


def by_a_session_from_before_the_role(client, cast, user) -> None:
    client.force_login(user)


def by_a_link_for_a_new_password(client, cast, user) -> None:
    secret = actions.link_for_password(actor=cast.temur, membership=user.memberships.get())
    client.get(f"/accounts/link/{secret}/")
    client.post("/accounts/link/", {"password": NEW_PASSWORD})
    password_step(client, user.username, NEW_PASSWORD)


def by_a_printed_code_alone(client, cast, user) -> None:
    client.post(SECOND, {"code": factors.print_codes(user)[0]})


def by_a_code_alone(client, cast, user) -> None:
    client.post(SECOND, {"code": give_phone(user).code()})


def by_a_remembered_device(client, cast, user) -> None:
    phone = give_phone(user)
    come_in(client, user, cast.password, phone)
    client.post("/accounts/sign-out/")
    password_step(client, user.username, cast.password)


def by_the_screen_lock(client, cast, user) -> None:
    client.force_login(user)
    client.post("/accounts/lock/")
    client.post(CONFIRM, {"password": cast.password})


def by_the_click_of_a_demonstration(client, cast, user) -> None:
    client.post("/accounts/demo/", {"username": user.username})


def by_a_link_for_a_second_factor_alone(client, cast, user) -> None:
    secret = actions.link_from_shell(user=user, kind=LinkKind.SECOND_FACTOR)
    client.get(f"/accounts/link/{secret}/")
    client.post("/accounts/link/")
    client.get("/accounts/security/app/")


def by_an_invitation(client, cast, user) -> None:
    role = user.memberships.get().role
    _link, secret = actions.invite(actor=cast.temur, organisation=cast.centre, for_whom="G.", role=role)
    client.get(f"/accounts/link/{secret}/")
    client.post("/accounts/link/", {"display_name": "G.", "username": f"gulya-{role}", "password": NEW_PASSWORD})


def by_a_changed_password(client, cast, user) -> None:
    by_password(client, cast, user)
    client.post("/accounts/security/password/", {"password": NEW_PASSWORD})


def by_the_passkeys_door(client, cast, user) -> None:
    client.get("/accounts/sign-in/passkey/")
    client.post("/accounts/sign-in/passkey/", {"credential": json.dumps({"response": {"userHandle": str(user.pk)}})})


def by_a_passkey_without_finger_or_pin(client, cast, user) -> None:
    answer_of(client, user, verified=False)


def by_a_role_that_begins_in_an_open_session(client, cast, user) -> None:
    row = user.memberships.get()
    role, row.role = row.role, Role.EDITOR
    row.save()
    client.force_login(user)
    client.get(SECURITY)
    row.role = role
    row.save()


def answer_of(client, user, *, verified: bool):
    """The answer of a passkey of hers, on the door for passkeys alone."""
    from allauth.mfa.webauthn.internal.auth import WebAuthn

    key = SoftKey(str(user.pk), "localhost", "https://localhost")
    WebAuthn.add(user, "phone", key.registration())
    options = client.get("/accounts/sign-in/passkey/", HTTP_HOST="localhost").json()
    form = {"credential": json.dumps(key.answer(options, verified=verified))}
    return client.post("/accounts/sign-in/passkey/", form, HTTP_HOST="localhost")


WAYS = [way for name, way in sorted(globals().items()) if name.startswith("by_")]


@pytest.mark.parametrize("enrolled", [False, True])
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_it_lets_nobody_in_with_one_factor(client, cast, lawyer, way, enrolled) -> None:
    if enrolled:
        give_phone(lawyer)
        if way in (by_a_code_alone, by_a_remembered_device):
            factors.of(lawyer).delete()
    way(client, cast, lawyer)
    assert not let_in(client)


# ---- and what is sealed: every role at every door


@pytest.fixture
def matter(cast):
    """A matter of the centre; its keys are made without a drill."""
    from sealedroom.cast import make_matter

    with override_settings(IS_DEMO=True):
        return make_matter(cast)


def opens(client, matter) -> bool:
    """Does the matter open to whom the session belongs, were it opened to her in an emergency?"""
    person = client.session.get("_auth_user_id")
    if person is not None:
        with override_settings(IS_DEMO=True):
            BreakGlass.objects.create(
                organisation=matter.organisation, user_id=person, reason="danger", words="He is at the door",
                ends_at=timezone.now() + timedelta(hours=3), record_kind="sealedroom.matter", record_id=str(matter.pk),
            )  # fmt: skip
    answer = client.get(f"/desk/sealed/{matter.pk}/")
    assert (answer.status_code == 200) == (json.dumps("Гулнора")[1:-1] in answer.content.decode())
    return answer.status_code == 200


def in_role(cast, role):
    user = User.objects.create_user(f"one-{role}", cast.password, display_name="One")
    actions.give_role(actor=None, user=user, organisation=cast.centre, role=role)
    return user


@pytest.mark.urls("sealedroom.urls")
@pytest.mark.parametrize("enrolled", [False, True])
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_it_opens_nothing_sealed_to_one_factor(cast, matter, way, enrolled) -> None:
    """No role is left out: also those that need no second factor for what they see otherwise."""
    opened = []
    for role in Role.values:
        user, client = in_role(cast, role), Client()
        if enrolled and way not in (by_a_code_alone, by_a_remembered_device):
            give_phone(user)
        way(client, cast, user)
        opened += [role] if opens(client, matter) else []
    assert opened == []


@pytest.mark.urls("sealedroom.urls")
@pytest.mark.parametrize("role", list(Role))
def test_it_opens_to_two_factors(client, cast, matter, role) -> None:
    user = in_role(cast, role)
    come_in(client, user, cast.password, give_phone(user))
    assert opens(client, matter)


@pytest.mark.urls("sealedroom.urls")
def test_it_opens_to_a_passkey_that_was_opened_by_finger_or_pin(client, cast, matter) -> None:
    assert answer_of(client, in_role(cast, Role.LAWYER), verified=True).status_code == 302
    assert opens(client, matter)


@pytest.mark.urls("sealedroom.urls")
def test_it_asks_for_the_factor_while_an_emergency_outlives_the_role(client, cast, matter) -> None:
    user = in_role(cast, Role.EDITOR)
    password_step(client, user.username, cast.password)
    assert let_in(client)
    assert not opens(client, matter)
    assert not let_in(client)


def test_it_names_no_one_factor_role_in_a_verb_on_sealed_data() -> None:
    assert {name: verb for name, verb in policy.VERBS.items() if one_factor_roles(verb)} == {}


def test_it_takes_no_such_verb() -> None:
    planted = policy.Verb((policy.by(Role.LAWYER, Role.EDITOR),), reads=True, data_class="S3")
    with pytest.raises(ValueError, match="editor signs in by one factor"):
        policy.declare({"matter.proofread": planted})
    assert "matter.proofread" not in policy.VERBS


#: addresses of the door by which a session can begin or change hands; the others only read or end
BEGINS = {"sign-in", "passkey", "second-step", "confirm", "demo", "link", "arrive", "password"}
ENDS_OR_READS = {
    "lock", "here", "sign-out", "forgot", "security", "add-app", "add-passkey", "print-codes", "remove-factor",
    "end-session", "sign-out-everywhere", "address",
    "own-key", "make-key", "open-key", "shut-key", "key-passphrase", "key-passkey", "remove-lock", "lost-key",
}  # fmt: skip


def test_it_tried_every_address_of_the_door() -> None:
    """A new address is put here by who adds it, with a way above where it begins a session."""
    door = next(each for each in get_resolver().url_patterns if getattr(each, "namespace", "") == "accounts")
    assert {each.name for each in door.url_patterns} == BEGINS | ENDS_OR_READS


# ---- bringing a factor


def test_it_lets_no_stolen_password_bring_a_factor(client, cast, lawyer) -> None:
    password_step(client, "rustam", cast.password)
    assert client.get("/accounts/security/app/")["Location"] == SECURITY
    assert "a link from your administrator" in client.get(SECURITY).content.decode()


def test_it_takes_a_first_factor_from_who_came_by_a_link(client, cast, lawyer) -> None:
    secret = actions.link_from_shell(user=lawyer, kind=LinkKind.SECOND_FACTOR)
    client.get(f"/accounts/link/{secret}/")
    password_step(client, "rustam", cast.password)
    client.get(f"/accounts/link/{secret}/")
    client.post("/accounts/link/")
    answer = enrol(client)
    assert answer.content.decode().count('<code class="code">') == 10
    assert let_in(client)


def enrol(client):
    from door import Phone

    letters = client.get("/accounts/security/app/").context["letters"].replace(" ", "")
    return client.post("/accounts/security/app/", {"code": Phone(letters).code()})


def test_it_uses_a_link_for_a_factor_only_for_its_person(client, cast, lawyer) -> None:
    secret = actions.link_from_shell(user=lawyer, kind=LinkKind.SECOND_FACTOR)
    password_step(client, "temur", cast.password)
    client.get(f"/accounts/link/{secret}/")
    client.post("/accounts/link/")
    assert selectors.link_of(secret) is not None
    assert client.get("/accounts/security/app/").status_code == 302


def test_it_keeps_the_last_factor_of_who_needs_one(inside, lawyer) -> None:
    factor = factors.of(lawyer).get(type=factors.TOTP)
    assert inside.post(f"/accounts/security/remove/{factor.pk}/").status_code == 422
    assert factors.has_any(lawyer)


def test_it_removes_no_factor_of_somebody_else(inside, cast) -> None:
    give_phone(cast.aygun)
    other = factors.of(cast.aygun).get()
    assert inside.post(f"/accounts/security/remove/{other.pk}/").status_code == 404


def test_it_waives_the_factor_in_a_demonstration_only_on_its_own_machine(client, lawyer, settings) -> None:
    settings.IS_DEMO = True
    client.force_login(lawyer)
    assert let_in(client)
    for beyond in ({"REMOTE_ADDR": "203.0.113.9"}, {"HTTP_X_FORWARDED_FOR": "203.0.113.9"}):
        assert SECURITY not in str(client.get("/desk/", **beyond).content)
        assert "sign-out-everywhere" not in client.get(SECURITY, **beyond).content.decode()


def test_it_says_in_a_demonstration_that_it_is_waived(client, lawyer, settings) -> None:
    settings.IS_DEMO = True
    client.force_login(lawyer)
    assert "second factor" in client.get(SECURITY).content.decode().partition("</header>")[0]


def test_it_writes_down_how_somebody_came_in(inside, lawyer) -> None:
    from hamroh.vault import journal

    assert journal.history(lawyer).first().facts == {"with": ["password", "totp"]}


def test_it_has_no_open_sign_up() -> None:
    from allauth.account.adapter import get_adapter

    assert not get_adapter().is_open_for_signup(None)
