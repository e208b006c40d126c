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

__all__ = [
    "EACH_PAGE",
    "Counting",
    "Day",
    "Due",
    "Look",
    "Period",
    "Told",
    "Waiting",
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
    "sessions_of",
    "task_words",
    "unread",
    "with_names",
]
