"""What people do with their own way in."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction

from hamroh.accounts import devices, factors, ownkey
from hamroh.accounts.models import Session, User
from hamroh.vault import journal, members


@transaction.atomic
def note_sign_in(*, actor: User, shown: list[str]) -> None:
    """One line for a sign-in that is complete, with what was shown: password, totp, webauthn, recovery_codes, demo."""
    journal.record(actor=actor, verb="accounts.sign_in", about=actor, facts={"with": shown})


@transaction.atomic
def set_password(*, actor: User, password: str) -> None:
    """A new password of one's own; sessions elsewhere end and devices are strangers again."""
    actor.set_password(password)
    actor.save(update_fields=["password"])
    devices.forget_all(actor)
    actor.sessions.all().delete()
    journal.record(actor=actor, verb="accounts.set_password", about=actor)


@transaction.atomic
def set_email(*, actor: User | None, user: User, email: str) -> None:
    """Where letters with a link go from now on; who asked (None: the shell) has made sure that it is hers."""
    user.email = email
    user.save(update_fields=["email"])
    journal.record(actor=actor, verb="accounts.set_email", about=user)


@transaction.atomic
def add_app(*, actor: User, seed: str, code: str) -> Authenticator:
    """An authenticator app, once its first code fits; raises NotAccepted."""
    factor = factors.enrol_app(actor, seed, code)
    journal.record(actor=actor, verb="accounts.add_factor", about=actor, facts={"kind": str(factor.type)})
    return factor


@transaction.atomic
def add_passkey(*, actor: User, name: str, answer: Any) -> Authenticator:
    """A passkey that the browser has just made; raises NotAccepted."""
    factor = factors.enrol_passkey(actor, name, answer)
    journal.record(actor=actor, verb="accounts.add_factor", about=actor, facts={"kind": str(factor.type)})
    return factor


@transaction.atomic
def print_codes(*, actor: User) -> list[str]:
    """A new sheet of printed codes; the one before is worth nothing from now on."""
    codes = factors.print_codes(actor)
    journal.record(actor=actor, verb="accounts.print_codes", about=actor)
    return codes


@transaction.atomic
def remove_factor(*, actor: User, factor: Authenticator) -> bool:
    """Take a factor away; the last one stays where a role needs it. Says whether it went."""
    if factors.last_of_its_person(factor) and (factors.needs_second_factor(actor) or not actor.has_usable_password()):
        return False
    journal.record(actor=actor, verb="accounts.remove_factor", about=actor, facts={"kind": str(factor.type)})
    members.remove_lock(actor.pk, name=ownkey.lock_of(factor))
    factor.delete()
    if not factors.has_any(actor):
        factors.of(actor).delete()
    return True


@transaction.atomic
def end_sessions(*, actor: User, digest: str = "", spare: str = "") -> int:
    """End one session of one's own, or all but ``spare``; ending all makes every device a stranger again."""
    mine = Session.objects.filter(user=actor).exclude(digest=spare)
    if digest:
        mine = mine.filter(digest__startswith=digest)
    elif not spare:
        devices.forget_all(actor)
    ended = mine.delete()[0]
    journal.record(actor=actor, verb="accounts.end_sessions", about=actor, facts={"ended": ended})
    return ended
