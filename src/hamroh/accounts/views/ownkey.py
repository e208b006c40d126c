"""One's own key: made, opened and shut, and what opens it. What is left when no way to it is left."""

import binascii
from base64 import b64decode, b64encode, urlsafe_b64decode
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.mfa.models import Authenticator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hamroh.accounts import actions, factors, forms, key_forms, limits, ownkey, policy, recency, watch
from hamroh.accounts.models import Organisation, User
from hamroh.accounts.views import paths
from hamroh.vault import members
from hamroh.vault.errors import NoOwnKey
from hamroh.vault.members import PASSPHRASE, WrongSecret

#: the session keeps the salt that a new lock will have while the browser asks the passkey
SALT = "own_key_salt"
#: what opens the key may come with any form of the house; what is to open it comes by names of its own
OPENS, ADDED, TYPED = "own_key", "new_lock", "own_key_passphrase"
CREDENTIAL, DERIVED = "{}_credential", "{}_derived"
OPENING_FIELDS = (CREDENTIAL.format(OPENS), DERIVED.format(OPENS), TYPED)
SECRET_FIELDS = (*OPENING_FIELDS, CREDENTIAL.format(ADDED), DERIVED.format(ADDED), "passphrase", "again", "old")
require_form = require_http_methods(["GET", "HEAD", "POST"])
View = Callable[..., HttpResponseBase]


def _of_its_owner(view: View) -> View:
    """Only for her who is wholly let in: not while a second factor is missing."""

    @paths.of_ones_own
    @wraps(view)
    def guarded(request: Any, person: User, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return redirect("accounts:security") if request.hold else view(request, person, *args, **kwargs)

    return sensitive_post_parameters(*SECRET_FIELDS)(guarded)


# ---- the page


@require_GET
@_of_its_owner
def overview(request: Any, person: User) -> HttpResponseBase:
    """The key, whether it lies open here, and every way to open it."""
    locks = members.locks_of(person.pk)
    passkeys = [
        {"factor": row, "name": row.wrap().name, "lock": ownkey.lock_of(row), "can": factors.can_derive(row)}
        for row in factors.of(person).filter(type=factors.PASSKEY).order_by("created_at")
    ]
    context = {
        "person": person,
        "mark": _mark_of(person),
        "open": ownkey.is_open(request),
        "passphrase": PASSPHRASE in locks,
        "ways": [each for each in passkeys if each["lock"] in locks],
        "others": [each for each in passkeys if each["lock"] not in locks and each["can"] is not False],
        "cannot": [each for each in passkeys if each["lock"] not in locks and each["can"] is False],
        "only": len(locks) == 1,
        "minutes": int(ownkey.SHUTS_AFTER.total_seconds() // 60),
        "next": paths.asked_for(request),
    }
    return render(request, "accounts/own_key.html", context)


def _mark_of(person: User) -> str:
    try:
        return members.fingerprint(person.pk)
    except NoOwnKey:
        return ""


@require_GET
@_of_its_owner
def lost(request: Any, person: User) -> HttpResponseBase:
    """Nobody can set a passphrase anew: what happens now."""
    houses = {held.organisation_id for held in policy.standing(person).held}
    codes = Organisation.objects.filter(pk__in=houses).order_by("code").values_list("code", flat=True)
    return render(request, "accounts/key_lost.html", {"person": person, "mark": _mark_of(person), "codes": codes})


# ---- making it, and what opens it


@require_form
@_of_its_owner
def make(request: Any, person: User) -> HttpResponseBase:
    """A key under a passphrase: the first one, or one in the place of a key that opens no more."""
    if not recency.recently_confirmed(request):
        return recency.ask_to_confirm(request)
    again = members.has_key(person.pk)
    form = (key_forms.MakeAnew if again else key_forms.NewPassphrase)(request.POST or None, user=person)
    if _may_be_taken(request, person, form):
        ownkey.hold(request, actions.make_key(actor=person, secret=form.cleaned_data["passphrase"]))
        limits.refill(limits.PASSPHRASE, request.session.digest)
        return paths.to("accounts:own-key", request)
    context = {"form": form, "again": again, "next": paths.asked_for(request)}
    return render(request, "accounts/key_make.html", context, status=422 if form.errors else 200)


def _may_be_taken(request: Any, person: User, form: Any) -> bool:
    """Each try is counted, for the form tells whether a text is her password."""
    if request.method != "POST":
        return False
    if not _may_try(request, person):
        form.full_clean()
        forms.say(form, key_forms.TOO_MANY_TRIES)
        return False
    return bool(form.is_valid())


@require_form
@_of_its_owner
def passphrase(request: Any, person: User) -> HttpResponseBase:
    """Another passphrase, or a first one beside passkeys."""
    changes = PASSPHRASE in members.locks_of(person.pk)
    if not changes and (first := _ask_first(request)):
        return first
    form = (key_forms.ChangePassphrase if changes else key_forms.NewPassphrase)(request.POST or None, user=person)
    if _may_be_taken(request, person, form) and (_changed if changes else _added)(request, person, form):
        return redirect("accounts:own-key")
    context = {"form": form, "changes": changes}
    return render(request, "accounts/key_passphrase.html", context, status=422 if form.errors else 200)


def _changed(request: Any, person: User, form: Any) -> bool:
    told = form.cleaned_data
    try:
        actions.change_passphrase(
            actor=person, old=told["old"], new=told["passphrase"], spare=request.session.digest
        )  # fmt: skip
    except WrongSecret:
        actions.note_not_opened(actor=person, lock=PASSPHRASE)
        forms.say(form, key_forms.WRONG_PASSPHRASE, "old")
        return False
    return True


def _added(request: Any, person: User, form: Any) -> bool:
    private = ownkey.private_key(request)
    actions.add_lock(actor=person, private=private, secret=form.cleaned_data["passphrase"], lock=PASSPHRASE)
    return True


@require_form
@_of_its_owner
def passkey(request: Any, person: User, factor: int) -> HttpResponseBase:
    """Let one of her passkeys open the key, or make the key with it."""
    row = factors.of(person).filter(pk=factor, type=factors.PASSKEY).first()
    if row is None:
        raise Http404
    if first := _ask_first(request) if members.has_key(person.pk) else _ask_who(request):
        return first
    fault = _by_passkey(request, person, row) if request.method == "POST" else ""
    if request.method == "POST" and not fault:
        return redirect("accounts:own-key")
    request.session[SALT] = b64encode(salt := members.new_salt()).decode()
    asked = factors.ask_for_derived(person, {row.pk: salt})
    context = {"name": row.wrap().name, "passkey": asked, "fault": fault, "first": not members.has_key(person.pk)}
    return render(request, "accounts/key_passkey.html", context, status=422 if fault else 200)


def _by_passkey(request: Any, person: User, row: Authenticator) -> Any:
    """Take what the passkey derived; what was wrong, in words, else empty."""
    salt = b64decode(request.session.pop(SALT, ""))
    shown, derived = _derived(request, person, ADDED)
    if shown is None or shown.pk != row.pk or not salt:
        return forms.WRONG_PASSKEY
    lock = ownkey.lock_of(row)
    if members.has_key(person.pk):
        private = ownkey.private_key(request)
        actions.add_lock(actor=person, private=private, secret=derived, lock=lock, salt=salt)
    else:
        ownkey.hold(request, actions.make_key(actor=person, secret=derived, lock=lock, salt=salt))
    return ""


def _ask_who(request: Any) -> HttpResponseBase | None:
    return None if recency.recently_confirmed(request) else recency.ask_to_confirm(request)


def _ask_first(request: Any) -> HttpResponseBase | None:
    """Who changes what opens the key has just opened it."""
    return None if ownkey.recently_opened(request) else ask_to_open(request, request.path)


@require_POST
@_of_its_owner
def remove(request: Any, person: User) -> HttpResponseBase:
    """Take a lock away; the last one only for who says that she knows what it means."""
    locks, lock = members.locks_of(person.pk), request.POST.get("lock", "")
    if lock not in locks:
        raise Http404
    if not ownkey.recently_opened(request):
        return ask_to_open(request, reverse("accounts:own-key"))
    if len(locks) == 1 and request.POST.get("sure") != "1":
        return render(request, "accounts/key_last_lock.html", {"lock": lock}, status=422)
    actions.remove_lock(actor=person, lock=lock, spare=request.session.digest)
    return redirect("accounts:own-key")


# ---- opening and shutting


def ask_to_open(request: HttpRequest, back_to: str = "") -> HttpResponseBase:
    """Send to the page that opens the key, and from there back."""
    return redirect(paths.with_next("accounts:open-key", back_to or request.get_full_path()))


@require_form
@_of_its_owner
def open_key(request: Any, person: User) -> HttpResponseBase:
    """Open the key for this session."""
    if not members.has_key(person.pk):
        return paths.to("accounts:own-key", request)
    form = key_forms.Open(request.POST or None)
    done = request.method == "POST" and opened(request, person, form)
    if request.headers.get("Accept") == "application/json":
        return _told(done, form)
    if done:
        return redirect(paths.asked_for(request) or "accounts:own-key")
    context = {"form": form, "next": paths.asked_for(request), **ways_to_open(person)}
    return render(request, "accounts/key_open.html", context, status=422 if form.errors else 200)


def _told(done: bool, form: key_forms.Open) -> HttpResponseBase:
    """A short answer for the script that covers the page."""
    if done:
        return HttpResponse(status=204)
    faults = [str(fault) for found in form.errors.values() for fault in found]
    return JsonResponse({"message": " ".join(faults)}, status=422)


@require_POST
@_of_its_owner
def shut_key(request: Any, person: User) -> HttpResponseBase:  # noqa: ARG001 - the guard asks it
    ownkey.shut(request)
    return redirect("accounts:own-key")


def ways_to_open(person: User) -> dict[str, Any]:
    """What a page that opens the key offers: a passphrase, a passkey, neither."""
    salts = ownkey.salts_of(person)
    return {
        "by_passphrase": PASSPHRASE in members.locks_of(person.pk),
        "passkey": factors.ask_for_derived(person, salts) if salts else None,
    }


def is_answer(request: HttpRequest) -> bool:
    """Does this form bring what opens the key?"""
    return request.method == "POST" and (TYPED in request.POST or _is_shown(request))


def _is_shown(request: HttpRequest) -> bool:
    return CREDENTIAL.format(OPENS) in request.POST


def opened(request: Any, person: User, form: key_forms.Open) -> bool:
    """Open the key by what was sent; else the form says what was wrong."""
    if _is_shown(request):
        form.errors.clear()
        lock, private, fault = _opened_by_passkey(request, person)
    elif form.is_valid():
        lock, private, fault = _opened_by_passphrase(request, person, form.cleaned_data[TYPED])
    else:
        return False
    if private is None:
        forms.say(form, fault, None if _is_shown(request) else TYPED)
        return False
    ownkey.hold(request, private)
    actions.note_opened(actor=person, lock=lock)
    return True


def _may_try(request: Any, person: User) -> bool:
    if limits.may_try_passphrase(request.session.digest, person):
        return True
    watch.note("open_key_limited", user=person.pk)
    return False


def _opened_by_passphrase(request: Any, person: User, typed: str) -> tuple[str, Any, Any]:
    if not _may_try(request, person):
        return PASSPHRASE, None, key_forms.TOO_MANY_TRIES
    try:
        private = members.unlock(person.pk, typed)
    except WrongSecret:
        actions.note_not_opened(actor=person, lock=PASSPHRASE)
        return PASSPHRASE, None, key_forms.WRONG_PASSPHRASE
    limits.refill(limits.PASSPHRASE, request.session.digest)
    return PASSPHRASE, private, ""


def _opened_by_passkey(request: Any, person: User) -> tuple[str, Any, Any]:
    row, derived = _derived(request, person, OPENS)
    if row is None:
        return "", None, forms.WRONG_PASSKEY
    lock = ownkey.lock_of(row)
    try:
        return lock, members.unlock(person.pk, derived, name=lock), ""
    except WrongSecret:
        actions.note_not_opened(actor=person, lock=lock)
        return lock, None, key_forms.NO_SUCH_PASSKEY


def _derived(request: Any, person: User, which: str) -> tuple[Authenticator | None, bytes]:
    """The passkey that answered this session's question, once, and the 32 bytes that the browser made of what it derived."""
    try:
        derived = urlsafe_b64decode(request.POST.get(DERIVED.format(which), "") + "=")
        if len(derived) == 32 and limits.may_try_passkey(request):
            return factors.check_passkey(paths.passkey_answer(request, CREDENTIAL.format(which)), person), derived
    except (factors.NotAccepted, binascii.Error, ValueError):
        pass
    watch.note("proof_failed", user=person.pk, proof="passkey")
    return None, b""
