"""What somebody does with her own key. Lines and notices say which lock, never what opens it."""

from typing import Any

from django.db import transaction
from nacl.public import PrivateKey

from hamroh.accounts.models import Notice, Session, User
from hamroh.vault import journal, members
from hamroh.vault.members import PASSPHRASE


@transaction.atomic
def make_key(*, actor: User, secret: str | bytes, lock: str = PASSPHRASE, salt: bytes = b"") -> PrivateKey:
    """A new pair under a passphrase, or under what a passkey derived; records of a pair before wait for two recovery papers."""
    again = members.has_key(actor.pk)
    private = members.create(actor.pk, secret, name=lock, salt=salt)
    _write(actor, "accounts.make_key", lock=lock, again=again)
    _tell(actor, Notice.About.KEY)
    return private


@transaction.atomic
def add_lock(*, actor: User, private: PrivateKey, secret: str | bytes, lock: str, salt: bytes = b"") -> None:
    """One more way to open the key; she hears of it, for it may not have been she who added it."""
    members.add_lock(actor.pk, private, secret, name=lock, salt=salt)
    _write(actor, "accounts.add_lock", lock=lock)
    _tell(actor, Notice.About.LOCK)


@transaction.atomic
def change_passphrase(*, actor: User, old: str, new: str, spare: str) -> None:
    """The same key under another passphrase; WrongSecret. Sessions but the one of the hash ``spare`` end."""
    members.rewrap(actor.pk, old, new)
    _end_others(actor, spare)
    _write(actor, "accounts.change_passphrase", lock=PASSPHRASE)
    _tell(actor, Notice.About.LOCK)


@transaction.atomic
def remove_lock(*, actor: User, lock: str, spare: str) -> None:
    """This opens the key no more, and sessions where it may have lain open end."""
    if members.remove_lock(actor.pk, name=lock):
        _end_others(actor, spare)
        _write(actor, "accounts.remove_lock", lock=lock)


@transaction.atomic
def forget_passkeys(*, actor: Any, user: User) -> None:
    """Somebody's passkeys were taken from her: what they opened they open no more."""
    for lock in members.locks_of(user.pk):
        if lock != PASSPHRASE:
            members.remove_lock(user.pk, name=lock)
            journal.record(actor=actor, verb="accounts.remove_lock", about=user, facts={"lock": lock})


@transaction.atomic
def note_opened(*, actor: User, lock: str) -> None:
    """The key lies open in a session."""
    _write(actor, "accounts.open_key", lock=lock)


@transaction.atomic
def note_not_opened(*, actor: User, lock: str) -> None:
    """Somebody who is signed in as her tried, and it did not open."""
    _write(actor, "accounts.open_key_failed", lock=lock)


def _write(actor: User, verb: str, **facts: Any) -> None:
    journal.record(actor=actor, verb=verb, about=actor, facts=facts)


def _tell(actor: User, about: str) -> None:
    Notice.objects.create(user=actor, about=about, record_kind=User._meta.label_lower, record_id=str(actor.pk))  # noqa: SLF001


def _end_others(actor: User, spare: str) -> None:
    Session.objects.filter(user=actor).exclude(digest=spare).delete()
