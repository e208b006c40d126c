"""Who may do what: one question, asked by every action and every staff page, and the same question of many rows at once."""

from typing import Any

from django.db.models import QuerySet

from hamroh.accounts.policy import judging
from hamroh.accounts.policy.decisions import Decision, Refused
from hamroh.accounts.policy.facts import Facts, Guarded, facts_of
from hamroh.accounts.policy.judging import judge
from hamroh.accounts.policy.standing import Held, Lent, Standing, forget, remembered, standing
from hamroh.accounts.policy.verbs import VERBS, Relation, Rule, Verb, by, declare

__all__ = [
    "VERBS", "Decision", "Facts", "Guarded", "Held", "Lent", "Refused", "Relation", "Rule", "Standing", "Verb",
    "allowed", "by", "declare", "facts_of", "fetch", "forget", "judge", "remembered", "require", "standing", "visible",
]  # fmt: skip


def allowed(actor: Any, verb: str, record: Any = None, field: str = "") -> Decision:
    """May ``actor`` do ``verb``, to ``record`` where one is meant, to one ``field`` of it where that is asked?"""
    return judge(standing(actor), verb, facts_of(record), field, _class_of(record, field))


def require(actor: Any, verb: str, record: Any = None, field: str = "") -> Decision:
    """The decision if it is yes; raises Refused otherwise."""
    decision = allowed(actor, verb, record, field)
    if not decision:
        raise Refused(decision.reason)
    return decision


def visible(actor: Any, verb: str, rows: QuerySet[Any]) -> QuerySet[Any]:
    """The rows to which ``actor`` may do ``verb``: what `allowed` says of each, as one condition of the query."""
    return judging.visible(standing(actor), verb, rows)


def fetch(actor: Any, verb: str, rows: QuerySet[Any]) -> tuple[Any, Decision]:
    """The one row of ``rows`` to which ``actor`` may do ``verb``, with the decision that opens its sealed fields.

    Raises Refused where there is none: a row that is not there and one that may not be seen take the same query, and so the
    same time.
    """
    record = visible(actor, verb, rows).first()
    if record is None:
        raise Refused("no such record for this person")
    return record, require(actor, verb, record)


def _class_of(record: Any, field: str) -> str:
    """The data class of a sealed field; empty where it is of the verb's own."""
    if record is None or not field:
        return ""
    return str(getattr(record._meta.get_field(field), "data_class", ""))  # noqa: SLF001 - Django's documented face
