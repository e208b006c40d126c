"""Private exchanges: by what key an organisation signs, whom it trusts by theirs, how far an exchange is, whom both know.

What crosses is in parts, sealed; it tells nobody anything (docs/reference/exchange.md). Our own secrets of an exchange are one sealed
value of its row, and go with its end.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from hamroh.accounts.guarded import Guarded
from hamroh.accounts.models import Organisation
from hamroh.tracing.models.judgements import Same
from hamroh.tracing.models.pools import Pool, PoolRecord
from hamroh.tracing.models.requests import Request, Written
from hamroh.tracing.states import ExchangeLife
from hamroh.vault import fields
from hamroh.web.codes import new_code

#: bytes of a part of a file, and of a whole file, at most
PART, MOST_BYTES = 2**20, 160 * 2**20


class HouseKey(fields.SealedModel):
    """The key by which an organisation signs what it exchanges. ``public`` is what partners have; the secret never leaves."""

    guarded = Guarded(organisation="organisation_id")
    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="+")
    public = models.CharField(max_length=64, unique=True)
    secret = fields.SealedText(label="tracing.house_key.secret")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)


class ExchangePartner(fields.SealedModel):
    """Another organisation, here or elsewhere, by the key that it signs with: one pins it, another has compared the signs by telephone."""

    guarded = Guarded(organisation="organisation_id")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    key = models.CharField(max_length=64)
    name = fields.SealedText(label="tracing.exchange_partner.name")
    #: which organisation it is to those who miss somebody: they agree to a search organisation by organisation
    known_as = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    #: where its installation is, where files may go over the line
    address = fields.SealedText(label="tracing.exchange_partner.address", null=True)
    #: what both agreed to, in words
    terms = fields.SealedText(label="tracing.exchange_partner.terms")
    until_date = models.DateField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(null=True)
    ended_date = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "ended_date", "-made_at"], name="exchange_partners_of_a_house"),
            models.Index(fields=["key", "ended_date"], name="exchange_partners_by_key"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "key"], condition=Q(ended_date__isnull=True), name="a_key_is_pinned_once"
            ),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True) | ~Q(checked_by=F("made_by")), name="another_compares_the_signs"
            ),
        ]

    def __str__(self) -> str:
        return f"exchange partner {self.code}"

    @property
    def signs(self) -> str:
        """What both read to each other by telephone."""
        return " ".join(self.key[at : at + 4] for at in range(0, 24, 4))


class Fault(models.TextChoices):
    """Why an exchange could not go on."""

    CHANGED = (
        "changed",
        pgettext_lazy("exchange fault", "Somebody was taken off the list meanwhile. End it and begin anew."),
    )
    REFUSED = "refused", pgettext_lazy("exchange fault", "Their file is not what it should be. Have it sent again.")
    EMPTY = "empty", pgettext_lazy("exchange fault", "Nobody on the list may be compared.")
    LINE = "line", pgettext_lazy("exchange fault", "The other installation could not be reached. It is tried again.")
    FAULT = "fault", pgettext_lazy("exchange fault", "Something went wrong here. Begin anew.")
    DECLINED = "declined", pgettext_lazy("exchange fault", "The other side did not agree, or has ended it.")


class Exchange(fields.SealedModel):
    """One exchange as one side has it. ``number`` is what both sides call it; ``secret`` is our state of it, gone once it has ended.

    ``most_theirs`` and ``our_people`` are how many people the lists may have, ``least_bits`` from where on a pair is told.
    """

    guarded = Guarded(organisation="organisation_id")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    partner = models.ForeignKey(ExchangePartner, on_delete=models.CASCADE, related_name="exchanges")
    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    number = models.CharField(max_length=32, blank=True)
    #: whether we offered
    is_ours = models.BooleanField()
    state = models.CharField(max_length=8, choices=ExchangeLife.choices(), default=ExchangeLife.initial)
    fault = models.CharField(max_length=8, choices=Fault.choices, blank=True)
    pool = models.ForeignKey(Pool, null=True, on_delete=models.SET_NULL, related_name="+")
    #: those who are missed are compared, and no list: as far as whoever misses them agreed to this partner
    of_requests = models.BooleanField(default=False, db_default=False)
    purpose = fields.SealedText(label="tracing.exchange.purpose")
    secret = fields.SealedJSON(label="tracing.exchange.secret", null=True)
    told_fields = models.JSONField(default=list)
    is_wide = models.BooleanField(default=False)
    least_bits = models.FloatField(null=True)
    our_people = models.PositiveIntegerField(default=0)
    most_theirs = models.PositiveIntegerField(default=0)
    until_date = models.DateField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(default=timezone.now)
    #: how far the work of this step is, and when a worker last wrote so
    done = models.PositiveIntegerField(default=0)
    whole = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)
    #: when our last file was handed on
    given_at = models.DateTimeField(null=True)
    pairs_count = models.PositiveIntegerField(null=True)
    ended_date = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "-made_at"], name="exchanges_of_a_house"),
            models.Index(fields=["organisation", "ended_date"], name="exchanges_by_end"),
            models.Index(fields=["state", "until_date"], name="exchanges_that_expire"),
            models.Index(fields=["partner", "-released_at"], name="exchanges_with_a_partner"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "number"], condition=~Q(number=""), name="an_exchange_has_one_number_here"
            ),
            models.CheckConstraint(
                condition=Q(released_by__isnull=True) | ~Q(released_by=F("asked_by")),
                name="another_lets_an_exchange_go",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("coming", "came", "wished", "ended")) | Q(released_by__isnull=False),
                name="no_exchange_without_a_second_person",
            ),
            models.CheckConstraint(
                condition=~Q(state="ended") | Q(secret__isnull=True, ended_date__isnull=False),
                name="an_ended_exchange_has_no_secret",
            ),
            models.CheckConstraint(
                condition=Q(of_requests=False) | Q(is_ours=True, pool__isnull=True), name="requests_are_only_offered"
            ),
        ]

    def __str__(self) -> str:
        return f"exchange {self.code}"


class OfExchange(fields.SealedModel):
    """A row of an exchange: whoever may do something to the exchange may do it to the row."""

    guarded = Guarded(part_of="exchange")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    exchange = models.ForeignKey(Exchange, on_delete=models.CASCADE, related_name="+")

    class Meta:
        abstract = True

    def sealed_under(self) -> tuple[str, str]:
        return "tracing.exchange", str(self.exchange_id)


class ExchangePart(OfExchange):
    """A part of a file of an exchange, as long as `PART` but for the last one. ``whole`` is how long the file is."""

    kind = models.CharField(max_length=8)
    number = models.PositiveIntegerField()
    whole = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    content = fields.SealedBytes(label="tracing.exchange_part.content")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["exchange", "kind", "number"], name="a_part_of_a_file_is_there_once")
        ]


class ExchangePair(OfExchange):
    """Somebody of ours whom the other side has, too, by the number that both sides have. ``said`` are codes of what speaks for it.

    He is on a list of ours (``record``) or missed (``request``).
    """

    record = models.ForeignKey(PoolRecord, null=True, on_delete=models.CASCADE, related_name="+")
    request = models.ForeignKey(Request, null=True, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    bits = models.PositiveSmallIntegerField()
    said = models.JSONField(default=list)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["exchange", "-bits", "number"], name="pairs_of_an_exchange")]
        constraints = [
            models.UniqueConstraint(fields=["exchange", "number"], name="a_pair_of_an_exchange_has_a_number"),
            models.CheckConstraint(
                condition=Q(record__isnull=False, request__isnull=True) | Q(record__isnull=True, request__isnull=False),
                name="a_pair_is_of_a_record_or_a_request",
            ),
        ]


class ExchangeVerdict(OfExchange):
    """What an officer says of a pair once she has talked with the other side's, and why. It is added to, never changed."""

    pair = models.ForeignKey(ExchangePair, on_delete=models.CASCADE, related_name="verdicts")
    answer = models.CharField(max_length=10, choices=Same.choices)
    words = fields.SealedText(label="tracing.exchange_verdict.words")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["pair", "made_at"], name="verdicts_on_an_exchange_pair")]

    def save(self, **options: Any) -> None:
        """Written where it is to be changed."""
        if not self._state.adding:
            raise Written("a line of this kind is added to, never changed")
        super().save(**options)
