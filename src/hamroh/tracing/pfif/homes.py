"""What our records are called elsewhere: the name of the organisation under a domain that no server has, and a number of their own.

The domain is not our address: whoever holds a file learns from it no way to us.
"""

from typing import Any
from uuid import UUID

DOMAIN = "hamroh.internal"


def record_id(organisation: Any, public_id: UUID) -> str:
    """The identifier of a record.

    >>> class Centre: code = "women_s-centre"
    >>> record_id(Centre, UUID(int=5))
    'women-s-centre.hamroh.internal/00000000-0000-0000-0000-000000000005'
    """
    return f"{organisation.code.replace('_', '-').strip('-')}.{DOMAIN}/{public_id}"


def is_ours(identifier: str) -> bool:
    """Whether an identifier is one that an installation of ours gives."""
    return identifier.partition("/")[0].casefold().endswith(f".{DOMAIN}")


def public_id(identifier: str) -> UUID | None:
    """The number in an identifier of ours; None in any other."""
    if not is_ours(identifier):
        return None
    try:
        return UUID(identifier.partition("/")[2])
    except ValueError:
        return None
