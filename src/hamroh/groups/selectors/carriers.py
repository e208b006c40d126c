"""Telephones that ask by their token: nobody is signed in there, the token is the right."""

import hmac
from collections.abc import Iterator
from contextlib import contextmanager

from hamroh.accounts import rowsecurity
from hamroh.accounts.sealing import digest
from hamroh.groups.models import Carried


def telephone_of(code: str, token: str) -> Carried | None:
    """The telephone of a code that shows its token, called back or not; None where there is none."""
    with rowsecurity.opened_for_all():
        row: Carried | None = (
            Carried.objects.select_related("holder", "group__organisation", "organisation").filter(code=code).first()
        )
    if row is None or not hmac.compare_digest(row.token_hash, digest(token)):
        return None
    return row


@contextmanager
def as_telephone(row: Carried) -> Iterator[None]:
    """Within it the database shows the rows of its organisation alone."""
    with rowsecurity.opened_for([row.organisation_id]):
        yield
