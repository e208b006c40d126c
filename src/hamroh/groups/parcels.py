"""What a telephone recorded of a meeting, sealed there to a key that only the server opens; and what it may say. Plain Python, no Django.

A fresh AES key for each parcel under the RSA key of the telephone's permit; bound to both, so that a parcel of another telephone
does not open. Once it is sealed, nobody opens it on the telephone again.
"""

import base64
import binascii
import datetime as dt
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from hamroh.kernel.savings import Kind, Line

KIND, BITS, NONCE = "hamroh-meeting-1", 2048, 12
#: bytes of one parcel as it arrives, lines and decisions in it, signs of one text
LARGEST, MOST_LINES, MOST_TEXTS, LONGEST = 2**20, 2000, 60, 600
HOW = frozenset({"present", "late", "excused", "absent"})
_CODE = re.compile(r"[a-z0-9]{4,12}")
#: what a telephone records; corrections and openings are written at the desk
RECORDED = frozenset(Kind) - {Kind.CORRECTION, Kind.OPENING}


class WillNotOpen(ValueError):
    """It is no parcel, was changed on its way, or was sealed to another key; ``code`` is for programs."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Told:
    """What a telephone says of a meeting."""

    number: int
    held: dt.date
    closed: bool
    attendance: dict[int, str]
    lines: tuple[Line, ...]
    agenda: tuple[str, ...] = ()
    decisions: tuple[dict[str, Any], ...] = ()
    cash: dict[str, Any] = field(default_factory=dict)


def new_pair() -> tuple[str, bytes]:
    """A public key as the telephone takes it (DER in base64), and its private key as DER."""
    private = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
    public = private.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    kept = private.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return base64.b64encode(public).decode(), kept


def bound(code: str, key: UUID) -> bytes:
    return f"{KIND}\n{code}\n{key}".encode()


def _oaep(label: bytes) -> OAEP:
    return OAEP(mgf=MGF1(hashes.SHA256()), algorithm=hashes.SHA256(), label=label)


def head_of(body: bytes) -> tuple[dict[str, Any], UUID]:
    """What stands on a parcel and its key; raises WillNotOpen."""
    if len(body) > LARGEST:
        raise WillNotOpen("too_large")
    try:
        told: Any = json.loads(body)
        key = UUID(told["key"])
        parts = {name: base64.b64decode(told[name], validate=True) for name in ("wrapped", "iv", "data")}
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError, binascii.Error):
        raise WillNotOpen("bad_parcel") from None
    if told.get("kind") != KIND or str(key) != told["key"] or not _CODE.fullmatch(str(told.get("code"))):
        raise WillNotOpen("bad_parcel")
    return {"code": told["code"], **parts}, key


def opened(head: Mapping[str, Any], key: UUID, private: bytes) -> bytes:
    """What lies in a parcel; raises WillNotOpen."""
    held = serialization.load_der_private_key(private, None)
    assert isinstance(held, rsa.RSAPrivateKey)
    label = bound(head["code"], key)
    try:
        cipher = AESGCM(held.decrypt(head["wrapped"], _oaep(label)))
        return cipher.decrypt(head["iv"], head["data"], label)
    except (InvalidTag, ValueError):
        raise WillNotOpen("will_not_open") from None


def sealed(code: str, key: UUID, content: bytes, public: str) -> bytes:
    """A parcel as a telephone makes it."""
    import secrets

    to = serialization.load_der_public_key(base64.b64decode(public))
    assert isinstance(to, rsa.RSAPublicKey)
    label, fresh, iv = bound(code, key), AESGCM.generate_key(256), secrets.token_bytes(NONCE)
    parts = {"wrapped": to.encrypt(fresh, _oaep(label)), "iv": iv, "data": AESGCM(fresh).encrypt(iv, content, label)}
    told = {name: base64.b64encode(part).decode() for name, part in parts.items()}
    return json.dumps({"kind": KIND, "code": code, "key": str(key), **told}).encode()


def read(content: bytes) -> Told:
    """What a telephone says; raises WillNotOpen where it says what no telephone of ours does."""
    try:
        told: Any = json.loads(content)
        lines = tuple(_line(each) for each in _listed(told.get("lines", []), MOST_LINES))
        return Told(
            number=_whole(told["number"]), held=dt.date.fromisoformat(told["held"]), closed=told.get("closed") is True,
            attendance={_whole(int(number)): _how(how) for number, how in told.get("attendance", {}).items()}, lines=lines,
            agenda=tuple(_text(each) for each in _listed(told.get("agenda", []), MOST_TEXTS)),
            decisions=tuple(_decision(each) for each in _listed(told.get("decisions", []), MOST_TEXTS)),
            cash=_cash(told.get("cash") or {}),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError, OverflowError):
        raise WillNotOpen("cannot_be_read") from None


def _line(told: Any) -> Line:
    line = Line.heard(told)
    if line.kind not in RECORDED:
        raise ValueError("not recorded on a telephone")
    return line


def _listed(value: Any, most: int) -> list[Any]:
    if not isinstance(value, list) or len(value) > most:
        raise ValueError("not such a list")
    return value


def _whole(value: Any) -> int:
    if type(value) is not int or not 0 <= value <= 10**12:
        raise ValueError("not a number")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > LONGEST or any(ord(sign) < 32 and sign != "\n" for sign in value):
        raise ValueError("not a text")
    return value.strip()


def _how(value: Any) -> str:
    if value not in HOW:
        raise ValueError("not how somebody attends")
    return str(value)


def _decision(told: Any) -> dict[str, Any]:
    votes = {name: _whole(told[name]) for name in ("for", "against", "abstained") if told.get(name) is not None}
    task = {"member": _whole(told["member"])} if told.get("member") is not None else {}
    return {"words": _text(told["words"]), **votes, **task}


def _cash(told: Any) -> dict[str, Any]:
    if not told:
        return {}
    return {"box": _whole(told["box"]), "social": _whole(told["social"]), "why": _text(told.get("why", ""))}
