"""Background work of pages: what was given a day for its publication, and stories whose time is over."""

import datetime as dt

from django.core.management import call_command
from django.utils import timezone
from django_tasks import task

from hamroh.pages import actions
from hamroh.pages.models import Article, PageKind, Story
from hamroh.web import daily

#: how often the clock is looked at
EVERY = dt.timedelta(minutes=10)


@task()
def publish_scheduled() -> None:
    """Publish what is due and take down what has run out, every ten minutes; stories whose time is over leave the index."""
    daily.again(publish_scheduled, moment=timezone.now() + EVERY)
    call_command("publish_scheduled", verbosity=0)
    over = Story.objects.exclude(pk__in=Story.objects.public().values("pk")).values("pk")
    codes = Article.objects.filter(kind=PageKind.STORY, story__in=over, live=True).values_list("code", flat=True)
    actions.index_pages(sorted(set(codes)))
