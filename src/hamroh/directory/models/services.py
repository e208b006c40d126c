"""Services: what somebody does for people, where, when, for whom, and how to reach it safely."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hamroh.directory.models.entries import Entry, Visibility
from hamroh.directory.models.parties import Party
from hamroh.directory.models.places import AdminUnit
from hamroh.thesaurus.models import Concept
from hamroh.web.ids import uuid7


class Cost(models.TextChoices):
    FREE = "free", _("free of charge")
    PARTLY = "partly", _("partly free")
    PAID = "paid", _("to be paid")
    NOT_STATED = "not_stated", _("cost not stated")


class Trait(models.TextChoices):
    """Short facts that decide whether she can go there; ``Service.traits`` lists their values."""

    WOMAN_SPECIALIST = "woman_specialist", _("woman specialist")
    WOMEN_ONLY = "women_only", _("women only")
    CHILDREN_WELCOME = "children_welcome", _("children may come along")
    COMES_TO_VILLAGES = "comes_to_villages", _("comes to villages")
    NO_NAME_NEEDED = "no_name_needed", _("no name needed")
    SHORT_NUMBER = "short_number", _("short number")
    STEP_FREE = "step_free", _("step-free entrance")
    BY_PHONE = "by_phone", _("by phone")
    ONLINE = "online", _("online")


class Operation(models.TextChoices):
    ACTIVE = "active", _("active")
    INACTIVE = "inactive", _("inactive")
    TEMPORARILY_CLOSED = "temporarily closed", _("closed for a time")
    DEFUNCT = "defunct", _("closed for good")


class ServiceQuerySet(models.QuerySet["Service"]):
    def public(self, today: dt.date) -> "ServiceQuerySet":
        """Listed and public, of a party that is so too; verified or not."""
        parties = Party.objects.public(today).values("pk")
        return self.filter(state="listed", visibility=Visibility.PUBLIC, party__in=parties).exclude(operation="defunct")

    def for_finder(self, today: dt.date) -> "ServiceQuerySet":
        """What the help finder may show: public and verified by somebody."""
        return self.public(today).filter(verified_date__isnull=False, operation="active")


class Service(Entry):
    """One kind of help of one party. ``kinds`` are concepts of help services; ``languages`` are ISO 639 codes."""

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="services")
    description = models.JSONField(default=dict, blank=True)
    eligibility = models.JSONField(default=dict, blank=True)
    minimum_age = models.PositiveSmallIntegerField(null=True, blank=True)
    maximum_age = models.PositiveSmallIntegerField(null=True, blank=True)
    cost = models.CharField(max_length=10, choices=Cost.choices, default=Cost.NOT_STATED)
    cost_note = models.JSONField(default=dict, blank=True)
    how_to_apply = models.JSONField(default=dict, blank=True)
    documents = models.JSONField(default=list, blank=True)
    when_calling = models.JSONField(default=dict, blank=True)
    do_not = models.JSONField(default=dict, blank=True)
    alert = models.JSONField(default=dict, blank=True)
    languages = models.JSONField(default=list, blank=True)
    traits = models.JSONField(default=list, blank=True)
    crisis = models.BooleanField(default=False)
    operation = models.CharField(max_length=20, choices=Operation.choices, default=Operation.ACTIVE)
    kinds = models.ManyToManyField(Concept, blank=True, related_name="+")

    objects = ServiceQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["state", "operation", "verified_date"], name="service_finder"),
            models.Index(fields=["next_review_date"], name="service_review"),
        ]


class Confidentiality(models.TextChoices):
    """How much of a place is told. A secret place is no location at all: see SecretPlace."""

    PUBLIC = "public", _("Address is public")
    AREA_ONLY = "area_only", _("Only the district is told")
    PHONE_FIRST = "phone_first", _("Address is told by phone")


class Location(models.Model):
    """Where a party can be met; only a public one carries address lines, the database refuses them elsewhere."""

    class Kind(models.TextChoices):
        PHYSICAL = "physical", _("Office")
        POSTAL = "postal", _("Postal address")
        VIRTUAL = "virtual", _("Online")
        MOBILE = "mobile", _("Mobile consultation")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(max_length=120, unique=True, null=True, blank=True)
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="locations")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.PHYSICAL)
    confidentiality = models.CharField(
        max_length=12, choices=Confidentiality.choices, default=Confidentiality.AREA_ONLY
    )
    unit = models.ForeignKey(AdminUnit, null=True, blank=True, on_delete=models.PROTECT, related_name="locations")
    names = models.JSONField(default=dict, blank=True)
    address = models.JSONField(default=dict, blank=True)
    directions = models.JSONField(default=dict, blank=True)
    accessibility = models.JSONField(default=dict, blank=True)
    printed = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(confidentiality="public") | Q(address={}, directions={}),
                name="only_public_places_have_lines",
            )
        ]


class SecretPlace(models.Model):
    """That a service has a secret place (a shelter), and nothing of where: it is reached through the hotline."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    service = models.OneToOneField(Service, on_delete=models.CASCADE, related_name="secret_place")
    ask = models.ForeignKey("directory.Phone", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")


class ServiceAtLocation(models.Model):
    """A service is given at a location of its party."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="at_locations")
    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="at_services")
    note = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["service", "location"], name="service_at_location_once")]


class ServiceArea(models.Model):
    """A unit whose people the service is for, with everything beneath it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="areas")
    unit = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="served_by")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["service", "unit"], name="service_area_once")]


class Phone(models.Model):
    """A number of a party, or of one of its services or locations.

    ``number`` is E.164 or a short code when ``dialable``; a number taken from a printed source is kept as printed,
    is not dialable, and ``printed`` says where and when it was printed. ``invented`` ones stand in demonstrations
    only and are never dialable.
    """

    class Kind(models.TextChoices):
        VOICE = "voice", _("Phone")
        HOTLINE = "hotline", _("Hotline")
        FAX = "fax", _("Fax")
        TEXT = "text", _("Text messages")

    class Safe(models.TextChoices):
        YES = "yes", _("They first ask whether you can talk")
        NO = "no", _("Others may answer or see the number")
        UNKNOWN = "unknown", _("Not known whether it is safe")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="phones")
    service = models.ForeignKey(Service, null=True, blank=True, on_delete=models.CASCADE, related_name="phones")
    location = models.ForeignKey(Location, null=True, blank=True, on_delete=models.CASCADE, related_name="phones")
    number = models.CharField(max_length=40)
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.VOICE)
    languages = models.JSONField(default=list, blank=True)
    safe_to_call = models.CharField(max_length=8, choices=Safe.choices, default=Safe.UNKNOWN)
    note = models.JSONField(default=dict, blank=True)
    dialable = models.BooleanField(default=False)
    printed = models.CharField(max_length=60, blank=True)
    invented = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(dialable=False) | Q(printed="", invented=False), name="only_checked_numbers_are_dialled"
            )
        ]


class Schedule(models.Model):
    """When a service is open: every week on ``days`` (MO..SU), or once on ``date`` (a mobile consultation)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="schedules")
    location = models.ForeignKey(Location, null=True, blank=True, on_delete=models.CASCADE, related_name="schedules")
    days = models.JSONField(default=list, blank=True)
    date = models.DateField(null=True, blank=True)
    unit = models.ForeignKey(AdminUnit, null=True, blank=True, on_delete=models.PROTECT, related_name="visits")
    opens_at = models.TimeField(null=True, blank=True)
    closes_at = models.TimeField(null=True, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    note = models.JSONField(default=dict, blank=True)

    class Meta:
        indexes = [models.Index(fields=["date"], name="schedule_dates")]


class Capacity(models.Model):
    """How much of something a service has (beds, appointments), and when that was last said."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="capacities")
    unit = models.CharField(max_length=30)
    available = models.PositiveIntegerField(null=True, blank=True)
    maximum = models.PositiveIntegerField(null=True, blank=True)
    updated_at = models.DateTimeField()


class HelpKind(models.Model):
    """A concept by which services are described, with the short label that a card shows."""

    concept = models.OneToOneField(Concept, primary_key=True, on_delete=models.CASCADE, related_name="+")
    labels = models.JSONField(default=dict)
    rank = models.PositiveSmallIntegerField(default=0)


class Need(models.Model):
    """What happened to her, in her words; leads to kinds of services. ``code`` is what addresses carry.

    Words of the concepts ``about``, when typed, mean this need; ``neutral_titles`` head what is printed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.PositiveIntegerField(unique=True)
    sentences = models.JSONField(default=dict)
    neutral_titles = models.JSONField(default=dict)
    crisis_first = models.BooleanField(default=False)
    rank = models.PositiveSmallIntegerField(default=0)
    concepts = models.ManyToManyField(Concept, through="NeedConcept", related_name="+")
    about = models.ManyToManyField(Concept, blank=True, related_name="+")


class NeedConcept(models.Model):
    """A kind of service that a need leads to, and how well it fits (0 to 1)."""

    id = models.BigAutoField(primary_key=True)
    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="leads_to")
    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="+")
    weight = models.FloatField(default=1.0)
