"""The tables of keys: of organisations, of members, of records that only their members open. Bare ids, no plaintext key."""

import uuid
from typing import Any, Self

from django.db import models
from django.db.models import F, Max, Q
from django.db.models.functions import Coalesce

from hamroh.vault.states import KeyLife

#: by which number values name their key: its own, or its id where it was made before keys had one
NUMBER = Coalesce(F("number"), F("id"), output_field=models.IntegerField())

#: stands where a user's id stands: the share that only the papers of the organisation open
RECOVERY = uuid.UUID(int=0)


class Numbered(models.QuerySet[Any]):
    """Keys by the number that stands in what they sealed; two organisations, or two records, may use the same one."""

    def numbered(self, number: int) -> Self:
        return self.filter(Q(number=number) | Q(number=None, id=number))

    def next_number(self) -> int:
        return 1 + (self.aggregate(last=Max(NUMBER))["last"] or 0)


class OrganisationKey(models.Model):
    """The secret of an organisation, wrapped by the master key. ``known_as`` stands in every value that it sealed."""

    id = models.AutoField(primary_key=True)
    organisation_id = models.UUIDField(db_index=True)
    #: counted within the organisation, so that she can move to where others have keys; none on older ones
    number = models.PositiveIntegerField(null=True)
    state = models.CharField(max_length=12, choices=KeyLife.choices(), default=KeyLife.initial)
    wrapped = models.BinaryField()
    wrapped_by = models.CharField(max_length=16)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = Numbered.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(F("organisation_id"), NUMBER, name="one_key_per_number"),
            models.UniqueConstraint(
                fields=["organisation_id"], condition=Q(state="active"), name="one_active_key_per_organisation"
            ),
            models.CheckConstraint(condition=~Q(state="destroyed") | Q(wrapped=b""), name="destroyed_key_is_gone"),
        ]

    def __str__(self) -> str:
        return f"key {self.known_as} ({self.state})"

    @property
    def known_as(self) -> int:
        return self.id if self.number is None else self.number


class Rotation(models.Model):
    """How far the exchange of an organisation's key has come: one row a model, taken up again after any interruption."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation_id = models.UUIDField()
    to_key = models.ForeignKey(OrganisationKey, on_delete=models.CASCADE, related_name="rotations")
    kind = models.CharField(max_length=80)
    last_row = models.UUIDField(null=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["to_key", "kind"], name="one_rotation_per_key_and_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.done}/{self.total}"


class MemberKey(models.Model):
    """The X25519 pair of a user; ``mac`` keeps anyone who can only write tables from planting a public key of his own."""

    user_id = models.UUIDField(primary_key=True)
    public = models.BinaryField(max_length=32)
    mac = models.BinaryField(max_length=32)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"key of {self.user_id}"


class MemberLock(models.Model):
    """The private part of a member's pair under one secret: a passphrase (argon2id) or a passkey's derived secret (HKDF)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(MemberKey, on_delete=models.CASCADE, related_name="locks")
    name = models.CharField(max_length=200, help_text="'passphrase', or the id of a passkey")
    salt = models.BinaryField(max_length=16)
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "name"], name="one_lock_per_member_and_secret")]

    def __str__(self) -> str:
        return f"lock {self.name}"


class RecordKey(models.Model):
    """The own key of a record. Nowhere whole: only its shares hold it, each sealed to somebody.

    ``commitment`` is the digest of the key, ``proof`` the installation's word that it made it: a planted key is told by both.
    """

    id = models.AutoField(primary_key=True)
    organisation_id = models.UUIDField()
    kind = models.CharField(max_length=80)
    record_id = models.UUIDField()
    #: counted within the record; none on older ones, whose id stands in values
    number = models.PositiveIntegerField(null=True)
    commitment = models.BinaryField(max_length=32)
    proof = models.BinaryField(max_length=32)
    current = models.BooleanField(default=True)
    made_at = models.DateTimeField()

    objects = Numbered.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(F("kind"), F("record_id"), NUMBER, name="one_record_key_per_number"),
            models.UniqueConstraint(
                fields=["kind", "record_id"], condition=Q(current=True), name="one_current_key_per_record"
            ),
        ]
        indexes = [models.Index(fields=["organisation_id"], name="record_keys_of_organisation")]

    def __str__(self) -> str:
        return f"key {self.pk} of a record"

    @property
    def known_as(self) -> int:
        return self.id if self.number is None else self.number


class RecordKeyShare(models.Model):
    """A record's key, sealed to one member or (``user_id`` is RECOVERY) to the organisation's recovery key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    record_key = models.ForeignKey(RecordKey, on_delete=models.CASCADE, related_name="shares")
    user_id = models.UUIDField()
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record_key", "user_id"], name="one_share_per_member")]
        indexes = [models.Index(fields=["user_id"], name="shares_of_a_member")]

    def __str__(self) -> str:
        return f"share of {self.user_id}"


class RecoveryKey(models.Model):
    """The public recovery key of an organisation; its private part exists only on paper, split two of three."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation_id = models.UUIDField(unique=True)
    public = models.BinaryField(max_length=32)
    mac = models.BinaryField(max_length=32)
    made_at = models.DateTimeField()
    #: who saw all three papers, and so does not hold the drill; None from the shell
    made_by = models.UUIDField(null=True)

    def __str__(self) -> str:
        return f"recovery of {self.organisation_id}"


class RecoveryDrill(models.Model):
    """One proof that two papers bring the recovery key back; without one no real record is accepted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recovery = models.ForeignKey(RecoveryKey, on_delete=models.CASCADE, related_name="drills")
    held_at = models.DateTimeField()
    actor_id = models.UUIDField(null=True)
    passed = models.BooleanField()

    def __str__(self) -> str:
        return f"drill of {self.held_at:%Y-%m-%d}"


class SealedFile(models.Model):
    """A file under a random name in the home's ``files/``, sealed by a key of its own; name and type are sealed with it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation_id = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=80)
    record_id = models.UUIDField()
    wrapped = models.BinaryField()
    about = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["kind", "record_id"], name="files_of_a_record")]

    def __str__(self) -> str:
        return f"file {self.pk}"
