"""The one way to a sealed value: ``vault.open(obj, field, decision=..., purpose=...)``."""

from collections.abc import Iterable
from dataclasses import dataclass
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
    row, declared = sealing.claimed_row(obj), sealing.sealed_fields(type(obj))[field]
    _require(decision, row.record, field, purpose)
    if declared.data_class == "S4":
        members.require_key(row.record)
    journal.opened(
        actor_id=decision.actor_id, verb=decision.verb, record=row.record, field=field, purpose=purpose,
        organisation_id=row.organisation,
    )  # fmt: skip
    try:
        return sealing.open_column(obj, declared, row)
    except Tampered:
        journal.opened(
            actor_id=decision.actor_id, verb=TAMPERED, record=row.record, field=field, purpose=purpose,
            organisation_id=row.organisation,
        )  # fmt: skip
        raise


@dataclass(frozen=True)
class Unshown:
    """Stands on a page for a value that does not open, and says why: ``erased``, or changed in the store and told of."""

    erased: bool = False

    def __str__(self) -> str:
        if self.erased:
            return _("Erased: the key of this value was destroyed.")
        return _("This cannot be shown: it was changed in the store. That was written down.")


def open_each(obj: SealedModel, fields: Iterable[str], *, decision: Decision, purpose: str) -> dict[str, Any]:
    """Several fields of one row for one page: what does not open is ``Unshown``, and the others open all the same.

    A member's key that is not unlocked is a question to her and no fault of a value: MemberLocked passes.
    """
    return {field: _or_unshown(obj, field, decision, purpose) for field in fields}


def _or_unshown(obj: SealedModel, field: str, decision: Decision, purpose: str) -> Any:
    try:
        return open(obj, field, decision=decision, purpose=purpose)
    except Tampered:
        return Unshown()
    except KeyDestroyed:
        return Unshown(erased=True)


#: the verb of an incident's line
TAMPERED = "vault.tampered"


def _require(decision: Decision, record: tuple[str, str], field: str, purpose: str) -> None:
    if not decision.yes:
        raise OpeningRefused(f"the decision says no: {decision.reason}")
    if decision.record != record:
        raise OpeningRefused("the decision is about another record")
    if decision.field not in ("", field):
        raise OpeningRefused("the decision is about another field")
    if not purpose.strip():
        raise OpeningRefused("say for what purpose it is opened")
