"""The one way to a sealed value: ``vault.open(obj, field, decision=..., purpose=...)``."""

from typing import Any

from hamroh.vault import journal, sealing
from hamroh.vault.decisions import Decision
from hamroh.vault.errors import OpeningRefused, Tampered
from hamroh.vault.fields import SealedModel


def open(obj: SealedModel, field: str, *, decision: Decision, purpose: str) -> Any:  # noqa: A001 - the vault is opened
    """The plaintext of one sealed field, None where it is empty; the opening stands in the journal.

    OpeningRefused where the decision says no, is about another record or field, or no purpose is given; Tampered where what is
    stored was changed, moved or is not the newest: that too stands in the journal, and other fields still open.
    """
    row = sealing.claimed_row(obj)
    _require(decision, row.record, field, purpose)
    journal.opened(
        actor_id=decision.actor_id, verb=decision.verb, record=row.record, field=field, purpose=purpose,
        organisation_id=row.organisation,
    )  # fmt: skip
    try:
        return sealing.open_column(obj, sealing.sealed_fields(type(obj))[field])
    except Tampered:
        journal.opened(
            actor_id=decision.actor_id, verb=TAMPERED, record=row.record, field=field, purpose=purpose,
            organisation_id=row.organisation,
        )  # fmt: skip
        raise


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
