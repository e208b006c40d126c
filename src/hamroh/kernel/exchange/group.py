"""The group in which keys are blinded: the points of prime order of edwards25519, as libsodium works with them.

A text becomes a point by Elligator 2; points that come from outside are refused by libsodium unless they are written in the one
canonical way, lie on the curve, have the full prime order and are not the neutral one.
"""

import hashlib
from collections.abc import Sequence

from nacl import bindings
from nacl.exceptions import CryptoError

from hamroh.kernel.exchange.terms import Unfit

#: bytes of a point, and of a value of the keyed function
SIZE = 32
_PERSON = b"hamroh-exchange1"


def digest(*parts: bytes, key: bytes = b"", size: int = SIZE) -> bytes:
    """BLAKE2b over parts that cannot run into each other."""
    state = hashlib.blake2b(key=key, digest_size=size, person=_PERSON)
    for part in parts:
        state.update(len(part).to_bytes(8, "little") + part)
    return state.digest()


def scalar(secret: bytes, what: bytes) -> bytes:
    """A secret number below the order of the group, for one use."""
    return bindings.crypto_core_ed25519_scalar_reduce(digest(b"scalar", what, key=secret, size=64))


def inverse(number: bytes) -> bytes:
    """What undoes the blinding by a number."""
    return bindings.crypto_core_ed25519_scalar_invert(number)


def point(text: bytes, context: bytes) -> bytes:
    """The point of a text in one exchange: nobody knows its logarithm."""
    return bindings.crypto_core_ed25519_from_uniform(digest(b"point", context, text))


def times(element: bytes, number: bytes) -> bytes:
    """A point multiplied; Unfit where the bytes are no point of the group."""
    try:
        return bindings.crypto_scalarmult_ed25519_noclamp(number, element)
    except (CryptoError, RuntimeError, ValueError) as fault:
        raise Unfit(
            "a number in the file is no point of the group: the file was not made by an honest program"
        ) from fault


# The four jobs, over many at once: what a process of a pool is given.


def blinded(texts: Sequence[bytes], number: bytes, context: bytes) -> bytes:
    """The points of texts, each multiplied by the number of who asks: they look like points drawn at random."""
    return b"".join(times(point(text, context), number) for text in texts)


def evaluated(elements: Sequence[bytes], number: bytes, _context: bytes) -> bytes:
    """Points of the other side, each multiplied by the number of who answers."""
    return b"".join(times(element, number) for element in elements)


def opened(pairs: Sequence[tuple[bytes, bytes]], undoing: bytes, context: bytes) -> bytes:
    """The values of texts from their evaluated points, the blinding undone."""
    return b"".join(value(text, times(element, undoing), context) for text, element in pairs)


def valued(texts: Sequence[bytes], number: bytes, context: bytes) -> bytes:
    """The values of texts to who knows the number."""
    return b"".join(value(text, times(point(text, context), number), context) for text in texts)


def value(text: bytes, element: bytes, context: bytes) -> bytes:
    """The value of the keyed function for a text and its multiplied point."""
    return digest(b"value", context, text, element)
