"""Parties: the seed directory's actors, from a ministry to an unregistered group and a poet."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from hamroh.accounts.models import Organisation
from hamroh.directory.models.entries import Entry, Visibility
from hamroh.directory.models.places import AdminUnit
from hamroh.thesaurus.models import Concept
from hamroh.web.ids import uuid7


class PartyKind(models.TextChoices):
    STATE_AGENCY = "state_agency", _("State agency")
    PARLIAMENT = "parliament", _("Parliament")
    COURT = "court", _("Court")
    BUSINESS = "business", _("Business")
    MEDIA = "media", _("Media")
    INTERNATIONAL_ORGANISATION = "international_organisation", _("International organisation")
    FUNDER = "funder", _("Funder")
    DIPLOMATIC_MISSION = "diplomatic_mission", _("Diplomatic mission")
    REGISTERED_NGO = "registered_ngo", _("Registered organisation")
    UNREGISTERED_GROUP = "unregistered_group", _("Group without registration")
    DIASPORA_ORGANISATION = "diaspora_organisation", _("Diaspora organisation")
    COMMUNITY_COUNCIL = "community_council", _("Community council")
    RELIGIOUS = "religious", _("Religious body")
    ACADEMIC = "academic", _("Academic institute")
    FEMINIST = "feminist", _("Feminist")
    WRITER = "writer", _("Writer")
    POET = "poet", _("Poet")
    ARTIST = "artist", _("Artist")
    SCIENTIST = "scientist", _("Scientist")
    RIGHTS_LAWYER = "rights_lawyer", _("Rights lawyer")
    RESEARCHER = "researcher", _("Researcher")
    TEACHER = "teacher", _("Teacher")


#: private people: listed only with their own recorded, unexpired consent
PERSON_KINDS = (
    PartyKind.FEMINIST,
    PartyKind.WRITER,
    PartyKind.POET,
    PartyKind.ARTIST,
    PartyKind.SCIENTIST,
    PartyKind.RIGHTS_LAWYER,
    PartyKind.RESEARCHER,
    PartyKind.TEACHER,
)
#: people and unregistered groups choose for themselves whether they are listed
CONSENT_KINDS = (*PERSON_KINDS, PartyKind.UNREGISTERED_GROUP)
#: bodies whose officials hold a public office and may be named as such
INSTITUTION_KINDS = (
    PartyKind.STATE_AGENCY,
    PartyKind.PARLIAMENT,
    PartyKind.COURT,
    PartyKind.DIPLOMATIC_MISSION,
    PartyKind.INTERNATIONAL_ORGANISATION,
)


class LegalStatus(models.TextChoices):
    REGISTERED = "registered", _("Registered")
    UNREGISTERED = "unregistered", _("Not registered")
    IN_PROCESS = "in_process", _("Registration in process")
    NOT_STATED = "not_stated", _("Not stated")


class PartyQuerySet(models.QuerySet["Party"]):
    def public(self, today: dt.date) -> "PartyQuerySet":
        """Listed, public, and with a current consent where the kind needs one."""
        consent = ListingConsent.objects.current(today).filter(party=OuterRef("pk"))
        return self.filter(
            Q(state="listed", visibility=Visibility.PUBLIC) & (~Q(kind__in=CONSENT_KINDS) | Exists(consent))
        )


class Party(Entry):
    """An organisation, group, office or person of the directory; never a beneficiary."""

    kind = models.CharField(max_length=30, choices=PartyKind.choices)
    gender_focal_point = models.BooleanField(default=False)
    description = models.JSONField(default=dict, blank=True)
    mandate = models.JSONField(default=dict, blank=True)
    legal_status = models.CharField(max_length=12, choices=LegalStatus.choices, default=LegalStatus.NOT_STATED)
    registration = models.JSONField(default=dict, blank=True)
    founded = models.CharField(max_length=10, blank=True)
    closed = models.CharField(max_length=10, blank=True)
    country = models.ForeignKey(AdminUnit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    seat = models.ForeignKey(AdminUnit, null=True, blank=True, on_delete=models.PROTECT, related_name="parties")
    subjects = models.ManyToManyField(Concept, blank=True, related_name="+")
    tenant = models.OneToOneField(Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = PartyQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["state", "kind"], name="party_list"),
            models.Index(fields=["next_review_date"], name="party_review"),
        ]


class PartyName(models.Model):
    """A further name that people know: other, short, former (with its years) or as printed in a source."""

    class Kind(models.TextChoices):
        OTHER = "other", _("also called")
        SHORT = "short", _("in short")
        FORMER = "former", _("formerly")
        PRINTED = "printed", _("printed as")

    id = models.BigAutoField(primary_key=True)
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="name_rows")
    lang = models.CharField(max_length=8, blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.OTHER)
    text = models.CharField(max_length=400)
    since = models.CharField(max_length=10, blank=True)
    until = models.CharField(max_length=10, blank=True)


class PartyIdentifier(models.Model):
    """An identifier in somebody's scheme (org-id, tax, registry)."""

    id = models.BigAutoField(primary_key=True)
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="identifiers")
    scheme = models.CharField(max_length=60)
    value = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scheme", "value"], name="identifier_once")]


class PartyRelation(models.Model):
    """``source`` is member of, part of, funds, hosts, partners with, or trains ``target``."""

    class Kind(models.TextChoices):
        MEMBER_OF = "member_of", _("member of")
        PART_OF = "part_of", _("part of")
        FUNDS = "funds", _("funds")
        HOSTS = "hosts", _("hosts")
        PARTNER = "partner", _("partner of")
        TRAINS = "trains", _("trains")

    id = models.BigAutoField(primary_key=True)
    source = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="relations")
    target = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="relations_from")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    since = models.CharField(max_length=10, blank=True)
    until = models.CharField(max_length=10, blank=True)
    citation = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "target", "kind", "since"], name="party_relation_once"),
            models.CheckConstraint(condition=~Q(source=models.F("target")), name="party_relation_to_another"),
        ]


class LegalBasis(models.Model):
    """The decree, law or order that an institution stands on."""

    class Kind(models.TextChoices):
        LAW = "law", _("Law")
        DECREE = "decree", _("Decree")
        ORDER = "order", _("Order")
        RESOLUTION = "resolution", _("Resolution")
        STATUTE = "statute", _("Statute")
        TREATY = "treaty", _("International treaty")
        OTHER = "other", _("Other act")

    id = models.BigAutoField(primary_key=True)
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="legal_bases")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    titles = models.JSONField(default=dict)
    number = models.CharField(max_length=60, blank=True)
    issued = models.CharField(max_length=10, blank=True)
    citation = models.CharField(max_length=300, blank=True)


class OfficerQuerySet(models.QuerySet["Officer"]):
    def public(self, today: dt.date) -> "OfficerQuerySet":
        """Holders of a public office in an institution, and those who consent to be named."""
        consent = ListingConsent.objects.current(today).filter(officer=OuterRef("pk"))
        return self.filter(Q(public_office=True, party__kind__in=INSTITUTION_KINDS) | Exists(consent))


class Officer(models.Model):
    """Somebody who holds a post for a period; heads of private bodies are shown only with their consent."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="officers")
    names = models.JSONField(default=dict)
    posts = models.JSONField(default=dict, blank=True)
    public_office = models.BooleanField(default=False)
    since = models.CharField(max_length=10, blank=True)
    until = models.CharField(max_length=10, blank=True)
    as_of = models.CharField(max_length=10, blank=True)
    citation = models.CharField(max_length=300, blank=True)

    objects = OfficerQuerySet.as_manager()


class ConsentQuerySet(models.QuerySet["ListingConsent"]):
    def current(self, today: dt.date) -> "ConsentQuerySet":
        return self.filter(given_date__lte=today, expires_date__gte=today, withdrawn_date__isnull=True)


class ListingConsent(models.Model):
    """The recorded, expiring choice of a person or an unregistered group to be listed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    party = models.ForeignKey(Party, null=True, blank=True, on_delete=models.CASCADE, related_name="consents")
    officer = models.ForeignKey(Officer, null=True, blank=True, on_delete=models.CASCADE, related_name="consents")
    how = models.CharField(max_length=60)
    text_version = models.CharField(max_length=40)
    given_date = models.DateField()
    expires_date = models.DateField()
    withdrawn_date = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = ConsentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(party__isnull=False, officer__isnull=True) | Q(party__isnull=True, officer__isnull=False),
                name="consent_of_a_party_or_an_officer",
            ),
            models.CheckConstraint(condition=Q(expires_date__gt=models.F("given_date")), name="consent_expires"),
        ]


class Channel(models.Model):
    """E-mail, web or messenger address of a party; ``printed`` tells a source's, never checked, from our own."""

    class Kind(models.TextChoices):
        EMAIL = "email", _("E-mail")
        WEB = "web", _("Web site")
        TELEGRAM = "telegram", _("Telegram")
        WHATSAPP = "whatsapp", _("WhatsApp")
        FACEBOOK = "facebook", _("Facebook")
        INSTAGRAM = "instagram", _("Instagram")
        OTHER = "other", _("Other")

    id = models.BigAutoField(primary_key=True)
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="channels")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    value = models.CharField(max_length=200)
    printed = models.CharField(max_length=60, blank=True)
