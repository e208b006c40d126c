"""The policy itself, twice: a pure judgement of one record, and the same as a filter of many."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Model, Q, QuerySet

from hamroh.accounts.models import Role
from hamroh.accounts.policy.decisions import Decision
from hamroh.accounts.policy.facts import Facts, Ref, guarded_of, kind_of, whole_of
from hamroh.accounts.policy.standing import Held, Standing
from hamroh.accounts.policy.verbs import VERBS, Relation, Rule, Verb


def judge(standing: Standing, name: str, facts: Facts | None, field: str = "", data_class: str = "") -> Decision:
    """May somebody of this standing do the verb ``name`` to a record of these facts? Reads nothing, changes nothing.

    ``data_class`` is that of the field, where it is of another one than the verb.
    """
    verb, ref = VERBS[name], facts.ref if facts else None
    members_only = "S4" in (data_class, verb.data_class)
    bar = _bar(standing, ref, members_only=members_only)
    ground, emergency = ("", False) if bar else _ground(standing, name, verb, facts, members_only=members_only)
    reason = bar or ground or f"no role for {name}{' on this record' if facts else ''}"
    return Decision(bool(ground), reason, standing.user_id, name, ref, field, emergency)


def visible(standing: Standing, name: str, rows: QuerySet[Any]) -> QuerySet[Any]:
    """The rows to which `judge` says yes, as the database finds them."""
    return rows.filter(allowing(standing, name, rows.model))


def allowing(standing: Standing, name: str, model: type[Model]) -> Q:
    """The condition under which `judge` says yes, over the columns of ``model``."""
    verb, nothing = VERBS[name], Q(pk__in=())
    if standing.user_id is None or standing.paused:
        return nothing
    path = guarded_of(model).part_of
    columns = _Columns(whole_of(model), f"{path}__" if path else "")
    found = nothing
    for rule, held in _helds(standing, verb):
        found |= columns.covered(held, rule, standing)
    if verb.grantable:
        found |= columns.among(
            {lent.ref for lent in standing.lent if lent.verb == name and _uses(standing, verb, lent)}
        )
    if verb.breakable:
        mine = {held.organisation_id for held in standing.held}
        found |= columns.among(standing.opened) & columns.is_in("organisation", mine)
    if verb.data_class == "S4":
        found &= columns.among(standing.keyed)
    return found & ~columns.among(standing.blocked) if standing.blocked else found


def _bar(standing: Standing, ref: Ref | None, *, members_only: bool) -> str:
    """Why not, whatever roles are held; empty where nothing bars."""
    if standing.user_id is None:
        return "nobody is signed in"
    if standing.paused:
        return "an emergency opening was not reviewed in time"
    if ref in standing.blocked:
        return "shut out of this record"
    return "only the record's members" if members_only and ref not in standing.keyed else ""


def _ground(standing: Standing, name: str, verb: Verb, facts: Facts | None, *, members_only: bool) -> tuple[str, bool]:
    """Why yes, and whether only for an emergency; empty where nothing lets it."""
    for rule, held in _helds(standing, verb):
        if _covers(held, rule, standing, facts):
            return f"{held.role}, by {rule.relation}", False
    if verb.grantable and _is_lent(standing, name, verb, facts):
        return "lent to the organisation", False
    if facts is not None and verb.breakable and not members_only and _is_opened(standing, facts):
        return "opened in an emergency", True
    return "", False


def _helds(standing: Standing, verb: Verb) -> Iterator[tuple[Rule, Held]]:
    return ((rule, held) for rule in verb.rules for held in standing.held if held.role in rule.roles)


def _covers(held: Held, rule: Rule, standing: Standing, facts: Facts | None) -> bool:
    """Whether a role reaches a record; without one it asks only whether there is such a role at all."""
    if facts is None:
        return True
    if facts.organisation_id is None:
        return rule.relation is Relation.ORGANISATION
    if held.organisation_id != facts.organisation_id or not _in_limits(held, facts):
        return False
    if rule.relation is Relation.OWNER:
        return facts.is_owned_by(standing.user_id)
    return rule.relation is Relation.ORGANISATION or held.team == facts.team != ""


def _in_limits(held: Held, facts: Facts) -> bool:
    return (not held.team or held.team == facts.team) and (
        not held.area or any(f"/{key}/" in facts.area for key in held.area)
    )


def _uses(standing: Standing, verb: Verb, lent: Any) -> bool:
    """Whether somebody's role where a record was lent to is one for the verb, or a guest's."""
    return any(standing.holds(role, lent.organisation_id) for role in (*verb.roles, Role.PARTNER_GUEST))


def _is_lent(standing: Standing, name: str, verb: Verb, facts: Facts | None) -> bool:
    """Whether the record is lent for the verb; without a record, whether any is."""
    mine = (lent for lent in standing.lent if lent.verb == name and _uses(standing, verb, lent))
    return any(facts is None or lent.ref == facts.ref for lent in mine)


def _is_opened(standing: Standing, facts: Facts) -> bool:
    return facts.ref in standing.opened and any(held.organisation_id == facts.organisation_id for held in standing.held)


class _Columns:
    """Conditions over the columns that a model names, reached by ``path`` from the rows that are asked for."""

    def __init__(self, model: type[Model], path: str) -> None:
        self.guarded, self.kind, self.path = guarded_of(model), kind_of(model), path

    def is_in(self, fact: str, values: Any) -> Q:
        """Where the column of a fact is among values; a model without the column has the empty value."""
        column = getattr(self.guarded, fact)
        if not column:
            return Q() if "" in values else Q(pk__in=())
        return Q(**{f"{self.path}{column}__in": values})

    def among(self, refs: Any) -> Q:
        return Q(**{f"{self.path}pk__in": [pk for kind, pk in refs if kind == self.kind]})

    def covered(self, held: Held, rule: Rule, standing: Standing) -> Q:
        """`_covers` for all rows."""
        nobodys = self._is_nobodys() if rule.relation is Relation.ORGANISATION else Q(pk__in=())
        if not self.guarded.organisation:
            return nobodys
        kept = self.is_in("organisation", [held.organisation_id])
        if held.team or rule.relation is Relation.TEAM:
            kept &= self.is_in("team", [held.team] if held.team else [])
        if held.area:
            kept &= self._in_area(held.area)
        if rule.relation is Relation.OWNER:
            kept &= self._is_owned_by(standing.user_id)
        return kept | nobodys

    def _is_owned_by(self, user_id: Any) -> Q:
        """`Facts.is_owned_by` for all rows."""
        alone = self.is_in("owner", [user_id])
        if not self.guarded.owners:
            return alone
        return alone | Q(**{f"{self.path}{self.guarded.owners}__contains": f"/{user_id}/"})

    def _is_nobodys(self) -> Q:
        column = self.guarded.organisation
        return Q(**{f"{self.path}{column}__isnull": True}) if column else Q()

    def _in_area(self, area: tuple[str, ...]) -> Q:
        found = Q(pk__in=())
        for key in area if self.guarded.area else ():
            found |= Q(**{f"{self.path}{self.guarded.area}__contains": f"/{key}/"})
        return found
