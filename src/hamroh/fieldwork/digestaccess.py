"""Digest access as RFC 2617 and RFC 7616 say it, with MD5 and SHA-256, and nonces that need no table.

A nonce says when it was made and proves that we made it. That the same count is not used twice is watched within a process: what is
sent twice is known by its name anyway, and changes nothing.
"""

import base64
import hashlib
import hmac
import re
import secrets
import time
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Any

from django.utils.crypto import salted_hmac

REALM = "Hamroh"
#: seconds for which a nonce is good; how many are watched
LASTS, WATCHED = 600, 4096
#: by the name that a challenge gives them; what a telephone's app surely knows comes first
ALGORITHMS: dict[str, Any] = {"MD5": hashlib.md5, "SHA-256": hashlib.sha256}
_PART = re.compile(r'(\w+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))')
_counts: "OrderedDict[str, set[int]]" = OrderedDict()
_lock = Lock()


@dataclass(frozen=True)
class Credentials:
    """What a request says of itself."""

    username: str
    nonce: str
    uri: str
    response: str
    algorithm: str = "MD5"
    qop: str = ""
    nc: str = ""
    cnonce: str = ""


def parsed(header: str) -> Credentials | None:
    """The credentials of an ``Authorization`` header; None where it holds none that are understood."""
    kind, _blank, rest = header.partition(" ")
    if kind.lower() != "digest" or len(rest) > 4000:
        return None
    told = {name.lower(): quoted.replace('\\"', '"') or plain for name, quoted, plain in _PART.findall(rest)}
    algorithm = told.get("algorithm", "MD5").upper()
    if algorithm not in ALGORITHMS or told.get("realm") != REALM or told.get("qop", "auth") != "auth":
        return None
    if not all(told.get(name) for name in ("username", "nonce", "uri", "response")):
        return None
    return Credentials(
        told["username"], told["nonce"], told["uri"], told["response"].lower(), algorithm, told.get("qop", ""), told.get("nc", ""),
        told.get("cnonce", ""),
    )  # fmt: skip


def secret_of(username: str, password: str) -> str:
    """What is kept of a password: the hash of name, realm and password, once for each algorithm."""
    said = f"{username}:{REALM}:{password}".encode()
    return " ".join(ALGORITHMS[name](said).hexdigest() for name in ALGORITHMS)


def fits(told: Credentials, secret: str, method: str) -> bool:
    """Whether who sent it knows the password."""
    hashed = ALGORITHMS[told.algorithm]
    ours = secret.split()[list(ALGORITHMS).index(told.algorithm)]
    asked = hashed(f"{method}:{told.uri}".encode()).hexdigest()
    middle = f"{told.nonce}:{told.nc}:{told.cnonce}:{told.qop}" if told.qop else told.nonce
    wanted = hashed(f"{ours}:{middle}:{asked}".encode()).hexdigest()
    return hmac.compare_digest(wanted.encode(), told.response.encode())


def new_nonce() -> str:
    """A nonce that says when it was made, and that we made it."""
    said = f"{int(time.time()):x}.{secrets.token_hex(8)}"
    return base64.urlsafe_b64encode(f"{said}.{_proof(said)}".encode()).decode()


def is_ours(nonce: str) -> bool:
    """Whether we made it, however long ago."""
    said, _dot, proof = _said(nonce).rpartition(".")
    return bool(said) and hmac.compare_digest(_proof(said), proof)


def is_fresh(nonce: str) -> bool:
    """Whether a nonce of ours is still good."""
    made = _said(nonce).partition(".")[0]
    return 0 <= time.time() - int(made, 16) + 5 <= LASTS


def is_first(told: Credentials) -> bool:
    """Whether this count of a nonce was not seen before in this process; without ``qop`` there is none to watch."""
    if not told.qop:
        return True
    try:
        count = int(told.nc, 16)
    except ValueError:
        return False
    with _lock:
        seen = _counts.setdefault(told.nonce, set())
        _counts.move_to_end(told.nonce)
        if count in seen:
            return False
        seen.add(count)
        while len(_counts) > WATCHED:
            _counts.popitem(last=False)
    return True


def challenges(*, is_stale: bool = False) -> str:
    """The value of ``WWW-Authenticate``: one challenge for each algorithm, with one nonce."""
    nonce, stale = new_nonce(), ", stale=true" if is_stale else ""
    return ", ".join(
        f'Digest realm="{REALM}", qop="auth", algorithm={name}, nonce="{nonce}"{stale}' for name in ALGORITHMS
    )


def _said(nonce: str) -> str:
    try:
        return base64.urlsafe_b64decode(nonce.encode()).decode("ascii")
    except ValueError:
        return ""


def _proof(said: str) -> str:
    return salted_hmac("hamroh.fieldwork.nonce", said, algorithm="sha256").hexdigest()[:32]
