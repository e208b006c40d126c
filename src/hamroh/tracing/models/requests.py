"""A tracing request: somebody is missed, who misses him, and what was agreed to."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.accounts.guarded import Guarded
from hamroh.accounts.models import Organisation
from hamroh.cases.models import Answer, Case, Way
from hamroh.tracing.states import TracingLife
from hamroh.vault import fields
from hamroh.web.codes import new_code


class Written(Exception):
    """A line that is only ever added to was to be changed."""


class Route(models.TextChoices):
    """Where a request went after the questions about violence. The seeker's side never learns which."""

    SCREENING = "screening", pgettext_lazy("route", "The questions are weighed")
    SEARCH = "search", pgettext_lazy("route", "May be searched for")
    PROTECTION = "protection", pgettext_lazy("route", "With a protection officer")


class End(models.TextChoices):
    """Why a request ended."""

    WISH = "wish", pgettext_lazy("end", "Whoever asked wishes no search any more")
    NO_CONSENT = "no_consent", pgettext_lazy("end", "The consent to search was taken back")
    EXPIRED = "expired", pgettext_lazy("end", "Its time was over")
    FOUND = "found", pgettext_lazy("end", "It is settled")
    NOT_OURS = "not_ours", pgettext_lazy("end", "Nothing that we may look for")


class Request(fields.SealedModel):
    """One person who is missed, as whoever asks describes him.

    In the clear stands what lists and days need: whose request it is, its state, its route, its days. ``names`` lists further names as
    ``{"kind", "value"}``, ``born`` is ``{"first", "last"}`` in years, ``news`` the last news as ``{"what", "on", "place", "source"}``,
    ``facts`` holds sex, work, companions, why she seeks him, what she said, and of a walk-in who asks (``asker``).
    """

    guarded = Guarded(organisation="organisation_id", owner="owner_id", team="team")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    team = models.CharField(max_length=40, blank=True)
    #: the case that it comes from; none for a walk-in
    case = models.ForeignKey(Case, null=True, on_delete=models.SET_NULL, related_name="+")
    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    state = models.CharField(max_length=10, choices=TracingLife.choices(), default=TracingLife.initial)
    route = models.CharField(max_length=10, choices=Route.choices, default=Route.SCREENING)
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    until_date = models.DateField()
    closed_date = models.DateField(null=True)
    end = models.CharField(max_length=10, choices=End.choices, blank=True)
    name = fields.SealedText(label="tracing.request.name")
    names = fields.SealedJSON(label="tracing.request.names", null=True)
    born = fields.SealedJSON(label="tracing.request.born", null=True)
    home = fields.SealedText(label="tracing.request.home", null=True)
    news = fields.SealedJSON(label="tracing.request.news", null=True)
    facts = fields.SealedJSON(label="tracing.request.facts", null=True)
    #: the sealed file of a photo, a bare id of the vault's
    photo_id = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "route", "state", "-changed_at"], name="tracing_by_state"),
            models.Index(fields=["organisation", "owner", "-made_at"], name="tracing_of_a_worker"),
            models.Index(fields=["organisation", "closed_date"], name="tracing_by_end"),
            models.Index(fields=["closed_date", "until_date"], name="tracing_that_expires"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="closed", closed_date__isnull=False) | (~Q(state="closed") & Q(closed_date__isnull=True)),
                name="a_request_ends_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(route="search") | Q(state__in=("open", "closed")), name="only_what_was_screened_is_searched"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"tracing request {self.code}"


class OfRequest(fields.SealedModel):
    """A row of a request: whoever may do something to the request may do it to the row."""

    guarded = Guarded(part_of="request")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="+")

    class Meta:
        abstract = True

    def sealed_under(self) -> tuple[str, str]:
        return "tracing.request", str(self.request_id)


class AddedOnly(OfRequest):
    """A row that stands once it is written."""

    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True

    def save(self, **options: Any) -> None:
        """Written where it is to be changed."""
        if not self._state.adding:
            raise Written("a line of this kind is added to, never changed")
        super().save(**options)


class KnownPhone(OfRequest):
    """A telephone by which he could once be reached."""

    value = fields.SealedText(label="tracing.known_phone.value")
    value_index = fields.BlindIndex(of="value", rule="phone_tail", label="tracing.known_phone.value_index")


class Screening(OfRequest):
    """The questions about violence and protection, as they were answered; ``grounds`` says by code why a request is not searched.

    ``settled_at`` is empty until the installation has looked at its own files, too.
    """

    answers = fields.SealedJSON(label="tracing.screening.answers")
    grounds = fields.SealedJSON(label="tracing.screening.grounds", null=True)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["request", "-made_at"], name="screenings_of_a_request")]


class SeekerConsent(AddedOnly):
    """One answer of whoever asks: to our own search, or to one partner's. The newest line of a partner counts."""

    #: the partner whose search is meant; empty for our own
    to_organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=10, choices=Answer.choices)
    way = models.CharField(max_length=10, choices=Way.choices)
    text_version = models.CharField(max_length=20)
    text_digest = models.CharField(max_length=64)
    words = fields.SealedText(label="tracing.seeker_consent.words", null=True)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["request", "to_organisation", "-made_at"], name="consents_of_a_seeker")]


class StepKind(models.TextChoices):
    MOVE = "move", pgettext_lazy("step", "Moved")
    NOTE = "note", pgettext_lazy("step", "Note")
    ROUTE = "route", pgettext_lazy("step", "Routed")
    RENEWAL = "renewal", pgettext_lazy("step", "Renewed")


class Step(AddedOnly):
    """What was done about a request: a move from one state to another, a note, a route, a renewal."""

    kind = models.CharField(max_length=8, choices=StepKind.choices)
    before = models.CharField(max_length=10, blank=True)
    after = models.CharField(max_length=10, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    words = fields.SealedText(label="tracing.step.words", null=True)

    class Meta:
        indexes = [models.Index(fields=["request", "-made_at"], name="steps_of_a_request")]


#: what the seeker's side reads of a request, whatever became of it inside
OUTWARD = _("We look. We write when there is something that can be told.")
