"""Comments of a Word copy come in: each once, beside its block, or to the whole edition where it stands beside none."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import transaction
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.evidence.actions.reviewing import ReviewRefused, comment
from hamroh.evidence.models import Comment, Edition
from hamroh.evidence.selectors.data import codes_in
from hamroh.vault import journal


class Remarked(Protocol):
    """A comment as it came back."""

    @property
    def mark(self) -> str: ...
    @property
    def author(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def block(self) -> str: ...
    @property
    def figure(self) -> str: ...
    @property
    def answers(self) -> str: ...


@dataclass(frozen=True)
class Taken:
    """What came in: new comments, how many were known already, and those that stand beside no block."""

    new: tuple[Comment, ...]
    known: int
    unplaced: tuple[Comment, ...]


def shown_in(edition: Edition) -> dict[str, set[str]]:
    """Codes of the figures of every block by its key: what a copy's places are held beside."""
    return {each.key: set(codes_in(each.content)) for each in edition.blocks.all()}


@transaction.atomic
def take_remarks(*, actor: Any, edition: Edition, remarks: Iterable[Remarked]) -> Taken:
    """Comments of a copy become comments of the open round, under the name that Word gave and whose hand brought them."""
    policy.require(actor, "evidence.comment", edition)
    held = edition.rounds.filter(state="open").first()
    if held is None:
        raise ReviewRefused(_("No round is open: comments are taken while one is."))
    known = {each.mark or "": each for each in held.comments.exclude(mark=None)}
    had, new, shown = len(known), list[Comment](), shown_in(edition)
    remarks = list(remarks)
    for each in remarks:
        if each.mark not in known:
            known[each.mark] = _taken(actor, edition, each, known, shown)
            new.append(known[each.mark])
    facts = {"round": held.number, "new": len(new), "known": len(remarks) - len(new)}
    journal.record(actor=actor, verb="evidence.take_copy", about=edition, facts=facts)
    unplaced = tuple(each for each in new if not each.block_key and each.parent_id is None)
    return Taken(tuple(new), len({each.mark for each in remarks}) - (len(known) - had), unplaced)


def _taken(
    actor: Any, edition: Edition, said: Remarked, known: dict[str, Comment], shown: dict[str, set[str]]
) -> Comment:
    parent = known.get(said.answers)
    is_hers = parent is None or parent.author_id == actor.pk or policy.allowed(actor, "evidence.endorse", edition)
    return comment(
        actor=actor, edition=edition, text=said.text, parent=parent if is_hers else None, came_by="word", mark=said.mark,
        block_key=said.block if said.block in shown else "", author_name=(said.author or str(actor))[:150],
        figure=said.figure if said.figure in shown.get(said.block, ()) else "",
    )  # fmt: skip
