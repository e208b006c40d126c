"""What ``hamroh doctor`` finds: rooms hand such findings over from plain functions named in ``DOCTOR_CHECKS``."""

from dataclasses import dataclass

FAILING, RISKY = "failing", "risky"


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong (``failing``: production must not start) or risky, and what to do about it.

    ``id`` is stable, such as ``backup.age``. ``waivable`` ones may be passed over by name when the service must start.
    """

    id: str
    level: str
    says: str
    do: str
    waivable: bool = False
