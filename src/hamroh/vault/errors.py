"""What the vault says when it does not do what it was asked."""


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


class DrillNeeded(VaultError):
    """The organisation has not proved yet that it can recover: no real record is accepted before."""


class OpeningRefused(VaultError):
    """The decision does not cover this opening: it says no, or speaks of another record or field."""


class PlaintextRefused(VaultError):
    """A sealed column was offered something that is not sealed for its row."""


class Tampered(VaultError):
    """What is stored is not what the vault stored there: changed, moved, or older than the newest."""
