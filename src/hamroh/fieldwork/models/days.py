"""Days of advice in the villages: planned for a place, counted on a telephone, reconciled in the evening. Counts, and nobody behind them."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from hamroh.accounts.guarded import Guarded
from hamroh.accounts.models import Organisation
from hamroh.cases.models import TOPICS
from hamroh.directory.models import AdminUnit
from hamroh.fieldwork.models.forms import Form
from hamroh.fieldwork.states import DayStates
from hamroh.vault import fields
from hamroh.web.codes import new_code


class Who(models.TextChoices):
    """As whom somebody is counted: no age, no name."""

    WOMAN = "woman", pgettext_lazy("who came", "Woman")
    MAN = "man", pgettext_lazy("who came", "Man")
    GIRL = "girl", pgettext_lazy("who came", "Girl")
    BOY = "boy", pgettext_lazy("who came", "Boy")


class Said(models.TextChoices):
    """What somebody was told, in a code."""

    RIGHTS = "rights", pgettext_lazy("what was said", "What her rights are")
    WHERE = "where", pgettext_lazy("what was said", "Where to go, with the leaflet")
    PAPER = "paper", pgettext_lazy("what was said", "Helped with a paper")
    CALL = "call", pgettext_lazy("what was said", "Whom to call")
    AGAIN = "again", pgettext_lazy("what was said", "To come again")
    CASE = "case", pgettext_lazy("what was said", "Her case was taken up")


class FieldDay(fields.SealedModel):
    """A day in a place; ``spot`` is sealed, because who is seen there is not far. ``form`` is that of the first talks."""

    guarded = Guarded(organisation="organisation_id")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    state = models.CharField(max_length=8, choices=DayStates.choices(), default=DayStates.initial)
    place = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="+")
    spot = fields.SealedText(label="fieldwork.field_day.spot")
    on_date = models.DateField()
    form = models.ForeignKey(Form, null=True, on_delete=models.SET_NULL, related_name="+")
    #: what the evening says of what does not agree
    words = fields.SealedText(label="fieldwork.field_day.words", null=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "-on_date"], name="field_days_of_a_house"),
            models.Index(fields=["organisation", "on_date"], name="field_days_due"),
        ]

    def __str__(self) -> str:
        return f"field day {self.code}"


class OfDay(models.Model):
    """A row of a day."""

    guarded = Guarded(part_of="day")
    #: random, for an id with a clock in it would tell when the first one asked about something
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class DayMember(OfDay):
    """Somebody of the team. ``last`` is her last tap, so that it can be taken back; no hour of it is kept."""

    day = models.ForeignKey(FieldDay, on_delete=models.CASCADE, related_name="team")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    last = models.JSONField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "person"], name="a_member_of_a_day")]

    def __str__(self) -> str:
        return f"member of {self.day_id}"


class DayTally(OfDay):
    """How many of a kind asked about a topic."""

    day = models.ForeignKey(FieldDay, on_delete=models.CASCADE, related_name="tallies")
    topic = models.CharField(max_length=16, choices=TOPICS)
    who = models.CharField(max_length=6, choices=Who.choices)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "topic", "who"], name="one_tally_of_a_day")]

    def __str__(self) -> str:
        return f"{self.topic} {self.who}: {self.count}"


class DayTalk(OfDay):
    """What was said to how many about a topic: a code and a count."""

    day = models.ForeignKey(FieldDay, on_delete=models.CASCADE, related_name="talks")
    topic = models.CharField(max_length=16, choices=TOPICS)
    said = models.CharField(max_length=8, choices=Said.choices)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "topic", "said"], name="one_talk_of_a_day")]

    def __str__(self) -> str:
        return f"{self.topic} {self.said}: {self.count}"
