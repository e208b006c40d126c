"""One's own key in a session: opened by a passphrase or a passkey, at hand while it is used, shut with the screen.

The private key waits in the session under a key that comes from the session's id. That id is in the cookie alone: the database
keeps its hash, so that a stolen database opens nothing here, not even together with the home's keys.
"""

import struct
import time
from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from nacl.public import PrivateKey

from hamroh.accounts import factors, recency
from hamroh.accounts.sealing import Unreadable
from hamroh.accounts.sessions import OWN_KEY
from hamroh.vault import members
from hamroh.vault.errors import MemberLocked

#: it shuts after so long without an opening; a use is written down at most so often
SHUTS_AFTER, NOTED_EVERY = timedelta(minutes=10), timedelta(minutes=1)
#: when it was opened and when it was last used, before the 32 bytes of the key
_HEAD = struct.Struct(">dd")


def hold(request: Any, private: PrivateKey) -> None:
    """Keep an opened key at hand in this session, under a new id: whoever knew the one before does not come by the key."""
    request.session.renew()
    now = time.time()
    request.session.put_secret(OWN_KEY, _HEAD.pack(now, now) + bytes(private))


def shut(request: Any) -> None:
    request.session.drop_secret(OWN_KEY)


def private_key(request: Any) -> PrivateKey:
    """The key at hand, for one opening; MemberLocked where it is shut, was not used for a while, or is no longer hers."""
    content = _kept(request)
    if content is None:
        raise MemberLocked("her key is not open in this session")
    request.own_key_used = True
    opened, used = _HEAD.unpack_from(content)
    private = PrivateKey(content[_HEAD.size :])
    if private.public_key != members.public_of(request.user.pk):
        shut(request)
        raise MemberLocked("her key was made anew since it was opened here")
    if time.time() - used > NOTED_EVERY.total_seconds():
        request.session.put_secret(OWN_KEY, _HEAD.pack(opened, time.time()) + bytes(private))
    return private


def was_used(request: HttpRequest) -> bool:
    """Does the answer to this request show what only her key opens?"""
    return getattr(request, "own_key_used", False)


def is_open(request: HttpRequest) -> bool:
    return _kept(request) is not None


def recently_opened(request: HttpRequest, within: timedelta = recency.WITHIN) -> bool:
    """Has she shown within the last minutes that she can open it? Asked before its locks are changed."""
    content = _kept(request)
    return content is not None and time.time() - _HEAD.unpack_from(content)[0] < within.total_seconds()


def _kept(request: Any) -> bytes | None:
    try:
        content: bytes | None = request.session.get_secret(OWN_KEY)
    except Unreadable:
        return None
    if content is None or time.time() - _HEAD.unpack_from(content)[1] > SHUTS_AFTER.total_seconds():
        return None
    return content


# ---- locks of passkeys


def lock_of(factor: Any) -> str:
    """The name of the lock that a passkey opens."""
    return f"passkey-{factor.pk}"


def salts_of(user: Any) -> dict[int, bytes]:
    """The salts of the locks of this person's passkeys, by factor; none for a passkey that is gone."""
    locks = members.locks_of(user.pk)
    passkeys = factors.of(user).filter(type=factors.PASSKEY)
    return {row.pk: locks[lock_of(row)] for row in passkeys if lock_of(row) in locks}
