"""Background work of statistics: books of facts are written, closed and thinned."""

import datetime as dt

from django_tasks import task

from hamroh.accounts.models import Organisation
from hamroh.statistics.actions.books import keep_books
from hamroh.vault import journal
from hamroh.web import daily

#: when nobody works
AT = dt.time(3, 20)


@task()
def keep_books_nightly() -> int:
    """Keep the books of every house; it comes again by itself, each night."""
    daily.again(keep_books_nightly, at=AT)
    with journal.openings("task"):
        return sum(len(keep_books(organisation=house)) for house in Organisation.objects.order_by("code"))
