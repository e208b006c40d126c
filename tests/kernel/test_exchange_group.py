"""The group in which keys of an exchange are blinded."""

from hypothesis import given
from hypothesis import strategies as st

from hamroh.kernel.exchange import group


@given(st.binary(max_size=40))
def test_it_blinds_and_unblinds_to_the_same_value(text: bytes) -> None:
    blind, number, context = group.scalar(b"a" * 32, b"x"), group.scalar(b"b" * 32, b"y"), b"c" * 32
    evaluated = group.evaluated([group.blinded([text], blind, context)], number, b"")
    opened = group.opened([(text, evaluated)], group.inverse(blind), context)
    assert opened == group.valued([text], number, context)
    assert opened != group.valued([text], number, b"another exchange")
