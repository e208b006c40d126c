"""Releasing a vocabulary: its state gets a number, and the difference to the one before is frozen."""

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamroh.thesaurus.actions.writing import EditRefused, require_keeper
from hamroh.thesaurus.models import Change, Release, Scheme
from hamroh.thesaurus.selectors.releasing import is_empty, unreleased
from hamroh.vault import journal

NUMBER = re.compile(r"[0-9A-Za-z][0-9A-Za-z.-]{0,19}")


@transaction.atomic
def release_scheme(*, actor: Any, scheme: Scheme, number: str, notes: Mapping[str, str]) -> Release:
    """Give the vocabulary as it stands a number; from now on what this release changed is never written anew."""
    require_keeper(actor, scheme, "thesaurus.release")
    scheme = Scheme.objects.select_for_update(of=("self",)).get(pk=scheme.pk)
    if not NUMBER.fullmatch(number):
        raise EditRefused(_("A number has Latin letters, digits, dots and hyphens, such as 2026.1."))
    if Release.objects.filter(scheme=scheme, number=number).exists():
        raise EditRefused(_("There is a release with this number already."))
    difference = unreleased(scheme)
    if is_empty(difference):
        raise EditRefused(_("Nothing has changed since the last release."))
    texts = {lang: text.strip() for lang, text in notes.items() if text.strip()}
    made = Release.objects.create(
        scheme=scheme,
        number=number,
        released_date=timezone.localdate(),
        notes=texts,
        difference=difference,
        digest=digest_of(difference),
    )
    Change.objects.filter(scheme=scheme, release=None).update(release=made)
    scheme.version = number
    scheme.save(update_fields=["version"])
    facts = {"number": number, "digest": made.digest}
    journal.record(actor=actor, verb="thesaurus.release", about=scheme, facts=facts)
    return made


def digest_of(difference: Mapping[str, Any]) -> str:
    """The seal of a difference, whatever order its parts are kept in."""
    said = json.dumps(difference, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()
