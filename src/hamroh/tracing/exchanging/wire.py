"""How one installation shows another who asks: every request is signed by the key that the other side has pinned.

Signed are the method, the path with what is asked, the moment, and the digest of the body. A request that is sent again changes
nothing, so that a signature needs no number of its own; after some minutes it counts no more.
"""

import hashlib
import re
import time
from dataclasses import dataclass

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

#: seconds that two clocks may differ
APART = 300
SCHEME = "Hamroh-Exchange"
_PREFIX = b"hamroh exchange over the line, 1\n"
_HEADER = re.compile(rf"{SCHEME} key=([0-9a-f]{{64}}), at=([0-9]{{1,12}}), signature=([0-9a-f]{{128}})")


@dataclass(frozen=True)
class Asked:
    """What is signed: a method, a path with its query, a body."""

    method: str
    path: str
    body: bytes = b""

    def text(self, at: int) -> bytes:
        told = f"{self.method}\n{self.path}\n{at}\n{hashlib.sha256(self.body).hexdigest()}"
        return _PREFIX + told.encode()


def signed(asked: Asked, secret: str, now: float | None = None) -> str:
    """The header that goes with a request."""
    key, at = SigningKey(bytes.fromhex(secret)), int(time.time() if now is None else now)
    signature = key.sign(asked.text(at)).signature
    return f"{SCHEME} key={key.verify_key.encode().hex()}, at={at}, signature={signature.hex()}"


def signer(header: str, asked: Asked, now: float | None = None) -> str:
    """The public key that signed a request; empty where nobody did, or long ago."""
    found = _HEADER.fullmatch(header)
    if not found:
        return ""
    key, at, signature = found.groups()
    if abs((time.time() if now is None else now) - int(at)) > APART:
        return ""
    try:
        VerifyKey(bytes.fromhex(key)).verify(asked.text(int(at)), bytes.fromhex(signature))
    except (BadSignatureError, ValueError):
        return ""
    return key
