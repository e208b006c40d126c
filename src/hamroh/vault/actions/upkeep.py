"""What the vault does by itself every day: sweep, forget, end an exchange of keys that waits, look at every seal, make files of names anew."""

from collections.abc import Callable
from uuid import UUID

from hamroh.vault import files, once, selectors
from hamroh.vault.actions.rotation import RotationRefused, continue_rotation, finish_rotation
from hamroh.vault.errors import VaultSealed
from hamroh.vault.models import OrganisationKey
from hamroh.web import daily, logs


def keep_house() -> dict[str, int]:
    """Do all of it and say what was found; what needs keys is left while the vault is sealed (``sealed``: 1)."""
    told = {"files": files.sweep(), "forms": once.forget(), "results": daily.forget()}
    try:
        told |= {"keys": _each("retiring", _finish), "unsound": _each("active", _unsound)}
        return told | {"pools": _pools()}
    except VaultSealed:
        return told | {"sealed": 1}


def _pools() -> int:
    from hamroh.vault import poolfiles

    return poolfiles.keep_up()


def _each(state: str, do: Callable[[UUID], int]) -> int:
    rows = OrganisationKey.objects.filter(state=state)
    return sum(do(each) for each in sorted(set(rows.values_list("organisation_id", flat=True))))


def _finish(organisation_id: UUID) -> int:
    """Go on with an exchange that was interrupted, and destroy the old keys once nothing stands under them; how many went."""
    continue_rotation(organisation_id)
    try:
        return finish_rotation(actor=None, organisation_id=organisation_id)
    except RotationRefused:
        return 0  # too early, or rows that do not open: the next day asks again, and the doctor says how long it takes


def _unsound(organisation_id: UUID) -> int:
    """Rows that do not prove themselves: each is told to the security log, none is touched."""
    count = 0
    for row, reason in selectors.unsound_rows(organisation_id):
        logs.security("vault.unsound", record=f"{row._meta.label_lower} {row.pk}", reason=reason)  # noqa: SLF001
        count += 1
    return count
