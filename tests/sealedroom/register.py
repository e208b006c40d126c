"""How the sealed room's records stand on screens over all rooms."""

import re

from django.urls import NoReverseMatch, reverse

from hamroh.accounts import records
from sealedroom.models import Matter, Shelter


def with_code(code: str):
    """Matters by the first eight digits of their id."""
    known = re.fullmatch(r"[0-9a-f]{8}", code.lower())
    return Matter.objects.filter(pk__startswith=code.lower()) if known else Matter.objects.none()


def address_of(matter: Matter) -> str:
    """Its page, where the room stands at the desk of the test."""
    try:
        return reverse("sealedroom:matter", kwargs={"pk": matter.pk})
    except NoReverseMatch:
        return f"/desk/sealed/{matter.pk}/"


MATTERS = records.Register(
    model=Matter, title="Matter", reads="matter.read", with_code=with_code, code_of=lambda matter: str(matter.pk)[:8],
    address_of=address_of, fields={"name": "name", "phone": "telephone", "story": "story"},
)  # fmt: skip
SHELTERS = records.Register(
    model=Shelter, title="Shelter", reads="shelter.list", with_code=lambda code: Shelter.objects.filter(code=code),
    code_of=lambda shelter: shelter.code, address_of=lambda _shelter: "/desk/sealed/shelters/",
    fields={"address": "address"},
)  # fmt: skip
records.declare(MATTERS)
records.declare(SHELTERS)
