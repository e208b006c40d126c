"""Two organisations that help each other find: what they agreed, what the one shows of a request, what the other answers.

Nothing is read across. What the asking side keeps (`Share`, `Reply`) and what the partner keeps (`Shown` and its rows) are rows of
their own, each sealed under its reader's key; an agreement and an alarm are two rows, one on each side.
"""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from hamroh.accounts.guarded import Guarded
from hamroh.accounts.models import Organisation
from hamroh.tracing.models.requests import OfRequest, Written
from hamroh.tracing.states import PartnershipLife
from hamroh.vault import fields
from hamroh.web.codes import new_code

#: searches a day that are agreed unless less or more was said: of one person, and of the whole organisation
PER_PERSON, PER_HOUSE = 20, 60


class Partnership(fields.SealedModel):
    """An agreement with another organisation, as one side has it; the other side's row has the same ``pact``.

    ``terms`` are what both agreed to; ``contact`` is how our officers are reached, ``their_contact`` how theirs are.
    """

    guarded = Guarded(organisation="organisation_id")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    partner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    pact = models.UUIDField(default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    state = models.CharField(max_length=10, choices=PartnershipLife.choices(), default=PartnershipLife.initial)
    #: whether it was our side that offered
    is_ours = models.BooleanField(default=False)
    terms = fields.SealedText(label="tracing.partnership.terms")
    contact = fields.SealedText(label="tracing.partnership.contact", null=True)
    their_contact = fields.SealedText(label="tracing.partnership.their_contact", null=True)
    per_person = models.PositiveSmallIntegerField(default=PER_PERSON)
    per_house = models.PositiveSmallIntegerField(default=PER_HOUSE)
    #: the last day, by the clock of who offered
    until_date = models.DateField()
    made_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)
    ended_date = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "state", "-made_at"], name="partnerships_by_state"),
            models.Index(fields=["organisation", "ended_date"], name="partnerships_by_end"),
            models.Index(fields=["state", "until_date"], name="partnerships_that_expire"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["pact", "organisation"], name="a_pact_has_two_sides"),
            models.UniqueConstraint(
                fields=["organisation", "partner"], condition=Q(state__in=("offered", "in_force")),
                name="one_partnership_at_a_time",
            ),
            models.CheckConstraint(condition=~Q(organisation=models.F("partner")), name="nobody_is_her_own_partner"),
            models.CheckConstraint(
                condition=Q(state__in=("offered", "in_force"), ended_date__isnull=True)
                | (~Q(state__in=("offered", "in_force")) & Q(ended_date__isnull=False)),
                name="a_partnership_ends_on_a_day",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"partnership {self.code}"


class Alarm(fields.SealedModel):
    """Somebody of a partner searched in a way that a supervisor looks at, as one side has it; ``event`` is the same on both.

    On the side whose person it was (``is_ours``) she searches no more until it is lifted.
    """

    guarded = Guarded(part_of="partnership")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="alarms")
    event = models.UUIDField()
    is_ours = models.BooleanField()
    who = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    #: codes of `kernel.fishing.Sign`, and by what code both sides call the request that it was seen at
    signs = models.JSONField(default=list)
    about = models.CharField(max_length=12)
    made_at = models.DateTimeField(default=timezone.now)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    words = fields.SealedText(label="tracing.alarm.words", null=True)

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "lifted_at", "-made_at"], name="alarms_that_wait"),
            models.Index(fields=["who", "organisation", "lifted_at"], name="alarms_of_a_person"),
        ]
        constraints = [models.UniqueConstraint(fields=["event", "organisation"], name="an_alarm_has_two_sides")]

    def sealed_under(self) -> tuple[str, str]:
        return "tracing.partnership", str(self.partnership_id)


# -- the asking side -----------------------------------------------------------------------------------------------


class Share(OfRequest):
    """That a partner is, or was, shown a request: since when, what, whether somebody there looked. ``code`` is what both sides call it."""

    to_organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    #: which parts of a skeleton were shown last
    told = models.JSONField(default=list)
    shown_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    looked_at = models.DateTimeField(null=True)
    searches = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "to_organisation"], name="shown_to_a_partner_once")]


class PartnerSays(models.TextChoices):
    CANDIDATE = "candidate", pgettext_lazy("partner answer", "There may be somebody")
    NOBODY = "nobody", pgettext_lazy("partner answer", "Nobody")


class Reply(OfRequest):
    """What a partner answered: whether there may be somebody, how alike, and with whom to talk. Nothing of whom they have."""

    share = models.ForeignKey(Share, on_delete=models.CASCADE, related_name="replies")
    answer = models.CharField(max_length=10, choices=PartnerSays.choices)
    band = models.CharField(max_length=8, blank=True)
    officer = fields.SealedText(label="tracing.reply.officer", null=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["request", "-made_at"], name="replies_to_a_request")]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="candidate") & ~Q(band="") | Q(answer="nobody", band=""), name="a_candidate_has_a_band"
            )
        ]  # fmt: skip


# -- the partner's side --------------------------------------------------------------------------------------------


class Shown(fields.SealedModel):
    """A request of a partner as we have it: a skeleton, and nothing once it is not shown any more.

    ``request_id`` is a bare id of the other side's; ``skeleton`` is `kernel.linkage.skeletons.Skeleton` made plain.
    """

    guarded = Guarded(organisation="organisation_id")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    from_organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    request_id = models.UUIDField()
    code = models.CharField(max_length=12, unique=True)
    skeleton = fields.SealedJSON(label="tracing.shown.skeleton", null=True)
    #: the moment of the request that the skeleton stands for; an older one is not shown
    as_of = models.DateTimeField(default=timezone.now)
    shown_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "ended_at", "-shown_at"], name="shown_by_partners")]
        constraints = [
            models.UniqueConstraint(fields=["request_id", "organisation"], name="a_request_is_shown_once"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, skeleton__isnull=False) | Q(ended_at__isnull=False, skeleton__isnull=True),
                name="what_is_not_shown_is_empty",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"partner request {self.code}"


class OfShown(fields.SealedModel):
    """A row about a partner's request that is added to, never changed."""

    guarded = Guarded(part_of="shown")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    shown = models.ForeignKey(Shown, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True

    def sealed_under(self) -> tuple[str, str]:
        return "tracing.shown", str(self.shown_id)

    def save(self, **options: Any) -> None:
        """Written where it is to be changed."""
        if not self._state.adding:
            raise Written("a line of this kind is added to, never changed")
        super().save(**options)


class Purpose(models.TextChoices):
    """Why somebody searches with a partner's request."""

    FIRST = "first", pgettext_lazy("purpose", "To look whether we have met him")
    NEW = "new", pgettext_lazy("purpose", "Somebody was entered since")
    ASKED = "asked", pgettext_lazy("purpose", "The other side asked us to look again")


class PartnerSearch(OfShown):
    """One search of our own lists with a partner's request. ``day`` is that of our clock, by which searches are counted."""

    purpose = models.CharField(max_length=8, choices=Purpose.choices)
    words = fields.SealedText(label="tracing.partner_search.words")
    day = models.DateField()
    is_outside = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["by", "organisation", "-made_at"], name="partner_searches_of_one"),
            models.Index(fields=["organisation", "day"], name="partner_searches_of_a_day"),
            models.Index(fields=["shown", "-made_at"], name="partner_searches_with_one"),
        ]


class PartnerAnswer(OfShown):
    """What we answered, with the record that it is about, which stays here (``record_id``, a bare id). The newest counts."""

    search = models.ForeignKey(PartnerSearch, on_delete=models.CASCADE, related_name="+")
    answer = models.CharField(max_length=10, choices=PartnerSays.choices)
    band = models.CharField(max_length=8, blank=True)
    record_id = models.UUIDField(null=True)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["shown", "-made_at"], name="partner_answers_of_one")]
