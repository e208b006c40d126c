"""What the vault says when it does not do what it was asked."""

from uuid import UUID


class VaultError(RuntimeError):
    """Base of every refusal of the vault; messages never hold a plaintext."""


class VaultSealed(VaultError):
    """The master key is not at hand: sealed areas answer 503 until somebody unseals the vault."""


class MasterKeyRefused(VaultSealed):
    """The master key is there and may not be used: wrong permissions, a demo key in production, a wrong passphrase."""


class KeyDestroyed(VaultError):
    """The key was destroyed on purpose: what it sealed is gone for ever."""


class MemberLocked(VaultError):
    """A locating record opens only while a member's own key is unlocked."""


class NotAMember(MemberLocked):
    """The record has other members: for this person it does not exist, whether her key is unlocked or not."""


class NoOwnKey(MemberLocked):
    """Somebody who should be a member of a record has no key of her own yet. ``user_id`` says who."""

    def __init__(self, user_id: UUID) -> None:
        super().__init__("this person has no key of her own yet: she makes it on the page of her account first")
        self.user_id = user_id


class KeyRenewed(MemberLocked):
    """The record is sealed to a pair that its member has no more: two recovery papers bring it back to her."""


class DrillNeeded(VaultError):
    """The organisation has not proved yet that it can recover: no real record is accepted before."""


class OpeningRefused(VaultError):
    """The decision does not cover this opening: it says no, or speaks of another record or field."""


class PlaintextRefused(VaultError):
    """A sealed column was offered something that is not sealed for its row."""


class Tampered(VaultError):
    """What is stored is not what the vault stored there: changed, moved, or older than the newest."""
