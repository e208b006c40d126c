"""The group in which keys are blinded: the points of prime order of curve25519 without their sign, as X25519 of libsodium multiplies them.

X25519 works with numbers of one form only, multiples of eight between 2^254 and 2^255. Such a number for blinding is drawn until its
inverse can be written in that form, too: so what was blinded by it can be taken off again.
"""

import hashlib
from collections.abc import Iterator, Sequence
from itertools import count

from nacl import bindings
from nacl.exceptions import CryptoError

from hamroh.kernel.exchange.terms import Unfit

#: bytes of a point, and of a value of the keyed function
SIZE = 32
_PERSON = b"hamroh-exchange1"
_NO_POINT = "a number in the file is no point of the group: the file was not made by an honest program"
#: the field, and the order of the group
_FIELD, _ORDER = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493


def digest(*parts: bytes, key: bytes = b"", size: int = SIZE) -> bytes:
    """BLAKE2b over parts that cannot run into each other."""
    state = hashlib.blake2b(key=key, digest_size=size, person=_PERSON)
    for part in parts:
        state.update(len(part).to_bytes(8, "little") + part)
    return state.digest()


def scalar(secret: bytes, what: bytes) -> bytes:
    """A secret number for one use, whose `inverse` can be written, too."""
    return next(number for number, _undoing in _numbers(secret, what))


def inverse(number: bytes) -> bytes:
    """What undoes the blinding by a number that `scalar` gave."""
    found = _written(pow(int.from_bytes(number, "little"), -1, _ORDER))
    if found is None:
        raise ValueError("a number that was not drawn for blinding")
    return found


def _numbers(secret: bytes, what: bytes) -> Iterator[tuple[bytes, bytes]]:
    for at in count():
        drawn = int.from_bytes(digest(b"scalar", what, str(at).encode(), key=secret), "little")
        number = (drawn % 2**251 + 2**251) * 8
        undoing = _written(pow(number, -1, _ORDER))
        if undoing is not None:
            yield number.to_bytes(SIZE, "little"), undoing


def _written(number: int) -> bytes | None:
    """The number of this remainder that X25519 works with; about half of the remainders have none."""
    first = number + -(-(2**254 - number) // _ORDER) * _ORDER
    found = next((each for each in range(first, 2**255, _ORDER) if each % 8 == 0), None)
    return None if found is None else found.to_bytes(SIZE, "little")


def point(text: bytes, context: bytes) -> bytes:
    """The point of a text in one exchange: nobody knows its logarithm."""
    return points([text], context)[0]


def points(texts: Sequence[bytes], context: bytes) -> list[bytes]:
    """The points of texts: by Elligator 2 on edwards25519, out of small orders, then (1 + y) / (1 - y) is their place on curve25519."""
    mapped = [bindings.crypto_core_ed25519_from_uniform(digest(b"point", context, text)) for text in texts]
    heights = [int.from_bytes(each, "little") % 2**255 for each in mapped]
    undone = _inverses([1 - y for y in heights])
    return [((1 + y) * under % _FIELD).to_bytes(SIZE, "little") for y, under in zip(heights, undone, strict=True)]


def _inverses(numbers: Sequence[int]) -> list[int]:
    """What undoes each number of the field, by one division for all of them."""
    products = [1]
    for number in numbers:
        products.append(products[-1] * number % _FIELD)
    left, found = pow(products[-1], -1, _FIELD), []
    for number, before in zip(reversed(numbers), reversed(products[:-1]), strict=True):
        found.append(left * before % _FIELD)
        left = left * number % _FIELD
    return found[::-1]


def times(element: bytes, number: bytes) -> bytes:
    """A point multiplied; Unfit where the bytes are no point, one of small order, or written in another than the one way."""
    try:
        product = bindings.crypto_scalarmult(number, element)
    except (CryptoError, RuntimeError, ValueError) as fault:
        raise Unfit(_NO_POINT) from fault
    if int.from_bytes(element, "little") >= _FIELD:
        raise Unfit(_NO_POINT)
    return product


# The three jobs, over many at once: what a process of a pool is given.


def blinded(texts: Sequence[bytes], number: bytes, context: bytes) -> bytes:
    """The points of texts, each multiplied by the number of who asks: they look like points drawn at random."""
    return b"".join(times(each, number) for each in points(texts, context))


def multiplied(elements: Sequence[bytes], number: bytes, _context: bytes) -> bytes:
    """Points of the other side: multiplied by the number of who answers, or by what undoes the blinding."""
    return b"".join(times(element, number) for element in elements)


def valued(texts: Sequence[bytes], number: bytes, context: bytes) -> bytes:
    """The values of texts to who knows the number."""
    both = zip(texts, points(texts, context), strict=True)
    return b"".join(value(text, times(each, number), context) for text, each in both)


def value(text: bytes, element: bytes, context: bytes) -> bytes:
    """The value of the keyed function for a text and its multiplied point."""
    return digest(b"value", context, text, element)
