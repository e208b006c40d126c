"""Small secrets of the door, sealed: AES-256-GCM under keys that come from the home's ``accounts`` key."""

import base64
import hashlib
import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

NONCE = 12


class Unreadable(ValueError):
    """What was sealed was changed, moved, or belongs to another home."""


def derived(purpose: str, material: bytes = b"") -> bytes:
    """A key of 32 bytes for one purpose; with ``material``, one that the home's key alone does not give."""
    home: bytes = settings.HOME.key("accounts")
    hkdf = HKDF(algorithm=hashes.SHA256(), length=32, salt=home, info=b"hamroh/accounts/v1|" + purpose.encode())
    return hkdf.derive(material or home)


def seal(key: bytes, content: bytes, bound_to: bytes) -> bytes:
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, content, bound_to)


def unseal(key: bytes, sealed: bytes, bound_to: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(bytes(sealed[:NONCE]), bytes(sealed[NONCE:]), bound_to)
    except (InvalidTag, ValueError) as error:
        raise Unreadable("sealed content does not open here") from error


def seal_text(text: str, *, purpose: str, owner: str) -> str:
    """A short text, bound to its owner and its purpose: moved to another row it does not open."""
    sealed = seal(derived(purpose), text.encode(), f"{owner}|{purpose}".encode())
    return base64.b64encode(sealed).decode()


def unseal_text(sealed: str, *, purpose: str, owner: str) -> str:
    raw = base64.b64decode(sealed)
    return unseal(derived(purpose), raw, f"{owner}|{purpose}".encode()).decode()


def fingerprint(purpose: str, *parts: str) -> str:
    """A keyed hash, for what must be recognised and never read: a name that was tried, an address."""
    return hmac.new(derived(purpose), "\0".join(parts).encode(), hashlib.sha256).hexdigest()


def digest(secret: str) -> str:
    """The hash at rest of a long random secret."""
    return hashlib.sha256(secret.encode()).hexdigest()
