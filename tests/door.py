"""Ways through the login door, for tests: an authenticator app, the steps, and who is let in."""

import time
from dataclasses import dataclass
from typing import Any

import time_machine
from django.test import Client

SIGN_IN, SECOND, CONFIRM = "/accounts/sign-in/", "/accounts/second-step/", "/accounts/confirm/"
SECURITY, DESK = "/accounts/security/", "/desk/"


@dataclass
class Phone:
    """An authenticator app: what it shows now, and a code that does not fit."""

    seed: str

    def code(self) -> str:
        from allauth.mfa.totp.internal import auth

        counter = list(auth.yield_hotp_counters_from_time())[1]
        return str(auth.format_hotp_value(auth.hotp_value(self.seed, counter)))

    def wrong(self) -> str:
        return str((int(self.code()) + 1) % 1_000_000).zfill(6)


def give_phone(user: Any) -> Phone:
    """Set up an app for this person, as if two minutes ago, so that the code of now is still good."""
    from allauth.mfa.totp.internal import auth

    from hamroh.accounts import factors

    phone = Phone(auth.generate_totp_secret())
    with time_machine.travel(time.time() - 120, tick=False):
        factors.enrol_app(user, phone.seed, phone.code())
    return phone


def password_step(client: Client, username: str, password: str, **more: Any) -> Any:
    return client.post(SIGN_IN, {"username": username, "password": password}, **more)


def come_in(client: Client, user: Any, password: str, phone: Phone) -> None:
    """Through both steps."""
    password_step(client, user.username, password)
    client.post(SECOND, {"code": phone.code()})


def let_in(client: Client) -> bool:
    """Does a page of one's own account open, with everything on it?"""
    answer = client.get(SECURITY)
    return answer.status_code == 200 and "security/sign-out-everywhere/" in answer.content.decode()
