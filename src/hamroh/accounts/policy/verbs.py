"""Who may do what: every verb with its rules. Rooms declare their own when they are loaded."""

from dataclasses import dataclass
from enum import StrEnum

from hamroh.accounts.models import CASE_WORKERS, NEEDS_SECOND_FACTOR, Role


class Relation(StrEnum):
    """What somebody who holds a role must be to a record: of its organisation, of its team as well, or its owner."""

    ORGANISATION = "organisation"
    TEAM = "team"
    OWNER = "owner"


@dataclass(frozen=True)
class Rule:
    """Any of these roles, standing so to the record."""

    roles: frozenset[str]
    relation: Relation = Relation.ORGANISATION


@dataclass(frozen=True)
class Verb:
    """One thing that can be done. Any of its rules lets it.

    ``reads`` changes nothing; ``data_class`` is that of what it shows or changes; ``grantable`` may be lent to another
    organisation, record by record. What reads personal data (S3) may be opened in an emergency, unless ``discreet``: the notes of a
    psychologist stay with their discipline; S4 only by a record's members.
    """

    rules: tuple[Rule, ...]
    reads: bool = False
    data_class: str = "S2"
    grantable: bool = False
    discreet: bool = False

    @property
    def breakable(self) -> bool:
        return self.reads and self.data_class == "S3" and not self.discreet

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(role for rule in self.rules for role in rule.roles)


def by(*roles: str, relation: Relation = Relation.ORGANISATION) -> Rule:
    return Rule(frozenset(map(str, roles)), relation)


#: who may own a record of somebody
KEEPS_RECORDS = CASE_WORKERS | {Role.SUPERVISOR, Role.TRACING_OFFICER, Role.FACILITATOR, Role.DUTY_OFFICER}
_EDITS = Verb((by(Role.EDITOR),))
_READS = Verb((by(Role.EDITOR),), reads=True)
_GUARDS = Verb((by(Role.SUPERVISOR),))
VERBS: dict[str, Verb] = {
    "desk.open": Verb((by(*Role.values),), reads=True),
    "desk.task": Verb((by(*NEEDS_SECOND_FACTOR, relation=Relation.OWNER),), data_class="S3"),
    "directory.see_unpublished": _READS,
    "directory.edit": _EDITS,
    "directory.verify": _EDITS,
    "directory.handle_report": _EDITS,
    "directory.import": _EDITS,
    "directory.export_unpublished": _READS,
    "search.rebuild": Verb((by(Role.ADMINISTRATOR),)),
    "upkeep.see": Verb((by(Role.ADMINISTRATOR, Role.AUDITOR),), reads=True),
    "upkeep.manage": Verb((by(Role.ADMINISTRATOR),)),
    "accounts.see_people": Verb((by(Role.ADMINISTRATOR, Role.AUDITOR),), reads=True),
    "accounts.manage_people": Verb((by(Role.ADMINISTRATOR),)),
    "recovery.see": Verb((by(Role.ADMINISTRATOR, Role.SUPERVISOR, Role.AUDITOR),), reads=True),
    "recovery.keep": Verb((by(Role.ADMINISTRATOR),)),
    "recovery.agree": Verb((by(Role.ADMINISTRATOR, Role.SUPERVISOR),)),
    "access.block": _GUARDS,
    "access.grant": _GUARDS,
    "access.break_glass": Verb(
        (by(*CASE_WORKERS, Role.SUPERVISOR, Role.TRACING_OFFICER, Role.DUTY_OFFICER),), data_class="S3"
    ),
    "access.review": _GUARDS,
    "access.see": Verb((by(Role.SUPERVISOR, Role.AUDITOR),), reads=True),
    "retention.see": Verb((by(Role.SUPERVISOR, Role.AUDITOR),), reads=True),
    "retention.propose": _GUARDS,
    "retention.release": Verb((by(Role.SUPERVISOR, Role.AUDITOR),)),
    "retention.hold": Verb((by(Role.SUPERVISOR, Role.AUDITOR),)),
    "retention.object": Verb((by(*KEEPS_RECORDS, relation=Relation.OWNER),)),
    "retention.see_periods": Verb((by(Role.ADMINISTRATOR, Role.SUPERVISOR, Role.AUDITOR),), reads=True),
    "retention.choose_period": Verb((by(Role.ADMINISTRATOR, Role.SUPERVISOR),)),
}


def declare(verbs: dict[str, Verb]) -> None:
    """Add a room's verbs; a verb is declared once, and shows S3 or S4 only to roles that prove themselves twice."""
    for name, verb in verbs.items():
        if VERBS.get(name, verb) != verb:
            raise ValueError(f"{name} is declared already, with other rules")
        if alone := sorted(one_factor_roles(verb)):
            raise ValueError(
                f"{name} is of class {verb.data_class}, and {alone[0]} signs in by one factor: see SEES_SEALED"
            )
    VERBS.update(verbs)


def one_factor_roles(verb: Verb) -> frozenset[str]:
    """Roles of a verb on sealed data that could sign in with one factor: there must be none."""
    return verb.roles - NEEDS_SECOND_FACTOR if verb.data_class in ("S3", "S4") else frozenset()
