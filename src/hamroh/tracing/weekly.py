"""When the seeker's side is told anything: once a week, on a declared day at a declared hour, by the clock of the organisation."""

import datetime as dt

from hamroh.accounts.models import Organisation
from hamroh.accounts.zones import zone_of

#: Monday as 0. What is told at another moment would tell by the moment
WEEKDAY, HOUR = 0, dt.time(9)
WEEK = dt.timedelta(days=7)


def last_hour(moment: dt.datetime, organisation: Organisation) -> dt.datetime:
    """The last declared hour that has struck there, by the clock there."""
    there = moment.astimezone(zone_of(organisation))
    day = there.date() - dt.timedelta(days=(there.weekday() - WEEKDAY) % 7)
    struck = dt.datetime.combine(day, HOUR, there.tzinfo)
    return struck if struck <= there else struck - WEEK


def next_hour(moment: dt.datetime) -> dt.datetime:
    """When some organisation is next to be told; at most a day from now, so that it is seen whether this work runs."""
    hours = (last_hour(moment, house) + WEEK for house in Organisation.objects.all())
    return min([*hours, moment + dt.timedelta(days=1)])
