"""How allauth keeps second factors here: seeds sealed under the person and the purpose, no letters of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from hamroh.accounts.models import User
from hamroh.accounts.sealing import seal_text, unseal_text

_owner: ContextVar[tuple[str, str] | None] = ContextVar("owner", default=None)


@contextmanager
def sealing_for(user: User, purpose: str) -> Iterator[None]:
    """Whose seed is sealed or opened within the block, and what for: it is bound to both."""
    token = _owner.set((str(user.pk), purpose))
    try:
        yield
    finally:
        _owner.reset(token)


def _bound() -> dict[str, str]:
    owner = _owner.get()
    if owner is None:
        raise RuntimeError("a seed is sealed and opened only for somebody: use sealing_for(user, purpose)")
    return {"owner": owner[0], "purpose": owner[1]}


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # untyped library
    """Second factors: what is kept is sealed under the person and the purpose."""

    def encrypt(self, text: str) -> str:
        return seal_text(text, **_bound())

    def decrypt(self, encrypted_text: str) -> str:
        return unseal_text(encrypted_text, **_bound())

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """People see on their own page what happened; a letter may be read by others."""

    def get_totp_issuer(self) -> str:
        return "Hamroh"

    def get_totp_label(self, user: Any) -> str:
        return str(user.username)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        request: HttpRequest = context.request
        return {"id": request.get_host().partition(":")[0], "name": "Hamroh"}

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        return {"id": str(user.pk).encode(), "display_name": user.display_name, "name": user.username}
