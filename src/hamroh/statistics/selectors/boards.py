"""Boards for other rooms: what a board shows somebody, and the tables behind that of the network."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from hamroh.accounts import policy, rowsecurity
from hamroh.accounts.models import Organisation
from hamroh.statistics import boards, network, scope
from hamroh.statistics.boards import BOARDS, Answer
from hamroh.statistics.released import ReleasedTable


def answers(*, actor: Any, organisation: Organisation, board: str) -> Sequence[Answer]:
    """The sentences of a board; Refused where it is not hers."""
    scope.require(actor, BOARDS[board].verb, organisation.pk)
    shown = (part.shown(actor, organisation) for part in boards.parts(board))
    return [answer for each in shown if each for answer in each.answers]


def public_table(*, actor: Any, pk: UUID) -> tuple[ReleasedTable, str]:
    """A table that was let out for everybody, and whose it is; Refused for any other."""
    policy.require(actor, "board.network")
    with rowsecurity.opened_for_all():
        row = network.released().filter(pk=pk).first()
    if row is None:
        raise policy.Refused("no such table")
    return ReleasedTable.of(row), network.houses([row]).get(row.organisation_id, "")
