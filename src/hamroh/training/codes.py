"""Codes of certificates: random, typed by hand, looked up by their digest."""

import hashlib
import secrets

from hamroh.web.codes import LETTERS

#: 21 letters of 31 are 104 bits
LENGTH, GROUP = 21, 7


def new_certificate_code() -> str:
    """Three groups of letters and digits that are not mistaken for each other."""
    plain = "".join(secrets.choice(LETTERS) for _each in range(LENGTH))
    return "-".join(plain[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def digest_of(code: str) -> str:
    """What is kept of a code for looking it up: however it is typed, with spaces, lines or capitals."""
    plain = "".join(sign for sign in code.casefold() if sign.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()


def initials_of(name: str) -> str:
    """The first letters of a name's words: Г. Р."""
    return " ".join(f"{word[0].upper()}." for word in name.split()[:3])


def secret_digest(secret: str) -> str:
    """What is kept of a secret of 256 random bits."""
    return hashlib.sha256(secret.encode()).hexdigest()
