"""A passkey made of software that also derives secrets (WebAuthn PRF), and what our script makes of them."""

import hashlib
import hmac
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from softkey import SoftKey

#: passkeys are bound to a name; this machine's own needs no TLS
HOST = "localhost"


class DerivingKey(SoftKey):
    """``derives`` says whether it knows the extension."""

    def __init__(self, *, derives: bool = True) -> None:
        super().__init__("", HOST, f"http://{HOST}")
        self.random, self.derives = secrets.token_bytes(32), derives

    def made(self, options: dict[str, Any]) -> str:
        """What the browser sends when the passkey is made."""
        answer = self.registration(options["publicKey"]["challenge"])
        answer["clientExtensionResults"]["prf"] = {"enabled": self.derives}
        return json.dumps(answer)

    def shown(self, options: dict[str, Any], which: str = "own_key") -> dict[str, str]:
        """What the browser sends where it is asked for a secret: the answer, and what our script made of the secret."""
        asked = options["publicKey"]["extensions"]["prf"]["evalByCredential"]
        answer = {f"{which}_credential": json.dumps(self.answer(options))}
        salt = asked.get(_text(self.id), {}).get("first")
        return answer | ({f"{which}_derived": _text(self.derived(_raw(salt)))} if salt and self.derives else {})

    def prf(self, salt: bytes) -> bytes:
        """What the authenticator derives; it never may leave the browser."""
        return hmac.digest(self.random, hashlib.sha256(b"WebAuthn PRF\0" + salt).digest(), "sha256")

    def derived(self, salt: bytes) -> bytes:
        hkdf = HKDF(algorithm=hashes.SHA256(), length=32, salt=bytes(32), info=b"hamroh/own-key/v1")
        return hkdf.derive(self.prf(salt))


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def _raw(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
