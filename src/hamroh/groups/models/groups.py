"""A group, who runs it, its members by alias, what they are in it, and talks among peers."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from hamroh.accounts.guarded import Guarded
from hamroh.accounts.models import Organisation
from hamroh.directory.models import AdminUnit
from hamroh.groups.states import GroupLife
from hamroh.vault import fields
from hamroh.web.codes import new_code

KIND = "groups.group"


class GroupKind(models.TextChoices):
    MUTUAL_AID = "mutual_aid", pgettext_lazy("group", "Mutual-aid group")
    SAVINGS = "savings", pgettext_lazy("group", "Savings group")
    MAHALLA = "mahalla", pgettext_lazy("group", "Mahalla committee")
    COUNCIL = "council", pgettext_lazy("group", "Public council")
    OTHER = "other", pgettext_lazy("group", "Another group")


class Group(fields.SealedModel):
    """People who meet. ``names`` is ``{lang: text}`` and names no person; ``founded_date`` may be partial (``2023``, ``2023-05``).

    ``facilitators`` holds ids of all who run it now, each between slashes; ``Facilitating`` tells since when. ``facts``: ``meets``
    (where and when) and ``words``.
    """

    guarded = Guarded(organisation="organisation_id", owners="facilitators", area="area")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    kind = models.CharField(max_length=12, choices=GroupKind.choices)
    names = models.JSONField(default=dict)
    place = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="+")
    #: keys of the place and all around it, each between slashes
    area = models.CharField(max_length=200, blank=True)
    facilitators = models.CharField(max_length=400, blank=True)
    state = models.CharField(max_length=8, choices=GroupLife.choices(), default=GroupLife.initial)
    founded_date = models.CharField(max_length=10, blank=True)
    closed_date = models.DateField(null=True)
    #: made up for the demonstration or an exercise
    is_invented = models.BooleanField(default=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    facts = fields.SealedJSON(label="groups.group.facts", null=True)

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "state", "code"], name="groups_of_a_house"),
            models.Index(fields=["organisation", "closed_date"], name="groups_by_end"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="closed", closed_date__isnull=False) | (~Q(state="closed") & Q(closed_date__isnull=True)),
                name="a_group_closes_on_a_day",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"group {self.code}"


class Written(Exception):
    """A line that is only ever added to was to be changed."""


class OfGroup(fields.SealedModel):
    """A row of a group: whoever may do something to the group may do it to the row."""

    guarded = Guarded(part_of="group")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True

    def sealed_under(self) -> tuple[str, str]:
        return KIND, str(self.group_id)


class AddedOnly(OfGroup):
    """A row that stands once it is written."""

    class Meta:
        abstract = True

    def save(self, **options: Any) -> None:
        """Written where it is to be changed."""
        if not self._state.adding:
            raise Written("a line of this kind is added to, never changed")
        super().save(**options)


class Facilitating(OfGroup):
    """Who runs the group from which day until which. Access ends with the row, at once."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    from_date = models.DateField()
    until_date = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["group", "until_date", "from_date"], name="who_ran_a_group")]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "person"], condition=Q(until_date__isnull=True), name="a_person_runs_a_group_once"
            ),
            models.CheckConstraint(
                condition=Q(until_date__isnull=True) | Q(until_date__gte=F("from_date")), name="running_ends_after_it_begins"
            ),
        ]  # fmt: skip


class Sex(models.TextChoices):
    FEMALE = "f", pgettext_lazy("sex", "Woman")
    MALE = "m", pgettext_lazy("sex", "Man")


class AgeBand(models.TextChoices):
    CHILD = "0_17", pgettext_lazy("age", "Under 18")
    YOUNG = "18_29", pgettext_lazy("age", "18 to 29")
    GROWN = "30_44", pgettext_lazy("age", "30 to 44")
    LATER = "45_59", pgettext_lazy("age", "45 to 59")
    OLD = "60", pgettext_lazy("age", "60 and more")


class Member(OfGroup):
    """Somebody in a group, by a number that stays hers and an alias that she chose; never by her legal name.

    On her wish the alias is erased; number, sex and age band stay for counts.
    """

    number = models.PositiveSmallIntegerField()
    alias = fields.SealedText(label="groups.member.alias", null=True)
    sex = models.CharField(max_length=1, choices=Sex.choices, blank=True)
    age_band = models.CharField(max_length=5, choices=AgeBand.choices, blank=True)
    joined_date = models.DateField(null=True)
    left_date = models.DateField(null=True)
    alias_erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["group", "left_date", "number"], name="members_of_a_group")]
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="a_number_is_one_member"),
            models.CheckConstraint(
                condition=Q(joined_date__isnull=True) | Q(left_date__isnull=True) | Q(left_date__gte=F("joined_date")),
                name="a_member_leaves_after_she_joins",
            ),
        ]  # fmt: skip


class GroupRole(models.TextChoices):
    """What somebody is in her group; more than one is possible."""

    CHAIR = "chair", pgettext_lazy("role in a group", "Chairs the group")
    COUNSELLOR = "counsellor", pgettext_lazy("role in a group", "Peer counsellor")
    TREASURER = "treasurer", pgettext_lazy("role in a group", "Treasurer")
    KEY_HOLDER = "key_holder", pgettext_lazy("role in a group", "Keeps a key of the box")
    SECRETARY = "secretary", pgettext_lazy("role in a group", "Writes the book")
    MAHALLA = "mahalla", pgettext_lazy("role in a group", "Of the mahalla committee")
    RELIGIOUS = "religious", pgettext_lazy("role in a group", "Religious leader")
    POLICE = "police", pgettext_lazy("role in a group", "Police officer")
    TEACHER = "teacher", pgettext_lazy("role in a group", "Teacher")
    HEALTH = "health", pgettext_lazy("role in a group", "Nurse or doctor")
    LAWYER = "lawyer", pgettext_lazy("role in a group", "Lawyer")
    FARMER = "farmer", pgettext_lazy("role in a group", "Farmer")
    OTHER = "other", pgettext_lazy("role in a group", "Something else")


class MemberRole(OfGroup):
    """What a member is in her group from which day until which."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(max_length=12, choices=GroupRole.choices)
    from_date = models.DateField()
    until_date = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["group", "until_date"], name="roles_in_a_group")]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "role"], condition=Q(until_date__isnull=True), name="a_member_has_a_role_once"
            ),
            models.CheckConstraint(
                condition=Q(until_date__isnull=True) | Q(until_date__gte=F("from_date")), name="a_role_ends_after_it_begins"
            ),
        ]  # fmt: skip


class Theme(models.TextChoices):
    """What was talked about among peers."""

    VIOLENCE = "violence", pgettext_lazy("theme", "Violence at home")
    ALONE = "alone", pgettext_lazy("theme", "Alone with everything")
    CHILDREN = "children", pgettext_lazy("theme", "Children and school")
    INLAWS = "inlaws", pgettext_lazy("theme", "Life with the husband’s family")
    MARRIAGE = "marriage", pgettext_lazy("theme", "Marriage, divorce, a second wife")
    ALIMONY = "alimony", pgettext_lazy("theme", "Alimony and money from abroad")
    HOUSE = "house", pgettext_lazy("theme", "House and land")
    DEBT = "debt", pgettext_lazy("theme", "Debts and loans")
    PAPERS = "papers", pgettext_lazy("theme", "Papers and registration")
    WORK = "work", pgettext_lazy("theme", "Work and earning")
    HEALTH = "health", pgettext_lazy("theme", "Health")
    HIV = "hiv", pgettext_lazy("theme", "Protection from HIV")
    GRIEF = "grief", pgettext_lazy("theme", "Grief, worry, sleep")
    STIGMA = "stigma", pgettext_lazy("theme", "What people say")
    RIGHTS = "rights", pgettext_lazy("theme", "Rights and offices")
    OTHER = "other", pgettext_lazy("theme", "Something else")


class PeerSession(OfGroup):
    """A talk among peers: in which week, how long, how many came, which themes. Who came is not known, and no word of it is kept."""

    week_date = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    came = models.PositiveSmallIntegerField()
    themes = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["group", "-week_date", "-made_at"], name="peer_sessions_of_a_group")]
        constraints = [models.CheckConstraint(condition=Q(came__gte=1), name="somebody_came_to_a_session")]
