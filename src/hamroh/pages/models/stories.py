"""A person's story with what she allows; pages hold its id and nothing of it."""

import datetime as dt
from collections.abc import Callable
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from hamroh.accounts.guarded import Guarded
from hamroh.accounts.models import Organisation
from hamroh.vault import fields
from hamroh.web.ids import uuid7


class Allowed(models.TextChoices):
    """What she may allow."""

    PAGE = "page", pgettext_lazy("story", "It stands on our pages")
    QUOTE = "quote", pgettext_lazy("story", "Others may quote it")
    TEACH = "teach", pgettext_lazy("story", "It is taught with")
    BULLETIN = "bulletin", pgettext_lazy("story", "Our bulletin tells it: on the web, on paper and by e-mail")


#: what follows when a story is changed or taken back, in the same transaction: functions of rooms above, given its id
STORY_FOLLOWERS: list[Callable[[UUID], None]] = []


class StoryQuerySet(models.QuerySet["Story"]):
    def public(self) -> "StoryQuerySet":
        """Those that may stand on our pages today."""
        going_on = Q(until_date=None) | Q(until_date__gte=timezone.localdate())
        return self.filter(going_on, withdrawn_at=None, on_pages=True)


class Story(models.Model):
    """``texts`` are her story in each language, told so that nobody knows her; who she is stands in `Narrator`.

    It is public while she allows it: ``on_pages``, ``until_date`` has not passed and she did not take it back.
    """

    guarded = Guarded(organisation="organisation_id")
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    texts = models.JSONField(default=dict)
    on_pages = models.BooleanField(default=False)
    allows = models.JSONField(default=list)
    given_date = models.DateField()
    until_date = models.DateField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    objects = StoryQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["organisation", "-made_at"], name="stories_of_a_house")]

    def __str__(self) -> str:
        return f"story {str(self.pk)[-8:]}"

    def is_public(self, today: dt.date | None = None) -> bool:
        """Whether she allows today that it stands on our pages."""
        return self.on_pages and self._holds(today)

    def may_be_used(self, use: str, today: dt.date | None = None) -> bool:
        """Whether she allows this use today; each use is asked for on its own."""
        return use in self.allows and self._holds(today)

    def _holds(self, today: dt.date | None) -> bool:
        day = today or timezone.localdate()
        going_on = self.until_date is None or self.until_date >= day
        return self.withdrawn_at is None and going_on


class Narrator(fields.SealedModel):
    """How she who told a story can be reached, to ask her again."""

    guarded = Guarded(organisation="organisation_id")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    story = models.OneToOneField(Story, on_delete=models.CASCADE, related_name="narrator")
    words = fields.SealedText(label="pages.narrator.words")

    def __str__(self) -> str:
        return f"narrator {str(self.pk)[:8]}"
