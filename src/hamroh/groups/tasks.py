"""Background work of groups: reminders of what is due, and places to stay that were given up long ago."""

import datetime as dt

from django_tasks import task

from hamroh.groups.actions.places import let_old_places_go
from hamroh.groups.actions.reminding import remind_of_what_is_due
from hamroh.vault import journal
from hamroh.web import daily

#: before anybody comes to a desk
AT = dt.time(4, 40)


@task()
def look_after_groups_daily() -> list[int]:
    """Remind whoever runs a group, and erase what was given up; it comes again by itself, each night."""
    daily.again(look_after_groups_daily, at=AT)
    with journal.openings("task"):
        return [remind_of_what_is_due(), let_old_places_go()]
