"""What she agreed to, how she may be reached and what went out to her, how much danger there is and what she does then."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.accounts.models import Organisation
from hamroh.cases.models.case import OfCase, Risk
from hamroh.cases.models.people import Person
from hamroh.cases.states import OutgoingLife
from hamroh.vault import fields


class Purpose(models.TextChoices):
    SERVICE = "service", _("That we work on her case and keep its file")
    SHARE = "share", _("That one organisation learns what it needs")
    TRANSFER = "transfer", _("That another organisation takes her case over")
    OFFICIAL = "official", _("That the police, the mahalla or a religious leader is asked")
    TRACING = "tracing", _("That somebody is looked for")
    STATISTICS = "statistics", _("That she is counted, without her name")
    STORY = "story", _("That her story is told")
    PHOTO = "photo", _("That a picture is used")


class Official(models.TextChoices):
    """Who is no organisation of ours and whom asking may have consequences. Each is asked about on its own."""

    POLICE = "police", pgettext_lazy("official", "The police")
    MAHALLA = "mahalla", pgettext_lazy("official", "The mahalla or the municipality")
    RELIGIOUS = "religious", pgettext_lazy("official", "A religious leader")


class Answer(models.TextChoices):
    GIVEN = "given", pgettext_lazy("consent", "Given")
    REFUSED = "refused", pgettext_lazy("consent", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("consent", "Withdrawn")


class Way(models.TextChoices):
    SIGNATURE = "signature", _("By her signature")
    VOICE = "voice", _("By her word")
    WITNESS = "witness", _("By a mark before a witness")


class Written(Exception):
    """A line that is only ever added to was to be changed."""


class Consent(OfCase):
    """One answer to one question, with the words that were read to her.

    The newest line of a purpose (and organisation, service or official) counts.
    """

    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    answer = models.CharField(max_length=10, choices=Answer.choices)
    to_organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    #: a service of the directory, where those who are meant have no account
    to_service = models.ForeignKey("directory.Service", null=True, on_delete=models.PROTECT, related_name="+")
    #: which official; lines without one are of before they were asked about one by one, and open nothing
    official = models.CharField(max_length=10, choices=Official.choices, blank=True)
    #: whether she heard before it what may follow
    is_advised = models.BooleanField(default=False)
    #: who answered: she herself where it is empty, a guardian or a child where not
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+")
    #: whose data it is about: hers where it is empty, a child's where not
    about = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+")
    way = models.CharField(max_length=10, choices=Way.choices)
    text_version = models.CharField(max_length=20)
    text_digest = models.CharField(max_length=64)
    words = fields.SealedText(label="cases.consent.words", null=True)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    until_date = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["case", "purpose", "-made_at"], name="consents_of_a_case")]

    def save(self, **options: Any) -> None:
        """Once written, a consent stands; Written where it is to be changed."""
        if not self._state.adding:
            raise Written("a consent is answered anew, never changed")
        super().save(**options)


class ContactWay(models.TextChoices):
    CALL = "call", _("A call")
    SMS = "sms", _("An SMS")
    MESSENGER = "messenger", _("A message in an app")
    EMAIL = "email", _("An e-mail")
    PERSON = "person", _("Through somebody she trusts")
    VISIT = "visit", _("A visit")


class SafeContact(OfCase):
    """How she may be reached in one way, by her own word. Where no line is current, she is not reached at all.

    ``value`` is the number, address or name; ``terms`` say who else answers or reads, on which days and hours, the code word, what to
    say if somebody else answers, whether a message may be left and whether it may say anything.
    """

    way = models.CharField(max_length=10, choices=ContactWay.choices)
    is_safe = models.BooleanField(default=True)
    value = fields.SealedText(label="cases.safe_contact.value", null=True)
    terms = fields.SealedJSON(label="cases.safe_contact.terms")
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    until_date = models.DateField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["case", "ended_at", "until_date"], name="contacts_of_a_case")]


class Outgoing(OfCase):
    """One message, call or visit to her, from the moment somebody wished for it to what came of it. Only ``actions.outgoing`` writes these.

    ``facts`` holds why it was refused (codes) and what was done, in the worker's words.
    """

    contact = models.ForeignKey(SafeContact, null=True, on_delete=models.CASCADE, related_name="+")
    way = models.CharField(max_length=10, choices=ContactWay.choices)
    state = models.CharField(max_length=10, choices=OutgoingLife.choices(), default=OutgoingLife.initial)
    body = fields.SealedText(label="cases.outgoing.body", null=True)
    facts = fields.SealedJSON(label="cases.outgoing.facts", null=True)
    leaves_message = models.BooleanField(default=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["case", "state", "-made_at"], name="outgoing_of_a_case")]


class RiskScreen(OfCase):
    """One asking of the questions about danger. ``answers`` holds them by code, with the score and its reasons as they were then.

    ``look_by`` is until when a supervisor has to look at it: within the hour, within a day, or nobody has to.
    """

    tool = models.CharField(max_length=20)
    answers = fields.SealedJSON(label="cases.risk_screen.answers")
    scored = models.CharField(max_length=8, choices=Risk.choices)
    level = models.CharField(max_length=8, choices=Risk.choices)
    override = fields.SealedText(label="cases.risk_screen.override", null=True)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    next_due_date = models.DateField()
    look_by = models.DateTimeField(null=True)
    looked_at = models.DateTimeField(null=True)
    looked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["case", "-made_at"], name="screens_of_a_case"),
            models.Index(fields=["organisation", "looked_at", "look_by"], name="screens_to_look_at"),
        ]


class SafetyPlan(OfCase):
    """What she does when it gets dangerous or too heavy, in her words; one for a case. ``facts`` holds the steps by code."""

    facts = fields.SealedJSON(label="cases.safety_plan.facts", null=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case"], name="one_safety_plan_in_a_case")]
