"""The one way to a sealed value: ``vault.open(obj, field, decision=..., purpose=...)``."""

import contextlib
import contextvars
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Any

from django.utils.translation import gettext as _

from hamroh.vault import journal, members, sealing
from hamroh.vault.decisions import Decision
from hamroh.vault.errors import KeyDestroyed, OpeningRefused, Tampered
from hamroh.vault.fields import SealedModel


def open(obj: SealedModel, field: str, *, decision: Decision, purpose: str) -> Any:  # noqa: A001 - the vault is opened
    """The plaintext of one sealed field, None where it is empty; the opening stands in the journal.

    OpeningRefused where the decision says no, is about another record or field, or no purpose is given; Tampered where what is
    stored was changed, moved or is not the newest: that too stands in the journal, and other fields still open. MemberLocked
    where her own key is shut: nothing was opened, and nothing is written.
    """
    row = sealing.claimed_row(obj)
    _require(obj, field, row, decision, purpose)
    _tell(decision.verb, (field,), row, decision, purpose)
    return _value(obj, field, row, decision, purpose)


@dataclass(frozen=True)
class Unshown:
    """Stands on a page for a value that does not open, and says why: ``erased``, or changed in the store and told of."""

    erased: bool = False

    def __str__(self) -> str:
        if self.erased:
            return _("Erased: the key of this value was destroyed.")
        return _("This cannot be shown: it was changed in the store. That was written down.")


def open_each(obj: SealedModel, fields: Sequence[str], *, decision: Decision, purpose: str) -> dict[str, Any]:
    """Several fields of one row for one page: what does not open is ``Unshown``, and the others open all the same.

    A member's key that is not unlocked is a question to her and no fault of a value: MemberLocked passes, and nothing was opened.
    """
    try:
        row = sealing.claimed_row(obj)
    except KeyDestroyed:
        return dict.fromkeys(fields, Unshown(erased=True))
    _require_each(obj, fields, row, decision, purpose)
    _tell(decision.verb, fields, row, decision, purpose)
    return _shown(obj, fields, row, decision, purpose)


@dataclass
class Scored:
    """What was opened so that a search can compare it: a person is told of what she is shown, the journal of both."""

    purpose: str
    rows: dict[str, tuple[sealing.Standing, Sequence[str], Decision]] = dataclass_field(default_factory=dict)

    def tell(self, pool: tuple[str, str], shown: Iterable[str]) -> None:
        """One line that says in which pool how many were compared, and one for each record that is shown."""
        decisions = [decision for _row, _fields, decision in self.rows.values()]
        if decisions:
            journal.opened(
                actor_id=decisions[0].actor_id, verb=SCORED, record=pool, fields=(f"{len(decisions)} compared",),
                purpose=self.purpose, organisation_id=next(iter(self.rows.values()))[0].organisation,
            )  # fmt: skip
        for key in shown:
            row, fields, decision = self.rows[key]
            _tell(decision.verb, fields, row, decision, self.purpose)


_scored: contextvars.ContextVar[Scored | None] = contextvars.ContextVar("scored", default=None)


@contextlib.contextmanager
def scoring(purpose: str) -> Iterator[Scored]:
    """Within it rows are opened by ``open_to_score``; whoever opened it calls ``tell`` before anything is shown."""
    scored = Scored(purpose)
    token = _scored.set(scored)
    try:
        yield scored
    finally:
        _scored.reset(token)


def open_to_score(obj: SealedModel, fields: Sequence[str], *, decision: Decision) -> dict[str, Any]:
    """Several fields of one row to be compared with what is sought; what does not open is None. RuntimeError outside ``scoring``."""
    scored = _scored.get()
    if scored is None:
        raise RuntimeError(
            "rows are opened to be compared within opening.scoring() alone: nothing here would write it down"
        )
    row = sealing.claimed_row(obj)
    _require_each(obj, fields, row, decision, scored.purpose)
    scored.rows[str(obj.pk)] = row, fields, decision
    found = _shown(obj, fields, row, decision, scored.purpose)
    return {field: None if isinstance(value, Unshown) else value for field, value in found.items()}


def _shown(
    obj: SealedModel, fields: Sequence[str], row: sealing.Standing, decision: Decision, purpose: str
) -> dict[str, Any]:
    """The values of a row, ``Unshown`` in the place of one that does not open; what was changed is written down."""
    found = sealing.open_columns(obj, fields, row)
    for field, value in found.items():
        if isinstance(value, KeyDestroyed):
            found[field] = Unshown(erased=True)
        elif isinstance(value, Tampered):
            _tell(TAMPERED, (field,), row, decision, purpose)
            found[field] = Unshown()
    return found


def _tell(verb: str, fields: Sequence[str], row: sealing.Standing, decision: Decision, purpose: str) -> None:
    """Write what is opened into the journal, before it is."""
    journal.opened(
        actor_id=decision.actor_id, verb=verb, record=row.record, fields=fields, purpose=purpose,
        organisation_id=row.organisation,
    )  # fmt: skip


def _value(obj: SealedModel, field: str, row: sealing.Standing, decision: Decision, purpose: str) -> Any:
    try:
        return sealing.open_column(obj, sealing.sealed_fields(type(obj))[field], row)
    except Tampered:
        _tell(TAMPERED, (field,), row, decision, purpose)
        raise


#: the verbs of an incident's line, and of a search's
TAMPERED, SCORED = "vault.tampered", "names.compare"


def _require(obj: SealedModel, field: str, row: sealing.Standing, decision: Decision, purpose: str) -> None:
    """That the decision covers this field of this record and, for what only members open, that her key is at hand."""
    _require_each(obj, (field,), row, decision, purpose)


def _require_each(
    obj: SealedModel, fields: Sequence[str], row: sealing.Standing, decision: Decision, purpose: str
) -> None:
    """The same for several fields: what concerns the record is asked once."""
    if not decision.yes:
        raise OpeningRefused(f"the decision says no: {decision.reason}")
    if decision.record != row.record:
        raise OpeningRefused("the decision is about another record")
    if not purpose.strip():
        raise OpeningRefused("say for what purpose it is opened")
    told, known = decision.field, sealing.sealed_fields(type(obj))
    for field in fields:
        if told and told != field:
            raise OpeningRefused("the decision is about another field")
        if known[field].data_class == "S4":
            members.require_key(row.record)
