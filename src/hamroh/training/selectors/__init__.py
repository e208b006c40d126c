"""What training reads."""

from hamroh.training.selectors.calendars import calendar, calendar_of, own_key, own_rounds
from hamroh.training.selectors.cascades import Cascade, cascade
from hamroh.training.selectors.documents import search_documents
from hamroh.training.selectors.gatherings import gathering_of, gatherings, pending, recommendation_of, recommendations
from hamroh.training.selectors.people import (
    Shown,
    certificates,
    counts,
    elsewhere,
    mends,
    papers,
    person_of,
    roster,
    round_gain,
    session_on,
    sessions,
    shares,
    sign_up_of,
    sign_ups,
    trainer_names,
)
from hamroh.training.selectors.public import (
    Checked,
    announced,
    announced_of,
    checked,
    public_gathering,
    public_gatherings,
    takes_more,
)
from hamroh.training.selectors.rounds import (
    beside,
    course_of,
    courses,
    heads,
    is_full,
    round_of,
    rounds,
    takes_people,
    unknown_heads,
    who_can_train,
)

__all__ = [
    "Cascade", "Checked", "Shown", "announced", "announced_of", "beside", "calendar", "calendar_of", "cascade", "certificates",
    "checked", "counts", "course_of", "courses", "elsewhere", "gathering_of", "gatherings", "heads", "is_full", "mends", "own_key",
    "own_rounds", "papers", "pending", "person_of", "public_gathering", "public_gatherings", "recommendation_of", "recommendations", "roster",
    "round_gain", "round_of", "rounds", "search_documents", "session_on", "sessions", "shares", "sign_up_of", "sign_ups",
    "takes_more", "takes_people", "trainer_names", "unknown_heads", "who_can_train",
]  # fmt: skip
