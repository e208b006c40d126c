"""One sealed value: it opens in its own place and nowhere else, and its length says little."""

import datetime as dt
import hmac
import os
import uuid

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from hamroh.vault import envelope, keyring
from hamroh.vault.errors import Tampered
from hamroh.vault.models import OrganisationKey

CIPHER = AESGCM(bytes(range(32)))
ROW, ORGANISATION = uuid.UUID(int=1), uuid.UUID(int=2)
PLACE = envelope.place("cases.person.name", ROW, ORGANISATION)


def sealed(value, at=PLACE, key_id=7) -> bytes:
    return envelope.seal(key_id, CIPHER, at, value)


@given(st.none() | st.text() | st.binary() | st.dates() | st.dictionaries(st.text(), st.integers() | st.text()))
def test_it_gives_back_every_kind_of_value(value) -> None:
    found = envelope.unseal(CIPHER, PLACE, sealed(value))
    assert (found, type(found)) == (value, type(value))


def test_it_tells_null_from_empty() -> None:
    assert envelope.unseal(CIPHER, PLACE, sealed(None)) is None
    assert envelope.unseal(CIPHER, PLACE, sealed("")) == ""
    assert len(sealed(None)) == len(sealed(""))


@pytest.mark.parametrize(
    "other",
    [
        envelope.place("cases.person.phone", ROW, ORGANISATION),
        envelope.place("cases.person.name", uuid.UUID(int=3), ORGANISATION),
        envelope.place("cases.person.name", ROW, uuid.UUID(int=3)),
        envelope.place("cases.person.name", ORGANISATION, ROW),
    ],
)
def test_it_opens_nowhere_else(other) -> None:
    with pytest.raises(Tampered):
        envelope.unseal(CIPHER, other, sealed("Зарина"))


@given(st.data())
def test_it_refuses_any_flipped_bit(data) -> None:
    content = bytearray(sealed("Зарина"))
    bit = data.draw(st.integers(0, len(content) * 8 - 1))
    content[bit // 8] ^= 1 << bit % 8
    with pytest.raises(Tampered):
        envelope.unseal(CIPHER, PLACE, bytes(content))


@given(st.integers(0, 65))
def test_it_refuses_a_cut_value(length) -> None:
    with pytest.raises(Tampered):
        envelope.unseal(CIPHER, PLACE, sealed("Зарина")[:length])


def test_it_says_which_key_sealed() -> None:
    assert envelope.key_id_of(sealed("x", key_id=4_000_000_000)) == 4_000_000_000


def test_it_names_no_key_of_another_class() -> None:
    value = envelope.seal(1, CIPHER, PLACE, "x", envelope.RECORD)
    assert envelope.key_id_of(value, envelope.RECORD) == 1
    with pytest.raises(Tampered):
        envelope.key_id_of(value)
    with pytest.raises(Tampered):
        envelope.key_id_of(sealed("x"), envelope.RECORD)


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=300))
def test_it_seals_rows_by_hmac_sha256(secret, told) -> None:
    keys = keyring.KeySet(OrganisationKey(id=1, organisation_id=ORGANISATION), secret)
    assert [keys.row_mac(told) for _ in range(2)] == [hmac.digest(keys.derive("row/v1"), told, "sha256")] * 2


def test_it_binds_the_key_id() -> None:
    value = sealed("x", key_id=1)
    with pytest.raises(Tampered):
        envelope.unseal(CIPHER, PLACE, value[:2] + (2).to_bytes(4) + value[6:])


@given(st.integers(1, 512))
def test_it_pads_short_values_to_32_bytes(length) -> None:
    assert envelope.bucket(length) % 32 == 0
    assert 0 <= envelope.bucket(length) - length < 32


@given(st.integers(513, 10**9))
def test_it_pads_long_values_by_at_most_an_eighth(length) -> None:
    assert length <= envelope.bucket(length) <= length * 1.12


def test_it_seals_the_same_value_differently_each_time() -> None:
    assert len({sealed("x") for _ in range(100)}) == 100


def test_it_keeps_a_date() -> None:
    assert envelope.unseal(CIPHER, PLACE, sealed(dt.date(2020, 2, 29))) == dt.date(2020, 2, 29)


def test_it_refuses_noise() -> None:
    with pytest.raises(Tampered):
        envelope.key_id_of(os.urandom(3))
