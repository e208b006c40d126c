"""A drill's sample opens what the keys fit and counts what they do not."""

from typing import Any

from django.db import connection

from hamroh.vault.samples import open_sample
from sealedroom.cast import make_matter
from sealedroom.models import Matter


def test_it_says_that_nothing_is_sealed(db: None) -> None:
    told = open_sample()
    assert (told["opened"], told["refused"], "no sealed data" in told["says"]) == (0, 0, True)


def test_it_opens_what_is_there(cast: Any) -> None:
    make_matter(cast)
    told = open_sample()
    assert (told["opened"] >= 3, told["refused"]) == (True, 0)


def test_it_counts_what_does_not_open(cast: Any) -> None:
    matter = make_matter(cast)
    changed = bytearray(Matter.objects.get(pk=matter.pk).__dict__["name"].ciphertext)
    changed[-1] ^= 1
    key = Matter._meta.pk.get_db_prep_value(matter.pk, connection)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE sealedroom_matter SET name = %s WHERE id = %s", [bytes(changed), key])
    told = open_sample()
    assert (told["refused"], told["opened"] > 0) == (1, True)
