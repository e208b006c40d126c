"""A form that a browser sealed to its organisation: what stands on it in the clear, and opening it. Plain Python, no Django.

A fresh AES key for each form, under the organisation's RSA key; every part is bound to the device, the version of the form, the name of
the instance, how many parts there are and which one it is. Another device, version, name or place, and nothing opens.
"""

import base64
import binascii
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KIND = "hamroh-filler-1"
#: parts of one form, signs of its head, bytes of the nonce before each part
MOST_PARTS, LONGEST_HEAD, NONCE = 61, 4000, 12
#: packages of one file
MOST_PACKAGES = 500
_CODE, _INSTANCE = re.compile(r"[A-Za-z0-9-]{4,20}"), re.compile(r"[A-Za-z0-9:._-]{8,120}")
_NAME = re.compile(r"[^/\\\x00-\x1f]{1,120}")


class WillNotOpen(ValueError):
    """It is no package, was changed on its way, or was sealed to another key; ``code`` is for programs."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Head:
    """What everybody on the way can read: no answer, no name of a person, no title."""

    device: str
    version: UUID
    instance: str
    key: str
    parts: int
    wrapped: bytes

    def bound(self, number: int | None = None) -> bytes:
        said = [KIND, self.device, str(self.version), self.instance, str(self.parts)]
        return "\n".join([*said, *([] if number is None else [str(number)])]).encode()


def head_of(text: str) -> Head:
    """The head of a package; raises WillNotOpen."""
    if len(text) > LONGEST_HEAD:
        raise WillNotOpen("bad_head")
    try:
        told: Any = json.loads(text)
        head = Head(
            device=_matching(_CODE, told["device"]), version=UUID(told["version"]), instance=_matching(_INSTANCE, told["instance"]),
            key=_matching(_CODE, told["key"]), parts=_count(told["parts"]), wrapped=base64.b64decode(told["wrapped"], validate=True),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError, binascii.Error):
        raise WillNotOpen("bad_head") from None
    if told.get("kind") != KIND or str(head.version) != told["version"]:
        raise WillNotOpen("bad_head")
    return head


def _matching(shape: re.Pattern[str], value: Any) -> str:
    if not isinstance(value, str) or not shape.fullmatch(value):
        raise ValueError("not of this shape")
    return value


def _count(value: Any) -> int:
    if type(value) is not int or not 0 < value <= MOST_PARTS:
        raise ValueError("not a number of parts")
    return value


def of_file(content: bytes) -> list[tuple[Head, dict[int, bytes]]]:
    """The packages of a file that a browser wrote for the way by hand; raises WillNotOpen."""
    try:
        told: Any = json.loads(content)
        rows = told["packages"] if told["kind"] == KIND else []
        found = [(head_of(json.dumps(each["head"])), _parts(each["parts"])) for each in rows[:MOST_PACKAGES]]
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError, binascii.Error):
        raise WillNotOpen("no_file") from None
    if not found:
        raise WillNotOpen("no_file")
    return found


def _parts(told: Any) -> dict[int, bytes]:
    if not isinstance(told, list) or len(told) > MOST_PARTS:
        raise ValueError("not the parts of a form")
    return {number: base64.b64decode(part, validate=True) for number, part in enumerate(told)}


def opened(head: Head, parts: Mapping[int, bytes], private: bytes) -> tuple[bytes, dict[str, bytes]]:
    """The filled form, and files by their names; not every file needs to be there, the form does. Raises WillNotOpen."""
    cipher = AESGCM(_key(head, private))
    found = dict(_plain(head, parts, cipher))
    if 0 not in found:
        raise WillNotOpen("no_form")
    _name, xml = found.pop(0)
    return xml, dict(found.values())


def _key(head: Head, private: bytes) -> bytes:
    held = serialization.load_der_private_key(private, None)
    assert isinstance(held, rsa.RSAPrivateKey)
    padding = OAEP(mgf=MGF1(hashes.SHA256()), algorithm=hashes.SHA256(), label=head.bound())
    try:
        key = held.decrypt(head.wrapped, padding)
    except ValueError:
        raise WillNotOpen("will_not_open") from None
    if len(key) != 32:
        raise WillNotOpen("will_not_open")
    return key


def _plain(head: Head, parts: Mapping[int, bytes], cipher: AESGCM) -> Iterator[tuple[int, tuple[str, bytes]]]:
    for number, part in parts.items():
        if not 0 <= number < head.parts:
            raise WillNotOpen("bad_part")
        try:
            content = cipher.decrypt(part[:NONCE], part[NONCE:], head.bound(number))
            length = int.from_bytes(content[:2])
            name = _matching(_NAME, content[2 : 2 + length].decode())
        except (InvalidTag, ValueError):
            raise WillNotOpen("will_not_open") from None
        yield number, (name, content[2 + length :])


def sealed(head: Mapping[str, Any], files: Mapping[str, bytes], public: str) -> tuple[dict[str, Any], list[bytes]]:
    """A package as a browser makes it: head without ``wrapped`` and ``parts`` in, whole head and parts out."""
    import secrets

    told = {"kind": KIND, **head, "parts": len(files)}
    key = AESGCM.generate_key(256)
    made = Head(told["device"], UUID(told["version"]), told["instance"], told["key"], len(files), b"")
    to = serialization.load_der_public_key(base64.b64decode(public))
    assert isinstance(to, rsa.RSAPublicKey)
    padding = OAEP(mgf=MGF1(hashes.SHA256()), algorithm=hashes.SHA256(), label=made.bound())
    parts = []
    for number, (name, content) in enumerate(files.items()):
        nonce = secrets.token_bytes(NONCE)
        plain = len(name.encode()).to_bytes(2) + name.encode() + content
        parts.append(nonce + AESGCM(key).encrypt(nonce, plain, made.bound(number)))
    return {**told, "wrapped": base64.b64encode(to.encrypt(key, padding)).decode()}, parts
