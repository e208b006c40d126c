"""What partners are shown follows what is agreed to: whoever changes a request says so here, and the work is done in the background."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import transaction

#: what brings partners' rows up to date, by the id of a request
_followers: list[Callable[[str], Any]] = []


def follow_by(follower: Callable[[str], Any]) -> None:
    """Called when the room is loaded, by whoever does work in the background."""
    if follower not in _followers:
        _followers.append(follower)


def follow_later(request_id: Any) -> None:
    """Once this is committed: for every request alike, so that nobody learns by the time it takes which one is shown to whom."""
    for follower in _followers:
        transaction.on_commit(partial(follower, str(request_id)), robust=True)
