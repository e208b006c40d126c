"""The group in which keys of an exchange are blinded."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl import bindings

from hamroh.kernel.exchange import group


@given(st.binary(max_size=40))
def test_it_blinds_and_unblinds_to_the_same_value(text: bytes) -> None:
    blind, number, context = group.scalar(b"a" * 32, b"x"), group.scalar(b"b" * 32, b"y"), b"c" * 32
    evaluated = group.multiplied([group.blinded([text], blind, context)], number, b"")
    opened = group.value(text, group.multiplied([evaluated], group.inverse(blind), b""), context)
    assert opened == group.valued([text], number, context)
    assert opened != group.valued([text], number, b"another exchange")


@given(st.lists(st.binary(max_size=20), min_size=1, max_size=4))
def test_it_makes_the_points_that_libsodium_has_for_both_curves(texts: list[bytes]) -> None:
    on_edwards = [bindings.crypto_core_ed25519_from_uniform(group.digest(b"point", b"c" * 32, text)) for text in texts]
    assert group.points(texts, b"c" * 32) == [bindings.crypto_sign_ed25519_pk_to_curve25519(at) for at in on_edwards]


@given(st.binary(min_size=32, max_size=32))
def test_it_draws_numbers_that_x25519_takes_as_they_are(secret: bytes) -> None:
    for number in (group.scalar(secret, b"x"), group.inverse(group.scalar(secret, b"x"))):
        assert (number[0] % 8, number[31] >> 6) == (0, 1)


def test_it_does_not_undo_a_number_that_was_not_drawn_for_it() -> None:
    order = 2**252 + 27742317777372353535851937790883648493
    alone = next(each for each in range(2**254, 2**254 + 800, 8) if group._written(pow(each, -1, order)) is None)
    with pytest.raises(ValueError, match="not drawn"):
        group.inverse(alone.to_bytes(32, "little"))
