"""People searched by name while their names stay sealed: ``put`` them, ``withdraw`` them, ``search`` for somebody in any spelling.

What is searched are keyed hashes (`hamroh.kernel.linkage` over numbers that nobody can read). Processes map files made from the table
of entries and read what is newer before each search, so that whoever came, changed or went counts at once. The records themselves
stay in their rooms: only those few that are compared are opened, by the room, under its policy.
"""

import functools
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from hamroh.vault import opening
from hamroh.vault.models import NamePool
from hamroh.vault.poolentries import Source, declare, put, withdraw

if TYPE_CHECKING:
    from hamroh.kernel.linkage import Candidate
    from hamroh.kernel.linkage.index import Opener
    from hamroh.kernel.names.comparing import Frequency

__all__ = ["Source", "declare", "frequency", "put", "search", "withdraw"]


def search(
    kind: str, organisation_id: UUID, query: Mapping[str, Any], *, opener: "Opener", limit: int = 10
) -> "list[Candidate]":
    """The likeliest records, best first, among those that the opener knows: nobody learns of others, not even by a number.

    The opener opens rows by ``opening.open_to_score``: the journal says how many were compared, and which were shown.
    """
    from hamroh.vault import poolfiles

    pool = NamePool.objects.filter(organisation_id=organisation_id, kind=kind).first()
    if pool is None:
        return []
    with opening.scoring("search") as scored:
        found = poolfiles.at_hand(pool).search(query, limit, opener)
    scored.tell((pool._meta.label_lower, str(pool.pk)), (each.id for each in found))  # noqa: SLF001 - Django's documented face
    return found


def frequency(kind: str, organisation_id: UUID) -> "Frequency":
    """How common words of names are among the people of a pool, which says how much it means that two share one."""
    from hamroh.kernel.names.comparing import usual_frequency
    from hamroh.vault import poolfiles

    pool = NamePool.objects.filter(organisation_id=organisation_id, kind=kind).first()
    return usual_frequency if pool is None else functools.cache(poolfiles.at_hand(pool).frequency)
