"""Who takes part by name or alias, who trains, who was there, what tests showed, who signs up, and certificates."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from hamroh.directory.models import Party
from hamroh.training.models.courses import OfRound
from hamroh.training.states import CertificateLife, SignUpLife
from hamroh.vault import fields
from hamroh.web.ids import uuid7


class Sex(models.TextChoices):
    FEMALE = "f", pgettext_lazy("sex", "Woman")
    MALE = "m", pgettext_lazy("sex", "Man")


class Age(models.TextChoices):
    CHILD = "0-17", pgettext_lazy("age", "Under 18")
    YOUNG = "18-29", pgettext_lazy("age", "18 to 29")
    GROWN = "30-59", pgettext_lazy("age", "30 to 59")
    OLD = "60", pgettext_lazy("age", "60 and more")


class Enrolment(OfRound, fields.SealedModel):
    """Somebody in a round, by name or by alias.

    ``person`` is the same in all rounds of somebody who is known to be one; ``person_first`` is what it was before two were said to be one.
    """

    number = models.PositiveSmallIntegerField()
    name = fields.SealedText(label="training.enrolment.name", null=True)
    name_index = fields.BlindIndex(of="name", rule="exact", label="training.enrolment.name_index")
    phone = fields.SealedText(label="training.enrolment.phone", null=True)
    phone_index = fields.BlindIndex(of="phone", rule="phone_tail", label="training.enrolment.phone_index")
    alias = fields.SealedText(label="training.enrolment.alias", null=True)
    person = models.UUIDField(default=uuid.uuid4)
    person_first = models.UUIDField(null=True)
    sex = models.CharField(max_length=1, choices=Sex.choices, blank=True)
    age = models.CharField(max_length=8, choices=Age.choices, blank=True)
    agency = models.CharField(max_length=160, blank=True)
    country = models.CharField(max_length=2, blank=True)
    role = models.CharField(max_length=80, blank=True)
    before = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    after = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    left_date = models.DateField(null=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(fields=["round", "number"], name="people_of_a_round"),
            models.Index(fields=["organisation", "person"], name="rounds_of_a_person"),
        ]
        constraints = [models.UniqueConstraint(fields=["round", "number"], name="a_number_in_a_round")]

    def __str__(self) -> str:
        return f"enrolment {str(self.pk)[:8]}"


class Trainer(OfRound, fields.SealedModel):
    """Who trains: somebody who works here, somebody who learned in an earlier round, or somebody from outside."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    learned = models.ForeignKey(Enrolment, null=True, on_delete=models.SET_NULL, related_name="+")
    party = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, related_name="+")
    name = fields.SealedText(label="training.trainer.name", null=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "user"], condition=Q(user__isnull=False), name="a_trainer_is_named_once"
            ),
            models.UniqueConstraint(
                fields=["round", "learned"], condition=Q(learned__isnull=False), name="a_learner_trains_once"
            ),
        ]

    def __str__(self) -> str:
        return f"trainer {str(self.pk)[:8]}"


class Here(models.TextChoices):
    """Whether somebody was there."""

    HERE = "h", pgettext_lazy("attendance", "Here")
    LATE = "l", pgettext_lazy("attendance", "Late")
    AWAY = "a", pgettext_lazy("attendance", "Away")


class Session(OfRound):
    """Half a day of a round: who was there. ``marks`` say it by the id of the enrolment, ``heads`` counts who is not known by name."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    on_date = models.DateField()
    part = models.PositiveSmallIntegerField()
    marks = models.JSONField(default=dict)
    heads = models.PositiveIntegerField(null=True)
    version = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "on_date", "part"], name="a_session_of_a_day"),
            models.CheckConstraint(condition=Q(part__in=(1, 2)), name="two_sessions_a_day"),
        ]


class Mended(OfRound):
    """A session was put right: what it said before, and who did it. It is added to, never changed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="+")
    before = models.JSONField()
    heads_before = models.PositiveIntegerField(null=True)
    changed = models.PositiveSmallIntegerField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["session", "-made_at"], name="mends_of_a_session")]


class SignUp(OfRound, fields.SealedModel):
    """Somebody who wants to take part, from the public page. Of when, only the day is kept."""

    name = fields.SealedText(label="training.sign_up.name")
    way_back = fields.SealedText(label="training.sign_up.way_back")
    lang = models.CharField(max_length=5)
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=SignUpLife.choices(), default=SignUpLife.initial)
    came_date = models.DateField(default=timezone.localdate)
    enrolment = models.ForeignKey(Enrolment, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["round", "state", "number"], name="sign_ups_of_a_round")]

    def __str__(self) -> str:
        return f"sign-up {str(self.pk)[:8]}"


class Shows(models.TextChoices):
    """What the page for checks says of a certificate, as its holder wishes."""

    VALID = "valid", pgettext_lazy("certificate", "Only whether it is valid")
    COURSE = "course", pgettext_lazy("certificate", "The course and its dates, too")
    INITIALS = "initials", pgettext_lazy("certificate", "The course, its dates and the initials")


class Certificate(OfRound, fields.SealedModel):
    """That somebody took part. It is found by the digest of its code; the code stays sealed for printing it again."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    code = fields.SealedText(label="training.certificate.code")
    initials = fields.SealedText(label="training.certificate.initials", null=True)
    shows = models.CharField(max_length=10, choices=Shows.choices, default=Shows.VALID)
    state = models.CharField(max_length=10, choices=CertificateLife.choices(), default=CertificateLife.initial)
    issued_date = models.DateField()
    revoked_date = models.DateField(null=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["round", "issued_date"], name="certificates_of_a_round")]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment"], condition=Q(state="valid"), name="one_valid_certificate_for_a_person"
            ),
        ]

    def __str__(self) -> str:
        return f"certificate {str(self.pk)[:8]}"


class CalendarKey(models.Model):
    """The secret address of somebody's own calendar of rounds; of the secret only its digest is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
