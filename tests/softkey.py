"""A passkey made of software: registers and answers like a phone that was opened by a finger."""

import hashlib
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor
from fido2.cose import ES256

_THERE, _SHE, _MADE = 0x01, 0x04, 0x40


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def _raw(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


class SoftKey:
    """One passkey of one person for one site; ``host`` without its port, ``origin`` with it."""

    def __init__(self, user: str, host: str, origin: str) -> None:
        self.user, self.host, self.origin = user, host, origin
        self.id, self.private = secrets.token_bytes(16), ec.generate_private_key(ec.SECP256R1())

    def registration(self, challenge: str = "") -> dict[str, Any]:
        """What the browser hands over when the passkey is made."""
        public = cbor.encode(dict(ES256.from_cryptography_key(self.private.public_key())))
        made = bytes(16) + len(self.id).to_bytes(2) + self.id + public
        told = {"fmt": "none", "attStmt": {}, "authData": self._data(_THERE | _SHE | _MADE) + made}
        return self._said(
            {"clientDataJSON": self._client("create", challenge), "attestationObject": _text(cbor.encode(told))}
        )

    def answer(self, options: dict[str, Any], *, verified: bool = True) -> dict[str, Any]:
        """What the browser answers to the site's question."""
        client = self._client("get", options["publicKey"]["challenge"])
        data = self._data(_THERE | (_SHE if verified else 0))
        signed = self.private.sign(data + hashlib.sha256(_raw(client)).digest(), ec.ECDSA(SHA256()))
        return self._said(
            {
                "clientDataJSON": client, "authenticatorData": _text(data), "signature": _text(signed),
                "userHandle": _text(self.user.encode()),
            }
        )  # fmt: skip

    def _data(self, flags: int) -> bytes:
        return hashlib.sha256(self.host.encode()).digest() + bytes([flags]) + bytes(4)

    def _client(self, what: str, challenge: str) -> str:
        told = {"type": f"webauthn.{what}", "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return _text(json.dumps(told).encode())

    def _said(self, response: dict[str, Any]) -> dict[str, Any]:
        return {
            "id": _text(self.id), "rawId": _text(self.id), "type": "public-key", "response": response,
            "clientExtensionResults": {"credProps": {"rk": True}},
        }  # fmt: skip
