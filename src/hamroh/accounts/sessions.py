"""The session engine: SESSION_ENGINE names this module, Django asks it for ``SessionStore``."""

import json
import logging
from base64 import b64decode, b64encode
from datetime import timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from hamroh.accounts import sealing
from hamroh.accounts.models import Session

log = logging.getLogger(__name__)
IDLE, LONGEST = timedelta(minutes=30), timedelta(hours=10)
#: after so much time without a sign of life the page is covered and asks who is there
LOCKS_AFTER = timedelta(minutes=10)
#: a sign of life is written at most so often
NOTED_EVERY = timedelta(minutes=1)
SECRETS = "sealed_secrets"
#: the secret under which an unlocked private key waits; it goes whenever the screen is locked
OWN_KEY = "own-key"


class SessionStore(SessionBase):
    """Database-backed: the id is kept as its SHA-256, the content sealed under a key derived from the id.

    ``put_secret`` and ``get_secret`` keep bytes, such as an unlocked private key, under a further key of the id.
    """

    def __init__(self, session_key: str | None = None) -> None:
        super().__init__(session_key)
        self.row: Session | None = None
        self.device = ""

    # ---- Django's interface

    def load(self) -> dict[str, Any]:
        self.row = self._living(self.session_key)
        if self.row is None:
            self._session_key = None
            return {}
        try:
            return self._opened(self.row)
        except sealing.Unreadable:
            self._session_key = self.row = None
            return {}

    def exists(self, session_key: str) -> bool:
        return Session.objects.filter(digest=sealing.digest(session_key)).exists()

    def create(self) -> None:
        while True:
            self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:
        if self.session_key is None:
            self.create()
            return
        data = self._get_session(no_load=must_create)  # type: ignore[attr-defined]
        digest = sealing.digest(self.session_key)
        payload = sealing.seal(self._key(), json.dumps(data).encode(), digest.encode())
        if must_create:
            self._insert(digest, payload, data)
        elif not Session.objects.filter(digest=digest).update(payload=payload, user_id=data.get(SESSION_KEY)):
            raise UpdateError

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            Session.objects.filter(digest=sealing.digest(key)).delete()

    @classmethod
    def clear_expired(cls) -> None:
        now = timezone.now()
        Session.objects.filter(seen_at__lt=now - IDLE).delete()
        Session.objects.filter(started_at__lt=now - LONGEST).delete()

    def cycle_key(self) -> None:
        """A new id for the same content; secrets are sealed anew under it."""
        kept = {name: self.get_secret(name) for name in self.get(SECRETS, {})}
        super().cycle_key()
        for name, secret in kept.items():
            if secret is not None:
                self.put_secret(name, secret)

    @transaction.atomic
    def renew(self) -> None:
        """A new id for a session that goes on: what was learnt of the old one is worth nothing; its longest life is the same."""
        began = self.row.started_at if self.row is not None and self.get(SESSION_KEY) else None
        self.cycle_key()
        if began is not None:
            self._note(started_at=began)

    # ---- what a stolen database must not give

    def put_secret(self, name: str, secret: bytes) -> None:
        """Keep bytes that only the holder of the session's id can open, not even with the home's keys."""
        if self.session_key is None:
            self.create()
        sealed = sealing.seal(self._key(f"secret|{name}"), secret, name.encode())
        self[SECRETS] = {**self.get(SECRETS, {}), name: b64encode(sealed).decode()}

    def get_secret(self, name: str) -> bytes | None:
        """The bytes kept under this name; None where there are none, or while the session is locked."""
        sealed = self.get(SECRETS, {}).get(name)
        if sealed is None or self.locked:
            return None
        return sealing.unseal(self._key(f"secret|{name}"), b64decode(sealed), name.encode())

    def drop_secret(self, name: str) -> None:
        if name in self.get(SECRETS, {}):
            self[SECRETS] = {kept: sealed for kept, sealed in self[SECRETS].items() if kept != name}

    # ---- signs of life, and the lock

    @property
    def digest(self) -> str:
        return sealing.digest(self.session_key) if self.session_key else ""

    @property
    def locked(self) -> bool:
        """Covered by a person, or silent for too long."""
        self.keys()  # loads it
        return self.row is not None and (self.row.locked or timezone.now() - self.row.seen_at > LOCKS_AFTER)

    def lock(self) -> None:
        self.drop_secret(OWN_KEY)
        self._note(locked=True)

    def unlock(self) -> None:
        """She is there again; a key of hers that lay open before the lock (or was put back by a slower request) is shut."""
        if self.locked:
            self.drop_secret(OWN_KEY)
        self._note(locked=False, seen_at=timezone.now())

    def touch(self) -> None:
        """Note a sign of life, seldom enough that reading pages does not become writing.

        Where it cannot be written (a full disk) the page is read all the same; the session only seems silent, and ends sooner.
        """
        self.keys()  # loads it
        now = timezone.now()
        if self.row is not None and now - self.row.seen_at > NOTED_EVERY:
            try:
                self._note(seen_at=now)
            except DatabaseError as error:
                log.warning("a sign of life was not written: %s", type(error).__name__)

    def _note(self, **values: Any) -> None:
        self.keys()  # loads it
        if self.row is not None:
            Session.objects.filter(pk=self.row.pk).update(**values)
            for name, value in values.items():
                setattr(self.row, name, value)

    def _living(self, key: str | None) -> Session | None:
        now = timezone.now()
        alive = Session.objects.filter(seen_at__gt=now - IDLE, started_at__gt=now - LONGEST)
        return alive.filter(digest=sealing.digest(key)).first() if key else None

    def _opened(self, row: Session) -> dict[str, Any]:
        content: dict[str, Any] = json.loads(sealing.unseal(self._key(), bytes(row.payload), row.digest.encode()))
        return content

    def _insert(self, digest: str, payload: bytes, data: dict[str, Any]) -> None:
        row = Session(digest=digest, payload=payload, user_id=data.get(SESSION_KEY), device=self.device)
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError as error:
            raise CreateError from error
        self.row = row

    def _key(self, purpose: str = "payload") -> bytes:
        return sealing.derived(f"session|{purpose}", (self.session_key or "").encode())
