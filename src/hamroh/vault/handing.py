"""The keys of an organisation that moves: handed over as they are, and answered for anew where she arrives.

What she sealed opens there by the same secrets; the master key, and the key by which an installation vouches for members' keys, are
never handed over. Locating records stay shut on the way: only members' own keys and her papers open them, here and there.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from hamroh.vault import keyring, members
from hamroh.vault.models import MemberKey, OrganisationKey, RecordKey, RecoveryKey, Rotation
from hamroh.vault.states import KeyLife


class HandingRefused(ValueError):
    """Keys cannot be handed over now; the message says why."""


def secrets_of(organisation_id: UUID, member_ids: Iterable[UUID]) -> dict[str, str]:
    """Her secrets in hex by the number that stands in values. Tampered where a key beside them was planted."""
    if Rotation.objects.filter(organisation_id=organisation_id, ended_at=None).exists():
        raise HandingRefused("her key is being exchanged: finish that first (hamroh rotate-keys)")
    for row in _vouched_rows(organisation_id, member_ids):
        members.require_ours(row)
    keys = OrganisationKey.objects.filter(organisation_id=organisation_id).exclude(state=KeyLife.destroyed.name)
    return {str(row.known_as): keyring.unwrapped(row).hex() for row in keys.order_by("pk")}


def _vouched_rows(organisation_id: UUID, member_ids: Iterable[UUID]) -> Iterable[Any]:
    yield from MemberKey.objects.filter(user_id__in=list(member_ids))
    yield from RecoveryKey.objects.filter(organisation_id=organisation_id)
    yield from RecordKey.objects.filter(organisation_id=organisation_id).iterator()


def taken_over(row: Any, handed: dict[str, str]) -> Any:
    """A row of keys as this installation keeps it: wrapped by its master key, or answered for by its own. The caller saves it."""
    if isinstance(row, OrganisationKey):
        secret = handed.get(str(row.known_as))
        gone = row.state == KeyLife.destroyed.name
        if gone == (secret is not None):
            raise HandingRefused("the keys do not belong to these rows")
        row.wrapped, row.wrapped_by = (b"", "") if secret is None else keyring.wrap(bytes.fromhex(secret))
    elif isinstance(row, MemberKey | RecoveryKey | RecordKey):
        members.vouch_anew(row)
    return row
