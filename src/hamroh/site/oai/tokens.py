"""Where a harvest goes on: a signed token that holds the whole question, so that nothing is kept here and records may change meanwhile."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.utils import timezone

from hamroh.site.oai.asking import Unanswerable

#: how long a token is good for
GOOD_FOR = dt.timedelta(hours=24)
_SALT = "oai"


@dataclass(frozen=True)
class Place:
    """A place in a list: the question, the room and the last record that were given, how many before, how many in all."""

    verb: str
    prefix: str
    room: str
    stamp: str
    key: str
    given: int
    total: int
    since: str = ""
    until: str = ""
    only_set: str = ""

    @property
    def after(self) -> tuple[dt.datetime, str] | None:
        return (dt.datetime.fromisoformat(self.stamp), self.key) if self.stamp else None


def token_of(place: Place) -> tuple[str, dt.datetime]:
    """The token of a place, and until when it is good."""
    told = [getattr(place, name) for name in Place.__dataclass_fields__]
    return signing.dumps(told, salt=_SALT, compress=True), timezone.now() + GOOD_FOR


def place_of(token: str, verb: str) -> Place:
    """The place of a token that we gave out for this verb less than a day ago; raises Unanswerable."""
    try:
        told: list[Any] = signing.loads(token, salt=_SALT, max_age=GOOD_FOR)
        place = Place(*told)
    except (signing.BadSignature, TypeError, ValueError):
        raise Unanswerable("badResumptionToken", "This token is not ours, or it is older than a day.") from None
    if place.verb != verb:
        raise Unanswerable("badResumptionToken", f"This token is for {place.verb}.")
    return place


def moment(text: str) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text else None
