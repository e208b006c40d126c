"""Second factors: passkeys, codes of an app, printed codes. The one file that knows allauth's inner parts for them."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.webauthn.internal import auth as webauthn
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from fido2.utils import websafe_encode

from hamroh.accounts.models import NEEDS_SECOND_FACTOR, BreakGlass, Membership, User
from hamroh.accounts.seeds import sealing_for

TOTP, PASSKEY, PRINTED = Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN, Authenticator.Type.RECOVERY_CODES
LOOPBACK = frozenset({"127.0.0.1", "::1"})
PURPOSE = {TOTP: "totp", PRINTED: "printed-codes"}
#: a session in which somebody came by a link that may bring a first factor
BY_LINK = "came_by_link"


class NotAccepted(ValueError):
    """The code or the passkey does not fit."""


# ---- who must, who did


def needs_second_factor(user: User) -> bool:
    """Does one of the roles of this person, anywhere, now, show S3 or S4 or guard those who do?

    An emergency opening outlives the role that it was made in: while it lasts, it asks for the factor by itself.
    """
    if user.is_superuser:
        return True
    if Membership.objects.current().filter(user=user, role__in=NEEDS_SECOND_FACTOR).exists():
        return True
    return BreakGlass.objects.filter(user=user, ends_at__gt=timezone.now()).exists()


def is_waived(request: HttpRequest) -> bool:
    """Only in a demonstration, and only where nothing stands between it and its own machine."""
    forwarded = any(name in request.META for name in ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED"))
    return bool(settings.IS_DEMO) and request.META.get("REMOTE_ADDR") in LOOPBACK and not forwarded


def by_click(request: HttpRequest, user: User) -> bool:
    """Somebody of a demonstration without a password: she signed in by a click, and shows by one that she is there."""
    return is_waived(request) and not user.has_usable_password()


def passed(request: HttpRequest, user: User) -> bool:
    """Has this session shown a second factor of this person?"""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, user))


def of(user: User) -> QuerySet[Authenticator]:
    rows: QuerySet[Authenticator] = Authenticator.objects.filter(user_id=user.pk)
    return rows


def has_any(user: User) -> bool:
    return of(user).filter(type__in=(TOTP, PASSKEY)).exists()


def of_many(users: Iterable[User]) -> tuple[set[UUID], set[UUID]]:
    """Of these people, those who have a second factor and those who need one; two questions for all."""
    everybody = [user.pk for user in users]
    have = Authenticator.objects.filter(user_id__in=everybody, type__in=(TOTP, PASSKEY)).values_list(
        "user_id", flat=True
    )
    need = Membership.objects.current().filter(user__in=everybody, role__in=NEEDS_SECOND_FACTOR)
    return set(have), set(need.values_list("user_id", flat=True))


def may_enrol(request: HttpRequest, user: User) -> bool:
    """A first factor comes only with a link handed over by a person, a further one only after the first.

    Else a stolen password would be enough to bring a factor of one's own.
    """
    return passed(request, user) or (
        not has_any(user) and (bool(request.session.get(BY_LINK)) or not needs_second_factor(user))
    )


def mark(request: HttpRequest, authenticator: Authenticator, *, passwordless: bool = False) -> None:
    """Write into the session that this factor was shown."""
    authenticator.record_usage()
    more = {"passwordless": True} if passwordless else {}
    record_authentication(request, authenticator.user, "mfa", id=authenticator.pk, type=str(authenticator.type), **more)


# ---- codes of an app


def new_seed(request: HttpRequest) -> str:
    """The seed that is being enrolled; it waits in the sealed session until its first code fits."""
    kept = request.session.get_secret(totp.SECRET_SESSION_KEY)  # type: ignore[attr-defined]
    if kept is not None:
        return bytes(kept).decode()
    seed: str = totp.generate_totp_secret()
    request.session.put_secret(totp.SECRET_SESSION_KEY, seed.encode())  # type: ignore[attr-defined]
    return seed


@transaction.atomic
def enrol_app(user: User, seed: str, code: str) -> Authenticator:
    """Take an authenticator app once its first code fits; it replaces the one before."""
    counter = _fitting_counter(seed, code, after=0)
    if counter is None:
        raise NotAccepted
    of(user).filter(type=TOTP).delete()
    with sealing_for(user, PURPOSE[TOTP]):
        made: Authenticator = totp.TOTP.activate(user, seed).instance
    made.data["counter"] = counter
    made.save(update_fields=["data"])
    return made


def _fitting_counter(seed: str, code: str, *, after: int) -> int | None:
    """The step of time to which a code belongs; each step is good for once."""
    for counter in totp.yield_hotp_counters_from_time():
        expected = totp.format_hotp_value(totp.hotp_value(seed, counter))
        if counter > after and totp.compare_user_code(actual=code, expected=expected):
            return int(counter)
    return None


@transaction.atomic
def check_code(user: User, code: str, *, printed: bool = True) -> Authenticator:
    """The factor to which this code belongs, used up; codes of the app, and printed ones where they count."""
    kinds = (TOTP, PRINTED) if printed else (TOTP,)
    for factor in of(user).filter(type__in=kinds).select_for_update().order_by("-type"):
        with sealing_for(user, PURPOSE[factor.type]):
            if _fits(factor, code):
                return factor
    raise NotAccepted


def _fits(factor: Authenticator, code: str) -> bool:
    if factor.type == PRINTED:
        return bool(RecoveryCodes(factor).validate_code(code))
    seed = totp.decrypt(factor.data["secret"])
    counter = _fitting_counter(seed, code, after=factor.data.get("counter", 0))
    if counter is not None:
        factor.data["counter"] = counter
        factor.save(update_fields=["data"])
    return counter is not None


# ---- printed codes


@transaction.atomic
def print_codes(user: User) -> list[str]:
    """New printed codes; the sheet before is worth nothing from now on."""
    of(user).filter(type=PRINTED).delete()
    with sealing_for(user, PURPOSE[PRINTED]):
        codes: list[str] = RecoveryCodes.activate(user).generate_codes()
    return codes


def printed_left(user: User) -> int:
    sheet = of(user).filter(type=PRINTED).first()
    if sheet is None:
        return 0
    with sealing_for(user, PURPOSE[PRINTED]):
        return len(RecoveryCodes(sheet).get_unused_codes())


# ---- passkeys


def ask_for_passkey(user: User | None = None) -> dict[str, Any]:
    """What the browser needs to ask for a passkey: of one person, or of whoever is there."""
    return dict(webauthn.begin_authentication(user))


def check_passkey(answer: Any, user: User | None = None) -> Authenticator:
    """The passkey that answered; raises NotAccepted whatever is wrong with the answer."""
    try:
        webauthn.parse_authentication_response(answer)
        owner = user or webauthn.extract_user_from_response(answer)
        if not owner.is_active:
            raise NotAccepted
        found: Authenticator = webauthn.complete_authentication(owner, answer)
    except (ValidationError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise NotAccepted from error
    found.user = owner
    return found


def ask_for_derived(user: User, salts: dict[int, bytes]) -> dict[str, Any]:
    """What the browser needs to let one of these passkeys (id of the factor: salt) derive a secret of 32 bytes (WebAuthn PRF)."""
    asked = dict(ask_for_passkey(user)["publicKey"])
    rows = of(user).filter(type=PASSKEY, pk__in=salts)
    by_id = {websafe_encode(_credential_id(row)): {"first": websafe_encode(salts[row.pk])} for row in rows}
    asked["allowCredentials"] = [each for each in asked.get("allowCredentials") or () if each["id"] in by_id]
    return {"publicKey": asked | {"extensions": {"prf": {"evalByCredential": by_id}}}}


def _credential_id(row: Authenticator) -> bytes:
    return bytes(row.wrap().authenticator_data.credential_data.credential_id)


def offer_passkey(user: User) -> dict[str, Any]:
    """What the browser needs to make a passkey: kept on the device or the key, opened by finger, face or PIN.

    It asks that the passkey can derive secrets, too: some can only if they were made so.
    """
    asked = dict(webauthn.begin_registration(user, passwordless=True)["publicKey"])
    return {"publicKey": asked | {"extensions": {**(asked.get("extensions") or {}), "prf": {}}}}


def can_derive(row: Authenticator) -> bool | None:
    """Whether a passkey said, when it was made, that it can derive secrets; None where it was not asked."""
    told = row.data.get("credential", {}).get("clientExtensionResults", {}).get("prf")
    return None if told is None else bool(told.get("enabled"))


def enrol_passkey(user: User, name: str, answer: Any) -> Authenticator:
    try:
        answer = _without_derived(answer)
        webauthn.parse_registration_response(answer)
        made = webauthn.complete_registration(answer)
    except (ValidationError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise NotAccepted from error
    if not made.is_user_verified():
        raise NotAccepted
    factor: Authenticator = webauthn.WebAuthn.add(user, name, answer).instance
    return factor


def _without_derived(answer: Any) -> Any:
    """An answer is kept as it came: nothing that the passkey derived may stand in it."""
    results = dict(answer.get("clientExtensionResults") or {})
    if "prf" in results:
        results["prf"] = {"enabled": bool(dict(results["prf"] or {}).get("enabled"))}
    return {**answer, "clientExtensionResults": results}


def last_of_its_person(factor: Authenticator) -> bool:
    return not of(factor.user).filter(type__in=(TOTP, PASSKEY)).exclude(pk=factor.pk).exists()
