"""Reads on groups."""

from hamroh.groups.selectors.figures import groups_with_memorandum, women_reached
from hamroh.groups.selectors.groups import (
    Known,
    alias_of,
    counts_of,
    facilitators,
    facts,
    group_of,
    groups,
    make_up,
    member_of,
    members,
    roles,
    session_of,
    sessions,
    staff,
    themes,
)
from hamroh.groups.selectors.work import (
    SOON,
    Earning,
    Step,
    application_of,
    applications,
    earning,
    help_of,
    helps,
    memoranda,
    memorandum_of,
    obligation_of,
    obligations,
    opened,
    standing_of,
    steps,
    support_of,
    supports,
)

__all__ = [
    "SOON", "Earning", "Known", "Step", "alias_of", "application_of", "applications", "counts_of", "earning", "facilitators", "facts",
    "group_of", "groups", "groups_with_memorandum", "help_of", "helps", "make_up", "member_of", "members", "memoranda", "memorandum_of", "obligation_of",
    "obligations", "opened", "roles", "session_of", "sessions", "staff", "standing_of", "steps", "support_of", "supports", "themes", "women_reached",
]  # fmt: skip
