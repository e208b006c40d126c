"""Reads on people, on what waits for them, and on who looked at what."""

from hamroh.accounts.selectors.day import (
    Day,
    Due,
    Told,
    Waiting,
    my_day,
    notices,
    opened_by,
    openings_to_review,
    task_words,
    unread,
)
from hamroh.accounts.selectors.looking import EACH_PAGE, Counting, Look, Period, counts, looks, with_names
from hamroh.accounts.selectors.people import (
    demo_houses,
    demo_people,
    demo_person,
    link_of,
    members,
    open_links,
    organisations_to_manage,
    sessions_of,
)
from hamroh.accounts.selectors.recovery import Member, Recovery, admissions, recovery, waiting

__all__ = [
    "EACH_PAGE",
    "Counting",
    "Day",
    "Due",
    "Look",
    "Member",
    "Period",
    "Recovery",
    "Told",
    "Waiting",
    "admissions",
    "counts",
    "demo_houses",
    "demo_people",
    "demo_person",
    "link_of",
    "looks",
    "members",
    "my_day",
    "notices",
    "open_links",
    "opened_by",
    "openings_to_review",
    "organisations_to_manage",
    "recovery",
    "sessions_of",
    "task_words",
    "unread",
    "waiting",
    "with_names",
]
