"""A form that is sent twice is written once: its random key commits with the write.

A browser or a person repeats a form whose answer got lost, in a crash or on a bad line. The repeated one changes
nothing and gets the answer of the first.
"""

import datetime as dt
import hashlib
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone

from hamroh.vault.models import TakenForm

FIELD = "form_key"
#: a form is repeated within minutes; a week covers a tablet that was offline
KEPT_FOR = dt.timedelta(days=7)


def write(request: HttpRequest, action: Callable[[], str]) -> str:
    """Run an action once for this form and return its answer (a code or an address, at most 300 characters).

    The form carries ``{% form_key %}``; without it the action simply runs. Whatever the action raises takes the key back.
    """
    key = request.POST.get(FIELD, "")
    if not key:
        return action()
    digest = _digest(request, key)
    try:
        with transaction.atomic():
            form = TakenForm.objects.create(digest=digest, taken_at=timezone.now())
            form.answer = action()
            form.save(update_fields=["answer"])
            return form.answer
    except IntegrityError:
        taken = TakenForm.objects.filter(digest=digest).first()
        if taken is None:
            raise
        return taken.answer


def write_or_tell(
    request: HttpRequest, form: Any, action: Callable[[], str], *, refusals: type[Exception] | tuple[type[Exception], ...]
) -> str:  # fmt: skip
    """``write``; where the action is refused nothing is answered, and ``form``, or without one the next page, says why.

    A refusal that names its ``field`` is told beside that field of the form.
    """
    try:
        return write(request, action)
    except refusals as refused:
        if form is None:
            messages.error(request, str(refused))
        else:
            field = getattr(refused, "field", "")
            form.add_error(next((each for each in (field, f"f_{field}") if each in form.fields), None), str(refused))
    return ""


def forget() -> int:
    """Forget the keys that nobody repeats any more; returns how many."""
    return TakenForm.objects.filter(taken_at__lt=timezone.now() - KEPT_FOR).delete()[0]


def _digest(request: HttpRequest, key: str) -> str:
    """A key counts for one person and one address: nobody gets the answer to somebody else's form."""
    return hashlib.sha256(f"{request.user.pk} {request.path} {key}".encode()).hexdigest()
