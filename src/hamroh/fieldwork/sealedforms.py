"""Forms that were sealed on a device as ODK does it: an AES key under an RSA key, one stream for each file. Plain Python, no Django."""

import base64
import binascii
import hashlib
from collections.abc import Iterator

from cryptography.hazmat.primitives import hashes, padding, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.base import CipherContext

try:
    from cryptography.hazmat.decrepit.ciphers.modes import CFB
except ImportError:  # older libraries keep it with the others
    from cryptography.hazmat.primitives.ciphers.modes import CFB

BITS = 2048


class WillNotOpen(ValueError):
    """It was not sealed to this key, or was changed on its way."""


def new_pair() -> tuple[str, bytes]:
    """A public key as forms carry it (DER in base64), and its private key as DER."""
    private = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
    return public_of(private), private.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def public_of(private: rsa.RSAPrivateKey) -> str:
    told = private.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return base64.b64encode(told).decode()


def as_pem(private: bytes) -> bytes:
    """The private key in the form in which it is handed over."""
    key = serialization.load_der_private_key(private, None)
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def key_of(sealed_key: str, private: bytes) -> bytes:
    """The key of a filled form's files; raises WillNotOpen."""
    held = serialization.load_der_private_key(private, None)
    assert isinstance(held, rsa.RSAPrivateKey)
    try:
        return held.decrypt(base64.b64decode(sealed_key, validate=True), _oaep())
    except (ValueError, binascii.Error):
        raise WillNotOpen("the key does not open") from None


def seal_key(key: bytes, public: str) -> str:
    """A form's key under a public key, as a device does it."""
    held = serialization.load_der_public_key(base64.b64decode(public))
    assert isinstance(held, rsa.RSAPublicKey)
    return base64.b64encode(held.encrypt(key, _oaep())).decode()


def _oaep() -> OAEP:
    return OAEP(mgf=MGF1(hashes.SHA256()), algorithm=hashes.SHA256(), label=None)


def starts(instance_id: str, key: bytes) -> Iterator[bytes]:
    """Where the stream of each file starts, file after file: the hash of name and key, one of whose bytes is one more each time."""
    seed = bytearray(hashlib.md5(instance_id.encode() + key, usedforsecurity=False).digest())
    number = 0
    while True:
        seed[number % len(seed)] = (seed[number % len(seed)] + 1) % 256
        number += 1
        yield bytes(seed)


def unsealed(content: bytes, key: bytes, start: bytes) -> bytes:
    """A file's content; raises WillNotOpen."""
    stream: CipherContext = Cipher(AES(key), CFB(start)).decryptor()
    padded = stream.update(content) + stream.finalize()
    unpadder = padding.PKCS7(128).unpadder()
    try:
        return unpadder.update(padded) + unpadder.finalize()
    except ValueError:
        raise WillNotOpen("a file does not open") from None


def sealed(content: bytes, key: bytes, start: bytes) -> bytes:
    """A file as a device seals it."""
    padder = padding.PKCS7(128).padder()
    stream: CipherContext = Cipher(AES(key), CFB(start)).encryptor()
    return stream.update(padder.update(content) + padder.finalize()) + stream.finalize()
